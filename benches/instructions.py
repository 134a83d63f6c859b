#!/usr/bin/env python3
"""How many instructions a page costs, by callgrind: the only measure that other work on the machine does not change.

Builds benches/job, counts each engine over one and over two rounds of the pages (KLIPING_PAGES, else the project's own
fixtures), and fails when kliping's share of what `scraper` costs for the fixtures is above its bar. These are short
pages, nearly all text: on real ones the shares are lower. Valgrind must be there."""

import json
import os
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
# Engine, what it is held against, the most it may cost of that.
# On short pages; optimized over all crates, as releases are.
BARS = [("house-parse", "scraper-parse", 0.45), ("house", "scraper", 0.43), ("read-generic", "scraper-parse", 2.55)]


def binary():
    built = subprocess.run(["cargo", "bench", "--locked", "--bench", "job", "--no-run", "--message-format", "json"],
                           cwd=TOP, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = [json.loads(line) for line in built.splitlines() if '"executable":"' in line]
    return next(one["executable"] for one in found if one["target"]["name"] == "job")


def count(job, engine, rounds):
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", job, engine, str(rounds)],
                         cwd=TOP, check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1)), int(run.stdout.split()[0])


def main():
    job, each = binary(), {}
    for name in dict.fromkeys(name for bar in BARS for name in bar[:2]):
        (one, pages), (two, _) = count(job, name, 1), count(job, name, 2)
        each[name] = (two - one) // pages
        print(f"{name:14} {each[name]:12,} instructions a page, {pages} pages")
    failed = False
    for name, base, bar in BARS:
        share = each[name] / each[base]
        over = share > bar and "KLIPING_PAGES" not in os.environ
        failed |= over
        print(f"{name} / {base}: {share:.3f}, for the fixtures at most {bar}{'  TOO MUCH' if over else ''}")
    sys.exit(failed)


main()

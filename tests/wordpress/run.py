#!/usr/bin/env python3
"""Crawls a real WordPress with the built binary and compares the archive with what was posted.

    run.py target/release/kliping        the whole test; installs Debian packages where root and apt are there
    run.py --serve                       only stands the site up, until Ctrl-C
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from crawl import Crawler, FAULTS, check, compare, expect
from origin import Unavailable, WordPress, install
from posts import HIDDEN, content, newsroom, paragraph, visible


# A classic theme and a block theme: they share no markup but the classes of WordPress itself.
THEMES = ["twentytwentyone", "twentytwentythree"]


def post(site, stories):
    """Posts the stories; what came of each stands in its `truth`."""
    for story, answer in zip(stories, site.work([story["order"] for story in stories])):
        settle(story, answer)
    named = {story["key"]: story for story in stories}
    orders = [{"do": "trash", "id": named["trashed"]["truth"]["id"]}, {"do": "delete", "id": named["deleted"]["truth"]["id"]}]
    orders += [{"do": "comment", "id": story["truth"]["id"], "texts": story["comments"]} for story in stories if story["comments"]]
    site.work(orders)
    return named


def settle(story, answer):
    """Takes over what WordPress made of a story."""
    texts = answer.pop("seen")
    story["truth"] = {**story.get("truth", {}), **answer}
    if story["raw"]:
        rest = texts.pop()
        story["truth"]["dateline"] = texts[0].removesuffix(rest)
    story["truth"]["body"] = texts


def change(site, story, blocks=None, **fields):
    """An order of the newsroom: the story's text, its headline or its address anew."""
    if blocks is not None:
        story["blocks"] = blocks
        fields["post_content"] = content(blocks, story["editor"])
    texts = list(visible(story["blocks"]))
    seen = texts + ([texts[0].removeprefix(story["raw"])] if story["raw"] else [])
    settle(story, site.work([{"do": "update", "id": story["truth"]["id"], "fields": fields, "seen": seen}])[0])


def first_page(story):
    """From now on the story's readers see its first page only."""
    kinds = [block["kind"] for block in story["blocks"]]
    story["truth"]["body"] = story["truth"]["body"][:kinds.index("page")]


def published(named):
    return {key: story for key, story in named.items() if key not in HIDDEN and key != "page"}


def edits(site, named):
    """The newsroom works: what changes, and what must come of it as (versions, state, kinds)."""
    came = {}
    corrected = named["plain-2"]
    blocks = [dict(block) for block in corrected["blocks"]]
    blocks.append(paragraph("Ralat: jumlah dalam berita ini telah diperbaiki oleh redaksi pada pukul 10.00."))
    change(site, corrected, blocks)
    came["plain-2"] = (2, "live", {"correction", "added"})

    change(site, named["plain-7"], post_title="Judul yang Sama Sekali Lain")
    came["plain-7"] = (2, "live", {"headline"})

    moved = [dict(block) for block in named["plain-9"]["blocks"]]
    moved.append(moved.pop(1))
    change(site, named["plain-9"], moved)
    came["plain-9"] = (2, "live", {"moved"})

    number = [dict(block) for block in named["short"]["blocks"]]
    number[0]["text"] = number[0]["text"].replace("tiga hari", "30 hari")
    change(site, named["short"], number)
    came["short"] = (2, "live", {"number"})

    named["moving"]["old"] = named["moving"]["truth"]["url"]
    change(site, named["moving"], post_name="kantor-pos-baru")
    came["moving"] = (1, "live", set())

    for key, order in (("doomed", "trash"), ("erased", "delete"), ("prefix", "trash")):
        site.work([{"do": order, "id": named[key]["truth"]["id"]}])
        came[key] = (1, "gone", set())
    # WordPress answers for a slug that is gone with whatever begins like it: no move, and no 404.
    came["prefix"] = (1, "redirected", set())
    # What is no edit of an article: comments, and a new story in every list of the site.
    site.work([{"do": "comment", "id": named["plain-3"]["truth"]["id"], "texts": ["Komentar yang baru.", "Satu lagi."]}])
    return came


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("kliping", nargs="?", help="the built binary")
    options.add_argument("--serve", action="store_true", help="only stand the site up")
    options.add_argument("--theme", default=THEMES[0], choices=THEMES, help="the theme it wears (default: the first, then the second)")
    options.add_argument("--keep", metavar="DIR", help="keep the archive and truth.json here")
    options = options.parse_args()
    if not options.kliping and not options.serve:
        sys.exit("run.py: name the binary (target/release/kliping), or --serve")
    # Ended from outside, it still stops what it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kliping-wordpress-") as state:
        try:
            install()
            site = WordPress(state, options.theme)
            site.__enter__()
        except Unavailable as reason:
            required = os.environ.get("KLIPING_REQUIRE_WORDPRESS")
            print(f"wordpress: {'FAILED' if required else 'skipped'}: {reason}")
            sys.exit(1 if required else 0)
        try:
            named = post(site, newsroom())
            if options.theme == THEMES[1]:
                first_page(named["paged"])
            print(f"wordpress: {site.url} with {len(named)} stories after {time.monotonic() - started:.1f} s", flush=True)
            folder = Path(options.keep or state) / "press"
            folder.mkdir(parents=True)
            write_truth(folder, named)
            if options.serve:
                print("wordpress: Ctrl-C ends it", flush=True)
                return time.sleep(10**9)
            test(site, named, Crawler(Path(options.kliping).resolve(), folder, site.url), options)
            write_truth(folder, named)
        except KeyboardInterrupt:
            print("wordpress: ended before its time")
            sys.exit(0 if options.serve else 130)
        finally:
            site.__exit__()
    for fault in FAULTS:
        print(f"wordpress: {fault}")
    verdict = f"FAILED with {len(FAULTS)} faults" if FAULTS else "every check passed"
    print(f"wordpress: {verdict} after {time.monotonic() - started:.1f} s")
    sys.exit(1 if FAULTS else 0)


def write_truth(folder, named):
    truths = [{"key": key, **story["truth"]} for key, story in named.items()]
    (folder / "truth.json").write_text(json.dumps(truths, ensure_ascii=False, indent=1), encoding="utf-8")


def test(site, named, crawler, options):
    crawler.crawl()
    compare(crawler.articles(), published(named))
    came = edits(site, named)
    crawler.crawl()
    second = expect(crawler, named, came)
    moved = named["moving"]
    for address in (moved["old"], moved["truth"]["url"]):
        check(crawler.number(address) == moved["article"], f"moving: {address} is not article {moved['article']}")
    crawler.crawl()
    third = expect(crawler, named, came)
    check(second.keys() == third.keys(), "a third crawl, with nothing changed, made or lost an article")
    if options.theme == THEMES[0]:
        # A redesign is no edit of any story. But this theme links to no second page: for its readers,
        # what stood there is gone.
        site.work([{"do": "theme", "name": THEMES[1]}])
        first_page(named["paged"])
        came["paged"] = (2, "live", {"removed"})
        crawler.crawl()
        expect(crawler, named, came)


if __name__ == "__main__":
    main()

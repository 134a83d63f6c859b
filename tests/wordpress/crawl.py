"""Runs the binary on the site, and compares what it archived with what was posted."""

import json
import subprocess
from datetime import datetime

FAULTS = []
# Words of WordPress' comment form, of Debian's translation and of today's; none may stand in a body.
FORM = ["Tinggalkan Balasan", "Alamat surel Anda", "Alamat email Anda", "Ruas yang wajib", "Kirim Komentar", "Memberikan Komentar",
        "Batalkan balasan", "Membatalkan balasan", "Simpan nama"]


def check(holds, fault):
    if not holds:
        FAULTS.append(fault)


class Crawler:
    def __init__(self, binary, folder, url):
        self.binary, self.folder = binary, folder
        (folder / "config.toml").write_text(
            '[crawl]\ncontact = "test@example.test"\ndelay = "20ms"\n\n[recheck]\ngone_after = "0s"\n', encoding="utf-8")
        # A first site in one command: its look at the site chooses the preset and the sources.
        self.run("sites", "add", url)

    def run(self, *words, codes=(0,)):
        command = [self.binary, "--config", "config.toml", "--archive", "press.db", *words]
        done = subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode not in codes:
            raise SystemExit(f"wordpress: kliping {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def crawl(self):
        # 3 is "partial": the password page gives no article, and that is right.
        summary = json.loads(self.run("crawl", "--summary", "json", codes=(0, 3)))
        sites = {site: {what: count for what, count in counts.items() if count} for site, counts in summary["sites"].items()}
        print(f"wordpress: crawl in {summary['ms'] / 1000:.1f} s: {json.dumps(sites)}", flush=True)
        return summary

    def articles(self):
        lines = self.run("export", "--to", "jsonl").splitlines()
        return [json.loads(line) for line in lines]

    def number(self, address):
        """The article that an address belongs to."""
        return json.loads(self.run("show", address, "--format", "json"))["id"]


def compare(articles, stories):
    """Everything that was published is there, exactly; nothing else is."""
    found = {story["truth"]["url"]: key for key, story in stories.items()}
    for article in articles:
        key = found.get(article["url"])
        check(key or "/tentang-kami/" in article["url"], f"no published story, but archived: {article['url']}")
    by_url = {article["url"]: article for article in articles}
    for key, story in stories.items():
        article = by_url.get(story["truth"]["url"])
        check(article is not None, f"{key}: not archived: {story['truth']['url']}")
        if article:
            story["article"] = article["id"]
            same(key, article, story)


def same(key, article, story):
    """One article, field by field."""
    truth = story["truth"]
    dateline = article["dateline"] or {"raw": "", "places": [], "agency": None}
    body = list(article["body"])
    if body:
        body[0] = dateline["raw"] + body[0]
    expected = truth["body"]
    check(body == expected, f"{key}: body differs: {difference(body, expected)}")
    check(article["title"] == truth["title"], f"{key}: title {article['title']!r} is not {truth['title']!r}")
    check(article["authors"] == [truth["author"]], f"{key}: authors {article['authors']} are not {truth['author']!r}")
    check(article["published"] and instant(article["published"]) == instant(truth["published"]),
          f"{key}: published {article['published']} is not {truth['published']}")
    check(dateline["raw"].strip() == truth.get("dateline", "").strip(), f"{key}: dateline {dateline['raw']!r} is not {truth.get('dateline', '')!r}")
    check((dateline["places"], dateline["agency"]) == (story["places"], story["agency"]),
          f"{key}: dateline says {dateline['places']} {dateline['agency']}, not {story['places']} {story['agency']}")
    for text in article["body"]:
        quoted = any(text in paragraph for paragraph in expected)
        check(quoted or not any(words in text for words in FORM), f"{key}: comment form in the body: {text!r}")
    open_form = story["order"]["fields"]["comment_status"] == "open"
    check(bool(article["comment_form"] and article["comment_form"]["present"]) == open_form,
          f"{key}: comment form {'not found' if open_form else 'found where there is none'}")


def difference(body, expected):
    """The first place where two bodies differ."""
    for at, (a, b) in enumerate(zip(body, expected)):
        if a != b:
            return f"paragraph {at}: {a!r} is not {b!r}"
    rest = body[len(expected):] or expected[len(body):]
    return f"{len(body)} paragraphs, not {len(expected)}: {rest[:1]}"


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def expect(crawler, named, came):
    """After the edits: exactly the versions, states and kinds that the edits make, and no article more."""
    articles = {article["id"]: article for article in crawler.articles()}
    known = {story["article"]: key for key, story in named.items() if "article" in story}
    for number, article in articles.items():
        check(number in known or "/tentang-kami/" in article["url"], f"a second article for {article['url']}")
    for number, key in known.items():
        versions, state, kinds = came.get(key, (1, "live", set()))
        now = articles[number]
        check(now["versions"] == versions, f"{key}: {now['versions']} versions, not {versions}")
        check(now["state"] == state, f"{key}: state {now['state']}, not {state}")
        if versions > 1:
            change = json.loads(crawler.run("diff", str(number), "--format", "json"))
            check(kinds <= set(change["kinds"]), f"{key}: kinds {change['kinds']} lack {sorted(kinds)}")
            same(key, now, named[key])
    return articles

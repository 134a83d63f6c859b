"""One engine from PyPI over a list of pages: peers.py ENGINE LIST. Prints seconds of processor time, and how much it
found (characters)."""

import re
import sys
import time

TITLE = ["article h1", "h1"]
DATE = [("meta[property='article:published_time']", "content"), ("time[datetime]", "datetime")]
OUT = ["script", "style", "noscript", "nav", "footer", "aside", "form", "figure", ".related", ".share", ".comments",
       ".advertisement"]
BODY = ["div[itemprop=articleBody]", ".entry-content", "article", "main"]
PARAGRAPHS = "p, h2, h3, h4"
ENOUGH = 200


def text_of(page):
    try:
        return page.decode()
    except UnicodeDecodeError:
        label = re.search(rb"charset=[\"']?([\w-]+)", page[:4096])
        try:
            return page.decode(label.group(1).decode() if label else "cp1252", "replace")
        except LookupError:
            return page.decode("cp1252", "replace")


def selectolax():
    from selectolax.lexbor import LexborHTMLParser

    def run(page):
        tree = LexborHTMLParser(text_of(page))
        found = next((" ".join(n.text().split()) for css in TITLE if (n := tree.css_first(css))), "")
        date = next((n.attributes.get(name) or "" for css, name in DATE if (n := tree.css_first(css))), "")
        for node in tree.css(", ".join(OUT)):
            node.decompose()
        for css in BODY:
            if box := tree.css_first(css):
                size = sum(len(" ".join(n.text().split())) for n in box.css(PARAGRAPHS))
                if size >= ENOUGH:
                    return size + len(found) + len(date)
        return len(found) + len(date)
    return run


def lxml():
    import lxml.html
    from lxml.cssselect import CSSSelector
    title, body = [CSSSelector(css) for css in TITLE], [CSSSelector(css) for css in BODY]
    date, out = [(CSSSelector(css), name) for css, name in DATE], CSSSelector(", ".join(OUT))
    paragraphs = CSSSelector(PARAGRAPHS)

    def run(page):
        try:
            tree = lxml.html.document_fromstring(text_of(page).encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        except lxml.etree.LxmlError:
            return 0
        found = next((" ".join(n[0].text_content().split()) for css in title if (n := css(tree))), "")
        when = next((n[0].get(name) or "" for css, name in date if (n := css(tree))), "")
        for node in out(tree):
            if node.getparent() is not None:
                node.drop_tree()
        for css in body:
            if box := css(tree):
                size = sum(len(" ".join(n.text_content().split())) for n in paragraphs(box[0]))
                if size >= ENOUGH:
                    return size + len(found) + len(when)
        return len(found) + len(when)
    return run


def trafilatura():
    import trafilatura as peer
    return lambda page: len(peer.extract(text_of(page)) or "")


def main():
    name, listed = sys.argv[1:]
    with open(listed, encoding="utf-8") as lines:
        pages = [open(line.strip(), "rb").read() for line in lines]
    run = {"selectolax": selectolax, "lxml": lxml, "trafilatura": trafilatura}[name]()
    run(pages[0])  # what an engine loads at its first page is none of the page's time
    start = time.process_time()
    found = sum(run(page) for page in pages)
    print(time.process_time() - start, found)


main()

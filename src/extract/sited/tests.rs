//! Pages on which a site's file and the generic reader do not agree, and who is right.

use std::path::PathBuf;

use crate::dom::Document;
use crate::model::{Draft, Known, PageUrl};
use crate::site::Catalog;

/// Reads a page by a file whose body is `selector`.
fn read(selector: &str, html: &str) -> Draft {
    let file = format!("schema = 1\n[[layout]]\nid = \"kini\"\n[layout.body]\nselect = [\"{selector}\"]\n");
    let catalog = Catalog::of(vec![(PathBuf::from("kabar.example.toml"), file)]).unwrap();
    let url = PageUrl::parse("https://kabar.example/berita/pohon").unwrap();
    let site = catalog.resolve(&url, None);
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    crate::extract::read(
        &site,
        &catalog.generic(),
        &Document::parse(html),
        Some(&url),
        &Known::default(),
        now,
    )
}

fn sentence(seed: usize) -> String {
    const WORDS: [&str; 9] = ["warga", "pohon", "lereng", "bibit", "desa", "hujan", "air", "musim", "panen"];
    let words: Vec<String> =
        (0..14).map(|i| format!("{}{}", WORDS[(seed * 5 + i * i) % 9], seed * 31 + i)).collect();
    format!("Kalimat {}.", words.join(" "))
}

fn story(from: usize, count: usize) -> String {
    (from..from + count).map(|i| format!("<p>{}</p>", sentence(i))).collect()
}

fn page(head: &str, main: &str) -> String {
    format!(
        "<html lang=id><head><title>Warga Menanam Pohon</title>{head}</head><body><nav><a href=/>Depan</a>
        </nav><h1>Warga Menanam Pohon</h1>{main}<footer>Hak cipta Kabar, semua dilindungi.</footer></body></html>"
    )
}

fn codes(draft: &Draft) -> Vec<&'static str> {
    draft.findings.iter().map(|finding| finding.code).collect()
}

/// Whether the first and the last of some sentences stand in the body, and another does not.
fn tells(draft: &Draft, first: usize, last: usize, not: usize) -> bool {
    let body: Vec<&str> =
        draft.body.iter().flat_map(|found| &found.value).map(|block| block.text.as_str()).collect();
    let has = |seed: usize| body.contains(&sentence(seed).as_str());
    has(first) && has(last) && !has(not)
}

#[test]
fn a_file_that_has_rotted_is_told_and_stepped_over() {
    let ld = |count: usize| {
        let text: Vec<String> = (0..count).map(sentence).collect();
        let item = serde_json::json!({"@type": "NewsArticle", "articleBody": text.join(" ")});
        format!("<script type=application/ld+json>{item}</script>")
    };
    let teaser = format!("<div class=isi>{}</div>", story(0, 1));
    let links: String = (60..90).map(|i| format!("<li><a href=/{i}>{}</a></li>", sentence(i))).collect();
    for (what, code, html) in [
        ("nothing there", "body_missing", page("", &format!("<div class=teks>{}</div>", story(0, 8)))),
        (
            "an empty element",
            "body_missing",
            page("", &format!("<div class=isi> </div><div>{}</div>", story(0, 8))),
        ),
        (
            "only the standfirst",
            "body_rotten",
            page("", &format!("{teaser}<div class=teks>{}</div>", story(0, 8))),
        ),
        (
            "one of several parts that look alike",
            "body_rotten",
            page(
                "",
                &format!(
                    "<main><div class='isi blok'>{}</div><div class='blok'>{}</div></main>",
                    story(0, 4),
                    story(4, 12)
                )
                .replace("isi blok", "blok isi"),
            ),
        ),
        (
            "the caption of a picture",
            "body_rotten",
            page(
                "",
                &format!(
                    "<div class=isi><p>Warga memandang lereng di utara desa mereka.</p></div><div>{}</div>",
                    story(0, 8)
                ),
            ),
        ),
        (
            "half a story, says the metadata",
            "body_rotten",
            page(&ld(12), &format!("<div class=isi>{}</div><section>{}</section>", story(0, 4), story(4, 8))),
        ),
        (
            "the whole page, with comments and links",
            "body_rotten",
            page(
                "",
                &format!(
                    "<div class=isi><div class=teks>{}</div><div class=comments>{}</div><ul class=related>{links}</ul></div>",
                    story(0, 8),
                    story(40, 14)
                ),
            ),
        ),
    ] {
        let draft = read(".isi", &html);
        assert_eq!(codes(&draft), [code], "{what}");
        let last = if what.starts_with("half") { 11 } else { 7 };
        assert!(tells(&draft, 0, last, 45), "{what}: {:?}", draft.body);
        assert_eq!(draft.reading.layout, "generic", "{what}");
        if code == "body_rotten" {
            assert!(draft.body.unwrap().source.ends_with("(not .isi)"), "{what}: the source tells");
        }
    }
}

#[test]
fn a_good_file_is_not_stepped_over() {
    let talk = story(40, 30).replace("Kalimat", "Saya kira");
    let entries: String = (0..12)
        .map(|i| {
            format!("<div class=entri><span>{i}.15</span><div class=teks>{}</div></div>", story(i * 2, 2))
        })
        .collect();
    for (what, codes_wanted, last, html) in [
        ("both agree", &[][..], 7, page("", &format!("<div class=isi>{}</div>", story(0, 8)))),
        (
            "talk that nothing marks, longer than the story",
            &["body_doubtful"],
            7,
            page("", &format!("<div class=isi>{}</div><div class=percakapan>{talk}</div>", story(0, 8))),
        ),
        (
            "thirteen stories below each other",
            &["body_doubtful"],
            7,
            page(
                "",
                &format!(
                    "<main><article class=isi><div class=teks>{}</div></article>{}</main>",
                    story(0, 12),
                    (2..8)
                        .map(|i| format!("<article><div class=teks>{}</div></article>", story(i * 20, 16)))
                        .collect::<String>()
                ),
            ),
        ),
        ("a short story", &[], 1, page("", &format!("<div class=isi>{}</div>", story(0, 2)))),
        ("a live report", &[], 23, page("", &format!("<main class=isi>{entries}</main>"))),
        (
            "a story of lists, which the generic reader takes for links",
            &[],
            7,
            page(
                "",
                &format!(
                    "<div class=isi><p>{}</p><ul class=related>{}</ul></div>",
                    sentence(0),
                    (1..8).map(|i| format!("<li>{}</li>", sentence(i))).collect::<String>()
                ),
            ),
        ),
    ] {
        let draft = read(".isi", &html);
        assert_eq!(codes(&draft), codes_wanted, "{what}: {:?}", draft.findings);
        assert!(tells(&draft, 0, last, 45), "{what}: {:?}", draft.body);
        assert_eq!(draft.reading.layout, "kini", "{what}");
    }
}

#[test]
fn a_story_that_the_page_does_not_show_is_taken_from_its_data() {
    let text: Vec<String> = (0..8).map(sentence).collect();
    let title = "Pohon di Lereng warga0";
    let told = serde_json::json!({"@type": "NewsArticle", "headline": title, "articleBody": text.join("\n")});
    let paid = serde_json::json!({"@type": "NewsArticle", "headline": title, "isAccessibleForFree": false,
        "articleBody": text.join("\n")});
    let state =
        serde_json::json!({"artikel": {"id": 7, "judul": title, "tag": ["a"], "content": story(0, 8)}});
    let script = |kind: &str, json: &serde_json::Value| format!("<script type='{kind}'>{json}</script>");
    for (what, source, html) in [
        ("JSON-LD", Some("jsonld articleBody"), script("application/ld+json", &told)),
        ("paid for", None, script("application/ld+json", &paid)),
        ("a state", Some("script content"), script("application/json", &state)),
        (
            "a state in a string",
            Some("script content"),
            format!("<script>window.s = {};</script>", serde_json::Value::from(state.to_string())),
        ),
    ] {
        let html =
            page(&html, "<div id=app><p>Memuat halaman…</p></div>").replace("Warga Menanam Pohon", title);
        let draft = read(".isi", &html);
        assert_eq!(draft.body.as_ref().map(|found| found.source.as_str()), source, "{what}");
        assert_eq!(codes(&draft).contains(&"body_not_shown"), source.is_some(), "{what}");
        assert_eq!(tells(&draft, 0, 7, 45), source.is_some(), "{what}: {:?}", draft.body);
    }
}

#[test]
fn a_story_that_the_page_shows_is_not_taken_from_its_data() {
    let other = serde_json::json!({"@type": "NewsArticle", "articleBody": (20..60).map(sentence).collect::<Vec<_>>().join("\n")});
    let html = page(
        &format!("<script type=application/ld+json>{other}</script>"),
        &format!("<div class=isi>{}</div>", story(0, 4)),
    );
    assert!(tells(&read(".lain", &html), 0, 3, 30));
}

#[test]
fn a_body_may_be_carried_by_a_script() {
    let file = "schema = 1\n[[layout]]\nid = \"data\"\n[layout.body]\nrequired = true\n\
                select = [\"div.isi\", { script = \"detail.lead, detail.html\" }]\n\
                [clean]\nremove = [\".iklan\"]\n";
    let data = serde_json::json!({"q": [{"detail": {
        "lead": "Lead pendek.",
        "html": format!("{}<div class=iklan>Beli</div><h3>Sub</h3>{}", story(0, 3), story(3, 3)),
    }}]});
    let html = page("", &format!("<div id=app></div><script>window.x = {data};</script>"));
    let catalog = Catalog::of(vec![(PathBuf::from("kabar.example.toml"), file.to_owned())]).unwrap();
    let url = PageUrl::parse("https://kabar.example/berita/pohon").unwrap();
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let site = catalog.resolve(&url, None);
    let doc = Document::parse(&html);
    let draft = crate::extract::read(&site, &catalog.generic(), &doc, Some(&url), &Known::default(), now);
    let body = draft.body.as_ref().unwrap();
    let texts: Vec<&str> = body.value.iter().map(|block| block.text.as_str()).collect();
    assert_eq!((texts.len(), texts[0], texts[4]), (8, "Lead pendek.", "Sub"), "{texts:?}");
    assert_eq!(body.source, "script detail.lead, detail.html");
    assert_eq!((draft.reading.layout.as_str(), codes(&draft)), ("data", vec![]));
}

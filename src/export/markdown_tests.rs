use super::*;
use crate::export::fixtures::{row, version, when};
use crate::model::Dateline;

#[test]
fn a_page_has_front_matter_title_dateline_and_blocks() {
    let mut version =
        version(2, "Harga \"naik\": 5% #1", &["Petani panen *raya*.", "1. bukan daftar", "- juga bukan"]);
    let article = &mut version.article;
    article.dateline = Some(Dateline { raw: "Garut – ".to_owned(), ..Dateline::default() });
    article.authors = vec!["Siti \"S\" A".to_owned(), "Budi".to_owned()];
    article.published = when("2025-10-21T01:00:00Z", 7);
    for (kind, text) in [
        (BlockKind::Heading, "Sub_judul & <b>"),
        (BlockKind::ListItem, "satu"),
        (BlockKind::ListItem, "dua"),
        (BlockKind::Quote, "Kata dia"),
        (BlockKind::Preformatted, "a ``` b"),
        (BlockKind::TableRow, "Kota | Jumlah"),
        (BlockKind::TableRow, "Garut | 5 | 6"),
    ] {
        article.body.push(Block { kind, text: text.to_owned() });
    }
    version.fingerprint = version.article.fingerprint();
    let page = markdown(&row(7, 2), &version);
    let hash = version.fingerprint.content;
    assert_eq!(
        page,
        format!(
            r#"---
id: 7
version: 2
versions: 2
words: 27
state: "live"
site: "kabar"
title: "Harga \"naik\": 5% #1"
url: "https://kabar.example/panen"
dateline: "Garut –"
language: "id"
published: "2025-10-21T08:00:00+07:00"
first_seen: "2025-10-21T01:00:00Z"
observed: "2025-10-21T02:00:00Z"
cause: "publisher"
content_sha256: "{hash}"
authors: ["Siti \"S\" A", "Budi"]
---

# Harga "naik": 5% \#1

**Garut –** Petani panen \*raya\*.

1\. bukan daftar

\- juga bukan

## Sub_judul & \<b>

- satu
- dua

> Kata dia

````
a ``` b
````

| Kota | Jumlah |  |
| --- | --- | --- |
| Garut | 5 | 6 |
"#
        )
    );
}

#[test]
fn front_matter_holds_whatever_a_page_says() {
    for (text, expected) in [
        ("a: b # c", r#""a: b # c""#),
        ("---\n...", r#""---\n...""#),
        ("\u{1b}[31m\u{85}\u{2028}", r#""\u001b[31m\u0085\u2028""#),
        ("back\\slash\ttab", r#""back\\slash\ttab""#),
    ] {
        assert_eq!(yaml(text), expected);
    }
}

#[test]
fn an_empty_article_is_a_page_too() {
    let mut version = version(1, "", &[]);
    version.article.dateline = Some(Dateline { raw: "Garut – ".to_owned(), ..Dateline::default() });
    assert!(markdown(&row(7, 1), &version).ends_with("# \n\n**Garut –**\n"));
}

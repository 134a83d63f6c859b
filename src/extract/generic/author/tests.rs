//! Bylines where they stand on pages.

use std::path::Path;

use crate::dom::Document;
use crate::extract;
use crate::model::{Known, PageUrl};
use crate::site::Catalog;

fn authors(head: &str, under: &str, end: &str) -> Vec<String> {
    let catalog = Catalog::load(Path::new("no such folder")).unwrap();
    let generic = catalog.generic();
    let url = PageUrl::parse("https://kabar.example/a").unwrap();
    let story: String = (0..6)
        .map(|i| format!("<p>Kalimat panjang tentang bibit yang dibawa warga ke lereng, nomor {i}.</p>"))
        .collect();
    let html = format!(
        "<html lang=id><head><meta property=og:site_name content='Kabar Kita'>{head}</head><body>\
         <h1>Warga Menanam Pohon</h1>{under}<div>{story}{end}</div>\
         <div class=comments><p class=comment-author itemprop=author>Tono Pembaca</p></div></body></html>"
    );
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let draft =
        extract::read(&generic, &generic, &Document::parse(&html), Some(&url), &Known::default(), now);
    draft.authors.map(|found| found.value).unwrap_or_default()
}

#[test]
fn bylines_open_with_a_word_or_a_label() {
    for line in [
        "<p>Oleh Sari Dewi</p>",
        "<p>20.06.2024 - Redaktion: Sari Dewi</p>",
        "<div><span>20.06.2024 13:30 von Sari Dewi</span></div>",
        "<p><b>Tanggal:</b> 20 Juni<br><b>Penulis:</b> Sari Dewi</p>",
        "<div class=author><span class=screen-reader-text>Author</span><a href=/s>Sari Dewi</a></div>",
        "<p>Erstellt von Sari Dewi</p>",
    ] {
        assert_eq!(authors("", line, ""), ["Sari Dewi"], "{line}");
    }
}

#[test]
fn a_person_on_the_page_is_better_than_the_papers_name() {
    let house = "<meta name=author content='Kabar Kita – Koran bagi Warga'>";
    assert_eq!(authors(house, "", "<p>Von Sari Dewi</p>"), ["Sari Dewi"]);
    assert_eq!(authors(house, "<p class=byline>AFP</p>", ""), ["Kabar Kita – Koran bagi Warga"]);
    assert_eq!(authors("<meta name=author content='Kabar Kita - Sari Dewi'>", "", ""), ["Sari Dewi"]);
}

#[test]
fn readers_headings_and_questions_are_no_authors() {
    let heading = "<h2>Von Bibit, Pohon und Lereng</h2>";
    let question = "<p class=author-box>Anda menemukan kesalahan?</p>";
    assert_eq!(authors("", &format!("{heading}{question}"), ""), Vec::<String>::new());
}

//! Heads and headings that do not agree.

use std::path::Path;

use crate::dom::Document;
use crate::extract;
use crate::model::{Found, Known, PageUrl};
use crate::site::Catalog;

fn title_of(head: &str, heading: &str) -> Found<String> {
    let catalog = Catalog::load(Path::new("no such folder")).unwrap();
    let generic = catalog.generic();
    let url = PageUrl::parse("https://kabar.example/berita/pohon").unwrap();
    let story: String = (0..6)
        .map(|i| format!("<p>Kalimat panjang tentang bibit yang dibawa warga ke lereng, nomor {i}.</p>"))
        .collect();
    let html =
        format!("<html lang=id><head>{head}</head><body>{heading}<div class=isi>{story}</div></body></html>");
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    extract::read(&generic, &generic, &Document::parse(&html), Some(&url), &Known::default(), now)
        .title
        .unwrap()
}

fn ld(keys: &str) -> String {
    format!("<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",{keys}}}</script>")
}

#[test]
fn a_kicker_without_a_mark_is_no_part_of_the_headline() {
    let title = title_of(
        "<title>Warga Menanam Pohon | Kabar</title>",
        "<h1><span class=overline>Lingkungan Hidup</span>Warga Menanam Pohon</h1>",
    );
    assert_eq!(title.value, "Warga Menanam Pohon");
    let title =
        title_of("<title>Kabar</title>", "<h1>Warga Menanam Pohon <small>Lereng kembali hijau</small></h1>");
    assert_eq!(title.value, "Warga Menanam Pohon");
}

#[test]
fn a_kicker_joined_by_a_mark_stays_when_the_head_says_it_too() {
    let heading = "<h1><span class=kicker>Lingkungan</span><span>: </span>Warga Menanam Pohon</h1>";
    let whole = "Lingkungan: Warga Menanam Pohon";
    assert_eq!(title_of(&ld(&format!("\"headline\":\"{whole}\"")), heading).value, whole);
    let other = ld("\"headline\":\"Warga Menanam Pohon\"");
    assert_eq!(title_of(&other, heading).value, "Warga Menanam Pohon");
}

#[test]
fn the_data_of_a_page_with_two_headlines_wins_over_a_third_one() {
    let heading = "<h1>Pohon Ditanam: Ini Daftar Lerengnya</h1>";
    let two = ld("\"headline\":\"Warga Menanam Pohon\",\"alternativeHeadline\":\"Lereng kembali hijau\"");
    assert_eq!(title_of(&two, heading).value, "Warga Menanam Pohon");
    // The heading is the second headline, or there is none: then what a reader sees counts.
    let shown = ld(
        "\"headline\":\"Warga Menanam Pohon\",\"alternativeHeadline\":\"Pohon Ditanam: Ini Daftar Lerengnya\"",
    );
    let one = ld("\"headline\":\"Warga Menanam Pohon\"");
    for head in [shown, one] {
        let head = format!("{head}<title>Pohon Ditanam: Ini Daftar Lerengnya</title>");
        assert_eq!(title_of(&head, heading).value, "Pohon Ditanam: Ini Daftar Lerengnya");
    }
}

#[test]
fn a_tail_that_both_social_titles_leave_out_is_left_out() {
    let heading = "<h1>Warga Menanam Seribu Pohon di Lereng yang Gundul</h1>";
    let social = |title: &str| {
        format!(
            "<title>Warga Menanam Seribu Pohon di Lereng yang Gundul</title><meta property=og:title content='{title}'>\
             <meta name=twitter:title content='{title}'>"
        )
    };
    assert_eq!(title_of(&social("Warga Menanam Seribu Pohon"), heading).value, "Warga Menanam Seribu Pohon");
    for cut in ["Warga Menanam Seribu Pohon di…", "Warga Menanam Seribu Poh"] {
        let whole = "Warga Menanam Seribu Pohon di Lereng yang Gundul";
        assert_eq!(title_of(&social(cut), heading).value, whole);
    }
}

#[test]
fn a_name_that_only_paper_shows_is_no_part_of_the_headline() {
    let head = "<title>Warga Menanam Pohon » Desa » Kabar Kita</title>\
                <meta name=twitter:title content='Warga Menanam Pohon'>";
    let heading = "<h1>Warga Menanam Pohon<span class=print>Kabar Kita</span></h1>";
    assert_eq!(title_of(head, heading).value, "Warga Menanam Pohon");
    // A section's name, or a word more, may belong to it.
    for heading in ["<h1>Warga Menanam Pohon Desa</h1>", "<h1>Warga Menanam Pohon Kabar Kita Lagi</h1>"] {
        assert_eq!(title_of(head, heading).value, heading[4..heading.len() - 5].to_owned());
    }
}

#[test]
fn a_heading_at_the_end_of_the_breadcrumbs_gives_way_to_the_headline_below() {
    let head = "<title>Cabai: Mengapa Harganya Naik</title><meta property=og:title content='Seribu Rupiah Sehari'>\
                <script type=application/ld+json>{\"headline\": \"Cabai: Mengapa Harganya Naik\"}</script>";
    let headline = "<h2><span class=kicker>Pasar</span> <span>Seribu Rupiah Sehari</span></h2>";
    for trail in [
        "<h1 class=breadcrumb-last>Cabai: Mengapa Harganya Naik</h1>",
        "<div class=breadcrumbs><a href=/a>A</a> <h1>Cabai: Mengapa Harganya Naik</h1></div>",
        "<ol><li><a href=/a>A</a><li><h1>Cabai: Mengapa Harganya Naik</h1></ol>",
        "<div><a href=/a>A</a><a href=/a/b>B</a><h1>Cabai: Mengapa Harganya Naik</h1></div>",
    ] {
        assert_eq!(title_of(head, &format!("{trail}{headline}")).value, "Seribu Rupiah Sehari", "{trail}");
        // Nothing else is called the page's title.
        let other = "<h2>Seribu Pohon</h2>";
        assert_eq!(title_of(head, &format!("{trail}{other}")).value, "Cabai: Mengapa Harganya Naik");
    }
    let first = "<div><a href=/a>A</a><h1>Cabai: Mengapa Harganya Naik</h1></div>";
    assert_eq!(title_of(head, &format!("{first}{headline}")).value, "Cabai: Mengapa Harganya Naik");
}

#[test]
fn a_kicker_on_the_line_above_is_no_part_of_the_headline() {
    let heading = "<h1><span>Harga cabai</span><div>Seribu Rupiah Sehari</div></h1>";
    assert_eq!(title_of("<title>Seribu Rupiah Sehari</title>", heading).value, "Seribu Rupiah Sehari");
}

#[test]
fn what_shows_a_part_of_the_title_tag_is_the_headline() {
    let tag = "<title>Warga Menanam Pohon | Kumpulan kabar desa | Kabar Kita</title>";
    let shown = title_of(tag, "<div class=kop>Warga Menanam Pohon</div>");
    assert_eq!((shown.value.as_str(), shown.source.as_str()), ("Warga Menanam Pohon", "title, shown"));
    // The name of a section is no headline, though it is a heading and stands in `<title>`.
    let head = "<title>Berita - Kabar Kita</title><meta property=og:title content='Warga Menanam Pohon'>";
    assert_eq!(title_of(head, "<h1>Berita</h1><h1>Warga Menanam Pohon</h1>").value, "Warga Menanam Pohon");
}

#[test]
fn a_page_without_headings_has_the_headline_that_its_head_names() {
    let head = "<title>Warga Menanam Pohon-Desa | Kabar Kita</title><meta name=headline content='Warga Menanam Pohon'>\
                <meta property=og:title content='Warga Menanam Pohon-Desa'>";
    assert_eq!(title_of(head, "<p>Isi berita.</p>").value, "Warga Menanam Pohon");
    assert_eq!(title_of(head, "<h1>Seribu Pohon</h1>").value, "Seribu Pohon");
}

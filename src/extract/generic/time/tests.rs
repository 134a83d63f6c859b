//! Pages whose dates do not agree.

use std::path::Path;

use crate::dom::Document;
use crate::extract;
use crate::model::{Known, PageUrl};
use crate::site::Catalog;

/// What is read as the day of publication of a page with this in its head, over and under its headline.
fn published(url: &str, head: &str, over: &str, under: &str) -> Option<String> {
    let catalog = Catalog::load(Path::new("no such folder")).unwrap();
    let generic = catalog.generic();
    let url = PageUrl::parse(&format!("https://kabar.example{url}")).unwrap();
    let story: String = (0..6)
        .map(|i| format!("<p>Kalimat panjang tentang bibit yang dibawa warga ke lereng, nomor {i}.</p>"))
        .collect();
    let html = format!(
        "<html lang=id><head>{head}</head><body>{over}<h1>Warga Menanam Pohon</h1>{under}<div>{story}</div></body></html>"
    );
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let draft =
        extract::read(&generic, &generic, &Document::parse(&html), Some(&url), &Known::default(), now);
    draft.published.map(|found| found.value.to_string())
}

fn ld(date: &str) -> String {
    format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"datePublished\":\"{date}\"}}</script>"
    )
}

#[test]
fn an_instant_in_utc_falls_on_the_day_that_the_reader_sees() {
    let utc = ld("2024-06-20T18:15:40Z");
    let clock = "<div class=date>Jumat, 21 Juni 2024 01:15</div>";
    assert_eq!(published("/a", &utc, "", clock).as_deref(), Some("2024-06-21T01:15:40+07:00"));
    let day = "<div class=date>21 Juni 2024</div>";
    assert_eq!(published("/a", &utc, "", day).as_deref(), Some("2024-06-21T00:15:40+06:00"));
    assert_eq!(published("/2024/06/21/a/", &utc, "", "").as_deref(), Some("2024-06-21T00:15:40+06:00"));
    // Another day altogether, or a stated zone: the data of the page stands.
    let later = "<div class=date>24 Juni 2024</div>";
    assert_eq!(published("/a", &utc, "", later).as_deref(), Some("2024-06-20T18:15:40+00:00"));
    let zoned = ld("2024-06-20T23:15:40+07:00");
    assert_eq!(published("/a", &zoned, "", day).as_deref(), Some("2024-06-20T23:15:40+07:00"));
}

#[test]
fn what_reader_and_second_source_agree_on_is_the_day() {
    let head = ld("2024-06-18T09:00:00Z")
        + "<meta property=article:published_time content=2024-06-20T08:00:00+07:00>";
    let seen = "<div class=date>20 Juni 2024</div>";
    assert_eq!(published("/a", &head, "", seen).as_deref(), Some("2024-06-20T08:00:00+07:00"));
    assert_eq!(published("/a", &head, "", "").as_deref(), Some("2024-06-18T09:00:00+00:00"));
}

#[test]
fn metadata_that_may_mean_any_date_comes_behind_a_clear_visible_one() {
    let head = "<meta name=date content=2024-06-25>";
    assert!(published("/a", head, "", "<p class=date>20 Juni 2024</p>").unwrap().starts_with("2024-06-20"));
    // Over the headline stands today's date.
    assert!(
        published("/a", head, "<div class=date>31 Desember 2025</div>", "")
            .unwrap()
            .starts_with("2024-06-25")
    );
}

#[test]
fn the_label_beside_a_date_says_what_it_is() {
    for line in [
        "<p>Diperbarui: 25 Juni 2024 | Diterbitkan: 20 Juni 2024</p>",
        "<p>Diterbitkan 20/06/2024, diperbarui 25/06/2024</p>",
        "<p>Tayang: 20 Juni 2024 09.15 WIB</p>",
        "<aside><ul><li class=date>20.06.2024</ul></aside>",
    ] {
        assert!(published("/a", "", "", line).unwrap().starts_with("2024-06-20"), "{line}");
    }
}

#[test]
fn a_guess_is_no_date() {
    for line in [
        "<p>Diperbarui: 25 Juni 2024</p>",
        "<p>Anggota sejak 20 Juni 2020, terdaftar</p><p>Lahir 20 Juni 1970</p>",
        "<p>Warga sudah sejak bulan lalu menunggu hujan yang datang pada 20 Juni 2024 di lereng itu.</p>",
        "<div>Sie sind hier</div>",
        "<aside><h3><a href=/b>Berita lain yang panjang sekali</a></h3><time datetime=2020-01-01>1 Januari 2020</time></aside>",
    ] {
        assert_eq!(published("/a", "", "", line), None, "{line}");
    }
}

#[test]
fn an_address_is_as_old_as_its_story() {
    assert!(
        published("/2024/6/20/a", &ld("2025-01-02T10:00:00+07:00"), "", "")
            .unwrap()
            .starts_with("2024-06-20")
    );
}

//! Books: the same bytes every time, and parts that fit each other. (epubcheck looks at the rest.)

use super::*;
use crate::export::fixtures::{row, version};

fn book(days: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut epub = EpubWriter::new(&mut bytes, "Kabar & dapur".to_owned()).unwrap();
    for (n, (day, site)) in (1..).zip(days) {
        let mut row = row(n, 1);
        row.site = (*site).to_owned();
        epub.add(day, &row, &version(1, &format!("Judul {n} <b>"), &["Isi & isi."])).unwrap();
    }
    epub.finish().unwrap();
    bytes
}

#[test]
fn the_same_articles_make_the_same_book() {
    let days = [("2026-03-01", "dapur"), ("2026-03-01", "kabar"), ("2026-03-02", "kabar")];
    let bytes = book(&days);
    assert_eq!(bytes, book(&days));
    // The media type stands where every reader looks for it: at byte 30, uncompressed.
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
}

#[test]
fn contents_are_by_day_site_and_headline() {
    let mut contents = Contents::default();
    let article = version(1, "Judul", &[]).article;
    for (day, site, file) in [("d1", "a", "1"), ("d1", "a", "2"), ("d1", "b", "3"), ("d2", "b", "4")] {
        contents.place(day, site, "Kabar", file);
        contents.article(file, "x", &article, None);
    }
    let nav = contents.finish("T");
    assert_eq!((nav.matches("<ol>").count(), nav.matches("</ol>").count()), (6, 6));
    assert_eq!((nav.matches("<li>").count(), nav.matches("</li>").count()), (9, 9));
    assert_eq!(nav.matches("#x\"").count(), 4);
}

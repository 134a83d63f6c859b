//! What goes in comes out.

use std::collections::BTreeMap;

use kliping::model::{
    Article, ArticleId, Block, BlockKind, Cause, CommentForm, Dateline, FieldName, Image, Precision, Removal,
    Validators, VersionSeq, When, ZoneFrom, sha256,
};
use kliping::store::{Observation, RecordedOutcome};

use crate::world::{World, article, read, reading};

const PAGE: &str = "https://kabar.example/2026/panen";

/// An article with something in every field.
fn full() -> Article {
    let when = |raw: &str, at: &str, offset_seconds, precision, zone_from| When {
        raw: raw.to_owned(),
        at: at.parse().unwrap(),
        offset_seconds,
        precision,
        zone_from,
    };
    let mut full = article("Panen raya di lereng Merbabu", &["Petani memanen 5,95 ton jagung."]);
    full.dateline = Some(Dateline {
        raw: "BOYOLALI (Kabar) – ".to_owned(),
        places: vec!["Boyolali".to_owned()],
        agency: Some("Kabar".to_owned()),
        date: Some("1/3".to_owned()),
    });
    full.authors = vec!["Siti A., M.A.".to_owned(), "Budi".to_owned()];
    full.section = Some("Ekonomi".to_owned());
    full.published = Some(when(
        "1 Maret 2026, 14:05 WIB",
        "2026-03-01T07:05:00Z",
        25_200,
        Precision::Minute,
        ZoneFrom::Stated,
    ));
    full.modified =
        Some(when("x", "2026-03-01T07:06:07.123456789Z", 0, Precision::Second, ZoneFrom::Assumed));
    full.canonical_url = Some(PAGE.to_owned());
    full.body = [
        (BlockKind::Paragraph, "Petani memanen 5,95 ton jagung."),
        (BlockKind::Heading, "Harga"),
        (BlockKind::Quote, "“Kami senang,” kata Siti."),
        (BlockKind::ListItem, "satu"),
        (BlockKind::Preformatted, "a  b\n\n\nc"),
        (BlockKind::TableRow, "Jagung | 4.500"),
    ]
    .into_iter()
    .map(|(kind, text)| Block { kind, text: text.to_owned() })
    .collect();
    full.images = vec![
        Image { url: "https://kabar.example/a.jpg".to_owned(), caption: Some("Ladang".to_owned()) },
        Image { url: "https://kabar.example/b.jpg".to_owned(), caption: None },
    ];
    full.comment_form =
        Some(CommentForm { text: "Tinggalkan Balasan".to_owned(), rule: "#respond".to_owned() });
    full.removed =
        vec![Removal { rule: "remove .share".to_owned(), chars: 12, text: "Bagikan ini:".to_owned() }];
    full.reading.fields = BTreeMap::from([
        (FieldName::Title, "h1.entry-title".to_owned()),
        (FieldName::Body, "div".to_owned()),
    ]);
    full
}

#[test]
fn every_field_of_an_article_comes_back() {
    let world = World::new();
    let put = full();
    let mut fetch = world.fetch(PAGE);
    fetch.validators = Validators { etag: Some("W/\"7\"".to_owned()), last_modified: Some("Sun".to_owned()) };
    let page = b"<html>Panen</html>".repeat(40);
    let raw = Some(page.clone());
    let recorded =
        world.record(fetch, Observation::Article { article: Box::new(put.clone()), raw, reread: None });
    assert_eq!(recorded.outcome, RecordedOutcome::New);
    let id = recorded.article.unwrap();

    let reader = world.reader();
    let got = reader.version(id, VersionSeq(1)).unwrap().unwrap();
    assert_eq!(got.article, put);
    assert_eq!(got.fingerprint, put.fingerprint());
    assert_eq!((got.cause, got.observed, got.url.as_str()), (Cause::First, world.now, PAGE));
    assert_eq!((got.status, got.etag.as_deref()), (Some(200), Some("W/\"7\"")));
    assert_eq!(got.raw_sha256, Some(sha256(&page)));

    let raw = reader.raw_page(id, VersionSeq(1)).unwrap().unwrap();
    assert_eq!((raw.bytes, raw.at, raw.url.as_str()), (page, world.now, PAGE));

    let row = reader.article(id).unwrap().unwrap();
    assert_eq!((row.site.as_str(), row.site_name.as_deref()), ("kabar", Some("Kabar Desa")));
    assert_eq!((row.versions, row.first_seen, row.state.as_str()), (1, world.now, "live"));
    assert_eq!(row.published.as_deref(), Some("2026-03-01T14:05:00+07:00"));
}

#[test]
fn an_article_with_nothing_but_a_title_comes_back() {
    let world = World::new();
    let put = article("Sebaris saja", &[]);
    let id = world.see(PAGE, &put).article.unwrap();
    let got = world.reader().version(id, VersionSeq(1)).unwrap().unwrap();
    assert_eq!((got.article, got.raw_sha256), (put, None));
    assert_eq!(world.reader().raw_page(id, VersionSeq(1)).unwrap(), None);
}

#[test]
fn a_page_that_comes_twice_is_kept_once() {
    let world = World::new();
    for address in ["https://kabar.example/a", "https://kabar.example/b"] {
        let raw = Some(b"<html>Sama</html>".to_vec());
        let article = Box::new(article(address, &["isi"]));
        world.record(world.fetch(address), Observation::Article { article, raw, reread: None });
    }
    assert_eq!(world.reader().stats().unwrap().pages, 1);
}

#[test]
fn the_head_tells_what_a_crawl_needs() {
    let world = World::new();
    let mut fetch = world.fetch("https://kabar.example/amp/panen");
    fetch.validators.etag = Some("\"1\"".to_owned());
    let mut put = article("Panen", &["Isi berita."]);
    put.canonical_url = Some("https://www.kabar.example/panen/".to_owned());
    world.record(fetch, read(&put));

    let reader = world.reader();
    let head = reader.head_for(&crate::world::url("https://kabar.example/amp/panen")).unwrap().unwrap();
    assert_eq!(head.article, ArticleId(1));
    assert_eq!(head.validators.etag.as_deref(), Some("\"1\""));
    assert_eq!((head.head.words, head.head.extractor), (2, reading("1+aaaaaaaaaaaa").extractor));
    assert!(!head.raw);
    // The canonical address names the article, but its validators are another address's.
    let head = reader.head_for(&crate::world::url("https://kabar.example/panen")).unwrap().unwrap();
    assert_eq!((head.article, head.validators.etag), (ArticleId(1), None));
    assert_eq!(reader.head_for(&crate::world::url("https://kabar.example/lain")).unwrap(), None);
}

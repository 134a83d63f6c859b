//! Rows and versions for the tests of this room.

use crate::diff::fixtures::{article, version as bare};
use crate::model::{ArticleId, ArticleState, PageUrl, Precision, Version, When, ZoneFrom};
use crate::store::ArticleRow;

/// Article `id` with so many versions.
pub(super) fn row(id: i64, versions: i64) -> ArticleRow {
    let at = "2025-10-21T01:00:00Z".parse().expect("a fixed text");
    ArticleRow {
        id: ArticleId(id),
        site: "kabar".to_owned(),
        site_name: None,
        url: PageUrl::parse("https://kabar.example/panen").expect("a fixed text"),
        canonical_url: None,
        first_seen: at,
        state: ArticleState::Live,
        state_since: at,
        versions,
        last_checked: at,
        last_seen: at,
        last_changed: at,
        next_check: None,
        title: "Panen raya".to_owned(),
        dateline: None,
        published: None,
        words: 3,
    }
}

/// A version of it.
pub(super) fn version(seq: i64, title: &str, body: &[&str]) -> Version {
    let mut version = bare(seq, article(title, body));
    version.url = PageUrl::parse("https://kabar.example/1").expect("a fixed text");
    version
}

/// An instant as a page in this zone states it.
pub(super) fn when(at: &str, hours: i32) -> Option<When> {
    Some(When {
        raw: at.to_owned(),
        at: at.parse().expect("a fixed text"),
        offset_seconds: hours * 3600,
        precision: Precision::Minute,
        zone_from: ZoneFrom::Stated,
    })
}

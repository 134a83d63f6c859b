//! `kliping.listed/1`: an article in a list, and `kliping.hit/1`: one that a search found.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::json::time;
use crate::store::{ArticleRow, Hit};

/// An article as `kliping list --format jsonl` prints it.
#[must_use]
pub fn listed(row: &ArticleRow) -> Value {
    json!({
        "schema": "kliping.listed/1",
        "id": row.id.0,
        "versions": row.versions,
        "state": row.state.as_str(),
        "url": row.url.as_str(),
        "canonical_url": row.canonical_url,
        "site": row.site,
        "title": row.title,
        "dateline": row.dateline.as_ref().map(|raw| json!({ "raw": raw })),
        "published": row.published,
        "words": row.words,
        "first_seen": time(row.first_seen),
        "last_changed": time(row.last_changed),
        "last_checked": time(row.last_checked),
        "last_seen": time(row.last_seen),
        "next_check": row.next_check.map(|at: Timestamp| time(at)),
    })
}

/// A hit as `kliping search --format jsonl` prints it. `matches` are pairs of places in the snippet, in
/// characters.
#[must_use]
pub fn hit(hit: &Hit) -> Value {
    let mut snippet = String::new();
    let mut matches = Vec::new();
    for (text, found) in &hit.snippet {
        let start = snippet.chars().count();
        snippet.push_str(text);
        if *found {
            matches.push(json!([start, snippet.chars().count()]));
        }
    }
    json!({
        "schema": "kliping.hit/1",
        "id": hit.article.0,
        "version": hit.seq.0,
        "site": hit.site,
        "url": hit.url.as_str(),
        "title": hit.title,
        "published": hit.published,
        "state": hit.state.as_str(),
        "score": (hit.score * 1000.0).round() / 1000.0,
        "snippet": snippet,
        "matches": matches,
    })
}

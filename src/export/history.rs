//! `kliping.history/1`: what an article went through, its versions and events in the order in which they came.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::json::time;
use crate::diff;
use crate::model::{Cause, EventKind, Version};
use crate::store::{ArticleRow, Event};

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When it was observed.
    pub at: Timestamp,
    /// What it was.
    pub what: What,
}

/// What a line tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A version.
    Version {
        /// Its number.
        seq: i64,
        /// Why it was written.
        cause: Cause,
        /// What it changed, most telling first.
        kinds: Vec<&'static str>,
        /// Words that came.
        added: usize,
        /// Words that went.
        removed: usize,
        /// Its headline, where that is another than before.
        title: Option<String>,
    },
    /// Something else.
    Event {
        /// What.
        kind: EventKind,
        /// More about it.
        detail: Option<String>,
    },
}

/// The lines of a history; `wanted`: only the versions from one number to another.
#[must_use]
pub fn history(versions: &[Version], events: Vec<Event>, wanted: Option<(i64, i64)>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(versions.len() + events.len());
    // An import may bring what is older than what was known: told where it belongs in time.
    let mut versions: Vec<&Version> = versions.iter().collect();
    versions.sort_by_key(|version| version.observed);
    for (n, version) in versions.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| versions[n]);
        let title = before.is_none_or(|before| before.article.title != version.article.title);
        let (kinds, added, removed) = match before {
            None => (Vec::new(), version.article.words(), 0),
            Some(before) => change(before, version),
        };
        lines.push(Line {
            at: version.observed,
            what: What::Version {
                seq: version.seq.0,
                cause: version.cause,
                kinds,
                added,
                removed,
                title: title.then(|| version.article.title.clone()),
            },
        });
    }
    if let Some((from, to)) = wanted {
        lines.retain(|line| matches!(line.what, What::Version { seq, .. } if (from..=to).contains(&seq)));
        return lines;
    }
    lines.extend(
        events.into_iter().map(|Event { at, kind, detail }| Line { at, what: What::Event { kind, detail } }),
    );
    // What happened at the moment of a version stands behind it.
    lines.sort_by_key(|line| line.at);
    lines
}

fn change(a: &Version, b: &Version) -> (Vec<&'static str>, usize, usize) {
    if !diff::comparable(a, b) {
        return (Vec::new(), 0, 0);
    }
    let change = diff::compare(&a.article, &b.article);
    (change.kinds.iter().map(|kind| kind.as_str()).collect(), change.words_added, change.words_removed)
}

/// A line as `kliping history --format jsonl` prints it.
#[must_use]
pub fn history_line(row: &ArticleRow, line: &Line) -> Value {
    let at = time(line.at);
    match &line.what {
        What::Version { seq, cause, kinds, added, removed, title } => json!({
            "schema": "kliping.history/1",
            "article": row.id.0,
            "at": at,
            "version": seq,
            "cause": cause.as_str(),
            "kinds": kinds,
            "words": { "added": added, "removed": removed },
            "title": title,
        }),
        What::Event { kind, detail } => json!({
            "schema": "kliping.history/1",
            "article": row.id.0,
            "at": at,
            "event": kind.as_str(),
            "detail": detail,
        }),
    }
}

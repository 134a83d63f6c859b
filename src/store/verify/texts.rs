//! Every version's text against its hashes, and its columns for people against what they tell of.

use crate::store::engine::Row;
use rusqlite::types::ValueRef;

use super::super::redact::REDACTED;
use super::super::versions::{read, select};
use super::super::{StoreError, sql::time_opt};
use super::{Fault, Work};
use crate::model::{ArticleId, Version, VersionSeq, When};

impl Work<'_> {
    pub(super) fn texts(&mut self) -> Result<(), StoreError> {
        let db = self.db;
        self.redacted = db
            .prepare("SELECT DISTINCT article_id FROM event WHERE kind = 'redacted'")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut statement = db.prepare(&select(
            ", v.authors, v.published_at, v.modified_at, v.words",
            "ORDER BY v.article_id, v.seq",
        ))?;
        let mut rows = statement.query([])?;
        let mut before = (0, 0);
        while let Some(row) = rows.next()? {
            let (article, seq): (i64, i64) = (row.get("article_id")?, row.get("seq")?);
            let url: String = row.get("url").unwrap_or_default();
            let by_us = self.redacted.contains(&article);
            let mut fault = |message: String| {
                self.told.insert((article, seq));
                self.found(Fault {
                    check: "text",
                    article: Some(ArticleId(article)),
                    version: Some(VersionSeq(seq)),
                    url: Some(url.clone()),
                    message,
                });
            };
            let expected = if before.0 == article { before.1 + 1 } else { 1 };
            if seq != expected {
                fault(format!("version {expected} is missing before it"));
            }
            before = (article, seq);
            if row.get::<_, Option<i64>>("redacted_at")?.is_some() {
                if let Some(message) = not_redacted(&row, by_us)? {
                    fault(message.to_owned());
                }
                self.done.redacted += 1;
                continue;
            }
            match read(&row) {
                Ok(version) => {
                    let columns = Columns {
                        authors: row.get("authors")?,
                        published: (row.get("published")?, row.get("published_at")?),
                        modified: (row.get("modified")?, row.get("modified_at")?),
                        words: row.get("words")?,
                    };
                    let wrong = differing(&version);
                    if !wrong.is_empty() {
                        fault(format!("not what its hash says: {}", wrong.join(", ")));
                    }
                    let wrong = columns.differing(&version);
                    if !wrong.is_empty() {
                        fault(format!("columns that do not agree with the rest: {}", wrong.join(", ")));
                    }
                }
                Err(error) => fault(format!("it cannot be read: {error}")),
            }
            self.done.versions += 1;
        }
        Ok(())
    }
}

/// What is wrong with a version that says that its text was taken out.
fn not_redacted(row: &Row<'_>, told: bool) -> rusqlite::Result<Option<&'static str>> {
    if !told {
        return Ok(Some("its text is gone, and no event tells that `redact` took it out"));
    }
    let title: String = row.get("title")?;
    for column in ["body", "meta", "dateline", "authors"] {
        if row.get_ref(column)? != ValueRef::Null {
            return Ok(Some("it is marked as redacted, and holds text"));
        }
    }
    Ok((title != REDACTED).then_some("it is marked as redacted, and has a title"))
}

/// The fields whose hash is another.
fn differing(version: &Version) -> Vec<&'static str> {
    let (stored, now) = (&version.fingerprint, version.article.fingerprint());
    let mut wrong: Vec<&str> = [
        ("title", stored.title == now.title),
        ("dateline", stored.dateline == now.dateline),
        ("authors", stored.authors == now.authors),
        ("section", stored.section == now.section),
        ("published", stored.published == now.published),
        ("body", stored.body == now.body),
    ]
    .into_iter()
    .filter_map(|(field, same)| (!same).then_some(field))
    .collect();
    if wrong.is_empty() && stored.content != now.content {
        wrong.push("content");
    }
    wrong
}

/// Columns that no hash covers: other columns and the meta column tell what must stand in them.
struct Columns {
    authors: Option<String>,
    published: (Option<String>, Option<i64>),
    modified: (Option<String>, Option<i64>),
    words: i64,
}

impl Columns {
    fn differing(&self, version: &Version) -> Vec<&'static str> {
        let article = &version.article;
        let stated = |(text, at): &(Option<String>, Option<i64>), when: &Option<When>| {
            let ms = when.as_ref().map(|when| when.at.as_millisecond());
            *text == when.as_ref().map(When::to_string) && time_opt(*at) == time_opt(ms)
        };
        let words = i64::try_from(article.words()).unwrap_or(i64::MAX);
        [
            ("authors", self.authors.as_deref().unwrap_or_default() == article.authors.join(", ")),
            ("published", stated(&self.published, &article.published)),
            ("modified", stated(&self.modified, &article.modified)),
            ("words", self.words == words),
        ]
        .into_iter()
        .filter_map(|(column, same)| (!same).then_some(column))
        .collect()
    }
}

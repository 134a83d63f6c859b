//! What is to be taken out, looked up before anything is.

use crate::store::engine::{Connection, params};

use super::super::{StoreError, versions};
use crate::model::{ArticleId, VersionSeq};

/// A piece of text shorter than this says nothing of an article.
const TELLING: usize = 24;

/// What a redaction takes, or would take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redaction {
    /// The article's number.
    pub article: i64,
    /// Versions whose text goes; those that have none any more are left out.
    pub versions: Vec<VersionSeq>,
    /// Words of their bodies.
    pub words: i64,
    /// Whether no version of the article keeps its text.
    pub whole: bool,
    /// Whether the latest version is among them: then no address of the article is asked for again.
    pub latest: bool,
    /// Stored pages that go, by their rows.
    pub pages: Vec<i64>,
    /// Their bytes.
    pub page_bytes: i64,
    /// Keys of the article's addresses.
    pub keys: Vec<String>,
}

impl Redaction {
    /// Its versions in words: `version 2`, `versions 1 to 3`.
    #[must_use]
    pub fn told(&self) -> String {
        match (self.versions.first(), self.versions.last()) {
            (Some(first), Some(last)) if first != last => format!("versions {first} to {last}"),
            (Some(one), _) => format!("version {one}"),
            _ => "no version".to_owned(),
        }
    }
}

pub(super) fn plan(
    db: &Connection,
    id: ArticleId,
    named: Option<(i64, i64)>,
) -> Result<Redaction, StoreError> {
    let (from, to) = named.unwrap_or((1, i64::MAX));
    let mut plan = Redaction { article: id.0, ..Redaction::default() };
    let mut rows = db.prepare_cached(
        "SELECT seq, words, redacted_at IS NOT NULL AS out, seq = (SELECT max(seq) FROM version WHERE article_id = ?1) AS last
         FROM version WHERE article_id = ?1 ORDER BY seq",
    )?;
    let mut rows = rows.query([id.0])?;
    let mut kept = 0;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get("seq")?;
        if row.get("out")? {
            continue;
        }
        if (from..=to).contains(&seq) {
            plan.versions.push(VersionSeq(seq));
            plan.words += row.get::<_, i64>("words")?;
            plan.latest |= row.get::<_, bool>("last")?;
        } else {
            kept += 1;
        }
    }
    plan.whole = kept == 0;
    plan.keys = db
        .prepare_cached("SELECT key FROM address WHERE article_id = ?1")?
        .query_map([id.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    plan.pages = if plan.whole { all_pages(db, id)? } else { pages(db, id, &plan.versions)? };
    for page in &plan.pages {
        plan.page_bytes += db
            .prepare_cached("SELECT size FROM blob WHERE id = ?1")?
            .query_row([page], |row| row.get::<_, i64>(0))?;
    }
    Ok(plan)
}

/// Every page that the article's addresses gave.
fn all_pages(db: &Connection, id: ArticleId) -> Result<Vec<i64>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT DISTINCT b.id FROM fetch f JOIN blob b ON b.id = f.blob_id WHERE b.data IS NOT NULL
                AND (f.article_id = ?1 OR f.article_id IS NULL AND (f.requested IN (SELECT url FROM address WHERE article_id = ?1)
                    OR f.url IN (SELECT url FROM address WHERE article_id = ?1)))
             ORDER BY b.id",
        )?
        .query_map([id.0], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The pages that some versions were read from, and those that said the same until the next version.
fn pages(db: &Connection, id: ArticleId, versions: &[VersionSeq]) -> Result<Vec<i64>, StoreError> {
    let mut pages = Vec::new();
    for seq in versions {
        let found: Vec<i64> = db
            .prepare_cached(
                "SELECT b.id FROM version v JOIN fetch f ON f.article_id = v.article_id JOIN blob b ON b.id = f.blob_id
                 WHERE v.article_id = ?1 AND v.seq = ?2 AND b.data IS NOT NULL
                    AND (f.id = v.fetch_id OR f.at >= v.observed_at AND f.at < coalesce((SELECT min(n.observed_at)
                        FROM version n WHERE n.article_id = v.article_id AND n.seq > v.seq
                            AND n.observed_at > v.observed_at), ?3))",
            )?
            .query_map(params![id.0, seq.0, i64::MAX], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        pages.extend(found);
    }
    pages.sort_unstable();
    pages.dedup();
    Ok(pages)
}

/// Pieces of the text that goes, as they would stand in a page: no reference that others are packed with
/// may hold them.
pub(super) fn words(db: &Connection, plan: &Redaction) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut words = Vec::new();
    for seq in &plan.versions {
        let Some(version) = versions::one(db, ArticleId(plan.article), *seq)? else { continue };
        let article = version.article;
        let texts =
            std::iter::once(article.title.as_str()).chain(article.body.iter().map(|b| b.text.as_str()));
        // What cuts a page into pieces cuts the text, too.
        for piece in texts.flat_map(|text| text.split(['<', '"', ',', '\n', '&'])) {
            if piece.len() >= TELLING {
                words.push(piece.trim().as_bytes().to_vec());
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    Ok(words)
}

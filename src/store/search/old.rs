//! Search over versions that are no longer the latest. The index holds the latest only: the others are
//! read through, and those that hold the words are indexed for the moment, in memory.

use crate::store::engine::{Connection, params};

use super::words::folded;

/// As the schema has it, but with the text in it, and of this connection alone.
const INDEX: &str = "DROP TABLE IF EXISTS temp.old;
    CREATE VIRTUAL TABLE temp.old USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2')";

/// The older versions of a site (?1; all) of which the first was seen at or after (?2; any time).
pub(super) const VERSIONS: &str =
    "SELECT v.id, v.title, v.body FROM version v JOIN head h ON h.article_id = v.article_id
        JOIN article a ON a.id = v.article_id
     WHERE v.id <> h.version_id AND v.redacted_at IS NULL
        AND (a.site_id = (SELECT id FROM site WHERE key = ?1) OR ?1 IS NULL)
        AND (a.first_seen_at >= ?2 OR ?2 IS NULL)";

/// Indexes the older versions that may hold what is looked for: of each of the `wanted` one form.
pub(super) fn index(
    db: &Connection,
    wanted: &[Vec<String>],
    site: Option<&str>,
    since: Option<i64>,
) -> rusqlite::Result<()> {
    db.execute_batch(INDEX)?;
    let mut versions = db.prepare(VERSIONS)?;
    let mut rows = versions.query(params![site, since])?;
    let mut add = db.prepare("INSERT INTO temp.old (rowid, title, body) VALUES (?1, ?2, ?3)")?;
    while let Some(row) = rows.next()? {
        let (title, body): (String, String) = (row.get(1)?, row.get(2)?);
        let (in_title, in_body) = (folded(&title), folded(&body));
        let holds = |form: &String| in_body.contains(form.as_str()) || in_title.contains(form.as_str());
        if wanted.iter().all(|forms| forms.iter().any(holds)) {
            add.execute(params![row.get::<_, i64>(0)?, title, body])?;
        }
    }
    Ok(())
}

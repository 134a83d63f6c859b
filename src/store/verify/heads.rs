//! Every article's head against its versions, and the views for people against the tables.

use super::super::StoreError;
use super::{Fault, Work};
use crate::model::ArticleId;

impl Work<'_> {
    pub(super) fn heads(&mut self) -> Result<(), StoreError> {
        let db = self.db;
        self.done.articles = db.query_row("SELECT count(*) FROM article", [], |row| row.get(0))?;
        // The row of the greatest number, in the words of each engine.
        let last = if db.sqlite().is_some() {
            "max(seq), id AS last"
        } else {
            "(array_agg(id ORDER BY seq DESC))[1] AS last"
        };
        let mut statement = db.prepare(&format!(
            "SELECT * FROM (SELECT a.id, h.url, h.article_id IS NULL AS headless, l.last IS NULL AS bare, l.n, h.versions,
                h.version_id IS NOT DISTINCT FROM l.last AS points
             FROM article a LEFT JOIN head h ON h.article_id = a.id
             LEFT JOIN (SELECT article_id, count(*) AS n, {last} FROM version GROUP BY article_id) l
                ON l.article_id = a.id) each
             WHERE headless OR bare OR NOT points OR versions IS DISTINCT FROM n ORDER BY id"
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (n, told): (Option<i64>, Option<i64>) = (row.get("n")?, row.get("versions")?);
            let message = if row.get("headless")? {
                "the article has no head".to_owned()
            } else if row.get("bare")? {
                "the article has no version".to_owned()
            } else if row.get("points")? {
                format!("the head tells of {} versions; there are {}", told.unwrap_or(0), n.unwrap_or(0))
            } else {
                "the head does not point at the latest version".to_owned()
            };
            let article = Some(ArticleId(row.get("id")?));
            self.found(Fault { check: "head", article, version: None, url: row.get("url")?, message });
        }
        // Addresses are only added, and an article begins with one.
        let mut lost = db.prepare(
            "SELECT a.id FROM article a WHERE NOT EXISTS (SELECT 1 FROM address d WHERE d.article_id = a.id) ORDER BY a.id",
        )?;
        let mut rows = lost.query([])?;
        while let Some(row) = rows.next()? {
            let article = Some(ArticleId(row.get("id")?));
            let message = "no address leads to the article".to_owned();
            self.found(Fault { check: "head", article, version: None, url: None, message });
        }
        for (view, table) in [("articles", "article"), ("versions", "version")] {
            let sql = format!("SELECT (SELECT count(*) FROM {view}), (SELECT count(*) FROM {table})");
            let (shown, held): (i64, i64) = db.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if shown != held {
                self.fault(
                    "head",
                    format!("the view {view} shows {shown} rows; the table {table} holds {held}"),
                );
            }
        }
        Ok(())
    }
}

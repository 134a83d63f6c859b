//! Articles by day and site, for what is read like a paper.

use std::collections::HashMap;

use crate::store::engine::params_from_iter;
use jiff::Timestamp;

use super::pass::{condition, latest};
use super::sql::time_opt;
use super::{Pass, Reader, StoreError};
use crate::model::ArticleId;

/// An article's place in a book: its day and its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed {
    /// `2026-03-01`: as the page states it, else when it was first seen (UTC).
    pub day: [u8; 10],
    /// Its site: an index into the list of sites.
    pub site: u32,
    /// The article.
    pub article: ArticleId,
}

/// Articles by day and site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// In the order of days, sites and numbers.
    pub articles: Vec<Placed>,
    /// The sites by their identifiers, with the names they give themselves.
    pub sites: Vec<(String, Option<String>)>,
}

impl Reader {
    /// The articles that are meant, by day and site.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn outline(&self, pass: &Pass) -> Result<Outline, StoreError> {
        let (condition, values) = condition(pass);
        let limit = pass.filter.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(-1));
        let mut statement = self.db.prepare(&format!(
            "SELECT a.id, s.key, s.name,
                coalesce(substr(v.published, 1, 10), strftime('%Y-%m-%d', a.first_seen_at / 1000, 'unixepoch'))
             FROM article a NOT INDEXED CROSS JOIN site s ON s.id = a.site_id
             CROSS JOIN head h ON h.article_id = a.id
             JOIN version v ON v.id = {} WHERE {condition} ORDER BY a.id LIMIT {limit}",
            latest(pass)
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut outline = Outline::default();
        let mut known: HashMap<String, u32> = HashMap::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(1)?;
            let site = match known.get(&key) {
                Some(site) => *site,
                None => {
                    let site = u32::try_from(outline.sites.len()).unwrap_or(u32::MAX);
                    outline.sites.push((key.clone(), row.get(2)?));
                    known.insert(key, site);
                    site
                }
            };
            let text: String = row.get(3)?;
            let mut day = *b"0000-00-00";
            if text.len() == day.len() {
                day.copy_from_slice(text.as_bytes());
            }
            outline.articles.push(Placed { day, site, article: ArticleId(row.get(0)?) });
        }
        let sites = &outline.sites;
        let name = |placed: &Placed| sites.get(placed.site as usize).map(|(key, _)| key);
        outline.articles.sort_by(|a, b| (a.day, name(a), a.article).cmp(&(b.day, name(b), b.article)));
        Ok(outline)
    }

    /// When the articles that are meant last changed.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn last_change(&self, pass: &Pass) -> Result<Option<Timestamp>, StoreError> {
        let (condition, values) = condition(pass);
        let sql = format!(
            "SELECT max(h.last_changed_at) FROM article a NOT INDEXED CROSS JOIN site s ON s.id = a.site_id
             CROSS JOIN head h ON h.article_id = a.id JOIN version v ON v.id = {} WHERE {condition}",
            latest(pass)
        );
        Ok(time_opt(self.db.query_row(&sql, params_from_iter(values), |row| row.get(0))?))
    }
}

//! Changes in the order of time or of weight, page by page: each page begins behind the last line of the one
//! before, so that a page costs what it shows, whatever the archive's size.

use std::ops::ControlFlow;

use super::super::engine::{Connection, Value, params, params_from_iter};
use super::super::sql::most_of;
use super::super::{Reader, StoreError};
use super::{COLUMNS, ChangeKey, ChangeRow, read};
use crate::model::{ArticleId, ChangeKinds};

/// Rows that a long list reads in one go.
const BATCH: usize = 500;

/// Which changes are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeQuery {
    /// Only of this site, as [`Reader::site_number`] numbers them.
    pub site: Option<i64>,
    /// Only of one of these kinds; none: of any.
    pub kinds: ChangeKinds,
    /// Only what weighs so much, in thousandths of the score.
    pub weight: u16,
    /// Only what the page does not announce.
    pub silent: bool,
    /// Also what only our reading changed, and what was imported.
    pub all_causes: bool,
    /// Also a page that goes back and forth, every time.
    pub flaps: bool,
    /// Also what cannot be told any more, because a text was taken out; never where more is asked than when
    /// and where.
    pub redacted: bool,
    /// Observed at or after, in milliseconds since 1970 UTC.
    pub since: i64,
    /// Observed before.
    pub until: i64,
}

impl ChangeQuery {
    /// All that a reader is told of.
    pub const ALL: Self = Self {
        site: None,
        kinds: ChangeKinds(0),
        weight: 0,
        silent: false,
        all_causes: false,
        flaps: true,
        redacted: true,
        since: i64::MIN,
        until: i64::MAX,
    };

    /// Whether a change must be told before it is known whether it is meant.
    #[must_use]
    pub fn narrows(&self) -> bool {
        !self.kinds.is_empty() || self.weight > 0 || self.silent
    }

    /// What a row must fulfil, but for its time and its site.
    fn condition(&self) -> String {
        let mut sql = String::new();
        if !self.kinds.is_empty() {
            sql.push_str(&format!(" AND c.kinds & {} <> 0", self.kinds.0));
        }
        if self.weight > 0 {
            sql.push_str(&format!(" AND c.weight >= {}", self.weight));
        }
        let rules = [
            (self.silent, " AND c.stealth <> 0"),
            (!self.all_causes, " AND c.cause = 'publisher'"),
            (!self.flaps, " AND c.flap = 0"),
            (!self.redacted || self.narrows(), " AND c.redacted = 0"),
        ];
        rules.iter().filter(|(wanted, _)| *wanted).for_each(|(_, rule)| sql.push_str(rule));
        sql
    }

    /// The times that are meant, both ends left out.
    fn span(&self) -> (ChangeKey, ChangeKey) {
        let start = match self.since.checked_sub(1) {
            Some(at) => ChangeKey { at, ..ChangeKey::END },
            None => ChangeKey::START,
        };
        (start, ChangeKey::before(self.until))
    }
}

const SPAN: &str = "(K.at, K.part, K.row_id) > (?1, ?2, ?3) AND (K.at, K.part, K.row_id) < (?4, ?5, ?6)";

fn values((low, high): (ChangeKey, ChangeKey), more: impl IntoIterator<Item = i64>) -> Vec<Value> {
    let ends = [low, high].into_iter().flat_map(|key| [key.at, i64::from(key.event), key.row]);
    ends.chain(more).map(Value::from).collect()
}

fn rows(db: &Connection, sql: &str, values: Vec<Value>) -> Result<Vec<ChangeRow>, StoreError> {
    Ok(db.prepare_cached(sql)?.query_map(params_from_iter(values), read)?.collect::<rusqlite::Result<_>>()?)
}

/// The index that a list follows.
fn table(query: &ChangeQuery) -> (&'static str, &'static str) {
    match query.site {
        Some(_) => ("change c INDEXED BY change_site", " AND c.site_id = ?8"),
        None => ("change c", ""),
    }
}

fn page(
    db: &Connection,
    query: &ChangeQuery,
    newest_first: bool,
    past: Option<ChangeKey>,
    most: usize,
) -> Result<Vec<ChangeRow>, StoreError> {
    let (mut low, mut high) = query.span();
    if newest_first {
        high = past.map_or(high, |past| past.min(high));
    } else {
        low = past.map_or(low, |past| past.max(low));
    }
    let order = if newest_first { "DESC" } else { "ASC" };
    if !query.kinds.is_empty() && query.site.is_none() {
        return by_kind(db, query, (low, high), order, most);
    }
    let (table, site) = table(query);
    let sql = format!(
        "SELECT {COLUMNS} FROM {table} WHERE {}{site}{}
         ORDER BY c.at {order}, c.part {order}, c.row_id {order} LIMIT ?7",
        SPAN.replace('K', "c"),
        query.condition()
    );
    rows(db, &sql, values((low, high), [most_of(most)].into_iter().chain(query.site)))
}

/// Each kind has its own order of time: the first of all are among the first of each.
fn by_kind(
    db: &Connection,
    query: &ChangeQuery,
    span: (ChangeKey, ChangeKey),
    order: &str,
    most: usize,
) -> Result<Vec<ChangeRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM change_kind k CROSS JOIN change c ON c.at = k.at AND c.part = k.part AND c.row_id = k.row_id
         WHERE k.kind = ?8 AND {}{}
         ORDER BY k.at {order}, k.part {order}, k.row_id {order} LIMIT ?7",
        SPAN.replace('K', "k"),
        query.condition()
    );
    let mut found = Vec::new();
    for kind in query.kinds.list() {
        found.extend(rows(db, &sql, values(span, [most_of(most), kind.number().into()]))?);
    }
    found.sort_by_key(|row| row.key);
    found.dedup_by_key(|row| row.key);
    if order == "DESC" {
        found.reverse();
    }
    found.truncate(most);
    Ok(found)
}

impl Reader {
    /// Changes in the order of time, those past `past`, at most so many.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn changes(
        &self,
        query: &ChangeQuery,
        newest_first: bool,
        past: Option<ChangeKey>,
        most: usize,
    ) -> Result<Vec<ChangeRow>, StoreError> {
        page(&self.db, query, newest_first, past, most)
    }

    /// Changes by weight, the heaviest first and the latest of equals, at most so many; behind the one of
    /// this weight and place.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn heaviest_changes(
        &self,
        query: &ChangeQuery,
        behind: Option<(u16, ChangeKey)>,
        most: usize,
    ) -> Result<Vec<ChangeRow>, StoreError> {
        let (table, site) = table(query);
        let sql = format!(
            "SELECT {COLUMNS} FROM {table} WHERE {}{site}{}
                AND (c.weight, c.at, c.part, c.row_id) < (?9, ?10, ?11, ?12)
             ORDER BY c.weight DESC, c.at DESC, c.part DESC, c.row_id DESC LIMIT ?7",
            SPAN.replace('K', "c"),
            query.condition()
        );
        let (weight, key) = behind.map_or((i64::MAX, ChangeKey::END), |(weight, key)| (weight.into(), key));
        let more = [most_of(most), query.site.unwrap_or(0), weight, key.at, key.event.into(), key.row];
        rows(&self.db, &sql, values(query.span(), more))
    }

    /// Calls `f` with each change, one in memory at a time. `f` ends it with `Break` or an error.
    ///
    /// # Errors
    /// As [`Reader::resolve`], and what `f` gives.
    pub fn each_change<E: From<StoreError>>(
        &self,
        query: &ChangeQuery,
        newest_first: bool,
        mut f: impl FnMut(&ChangeRow) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        // One snapshot: what is written meanwhile belongs to the next reading.
        let db = self.db.unchecked_transaction().map_err(StoreError::from)?;
        let mut past = None;
        loop {
            let batch = page(&db, query, newest_first, past, BATCH)?;
            for row in &batch {
                if f(row)?.is_break() {
                    return Ok(());
                }
            }
            match batch.last() {
                Some(last) if batch.len() == BATCH => past = Some(last.key),
                _ => return Ok(()),
            }
        }
    }

    /// The changes of one article, the newest first, at most so many.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn changes_of(&self, article: ArticleId, most: usize) -> Result<Vec<ChangeRow>, StoreError> {
        Ok(self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM (SELECT observed_at AS at, 0 AS part, id FROM version WHERE article_id = ?1
                    UNION ALL SELECT at, 1, id FROM event WHERE article_id = ?1) k
                 CROSS JOIN change c ON c.at = k.at AND c.part = k.part AND c.row_id = k.id
                 ORDER BY c.at DESC, c.part DESC, c.row_id DESC LIMIT ?2"
            ))?
            .query_map(params![article.0, most_of(most)], read)?
            .collect::<rusqlite::Result<_>>()?)
    }
}

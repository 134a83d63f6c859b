//! Pages that are the first of an article, on a server: several are stored in one statement, which takes the
//! archive's lock, checks the leases, writes all rows and takes the addresses out of the queue. What the statement
//! finds to be more than that is left to the long way, which decides about everything.

mod base;
mod row;

use std::collections::HashMap;

use crate::store::engine::Connection;

use super::super::pages;
use super::super::{Recorded, RecordedOutcome, StoreError, lines, openings};
use super::Job;
use crate::model::ArticleId;
use base::{Base, Packing};

/// References of sites that are held to pack pages with, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// The statement, and what a session is told before it is asked first.
const STORE: &str =
    "SELECT told FROM unnest(pg_temp.store_fresh(?1)) WITH ORDINALITY AS answers (told, n) ORDER BY n";
const SETUP: &str = include_str!("store.sql");

/// What the writer remembers of sites from page to page.
#[derive(Default)]
pub(in crate::store) struct Shelf {
    /// By site: what its next page is packed with.
    bases: HashMap<String, Base>,
    bytes: usize,
    /// The server does not let us have what stores several pages at once.
    denied: bool,
}

impl Shelf {
    /// What a site's next page is packed with; none: it goes the long way.
    fn base(&mut self, db: &Connection, site: &str) -> Result<Option<&Base>, StoreError> {
        if !self.bases.contains_key(site) {
            let Some(base) = Base::of(db, site)? else { return Ok(None) };
            self.put(site, base);
        }
        Ok(self.bases.get(site))
    }

    fn put(&mut self, site: &str, base: Base) {
        self.forget(site);
        if self.bytes + base.bytes().len() > MOST_BYTES {
            self.bases.clear();
            self.bytes = 0;
        }
        self.bytes += base.bytes().len();
        self.bases.insert(site.to_owned(), base);
    }

    fn forget(&mut self, site: &str) {
        if let Some(base) = self.bases.remove(site) {
            self.bytes -= base.bytes().len();
        }
    }

    /// A page was stored.
    fn stored(&mut self, job: &Job, packing: Option<&Packing>) {
        let (Some(page), Some(packing)) = (&job.page, packing) else { return };
        if let Some(base) = self.bases.remove(&job.fetch.site) {
            self.bytes -= base.bytes().len();
            if let Some(next) = base.after(page, packing) {
                self.put(&job.fetch.site, next);
            }
        }
    }
}

/// Writes those of the jobs that are plain. Of each what was written; none: it is to go the long way.
pub(in crate::store) fn store(
    db: &Connection,
    shelf: &mut Shelf,
    jobs: &[&Job],
) -> Result<Vec<Option<Recorded>>, StoreError> {
    let mut told = vec![None; jobs.len()];
    let Some(session) = db.postgres().filter(|_| !shelf.denied) else { return Ok(told) };
    let mut rows = Vec::with_capacity(jobs.len());
    let mut which = Vec::with_capacity(jobs.len());
    for (at, job) in jobs.iter().enumerate() {
        if let Some(row) = row(db, shelf, job)? {
            rows.push(row.values);
            which.push((at, row.packing));
        }
    }
    if rows.is_empty() {
        return Ok(told);
    }
    let setup = setup(session.schema());
    let Some(answers) = session.store(&setup, STORE, &rows)? else {
        tracing::info!("the database's role may make nothing temporary: pages are stored one by one");
        shelf.denied = true;
        return Ok(told);
    };
    for ((at, packing), answer) in which.into_iter().zip(answers) {
        told[at] = match answer {
            0 => None,
            ..0 => Some(Recorded { article: None, outcome: RecordedOutcome::Stale }),
            id => Some(Recorded { article: Some(ArticleId(id)), outcome: RecordedOutcome::New }),
        };
        match answer {
            0 => shelf.forget(&jobs[at].fetch.site),
            _ => shelf.stored(jobs[at], packing.as_ref()),
        }
    }
    Ok(told)
}

/// A page as the statement takes it.
struct Row {
    values: Vec<row::Value>,
    packing: Option<Packing>,
}

/// None: it is not plain.
fn row(db: &Connection, shelf: &mut Shelf, job: &Job) -> Result<Option<Row>, StoreError> {
    let Some(article) = job.first() else { return Ok(None) };
    let packing = match &job.page {
        Some(page) => match shelf.base(db, &job.fetch.site)? {
            Some(base) => Some(base.pack(page)),
            None => return Ok(None),
        },
        None => None,
    };
    let kept = job.page.as_ref().zip(packing.as_ref());
    Ok(row::of(job, article, kept)?.map(|values| Row { values, packing }))
}

fn setup(schema: &str) -> String {
    [
        ("MADE", base::MADE),
        ("MOST_PAGES", pages::MOST_PAGES),
        ("MOST_MISSES", pages::MOST_MISSES),
        ("VAIN_MISSES", pages::VAIN_MISSES),
        ("OLDEST_MS", pages::OLDEST_MS),
        ("ROUND", lines::ROUND),
        ("LINES_MEMORY", lines::MEMORY),
        ("SHORT_MEMORY", lines::SHORT_MEMORY),
        ("OPENINGS_MEMORY", openings::MEMORY),
    ]
    .iter()
    .fold(SETUP.replace("{SCHEMA}", schema), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), &value.to_string())
    })
}

//! A whole archive from one place to another, and from one engine to the other: every row under its number,
//! every hash and the chain as they are.
//!
//! The source is read in one snapshot; a crawl may go on there, and what it stores meanwhile stays behind.
//! Both archives' rows of a table are gone through side by side, in the order of their keys, and what the
//! target lacks is written. So a copy that was broken off goes on where it was, and one that is done is
//! compared by the same walk. Until then the target is marked, and nothing else opens it.

mod batch;
mod error;
mod finish;
mod half;
mod merge;
mod tables;

use std::path::Path;

use jiff::Timestamp;

use super::engine::{Connection, Transaction, TransactionBehavior};
use super::place::Place;
use super::{Archive, Mode, StoreError, chain, scrub};
use crate::model::Sha256;
use batch::Batch;
use half::There;
use merge::{Found, merge};
use tables::{Kind, Shape, TABLES};

pub use error::CopyError;
pub(super) use half::whole;

/// How often is told how far it is, in rows.
const TOLD: i64 = 1000;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyStep {
    /// Rows are written.
    Write,
    /// The search index is built.
    Index,
    /// What was written is read again, and compared.
    Compare,
}

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyProgress {
    /// What is being done.
    pub step: CopyStep,
    /// Rows of it that are done.
    pub done: i64,
    /// Rows of it.
    pub all: i64,
}

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// Articles in it.
    pub articles: i64,
    /// Versions in it.
    pub versions: i64,
    /// Stored pages, and references that they are packed with.
    pub pages: i64,
    /// Rows of all tables, compared one by one.
    pub rows: i64,
    /// Links of the chain over versions and events.
    pub links: i64,
    /// The chain's end: the source's, and the copy's.
    pub head: Sha256,
    /// Whether it went on with a copy that was broken off.
    pub resumed: bool,
    /// Whether it was there already: nothing was written.
    pub already: bool,
}

impl Archive {
    /// Copies the archive, as it is now, to another place: a file or a server. Whoever calls holds the crawl
    /// lock of that place.
    ///
    /// # Errors
    /// [`CopyError`]. What was written by then stays, marked; the same call goes on with it.
    pub fn copy_to(
        &self,
        to: &Path,
        now: Timestamp,
        tell: &mut dyn FnMut(CopyProgress),
    ) -> Result<Copied, CopyError> {
        let place = Place::of(to)?;
        if is_same(self.path(), place.shown()) {
            return Err(CopyError::Itself(place.shown().to_owned()));
        }
        let source = self.place.read_only()?;
        let there = half::look(&place)?;
        let source = source.unchecked_transaction()?;
        let (mut copied, all) = figures(&source)?;
        let mut work = Work { source: &source, place: &place, all, tell };
        if let There::Whole(articles) = there {
            copied.already = true;
            return work.already(articles, copied.head).map(|()| copied);
        }
        copied.resumed = there == There::Half;
        work.copy(now).map(|()| copied)
    }
}

/// Whether two names name one archive.
fn is_same(a: &Path, b: &Path) -> bool {
    a == b || std::fs::canonicalize(a).ok().zip(std::fs::canonicalize(b).ok()).is_some_and(|(a, b)| a == b)
}

/// What the source holds, and how many of its texts are searched. The snapshot begins here.
fn figures(source: &Connection) -> Result<(Copied, (i64, i64)), CopyError> {
    let (links, head) = chain::last(source)?;
    let count = |what: &str| source.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0));
    let mut rows = 0;
    for table in TABLES.iter().filter(|table| table.only.is_none()) {
        rows += count(table.name)?;
    }
    let (articles, versions, pages) = (count("article")?, count("version")?, count("blob")?);
    let copied = Copied { articles, versions, pages, rows, links, head, resumed: false, already: false };
    Ok((copied, (rows, count("head_text")?)))
}

/// A copy on its way.
struct Work<'a> {
    source: &'a Transaction<'a>,
    place: &'a Place,
    /// Rows, and texts that are searched.
    all: (i64, i64),
    tell: &'a mut dyn FnMut(CopyProgress),
}

impl Work<'_> {
    fn copy(&mut self, now: Timestamp) -> Result<(), CopyError> {
        let mut write = self.place.read_write_half(Mode::Create)?;
        half::mark(&write, now)?;
        if !half::is_of(self.source, &write)? {
            return Err(CopyError::OtherHalf(self.place.shown().to_owned()));
        }
        let read = self.place.read_only_half()?;
        settings(&write)?;
        let mended = self.rows(&read, &mut write)?;
        let (all, tell) = (self.all.1, &mut *self.tell);
        finish::index(&read, &mut write, &mut |done| {
            tell(CopyProgress { step: CopyStep::Index, done, all })
        })?;
        self.compare(&read, |_| true)?;
        drop(read);
        if mended {
            // What was taken out of the source meanwhile must not be left in the copy's bytes either.
            scrub::scrub(&mut write)?;
        }
        let transaction = write.transaction_with_behavior(TransactionBehavior::Immediate)?;
        finish::number_on(&transaction)?;
        half::unmark(&transaction)?;
        transaction.commit()?;
        write.close()?;
        Ok(())
    }

    /// Writes what the target lacks; whether it held facts that are others now.
    fn rows(&mut self, read: &Connection, write: &mut Connection) -> Result<bool, CopyError> {
        let (mut done, mut mended) = (0, false);
        for table in TABLES {
            let shape = Shape::of(*table)?;
            let mut batch = Batch::new(&shape, self.source, write);
            let (all, tell, place) = (self.all.0, &mut *self.tell, self.place);
            merge(&shape, self.source, read, &mut |found| {
                // Links do not change, whatever happens to an archive.
                if table.name == "chain" && matches!(found, Found::Other(_) | Found::Extra(_)) {
                    return Err(CopyError::OtherHalf(place.shown().to_owned()));
                }
                done += i64::from(table.only.is_none());
                if done % TOLD == 0 {
                    tell(CopyProgress { step: CopyStep::Write, done, all });
                }
                batch.take(found)
            })?;
            batch.write()?;
            mended |= batch.mended;
        }
        (self.tell)(CopyProgress { step: CopyStep::Write, done: self.all.0, all: self.all.0 });
        Ok(mended)
    }

    /// Reads both archives' rows of these kinds, and finds them the same.
    fn compare(&mut self, read: &Connection, kinds: impl Fn(Kind) -> bool) -> Result<(), CopyError> {
        let (mut done, all) = (0, self.all.0);
        for table in TABLES.iter().filter(|table| table.only.is_none() && kinds(table.kind)) {
            let tell = &mut *self.tell;
            merge(&Shape::of(*table)?, self.source, read, &mut |found| {
                done += 1;
                if done % TOLD == 0 {
                    tell(CopyProgress { step: CopyStep::Compare, done, all });
                }
                match found {
                    Found::Same => Ok(()),
                    Found::Other(row) | Found::Missing(row) | Found::Extra(row) => {
                        let row = merge::name(&row[..table.key.len()]);
                        Err(CopyError::Differs { table: table.name, row })
                    }
                }
            })?;
        }
        (self.tell)(CopyProgress { step: CopyStep::Compare, done: all, all });
        Ok(())
    }

    /// Whether the archive that stands there is a copy already: then all facts are the same.
    fn already(&mut self, articles: i64, head: Sha256) -> Result<(), CopyError> {
        let read = self.place.read_only_half()?;
        let same = chain::last(&read)?.1 == head
            && match self.compare(&read, |kind| kind == Kind::Fact) {
                Err(CopyError::Differs { .. }) => false,
                done => done.map(|()| true)?,
            };
        let path = self.place.shown().to_owned();
        if same { Ok(()) } else { Err(CopyError::Taken { path, articles }) }
    }
}

/// References between rows are looked at when all are there; what is lost in a crash is copied again.
fn settings(write: &Connection) -> Result<(), StoreError> {
    match write.sqlite() {
        Some(file) => Ok(file.pragma_update(None, "foreign_keys", false)?),
        None => Ok(write.execute_batch("SET synchronous_commit = off")?),
    }
}

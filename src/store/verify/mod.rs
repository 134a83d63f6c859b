//! Whether every byte of the archive is what it was when it was written: all hashes are computed again.
//!
//! What is found: bit rot, rows that somebody changed or deleted with `sqlite3`, triggers and views that
//! were dropped or replaced, a search index that does not say what the texts say, rows that were swapped,
//! added or taken away: the chain says which and in what order they were written. What the archive alone
//! cannot tell: that somebody cut off the end of the chain with the rows that it tells of, or made all of
//! it anew. Who wrote down an older end of it can ask whether it is still in there.

mod chain;
mod changes;
mod file;
mod heads;
mod index;
#[cfg(feature = "postgres")]
mod index_server;
mod pages;
mod texts;

use std::collections::HashSet;

use crate::store::engine::Connection;

use super::sql::time;
use super::{Reader, StoreError, scrub, search};
use crate::model::{ArticleId, Sha256, VersionSeq};

/// Something in the archive that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was looked at: `file`, `schema`, `references`, `text`, `chain`, `page`, `head`, `index`, `change`.
    pub check: &'static str,
    /// The article concerned.
    pub article: Option<ArticleId>,
    /// The version concerned.
    pub version: Option<VersionSeq>,
    /// The address concerned.
    pub url: Option<String>,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// What was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Articles.
    pub articles: i64,
    /// Versions whose text was hashed again.
    pub versions: i64,
    /// Versions whose text was taken out.
    pub redacted: i64,
    /// Pages that were taken out; their hashes stay.
    pub pages_out: i64,
    /// Pages (and references that they are packed with) that were unpacked and hashed again.
    pub pages: i64,
    /// Their bytes.
    pub page_bytes: u64,
    /// Articles whose entry in the search index was compared with their text.
    pub indexed: i64,
    /// Links of the chain over versions and events.
    pub links: i64,
    /// Its end: a hash over all of it. Zeros: there is no link yet.
    pub head: Sha256,
    /// Faults.
    pub faults: u64,
}

impl Reader {
    /// Computes every hash of the archive again and compares what can be derived with what is derived.
    /// Reads one state of the archive, however long it takes; a crawl may go on meanwhile.
    ///
    /// `expected`: a link of the chain that must be in there, [`Verified::head`] of a time before.
    ///
    /// # Errors
    /// Only when nothing at all can be read: what is found wrong is given to `tell`.
    pub fn verify(
        &self,
        expected: Option<Sha256>,
        tell: &mut dyn FnMut(Fault),
    ) -> Result<Verified, StoreError> {
        let on_file = self.db.sqlite().is_some();
        let vocabulary = if on_file { search::prepare(&self.db) } else { Ok(()) };
        let db = self.db.unchecked_transaction()?;
        let mut work = Work {
            db: &db,
            tell,
            expected,
            done: NOTHING_DONE,
            redacted: HashSet::new(),
            told: HashSet::new(),
        };
        if let Ok(Some(since)) = scrub::waiting(&db) {
            let since = time(since);
            work.fault(
                "file",
                format!("texts were taken out at {since:.0}, and the file was not cleaned of their traces since: run that `kliping redact` again"),
            );
        }
        // A server looks after its own files, and after the references between rows.
        if on_file {
            let file = work.file();
            work.end("file", file);
            let schema = work.schema();
            work.end("schema", schema);
        }
        let guard = work.guard();
        work.end("schema", guard);
        let texts = work.texts();
        work.end("text", texts);
        let chain = work.chain();
        work.end("chain", chain);
        let pages = work.pages();
        work.end("page", pages);
        let heads = work.heads();
        work.end("head", heads);
        let index = vocabulary.and_then(|()| work.index_of(on_file));
        work.end("index", index);
        let changes = work.changes();
        work.end("change", changes);
        Ok(work.done)
    }
}

impl Work<'_> {
    fn index_of(&mut self, on_file: bool) -> Result<(), StoreError> {
        #[cfg(feature = "postgres")]
        if !on_file {
            return self.index_on_server();
        }
        let _ = on_file;
        self.index()
    }
}

const NOTHING_DONE: Verified = Verified {
    articles: 0,
    versions: 0,
    redacted: 0,
    pages_out: 0,
    pages: 0,
    page_bytes: 0,
    indexed: 0,
    links: 0,
    head: super::chain::NOTHING,
    faults: 0,
};

/// What every step needs.
struct Work<'a> {
    db: &'a Connection,
    tell: &'a mut dyn FnMut(Fault),
    /// The link that must be in the chain.
    expected: Option<Sha256>,
    /// Articles whose text was taken out by `redact`, as an event tells.
    redacted: HashSet<i64>,
    /// Versions whose text was found wrong.
    told: HashSet<(i64, i64)>,
    done: Verified,
}

impl Work<'_> {
    fn found(&mut self, fault: Fault) {
        self.done.faults += 1;
        (self.tell)(fault);
    }

    /// A damaged page of the file ends one step, not the others.
    fn end(&mut self, check: &'static str, step: Result<(), StoreError>) {
        if let Err(error) = step {
            self.fault(check, error.to_string());
        }
    }

    /// A fault of no article.
    fn fault(&mut self, check: &'static str, message: impl Into<String>) {
        self.found(Fault { check, article: None, version: None, url: None, message: message.into() });
    }
}

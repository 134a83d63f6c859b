//! Whether every byte of the archive is what it was when it was written: all hashes are computed again.
//!
//! What is found: bit rot, rows that somebody changed or deleted with `sqlite3`, triggers and views that
//! were dropped or replaced, a search index that does not say what the texts say. What cannot be found:
//! a text that was changed together with all its hashes; only a copy kept elsewhere tells that.

mod file;
mod heads;
mod index;
mod pages;
mod texts;

use rusqlite::Connection;

use super::{Reader, StoreError};
use crate::model::{ArticleId, VersionSeq};

/// Something in the archive that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was looked at: `file`, `schema`, `references`, `text`, `page`, `head`, `index`.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verified {
    /// Articles.
    pub articles: i64,
    /// Versions whose text was hashed again.
    pub versions: i64,
    /// Versions whose text was taken out.
    pub redacted: i64,
    /// Pages (and references that they are packed with) that were unpacked and hashed again.
    pub pages: i64,
    /// Their bytes.
    pub page_bytes: u64,
    /// Articles whose entry in the search index was compared with their text.
    pub indexed: i64,
    /// Faults.
    pub faults: u64,
}

impl Reader {
    /// Computes every hash of the archive again and compares what can be derived with what is derived.
    /// Reads one state of the archive, however long it takes; a crawl may go on meanwhile.
    ///
    /// # Errors
    /// Only when nothing at all can be read: what is found wrong is given to `tell`.
    pub fn verify(&self, tell: &mut dyn FnMut(Fault)) -> Result<Verified, StoreError> {
        let vocabulary = index::prepare(&self.db);
        let db = self.db.unchecked_transaction()?;
        let mut work = Work { db: &db, tell, done: Verified::default() };
        let file = work.file();
        work.end("file", file);
        let schema = work.schema();
        work.end("schema", schema);
        let texts = work.texts();
        work.end("text", texts);
        let pages = work.pages();
        work.end("page", pages);
        let heads = work.heads();
        work.end("head", heads);
        let index = vocabulary.and_then(|()| work.index());
        work.end("index", index);
        Ok(work.done)
    }
}

/// What every step needs.
struct Work<'a> {
    db: &'a Connection,
    tell: &'a mut dyn FnMut(Fault),
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

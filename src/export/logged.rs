//! An entry of the log of changes: what happened, told as a change.

use serde_json::Value;

use super::json::{Between, change_of};
use crate::diff::{self, Change};
use crate::model::{Cause, ChangeKind, VersionSeq};
use crate::store::{Happening, LogEntry};

/// An entry of the log and its change.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// What the archive tells.
    pub entry: LogEntry,
    /// What changed.
    pub change: Change,
}

impl Logged {
    /// Compares the versions of an entry.
    #[must_use]
    pub fn of(entry: LogEntry) -> Self {
        let change = match &entry.what {
            Happening::Edit { from, to, reverted } => {
                let mut change = diff::between(from, to);
                if *reverted && !change.is_empty() {
                    change.revert();
                }
                change
            }
            Happening::Event { kind, .. } => {
                diff::event(&entry.article.title, kind.told().unwrap_or(ChangeKind::Gone))
            }
        };
        Self { entry, change }
    }

    /// The version before and the version after; the same where there is no new one.
    #[must_use]
    pub fn versions(&self) -> (VersionSeq, VersionSeq) {
        match &self.entry.what {
            Happening::Edit { from, to, .. } => (from.seq, to.seq),
            Happening::Event { version, .. } => (*version, *version),
        }
    }

    /// Whose change it is.
    #[must_use]
    pub fn cause(&self) -> Cause {
        match &self.entry.what {
            Happening::Edit { to, .. } => to.cause,
            Happening::Event { .. } => Cause::Publisher,
        }
    }

    /// What the archive notes beside it: the status of an answer, an address.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match &self.entry.what {
            Happening::Edit { .. } => None,
            Happening::Event { detail, .. } => detail.as_deref(),
        }
    }

    /// `kliping.change/1`, with the article's site and address.
    #[must_use]
    pub fn json(&self) -> Value {
        let article = &self.entry.article;
        let (from, to) = self.versions();
        let between = Between { article: article.id, from, to, at: self.entry.at, cause: self.cause() };
        let mut value = change_of(&between, &self.change);
        value["site"] = article.site.as_str().into();
        value["url"] = article.url.as_str().into();
        value["detail"] = self.detail().into();
        value
    }
}

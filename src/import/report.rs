//! What an import did.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::store::ImportOutcome;

/// What is told of an import while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// What became of a page or a line.
    Stored(ImportOutcome),
    /// It is nothing to import, and why: a stable code.
    Skipped(&'static str),
    /// An address was queued (`true`), or was known already.
    Queued(bool),
    /// It cannot be read.
    Fault {
        /// Where: `byte 1234` or `line 12`.
        place: String,
        /// What is wrong, in a sentence.
        message: String,
    },
    /// The file was read up to here, in bytes.
    At(u64),
}

/// The figures of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// New articles.
    pub new: u64,
    /// Versions of known articles, later than all others.
    pub later: u64,
    /// Versions of known articles that were observed before others.
    pub earlier: u64,
    /// Observations of a text that was known.
    pub same: u64,
    /// Observations that were there already.
    pub known: u64,
    /// Observations that a tombstone refused.
    pub refused: u64,
    /// Addresses that now wait for the next crawl.
    pub queued: u64,
    /// What was nothing to import, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Records and lines that cannot be read.
    pub broken: u64,
}

impl Report {
    /// Counts.
    pub fn add(&mut self, told: &Told) {
        match told {
            Told::Stored(outcome) => {
                *match outcome {
                    ImportOutcome::New => &mut self.new,
                    ImportOutcome::Later => &mut self.later,
                    ImportOutcome::Earlier => &mut self.earlier,
                    ImportOutcome::Same => &mut self.same,
                    ImportOutcome::Known => &mut self.known,
                    ImportOutcome::Refused => &mut self.refused,
                } += 1;
            }
            Told::Skipped(why) => *self.skipped.entry(why).or_default() += 1,
            Told::Queued(true) => self.queued += 1,
            Told::Queued(false) => self.known += 1,
            Told::Fault { .. } => self.broken += 1,
            Told::At(_) => {}
        }
    }

    /// How many observations are in the archive now, whoever brought them.
    #[must_use]
    pub fn good(&self) -> u64 {
        self.new + self.later + self.earlier + self.same + self.known + self.queued
    }

    /// The figures as JSON, in a fixed order.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "new": self.new,
            "later": self.later,
            "earlier": self.earlier,
            "same": self.same,
            "known": self.known,
            "refused": self.refused,
            "queued": self.queued,
            "broken": self.broken,
            "skipped": self.skipped,
        })
    }
}

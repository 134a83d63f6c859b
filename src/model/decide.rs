//! What to write when an article has been read again. Pure: old state and new reading in, intent out.

use super::{Article, ArticleState, Cause, ExtractorId, Fingerprint, Sha256, VersionSeq};

/// What the archive knows of an article before it is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The latest version.
    pub seq: VersionSeq,
    /// Its hashes.
    pub fingerprint: Fingerprint,
    /// Which extractor read it.
    pub extractor: ExtractorId,
    /// How many words its body has.
    pub words: usize,
    /// What became of the article.
    pub state: ArticleState,
    /// Content hashes of all versions, oldest first.
    pub earlier: Vec<(VersionSeq, Sha256)>,
}

/// What to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// The article is new: write version 1.
    First,
    /// Nothing that counts differs: write the fetch, no version.
    Same,
    /// Write a version.
    Changed {
        /// Whose change it is.
        cause: Cause,
        /// The earlier version it equals, if it equals one.
        reverts_to: Option<VersionSeq>,
    },
    /// The new reading is worse than what we have (no text at all): keep the old, write an event.
    KeepBetter {
        /// Why, in a sentence.
        reason: String,
    },
}

/// Decides what a new reading of an article means.
///
/// `reread` is the head's own capture read again by the present extractor. It is asked for when the
/// extractor has changed since, and tells our change from the newspaper's: when it equals the new
/// reading, the page did not change, only we did.
#[must_use]
pub fn decide(head: Option<&Head>, new: &Article, reread: Option<&Fingerprint>) -> Intent {
    let Some(head) = head else { return Intent::First };
    let fingerprint = new.fingerprint();
    if fingerprint.content == head.fingerprint.content {
        return Intent::Same;
    }
    if new.body.is_empty() && head.words > 0 {
        return Intent::KeepBetter {
            reason: format!("the page now gives no text; version {} has {} words", head.seq, head.words),
        };
    }
    let ours = reread.is_some_and(|reread| reread.content == fingerprint.content);
    let cause = if ours { Cause::Reextract } else { Cause::Publisher };
    let reverts_to = head
        .earlier
        .iter()
        .filter(|(seq, _)| *seq < head.seq)
        .rev()
        .find(|(_, content)| *content == fingerprint.content)
        .map(|(seq, _)| *seq);
    Intent::Changed { cause, reverts_to }
}

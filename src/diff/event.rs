//! What happened to an article as a whole, in the form of a change.

use super::score::score;
use super::{Change, Op, Token};
use crate::model::ChangeKind;

/// A change of no word: the article went, came back or leads elsewhere.
#[must_use]
pub fn event(title: &str, kind: ChangeKind) -> Change {
    // What can no longer be read weighs as if every word had gone.
    let lost = usize::from(!matches!(kind, ChangeKind::Restored | ChangeKind::Reverted));
    Change {
        title: vec![Token { op: Op::Keep, text: title.to_owned() }],
        paragraphs: Vec::new(),
        fields: Vec::new(),
        kinds: vec![kind],
        score: score(&[kind], lost, 1),
        words_added: 0,
        words_removed: 0,
        stealth: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_weighs_more_than_a_return() {
        let (gone, back) = (event("Gempa", ChangeKind::Gone), event("Gempa", ChangeKind::Restored));
        assert!(gone.score > back.score && back.score > 0.0);
        assert!(!gone.is_empty() && !gone.title_changed());
    }
}

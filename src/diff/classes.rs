//! What a change is about, told from the pieces that changed. A change that concerns a number, a date,
//! a quotation, a name or a negation is never called cosmetic: in doubt a label too many.

use std::collections::BTreeSet;

use crate::model::ChangeKind;

use super::context::{Place, places};
use super::dates::{self, Reading};
use super::lexicon::{
    DAYTIME, HEDGE, MONTH, MONTH_SHORT, NUMERAL, OFFICE, OPENER, UNIT, WEEKDAY, ZONE, negates,
};
use super::script::{Class, class};
use super::seen::Seen;
use super::token::{Kind, Piece};
use super::words::Hunk;

/// The kinds that the hunks tell. `title`: in a headline a capital makes no name.
pub(super) fn classes(
    a: &[Piece],
    b: &[Piece],
    hunks: &[Hunk],
    seen: &Seen<'_>,
    title: bool,
) -> BTreeSet<ChangeKind> {
    let sides = [Side::new(a, seen, title), Side::new(b, seen, title)];
    let mut kinds = BTreeSet::new();
    for hunk in hunks {
        let same = same_letters(&a[hunk.a.clone()], &b[hunk.b.clone()]);
        for (side, range) in sides.iter().zip([&hunk.a, &hunk.b]) {
            kinds.extend(range.clone().flat_map(|at| side.kinds(at, same)));
        }
    }
    if kinds.iter().any(|kind| *kind != ChangeKind::Cosmetic) {
        kinds.remove(&ChangeKind::Cosmetic);
    }
    kinds
}

/// Whether both sides say the same words, but for letter case and marks.
fn same_letters(a: &[Piece], b: &[Piece]) -> bool {
    let words = |side: &[Piece]| -> Vec<String> {
        side.iter().filter(|p| p.is_word()).map(|p| p.key().to_lowercase()).collect()
    };
    words(a) == words(b)
}

struct Side<'p, 't> {
    pieces: &'p [Piece],
    places: Vec<Place>,
    seen: &'p Seen<'t>,
    title: bool,
}

impl<'p, 't> Side<'p, 't> {
    fn new(pieces: &'p [Piece], seen: &'p Seen<'t>, title: bool) -> Self {
        Self { pieces, places: places(pieces), seen, title }
    }

    /// The kinds of the changed piece at `at`; `same`: its hunk changes only letter case and marks.
    fn kinds(&self, at: usize, same: bool) -> Vec<ChangeKind> {
        let piece = &self.pieces[at];
        let mut kinds = match piece.kind {
            Kind::Break => vec![ChangeKind::Cosmetic],
            Kind::Mark => vec![self.mark(at)],
            Kind::Word | Kind::Number if same => vec![ChangeKind::Cosmetic],
            Kind::Number => match dates::read(self.pieces, at) {
                Reading::Number => vec![ChangeKind::Number],
                Reading::Date => vec![ChangeKind::Date],
                Reading::Either => vec![ChangeKind::Number, ChangeKind::Date],
            },
            Kind::Word => vec![self.word(at)],
        };
        let place = self.places[at];
        if place.quoted && piece.kind != Kind::Break || place.quote_mark {
            kinds.retain(|kind| *kind != ChangeKind::Cosmetic && *kind != ChangeKind::Wording);
            kinds.push(ChangeKind::Quote);
        }
        kinds
    }

    fn mark(&self, at: usize) -> ChangeKind {
        let piece = &self.pieces[at];
        let first = piece.text.chars().next().unwrap_or(' ');
        if !matches!(class(first), Class::Symbol | Class::Currency | Class::Unit | Class::Sign) {
            return ChangeKind::Cosmetic;
        }
        let number =
            |i: Option<usize>| i.and_then(|i| self.pieces.get(i)).is_some_and(|p| p.kind == Kind::Number);
        if number(at.checked_sub(1)) || number(Some(at + 1)) {
            ChangeKind::Number
        } else {
            ChangeKind::Wording
        }
    }

    fn word(&self, at: usize) -> ChangeKind {
        let piece = &self.pieces[at];
        let capital = piece.text.starts_with(char::is_uppercase);
        let word = piece.key().to_lowercase();
        let beside = |i: Option<usize>| i.and_then(|i| self.pieces.get(i));
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        let numeral = |p: Option<&Piece>| {
            p.is_some_and(|p| p.kind == Kind::Number || NUMERAL.has(&p.key().to_lowercase()))
        };
        if negates(&word) {
            ChangeKind::Negation
        } else if capital && (MONTH.has(&word) || WEEKDAY.has(&word))
            || DAYTIME.has(&word)
            || (MONTH_SHORT.has(&word) || ZONE.has(&word)) && (numeral(before) || numeral(after))
        {
            ChangeKind::Date
        } else if word.split('-').any(|part| NUMERAL.has(part)) && before.is_none_or(|p| p.key() != "salah")
            || UNIT.has(&word) && (numeral(before) || numeral(after))
            || HEDGE.has(&word) && (numeral(after) || numeral(beside(Some(at + 2))))
        {
            ChangeKind::Number
        } else if capital && self.name(at, &word) {
            ChangeKind::Name
        } else {
            ChangeKind::Wording
        }
    }

    /// Whether the capital makes a name of it.
    fn name(&self, at: usize, word: &str) -> bool {
        let text = self.pieces[at].text.as_str();
        if OFFICE.has(word) || text == "I" {
            return false;
        }
        if self.seen.named(text) {
            return true;
        }
        if self.title {
            return false;
        }
        let shouted = text.chars().count() > 1 && !text.chars().any(char::is_lowercase);
        if !self.places[at].opens || shouted {
            return true;
        }
        !OPENER.has(word) && !self.seen.small(text) && !inflected(word) && !doubled(word)
    }
}

/// A verb or a derived noun at the head of a sentence, by its affix.
fn inflected(word: &str) -> bool {
    let long = word.chars().count() > 5;
    let prefix = ["mem", "men", "ber", "ter", "pem", "pen", "per", "di", "ke"];
    let suffix = ["ing", "ed", "ly", "tion", "nya", "kan", "an"];
    long && (prefix.iter().any(|p| word.starts_with(p)) || suffix.iter().any(|s| word.ends_with(s)))
}

/// A plural: `anak-anak`.
fn doubled(word: &str) -> bool {
    word.split_once('-').is_some_and(|(one, two)| one == two)
}

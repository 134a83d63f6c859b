//! What happened to all articles, in memory: a line an edit or event, in the order of time, with the kinds and
//! the weight of the change once somebody has looked. Texts are not kept here.

use crate::diff;
use crate::export::kind_of;
use crate::model::{Cause, ChangeKind};
use crate::store::room::{Happened, HappenedWhat};

/// The place of a line: by time, and by row where times are the same. Events stand behind edits.
pub type Key = (i64, bool, i64);

/// What a change was told to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    kinds: u32,
    /// Thousandths of the score.
    pub weight: u16,
    /// Words that came.
    pub added: u32,
    /// Words that went.
    pub removed: u32,
    /// Whose change it is.
    pub cause: Cause,
    /// Not announced by the page.
    pub stealth: bool,
    /// The text of one side was taken out.
    pub redacted: bool,
}

impl Told {
    /// What a comparison found.
    pub fn of(change: &diff::Change, cause: Cause) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a score lies between 0 and 1"
        )]
        let weight = (change.score.clamp(0.0, 1.0) * 1000.0).round() as u16;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            kinds: bits(&change.kinds),
            weight,
            added: count(change.words_added),
            removed: count(change.words_removed),
            cause,
            stealth: change.stealth,
            redacted: false,
        }
    }

    /// A change whose text nobody may read any more.
    pub fn redacted(cause: Cause) -> Self {
        Self { kinds: 0, weight: 0, added: 0, removed: 0, cause, stealth: false, redacted: true }
    }

    /// The kinds, most telling first.
    pub fn kinds(self) -> Vec<ChangeKind> {
        ChangeKind::ALL.iter().copied().filter(|kind| self.kinds & bits(&[*kind]) != 0).collect()
    }

    /// Whether it is of one of these kinds; of any when none is named.
    pub fn is_of(self, kinds: &[ChangeKind]) -> bool {
        kinds.is_empty() || self.kinds & bits(kinds) != 0
    }
}

fn bits(kinds: &[ChangeKind]) -> u32 {
    kinds.iter().fold(0, |bits, kind| bits | 1 << (*kind as u32))
}

/// One happening.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// What the archive tells.
    pub happened: Happened,
    /// What it was told to be; none until somebody looked.
    pub told: Option<Told>,
}

impl Line {
    fn new(happened: Happened) -> Self {
        let told = match happened.what {
            HappenedWhat::Edit(_) => None,
            // An event is told by its kind alone.
            HappenedWhat::Event(kind) => Some(Told::of(&diff::event("", kind_of(kind)), Cause::Publisher)),
        };
        Self { happened, told }
    }

    /// Its place.
    pub fn key(&self) -> Key {
        (self.happened.at, matches!(self.happened.what, HappenedWhat::Event(_)), self.happened.row)
    }
}

/// All lines.
#[derive(Debug, Default)]
pub struct Ledger {
    lines: Vec<Line>,
    /// The last rows that were read, of versions and of events.
    pub read: (i64, i64),
    /// Grows with every new line.
    pub edition: u64,
}

impl Ledger {
    /// A ledger of what happened until these rows.
    pub fn new(happened: Vec<Happened>, read: (i64, i64)) -> Self {
        let mut lines: Vec<Line> = happened.into_iter().map(Line::new).collect();
        lines.sort_unstable_by_key(Line::key);
        Self { lines, read, edition: 0 }
    }

    /// Adds what came since; what it has already is left out.
    pub fn add(&mut self, happened: Vec<Happened>, read: (i64, i64)) {
        for line in happened.into_iter().map(Line::new) {
            if let Err(at) = self.lines.binary_search_by_key(&line.key(), Line::key) {
                self.lines.insert(at, line);
                self.edition += 1;
            }
        }
        self.read = read;
    }

    /// Writes down what a change was told to be.
    pub fn tell(&mut self, key: Key, told: Told) {
        if let Ok(at) = self.lines.binary_search_by_key(&key, Line::key) {
            self.lines[at].told = Some(told);
        }
    }

    /// The line at a place.
    pub fn at(&self, key: Key) -> Option<&Line> {
        self.lines.binary_search_by_key(&key, Line::key).ok().map(|at| &self.lines[at])
    }

    /// The lines before a place, the newest first.
    pub fn before(&self, key: Key) -> impl Iterator<Item = &Line> {
        self.lines[..self.lines.partition_point(|line| line.key() < key)].iter().rev()
    }

    /// The lines from an instant until another, the oldest first.
    pub fn between(&self, from: i64, to: i64) -> &[Line] {
        let place = |at: i64| self.lines.partition_point(|line| line.happened.at < at);
        &self.lines[place(from)..place(to).max(place(from))]
    }

    /// The newest lines that nobody has looked at; at most so many.
    pub fn untold(&self, most: usize) -> Vec<Line> {
        self.lines.iter().rev().filter(|line| line.told.is_none()).take(most).copied().collect()
    }

    /// How many lines there are, and how many nobody has looked at.
    pub fn count(&self) -> (usize, usize) {
        (self.lines.len(), self.lines.iter().filter(|line| line.told.is_none()).count())
    }
}

/// After everything.
pub const END: Key = (i64::MAX, true, i64::MAX);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, EventKind, VersionSeq};

    fn edit(at: i64, row: i64) -> Happened {
        Happened { at, row, article: ArticleId(row), site: 1, what: HappenedWhat::Edit(VersionSeq(2)) }
    }

    #[test]
    fn lines_stand_in_the_order_of_time_and_once() {
        let gone = Happened { what: HappenedWhat::Event(EventKind::Gone), ..edit(5, 1) };
        let mut ledger = Ledger::new(vec![edit(9, 3), gone, edit(5, 2)], (3, 1));
        // Read again late: an old time, a new row.
        ledger.add(vec![edit(7, 4), edit(9, 3)], (4, 1));
        let rows = |lines: Vec<&Line>| lines.iter().map(|line| line.happened.row).collect::<Vec<_>>();
        assert_eq!(rows(ledger.before(END).collect()), [3, 4, 1, 2]);
        assert_eq!(rows(ledger.before((7, false, 4)).collect()), [1, 2]);
        assert_eq!(rows(ledger.between(5, 9).iter().collect()), [2, 1, 4]);
        assert!(ledger.between(9, 5).is_empty());
        assert_eq!((ledger.edition, ledger.count()), (1, (4, 3)));
        ledger.tell((9, false, 3), Told::redacted(Cause::Publisher));
        assert_eq!(ledger.untold(9).len(), 2);
    }

    #[test]
    fn kinds_come_back_in_their_order() {
        let change = diff::event("x", ChangeKind::Gone);
        let told = Told::of(
            &diff::Change { kinds: vec![ChangeKind::Number, ChangeKind::Paywalled], ..change },
            Cause::First,
        );
        assert_eq!(told.kinds(), [ChangeKind::Number, ChangeKind::Paywalled]);
        assert!(told.is_of(&[ChangeKind::Paywalled]) && told.is_of(&[]) && !told.is_of(&[ChangeKind::Quote]));
        assert!(ChangeKind::ALL.len() <= 32);
    }
}

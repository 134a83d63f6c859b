//! The stack of open elements, as the tree builder has it, or deeper: where its rules are too many to
//! follow, an element counts as open that is not, and never the other way round. Nesting that went
//! unseen would cost quadratic time.

use super::Called;
use super::names::{Kinds, Name, name};

const A: Name = name("a");
const BUTTON: Name = name("button");
const DIV: Name = name("div");
const FORM: Name = name("form");
const LI: Name = name("li");
const OPTION: Name = name("option");
const P: Name = name("p");
const TABLE_ITSELF: Name = name("table");
const TEMPLATE: Name = name("template");

/// The elements that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Called>,
    /// How many of them are SVG or MathML.
    foreign: usize,
}

impl Stack {
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    pub(super) fn push(&mut self, tag: Called) {
        self.foreign += usize::from(tag.kinds.is(Kinds::FOREIGN));
        self.open.push(tag);
    }

    fn truncate(&mut self, length: usize) {
        if self.foreign > 0 {
            self.foreign -= self.open[length..].iter().filter(|open| open.kinds.is(Kinds::FOREIGN)).count();
        }
        self.open.truncate(length);
    }

    fn remove(&mut self, at: usize) {
        let gone = self.open.remove(at);
        self.foreign -= usize::from(gone.kinds.is(Kinds::FOREIGN));
    }

    /// Whether SVG or MathML is open.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign > 0
    }

    /// Whether a drawing was just opened that stands in no other.
    pub(super) fn is_drawing(&self) -> bool {
        self.foreign == 1 && self.open.last().is_some_and(|open| open.kinds.is(Kinds::FOREIGN))
    }

    /// Whether a start or end tag means nothing here: a second `<body>`, a cell without its table.
    pub(super) fn ignores(&self, tag: Called) -> bool {
        if self.is_foreign() {
            return false;
        }
        let in_table = || self.open.iter().any(|open| [TABLE_ITSELF, TEMPLATE].contains(&open.name));
        tag.kinds.is(Kinds::ONCE) || tag.name != TABLE_ITSELF && tag.kinds.is(Kinds::TABLE) && !in_table()
    }

    /// Start tags that end what is open before them, so that pages without `</p>` and `</li>` do
    /// not look deep.
    pub(super) fn implied_ends(&mut self, starting: Called) {
        if self.is_foreign() {
            // Most of these rules do not hold there.
            return;
        }
        if starting.kinds.is(Kinds::CLOSES_P) {
            self.end_p();
        }
        let starting = starting.name;
        if starting == LI {
            self.end_item(&[LI]);
        } else if const { [name("dt"), name("dd")] }.contains(&starting) {
            self.end_item(&const { [name("dt"), name("dd")] });
        } else if starting == OPTION {
            // Only right inside another.
            if self.open.last().is_some_and(|open| open.name == OPTION) {
                self.open.pop();
            }
        } else if const { [name("td"), name("th")] }.contains(&starting) {
            self.end_in_table(&const { [name("td"), name("th")] });
        } else if starting == const { name("tr") } {
            self.end_in_table(&const { [name("tr")] });
        } else if starting == A {
            self.end_formatting(A);
        }
    }

    /// What stands in a `<p>` ends with it; whatever would have ended it is no part of it.
    fn end_p(&mut self) {
        let ends = |open: &Called| open.kinds.is(Kinds::CLOSES_P.or(Kinds::BARRIER)) || open.name == BUTTON;
        let inside = self.open.iter().rev().take_while(|open| !ends(open)).count();
        let depth = self.open.len() - inside;
        if depth > 0 && self.open[depth - 1].name == P {
            self.truncate(depth - 1);
        }
    }

    /// An item of a list ends the one before it, also from inside a `<div>` or `<p>` of it.
    fn end_item(&mut self, same: &[Name]) {
        let transparent = |open: &Called| [DIV, P, const { name("address") }].contains(&open.name);
        let stops = |open: &Called| {
            open.kinds.is(Kinds::SPECIAL) && !transparent(open) || open.kinds.is(Kinds::FOREIGN)
        };
        self.end_one_of(same, stops);
    }

    fn end_in_table(&mut self, same: &[Name]) {
        let stops =
            |open: &Called| [TABLE_ITSELF, TEMPLATE].contains(&open.name) || open.kinds.is(Kinds::FOREIGN);
        self.end_one_of(same, stops);
    }

    /// Ends the innermost of some elements that stands before what stops the search.
    fn end_one_of(&mut self, same: &[Name], stops: impl Fn(&Called) -> bool) {
        if let Some(at) = self.open.iter().rposition(|open| same.contains(&open.name) || stops(open))
            && same.contains(&self.open[at].name)
        {
            self.truncate(at);
        }
    }

    /// An end tag.
    pub(super) fn end(&mut self, tag: Called) {
        if self.ignores(tag) {
            return;
        }
        let (ended, tag) = (tag.kinds, tag.name);
        if tag == A || ended.is(Kinds::FORMATTING) || tag == FORM {
            return self.end_formatting(tag);
        }
        let stops = |open: &Called| {
            if ended.is(Kinds::TABLE) {
                [TABLE_ITSELF, TEMPLATE].contains(&open.name) || open.kinds.is(Kinds::FOREIGN)
            } else if ended.is(Kinds::BLOCK) {
                let of_list = tag == LI && const { [name("ul"), name("ol")] }.contains(&open.name);
                open.kinds.is(Kinds::BARRIER) || of_list || tag == P && open.name == BUTTON
            } else {
                open.kinds.is(Kinds::SPECIAL)
            }
        };
        self.end_one_of(&[tag], stops);
    }

    /// Formatting elements and forms go alone when a block stands in them; the block stays open.
    fn end_formatting(&mut self, tag: Name) {
        let found = self.open.iter().rposition(|open| open.name == tag || open.kinds.is(Kinds::BARRIER));
        let Some(at) = found.filter(|&at| self.open[at].name == tag) else { return };
        if tag == FORM || self.open[at..].iter().any(|open| open.kinds.is(Kinds::SPECIAL)) {
            self.remove(at);
        } else {
            self.truncate(at);
        }
    }
}

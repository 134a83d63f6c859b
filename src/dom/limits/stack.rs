//! The stack of open elements, as the tree builder has it, or deeper: where its rules are too many to
//! follow, an element counts as open that is not, and never the other way round. Nesting that went
//! unseen would cost quadratic time.

use super::names::{BARRIER, BLOCK, CLOSES_P, FORMATTING, Name, ONCE, SPECIAL, TABLE, name};

const A: Name = name("a");
const BUTTON: Name = name("button");
const DIV: Name = name("div");
const FORM: Name = name("form");
const LI: Name = name("li");
const MATH: Name = name("math");
const OPTION: Name = name("option");
const P: Name = name("p");
const SVG: Name = name("svg");
const TABLE_ITSELF: Name = name("table");
const TEMPLATE: Name = name("template");

/// The elements that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Stack(Vec<Name>);

impl Stack {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn push(&mut self, name: Name) {
        self.0.push(name);
    }

    /// Whether SVG or MathML is open.
    pub(super) fn is_foreign(&self) -> bool {
        self.0.iter().any(|open| [SVG, MATH].contains(open))
    }

    /// Whether a start or end tag means nothing here: a second `<body>`, a cell without its table.
    pub(super) fn ignores(&self, tag: Name) -> bool {
        if self.is_foreign() {
            return false;
        }
        let in_table = || self.0.iter().any(|open| [TABLE_ITSELF, TEMPLATE].contains(open));
        ONCE.contains(&tag) || tag != TABLE_ITSELF && TABLE.contains(&tag) && !in_table()
    }

    /// Start tags that end what is open before them, so that pages without `</p>` and `</li>` do
    /// not look deep.
    pub(super) fn implied_ends(&mut self, starting: Name) {
        if self.is_foreign() {
            // Most of these rules do not hold there.
            return;
        }
        if CLOSES_P.contains(&starting) {
            self.end_p();
        }
        if starting == LI {
            self.end_item(&[LI]);
        } else if const { [name("dt"), name("dd")] }.contains(&starting) {
            self.end_item(&const { [name("dt"), name("dd")] });
        } else if starting == OPTION {
            // Only right inside another.
            if self.0.last() == Some(&OPTION) {
                self.0.pop();
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
        let ends = |open: &&Name| CLOSES_P.contains(*open) || BARRIER.contains(*open) || **open == BUTTON;
        let inside = self.0.iter().rev().take_while(|open| !ends(open)).count();
        let depth = self.0.len() - inside;
        if depth > 0 && self.0[depth - 1] == P {
            self.0.truncate(depth - 1);
        }
    }

    /// An item of a list ends the one before it, also from inside a `<div>` or `<p>` of it.
    fn end_item(&mut self, same: &[Name]) {
        let transparent = |open: &Name| [DIV, P, const { name("address") }].contains(open);
        let stops = |open: &Name| SPECIAL.contains(open) && !transparent(open) || [SVG, MATH].contains(open);
        if let Some(at) = self.0.iter().rposition(|open| same.contains(open) || stops(open))
            && same.contains(&self.0[at])
        {
            self.0.truncate(at);
        }
    }

    fn end_in_table(&mut self, same: &[Name]) {
        let stops = |open: &Name| [TABLE_ITSELF, TEMPLATE, SVG, MATH].contains(open);
        if let Some(at) = self.0.iter().rposition(|open| same.contains(open) || stops(open))
            && same.contains(&self.0[at])
        {
            self.0.truncate(at);
        }
    }

    /// An end tag.
    pub(super) fn end(&mut self, tag: Name) {
        if self.ignores(tag) {
            return;
        }
        if tag == A || FORMATTING.contains(&tag) || tag == FORM {
            return self.end_formatting(tag);
        }
        let stops = |open: &Name| {
            if TABLE.contains(&tag) {
                [TABLE_ITSELF, TEMPLATE, SVG, MATH].contains(open)
            } else if BLOCK.contains(&tag) {
                let of_list = tag == LI && const { [name("ul"), name("ol")] }.contains(open);
                BARRIER.contains(open) || of_list || tag == P && *open == BUTTON
            } else {
                SPECIAL.contains(open)
            }
        };
        if let Some(at) = self.0.iter().rposition(|open| *open == tag || stops(open))
            && self.0[at] == tag
        {
            self.0.truncate(at);
        }
    }

    /// Formatting elements and forms go alone when a block stands in them; the block stays open.
    fn end_formatting(&mut self, tag: Name) {
        let Some(at) = self.0.iter().rposition(|open| *open == tag || BARRIER.contains(open)) else { return };
        if self.0[at] != tag {
            return;
        }
        if tag == FORM || self.0[at..].iter().any(|open| SPECIAL.contains(open)) {
            self.0.remove(at);
        } else {
            self.0.truncate(at);
        }
    }
}

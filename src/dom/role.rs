//! What elements are to the text around them, by their names: found out once for each name of a page.

use super::{NameGroups, Node};

/// Elements that start and end a line (the HTML standard's rendering section, `display: block`), wherever
/// they stand.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table",
    "tbody", "tfoot", "thead", "tr", "ul",
];

static NAMES: NameGroups = NameGroups::new(&[
    (Role::LINE.0, BLOCKS),
    (Role::LINE.0, &["option", "optgroup", "title", "br"]),
    (Role::CELL.0, &["td", "th"]),
    (Role::HIDDEN.0, &["script", "style", "template", "noscript"]),
    (Role::READING.0, &["rt"]),
    (Role::BOX.0, BLOCKS),
    (Role::BOX.0, &["html", "td", "th"]),
    (
        Role::UNSEEN.0,
        &["script", "style", "template", "noscript", "head", "title", "textarea", "select", "option"],
    ),
]);

/// What a name says of its elements, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Role(u8);

impl Role {
    /// It makes a line of its own.
    pub(super) const LINE: Self = Self(1);
    /// It is the cell of a table.
    pub(super) const CELL: Self = Self(2);
    /// Its contents are not shown.
    pub(super) const HIDDEN: Self = Self(4);
    /// It is the reading of some characters.
    pub(super) const READING: Self = Self(8);
    /// It starts and ends a block of an article's text.
    const BOX: Self = Self(16);
    /// Its contents are no text of an article.
    pub(super) const UNSEEN: Self = Self(32);
    /// Not shown as text at all.
    const NEITHER: Self = Self(Self::HIDDEN.0 | Self::UNSEEN.0);

    /// By a name. Unknown ones with a hyphen are custom elements, which pages use as boxes.
    pub(super) fn of(name: &str) -> Self {
        match NAMES.of(name) {
            0 if name.contains('-') => Self::BOX,
            groups => Self(groups),
        }
    }

    /// Whether it is any of another's.
    pub(super) const fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Node<'_> {
    /// Whether it starts and ends a line of an article's text.
    #[must_use]
    pub fn is_block(self) -> bool {
        self.called().role.is(Role::BOX)
    }

    /// Whether its contents are never shown as text of an article.
    #[must_use]
    pub fn is_unseen(self) -> bool {
        self.role().is(Role::UNSEEN)
    }

    /// What it is to the text around it. The reading of some characters (`rt`) stands above them only: where
    /// the page has brackets for it, for who cannot show it there (`rp`), it can be read among them (the HTML
    /// standard, `ruby`).
    pub(super) fn role(self) -> Role {
        let role = self.called().role;
        let has_brackets =
            || self.parent().is_some_and(|ruby| ruby.child_elements().any(|child| child.name() == "rp"));
        if role.is(Role::READING) && !has_brackets() { Role::NEITHER } else { role }
    }
}

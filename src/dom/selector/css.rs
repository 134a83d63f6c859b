//! What the `selectors` crate has to know of our texts and names.

use std::fmt;

use cssparser::{ParseErrorKind, Parser, ToCss};
use html5ever::{LocalName, Namespace};
use precomputed_hash::PrecomputedHash;
use selectors::parser::{self, ParseRelative, SelectorImpl, SelectorList, SelectorParseErrorKind};

/// A selector list, compiled.
pub(super) type Compiled = SelectorList<Css>;

/// CSS without pseudo-elements, and without pseudo-classes that do not speak of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Css;

impl SelectorImpl for Css {
    type AttrValue = Value;
    type BorrowedLocalName = Word;
    type BorrowedNamespaceUrl = Namespace;
    type ExtraMatchingData<'a> = ();
    type Identifier = Word;
    type LocalName = Word;
    type NamespacePrefix = Word;
    type NamespaceUrl = Namespace;
    type NonTSPseudoClass = Never;
    type PseudoElement = Never;
}

struct Rules;

impl<'i> parser::Parser<'i> for Rules {
    type Error = SelectorParseErrorKind;
    type Impl = Css;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }
}

/// Compiles a selector list; what is wrong with it is told by the kind of the error.
pub(super) fn compile(css: &str) -> Result<Compiled, String> {
    let parsed = SelectorList::parse(&Rules, &mut Parser::new(css), ParseRelative::No);
    parsed.map_err(|error| match error.kind {
        ParseErrorKind::Basic(kind) => format!("{kind:?}"),
        ParseErrorKind::Custom(kind) => format!("{kind:?}"),
    })
}

/// A name, a class, an identifier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Word(pub(super) LocalName);

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl PrecomputedHash for Word {
    fn precomputed_hash(&self) -> u32 {
        self.0.precomputed_hash()
    }
}

impl ToCss for Word {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        cssparser::serialize_identifier(&self.0, dest)
    }
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value(Box<str>);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl AsRef<str> for Value {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl ToCss for Value {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        cssparser::serialize_string(&self.0, dest)
    }
}

/// What there is none of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Never {}

impl parser::NonTSPseudoClass for Never {
    fn is_active_or_hover(&self) -> bool {
        match *self {}
    }

    fn is_user_action_state(&self) -> bool {
        match *self {}
    }
}

impl parser::PseudoElement for Never {}

impl ToCss for Never {
    fn to_css<W: fmt::Write>(&self, _: &mut W) -> fmt::Result {
        match *self {}
    }
}

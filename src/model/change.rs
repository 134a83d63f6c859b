//! Why a version exists, and what kinds of change lie between two.

/// Why a version was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The first time the article was read.
    First,
    /// The page changed.
    Publisher,
    /// Our reading changed: a better site file or newer code. No edit of the newspaper.
    Reextract,
    /// It came from somebody else's archive.
    Import,
}

impl Cause {
    /// The stable name used in the archive and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Publisher => "publisher",
            Self::Reextract => "reextract",
            Self::Import => "import",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        [Self::First, Self::Publisher, Self::Reextract, Self::Import].into_iter().find(|c| c.as_str() == name)
    }
}

macro_rules! change_kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal / $number:literal,)+) => {
        /// A kind of change between two versions.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ChangeKind { $($(#[doc = $doc])+ $kind,)+ }

        impl ChangeKind {
            /// All kinds, most telling first.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The stable name used in JSON and on the command line.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// Reads the stable name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
            }

            /// The number it is stored by, below 32.
            #[must_use]
            pub fn number(self) -> u32 {
                match self { $(Self::$kind => $number,)+ }
            }
        }
    };
}

// The order is that of telling; the numbers stand in archives and never change.
change_kinds! {
    /// The headline changed.
    Headline = "headline" / 0,
    /// A number changed.
    Number = "number" / 1,
    /// A date or a time changed.
    Date = "date" / 2,
    /// Quoted words changed, or quotation marks came or went.
    Quote = "quote" / 3,
    /// A negation ("tidak", "not") came or went.
    Negation = "negation" / 4,
    /// A name changed.
    Name = "name" / 5,
    /// A correction note was added.
    Correction = "correction" / 6,
    /// A paragraph was added.
    Added = "added" / 7,
    /// A paragraph was removed.
    Removed = "removed" / 8,
    /// A paragraph was moved.
    Moved = "moved" / 9,
    /// The dateline changed.
    Dateline = "dateline" / 10,
    /// The authors changed.
    Byline = "byline" / 11,
    /// Section, stated times or other metadata changed.
    Metadata = "metadata" / 12,
    /// Words changed that belong to none of the kinds above.
    Wording = "wording" / 13,
    /// Only letter case or punctuation that carries no quotation changed.
    Cosmetic = "cosmetic" / 14,
    /// The article is again what it was before.
    Reverted = "reverted" / 15,
    /// The article disappeared.
    Gone = "gone" / 16,
    /// The article came back.
    Restored = "restored" / 17,
    /// The address leads elsewhere.
    Redirected = "redirected" / 18,
    /// The body was replaced by a paywall.
    Paywalled = "paywalled" / 19,
}

/// Kinds of change, none or many: a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeKinds(pub u32);

impl ChangeKinds {
    /// A set of kinds.
    #[must_use]
    pub fn of(kinds: &[ChangeKind]) -> Self {
        Self(kinds.iter().fold(0, |bits, kind| bits | 1 << kind.number()))
    }

    /// The kinds, most telling first.
    #[must_use]
    pub fn list(self) -> Vec<ChangeKind> {
        ChangeKind::ALL.iter().copied().filter(|kind| self.has(*kind)).collect()
    }

    /// Whether a kind is among them.
    #[must_use]
    pub fn has(self, kind: ChangeKind) -> bool {
        self.0 & (1 << kind.number()) != 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl std::fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_its_kinds_back() {
        let kinds = ChangeKinds::of(&[ChangeKind::Paywalled, ChangeKind::Number]);
        assert_eq!(kinds.list(), [ChangeKind::Number, ChangeKind::Paywalled]);
        assert!(kinds.has(ChangeKind::Number) && !kinds.has(ChangeKind::Quote) && !kinds.is_empty());
        assert_eq!(ChangeKinds::of(ChangeKind::ALL).list(), ChangeKind::ALL);
        // What stands in archives: a kind that comes gets the next number.
        let last = ChangeKind::ALL.iter().map(|kind| kind.number()).max();
        assert_eq!((ChangeKind::Headline.number(), ChangeKind::Paywalled.number(), last), (0, 19, Some(19)));
    }
}

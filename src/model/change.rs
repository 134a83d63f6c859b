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
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal,)+) => {
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
        }
    };
}

change_kinds! {
    /// The headline changed.
    Headline = "headline",
    /// A number changed.
    Number = "number",
    /// A date or a time changed.
    Date = "date",
    /// Quoted words changed, or quotation marks came or went.
    Quote = "quote",
    /// A negation ("tidak", "not") came or went.
    Negation = "negation",
    /// A name changed.
    Name = "name",
    /// A correction note was added.
    Correction = "correction",
    /// A paragraph was added.
    Added = "added",
    /// A paragraph was removed.
    Removed = "removed",
    /// A paragraph was moved.
    Moved = "moved",
    /// The dateline changed.
    Dateline = "dateline",
    /// The authors changed.
    Byline = "byline",
    /// Section, stated times or other metadata changed.
    Metadata = "metadata",
    /// Words changed that belong to none of the kinds above.
    Wording = "wording",
    /// Only letter case or punctuation that carries no quotation changed.
    Cosmetic = "cosmetic",
    /// The article is again what it was before.
    Reverted = "reverted",
    /// The article disappeared.
    Gone = "gone",
    /// The article came back.
    Restored = "restored",
    /// The address leads elsewhere.
    Redirected = "redirected",
    /// The body was replaced by a paywall.
    Paywalled = "paywalled",
}

impl std::fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

//! The result of a comparison.

use crate::model::ChangeKind;

/// What happened to a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// It stands in both versions.
    Keep,
    /// It stood in the older version only.
    Delete,
    /// It stands in the newer version only.
    Insert,
}

impl Op {
    /// The sign used in JSON: `=`, `-`, `+`.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Keep => "=",
            Self::Delete => "-",
            Self::Insert => "+",
        }
    }
}

/// A run of text with one fate. Blanks belong to the runs, so that the runs of [`Op::Keep`] and
/// [`Op::Insert`] joined are the newer text, those of [`Op::Keep`] and [`Op::Delete`] the older
/// one (up to the shape of quotation marks and dashes, which is the newer version's).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its fate.
    pub op: Op,
    /// Its text. A paragraph break inside an edit is `"\n\n"`.
    pub text: String,
}

/// What happened to a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParagraphOp {
    /// Nothing.
    Keep,
    /// Words inside it changed, or it was split or joined with its neighbour.
    Edit,
    /// It stands elsewhere now; its words may have changed, too.
    Move,
    /// It is new.
    Add,
    /// It is gone.
    Delete,
}

impl ParagraphOp {
    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Edit => "edit",
            Self::Move => "move",
            Self::Add => "add",
            Self::Delete => "delete",
        }
    }
}

/// A paragraph of either version, in the order of the newer one; what was deleted stands where it
/// used to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its fate.
    pub op: ParagraphOp,
    /// Its place in the older body, from 0; `None` when it is new. (The first, where several were joined.)
    pub a: Option<usize>,
    /// Its place in the newer body, from 0; `None` when it is gone. (The first, where it was split.)
    pub b: Option<usize>,
    /// Its text, whatever its fate.
    pub tokens: Vec<Token>,
    /// The kinds of change that the tokens tell, most telling first.
    pub classes: Vec<ChangeKind>,
}

/// A field beside title and body that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// `dateline`, `authors`, `section`, `published` or `modified`.
    pub field: &'static str,
    /// What the older version says.
    pub from: Option<String>,
    /// What the newer version says.
    pub to: Option<String>,
}

/// What lies between two versions.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The headline; one [`Op::Keep`] when it did not change.
    pub title: Vec<Token>,
    /// The body.
    pub paragraphs: Vec<Paragraph>,
    /// Other fields that differ.
    pub fields: Vec<FieldChange>,
    /// All kinds, most telling first; empty when nothing that counts differs.
    pub kinds: Vec<ChangeKind>,
    /// How much it matters, from 0 (nothing) to 1.
    pub score: f64,
    /// Words that are new, headline included. A moved paragraph adds none.
    pub words_added: usize,
    /// Words that are gone, headline included.
    pub words_removed: usize,
    /// The text changed, but neither the page's own time of change did, nor was a note added.
    pub stealth: bool,
}

impl Change {
    /// Whether nothing that counts differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Notes that the newer text is again what stood there earlier.
    pub fn revert(&mut self) {
        self.kinds.push(ChangeKind::Reverted);
        self.kinds.sort_unstable();
    }

    /// Whether the headline changed.
    #[must_use]
    pub fn title_changed(&self) -> bool {
        self.title.iter().any(|token| token.op != Op::Keep)
    }
}

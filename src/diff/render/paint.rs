//! Colour on terminals, marks elsewhere.

use crate::diff::{Op, Token};

/// How text is marked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    /// With ANSI colours, or with `[-…-]{+…+}`.
    pub color: bool,
}

/// Struck through as well as red: not everybody sees the difference of red and green.
const DELETED: &str = "\x1b[9;31m";
const INSERTED: &str = "\x1b[4;32m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
const DIM: &str = "\x1b[2m";
const BOLD: &str = "\x1b[1m";
const RESET: &str = "\x1b[0m";

impl Paint {
    fn wrap(self, style: &str, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{RESET}") } else { text.to_owned() }
    }

    pub fn dim(self, text: &str) -> String {
        self.wrap(DIM, text)
    }

    pub fn bold(self, text: &str) -> String {
        self.wrap(BOLD, text)
    }

    pub fn place(self, text: &str) -> String {
        self.wrap(CYAN, text)
    }

    pub fn old_line(self, text: &str) -> String {
        self.wrap(RED, text)
    }

    pub fn new_line(self, text: &str) -> String {
        self.wrap(GREEN, text)
    }

    /// A piece of text with its fate.
    pub fn run(self, op: Op, text: &str) -> String {
        match (op, self.color) {
            (Op::Keep, _) => text.to_owned(),
            (Op::Delete, true) => self.wrap(DELETED, text),
            (Op::Insert, true) => self.wrap(INSERTED, text),
            (Op::Delete, false) => format!("[-{text}-]"),
            (Op::Insert, false) => format!("{{+{text}+}}"),
        }
    }

    /// Runs in a row; a paragraph break is shown as `¶`.
    pub fn runs(self, tokens: &[Token]) -> String {
        tokens.iter().map(|token| self.run(token.op, &token.text.replace("\n\n", "¶"))).collect()
    }
}

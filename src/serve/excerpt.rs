//! The most telling words of a change, for lists: the headline with its marks, and a piece of one paragraph.

use crate::diff::{Change, Op, Paragraph, ParagraphOp, Token};
use crate::model::ChangeKind;

use super::cut::clip;

/// What a list shows of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The headline; one kept run when it did not change.
    pub title: Vec<Token>,
    /// A piece of the paragraph that tells most; empty when no paragraph changed.
    pub body: Vec<Token>,
}

/// Kept words around a change, in characters.
const AROUND: usize = 60;
/// Changed words of one run.
const RUN: usize = 160;
/// All of a piece.
const WHOLE: usize = 420;
/// A headline.
const TITLE: usize = 300;

impl Excerpt {
    /// The excerpt of a change.
    pub fn of(change: &Change) -> Self {
        let telling = change.paragraphs.iter().filter(|p| p.op != ParagraphOp::Keep).min_by_key(|p| rank(p));
        Self { title: title(&change.title), body: telling.map(|p| body(&p.tokens)).unwrap_or_default() }
    }
}

/// Smaller tells more. That a whole paragraph came or went says less than what changed inside one.
fn rank(paragraph: &Paragraph) -> (bool, Option<ChangeKind>) {
    let inside =
        matches!(paragraph.op, ParagraphOp::Edit) || paragraph.classes.contains(&ChangeKind::Correction);
    (!inside, paragraph.classes.first().copied())
}

fn title(tokens: &[Token]) -> Vec<Token> {
    let mut left = TITLE;
    let mut out = Vec::new();
    for token in tokens {
        let text = clip(&token.text, left);
        left = left.saturating_sub(token.text.chars().count());
        out.push(Token { op: token.op, text });
        if left == 0 {
            break;
        }
    }
    out
}

/// The first changes of a paragraph with a few words around each.
fn body(tokens: &[Token]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut used = 0;
    for (at, token) in tokens.iter().enumerate() {
        let (first, last) = (at == 0, at + 1 == tokens.len());
        let text = match token.op {
            Op::Keep => kept(&token.text, first, last),
            Op::Delete | Op::Insert => clip(&token.text, RUN),
        };
        used += text.chars().count();
        out.push(Token { op: token.op, text });
        // A deletion is not shown without what came in its place.
        let pair = token.op == Op::Delete && tokens.get(at + 1).is_some_and(|next| next.op == Op::Insert);
        if used > WHOLE && !pair && !last {
            out.push(Token { op: Op::Keep, text: " …".to_owned() });
            break;
        }
    }
    out
}

/// Kept words: their end before a change, their beginning behind one, both between two.
fn kept(text: &str, first: bool, last: bool) -> String {
    let length = text.chars().count();
    let head = clip(text, AROUND);
    let tail = || {
        let start = text.char_indices().nth(length.saturating_sub(AROUND)).map_or(0, |(at, _)| at);
        let start = text[start..].find(' ').filter(|at| *at < AROUND).map_or(start, |at| start + at);
        format!("…{}", &text[start..])
    };
    match (first, last) {
        (true, true) => clip(text, WHOLE),
        (true, false) if length > AROUND => tail(),
        (false, true) if length > AROUND => head,
        (false, false) if length > 2 * AROUND => format!("{head} {}", tail()),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(op: Op, text: &str) -> Token {
        Token { op, text: text.to_owned() }
    }

    #[test]
    fn a_change_keeps_a_few_words_around() {
        let long = "kata ".repeat(40);
        let cut = body(&[
            token(Op::Keep, &long),
            token(Op::Delete, "5"),
            token(Op::Insert, "15"),
            token(Op::Keep, &format!(" orang {long}")),
        ]);
        let text: String = cut.iter().map(|t| t.text.as_str()).collect();
        assert!(text.starts_with("… kata") && text.ends_with("kata…"), "{text}");
        assert!(text.contains("kata 515 orang") && text.chars().count() < 160, "{text}");
    }

    #[test]
    fn a_piece_has_an_end() {
        let many: Vec<Token> = (0..400)
            .flat_map(|n| {
                [token(Op::Delete, &format!("{n}")), token(Op::Insert, "x"), token(Op::Keep, " kata ")]
            })
            .collect();
        let cut = body(&many);
        let length: usize = cut.iter().map(|t| t.text.chars().count()).sum();
        assert!(length < WHOLE + RUN, "{length}");
        assert_eq!(cut.last(), Some(&token(Op::Keep, " …")));
    }
}

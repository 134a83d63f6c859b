//! The rows of a comparison: paragraphs at their places, traces of moved ones, folds over what did not change.

use maud::{Markup, html};

use super::parts;
use crate::diff::render::{Row, anchor, number, rows, told};
use crate::diff::{Op, Paragraph, ParagraphOp, Token};
use crate::serve::cut::{self, PIECE};
use crate::serve::words::Lang;

/// Shorter texts are shown whole.
const WHOLE: usize = 14;

/// A row of the page.
pub enum Shown<'a> {
    /// A paragraph, or a piece of a long one: `first` carries its number.
    Here { paragraph: &'a Paragraph, tokens: Vec<Token>, first: bool },
    /// A paragraph stood here and was moved.
    Left { paragraph: &'a Paragraph, tokens: Vec<Token> },
    /// So many unchanged paragraphs, the first of which has this number.
    Fold(usize, usize),
}

/// The rows; `all`: nothing is folded.
pub fn shown(paragraphs: &[Paragraph], all: bool) -> Vec<Shown<'_>> {
    let rows = rows(paragraphs);
    let same = |row: &Row<'_>| matches!(row, Row::Here(p) if p.op == ParagraphOp::Keep);
    let fold = !all && rows.len() > WHOLE;
    let near = |at: usize| (at.saturating_sub(1)..=at + 1).any(|n| rows.get(n).is_some_and(|row| !same(row)));
    let mut out: Vec<Shown<'_>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match row {
            Row::Here(p) if fold && same(row) && !near(at) => match out.last_mut() {
                Some(Shown::Fold(n, _)) => *n += 1,
                _ => out.push(Shown::Fold(1, number(p.b))),
            },
            Row::Here(p) => {
                for (n, tokens) in chunks(&p.tokens).into_iter().enumerate() {
                    out.push(Shown::Here { paragraph: p, tokens, first: n == 0 });
                }
            }
            Row::Left(p) => {
                let tokens = chunks(&p.tokens).swap_remove(0);
                out.push(Shown::Left { paragraph: p, tokens });
            }
            Row::Same(_) => {}
        }
    }
    out
}

/// Runs in pieces of a length that a page can hold. There is always one piece.
fn chunks(tokens: &[Token]) -> Vec<Vec<Token>> {
    let mut out: Vec<Vec<Token>> = vec![Vec::new()];
    let mut used = 0;
    for token in tokens {
        for text in cut::pieces(&token.text) {
            let length = text.chars().count();
            if used + length > PIECE && used > 0 {
                out.push(Vec::new());
                used = 0;
            }
            used += length;
            if let Some(last) = out.last_mut() {
                last.push(Token { op: token.op, text: text.to_owned() });
            }
        }
    }
    out
}

/// How links inside the page find their aim, which may be on another page.
pub type Link<'a> = &'a dyn Fn(&str) -> String;

/// The names by which links find a row.
pub fn anchors(row: &Shown<'_>) -> Vec<String> {
    match row {
        Shown::Here { paragraph: p, first: true, .. } => vec![anchor(p)],
        Shown::Left { paragraph: p, .. } => vec![format!("a{}", number(p.a))],
        _ => Vec::new(),
    }
}

/// A row, the new text with the old one inside.
pub fn inline(lang: Lang, row: &Shown<'_>, link: Link<'_>, unfold: &str) -> Markup {
    match row {
        Shown::Fold(n, at) => fold(lang, *n, *at, unfold),
        Shown::Left { paragraph: p, .. } => {
            html! { p class="left" id=(anchors(row)[0]) { (to(lang, p, link)) } }
        }
        Shown::Here { paragraph: p, tokens, first } => html! {
            p class=(p.op.as_str()) id=[anchors(row).first()] dir="auto" data-key=[(*first && p.op != ParagraphOp::Keep).then_some("item")] {
                @if *first && p.op == ParagraphOp::Move { (from(lang, p, link)) " " }
                (parts::runs(tokens))
                @if *first { (kinds(lang, p)) }
            }
        },
    }
}

/// A row of two columns.
pub fn side(lang: Lang, row: &Shown<'_>, link: Link<'_>, unfold: &str) -> Markup {
    match row {
        Shown::Fold(n, at) => html! { tr { td colspan="2" { (fold(lang, *n, *at, unfold)) } } },
        Shown::Left { paragraph: p, tokens } => html! {
            tr class="left" id=(anchors(row)[0]) { td dir="auto" { (to(lang, p, link)) " " (parts::runs(&without(tokens, Op::Insert))) } td {} }
        },
        Shown::Here { paragraph: p, tokens, first } => html! {
            tr class=(p.op.as_str()) id=[anchors(row).first()] data-key=[(*first && p.op != ParagraphOp::Keep).then_some("item")] {
                td dir="auto" {
                    @if !matches!(p.op, ParagraphOp::Add | ParagraphOp::Move) { (parts::runs(&without(tokens, Op::Insert))) }
                }
                td dir="auto" {
                    @if *first && p.op == ParagraphOp::Move { (from(lang, p, link)) " " }
                    @if p.op != ParagraphOp::Delete { (parts::runs(&without(tokens, Op::Delete))) }
                    @if *first { (kinds(lang, p)) }
                }
            }
        },
    }
}

fn without(tokens: &[Token], op: Op) -> Vec<Token> {
    tokens.iter().filter(|token| token.op != op).cloned().collect()
}

fn fold(lang: Lang, n: usize, at: usize, unfold: &str) -> Markup {
    let count = lang.count("diff.same", i64::try_from(n).unwrap_or(0));
    html! { p class="fold" { a href=(format!("{unfold}#b{at}")) { "… " (count) } } }
}

fn to(lang: Lang, p: &Paragraph, link: Link<'_>) -> Markup {
    let (a, b) = (number(p.a).to_string(), number(p.b).to_string());
    html! { a class="from" href=(link(&format!("b{b}"))) { (lang.fill("diff.to", &[&a, &b])) } }
}

fn from(lang: Lang, p: &Paragraph, link: Link<'_>) -> Markup {
    let a = number(p.a).to_string();
    html! { a class="from" href=(link(&format!("a{a}"))) { (lang.fill("diff.from", &[&a])) } }
}

/// The kinds that the colours of a paragraph do not say by themselves.
fn kinds(lang: Lang, p: &Paragraph) -> Markup {
    let told = told(p);
    html! { @if !told.is_empty() { " " span class="tags" { (parts::badges(lang, &told)) } } }
}

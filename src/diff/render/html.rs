//! A standalone page: own style, light and dark, no script, nothing loaded from anywhere.

use std::fmt::Write;

use super::rows::{Row, all, anchor, number, told};
use super::{View, name, time};
use crate::diff::script::{Class, class};
use crate::diff::token::{Kind, pieces};
use crate::diff::{Op, Paragraph, ParagraphOp, Token};
use crate::model::{ChangeKind, Version, escaped, readable_text};

const STYLE: &str = include_str!("style.css");

/// The whole article with its changes. Moved paragraphs are linked both ways; numbers inside a change are
/// boxed, changed words inside quotation marks stand out.
#[must_use]
pub fn html(view: &View<'_>) -> String {
    let (from, to) = (view.from, view.to);
    let title = format!("{} · {}", view.range(), readable_text(&to.article.title));
    let lang = to.article.language.as_deref().unwrap_or("und");
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<header>\n",
        lang = escaped(lang),
        title = escaped(&title),
    );
    let url = escaped(to.url.as_str());
    let _ = writeln!(out, "<p class=\"source\"><a href=\"{url}\" rel=\"noreferrer\">{url}</a></p>");
    let _ = writeln!(out, "<h1>{}</h1>", runs(&view.change.title));
    let _ = writeln!(out, "<p class=\"versions\">{} <span>→</span> {}</p>", stamp(from), stamp(to));
    let _ = writeln!(out, "<p class=\"kinds\">{}</p>", badges(&view.change.kinds));
    let _ = writeln!(out, "<p class=\"summary\">{}</p>", escaped(&view.figures()));
    fields(&mut out, view);
    out.push_str("</header>\n<article>\n");
    for row in all(&view.change.paragraphs) {
        match row {
            Row::Left(p) => {
                let (a, b) = (number(p.a), number(p.b));
                let _ = writeln!(
                    out,
                    "<p class=\"left\" id=\"a{a}\"><a href=\"#b{b}\">Paragraph {a} was moved to {b} ↓↑</a></p>"
                );
            }
            Row::Here(p) => paragraph(&mut out, p),
            Row::Same(_) => {}
        }
    }
    out.push_str("</article>\n</main>\n</body>\n</html>\n");
    out
}

fn stamp(version: &Version) -> String {
    let time = time(version);
    format!(
        "<span class=\"version\">{} <time datetime=\"{time}\">{time}</time> {}</span>",
        name(version),
        version.cause.as_str()
    )
}

fn fields(out: &mut String, view: &View<'_>) {
    if view.change.fields.is_empty() {
        return;
    }
    out.push_str("<dl>\n");
    for field in &view.change.fields {
        let mark = |tag: &str, text: &Option<String>| {
            text.as_ref().map(|text| format!("<{tag}>{}</{tag}>", escaped(text))).unwrap_or_default()
        };
        let (old, new) = (mark("del", &field.from), mark("ins", &field.to));
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{old} {new}</dd></div>", field.field);
    }
    out.push_str("</dl>\n");
}

fn paragraph(out: &mut String, p: &Paragraph) {
    let op = p.op.as_str();
    let _ = write!(out, "<p class=\"{op}\" id=\"{}\">", anchor(p));
    if p.op == ParagraphOp::Move {
        let a = number(p.a);
        let _ = write!(out, "<a class=\"from\" href=\"#a{a}\">moved from {a}</a> ");
    }
    let told = told(p);
    out.push_str(&runs(&p.tokens));
    if !told.is_empty() {
        let _ = write!(out, " <span class=\"kinds\">{}</span>", badges(&told));
    }
    out.push_str("</p>\n");
}

fn badges(kinds: &[ChangeKind]) -> String {
    let badge = |kind: &ChangeKind| format!("<span class=\"kind {kind}\">{kind}</span>");
    kinds.iter().map(badge).collect::<Vec<_>>().join(" ")
}

/// Runs of text as HTML: what came and what went marked, numbers inside boxed, quoted words told apart. Each
/// side has its own quotation marks.
#[must_use]
pub fn runs(tokens: &[Token]) -> String {
    let mut out = String::new();
    let (mut quoted_old, mut quoted_new) = (false, false);
    for token in tokens {
        let marks = token.text.chars().filter(|c| class(*c) == Class::Quote).count();
        let quoted = match token.op {
            Op::Keep => false,
            Op::Delete => quoted_old,
            Op::Insert => quoted_new,
        } || marks > 0;
        let tag = match token.op {
            Op::Keep => None,
            Op::Delete => Some("del"),
            Op::Insert => Some("ins"),
        };
        match tag {
            None => out.push_str(&broken(&escaped(&token.text))),
            Some(tag) => {
                let class = if quoted { " class=\"quote\"" } else { "" };
                let _ = write!(out, "<{tag}{class}>{}</{tag}>", numbered(&token.text));
            }
        }
        quoted_old ^= token.op != Op::Insert && marks % 2 == 1;
        quoted_new ^= token.op != Op::Delete && marks % 2 == 1;
    }
    out
}

/// Text with its numbers boxed.
fn numbered(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    for piece in pieces(text).iter().filter(|piece| piece.kind == Kind::Number) {
        // The pieces stand in the text as they are: it was tidied before.
        let Some((before, after)) = rest.split_once(piece.text.as_str()) else { continue };
        let _ = write!(out, "{}<b>{}</b>", broken(&escaped(before)), escaped(&piece.text));
        rest = after;
    }
    out.push_str(&broken(&escaped(rest)));
    out
}

/// A paragraph break inside an edit.
fn broken(text: &str) -> String {
    text.replace("\n\n", "<span class=\"break\">¶</span><br>")
}

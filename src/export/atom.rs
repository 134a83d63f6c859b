//! A feed of changes: Atom (RFC 4287), what came and went marked with XHTML's `<ins>` and `<del>`.

use std::fmt::Write;

use jiff::Timestamp;

use super::Logged;
use super::json::time;
use super::name::urn;
use crate::diff::{Op, ParagraphOp, Token};
use crate::model::{ChangeKind, escaped};
use crate::store::Happening;

/// The beginning of a feed. `about` names what it tells of (a site, kinds of change); feeds with the
/// same words are the same feed. `updated` is the time of the newest entry.
#[must_use]
pub fn head(about: &str, updated: Timestamp) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>kliping</name></author>\n\
         <generator uri=\"https://crates.io/crates/kliping\" version=\"{}\">kliping</generator>\n",
        urn(&["feed", about]),
        escaped(about),
        time(updated),
        env!("CARGO_PKG_VERSION"),
    )
}

/// The end of a feed.
#[must_use]
pub fn foot() -> &'static str {
    "</feed>\n"
}

/// One change.
#[must_use]
pub fn entry(logged: &Logged) -> String {
    let article = &logged.entry.article;
    let kinds: Vec<&str> = logged.change.kinds.iter().map(|kind| kind.as_str()).collect();
    let title = newer(&logged.change.title);
    let at = time(logged.entry.at);
    let url = article.url.as_str();
    let mut out = String::from("<entry>\n");
    let _ = writeln!(out, "<id>{}</id>", id(logged, &at));
    let _ = writeln!(out, "<title>{}: {}</title>", escaped(&kinds.join(", ")), escaped(&title));
    let _ = writeln!(out, "<updated>{at}</updated>");
    let _ = writeln!(out, "<link rel=\"alternate\" href=\"{}\"/>", escaped(url));
    let _ = writeln!(
        out,
        "<author><name>{}</name></author>",
        escaped(article.site_name.as_deref().unwrap_or(&article.site))
    );
    for kind in &kinds {
        let _ = writeln!(out, "<category term=\"{kind}\"/>");
    }
    let _ =
        write!(out, "<content type=\"xhtml\"{}><div xmlns=\"http://www.w3.org/1999/xhtml\">", lang(logged));
    content(&mut out, logged);
    out.push_str("</div></content>\n</entry>\n");
    out
}

fn content(out: &mut String, logged: &Logged) {
    let change = &logged.change;
    let _ = write!(out, "<p><strong>{}</strong></p>", marked(&change.title));
    if let Some(detail) = logged.detail() {
        let _ = write!(out, "<p>{}</p>", escaped(detail));
    }
    for field in &change.fields {
        let mark = |tag: &str, text: &Option<String>| {
            text.as_deref().map(|text| format!("<{tag}>{}</{tag}>", escaped(text))).unwrap_or_default()
        };
        let (old, new) = (mark("del", &field.from), mark("ins", &field.to));
        let _ = write!(out, "<p>{}: {old} {new}</p>", field.field);
    }
    let mut same = false;
    for paragraph in &change.paragraphs {
        if paragraph.op == ParagraphOp::Keep {
            // What did not change is on the page; where it stood is told once.
            if !std::mem::replace(&mut same, true) {
                out.push_str("<p>…</p>");
            }
            continue;
        }
        same = false;
        let moved = match (paragraph.op, paragraph.a, paragraph.b) {
            (ParagraphOp::Move, Some(a), Some(b)) => format!("<em>({} → {})</em> ", a + 1, b + 1),
            _ => String::new(),
        };
        let _ = write!(out, "<p>{moved}{}</p>", marked(&paragraph.tokens));
    }
}

fn marked(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map(|token| {
            let text = escaped(&token.text).replace("\n\n", "<br/>");
            match token.op {
                Op::Keep => text,
                Op::Delete => format!("<del>{text}</del>"),
                Op::Insert => format!("<ins>{text}</ins>"),
            }
        })
        .collect()
}

fn newer(tokens: &[Token]) -> String {
    tokens.iter().filter(|token| token.op != Op::Delete).map(|token| token.text.as_str()).collect()
}

/// The language of the text, when it is a well-formed tag (BCP 47).
fn lang(logged: &Logged) -> String {
    let Happening::Edit { to, .. } = &logged.entry.what else { return String::new() };
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    match &to.article.language {
        Some(tag) if tag.split('-').all(part) => format!(" xml:lang=\"{tag}\""),
        _ => String::new(),
    }
}

/// The same change has the same name in every archive.
fn id(logged: &Logged, at: &str) -> String {
    let url = logged.entry.article.url.as_str();
    match &logged.entry.what {
        Happening::Edit { from, to, .. } => {
            let hash = |version: &crate::model::Version| version.fingerprint.content.to_string();
            urn(&["edit", url, at, &hash(from), &hash(to)])
        }
        Happening::Event { .. } => {
            let kind = logged.change.kinds.first().copied().unwrap_or(ChangeKind::Gone);
            urn(&["event", url, at, kind.as_str()])
        }
    }
}

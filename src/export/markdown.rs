//! One article as Markdown (CommonMark with GFM tables) under YAML front matter. Nothing in it moves while
//! the article stays the same, so that a folder of such files is a good git repository.

use std::fmt::Write;

use super::harmless;
use super::json::time;
use crate::model::{Article, Block, BlockKind, Version, When};
use crate::store::ArticleRow;

/// The whole file.
#[must_use]
pub fn markdown(row: &ArticleRow, version: &Version) -> String {
    let article = &version.article;
    let mut out = front_matter(row, version);
    let _ = writeln!(out, "\n# {}\n", escaped(&article.title));
    body(&mut out, article);
    out
}

fn front_matter(row: &ArticleRow, version: &Version) -> String {
    let article = &version.article;
    let stated = |when: &Option<When>| when.as_ref().map(ToString::to_string);
    let mut out = String::from("---\n");
    let mut number = |key: &str, value: i64| {
        let _ = writeln!(out, "{key}: {value}");
    };
    number("id", row.id.0);
    number("version", version.seq.0);
    number("versions", row.versions);
    number("words", i64::try_from(article.words()).unwrap_or(i64::MAX));
    let mut text = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{key}: {}", yaml(value));
        }
    };
    text("state", Some(row.state.as_str()));
    text("site", Some(&row.site));
    text("title", Some(&article.title));
    text("url", Some(row.url.as_str()));
    text("canonical_url", article.canonical_url.as_deref());
    text("dateline", article.dateline.as_ref().map(|d| d.raw.trim_end()));
    text("section", article.section.as_deref());
    text("language", article.language.as_deref());
    text("published", stated(&article.published).as_deref());
    text("modified", stated(&article.modified).as_deref());
    text("first_seen", Some(&time(row.first_seen)));
    text("observed", Some(&time(version.observed)));
    text("cause", Some(version.cause.as_str()));
    text("content_sha256", Some(&version.fingerprint.content.to_string()));
    if !article.authors.is_empty() {
        let names: Vec<String> = article.authors.iter().map(|name| yaml(name)).collect();
        let _ = writeln!(out, "authors: [{}]", names.join(", "));
    }
    out.push_str("---\n");
    out
}

/// A double-quoted YAML 1.2 scalar. JSON's strings are valid ones; what YAML does not allow raw beyond that
/// is escaped, too.
fn yaml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn body(out: &mut String, article: &Article) {
    let dateline = article.dateline.as_ref().map(|d| d.raw.trim()).filter(|raw| !raw.is_empty());
    let mut lead = dateline.map(|raw| format!("**{}** ", escaped(raw)));
    let mut blocks = article.body.as_slice();
    while let Some(first) = blocks.first() {
        let run = blocks.iter().take_while(|block| block.kind == first.kind).count();
        let joined = matches!(first.kind, BlockKind::ListItem | BlockKind::TableRow);
        let (now, rest) = blocks.split_at(if joined { run } else { 1 });
        // The dateline belongs to the first paragraph; before anything else it stands alone.
        match lead.take() {
            Some(lead) if first.kind == BlockKind::Paragraph => out.push_str(&lead),
            Some(lead) => {
                let _ = writeln!(out, "{}\n", lead.trim_end());
            }
            None => {}
        }
        match first.kind {
            BlockKind::TableRow => table(out, now),
            _ => now.iter().for_each(|block| simple(out, block)),
        }
        if !rest.is_empty() {
            out.push('\n');
        }
        blocks = rest;
    }
    if let Some(lead) = lead {
        let _ = writeln!(out, "{}", lead.trim_end());
    }
}

fn simple(out: &mut String, block: &Block) {
    let text = &block.text;
    let _ = match block.kind {
        BlockKind::Heading => writeln!(out, "## {}", escaped(text)),
        BlockKind::Quote => writeln!(out, "> {}", escaped(text)),
        BlockKind::ListItem => writeln!(out, "- {}", escaped(text)),
        BlockKind::Preformatted => {
            // A fence longer than any run of backticks inside.
            let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
            let fence = "`".repeat(longest.max(2) + 1);
            writeln!(out, "{fence}\n{}\n{fence}", harmless(text))
        }
        BlockKind::Paragraph | BlockKind::TableRow => writeln!(out, "{}", escaped(text)),
    };
}

/// Rows whose cells stand between ` | `; the first is the heading, as GFM wants one.
fn table(out: &mut String, rows: &[Block]) {
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.text.split(" | ").collect()).collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(1);
    for (n, row) in cells.iter().enumerate() {
        let padded = (0..columns).map(|column| escaped(row.get(column).copied().unwrap_or_default().trim()));
        let _ = writeln!(out, "| {} |", padded.collect::<Vec<_>>().join(" | "));
        if n == 0 {
            let _ = writeln!(out, "|{}", " --- |".repeat(columns));
        }
    }
}

/// Text that means itself: every mark that Markdown could take for its own is escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    let start_digits = text.chars().take_while(char::is_ascii_digit).count();
    for (at, c) in text.chars().enumerate() {
        chars.next();
        let next = chars.peek().copied().unwrap_or(' ');
        let escape = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            // Inside a word an underscore is only itself.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next == '#' || next.is_ascii_alphabetic(),
            '>' | '-' | '+' | '=' => at == 0,
            // At the head it makes a heading, at the end of one it would be dropped.
            '#' => before == ' ',
            '.' | ')' => start_digits > 0 && at == start_digits,
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        // Blocks have no line breaks but in preformatted text; one here must not start a new block.
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
#[path = "markdown_tests.rs"]
mod tests;

//! The tables `[[test]]`: what a stored page must give.

use jiff::Timestamp;
use toml::de::DeValue;

use super::SiteTest;
use super::file::ELSEWHERE;
use crate::config::toml_file::{Mistakes, Table};
use crate::model::PageUrl;

const KEYS: &[&str] = &[
    "fixture",
    "url",
    "layout",
    "title",
    "dateline",
    "author",
    "published",
    "modified",
    "section",
    "body_starts",
    "body_ends",
    "contains",
    "absent",
    "paragraphs",
    "comment_form",
];

/// All tests of a file, in order.
pub(super) fn read(root: &Table<'_>, mistakes: &mut Mistakes) -> Vec<SiteTest> {
    root.tables("test", mistakes).iter().map(|table| test(table, mistakes)).collect()
}

fn test(table: &Table<'_>, mistakes: &mut Mistakes) -> SiteTest {
    table.only(KEYS, ELSEWHERE, mistakes);
    if !table.has("fixture") {
        let help = "name the stored page: `fixture = \"2026-06-20.html\"`";
        mistakes.add(table.span.clone(), "this test has no `fixture`", help);
    }
    if table.keys().iter().all(|key| matches!(key.value, "fixture" | "url")) {
        let help = "say what the page must give, e.g. `title = \"…\"`";
        mistakes.add(table.span.clone(), "this test expects nothing", help);
    }
    let texts = |key, mistakes: &mut Mistakes| {
        table.texts(key, mistakes).map(|texts| texts.into_iter().map(|text| text.value).collect::<Vec<_>>())
    };
    SiteTest {
        fixture: fixture(table, mistakes).unwrap_or_default(),
        url: table.text("url", mistakes).and_then(|url| {
            let checked = PageUrl::parse(&url.value);
            checked.map_err(|error| mistakes.add(url.span, error.to_string(), "")).ok().map(|_| url.value)
        }),
        layout: text(table, "layout", mistakes),
        title: text(table, "title", mistakes),
        dateline: text(table, "dateline", mistakes),
        author: texts("author", mistakes),
        published: instant(table, "published", mistakes),
        modified: instant(table, "modified", mistakes),
        section: text(table, "section", mistakes),
        body_starts: text(table, "body_starts", mistakes),
        body_ends: text(table, "body_ends", mistakes),
        contains: texts("contains", mistakes).unwrap_or_default(),
        absent: texts("absent", mistakes).unwrap_or_default(),
        paragraphs: table.count("paragraphs", mistakes).map(|count| count.value),
        comment_form: table.flag("comment_form", mistakes),
    }
}

fn text(table: &Table<'_>, key: &str, mistakes: &mut Mistakes) -> Option<String> {
    table.text(key, mistakes).map(|text| text.value)
}

/// A path below the folder of the site's pages.
fn fixture(table: &Table<'_>, mistakes: &mut Mistakes) -> Option<String> {
    let name = table.text("fixture", mistakes)?;
    let outside = name.value.starts_with('/') || name.value.split(['/', '\\']).any(|part| part == "..");
    if outside || name.value.is_empty() {
        let help = "put the page into the folder that is named like this file, without `.toml`";
        mistakes.add(name.span, "`fixture` must name a file in the folder of this site's pages", help);
        return None;
    }
    Some(name.value)
}

/// A TOML time with offset, or the same as a text.
fn instant(table: &Table<'_>, key: &str, mistakes: &mut Mistakes) -> Option<String> {
    let value = table.get(key)?;
    let written = match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        _ => String::new(),
    };
    if written.parse::<Timestamp>().is_ok() {
        return Some(written);
    }
    let help = format!("write `{key} = 2024-06-20T09:15:00+07:00`");
    mistakes.add(value.span(), format!("`{key}` wants a time with its offset"), help);
    None
}

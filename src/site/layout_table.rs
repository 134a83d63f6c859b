//! The tables `[[layout]]` and their fields.

use jiff::fmt::strtime;

use super::compile;
use super::file::ELSEWHERE;
use super::{FieldRule, Layout, Source};
use crate::config::toml_file::{Mistakes, Spanned, Table};
use crate::dom::Take;
use crate::model::FieldName;

/// All layouts of a file, in order.
pub(super) fn read(root: &Table<'_>, mistakes: &mut Mistakes) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = Vec::new();
    let mut catch_all: Option<String> = None;
    for table in root.tables("layout", mistakes) {
        let layout = layout(&table, mistakes);
        if let Some(first) = &catch_all {
            let message = format!("this layout is never used: `{first}` before it takes every page");
            mistakes.add(table.span.clone(), message, format!("give `{first}` a `when`, or put it last"));
        }
        if layouts.iter().any(|other| !layout.id.is_empty() && other.id == layout.id) {
            let message = format!("two layouts are called `{}`", layout.id);
            mistakes.add(table.key_span("id"), message, "give each its own `id`");
        }
        if !table.has("when") && layout.from.is_none() && layout.until.is_none() {
            catch_all.get_or_insert(layout.id.clone());
        }
        layouts.push(layout);
    }
    layouts
}

fn layout(table: &Table<'_>, mistakes: &mut Mistakes) -> Layout {
    let known: Vec<&str> =
        ["id", "when", "from", "until"].into_iter().chain(FieldName::ALL.map(FieldName::as_str)).collect();
    table.only(&known, ELSEWHERE, mistakes);
    let mut layout = Layout::default();
    match table.text("id", mistakes) {
        Some(id) if id.value.trim().is_empty() => mistakes.add(id.span, "`id` is empty", ""),
        Some(id) => layout.id = id.value.trim().to_owned(),
        None if table.has("id") => {}
        None => mistakes.add(table.span.clone(), "this layout has no `id`", "name it: `id = \"2026\"`"),
    }
    layout.when = table.text("when", mistakes).and_then(|text| compile::selector(&text, mistakes));
    let (from, until) = (table.date("from", mistakes), table.date("until", mistakes));
    if let (Some(from), Some(until)) = (&from, &until)
        && from.value > until.value
    {
        mistakes.add(until.span.clone(), "`until` is before `from`", "swap them");
    }
    layout.from = from.map(|date| date.value);
    layout.until = until.map(|date| date.value);
    for name in FieldName::ALL {
        *layout.field_mut(name) =
            table.table(name.as_str(), mistakes).map(|table| field(name, &table, mistakes));
    }
    if FieldName::ALL.iter().all(|name| layout.field(*name).is_none()) {
        let help = "add at least [layout.title] and [layout.body]";
        mistakes.add(table.span.clone(), "this layout reads nothing", help);
    }
    layout
}

fn field(name: FieldName, table: &Table<'_>, mistakes: &mut Mistakes) -> FieldRule {
    let is_date = matches!(name, FieldName::Published | FieldName::Modified);
    let is_element = matches!(name, FieldName::Body | FieldName::CommentForm);
    let mut known = vec!["select", "required", "pattern", "min_chars"];
    if is_date {
        known.push("formats");
    }
    if name == FieldName::CommentForm {
        known.push("text");
    }
    table.only(&known, ELSEWHERE, mistakes);
    let mut rule =
        FieldRule { required: table.flag("required", mistakes).unwrap_or(false), ..FieldRule::default() };
    let sources = table.list("select", "sources", mistakes);
    for value in sources.iter().flatten() {
        let Some(source) = compile::source(value, mistakes) else { continue };
        if is_element && !names_element(&source, name) {
            let help = "name the element itself, e.g. \"div.entry-content\"";
            mistakes.add(value.span(), format!("`{name}` wants an element, not the value of one"), help);
        }
        rule.select.push(source);
    }
    if sources.as_ref().is_some_and(Vec::is_empty) || !table.has("select") {
        let place = table.key_span("select");
        mistakes.add(
            place,
            format!("[{}] has no source", table.name),
            "add `select = [\"…\"]` with a CSS selector",
        );
    }
    if is_date {
        let formats = table.texts("formats", mistakes).unwrap_or_default();
        rule.formats = formats.into_iter().filter_map(|text| format(text, mistakes)).collect();
    }
    rule.pattern = table.text("pattern", mistakes).and_then(|text| compile::regex(&text, mistakes));
    rule.min_chars = table.count("min_chars", mistakes).map(|count| count.value);
    if name == FieldName::CommentForm {
        let texts = table.texts("text", mistakes).unwrap_or_default();
        rule.text = texts.into_iter().map(|text| text.value).collect();
    }
    rule
}

/// A text may be carried by data, too.
fn names_element(source: &Source, name: FieldName) -> bool {
    match source {
        Source::Css(query) => query.take == Take::Text,
        Source::Script(_) | Source::JsonLd(_) => name == FieldName::Body,
        _ => false,
    }
}

/// A date format by strptime's directives.
fn format(text: Spanned<String>, mistakes: &mut Mistakes) -> Option<String> {
    let sample = jiff::civil::date(2024, 6, 20).at(9, 15, 0, 0).in_tz("UTC").ok()?;
    let written = strtime::format(&text.value, &sample).and_then(|day| strtime::parse(&text.value, day));
    let wrong = match written {
        Err(error) => Some(format!("this date format is not understood: {error}")),
        Ok(_) if !text.value.contains('%') => Some("a date format needs directives such as `%d`".to_owned()),
        Ok(_) => None,
    };
    let Some(message) = wrong else { return Some(text.value) };
    let help = "for `20 Juni 2024, 09:15` write \"%d %B %Y, %H:%M\"";
    mistakes.add(text.span, message, help);
    None
}

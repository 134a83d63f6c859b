//! Texts of a site file → selectors, queries, patterns; mistakes where they stand.

use super::Source;
use super::list::{List, REST};
use super::pattern::Pattern;
use crate::config::suggest;
use crate::config::toml_file::{Mistakes, Place, Spanned, Table, Value};
use crate::dom::{Query, Selector, SelectorError};

/// A CSS selector.
pub(super) fn selector(text: &Spanned<String>, mistakes: &mut Mistakes) -> Option<Selector> {
    Selector::parse(&text.value).map_err(|error| explain(text, error, mistakes)).ok()
}

fn explain(text: &Spanned<String>, error: SelectorError, mistakes: &mut Mistakes) {
    let place = mistakes.within(&text.span, &text.value, &error.span);
    mistakes.add(place, error.message, error.help.unwrap_or_default());
}

/// Makes a source of its text.
type Kind = fn(String) -> Source;

/// The kinds of sources that are written as a table, by their key.
const KINDS: [(&str, Kind); 4] = [
    ("meta", Source::Meta),
    ("jsonld", Source::JsonLd),
    ("script", Source::Script),
    ("value", Source::Value),
];

/// One member of a `select` list: a text is CSS, a table another kind of source.
pub(super) fn source(value: &Value<'_>, mistakes: &mut Mistakes) -> Option<Source> {
    if let Some(text) = value.get_ref().as_str() {
        let text = Spanned { value: text.to_owned(), span: value.span() };
        if let Some(help) = other_kind(&text.value) {
            mistakes.add(text.span, "this is not a CSS selector", help);
            return None;
        }
        let query = Query::parse(&text.value).map_err(|error| explain(&text, error, mistakes)).ok()?;
        return Some(Source::Css(query));
    }
    let Some(table) = Table::of(value, "a source") else {
        let help =
            "for example `select = [\"h1.title\", { meta = \"og:title\" }, { jsonld = \"headline\" }]`";
        mistakes.add(
            value.span(),
            "a source is a CSS selector or a table with `meta`, `jsonld`, `script` or `value`",
            help,
        );
        return None;
    };
    table.only(
        &KINDS.map(|(key, _)| key),
        &[("css", "no key: write the selector alone, as a text")],
        mistakes,
    );
    let mut given = KINDS
        .into_iter()
        .filter_map(|(key, kind)| Some((table.text(key, mistakes)?, kind)))
        .collect::<Vec<_>>()
        .into_iter();
    let Some((text, kind)) = given.next() else {
        if table.keys().is_empty() {
            let help = "write `{ meta = \"og:title\" }` or `{ jsonld = \"headline\" }`";
            mistakes.add(table.span, "this source is empty", help);
        }
        return None;
    };
    if given.next().is_some() {
        mistakes.add(
            text.span,
            "a source is of one kind: `meta`, `jsonld`, `script` or `value`",
            "write two sources",
        );
        return None;
    }
    not_empty(text, mistakes).map(kind)
}

/// Names of metadata written as if they were CSS.
fn other_kind(text: &str) -> Option<String> {
    let text = text.trim();
    for (word, key) in [("meta ", "meta"), ("jsonld ", "jsonld"), ("json-ld ", "jsonld")] {
        if let Some(rest) = text.strip_prefix(word).filter(|rest| !rest.contains(['[', '>', '.', '#'])) {
            return Some(format!(
                "write `{{ {key} = \"{}\" }}`, without quotation marks around it",
                rest.trim()
            ));
        }
    }
    let property = ["og:", "article:", "twitter:", "dc:", "dc."].iter().any(|start| text.starts_with(start));
    property.then(|| format!("for metadata write `{{ meta = \"{text}\" }}`"))
}

fn not_empty(text: Spanned<String>, mistakes: &mut Mistakes) -> Option<String> {
    if text.value.trim().is_empty() {
        mistakes.add(text.span, "the name is empty", "");
        return None;
    }
    Some(text.value.trim().to_owned())
}

/// A regular expression.
pub(super) fn regex(text: &Spanned<String>, mistakes: &mut Mistakes) -> Option<Pattern> {
    if text.value.is_empty() {
        mistakes.add(text.span.clone(), "an empty pattern matches everything", "take it out");
        return None;
    }
    Pattern::parse(&text.value)
        .map_err(|error| {
            let (message, part) = regex_error(&error.to_string(), &text.value);
            let help = if message.contains("look-around") {
                "match what comes before and after as well, or use two patterns"
            } else if message.contains("backreferences") {
                "a pattern cannot refer back to a group; write the text out"
            } else if message.contains("unrecognized escape") {
                "a backslash stands before a letter with a meaning (\\d, \\s, \\w, \\b) or before a mark (\\., \\()"
            } else if message.contains("unclosed group") || message.contains("unopened group") {
                "every `(` needs its `)`; for the mark itself write `\\(` or `\\)`"
            } else if message.contains("character class") {
                "a `[` needs its `]`, with letters in order, e.g. `[a-z]`; for the mark itself write `\\[`"
            } else if message.contains("repetition operator missing") {
                "`*`, `+` and `?` repeat what stands before them; for the mark itself write `\\*`"
            } else {
                ""
            };
            let place = mistakes.within(&text.span, &text.value, &part);
            mistakes.add(place, format!("this pattern is not a regular expression: {message}"), help);
        })
        .ok()
}

/// The last line of the compiler's message, and the place that its carets point at.
fn regex_error(message: &str, pattern: &str) -> (String, Place) {
    let text = message.lines().rev().find_map(|line| line.strip_prefix("error: ")).unwrap_or(message);
    let caret = message.lines().find(|line| line.contains('^') && line.trim().chars().all(|c| c == '^'));
    let place = caret.filter(|_| !pattern.contains('\n')).and_then(|line| {
        // The pattern is shown four columns in.
        let start = line.find('^')?.checked_sub(4)?;
        let mut chars = pattern.char_indices().skip(start).map(|(at, _)| at);
        let from = chars.next().unwrap_or(pattern.len());
        let to = chars.nth(line.trim().len() - 1).unwrap_or(pattern.len());
        Some(from..to)
    });
    (text.to_owned(), place.unwrap_or(0..pattern.len()))
}

/// A list of compiled things, in which `"..."` stands for the preset's.
pub(super) fn list<T>(
    table: &Table<'_>,
    key: &str,
    has_preset: bool,
    mistakes: &mut Mistakes,
    compile: impl Fn(&Spanned<String>, &mut Mistakes) -> Option<T>,
) -> List<T> {
    if !table.has(key) {
        return List::Unset;
    }
    let mut items = Vec::new();
    for text in table.texts(key, mistakes).unwrap_or_default() {
        if text.value != REST {
            items.extend(compile(&text, mistakes).map(Some));
        } else if has_preset {
            items.push(None);
        } else {
            let message = "`...` stands for the list of a preset, and this file extends none";
            mistakes.add(text.span, message, "take it out, or add `extends = \"wordpress\"` at the top");
        }
    }
    List::Set(items)
}

/// An unknown name among known ones, with what was probably meant.
pub(super) fn did_you_mean<'n>(word: &str, known: impl IntoIterator<Item = &'n str> + Clone) -> String {
    match suggest::nearest(word, known.clone()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known are: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
    }
}

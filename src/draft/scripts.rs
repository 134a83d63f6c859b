//! Data that a page's scripts carry, as far as reading went by them.

use serde_json::{Map, Value, json};

use super::known::{Voice, is_date};
use super::text::clip;
use super::wants::Wants;
use super::{address, json_ld};
use crate::dom::Document;
use crate::model::{Article, FieldName};

/// Values of one path that stay.
const MOST: usize = 4;

/// A script's text with the values that rules take from scripts; none when they take none.
pub(super) fn write(doc: &Document, wants: &Wants, voice: &Voice<'_>, article: &Article) -> Option<String> {
    let mut found: Vec<Value> = Vec::new();
    for path in wants.scripts.iter().flat_map(|paths| paths.split(',')) {
        let values: Vec<Value> = doc
            .script_data(path)
            .into_iter()
            .take(MOST)
            .map(|text| Value::String(own(&text, voice)))
            .collect();
        if !values.is_empty() {
            found.push(at_path(path, values));
        }
    }
    // A story that no element shows.
    let body = article.reading.fields.get(&FieldName::Body);
    let by_rule = |key: &&str| !wants.scripts.iter().any(|paths| paths == key);
    if let Some(key) = body.and_then(|source| source.strip_prefix("script ")).filter(by_rule) {
        let lines = article.body.iter().map(|block| format!("<p>{}</p>", voice.line(&block.text)));
        let mut map = Map::new();
        map.insert(key.to_owned(), Value::String(json_ld::some_of(lines.collect()).concat()));
        found.push(Value::Object(map));
    }
    let value = match found.as_slice() {
        [] => return None,
        [one] => one.clone(),
        _ => Value::Array(found),
    };
    serde_json::to_string_pretty(&value).ok().map(|text| format!("\n{}\n", text.replace("</", "<\\/")))
}

fn own(text: &str, voice: &Voice<'_>) -> String {
    if text.contains("</") || text.contains("<br") {
        markup(text, voice)
    } else if is_date(text) || !text.contains(char::is_alphabetic) {
        text.to_owned()
    } else if address::is_address(text) {
        address::short(text, &voice.place)
    } else {
        clip(&[&voice.line(text)], 60, 0).concat()
    }
}

/// A text with tags: its paragraphs, or its lines.
fn markup(text: &str, voice: &Voice<'_>) -> String {
    let doc = Document::parse(text);
    let tags = ["p", "h2", "h3", "h4", "li", "blockquote"];
    let texts = doc.root().elements().filter(|node| tags.contains(&node.name()));
    let lines: Vec<String> =
        texts.map(|node| format!("<{0}>{1}</{0}>", node.name(), voice.line(&node.text()))).collect();
    if lines.is_empty() {
        return doc.root().text().lines().map(|line| voice.line(line)).collect::<Vec<_>>().join("<br>");
    }
    json_ld::some_of(lines).concat()
}

/// `detail.by.name` with two values is `{"detail": {"by": [{"name": …}, {"name": …}]}}`.
fn at_path(path: &str, mut values: Vec<Value>) -> Value {
    let mut keys = path.trim().split('.').map(str::trim).rev();
    let last = keys.next().unwrap_or_default();
    let objects: Vec<Value> = values.drain(..).map(|value| json!({ last: value })).collect();
    let inner = if let [one] = objects.as_slice() { one.clone() } else { Value::Array(objects) };
    keys.fold(inner, |inner, key| json!({ key: inner }))
}

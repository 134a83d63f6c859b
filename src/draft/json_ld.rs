//! JSON-LD with the items and keys that say something of an article.

use serde_json::{Map, Value};

use super::address;
use super::known::{Voice, is_date};
use super::text::clip;
use super::wants::Wants;
use crate::dom::{Document, unescape};

/// Items of these types stay beside articles and pages.
const TYPES: [&str; 6] =
    ["WebSite", "BreadcrumbList", "Person", "Organization", "NewsMediaOrganization", "LiveBlogPosting"];
/// Deeper values say nothing that is read.
const DEEPEST: usize = 5;
/// Members of a list that stay.
const MEMBERS: usize = 6;
/// Words of a description.
pub(super) const DESCRIPTION: usize = 22;

/// The script's text; none when nothing stays.
pub(super) fn write(doc: &Document, wants: &Wants, voice: &Voice<'_>) -> Option<String> {
    let writer = Writer { wants, voice };
    let items: Vec<Value> = doc
        .json_ld()
        .items()
        .iter()
        .filter(|item| matters(item))
        .map(|item| Value::Object(writer.object(item, 0)))
        .filter(|item| item.as_object().is_some_and(|map| map.len() > 1))
        .take(8)
        .collect();
    let value = match items.as_slice() {
        [] => return None,
        [one] => one.clone(),
        _ => Value::Array(items),
    };
    // `</script>` in a text would end the script.
    serde_json::to_string_pretty(&value).ok().map(|text| format!("\n{}\n", text.replace("</", "<\\/")))
}

/// Whether an item is of a type that reading goes by, or of none.
fn matters(item: &Map<String, Value>) -> bool {
    let text = item.get("@type").map(ToString::to_string).unwrap_or_default();
    let types: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    types.is_empty()
        || types.iter().any(|kind| {
            ["Article", "Posting", "Page", "Report", "Review"].iter().any(|end| kind.ends_with(end))
                || TYPES.contains(kind)
        })
}

/// The first and last of the paragraphs of a story, shortened.
pub(super) fn some_of(lines: Vec<String>) -> Vec<String> {
    let count = lines.len();
    let limit = if count > 3 { 30 } else { 120 };
    let near_edge = |i: &usize| *i < 5 || *i + 2 >= count;
    let kept = lines.into_iter().enumerate().filter(|(i, _)| near_edge(i));
    kept.map(|(_, line)| clip(&[&line], limit, 3).concat()).collect()
}

struct Writer<'a> {
    wants: &'a Wants,
    voice: &'a Voice<'a>,
}

impl Writer<'_> {
    fn object(&self, map: &Map<String, Value>, depth: usize) -> Map<String, Value> {
        let mut out = Map::new();
        for (key, value) in map {
            // The logo of a publisher, the address of a person: deep inside only names count.
            let kept = self.wants.keys.contains(key.as_str()) && (depth < 2 || key != "description");
            if let Some(value) = kept.then(|| self.value(key, value, depth + 1)).flatten() {
                out.insert(key.clone(), value);
            }
        }
        out
    }

    fn value(&self, key: &str, value: &Value, depth: usize) -> Option<Value> {
        match value {
            _ if depth > DEEPEST => None,
            Value::Array(list) => {
                let list = list.iter().take(MEMBERS).filter_map(|value| self.value(key, value, depth));
                Some(Value::Array(list.collect()))
            }
            Value::Object(map) => {
                let map = self.object(map, depth);
                (!map.is_empty()).then_some(Value::Object(map))
            }
            Value::String(text) => Some(Value::String(self.text(key, text))),
            other => Some(other.clone()),
        }
    }

    fn text(&self, key: &str, text: &str) -> String {
        if matches!(key, "@type" | "@context" | "inLanguage") || is_date(text) {
            return text.to_owned();
        }
        if address::is_address(text) || key == "@id" {
            return address::short(text, &self.voice.place);
        }
        if key == "articleBody" {
            let text = unescape(text);
            let lines = text.lines().filter(|line| !line.trim().is_empty()).map(|line| self.voice.line(line));
            return some_of(lines.collect()).join("\n");
        }
        let limit = if matches!(key, "description" | "text") { DESCRIPTION } else { 60 };
        clip(&[&self.voice.line(&unescape(text))], limit, 0).concat()
    }
}

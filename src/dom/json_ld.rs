//! JSON-LD: the page's own metadata in the words of schema.org.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{loose_json, tokenizer};

/// How many references (`{"@id": …}`) are followed for one value.
const MAX_HOPS: usize = 8;
/// How many values one look-up gives at most.
const MAX_VALUES: usize = 256;

/// What the JSON-LD scripts of a page say, `@graph` and arrays flattened, in document order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JsonLd {
    items: Vec<Map<String, Value>>,
    by_id: HashMap<String, usize>,
}

impl JsonLd {
    /// Reads the contents of the scripts; broken ones as far as they make sense.
    pub(super) fn read(scripts: &[String]) -> Self {
        let mut graph = Self::default();
        for script in scripts {
            for document in loose_json::read(script) {
                graph.add(document);
            }
        }
        for (index, item) in graph.items.iter().enumerate() {
            // A reference alone names an item; it does not describe it.
            if let Some(id) = item.get("@id").and_then(Value::as_str).filter(|_| item.len() > 1) {
                graph.by_id.entry(id.to_owned()).or_insert(index);
            }
        }
        graph
    }

    fn add(&mut self, value: Value) {
        match value {
            Value::Array(values) => values.into_iter().for_each(|value| self.add(value)),
            Value::Object(mut map) => {
                let graph = map.remove("@graph");
                // Page-like items carry the article inside.
                let inner: Vec<Value> = ["mainEntity", "mainEntityOfPage"]
                    .iter()
                    .filter_map(|key| map.get(*key))
                    .filter(|value| value.as_object().is_some_and(is_article))
                    .cloned()
                    .collect();
                if map.keys().any(|key| key != "@context") {
                    self.items.push(map);
                }
                self.items.extend(inner.into_iter().filter_map(|value| match value {
                    Value::Object(map) => Some(map),
                    _ => None,
                }));
                graph.into_iter().for_each(|value| self.add(value));
            }
            _ => {}
        }
    }

    /// All items as they stand in the page, `@graph` and arrays flattened.
    #[must_use]
    pub fn items(&self) -> &[Map<String, Value>] {
        &self.items
    }

    /// The types of an item without their namespace, e.g. `NewsArticle`.
    fn types(item: &Map<String, Value>) -> impl Iterator<Item = &str> {
        let types = item.get("@type").map_or(&[][..], |value| match value {
            Value::Array(values) => values,
            one => std::slice::from_ref(one),
        });
        types.iter().filter_map(Value::as_str).map(bare_type)
    }

    /// The texts at a path of keys, e.g. `headline`, `author.name`; references are followed.
    ///
    /// Articles are asked first, then pages (`WebPage`) and items without a type; other items only
    /// when the path starts with their type: `WebSite.name`. An object at the end of a path gives
    /// its `name`, `@value`, `url` or `contentUrl`; a text where the path wants a `name` gives
    /// itself, so that `author.name` finds `"author": "Sari"`, too.
    #[must_use]
    pub fn get(&self, path: &str) -> Vec<String> {
        let mut keys: Vec<&str> = path.split('.').map(str::trim).collect();
        if keys.first().is_some_and(|key| key.starts_with(|c: char| c.is_ascii_uppercase())) {
            let wanted = keys.remove(0);
            return self.first_with(&keys, |item| Self::types(item).any(|kind| kind == wanted));
        }
        let found = self.first_with(&keys, is_article);
        if found.is_empty() { self.first_with(&keys, is_page) } else { found }
    }

    fn first_with(&self, keys: &[&str], wanted: impl Fn(&Map<String, Value>) -> bool) -> Vec<String> {
        let items = self.items.iter().filter(|item| wanted(item));
        items.map(|item| self.values(item, keys)).find(|values| !values.is_empty()).unwrap_or_default()
    }

    /// The texts at a path of keys within one item.
    fn values(&self, item: &Map<String, Value>, path: &[&str]) -> Vec<String> {
        let mut out = Vec::new();
        match path.split_first() {
            Some((key, rest)) => {
                if let Some(value) = item.get(*key) {
                    self.collect(value, rest, MAX_HOPS, &mut out);
                }
            }
            None => self.object(item, &[], MAX_HOPS, &mut out),
        }
        out
    }

    fn collect(&self, value: &Value, path: &[&str], hops: usize, out: &mut Vec<String>) {
        if hops == 0 || out.len() >= MAX_VALUES {
            return;
        }
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.collect(value, path, hops - 1, out)),
            Value::Object(map) => self.object(map, path, hops, out),
            Value::String(text) if path.is_empty() || path == ["name"] => push(out, text),
            Value::Number(number) if path.is_empty() => out.push(number.to_string()),
            Value::Bool(bool) if path.is_empty() => out.push(bool.to_string()),
            _ => {}
        }
    }

    fn object(&self, map: &Map<String, Value>, path: &[&str], hops: usize, out: &mut Vec<String>) {
        let before = out.len();
        match path.split_first() {
            Some((key, rest)) => {
                if let Some(value) = map.get(*key) {
                    self.collect(value, rest, hops - 1, out);
                }
            }
            None => {
                let text = ["@value", "name", "url", "contentUrl"].iter().find_map(|key| map.get(*key));
                if let Some(value) = text {
                    self.collect(value, &[], hops - 1, out);
                }
            }
        }
        if out.len() == before
            && hops > 1
            && let Some(id) = map.get("@id").and_then(Value::as_str)
            && let Some(item) = self.by_id.get(id).and_then(|&index| self.items.get(index))
            && !std::ptr::eq(item, map)
        {
            self.object(item, path, hops - 1, out);
        }
    }
}

fn push(out: &mut Vec<String>, text: &str) {
    let text = unescape(text);
    let text = text.trim();
    if !text.is_empty() {
        out.push(text.to_owned());
    }
}

/// Content systems often put HTML's character references into JSON, where they mean nothing.
#[must_use]
pub fn unescape(text: &str) -> String {
    if !text.contains('&') || !text.contains(';') {
        return text.to_owned();
    }
    tokenizer::without_references(text)
}

fn bare_type(name: &str) -> &str {
    name.rsplit(['/', ':', '#']).next().unwrap_or(name)
}

fn is_article(item: &Map<String, Value>) -> bool {
    JsonLd::types(item).any(|kind| {
        kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Report" | "Review")
    })
}

fn is_page(item: &Map<String, Value>) -> bool {
    item.get("@type").is_none() || JsonLd::types(item).any(|kind| kind.ends_with("Page"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(json: &str) -> JsonLd {
        JsonLd::read(&[json.to_owned()])
    }

    #[test]
    fn authors_come_in_many_shapes() {
        for author in [
            r#""Sari""#,
            r#"["Sari"]"#,
            r#"{"@type":"Person","name":"Sari"}"#,
            r#"[{"@type":"Person","name":" Sari "}]"#,
            r#"{"name":["Sari"]}"#,
            r##"{"@id":"#sari"}"##,
            r##"[{"@id":"#sari","@type":"Person"}]"##,
        ] {
            let json = format!(
                r##"{{"@context":"x","@graph":[{{"@type":"NewsArticle","author":{author}}},{{"@id":"#sari","name":"Sari"}}]}}"##
            );
            assert_eq!(graph(&json).get("author.name"), ["Sari"], "{author}");
            assert_eq!(graph(&json).get("author"), ["Sari"], "{author}");
        }
        let two = r#"{"@type":"Article","author":["Sari",{"name":"Budi &amp; Co"}]}"#;
        assert_eq!(graph(two).get("author.name"), ["Sari", "Budi & Co"]);
    }

    #[test]
    fn the_article_speaks_first_and_then_the_page() {
        let json = graph(
            r#"[{"@type":"WebPage","headline":"Halaman","inLanguage":"id"},
                {"@type":["Thing","schema:ReportageNewsArticle"],"headline":"Judul"},
                {"@type":"WebSite","name":"Kabar","inLanguage":"en"},
                {"@type":"VideoObject","uploadDate":"2024"}]"#,
        );
        for (path, values) in [
            ("headline", vec!["Judul"]),
            ("inLanguage", vec!["id"]),
            ("WebSite.name", vec!["Kabar"]),
            ("uploadDate", vec![]),
            ("VideoObject.uploadDate", vec!["2024"]),
            ("", vec![]),
            (".", vec![]),
        ] {
            assert_eq!(json.get(path), values, "{path}");
        }
    }

    #[test]
    fn an_article_inside_a_page_is_found() {
        let json = graph(r#"{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"A < B"}}"#);
        assert_eq!(json.get("headline"), ["A < B"]);
    }

    #[test]
    fn references_in_a_circle_end() {
        let json = r#"[{"@type":"Article","@id":"a","author":{"@id":"b"}},{"@id":"b","x":{"@id":"a"},"name":{"@id":"b"}}]"#;
        assert_eq!(graph(json).get("author.name"), Vec::<String>::new());
        assert_eq!(graph(json).get("author.x.author.name"), Vec::<String>::new());
    }

    #[test]
    fn objects_give_their_telling_part() {
        let json = graph(
            r#"{"@type":"Article","image":[{"url":"/a.jpg"},"/b.jpg"],"headline":{"@value":"J"},"wordCount":12,"isAccessibleForFree":true}"#,
        );
        assert_eq!(json.get("image"), ["/a.jpg", "/b.jpg"]);
        assert_eq!(json.get("image.url"), ["/a.jpg"]);
        assert_eq!(json.get("headline"), ["J"]);
        assert_eq!(
            (json.get("wordCount"), json.get("isAccessibleForFree")),
            (vec!["12".into()], vec!["true".into()])
        );
    }
}

//! Data that a page's scripts carry: JSON in `<script type=application/json>`, and the JSON that
//! JavaScript assigns to a name or hands to a function.

use serde_json::{Deserializer, Value};

use super::Node;

/// Longer scripts are programs (bytes).
const LONGEST: usize = 4_000_000;
/// Places in one script where JSON may start that are tried.
const MOST_STARTS: usize = 200;
/// How many values one look-up gives at most.
const MAX_VALUES: usize = 64;

/// The texts at paths of keys, e.g. `detail.subtitle, detail.text`, one path after the other.
pub(super) fn get(root: Node<'_>, paths: &str) -> Vec<String> {
    let scripts: Vec<_> = root.named(&["script"]).collect();
    paths.split(',').flat_map(|path| one(&scripts, path)).collect()
}

/// The texts at one path, which may start at any depth: of the first script that has any, in document
/// order.
fn one(scripts: &[Node<'_>], path: &str) -> Vec<String> {
    let keys: Vec<&str> = path.split('.').map(str::trim).collect();
    let Some(last) = keys.last().filter(|key| !key.is_empty()) else { return Vec::new() };
    for script in scripts {
        let text = script.raw_text();
        // Most scripts are told by this alone.
        if text.len() > LONGEST || !text.contains(last) {
            continue;
        }
        let mut out = Vec::new();
        for document in documents(&text) {
            find(&document, &keys, &mut out);
        }
        if !out.is_empty() {
            return out;
        }
    }
    Vec::new()
}

/// The JSON objects and arrays in a script.
fn documents(text: &str) -> Vec<Value> {
    let (mut out, mut at) = (Vec::new(), 0);
    for _ in 0..MOST_STARTS {
        let Some(start) = start(text, at) else { break };
        let rest = &text[start..];
        if rest.starts_with('"') {
            // JSON.parse("{\"a\":1}")
            let mut strings = Deserializer::from_str(rest).into_iter::<String>();
            let packed = strings.next().and_then(Result::ok);
            at = start + strings.byte_offset().max(1);
            out.extend(packed.and_then(|inner| serde_json::from_str(&inner).ok()));
        } else {
            let mut values = Deserializer::from_str(rest).into_iter::<Value>();
            let value = values.next().and_then(Result::ok);
            // Where it is no JSON, something inside may be.
            at = if value.is_some() { start + values.byte_offset() } else { start + 1 };
            out.extend(value);
        }
    }
    out
}

/// The next place where JSON may start: a bracket at the start, behind `=`, `(` or `:`, or a text
/// behind `JSON.parse(`.
fn start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut before = text[..from].trim_end().as_bytes().last().copied();
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        let opens = matches!(byte, b'{' | b'[') && matches!(before, None | Some(b'=' | b'(' | b':' | b','));
        let packed = *byte == b'"' && before == Some(b'(') && text[..at].trim_end().ends_with("JSON.parse(");
        if opens || packed {
            return Some(at);
        }
        if !byte.is_ascii_whitespace() {
            before = Some(*byte);
        }
    }
    None
}

/// The texts at a path that starts at this value or inside it.
fn find(value: &Value, keys: &[&str], out: &mut Vec<String>) {
    if out.len() >= MAX_VALUES {
        return;
    }
    let before = out.len();
    at_path(value, keys, out);
    if out.len() > before {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| find(value, keys, out)),
        Value::Object(map) => map.values().for_each(|value| find(value, keys, out)),
        _ => {}
    }
}

fn at_path(value: &Value, keys: &[&str], out: &mut Vec<String>) {
    match (value, keys) {
        (Value::Array(values), _) => {
            let left = MAX_VALUES.saturating_sub(out.len());
            values.iter().take(left).for_each(|value| at_path(value, keys, out));
        }
        (Value::Object(map), [key, rest @ ..]) => {
            if let Some(value) = map.get(*key) {
                at_path(value, rest, out);
            }
        }
        (Value::String(text), []) if !text.trim().is_empty() => out.push(text.trim().to_owned()),
        (Value::Number(number), []) => out.push(number.to_string()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Document;

    #[test]
    fn data_is_found_however_a_script_carries_it() {
        let data =
            r#"{"queries":[{"state":{"detail":{"title":"Judul","by":[{"name":"A"},{"name":"B"}],"n":7}}}]}"#;
        let packed = serde_json::Value::from(data).to_string();
        for script in [
            format!("<script type=application/json id=data>{data}</script>"),
            format!("<script>window.a = {{}}; window['x'] = {data}; f({{ a: 1 }});</script>"),
            format!("<script>if (a) {{ b(); }} x.push({data})</script>"),
            format!("<script>x = JSON.parse({packed});</script>"),
        ] {
            let doc = Document::parse(&script);
            assert_eq!(get(doc.root(), "detail.title"), ["Judul"], "{script}");
            assert_eq!(get(doc.root(), "detail.by.name"), ["A", "B"], "{script}");
            assert_eq!(get(doc.root(), "n, detail.title"), ["7", "Judul"], "{script}");
            assert_eq!(get(doc.root(), "detail.none"), Vec::<String>::new(), "{script}");
            assert_eq!(get(doc.root(), ""), Vec::<String>::new(), "{script}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_script_is_read(script in "[\\[\\]{}\"\\\\:,=(a1 \\PC]{0,80}") {
            let doc = Document::parse(&format!("<script>{script}</script>"));
            let _ = get(doc.root(), "a");
        }
    }
}

//! Which attributes of an element stay, and with which values.

use super::address;
use super::known::{Voice, is_date};
use super::wants::Wants;

/// Attributes that say what an element is.
const KEPT: [&str; 40] = [
    "class",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "rel",
    "property",
    "name",
    "role",
    "datetime",
    "pubdate",
    "content",
    "href",
    "src",
    "type",
    "lang",
    "xml:lang",
    "dir",
    "hidden",
    "aria-hidden",
    "style",
    "http-equiv",
    "charset",
    "media",
    "action",
    "method",
    "for",
    "hreflang",
    "data-testid",
    "data-test-id",
    "data-test",
    "data-qa",
    "data-component",
    "data-component-name",
    "data-module",
    "data-type",
    "data-name",
    "data-role",
    "data-element",
    "colspan",
];
/// So many words in an identifier are a headline.
const SLUG: usize = 5;
/// Classes that stay on an element beside those that rules ask for.
const CLASSES: usize = 6;

/// The attributes that stay.
pub(super) fn kept(
    element: &str,
    attrs: &[(String, String)],
    wants: &Wants,
    voice: &Voice<'_>,
) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for (name, value) in attrs {
        let asked = wants.attributes.contains(name.as_str());
        if !(asked || KEPT.contains(&name.as_str())) || out.iter().any(|(known, _)| known == name) {
            continue;
        }
        let value = match name.as_str() {
            "class" => Some(classes(value, wants)),
            "id" => Some(value.clone()).filter(|id| keeps_id(element, id, wants)),
            "style" => hiding(value),
            "href" | "src" | "action" => Some(address::short(value, &voice.place)),
            "charset" => Some(value.clone()),
            "content" if is_fact(attrs) => Some(value.trim().to_owned()),
            "content" | "datetime" | "itemtype" => Some(content(value, voice)),
            // On `<html>` and its like the value is a fact, elsewhere it may be a text.
            _ if value.chars().count() <= 40 && !value.trim().contains(' ') => Some(value.trim().to_owned()),
            _ if name == "rel" || name == "itemprop" || name == "media" => Some(value.trim().to_owned()),
            _ if wants.wants_value(value) => Some(content(value, voice)),
            _ if asked => Some(clipped(&content(value, voice))),
            _ => None,
        };
        out.extend(
            value.filter(|value| !(value.is_empty() && name == "class")).map(|value| (name.clone(), value)),
        );
    }
    out
}

/// A value that may be a date, an address or words.
fn content(value: &str, voice: &Voice<'_>) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if address::is_address(&value) {
        return address::short(&value, &voice.place);
    }
    if is_date(&value) || !value.contains(char::is_alphabetic) {
        return value;
    }
    voice.line(&value)
}

/// Metadata whose values are facts.
fn is_fact(attrs: &[(String, String)]) -> bool {
    const FACTS: [&str; 8] = [
        "og:type",
        "og:locale",
        "generator",
        "language",
        "content-language",
        "twitter:card",
        "viewport",
        "dc.language",
    ];
    let named = |(key, value): &(String, String)| {
        matches!(key.as_str(), "name" | "property" | "http-equiv")
            && FACTS.contains(&value.to_ascii_lowercase().as_str())
    };
    attrs.iter().any(named)
}

fn clipped(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Classes: those that rules ask for and the first others; none that names this page's topics.
fn classes(value: &str, wants: &Wants) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for class in value.split_ascii_whitespace() {
        let asked = wants.names.contains(class) || wants.wants_value(class);
        let others = shown.len();
        let topic = ["tag-", "category-", "author-", "post_tag-", "topic-", "postid-", "keyword-"]
            .iter()
            .any(|start| class.starts_with(start) && class.matches('-').count() + 1 >= 3);
        let names = others < CLASSES && !topic && !is_hashed(class) && class.len() <= 60;
        if !shown.contains(&class) && (asked || names) {
            shown.push(class);
        }
    }
    shown.join(" ")
}

/// Whether a class was made by a machine: `iUEiRd`, `css-1x2y3z`.
pub(super) fn is_hashed(class: &str) -> bool {
    let upper = class.chars().skip(1).filter(char::is_ascii_uppercase).count();
    let mixed = (5..=7).contains(&class.len())
        && class.starts_with(|c: char| c.is_ascii_lowercase())
        && class.chars().all(|c| c.is_ascii_alphanumeric());
    // `navBar` is a name, too; two capitals in so short a word are not.
    let behind = class.split_once('-').map(|(start, rest)| (start.len() <= 3, rest));
    let numbered = behind.is_some_and(|(short, rest)| {
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        short && rest.len() >= 5 && digits >= 2 && rest.chars().all(|c| c.is_ascii_alphanumeric())
    });
    (mixed && upper >= 2) || numbered
}

/// Identifiers of headings and of links are often made of their words.
fn keeps_id(element: &str, id: &str, wants: &Wants) -> bool {
    let asked = wants.names.contains(id) || wants.wants_value(id);
    let worded = matches!(element, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "a" | "p" | "figure");
    // A headline as a slug: `harga-cabai-naik-jelang-panen`.
    let slug = id.split(['-', '_']).filter(|word| word.len() > 1).count() >= SLUG;
    asked || (!worded && !slug && id.len() <= 40 && !id.contains(' ') && !id.trim().is_empty())
}

/// What hides an element.
fn hiding(style: &str) -> Option<String> {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    ["display:none", "visibility:hidden"].into_iter().find(|hides| style.contains(hides)).map(str::to_owned)
}

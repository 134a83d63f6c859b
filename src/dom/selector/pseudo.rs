//! Pseudo-classes and pseudo-elements that are not CSS, or not here.

use super::SelectorError;
use super::explain::inside_brackets;

/// jQuery's and Scrapy's additions to CSS, and what CSS has instead.
const FOREIGN: &[(&str, &str)] = &[
    (
        "contains",
        "CSS cannot look at words: name a class or an attribute, or drop a paragraph by its words with `drop_paragraph` under [clean]",
    ),
    ("icontains", "CSS cannot look at words: name a class or an attribute instead"),
    ("has-text", "CSS cannot look at words: name a class or an attribute instead"),
    ("matches", "CSS knows `:is(…)` for alternatives, but no regular expressions"),
    ("first", "write `:first-child` or `:first-of-type`; a field takes the first match anyway"),
    ("last", "write `:last-child` or `:last-of-type`"),
    ("eq", "write `:nth-of-type(n)`, which counts from 1"),
    ("lt", "write `:nth-of-type(-n+3)` for the first three"),
    ("gt", "write `:nth-of-type(n+4)` for all but the first three"),
    ("even", "write `:nth-child(even)`"),
    ("odd", "write `:nth-child(odd)`"),
    ("parent", "write `:not(:empty)`"),
    ("header", "write `:is(h1, h2, h3, h4, h5, h6)`"),
    ("input", "write `:is(input, textarea, select, button)`"),
    ("visible", "a page that is not drawn has nothing visible or hidden: name a class or an attribute"),
    ("hidden", "a page that is not drawn has nothing visible or hidden: write `[hidden]` or name a class"),
    ("text", "write `::text`, with two colons, at the end of a source"),
    ("attr", "write `::attr(name)`, with two colons, at the end of a source"),
];

/// Pseudo-classes of CSS that need a browser, a mouse or a visitor.
const OF_BROWSERS: &[&str] = &[
    "hover",
    "active",
    "focus",
    "focus-within",
    "focus-visible",
    "visited",
    "link",
    "any-link",
    "target",
    "checked",
    "disabled",
    "enabled",
    "required",
    "optional",
    "valid",
    "invalid",
    "lang",
    "dir",
    "defined",
    "modal",
    "playing",
];

/// A pseudo-class or pseudo-element that is not there.
pub(super) fn explain(css: &str) -> Option<SelectorError> {
    let mut from = 0;
    while let Some(found) = css[from..].find(':') {
        let start = from + found;
        let colons = css[start..].bytes().take_while(|&b| b == b':').count();
        let name: &str = {
            let rest = &css[start + colons..];
            let end =
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
            &rest[..end]
        };
        let end = start + colons + name.len();
        from = end.max(start + 1);
        if inside_brackets(&css[..start]) {
            continue;
        }
        let shown = &css[start..end];
        let error = |message: String| Some(SelectorError::new(css, start..end, message));
        if name.is_empty() {
            return error(format!("a name must follow `{shown}`"));
        }
        let lower = name.to_ascii_lowercase();
        if colons >= 2 {
            return if matches!(lower.as_str(), "text" | "attr") {
                error(format!("`{shown}` may stand only at the end of a source, and not in a list"))
                    .map(|error| error.help("write one source for each: `[\"h1::text\", \"h2::text\"]`"))
            } else {
                error(format!("`{shown}` is not known; a source may end in `::text` or `::attr(name)`"))
            };
        }
        if let Some((_, help)) = FOREIGN.iter().find(|(foreign, _)| *foreign == lower) {
            return error(format!("`{shown}` is not CSS")).map(|error| error.help(*help));
        }
        if OF_BROWSERS.contains(&lower.as_str()) {
            return error(format!("`{shown}` needs a browser and never matches in a stored page"))
                .map(|error| error.help("name a class or an attribute instead"));
        }
        if !KNOWN.contains(&lower.as_str()) {
            return error(format!("the pseudo-class `{shown}` is not known"))
                .map(|error| error.help("known are :first-child, :last-child, :nth-child(n), :first-of-type, :nth-of-type(n), :not(…), :has(…), :is(…), :empty"));
        }
    }
    None
}

/// What the compiler understands.
const KNOWN: &[&str] = &[
    "first-child",
    "last-child",
    "only-child",
    "first-of-type",
    "last-of-type",
    "only-of-type",
    "nth-child",
    "nth-last-child",
    "nth-of-type",
    "nth-last-of-type",
    "not",
    "has",
    "is",
    "where",
    "empty",
    "root",
    "scope",
];

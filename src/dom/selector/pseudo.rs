//! Pseudo-classes and pseudo-elements that are not CSS, or not here.

use super::SelectorError;

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
        let rest = &css[start + colons..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let end = start + colons + rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        from = end.max(start + 1);
        if !inside_brackets(&css[..start])
            && let Some((message, help)) = unknown(&css[start..end], &css[start + colons..end])
        {
            let error = SelectorError::new(css, start..end, message);
            return Some(if help.is_empty() { error } else { error.help(help) });
        }
    }
    None
}

/// What is wrong with a pseudo-class or pseudo-element, and what to write instead.
fn unknown(shown: &str, name: &str) -> Option<(String, &'static str)> {
    let lower = name.to_ascii_lowercase();
    let foreign = || FOREIGN.iter().find(|(foreign, _)| *foreign == lower);
    if name.is_empty() {
        Some((format!("a name must follow `{shown}`"), ""))
    } else if shown.starts_with("::") {
        Some(if matches!(lower.as_str(), "text" | "attr") {
            let message = format!("`{shown}` may stand only at the end of a source, and not in a list");
            (message, "write one source for each: `[\"h1::text\", \"h2::text\"]`")
        } else {
            (format!("`{shown}` is not known; a source may end in `::text` or `::attr(name)`"), "")
        })
    } else if let Some((_, help)) = foreign() {
        Some((format!("`{shown}` is not CSS"), help))
    } else if OF_BROWSERS.contains(&lower.as_str()) {
        let message = format!("`{shown}` needs a browser and never matches in a stored page");
        Some((message, "name a class or an attribute instead"))
    } else if !KNOWN.contains(&lower.as_str()) {
        let help = "known are :first-child, :last-child, :nth-child(n), :first-of-type, :nth-of-type(n), :not(…), :has(…), :is(…), :empty";
        Some((format!("the pseudo-class `{shown}` is not known"), help))
    } else {
        None
    }
}

/// Whether a place stands within `[…]`, by what stands before it.
pub(super) fn inside_brackets(before: &str) -> bool {
    before.matches('[').count() > before.matches(']').count()
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

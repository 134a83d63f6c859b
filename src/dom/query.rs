//! A CSS selector and what to take from the element it finds.

use std::fmt;
use std::ops::Range;

use super::{Selector, SelectorError};

/// What is taken from an element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Take {
    /// The text that a reader sees.
    Text,
    /// The value of an attribute.
    Attr(String),
}

/// A CSS selector with parsel's suffix: `h1.title::text`, `time::attr(datetime)`; without a suffix
/// the text is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Which elements.
    pub selector: Selector,
    /// What of them.
    pub take: Take,
    text: String,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`SelectorError`] with the place within `text`.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let (css, take) = match text.rfind("::") {
            Some(at) => match suffix(text[at + 2..].trim_end()) {
                Suffix::Take(take) => (&text[..at], take),
                Suffix::Unknown => (text, Take::Text),
                Suffix::Wrong(message, help) => {
                    let span = Range { start: at, end: text.len() };
                    return Err(SelectorError::new(text, span, message).help(help));
                }
            },
            None => (text, Take::Text),
        };
        if css.trim().is_empty() && css.len() < text.len() {
            let message = "there is no selector before the suffix";
            return Err(SelectorError::new(text, 0..text.len(), message)
                .help(format!("say whose text or attribute: `h1{}`", text.trim())));
        }
        let selector = Selector::parse(css).map_err(|error| error.within(text))?;
        Ok(Self { selector, take, text: text.trim().to_owned() })
    }
}

enum Suffix {
    Take(Take),
    Wrong(String, String),
    /// Something that the selector's own check explains.
    Unknown,
}

fn suffix(suffix: &str) -> Suffix {
    if suffix == "text" {
        return Suffix::Take(Take::Text);
    }
    if suffix == "text()" {
        return Suffix::Wrong("`::text` takes no parentheses".to_owned(), "write `::text`".to_owned());
    }
    let Some(rest) = suffix.strip_prefix("attr") else { return Suffix::Unknown };
    let name = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let name = name.map(|name| name.trim().trim_matches(['"', '\'']).trim());
    match name {
        Some(name) if is_attribute_name(name) => Suffix::Take(Take::Attr(name.to_ascii_lowercase())),
        _ => Suffix::Wrong(
            "`::attr` needs the name of one attribute in parentheses".to_owned(),
            "for example `a::attr(href)` or `time::attr(datetime)`".to_owned(),
        ),
    }
}

fn is_attribute_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

/// As it was written.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Document;

    #[test]
    fn the_suffix_says_what_is_taken() {
        let doc = Document::parse(
            "<h1> Judul <i>miring</i></h1><time datetime=' 2024-06-20 '>20 Juni</time><time></time>",
        );
        for (query, value) in [
            ("h1", Some("Judul miring")),
            ("h1::text", Some("Judul miring")),
            ("time::attr(datetime)", Some("2024-06-20")),
            ("time::attr('DATETIME')", Some("2024-06-20")),
            ("time + time, h2", None),
            ("h1::attr(id)", None),
        ] {
            assert_eq!(
                doc.query_all(&Query::parse(query).unwrap()).first().map(String::as_str),
                value,
                "{query}"
            );
        }
    }

    #[test]
    fn a_wrong_suffix_is_explained_where_it_stands() {
        for (query, span, part) in [
            ("h1::attr", 2..8, "in parentheses"),
            ("h1::attr()", 2..10, "in parentheses"),
            ("h1::text()", 2..10, "no parentheses"),
            ("::text", 0..6, "no selector"),
            ("h1::teks", 2..8, "`::teks`"),
            ("h1 >::text", 3..4, "`>`"),
        ] {
            let error = Query::parse(query).unwrap_err();
            assert_eq!(error.span, span, "{query}: {error}");
            assert!(error.to_string().contains(part), "{query}: {error}");
        }
    }
}

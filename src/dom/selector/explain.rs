//! Finds the mistakes that people make in selectors and says what to write instead.

use super::{SelectorError, pseudo, structure, xpath};

/// Longest selector that is compiled, in bytes.
const MAX_LENGTH: usize = 2000;

/// The mistakes that can be told before compiling.
pub(super) fn before(css: &str) -> Result<(), SelectorError> {
    let whole = 0..css.len();
    if css.trim().is_empty() {
        return Err(
            SelectorError::new(css, whole, "the selector is empty").help("write a CSS selector such as `h1`")
        );
    }
    if css.len() > MAX_LENGTH {
        return Err(SelectorError::new(
            css,
            whole,
            format!("the selector is longer than {MAX_LENGTH} bytes"),
        )
        .help("split it into several sources"));
    }
    if xpath::looks_like(css) {
        let error = SelectorError::new(css, whole, "this is XPath; kliping uses CSS selectors");
        return Err(match xpath::to_css(css) {
            Some(css) => error.help(format!("write `{css}`")),
            None => error.help("`//div[@class=\"a\"]/p` is `div.a > p` in CSS"),
        });
    }
    structure::check(css)
}

/// Explains what the compiler refused, and by the name of its error why: its own words are not for readers.
pub(super) fn after(css: &str, kind: &str) -> SelectorError {
    if let Some(error) = pseudo::explain(css).or_else(|| digit(css)).or_else(|| attribute(css)) {
        return error;
    }
    let message = if kind.contains("EmptySelector") {
        "a part of the selector is empty"
    } else if kind.contains("Namespace") || css.contains('|') {
        "namespaces (`|`) are not used in HTML"
    } else if kind.contains("ClassNeedsIdent") {
        "a name must follow `.`"
    } else {
        "this is not a CSS selector"
    };
    SelectorError::new(css, 0..css.len(), message)
        .help("a selector looks like `h1.title`, `div#isi > p` or `[itemprop=\"author\"]`")
}

/// A class or identifier that starts with a digit.
fn digit(css: &str) -> Option<SelectorError> {
    let (at, mark) = css.char_indices().zip(css.chars().skip(1)).find_map(|((at, c), next)| {
        (matches!(c, '.' | '#') && next.is_ascii_digit() && !pseudo::inside_brackets(&css[..at]))
            .then_some((at, c))
    })?;
    let rest = &css[at + 1..];
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    let (what, instead) = match mark {
        '.' => ("class", format!("[class~=\"{name}\"]")),
        _ => ("identifier", format!("[id=\"{name}\"]")),
    };
    let message = format!("a {what} in a selector may not start with a digit");
    Some(SelectorError::new(css, at..at + 1 + end, message).help(format!("write `{instead}`")))
}

/// An attribute's value that needs quotation marks.
fn attribute(css: &str) -> Option<SelectorError> {
    let mut from = 0;
    while let Some(found) = css[from..].find('[') {
        let start = from + found;
        let end = start + css[start..].find(']')? + 1;
        from = end;
        let inner = &css[start + 1..end - 1];
        let Some((name, value)) = inner.split_once('=') else {
            if inner.trim().is_empty() {
                return Some(SelectorError::new(css, start..end, "the name of an attribute is missing"));
            }
            continue;
        };
        let quoted = value.trim_start().starts_with(['"', '\'']);
        if !quoted
            && (value.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
                || value.starts_with(|c: char| c.is_ascii_digit())
                || value.is_empty())
        {
            let fixed = format!("[{name}=\"{value}\"]");
            return Some(
                SelectorError::new(css, start..end, "the value needs quotation marks")
                    .help(format!("write `{fixed}`")),
            );
        }
        if quoted && !value.trim_end().ends_with(['"', '\'', 'i', 's', 'I', 'S']) {
            return Some(SelectorError::new(css, start..end, "something stands after the quoted value"));
        }
    }
    None
}

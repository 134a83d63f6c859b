//! Finds the mistakes that people make in selectors and says what to write instead.

use super::{SelectorError, xpath};

/// Longest selector that is compiled, in bytes.
const MAX_LENGTH: usize = 2000;
/// Deepest nesting of parentheses that is compiled.
const MAX_NESTING: usize = 16;

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
    structure(css)
}

/// Brackets, quotes, combinators.
fn structure(css: &str) -> Result<(), SelectorError> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut quote: Option<(char, usize)> = None;
    // The last thing at this level that wants something after it, and whether something stood before.
    let mut waiting: Option<(char, usize)> = None;
    let mut something = false;
    let mut chars = css.char_indices();
    while let Some((at, c)) = chars.next() {
        let one = at..at + c.len_utf8();
        match (quote, c) {
            (_, '\\') => {
                chars.next();
                (something, waiting) = (true, None);
            }
            (Some((mark, _)), _) => {
                if c == mark {
                    quote = None;
                }
            }
            (None, '"' | '\'') => quote = Some((c, at)),
            (None, '(' | '[') => {
                open.push((c, at));
                if open.len() > MAX_NESTING {
                    return Err(SelectorError::new(css, one, "parentheses are nested too deep"));
                }
                (something, waiting) = (c == '[', None);
            }
            (None, ')' | ']') => {
                let wanted = if c == ')' { '(' } else { '[' };
                if open.pop().map(|(open, _)| open) != Some(wanted) {
                    return Err(SelectorError::new(css, one, format!("`{c}` closes nothing"))
                        .help(format!("take it out, or open it with `{wanted}`")));
                }
                if let Some((combinator, at)) = waiting {
                    return Err(dangling(css, combinator, at));
                }
                something = true;
            }
            // Inside brackets stand names, operators and values.
            (None, _) if open.last().is_some_and(|(open, _)| *open == '[') => {}
            (None, '>' | '+' | '~' | ',') if !is_of_formula(&open, c) => {
                if let Some((combinator, at)) = waiting {
                    return Err(dangling(css, combinator, at));
                }
                // `:has(> p)` starts with a combinator, and may.
                let relative = c != ',' && !open.is_empty();
                if !something && !relative {
                    let message = format!("nothing stands before `{c}`");
                    let help = format!("name the element before it, or take `{c}` out");
                    return Err(SelectorError::new(css, one, message).help(help));
                }
                waiting = Some((c, at));
                something = false;
            }
            (None, '{' | '}' | ';' | '@' | '$' | '!' | '%' | '^' | '`' | '<' | '?' | '=' | '&') => {
                return Err(stray(css, at, c));
            }
            (None, c) if c.is_whitespace() => {}
            (None, _) => (something, waiting) = (true, None),
        }
    }
    if let Some((mark, at)) = quote {
        return Err(SelectorError::new(
            css,
            at..css.len(),
            format!("the quotation mark {mark} is never closed"),
        )
        .help(format!("put another {mark} at the end of the value")));
    }
    if let Some((bracket, at)) = open.pop() {
        let close = if bracket == '(' { ')' } else { ']' };
        return Err(SelectorError::new(css, at..at + 1, format!("`{bracket}` is never closed"))
            .help(format!("put a `{close}` after it")));
    }
    waiting.map_or(Ok(()), |(combinator, at)| Err(dangling(css, combinator, at)))
}

/// `+` and `~` in `:nth-child(2n+1)`.
fn is_of_formula(open: &[(char, usize)], c: char) -> bool {
    c == '+' && open.last().is_some_and(|(open, _)| *open == '(')
}

fn dangling(css: &str, combinator: char, at: usize) -> SelectorError {
    let what = match combinator {
        '>' => "a direct child",
        '+' => "the element right after",
        '~' => "elements after",
        _ => "another selector",
    };
    SelectorError::new(css, at..at + combinator.len_utf8(), format!("nothing stands after `{combinator}`"))
        .help(format!("`{combinator}` asks for {what}: name it, or take `{combinator}` out"))
}

fn stray(css: &str, at: usize, c: char) -> SelectorError {
    let error =
        SelectorError::new(css, at..at + c.len_utf8(), format!("`{c}` means nothing here in a CSS selector"));
    let name: String = css[at + 1..].chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
    match c {
        '@' if !name.is_empty() => error.help(format!("for an attribute's value write `::attr({name})`")),
        '=' => error.help("an attribute stands in brackets: `[name=\"value\"]`"),
        '<' => error.help("write the name of the element without `<` and `>`"),
        '{' | '}' | ';' => error.help("write the selector alone, without a rule's `{ … }`"),
        _ => error.help("take it out, or escape it with `\\` when it is part of a name"),
    }
}

/// Explains what the compiler refused. Its own words are not for readers, and its kinds belong to a
/// crate that is not ours to name, so they are told apart by their names.
pub(super) fn after(css: &str, kind: &scraper::error::SelectorErrorKind) -> SelectorError {
    let kind = format!("{kind:?}");
    if let Some(error) = pseudo(css).or_else(|| digit(css)).or_else(|| attribute(css)) {
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

/// A pseudo-class or pseudo-element that is not there.
fn pseudo(css: &str) -> Option<SelectorError> {
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

fn inside_brackets(before: &str) -> bool {
    before.matches('[').count() > before.matches(']').count()
}

/// A class or identifier that starts with a digit.
fn digit(css: &str) -> Option<SelectorError> {
    let (at, mark) = css.char_indices().zip(css.chars().skip(1)).find_map(|((at, c), next)| {
        (matches!(c, '.' | '#') && next.is_ascii_digit() && !inside_brackets(&css[..at])).then_some((at, c))
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

#[cfg(test)]
mod tests {
    use crate::dom::Selector;

    #[test]
    fn each_mistake_is_explained_where_it_stands() {
        for (css, span, message, help) in [
            ("", 0..0, "empty", "CSS selector"),
            ("  ", 0..2, "empty", "CSS selector"),
            ("//div", 0..5, "this is XPath", "write `div`"),
            ("//div[last()]", 0..13, "this is XPath", "in CSS"),
            ("p:contains('Baca juga')", 1..10, "`:contains` is not CSS", "drop_paragraph"),
            ("li:first", 2..8, "`:first` is not CSS", ":first-of-type"),
            ("a:hover", 1..7, "needs a browser", "class"),
            ("p:frist-child", 1..13, "is not known", ":first-child"),
            ("p::before", 1..9, "`::before`", ""),
            ("h1::text, h2", 2..8, "only at the end", "one source for each"),
            ("div >", 4..5, "nothing stands after `>`", "direct child"),
            ("div.a > , p", 6..7, "nothing stands after `>`", ""),
            ("> p", 0..1, "nothing stands before `>`", ""),
            ("h1, ", 2..3, "nothing stands after `,`", ""),
            (", h1", 0..1, "nothing stands before `,`", ""),
            ("div:has(> )", 8..9, "nothing stands after `>`", ""),
            ("a[href", 1..2, "`[` is never closed", "`]`"),
            ("div:not(.a", 7..8, "`(` is never closed", "`)`"),
            ("div)", 3..4, "`)` closes nothing", ""),
            ("a[href=\"x]", 7..10, "never closed", ""),
            (".2kolom", 0..7, "may not start with a digit", "[class~=\"2kolom\"]"),
            ("#12", 0..3, "", "[id=\"12\"]"),
            ("a[href=/feed/]", 1..14, "needs quotation marks", "[href=\"/feed/\"]"),
            ("a@href", 1..2, "`@` means nothing", "::attr(href)"),
            ("<h1>", 0..1, "`<` means nothing", "without `<`"),
            ("div { color: red }", 4..5, "`{` means nothing", ""),
            ("class=isi", 5..6, "`=` means nothing", "brackets"),
            ("p:", 1..2, "a name must follow", ""),
            ("div..a", 0..6, "a name must follow", ""),
        ] {
            let error = Selector::parse(css).expect_err(css);
            assert_eq!(error.span, span, "{css}: {error}");
            assert!(error.message.contains(message), "{css}: {error}");
            assert!(error.help.as_deref().unwrap_or_default().contains(help), "{css}: {:?}", error.help);
        }
    }

    #[test]
    fn what_is_css_is_taken() {
        for css in [
            "h1",
            "h1.judul, h2",
            "div > p + p ~ ul",
            "a[href*='/tag/']",
            "[data-x=\"a > b, c\"]",
            "p:nth-child(2n+1)",
            "p:nth-child( 2n + 1 )",
            "div:has(> strong > a[href*='baca-juga'])",
            ":is(h1, h2):not(.a)",
            ".td-a-rec",
            "p:first-of-type > strong:first-child",
            "ins.adsbygoogle",
            "[id^=\"comment\" i]",
            ".\\32 kolom",
            "*",
            ":root",
            "vf-conversations",
            "form[action*=\"wp-comments-post.php\"]",
            "#id-é",
            "a[rel~=author]",
        ] {
            assert!(Selector::parse(css).is_ok(), "{css}: {:?}", Selector::parse(css));
        }
    }

    #[test]
    fn selectors_may_cross_threads() {
        fn check<T: Send + Sync>() {}
        check::<Selector>();
    }

    proptest::proptest! {
        #[test]
        fn any_text_compiles_or_is_explained(css in "([a-z.#:>+~,()\\[\\]='\"*\\\\@/0-9 -]|contains|::attr|\\PC){0,30}") {
            if let Err(error) = Selector::parse(&css) {
                proptest::prop_assert!(!error.message.contains("developer"));
                proptest::prop_assert!(css.get(error.span.clone()).is_some());
            }
            let _ = crate::dom::Query::parse(&css);
        }
    }
}

//! Brackets, quotation marks and combinators: what can be told before compiling.

use super::SelectorError;

/// Deepest nesting of parentheses that is compiled.
const MAX_NESTING: usize = 16;

/// Brackets, quotes, combinators.
pub(super) fn check(css: &str) -> Result<(), SelectorError> {
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
                // `:has(> p, > a)`: each of its members may start with a combinator.
                let relative = c != ',' && !open.is_empty();
                match waiting {
                    Some((',', _)) if relative => {}
                    Some((combinator, at)) => return Err(dangling(css, combinator, at)),
                    None => {}
                }
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

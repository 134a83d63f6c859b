//! Brackets, quotation marks and combinators: what can be told before compiling.

use super::SelectorError;

/// Deepest nesting of parentheses that is compiled.
const MAX_NESTING: usize = 16;

/// Brackets, quotes, combinators.
pub(super) fn check(css: &str) -> Result<(), SelectorError> {
    let mut scan = Scan { css, open: Vec::new(), quote: None, waiting: None, something: false };
    let mut chars = css.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
            scan.names();
        } else {
            scan.step(at, c)?;
        }
    }
    scan.end()
}

/// How far a selector was looked through.
struct Scan<'c> {
    css: &'c str,
    /// Brackets that are open.
    open: Vec<(char, usize)>,
    /// The quotation mark that is open.
    quote: Option<(char, usize)>,
    /// The last thing at this level that wants something after it.
    waiting: Option<(char, usize)>,
    /// Whether something stood before.
    something: bool,
}

impl Scan<'_> {
    fn step(&mut self, at: usize, c: char) -> Result<(), SelectorError> {
        if let Some((mark, _)) = self.quote {
            self.quote = self.quote.filter(|_| c != mark);
            return Ok(());
        }
        match c {
            '"' | '\'' => self.quote = Some((c, at)),
            '(' | '[' => return self.opens(at, c),
            ')' | ']' => return self.closes(at, c),
            // Inside brackets stand names, operators and values.
            _ if self.is_inside('[') => {}
            // `+` in `:nth-child(2n+1)`.
            '+' if self.is_inside('(') => self.names(),
            '>' | '+' | '~' | ',' => return self.combines(at, c),
            '{' | '}' | ';' | '@' | '$' | '!' | '%' | '^' | '`' | '<' | '?' | '=' | '&' => {
                return Err(stray(self.css, at, c));
            }
            c if c.is_whitespace() => {}
            _ => self.names(),
        }
        Ok(())
    }

    /// Something stands here that is no sign.
    fn names(&mut self) {
        (self.something, self.waiting) = (true, None);
    }

    fn is_inside(&self, bracket: char) -> bool {
        self.open.last().is_some_and(|(open, _)| *open == bracket)
    }

    fn opens(&mut self, at: usize, c: char) -> Result<(), SelectorError> {
        self.open.push((c, at));
        if self.open.len() > MAX_NESTING {
            return Err(SelectorError::new(self.css, at..at + 1, "parentheses are nested too deep"));
        }
        (self.something, self.waiting) = (c == '[', None);
        Ok(())
    }

    fn closes(&mut self, at: usize, c: char) -> Result<(), SelectorError> {
        let wanted = if c == ')' { '(' } else { '[' };
        if self.open.pop().map(|(open, _)| open) != Some(wanted) {
            return Err(SelectorError::new(self.css, at..at + 1, format!("`{c}` closes nothing"))
                .help(format!("take it out, or open it with `{wanted}`")));
        }
        self.something = true;
        self.nothing_waits()
    }

    fn combines(&mut self, at: usize, c: char) -> Result<(), SelectorError> {
        // `:has(> p, > a)`: each of its members may start with a combinator.
        let relative = c != ',' && !self.open.is_empty();
        if !(relative && matches!(self.waiting, Some((',', _)))) {
            self.nothing_waits()?;
        }
        if !self.something && !relative {
            let message = format!("nothing stands before `{c}`");
            let help = format!("name the element before it, or take `{c}` out");
            return Err(SelectorError::new(self.css, at..at + 1, message).help(help));
        }
        (self.something, self.waiting) = (false, Some((c, at)));
        Ok(())
    }

    fn nothing_waits(&self) -> Result<(), SelectorError> {
        self.waiting.map_or(Ok(()), |(combinator, at)| Err(dangling(self.css, combinator, at)))
    }

    fn end(mut self) -> Result<(), SelectorError> {
        let css = self.css;
        if let Some((mark, at)) = self.quote {
            let message = format!("the quotation mark {mark} is never closed");
            let help = format!("put another {mark} at the end of the value");
            return Err(SelectorError::new(css, at..css.len(), message).help(help));
        }
        if let Some((bracket, at)) = self.open.pop() {
            let close = if bracket == '(' { ')' } else { ']' };
            return Err(SelectorError::new(css, at..at + 1, format!("`{bracket}` is never closed"))
                .help(format!("put a `{close}` after it")));
        }
        self.nothing_waits()
    }
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

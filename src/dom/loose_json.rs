//! Reads JSON as pages really write it.
//!
//! Strict JSON goes the straight way. What that refuses is read again by a forgiving reader: CDATA
//! marks, HTML and JavaScript comments, trailing and missing commas, raw control characters,
//! unescaped quotation marks inside strings, single quotes, bare words, several documents in a row,
//! a text that ends too early. It never fails: what makes no sense is left out.

use serde_json::{Map, Number, Value};

/// Deepest nesting that is read; deeper values become null.
const MAX_DEPTH: usize = 64;

/// The documents in a text: one, as a rule.
pub(super) fn read(text: &str) -> Vec<Value> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    let mut reader = Reader { text, at: 0 };
    let mut documents = Vec::new();
    loop {
        reader.blanks();
        match reader.peek() {
            None => return documents,
            Some('{' | '[') => documents.push(reader.value(0)),
            Some(c) => reader.at += c.len_utf8(),
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Skips white space, comments and the wrappings of old browsers.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let comment = |open: &str, close: &str| {
                rest.strip_prefix(open)
                    .map(|inner| inner.find(close).map_or(rest.len(), |end| open.len() + end + close.len()))
            };
            let mark = ["<![CDATA[", "]]>", "<!--", "-->", "\u{feff}"].iter().find(|m| rest.starts_with(**m));
            let skip = match (rest.chars().next(), mark) {
                (Some(c), _) if c.is_whitespace() || c.is_control() => Some(c.len_utf8()),
                (_, Some(mark)) => Some(mark.len()),
                // `/* … */` first; of `//<![CDATA[` only the slashes, the mark goes next.
                (Some('/'), _) => comment("/*", "*/").or_else(|| self.line_comment()),
                _ => None,
            };
            match skip {
                Some(length) => self.at += length,
                None => return,
            }
        }
    }

    fn line_comment(&self) -> Option<usize> {
        let inner = self.rest().strip_prefix("//")?;
        let line = inner.split(['\n', '\r']).next().unwrap_or(inner);
        let wraps =
            ["<![CDATA[", "]]>", "<!--", "-->"].iter().any(|mark| line.trim_start().starts_with(mark));
        Some(if wraps { 2 } else { 2 + line.len() })
    }

    fn value(&mut self, depth: usize) -> Value {
        self.blanks();
        match self.peek() {
            Some('{' | '[') if depth >= MAX_DEPTH => self.pit(),
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some(quote @ ('"' | '\'')) => Value::String(self.string(quote)),
            Some(_) => self.word(),
            None => Value::Null,
        }
    }

    fn object(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut map = Map::new();
        loop {
            self.blanks();
            let start = self.at;
            match self.peek() {
                None => break,
                Some('}') => {
                    self.at += 1;
                    break;
                }
                // The end of an array that was opened around this object: this one was not closed.
                Some(']') => break,
                Some(',' | ':' | '{' | '[') => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let key = match self.peek() {
                Some(quote @ ('"' | '\'')) => self.string(quote),
                _ => self.bare().to_owned(),
            };
            self.blanks();
            if self.eat(':') {
                let value = self.value(depth + 1);
                map.insert(key, value);
            } else if self.at == start {
                self.at += self.peek().map_or(0, char::len_utf8);
            }
        }
        Value::Object(map)
    }

    fn array(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blanks();
            let start = self.at;
            match self.peek() {
                None => break,
                Some(']') => {
                    self.at += 1;
                    break;
                }
                Some('}') => break,
                Some(',' | ':') => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            let value = self.value(depth + 1);
            if self.at == start {
                self.at += self.peek().map_or(0, char::len_utf8);
            } else {
                items.push(value);
            }
        }
        Value::Array(items)
    }

    /// Steps over what is nested too deeply. In a loop: a page of 100,000 brackets must not use up the
    /// stack, which nothing can catch.
    fn pit(&mut self) -> Value {
        let mut open = 0usize;
        loop {
            self.blanks();
            match self.peek() {
                None => return Value::Null,
                Some(quote @ ('"' | '\'')) => drop(self.string(quote)),
                Some(c) => {
                    self.at += c.len_utf8();
                    match c {
                        '{' | '[' => open += 1,
                        '}' | ']' => open -= 1,
                        _ => {}
                    }
                }
            }
            if open == 0 {
                return Value::Null;
            }
        }
    }

    /// A run of characters that mean nothing in JSON.
    fn bare(&mut self) -> &str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| c.is_whitespace() || ",:{}[]\"'".contains(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn word(&mut self) -> Value {
        let word = self.bare();
        match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" | "undefined" | "NaN" | "" => Value::Null,
            _ => match word.parse::<i64>() {
                Ok(number) => Value::from(number),
                Err(_) => match word.parse().ok().and_then(Number::from_f64) {
                    Some(number) => Value::Number(number),
                    None => Value::String(word.to_owned()),
                },
            },
        }
    }

    fn string(&mut self, quote: char) -> String {
        self.at += 1;
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            match c {
                '\\' => self.escape(&mut out),
                c if c == quote && self.ends_here() => return out,
                // Raw line breaks and tabs are not allowed in JSON and common on pages.
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
        }
        out
    }

    /// Whether the quotation mark just read ends the string: what follows must go on as JSON.
    fn ends_here(&self) -> bool {
        let rest = self.rest().trim_start();
        let Some(after_comma) = rest.strip_prefix(',') else {
            return rest.is_empty() || rest.starts_with([':', '}', ']', '"', '\'', '/', '<']);
        };
        let rest = after_comma.trim_start();
        let word = rest.trim_start_matches(|c: char| c.is_alphanumeric() || "_@$-.".contains(c));
        let word_is = &rest[..rest.len() - word.len()];
        rest.is_empty()
            || rest.starts_with(['"', '\'', '{', '[', '}', ']', '-', '/'])
            || matches!(word_is, "true" | "false" | "null")
            || word_is.starts_with(|c: char| c.is_ascii_digit())
            || word.trim_start().starts_with(':')
    }

    fn escape(&mut self, out: &mut String) {
        let Some(c) = self.peek() else { return };
        self.at += c.len_utf8();
        match c {
            'n' | 'r' | 't' | 'b' | 'f' => out.push(if c == 'n' { '\n' } else { ' ' }),
            'u' => match self.code_unit() {
                Some(high @ 0xd800..=0xdbff) if self.rest().starts_with("\\u") => {
                    self.at += 2;
                    let low = self.code_unit().unwrap_or_default();
                    let pair = char::decode_utf16([high, low]).map(|c| c.unwrap_or('\u{fffd}'));
                    out.extend(pair);
                }
                Some(unit) => out.push(char::from_u32(unit.into()).unwrap_or('\u{fffd}')),
                None => out.push('u'),
            },
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }

    fn code_unit(&mut self) -> Option<u16> {
        let digits = self.rest().get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let unit = u16::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(unit)
    }
}

#[cfg(test)]
#[path = "loose_json_tests.rs"]
mod tests;

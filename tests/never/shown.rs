//! The words that stand on a page.

use std::collections::HashSet;

use kliping::dom::{Document, Step, charset};
use kliping::model::canonical_text;
use unicode_normalization::UnicodeNormalization;

/// The words of a page, and those at the edges of its texts: a word may be parted by mark-up.
#[derive(Default)]
pub struct Shown {
    words: HashSet<String>,
    /// Words at the start of a text, at the end of one, and those that are one whole.
    first: HashSet<String>,
    last: HashSet<String>,
    whole: HashSet<String>,
    longest: usize,
}

impl Shown {
    /// What can be read on a page: its texts, its metadata, what its scripts say.
    pub fn of(body: &[u8], content_type: Option<&str>) -> Self {
        let (text, _) = charset::decode(body, content_type);
        let mut shown = Self::default();
        shown.add(&text);
        let doc = Document::parse(&text);
        for step in doc.root().walk() {
            match step {
                Step::Text(text) => shown.add(text),
                Step::Enter(node) => {
                    for name in ["content", "title", "alt", "datetime", "value", "href"] {
                        node.attr(name).into_iter().for_each(|value| shown.add(value));
                    }
                }
                Step::Leave(_) => {}
            }
        }
        for path in [
            "headline",
            "name",
            "articleBody",
            "author",
            "author.name",
            "articleSection",
            "description",
            "text",
        ] {
            for value in doc.json_ld().get(path) {
                // A text in JSON may be HTML, with tags and references.
                shown.add_texts(&value);
                shown.add(&value);
            }
        }
        shown
    }

    /// Adds what the data in scripts says: JSON, whose texts may be HTML, and JSON again inside.
    pub fn add_scripts(&mut self, body: &[u8], content_type: Option<&str>) {
        let (text, _) = charset::decode(body, content_type);
        for node in Document::parse(&text).root().elements().filter(|node| node.name() == "script") {
            let mut text = node.raw_text();
            for _ in 0..3 {
                // Each string for itself, too: what one leaves open would swallow the next.
                let strings = strings(&text).map(unescaped).filter(|string| string.contains('<'));
                strings.for_each(|string| self.add_texts(&string));
                text = unescaped(&text);
                self.add(&text);
                self.add_texts(&text);
                // A string is HTML of its own: a tag does not begin before it.
                text.split('"').for_each(|string| self.add_texts(string));
            }
        }
    }

    /// Adds the texts of HTML, with its references resolved.
    fn add_texts(&mut self, html: &str) {
        for step in Document::parse(html).root().walk() {
            if let Step::Text(text) = step {
                self.add(text);
            }
        }
    }

    fn add(&mut self, text: &str) {
        let words: Vec<String> = words(text);
        let text: String = text.chars().filter(|&c| !is_invisible(c)).collect();
        let open = text.starts_with(char::is_alphanumeric);
        let going = text.ends_with(char::is_alphanumeric);
        if let [word] = words.as_slice()
            && open
            && going
        {
            self.whole.insert(word.clone());
        }
        self.first.extend(words.first().filter(|_| open).cloned());
        self.last.extend(words.last().filter(|_| going).cloned());
        self.longest = words.iter().map(String::len).fold(self.longest, usize::max);
        self.words.extend(words);
    }

    /// The first word of a text that does not stand on the page.
    pub fn missing(&self, text: &str) -> Option<String> {
        words(text).into_iter().find(|word| !self.words.contains(word) && !self.is_joined(word))
    }

    /// Whether a word is what mark-up parts: the end of a text, whole texts, the start of a text.
    fn is_joined(&self, word: &str) -> bool {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        let mut reached = vec![false; word.len() + 1];
        for (index, &end) in ends.iter().enumerate().skip(1) {
            let near = ends[..index].iter().rev().take_while(|&&start| end - start <= self.longest);
            reached[end] = near.into_iter().any(|&start| {
                let (part, done) = (&word[start..end], end == word.len());
                match start {
                    0 => self.last.contains(part) || self.whole.contains(part),
                    _ if !reached[start] => false,
                    _ => self.whole.contains(part) || done && self.first.contains(part),
                }
            });
        }
        reached[word.len()]
    }
}

/// What stands between the quotation marks of JSON.
fn strings(json: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    json.split(move |c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })
}

/// The text of a JSON string without its escapes, as far as it has any.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let unit = |rest: &str| u16::from_str_radix(rest.strip_prefix('u')?.get(..4)?, 16).ok();
        if let Some(first) = unit(rest) {
            rest = &rest[5..];
            let second = rest.strip_prefix('\\').and_then(unit).filter(|_| (0xd800..0xdc00).contains(&first));
            rest = if second.is_some() { &rest[6..] } else { rest };
            out.extend(
                char::decode_utf16([first].into_iter().chain(second)).map(|c| c.unwrap_or('\u{fffd}')),
            );
        } else if let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            out.push(if matches!(c, 'n' | 'r' | 't' | 'b' | 'f') { ' ' } else { c });
        }
    }
    out + rest
}

/// The words of a text, taken apart into base letters, so that it does not matter where an accent stands.
fn words(text: &str) -> Vec<String> {
    let text = canonical_text(text);
    let text: String =
        if text.is_ascii() { text } else { text.chars().filter(|&c| !is_invisible(c)).nfd().collect() };
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What cleaning takes out of a text or [`canonical_text`] does not see.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffc}')
}

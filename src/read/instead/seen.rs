//! What a reader sees of a page: its titles and its lines.

use crate::dom::Document;
use crate::model::is_letter_or_digit;

/// More of a page's text is not looked at.
const MOST: usize = 20_000;

/// What parts a page's title from the site's name.
const PARTS: [&str; 9] = [" - ", " | ", " – ", " — ", " · ", " • ", " » ", " :: ", "|"];

/// What a reader sees of a page, folded.
pub(super) struct Seen {
    /// The titles, whole and in parts, and the headline.
    pub(super) titles: Vec<String>,
    /// The text, a line a block.
    pub(super) text: String,
}

impl Seen {
    /// `headline` is that of the article that was read, if one was: then other heads (of a form to log
    /// in, of a box about cookies) say nothing.
    pub(super) fn of(doc: &Document, headline: Option<&str>) -> Self {
        let mut titles: Vec<String> = Vec::new();
        for title in [doc.title_tag(), doc.meta("og:title")].into_iter().flatten() {
            titles.push(folded(title));
            for part in PARTS {
                titles.extend(title.split(part).map(folded));
            }
        }
        match headline {
            Some(headline) => titles.push(folded(headline)),
            None => {
                let heads = doc.root().named(&["h1", "h2"]);
                titles.extend(heads.take(8).map(|node| folded(&node.text())));
            }
        }
        titles.retain(|title| !title.is_empty());
        let body = doc.root().named(&["body"]).next().unwrap_or(doc.root());
        let text = body.text();
        let end = text.floor_char_boundary(text.len().min(MOST));
        Self { titles, text: text[..end].to_lowercase().replace('’', "'") }
    }

    /// How many letters and digits there are to read.
    pub(super) fn letters(&self) -> usize {
        letters(&self.text)
    }
}

/// Letters and digits of a text.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|&c| is_letter_or_digit(c)).count()
}

/// A short text for comparison: lower case, single blanks, no marks around it.
pub(super) fn folded(text: &str) -> String {
    let text = text.to_lowercase().replace('’', "'");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mark = |c: char| !is_letter_or_digit(c) && !c.is_ascii_punctuation() || ".!?:;,|-*\"'".contains(c);
    // Vowels of Indic and Thai scripts are no letters, and belong to the word before.
    let mark = |c: char| mark(c) && (c.is_ascii() || is_typographic(c));
    text.trim_matches(mark).to_owned()
}

fn is_typographic(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{2010}'..='\u{205e}' | '。' | '、' | '！' | '？' | '«' | '»' | '¡' | '¿')
}

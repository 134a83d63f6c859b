//! What the classes and identifiers of an element say of it.

use std::sync::LazyLock;

use crate::dom::{FastMap, Node};
use crate::model::is_letter;

/// What an element's names say, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hints(u8);

impl Hints {
    /// It holds the text of an article.
    pub(super) const CONTENT: Self = Self(1);
    /// It holds comments or their form.
    pub(super) const COMMENT: Self = Self(2);
    /// It is furniture: advertisements, links to other stories, bylines, captions.
    pub(super) const STRIP: Self = Self(4);

    /// It asks for consent to cookies.
    pub(super) const OVERLAY: Self = Self(8);

    /// It holds the standfirst.
    pub(super) const LEAD: Self = Self(32);
    /// It holds other stories.
    pub(super) const OTHER: Self = Self(64);
    /// It is the caption of a picture.
    pub(super) const CAPTION: Self = Self(128);
    /// Furniture when the whole name says so.
    const WHOLE: Self = Self(16);

    /// Whether it says all of that.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The table: phrases of one to three words, joined by hyphens.
struct Words {
    phrases: FastMap<&'static [u8], Hints>,
    /// Which words open a phrase, by [`mark`]: most words of a name open none.
    openers: Box<[bool]>,
}

/// Places of [`Words::openers`].
const MARKS: usize = 1 << 13;

/// A place for a word, by its ends and its length.
fn mark(word: &[u8]) -> usize {
    let ends = match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        (Some(first), Some(last)) => u32::from_le_bytes(*first) ^ u32::from_le_bytes(*last).rotate_left(13),
        _ => word.iter().fold(0, |ends, &b| ends << 8 | u32::from(b)),
    };
    let mixed = (ends ^ (word.len() as u32) << 27).wrapping_mul(0x9e37_79b1);
    (mixed >> (32 - MARKS.ilog2())) as usize
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { phrases: FastMap::default(), openers: vec![false; MARKS].into() };
    for line in include_str!("hints.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, list)) = line.split_once('\t') else { continue };
        let hint = match kind {
            "content" => Hints::CONTENT,
            "comment" => Hints::COMMENT,
            "overlay" => Hints::OVERLAY,
            "lead" => Hints::LEAD,
            "other" => Hints::OTHER,
            "caption" => Hints::CAPTION,
            "strip-whole" => Hints::WHOLE,
            _ => Hints::STRIP,
        };
        for phrase in list.split_ascii_whitespace().map(str::as_bytes) {
            let first = phrase.split(|&b| b == b'-').next().unwrap_or(phrase);
            words.openers[mark(first)] = true;
            words.phrases.entry(phrase).or_default().add(hint);
        }
    }
    words
});

/// Reads names; the same ones come again and again on a page.
#[derive(Default)]
pub(super) struct Reader<'d> {
    known: FastMap<&'d str, Hints>,
    buffer: Vec<u8>,
}

impl<'d> Reader<'d> {
    /// What the classes and the identifier of an element say.
    pub(super) fn of(&mut self, class: &'d str, id: Option<&str>) -> Hints {
        let mut hints = Hints::default();
        if let Some(id) = id {
            read(id, &mut self.buffer, &mut hints);
        }
        if class.is_empty() {
            return hints;
        }
        let known = self.known.entry(class).or_insert_with(|| {
            let mut hints = Hints::default();
            read(class, &mut self.buffer, &mut hints);
            hints
        });
        hints.add(*known);
        hints
    }
}

/// What names say, without those of states and styles.
fn read(names: &str, buffer: &mut Vec<u8>, hints: &mut Hints) {
    let names = names.split_ascii_whitespace().take(MOST_NAMES);
    for name in names.filter(|name| !is_styling(name) && !is_state(name)) {
        look_up(name, buffer, hints);
    }
}

/// Whether an element calls itself the headline.
pub(super) fn is_title(node: Node<'_>) -> bool {
    const NAMES: [&str; 9] = [
        "headline",
        "entry-title",
        "post-title",
        "article-title",
        "articletitle",
        "article-headline",
        "story-title",
        "judul",
        "titre",
    ];
    let named = |value: &str| {
        let value = value.to_ascii_lowercase();
        NAMES.iter().any(|name| value.contains(name))
    };
    node.attr("itemprop").is_some_and(|prop| prop.contains("headline"))
        || node.attr("class").is_some_and(named)
        || node.attr("id").is_some_and(named)
}

/// Classes that say how the element looks in some state: `print:hidden`, `md:[&_.share]:mt-0`.
fn is_styling(name: &str) -> bool {
    name.contains(':')
}

/// Classes that tell of a story's subjects or of the page's state, and not of what the element is.
fn is_state(name: &str) -> bool {
    const STATES: [&str; 11] =
        ["tag-", "category-", "cat-", "has-", "is-", "no-", "not-", "post-", "type-", "format-", "with-"];
    name.starts_with(['t', 'c', 'h', 'i', 'n', 'p', 'f', 'w'])
        && STATES.iter().any(|state| name.starts_with(state))
        && !is_widget(name)
}

/// `post-footer`, `post-tags`: parts of a post, among classes such as `post-123`.
fn is_widget(name: &str) -> bool {
    WORDS.phrases.contains_key(name.to_ascii_lowercase().as_bytes())
}

/// Names of an element that are looked at.
const MOST_NAMES: usize = 24;
/// A longer name says nothing.
const LONGEST: usize = 80;
/// Words of a name that are looked at.
const MOST_WORDS: usize = 16;

/// Looks up all runs of one to three words of a name.
fn look_up(name: &str, buffer: &mut Vec<u8>, hints: &mut Hints) {
    if name.len() > LONGEST {
        return;
    }
    let mut starts = [0usize; MOST_WORDS];
    let count = split(name, buffer, &mut starts);
    let words = &*WORDS;
    let end_of = |word: usize| if word + 1 < count { starts[word + 1] - 1 } else { buffer.len() };
    for first in 0..count {
        if !words.openers[mark(&buffer[starts[first]..end_of(first)])] {
            continue;
        }
        for last in first..count.min(first + 3) {
            if let Some(found) = words.phrases.get(&buffer[starts[first]..end_of(last)]) {
                let whole = first == 0 && last + 1 == count;
                if found.has(Hints::WHOLE) && whole {
                    hints.add(Hints::STRIP);
                }
                hints.add(Hints(found.0 & !Hints::WHOLE.0));
            }
        }
    }
}

/// Writes the words of a name in lower case, joined by hyphens; says how many there are, and notes where
/// each starts.
fn split(name: &str, out: &mut Vec<u8>, starts: &mut [usize; MOST_WORDS]) -> usize {
    out.clear();
    if name.is_ascii() {
        return split_ascii(name, out, starts);
    }
    let mut count = 0;
    let (mut lower_before, mut inside) = (false, false);
    for c in name.chars() {
        let letter = is_letter(c);
        if letter && (!inside || (lower_before && c.is_uppercase())) {
            if count == starts.len() {
                break;
            }
            if !out.is_empty() {
                out.push(b'-');
            }
            starts[count] = out.len();
            count += 1;
        }
        if c.is_ascii_alphabetic() {
            out.push(c.to_ascii_lowercase() as u8);
        } else if letter {
            c.to_lowercase().for_each(|c| out.extend(c.encode_utf8(&mut [0; 4]).bytes()));
        }
        (lower_before, inside) = (c.is_lowercase(), letter);
    }
    count
}

/// The same of a name in ASCII, as nearly all are.
fn split_ascii(name: &str, out: &mut Vec<u8>, starts: &mut [usize; MOST_WORDS]) -> usize {
    let mut count = 0;
    let (mut lower_before, mut inside) = (false, false);
    for &b in name.as_bytes() {
        let letter = b.is_ascii_alphabetic();
        if letter {
            if !inside || (lower_before && b.is_ascii_uppercase()) {
                if count == starts.len() {
                    break;
                }
                if !out.is_empty() {
                    out.push(b'-');
                }
                starts[count] = out.len();
                count += 1;
            }
            out.push(b.to_ascii_lowercase());
        }
        (lower_before, inside) = (b.is_ascii_lowercase(), letter);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Document, Selector};

    #[test]
    fn names_are_read_word_by_word() {
        for (html, hint, says) in [
            ("<i class='td-post-sharing related-posts'>", Hints::STRIP, true),
            ("<i class='c-articleBody'>", Hints::CONTENT, true),
            ("<i id=disqus_thread>", Hints::COMMENT, true),
            ("<i class='gradient shadow header'>", Hints::STRIP, false),
            ("<i class='article-body__share'>", Hints::STRIP, true),
            ("<i class='print:text-small desktop:share'>", Hints::STRIP, false),
            ("<i>", Hints::STRIP, false),
        ] {
            let doc = Document::parse(html);
            let node = doc.first(&Selector::parse("i").unwrap()).unwrap();
            assert_eq!(
                Reader::default().of(node.attr("class").unwrap_or_default(), node.attr("id")).has(hint),
                says,
                "{html}"
            );
        }
    }
}

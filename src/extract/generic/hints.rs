//! What the classes and identifiers of an element say of it.

use std::sync::LazyLock;

use crate::dom::{FastMap, Node};

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

static WORDS: LazyLock<FastMap<&'static str, Hints>> = LazyLock::new(|| {
    let mut words: FastMap<&'static str, Hints> = FastMap::default();
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
        for word in list.split_whitespace() {
            words.entry(word).or_default().add(hint);
        }
    }
    words
});

/// Reads names; the same ones come again and again on a page.
#[derive(Default)]
pub(super) struct Reader<'d> {
    known: FastMap<&'d str, Hints>,
    buffer: String,
}

impl<'d> Reader<'d> {
    /// What the classes and the identifier of an element say.
    pub(super) fn of(&mut self, node: Node<'d>) -> Hints {
        let mut hints = Hints::default();
        for names in [node.attr("class"), node.attr("id")].into_iter().flatten() {
            let known = self.known.get(names).copied();
            hints.add(known.unwrap_or_else(|| self.read(names)));
        }
        hints
    }

    fn read(&mut self, names: &'d str) -> Hints {
        let mut hints = Hints::default();
        for name in
            names.split_ascii_whitespace().take(24).filter(|name| !is_state(name) && !is_styling(name))
        {
            look_up(name, &mut self.buffer, &mut hints);
        }
        self.known.insert(names, hints);
        hints
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
    STATES.iter().any(|state| name.starts_with(state)) && !is_widget(name)
}

/// `post-footer`, `post-tags`: parts of a post, among classes such as `post-123`.
fn is_widget(name: &str) -> bool {
    WORDS.get(name.to_ascii_lowercase().as_str()).is_some()
}

/// Looks up all runs of one to three words of a name.
fn look_up(name: &str, buffer: &mut String, hints: &mut Hints) {
    if name.len() > 80 {
        return;
    }
    buffer.clear();
    // The words, joined by hyphens, and where each starts.
    let mut starts = [0usize; 16];
    let mut count = 0;
    let (mut lower_before, mut inside) = (false, false);
    for c in name.chars() {
        let letter = c.is_alphabetic();
        let fresh = letter && (!inside || (lower_before && c.is_uppercase()));
        if fresh {
            if count == starts.len() {
                break;
            }
            if !buffer.is_empty() {
                buffer.push('-');
            }
            starts[count] = buffer.len();
            count += 1;
        }
        if c.is_ascii_alphabetic() {
            buffer.push(c.to_ascii_lowercase());
        } else if letter {
            buffer.extend(c.to_lowercase());
        }
        (lower_before, inside) = (c.is_lowercase(), letter);
    }
    let end_of = |word: usize| if word + 1 < count { starts[word + 1] - 1 } else { buffer.len() };
    for first in 0..count {
        for last in first..count.min(first + 3) {
            if let Some(found) = WORDS.get(&buffer[starts[first]..end_of(last)]) {
                let whole = first == 0 && last + 1 == count;
                if found.has(Hints::WHOLE) && whole {
                    hints.add(Hints::STRIP);
                }
                hints.add(Hints(found.0 & !Hints::WHOLE.0));
            }
        }
    }
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
            assert_eq!(Reader::default().of(node).has(hint), says, "{html}");
        }
    }
}

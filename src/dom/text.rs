//! The text of an element as a reader sees it.

use super::role::Role;
use super::{Node, Step, blank};

/// What the start and the end of an element are to the text around it, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge(Role);

impl Edge {
    /// Of an element.
    #[must_use]
    pub fn of(node: Node<'_>) -> Self {
        Self(node.role())
    }

    /// Whether what is inside is no text of an article.
    #[must_use]
    pub fn is_unseen(self) -> bool {
        self.0.is(Role::UNSEEN)
    }
}

/// The text inside an element, without what is not shown.
pub(super) fn visible(node: Node<'_>) -> String {
    // Asked for by itself, too: nobody reads a program.
    if matches!(node.name(), "script" | "style") {
        return String::new();
    }
    let mut flow = Flow::default();
    for step in node.walk() {
        match step {
            // What is asked for is shown, though inside another element it would not be.
            Step::Enter(edge) | Step::Leave(edge) if edge == node => flow.cross(Edge::of(edge)),
            Step::Enter(entered) => flow.enter(Edge::of(entered)),
            Step::Leave(left) => flow.leave(Edge::of(left)),
            Step::Text(text) => flow.push(text),
        }
    }
    flow.text
}

/// Text as it is gathered in document order: white space folded, blocks on lines of their own. A stretch
/// of it is the text of the elements that it was gathered from, but for the blank before it.
#[derive(Debug, Default)]
pub struct Flow {
    text: String,
    blank: bool,
    line: bool,
    /// How many elements are open that are not shown.
    hidden: usize,
}

impl Flow {
    /// The start of an element.
    pub fn enter(&mut self, edge: Edge) {
        self.hidden += usize::from(edge.0.is(Role::HIDDEN));
        self.cross(edge);
    }

    /// The end of an element.
    pub fn leave(&mut self, edge: Edge) {
        self.cross(edge);
        self.hidden -= usize::from(edge.0.is(Role::HIDDEN));
    }

    fn cross(&mut self, edge: Edge) {
        if self.hidden == 0 {
            self.line |= edge.0.is(Role::LINE);
            self.blank |= edge.0.is(Role::CELL);
        }
    }

    /// A run of text.
    pub fn push(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        let mut rest = text;
        loop {
            let word = rest.trim_start();
            self.blank |= word.len() < rest.len();
            if word.is_empty() {
                return;
            }
            let (words, behind) = word.split_at(blank::find_wide(word));
            if !self.text.is_empty() {
                if self.line {
                    self.text.push('\n');
                } else if self.blank {
                    self.text.push(' ');
                }
            }
            (self.line, self.blank) = (false, false);
            self.text.push_str(words);
            rest = behind;
        }
    }

    /// How long the text is, in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use crate::dom::Document;

    #[test]
    fn text_reads_as_on_screen() {
        for (html, text) in [
            ("<p>satu\n  dua</p><p>tiga", "satu dua\ntiga"),
            ("a<br>b<br><br>c", "a\nb\nc"),
            ("<b>a</b><i>b</i> <u>c</u>", "ab c"),
            ("a&nbsp;b&amp;c", "a b&c"),
            ("x<script>y</script>z<style>q</style><noscript>n</noscript>", "xz"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
            ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
            ("<div> </div>", ""),
            ("a<span> b</span>", "a b"),
            ("<ruby>漢字<rt>かんじ</rt></ruby>を", "漢字を"),
            ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>を", "漢字(かんじ)を"),
        ] {
            assert_eq!(Document::parse(html).root().text(), text, "{html}");
        }
    }
}

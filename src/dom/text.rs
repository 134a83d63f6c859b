//! The text of an element as a reader sees it.

use super::{NameSet, Node, Step};

/// Elements whose contents are not shown.
const HIDDEN: &[&str] = &["script", "style", "template", "noscript"];

/// Elements that start and end a line (the HTML standard's rendering section, `display: block`).
static BLOCKS: NameSet = NameSet::new(&[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "optgroup",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "title",
    "tr",
    "ul",
]);

/// Whether an element starts and ends a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(name)
}

/// The text inside an element, without what is not shown.
pub(super) fn visible(node: Node<'_>) -> String {
    let mut out = Text::default();
    // The element that is being skipped; everything up to its end is left out.
    let mut skipping = None;
    for step in node.walk() {
        match step {
            Step::Leave(left) if skipping == Some(left) => {
                skipping = None;
                if is_block(left.name()) {
                    out.line = true;
                }
            }
            _ if skipping.is_some() => {}
            Step::Enter(entered) => {
                if entered != node && HIDDEN.contains(&entered.name()) {
                    skipping = Some(entered);
                }
                out.edge(entered.name());
            }
            Step::Leave(left) => out.edge(left.name()),
            Step::Text(text) => out.push(text),
        }
    }
    out.text
}

#[derive(Default)]
struct Text {
    text: String,
    blank: bool,
    line: bool,
}

impl Text {
    /// The start or the end of an element.
    fn edge(&mut self, name: &str) {
        if name == "br" || is_block(name) {
            self.line = true;
        } else if matches!(name, "td" | "th") {
            self.blank = true;
        }
    }

    fn push(&mut self, text: &str) {
        // By words: most characters need no look at what stood before them.
        let mut rest = text;
        loop {
            let word = rest.trim_start();
            self.blank |= word.len() < rest.len();
            if word.is_empty() {
                return;
            }
            let end = word.find(char::is_whitespace).unwrap_or(word.len());
            if !self.text.is_empty() {
                if self.line {
                    self.text.push('\n');
                } else if self.blank {
                    self.text.push(' ');
                }
            }
            (self.line, self.blank) = (false, false);
            self.text.push_str(&word[..end]);
            rest = &word[end..];
        }
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
        ] {
            assert_eq!(Document::parse(html).root().text(), text, "{html}");
        }
    }
}

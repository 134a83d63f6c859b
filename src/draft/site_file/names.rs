//! Selectors for one element, by what it calls itself: meaning before looks.

use super::super::attributes::is_hashed;
use crate::dom::{Node, Selector};

/// What attributes are called (`data-gu-name`, `data-testid`) whose values are names that outlive a
/// redesign.
const STABLE: [&str; 12] = [
    "testid",
    "test-id",
    "test",
    "qa",
    "cy",
    "component",
    "name",
    "module",
    "type",
    "element",
    "role",
    "block",
];
/// The shortest part of a machine-made class that says something.
const PREFIX: usize = 6;

/// A selector with its rank: the lower, the more it speaks of meaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) rank: u8,
    pub(super) css: String,
}

impl Name {
    /// Compiled; none for what is no selector.
    pub(super) fn selector(&self) -> Option<Selector> {
        Selector::parse(&self.css).ok()
    }
}

/// The selectors for an element, best first.
pub(super) fn of(node: Node<'_>) -> Vec<Name> {
    let tag = node.name();
    let itemprop = node.attr("itemprop").into_iter().flat_map(str::split_ascii_whitespace);
    let meant = itemprop.filter(|value| is_word(value)).map(|value| (0, format!("[itemprop~={value}]")));
    let data = node.attrs().filter_map(|(name, value)| Some((name.strip_prefix("data-")?, value)));
    let data = data.filter(|(called, value)| is_stable(called) && is_value(value));
    let data = data.map(|(called, value)| (1, format!("[data-{called}='{value}']")));
    let id = node.attr("id").filter(|id| is_word(id) && !is_numbered(id) && !is_hashed(id));
    let id = id.map(|id| (3, format!("#{id}")));
    let own = matches!(tag, "article" | "main" | "h1").then(|| (5, tag.to_owned()));
    let names = meant.chain(data).chain(by_class(node)).chain(id).chain(own);
    let mut out: Vec<Name> = names.map(|(rank, css)| Name { rank, css }).collect();
    out.sort();
    out.dedup();
    out
}

/// The selectors for an element that its classes give, with their ranks.
fn by_class(node: Node<'_>) -> Vec<(u8, String)> {
    let tag = node.name();
    let styled = node.classes().any(|class| ["sc-", "css-"].iter().any(|start| class.starts_with(start)));
    // Beside `sc-1x2y3z-0` stands the class of its looks: `fLtomb`.
    let is_styled = |class: &str| {
        let short = (5..=7).contains(&class.len()) && class.chars().all(|c| c.is_ascii_alphabetic());
        is_styled(class) || styled && short
    };
    let of = |class: &str| match prefix(class) {
        Some(prefix) if !is_styled(class) => Some((4, format!("[class*='{prefix}']"))),
        None if is_word(class) && !is_hashed(class) && !is_styled(class) && !is_look(class) => {
            // A long name is one of its own; a short one may stand anywhere.
            let own = class.len() >= 8 && class.contains(['-', '_']) || class.len() >= 12;
            Some(if own { (2, format!(".{class}")) } else { (3, format!("{tag}.{class}")) })
        }
        _ => None,
    };
    node.classes().filter_map(of).collect()
}

/// Whether the values of `data-` and this are names that outlive a redesign.
fn is_stable(called: &str) -> bool {
    let ends = |end: &str| {
        let start = called.strip_suffix(end);
        start.is_some_and(|start| start.is_empty() || start.ends_with('-'))
    };
    STABLE.iter().any(|end| ends(end)) || called == "component-name"
}

/// Whether a value names the element, and in a selector needs no more than quotes.
fn is_value(text: &str) -> bool {
    !text.is_empty() && text.len() <= 50 && !text.contains(['\'', '"', '\\', '\n']) && !is_numbered(text)
}

fn is_numbered(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// What a selector can say without quotes or escapes.
fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Classes that say how an element looks.
fn is_look(class: &str) -> bool {
    const LOOKS: [&str; 22] = [
        "flex",
        "grid",
        "row",
        "relative",
        "absolute",
        "block",
        "inline",
        "hidden",
        "container",
        "wrapper",
        "clearfix",
        "full",
        "left",
        "right",
        "center",
        "active",
        "text",
        "content",
        "inner",
        "font",
        "show",
        "gap",
    ];
    let numbered = class.bytes().any(|b| b.is_ascii_digit()) && class.len() <= 8;
    class.len() < 3 || numbered || LOOKS.contains(&class)
}

/// The part of a machine-made class that was a name: `ArticleBody` of `ArticleBody-sc-1x2y3z-0`.
fn prefix(class: &str) -> Option<&str> {
    let end = ["-sc-", "__", "_", "-"].iter().filter_map(|mark| class.rfind(mark)).max()?;
    let tail = class[end..].trim_start_matches(['-', '_']);
    let digits = tail.bytes().filter(u8::is_ascii_digit).count();
    let upper = tail.chars().skip(1).filter(char::is_ascii_uppercase).count();
    let made = (5..=8).contains(&tail.len())
        && (digits >= 1 && tail.chars().any(char::is_alphabetic) || upper >= 2)
        || class.contains("-sc-");
    let end = class.find("-sc-").unwrap_or(end);
    let name = class[..end].trim_end_matches(['-', '_']);
    (made && name.len() >= PREFIX && is_word(name)).then_some(name)
}

/// A class that a machine made and that names nothing: `sc-aeekvc-0`, `dcr-1yfsxuc`, `VFZbw`.
fn is_styled(class: &str) -> bool {
    let upper = class.chars().skip(1).filter(char::is_ascii_uppercase).count();
    let run = class.split(|c: char| !c.is_ascii_lowercase()).map(str::len).max().unwrap_or(0);
    let scrambled =
        class.len() <= 8 && upper >= 1 && run <= 3 && class.bytes().any(|b| b.is_ascii_lowercase());
    let tail = class.rsplit('-').next().unwrap_or_default();
    let digits = tail.bytes().filter(u8::is_ascii_digit).count();
    let coded = class.contains('-') && tail.len() >= 5 && digits >= 1 && digits < tail.len();
    scrambled
        || class.starts_with("sc-") && class.matches('-').count() <= 2
        || coded && class.len() - tail.len() <= PREFIX
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Document;

    #[test]
    fn meaning_comes_before_looks() {
        let doc = Document::parse(
            "<div id=isi class='flex mt-4 article-body css-1x2y3z ArticleBody-sc-1abc23-0 Story_text__aB3dE' itemprop=articleBody data-testid=body>",
        );
        let node = doc.first(&Selector::parse("div").unwrap()).unwrap();
        let names: Vec<String> = of(node).into_iter().map(|name| name.css).collect();
        assert_eq!(
            names,
            [
                "[itemprop~=articleBody]",
                "[data-testid='body']",
                ".article-body",
                "#isi",
                "[class*='ArticleBody']",
                "[class*='Story_text']"
            ]
        );
    }
}

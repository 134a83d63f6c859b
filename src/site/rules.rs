//! What is cut out of a page, and which addresses are articles.

use std::time::Duration;

use super::pattern::Pattern;
use crate::dom::Selector;
use crate::model::{BlockKind, DraftBlock, PageUrl};

/// What is cut out.
#[derive(Debug, Clone, Default)]
pub struct CleanRules {
    /// Elements.
    pub remove: Vec<Selector>,
    /// Paragraphs in which a pattern is found.
    pub drop_paragraph: Vec<Pattern>,
    /// Whether paragraphs go that are nothing but a link.
    pub drop_link_paragraphs: bool,
    /// Patterns whose match is cut off the end of the last paragraph.
    pub strip_tail: Vec<Pattern>,
}

/// A shorter link may be a word of a list, a longer one a sentence.
const LINK_CHARS: std::ops::RangeInclusive<usize> = 20..=160;

impl CleanRules {
    /// The rule by which a paragraph goes.
    #[must_use]
    pub fn drops(&self, block: &DraftBlock) -> Option<String> {
        let pattern = self.drop_paragraph.iter().find(|pattern| pattern.is_match(&block.text));
        pattern.map(|pattern| format!("drop_paragraph {}", pattern.as_str())).or_else(|| {
            (self.drop_link_paragraphs && is_link(block)).then(|| "drop_link_paragraphs".to_owned())
        })
    }
}

/// Whether a paragraph is nothing but a link, and no sentence.
fn is_link(block: &DraftBlock) -> bool {
    let text = block.text.trim_end_matches(['"', '”', '“', '’', '»', ')']);
    let chars = block.text.chars().filter(|c| !c.is_whitespace()).count();
    block.kind == BlockKind::Paragraph
        && block.link_chars >= chars
        && LINK_CHARS.contains(&block.text.chars().count())
        && !text.ends_with(['.', '。', '।'])
}

/// Where articles are found.
#[derive(Debug, Clone, Default)]
pub struct DiscoverRules {
    /// Feeds, as absolute addresses or paths.
    pub feeds: Vec<String>,
    /// Sitemaps, as absolute addresses or paths.
    pub sitemaps: Vec<String>,
    /// Pages whose links lead to articles, as absolute addresses or paths.
    pub sections: Vec<String>,
    /// Collections of posts of WordPress' REST interface, as absolute addresses or paths.
    pub apis: Vec<String>,
    /// Path and query of an article match one of these; all do when there are none.
    pub articles: Vec<Pattern>,
    /// Addresses whose path and query match one of these are never articles.
    pub ignore: Vec<Pattern>,
    /// Links from an article's first page to its further pages.
    pub pages: Vec<Selector>,
}

impl DiscoverRules {
    /// Whether an address may be an article, by its path and query.
    #[must_use]
    pub fn accepts(&self, url: &PageUrl) -> bool {
        let path = url.path_and_query();
        let wanted = self.articles.is_empty() || self.articles.iter().any(|pattern| pattern.is_match(path));
        wanted && !self.ignore.iter().any(|pattern| pattern.is_match(path))
    }
}

/// How politely a site is asked; what is not set here is set by the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CrawlRules {
    /// Least time between two requests.
    pub delay: Option<Duration>,
    /// Most pages asked for in one run.
    pub max_pages: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_by_path_and_query() {
        let regex = |text: &str| Pattern::parse(text).unwrap();
        let rules = DiscoverRules {
            articles: vec![regex(r"^/\d{4}/")],
            ignore: vec![regex("[?&]replytocom="), regex("/feed/?$")],
            ..DiscoverRules::default()
        };
        for (url, accepted) in [
            ("https://a.example/2024/x/", true),
            ("https://a.example/tag/x/", false),
            ("https://a.example/2024/x/?replytocom=3", false),
            ("https://a.example/2024/x/feed/", false),
        ] {
            assert_eq!(rules.accepts(&PageUrl::parse(url).unwrap()), accepted, "{url}");
        }
        assert!(DiscoverRules::default().accepts(&PageUrl::parse("https://a.example/").unwrap()));
    }
}

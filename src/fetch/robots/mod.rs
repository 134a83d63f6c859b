//! robots.txt by RFC 9309.

mod parse;
mod rule;
mod state;

use std::time::Duration;

use rule::Rule;
pub use state::RobotsState;

/// The rules of one robots.txt for one crawler.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Robots {
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
    sitemaps: Vec<String>,
}

impl Robots {
    /// Reads the rules for the crawler with this product token: those of all groups that name it,
    /// else those of all groups for `*` (RFC 9309 §2.2.1). What is no rule is skipped; there is no
    /// robots.txt that cannot be read. Only the first 500 KiB count.
    #[must_use]
    pub fn parse(body: &[u8], product: &str) -> Self {
        parse::parse(body, product)
    }

    /// Whether a path with its query may be asked for: the longest matching rule decides, `Allow`
    /// when two are equally long, and no rule allows (RFC 9309 §2.2.2).
    ///
    /// Takes the time of one search of the path for each `*` in the rules.
    #[must_use]
    pub fn allows(&self, path_and_query: &str) -> bool {
        let path = rule::Path::new(path_and_query);
        let longest = |allow: bool| {
            self.rules.iter().filter(|r| r.allow == allow).filter_map(|r| r.matches(&path)).max()
        };
        longest(false).is_none_or(|disallow| longest(true).is_some_and(|allow| allow >= disallow))
    }

    /// The time between two requests that the site asks for (not part of the RFC, but widely used).
    /// The longest, where there are several.
    #[must_use]
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.crawl_delay
    }

    /// The `Sitemap` lines, as written, without repetitions. They may be relative.
    #[must_use]
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }
}

#[cfg(test)]
mod tests;

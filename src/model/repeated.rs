//! Lines that stand in many articles of a site: the archive knows what a newspaper prints on every page.

use std::collections::{HashMap, HashSet};

use super::{Article, Removal, line_hash};

/// How often a line stands in the articles of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Often {
    /// In how many different articles.
    pub articles: u32,
    /// How many articles of the site were counted since the line was first seen.
    pub of: u32,
}

/// What is known of the lines of a site when one of its pages is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repeated {
    /// By [`line_hash`].
    pub lines: HashMap<i64, Often>,
    /// The lines of the article itself as it is archived. They stay: what the archive has learnt since
    /// is no edit of the newspaper's.
    pub own: HashSet<i64>,
    /// Lines that were cut from the archived article. They stay cut, for the same reason.
    pub cut: HashSet<i64>,
}

impl Repeated {
    /// How the rule is called in [`Removal::rule`]; behind it stands the number of articles.
    pub const RULE: &'static str = "repeated on";

    /// Notes which lines an archived article has, and which were cut from it.
    pub fn keep_as(&mut self, article: &Article) {
        self.own = article.body.iter().map(|block| line_hash(&block.text)).collect();
        self.cut = Self::cut_from(article).map(|removal| line_hash(&removal.text)).collect();
    }

    /// What was cut from an article because it stands in many.
    pub fn cut_from(article: &Article) -> impl Iterator<Item = &Removal> {
        article.removed.iter().filter(|removal| removal.rule.starts_with(Self::RULE))
    }

    /// Whether many other articles, too, have a line of the archived one.
    #[must_use]
    pub fn is_learnt(&self) -> bool {
        self.own.iter().any(|hash| self.lines.get(hash).is_some_and(|often| often.articles > 3))
    }

    /// Forgets which lines the archived article has: what is known today decides.
    #[must_use]
    pub fn today(self) -> Self {
        // The article itself was counted, too.
        let mut lines = self.lines;
        for hash in &self.own {
            if let Some(often) = lines.get_mut(hash) {
                often.articles = often.articles.saturating_sub(1);
            }
        }
        Self { lines, own: HashSet::new(), cut: self.cut }
    }
}

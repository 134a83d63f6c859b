//! What is counted of a site in a run, and what it gave.

use crate::model::SourceKind;

/// So many pages must fail, and none be read: one is an accident.
const PAGES: usize = 5;

/// What is counted for a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// A page was asked for and answered with a body.
    Fetched,
    /// The server said that nothing changed (304).
    NotModified,
    /// An article was seen for the first time.
    New,
    /// An article has a new version.
    Changed,
    /// An article was read again and is the same.
    Same,
    /// A known article answered 404 or 410.
    Gone,
    /// No article could be read from a page.
    ExtractFailed,
    /// robots.txt forbade a page.
    RobotsDenied,
    /// A request failed.
    Errors,
}

impl Count {
    pub(super) const ALL: [(Self, &'static str); 9] = [
        (Self::Fetched, "fetched"),
        (Self::NotModified, "not_modified"),
        (Self::New, "new"),
        (Self::Changed, "changed"),
        (Self::Same, "same"),
        (Self::Gone, "gone"),
        (Self::ExtractFailed, "extract_failed"),
        (Self::RobotsDenied, "robots_denied"),
        (Self::Errors, "errors"),
    ];
}

/// Counters of one site.
pub type SiteCounts = [u64; Count::ALL.len()];

/// What a site gave in this run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Yield {
    /// Feeds and section pages that were read whole.
    lists: usize,
    /// Addresses of articles in any list, known ones too.
    listed: usize,
    /// Pages that should have been articles, by their addresses, and were none.
    unread: usize,
}

impl Yield {
    /// A list was read. An API that is asked for what is new and a news sitemap of a quiet day are
    /// empty by right; a feed and a section page never are.
    pub fn list(&mut self, kind: SourceKind, articles: usize) {
        self.lists += usize::from(matches!(kind, SourceKind::Feed | SourceKind::Section));
        self.listed += articles;
    }

    /// A page could not be read.
    pub fn unread(&mut self) {
        self.unread += 1;
    }

    /// What is wrong, were it a site that used to give articles.
    pub(super) fn fault(self, counts: &SiteCounts) -> Option<(&'static str, String)> {
        let read: u64 = [Count::New, Count::Changed, Count::Same, Count::NotModified]
            .iter()
            .map(|count| counts[*count as usize])
            .sum();
        if self.lists > 0 && self.listed == 0 {
            let what = "no list of the site names an article any more";
            return Some(("lists_no_articles", what.to_owned()));
        }
        (self.unread >= PAGES && read == 0)
            .then(|| ("reads_no_articles", format!("none of {} pages gave an article", self.unread)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(new: u64) -> SiteCounts {
        let mut counts = SiteCounts::default();
        counts[Count::New as usize] = new;
        counts
    }

    fn code(given: Yield, new: u64) -> Option<&'static str> {
        given.fault(&counts(new)).map(|(code, _)| code)
    }

    #[test]
    fn a_site_is_silent_when_all_its_lists_are_or_none_of_its_pages_is_read() {
        assert_eq!(code(Yield::default(), 0), None, "nothing was due");
        let mut given = Yield::default();
        given.list(SourceKind::Api, 0);
        given.list(SourceKind::Sitemap, 0);
        assert_eq!(code(given, 0), None);
        given.list(SourceKind::Feed, 0);
        assert_eq!(code(given, 0), Some("lists_no_articles"));
        given.list(SourceKind::Section, 3);
        assert_eq!(code(given, 0), None);
        (0..4).for_each(|_| given.unread());
        assert_eq!(code(given, 0), None);
        given.unread();
        assert_eq!(code(given, 0), Some("reads_no_articles"));
        assert_eq!(code(given, 1), None);
    }
}

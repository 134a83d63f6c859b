//! A site that used to give articles and gives none: nobody would miss it, were it not said.

use super::report::{Count, Problem, SiteCounts};
use super::state::RunState;
use crate::model::SourceKind;
use crate::store::{Filter, StoreError};

/// So many pages must fail, and none be read: one is an accident.
const PAGES: usize = 5;

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
    fn fault(self, counts: &SiteCounts) -> Option<(&'static str, String)> {
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

/// Notes the sites that give no article any more, though the archive has some of them.
pub fn look(state: &RunState) -> Result<(), StoreError> {
    let (counts, _) = state.tally.snapshot();
    for (site, given) in state.tally.yields() {
        let Some(fault) = counts.get(&site).and_then(|counts| given.fault(counts)) else { continue };
        let known = Filter { site: Some(site.clone()), limit: Some(1), ..Filter::default() };
        if state.reader()?.list(&known)?.is_empty() {
            continue;
        }
        let (code, what) = fault;
        let url = state.sites.get(&site).map(|site| site.url.to_string());
        state.tally.problem(Problem {
            code: code.to_owned(),
            url: url.unwrap_or_default(),
            message: format!("{what}, and there used to be some; `kliping sites health {site}` tells more"),
            site,
        });
    }
    Ok(())
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

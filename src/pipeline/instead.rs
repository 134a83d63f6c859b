//! What a site shows instead of an article: told, counted, stored as an event; and the address that
//! does not exist, which tells what the site shows whatever is asked for.

use std::sync::Arc;

use super::answer::Answer;
use super::count::Yield;
use super::host::HostTask;
use super::report::Problem;
use super::robots::Allowed;
use super::work::{HostEnd, Led, PageJob};
use crate::model::{
    Archived, Article, Failure, Instead, Known, Outcome, PageUrl, SourceKind, Validators, Via, sha256,
};
use crate::read::ReadError;
use crate::read::instead::{self, Shown};
use crate::store::Observation;

/// So many walls in a row, and the host is asked for nothing more in this run.
const ENOUGH: u32 = 5;
/// Two pages of so many equal lines in a hundred are one.
const SAME: usize = 80;

impl HostTask {
    /// A page showed something else than the article.
    pub(super) async fn shows(
        &mut self,
        job: &PageJob,
        answer: Option<Answer>,
        raw: Option<Vec<u8>>,
        shown: Shown,
    ) -> Result<(), HostEnd> {
        let Shown { what, sign } = shown;
        let message = if sign.is_empty() {
            format!("the page shows {}", what.what())
        } else {
            format!("the page shows {}: {sign}", what.what())
        };
        self.tell_of(job, what, &message);
        let gone_after = self.run.config.recheck.gone_after;
        self.record(job, answer, Observation::Instead { what, message, raw, gone_after }).await?;
        self.bar(job, what)
    }

    /// No article could be read.
    pub(super) async fn unreadable(
        &mut self,
        job: &PageJob,
        answer: Option<Answer>,
        raw: Option<Vec<u8>>,
        error: ReadError,
    ) -> Result<(), HostEnd> {
        if !matches!(error, ReadError::NotArticle { .. }) {
            self.run.tally.gave(&job.site.id, Yield::unread);
        }
        let error = match error {
            ReadError::Instead(shown) => return self.shows(job, answer, raw, shown).await,
            ReadError::Protected if job.article.is_some() => {
                let sign = "a form asks for a password".to_owned();
                return self.shows(job, answer, raw, Shown { what: Instead::LoginPage, sign }).await;
            }
            error => error,
        };
        if error.instead() == Some(Instead::Empty) {
            self.run.tally.instead(&job.site.id, Instead::Empty);
        }
        // Who names a page wants to hear in any case why it was not archived.
        let told = job.via == Via::User || (is_expected(job) && !error.is_no_article_by_design());
        if error.is_fault() || told {
            self.run.tally.problem(problem(job, error.code(), error.to_string()));
        } else {
            tracing::info!(code = error.code(), url = %job.url, "{error}");
        }
        let observation = match error {
            // What the site's rules say of a page will be said again: it is not asked for a second time.
            ReadError::NotArticle { .. } => Observation::NotArticle { reason: error.to_string() },
            _ => Observation::Unreadable { code: error.code().to_owned(), message: error.to_string(), raw },
        };
        self.record(job, answer, observation).await
    }

    /// Who named the page hears of it in any case; that a site bars its pages is said once a run.
    fn tell_of(&self, job: &PageJob, what: Instead, message: &str) {
        if job.via == Via::User || (!what.is_absence() && is_expected(job)) {
            let loud = job.via == Via::User || self.run.tally.is_news(&job.site.id, what.as_str());
            self.run.tally.note(problem(job, what.as_str(), message.to_owned()), loud);
        } else {
            tracing::info!(code = what.as_str(), url = %job.url, "{message}");
        }
    }

    /// Counts walls in a row: a site that bars its pages is not asked for all of them.
    pub(super) fn bar(&mut self, job: &PageJob, what: Instead) -> Result<(), HostEnd> {
        self.barred = if what.bars_the_site() { self.barred + 1 } else { 0 };
        if self.barred < ENOUGH || job.via == Via::User {
            return Ok(());
        }
        tracing::warn!(
            site = job.site.id,
            code = what.as_str(),
            "{} pages in a row show {}: the rest waits for the next run",
            self.barred,
            what.what()
        );
        Err(HostEnd::NotNow(what.as_str()))
    }

    /// What the site shows for an address that does not exist, if the page reads the same. It is asked
    /// for once a run, and only when a page gives reason to.
    pub(super) async fn same_as_nowhere(
        &mut self,
        job: &PageJob,
        article: &Article,
    ) -> Result<Option<Shown>, HostEnd> {
        if self.nowhere.is_none() {
            self.nowhere = Some(self.ask_nowhere(job).await?);
        }
        let same = self.nowhere.iter().flatten().any(|nowhere| is_same(article, nowhere));
        Ok(same.then(|| Shown {
            what: Instead::Soft404,
            sign: "an address that does not exist shows the same".to_owned(),
        }))
    }

    async fn ask_nowhere(&mut self, job: &PageJob) -> Result<Option<Archived>, HostEnd> {
        let Some(url) = nowhere(&job.url) else { return Ok(None) };
        if self.allowed(&url, &job.site.id).await? != Allowed::Yes {
            return Ok(None);
        }
        let page = PageJob { url, validators: Validators::default(), ..job.clone() };
        let Led::Answer { outcome: Outcome::Captured(capture), .. } = self.follow(&page).await? else {
            return Ok(None);
        };
        let read = self.run.read(&job.site, Arc::new(*capture), Known::default(), false).await;
        Ok(read.ok().map(|read| Archived::of(&read.article)))
    }
}

/// Whether a page should be an article: one that a sitemap or a section lists need not be; one that a feed
/// lists, that was named, or that was an article before, should.
fn is_expected(job: &PageJob) -> bool {
    job.article.is_some() || matches!(job.via, Via::User | Via::Source(SourceKind::Feed | SourceKind::Api))
}

fn problem(job: &PageJob, code: &str, message: String) -> Problem {
    Problem { site: job.site.id.clone(), code: code.to_owned(), url: job.url.to_string(), message }
}

/// An address beside another that no site has.
fn nowhere(url: &PageUrl) -> Option<PageUrl> {
    let path = url.path();
    let (folder, last) = path.trim_end_matches('/').rsplit_once('/')?;
    let slash = if path.ends_with('/') && !last.is_empty() { "/" } else { "" };
    let suffix = last.rsplit_once('.').map(|(_, suffix)| format!(".{suffix}")).filter(|s| s.len() < 7);
    let hash = sha256(url.as_str().as_bytes()).to_string();
    let name = format!("kliping-no-such-page-{}{}", &hash[..8], suffix.unwrap_or_default());
    url.join(&format!("{folder}/{name}{slash}")).ok()
}

fn is_same(article: &Article, nowhere: &Archived) -> bool {
    let same = article.body.iter().filter(|block| nowhere.body.contains(&block.text)).count();
    same > 0 && same * 100 >= article.body.len() * SAME
}

/// The name of what an error's page shows, in place of the bare status.
pub(super) fn named(failure: Failure) -> Failure {
    let Some(page) = &failure.page else { return failure };
    let shown = instead::of_refusal(&page.body, page.content_type.as_deref());
    match shown.filter(|shown| shown.what.bars_the_site()) {
        Some(Shown { what, sign }) => Failure {
            code: what.as_str(),
            message: format!("{}: the site shows {}: {sign}", failure.message, what.what()),
            page: None,
            ..failure
        },
        None => failure,
    }
}

/// Where a redirect leads that leads to no article.
pub(super) fn astray(asked: &PageUrl, to: &PageUrl) -> Option<Shown> {
    if instead::is_front(to) && !instead::is_front(asked) {
        return Some(Shown { what: Instead::FrontPage, sign: format!("it redirects to {to}") });
    }
    let what = instead::detour(asked, to)?;
    Some(Shown { what, sign: format!("it redirects to {to}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nowhere_is_beside_the_page_and_looks_like_it() {
        for (url, begins, ends) in [
            ("https://kabar.example/2026/harga/", "https://kabar.example/2026/kliping-no-such-page-", "/"),
            ("https://kabar.example/a/b.html?x=1", "https://kabar.example/a/kliping-no-such-page-", ".html"),
            ("https://kabar.example/satu", "https://kabar.example/kliping-no-such-page-", ""),
        ] {
            let url = PageUrl::parse(url).unwrap();
            let nowhere = nowhere(&url).unwrap();
            assert!(nowhere.as_str().starts_with(begins) && nowhere.as_str().ends_with(ends), "{nowhere}");
            assert_eq!(nowhere, super::nowhere(&url).unwrap());
        }
    }
}

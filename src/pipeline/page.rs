//! One page: ask, follow, read, store.

use std::sync::Arc;

use super::answer::{Answer, failed, too_many_redirects};
use super::clock;
use super::count::Count;
use super::host::{HostTask, ends_task};
use super::instead::{astray, named};
use super::report::Problem;
use super::robots::{Allowed, robots_unreachable};
use super::state::Mode;
use super::work::{HostEnd, Led, PageJob};
use crate::fetch::Accept;
use crate::model::{Archived, Candidate, Capture, Finding, Instead, Outcome, PageUrl, Validators, Via};
use crate::read::instead;
use crate::store::{FetchRecord, Observation, Recorded, RecordedOutcome};

/// Redirects to follow for a page.
const REDIRECTS: usize = 10;

impl HostTask {
    /// Asks for one page, reads it and stores what came of it.
    pub async fn page(&mut self, job: PageJob) -> Result<(), HostEnd> {
        let named = (job.via == Via::User).then(|| job.clone());
        let end = self.one_page(job).await;
        if let (Err(HostEnd::NotNow(_)), Some(job)) = (&end, named) {
            self.work.pages.push_front(job);
        }
        end
    }

    async fn one_page(&mut self, job: PageJob) -> Result<(), HostEnd> {
        if self.run.stop.reason().is_some() {
            return Err(HostEnd::Stopping);
        }
        match self.allowed(&job.url, &job.site.id).await? {
            Allowed::Yes => {}
            Allowed::No => return self.record(&job, None, Observation::Disallowed).await,
            // Told when it was asked for. It says nothing about the page, which stays due.
            Allowed::Unknown => return Ok(()),
        }
        if !self.run.take_page() {
            return Ok(());
        }
        let (observation, answer) = match self.follow(&job).await? {
            Led::Astray { shown, to } => {
                return self.shows(&job, Some(Answer::bare(to)), None, shown).await;
            }
            Led::Elsewhere(to) => (self.elsewhere(&job, to).await?, None),
            Led::Answer { outcome, url } => match outcome {
                Outcome::Captured(capture) => {
                    self.run.tally.count(&job.site.id, Count::Fetched);
                    let capture = Capture { requested: job.url.clone(), url, ..*capture };
                    return self.captured(job, capture).await;
                }
                Outcome::NotModified { validators } => (Observation::NotModified { validators }, Some(url)),
                Outcome::Gone { status } => {
                    let gone_after = self.run.config.recheck.gone_after;
                    (Observation::Missing { status, gone_after }, Some(url))
                }
                Outcome::Disallowed => (Observation::Disallowed, Some(url)),
                Outcome::Failed(failure) => (failed(&job, named(failure)), Some(url)),
                // `follow` hands out no redirect within this host but one too many.
                Outcome::Moved { .. } => (failed(&job, too_many_redirects()), Some(url)),
            },
        };
        self.record(&job, answer.map(Answer::bare), observation).await
    }

    /// Follows redirects as long as they stay within this host's gate and robots.txt.
    pub(super) async fn follow(&mut self, job: &PageJob) -> Result<Led, HostEnd> {
        let mut url = job.url.clone();
        let mut validators = job.validators.clone();
        for _ in 0..=REDIRECTS {
            let outcome = self.ask(&url, std::mem::take(&mut validators), Accept::Page).await;
            if let Some(end) = ends_task(&outcome) {
                return Err(end);
            }
            let Outcome::Moved { to, .. } = outcome else { return Ok(Led::Answer { outcome, url }) };
            if let Some(shown) = astray(&job.url, &to) {
                return Ok(Led::Astray { shown, to });
            }
            if to.host_key() != self.host {
                return Ok(Led::Elsewhere(to));
            }
            let outcome = match self.allowed(&to, &job.site.id).await? {
                Allowed::Yes => None,
                Allowed::No => Some(Outcome::Disallowed),
                Allowed::Unknown => Some(Outcome::Failed(robots_unreachable())),
            };
            url = to;
            if let Some(outcome) = outcome {
                return Ok(Led::Answer { outcome, url });
            }
        }
        Ok(Led::Answer { outcome: Outcome::Failed(too_many_redirects()), url })
    }

    /// A redirect to another host goes through that host's own gate.
    async fn elsewhere(&mut self, job: &PageJob, to: PageUrl) -> Result<Observation, HostEnd> {
        let candidate = Candidate::bare(to.clone(), Via::Redirect);
        let writer = self.run.archive.writer();
        writer.enqueue(job.site.id.clone(), vec![candidate], clock::now()).await.map_err(HostEnd::Archive)?;
        // What is due is taken from the queue; only a run over named pages does not look there.
        if self.run.mode != Mode::Named {
            self.run.spill(to.host_key());
        } else if !self.run.spill_page(PageJob {
            url: to.clone(),
            article: None,
            validators: Validators::default(),
            tries: 0,
            ..job.clone()
        }) {
            // Two hosts that lead to each other.
            return Ok(failed(job, too_many_redirects()));
        }
        Ok(Observation::MovedTo { to })
    }

    /// A page has arrived whole: read it on a blocking thread, and store what was read.
    async fn captured(&mut self, job: PageJob, capture: Capture) -> Result<(), HostEnd> {
        let capture = Arc::new(capture);
        let (head, mut known) = self.run.glance(&job).await.map_err(HostEnd::Archive)?;
        let reread = match &head {
            Some(head) if head.head.extractor != self.run.extractor(&job.site, &capture.url) => {
                self.run.reread(&job.site, head).await.map_err(HostEnd::Archive)?
            }
            _ => None,
        };
        // What the page is compared with is what today's rules read in the old one.
        if let (Some(archived), Some(reread)) = (&mut known.archived, &reread) {
            *archived = Archived::of(reread);
        }
        let archived = known.archived.clone();
        let read = self.run.read(&job.site, Arc::clone(&capture), known, false).await;
        let raw = self.run.config.crawl.keep_pages.then(|| capture.body.clone());
        let answer = Some(Answer::of(&capture));
        let read = match read {
            Ok(read) => read,
            Err(error) => return self.unreadable(&job, answer, raw, error).await,
        };
        // Whether its site has the text of a new page elsewhere is looked at when it is stored.
        let new = archived.is_none() && read.further.is_empty();
        let doubtful = match archived {
            Some(archived) => instead::is_apart(&read.article, &archived),
            None if new => false,
            None => {
                let reader = self.run.reader().map_err(HostEnd::Archive)?;
                reader.reads_elsewhere(&job.site.id, &read.article).map_err(HostEnd::Archive)?
            }
        };
        if doubtful && let Some(shown) = self.same_as_nowhere(&job, &read.article).await? {
            return self.shows(&job, answer, raw, shown).await;
        }
        if !new {
            self.barred = 0;
        }
        self.tell(&job, &read.findings);
        let article = match self.whole(&job, read).await? {
            Ok(article) => article,
            Err(failure) => return self.record(&job, answer, failed(&job, failure)).await,
        };
        let observation =
            Observation::Article { article: Box::new(article), raw, reread: reread.map(Box::new) };
        if new {
            self.store_first(&job, answer, observation).await
        } else {
            self.record(&job, answer, observation).await
        }
    }

    /// Stores an article at an address that nobody knew. Where its site has the same text elsewhere, it may be what
    /// the site shows for any address.
    async fn store_first(
        &mut self,
        job: &PageJob,
        answer: Option<Answer>,
        observation: Observation,
    ) -> Result<(), HostEnd> {
        let fetch = self.fetch_record(job, answer.clone().unwrap_or_default());
        let Some(observation) = self.store_new(job, fetch, observation).await? else {
            self.barred = 0;
            return Ok(());
        };
        if let Observation::Article { article, raw, .. } = &*observation
            && let Some(shown) = self.same_as_nowhere(job, article).await?
        {
            return self.shows(job, answer, raw.clone(), shown).await;
        }
        self.barred = 0;
        self.record(job, answer, *observation).await
    }

    /// Says what is worth telling of a reading; that a site file has rotted, loudly, once a run.
    fn tell(&self, job: &PageJob, findings: &[Finding]) {
        for Finding { code, message, .. } in findings {
            if matches!(*code, "body_rotten" | "body_missing") && self.run.tally.is_news(&job.site.id, code) {
                tracing::warn!(site = job.site.id, url = %job.url, code, "{message}");
            } else {
                tracing::info!(code, url = %job.url, "{message}");
            }
        }
    }

    /// Stores what came of a page, counts it, and notes a failure.
    pub(super) async fn record(
        &mut self,
        job: &PageJob,
        answer: Option<Answer>,
        observation: Observation,
    ) -> Result<(), HostEnd> {
        match &observation {
            Observation::Failed { code, message, .. } => self.failed(&job.site.id, &job.url, code, message),
            // Who names a page wants to hear why it was not archived.
            Observation::Missing { status, .. } if job.via == Via::User && job.article.is_none() => {
                let message = format!("the page answers {status}");
                self.failed(&job.site.id, &job.url, "gone", &message);
            }
            Observation::Disallowed if job.via == Via::User => {
                let message = "robots.txt does not allow it";
                self.run.tally.problem(Problem {
                    site: job.site.id.clone(),
                    code: "robots_denied".to_owned(),
                    url: job.url.to_string(),
                    message: message.to_owned(),
                });
            }
            _ => {}
        }
        let barred = match &observation {
            Observation::Failed { code, .. } => Instead::from_stored(code),
            _ => None,
        };
        if let Some(what) = barred {
            self.run.tally.instead(&job.site.id, what);
        }
        let fetch = self.fetch_record(job, answer.unwrap_or_default());
        self.store(job, fetch, observation).await?;
        barred.map_or(Ok(()), |what| self.bar(job, what))
    }

    /// The request as the archive notes it.
    fn fetch_record(&self, job: &PageJob, answer: Answer) -> FetchRecord {
        FetchRecord {
            run: Some(self.run.id),
            lease: self.lease(),
            site: job.site.id.clone(),
            site_name: job.site.rules.name.clone(),
            requested: job.url.clone(),
            url: answer.url,
            at: clock::now(),
            status: answer.status,
            validators: answer.validators,
            content_type: answer.content_type,
            bytes: answer.bytes,
            elapsed_ms: answer.elapsed_ms,
            via: job.via,
        }
    }

    /// Counts what was stored, and says so.
    pub(super) fn count(&self, job: &PageJob, recorded: &Recorded) {
        let count = match &recorded.outcome {
            RecordedOutcome::New => Count::New,
            RecordedOutcome::Changed { .. } => Count::Changed,
            RecordedOutcome::Restored { changed: Some(_) } => Count::Changed,
            RecordedOutcome::Same | RecordedOutcome::Kept { .. } | RecordedOutcome::Restored { .. } => {
                Count::Same
            }
            RecordedOutcome::NotModified => Count::NotModified,
            RecordedOutcome::Missing | RecordedOutcome::Gone | RecordedOutcome::Redirected => Count::Gone,
            RecordedOutcome::ExtractFailed | RecordedOutcome::NotArticle => Count::ExtractFailed,
            RecordedOutcome::Instead { what } => {
                self.run.tally.instead(&job.site.id, *what);
                if what.is_absence() { Count::Gone } else { Count::ExtractFailed }
            }
            RecordedOutcome::Disallowed => Count::RobotsDenied,
            // Failures were counted where they were noted; what was not written does not count.
            RecordedOutcome::Error | RecordedOutcome::Stale | RecordedOutcome::Refused => return,
        };
        // A page nobody knew, and that is not there, is no loss.
        if count == Count::Gone && recorded.article.is_none() {
            return;
        }
        if !matches!(count, Count::ExtractFailed | Count::RobotsDenied) {
            self.run.tally.good();
        }
        tracing::info!(url = %job.url, outcome = ?recorded.outcome, "stored");
        self.run.tally.count(&job.site.id, count);
    }
}

//! Asking for lists of articles: feeds, sitemaps, sections, APIs, each in its own rhythm.

use super::answer::too_many_redirects;
use super::clock;
use super::host::{HostTask, ends_task};
use super::listing::{CHILDREN, DEPTH, ListError};
use super::polling::{self, Answered};
use super::robots::{Allowed, robots_unreachable};
use super::work::{HostEnd, SourceJob};
use crate::discover::api;
use crate::fetch::Accept;
use crate::model::{Outcome, PageUrl, SourceKind, Validators};
use crate::store::SourceState;

/// Redirects to follow for a list.
const REDIRECTS: usize = 5;

impl HostTask {
    /// Asks for one list, if it is due, and queues what it names.
    pub async fn poll(&mut self, job: SourceJob) -> Result<(), HostEnd> {
        if self.run.stop.reason().is_some() {
            return Err(HostEnd::Stopping);
        }
        if !self.seen.insert(format!("{} {}", job.kind.as_str(), job.url)) {
            return Ok(());
        }
        let known = {
            let reader = self.run.reader().map_err(HostEnd::Archive)?;
            reader.source(&job.url).map_err(HostEnd::Archive)?
        };
        let due = self.run.at_once || polling::is_due(&job, known.as_ref(), clock::now());
        let is_led_by_robots = job.kind == SourceKind::Section && job.site.has_sections_only();
        if !due && !is_led_by_robots {
            tracing::debug!(source = %job.url, "not due yet");
            return self.poll_children(&job);
        }
        let robots = self.robots(&job.url, &job.site.id).await?;
        if let Some(rules) = robots.rules().filter(|_| is_led_by_robots) {
            self.robots_sitemaps(&job, rules.sitemaps());
        }
        if robots.is_unknown() || !due {
            return Ok(());
        }
        if !robots.allows(job.url.path_and_query()) {
            let message = "robots.txt does not allow it";
            if is_one_of_many(&job) {
                tracing::info!(source = %job.url, "the site's other lists are used: {message}");
            } else {
                self.failed(&job.site.id, &job.url, "robots_denied", message);
            }
            return Ok(());
        }
        self.poll_now(job, known).await
    }

    async fn poll_now(&mut self, job: SourceJob, known: Option<SourceState>) -> Result<(), HostEnd> {
        let now = clock::now();
        let mut state = polling::begin(&job, known, now);
        let validators = polling::validators(&mut state, now);
        let url = match job.kind {
            SourceKind::Api => api::query(&job.url, polling::seen_until(&state)),
            _ => job.url.clone(),
        };
        let outcome = self.get_source(&job, url, validators).await?;
        let answered = match outcome {
            Outcome::Captured(capture) => match self.listed(&job, *capture, &mut state).await {
                Ok(brought) => Answered::Brought(brought),
                Err(ListError::End(end)) => return Err(end),
                Err(ListError::Unreadable(error)) => {
                    self.no_list(&job, None, error.code(), &error.to_string())
                }
            },
            Outcome::NotModified { validators } => {
                if !validators.is_empty() {
                    state.validators = validators;
                }
                self.poll_children(&job)?;
                Answered::Brought(0)
            }
            Outcome::Failed(failure) => self.no_list(&job, failure.status, failure.code, &failure.message),
            Outcome::Gone { status } => {
                let message = format!("this {} answers {status}", job.kind.as_str());
                self.no_list(&job, Some(status), "source_gone", &message)
            }
            Outcome::Disallowed => {
                let message = "it leads to where robots.txt does not allow us to go";
                self.no_list(&job, None, "robots_denied", message)
            }
            // Led to a host whose gate is not ours, and is asked for there, in its own rhythm.
            Outcome::Moved { .. } => Answered::Elsewhere,
        };
        if matches!(answered, Answered::Brought(_)) {
            self.run.tally.good();
        }
        polling::end(&mut state, answered, &self.run.config.poll, clock::now());
        self.run.archive.writer().put_source(state).await.map_err(HostEnd::Archive)
    }

    /// A list that could not be had. An API that its site does not want to be asked is no failure where
    /// there are other lists.
    fn no_list(&self, job: &SourceJob, status: Option<u16>, code: &str, message: &str) -> Answered {
        let refusal = match status {
            Some(status) => matches!(status, 400 | 401 | 403..=406 | 410),
            // A page instead of posts: a plugin asks for a login.
            None => code == "source_other",
        };
        if refusal && is_one_of_many(job) {
            tracing::info!(code, source = %job.url, "the site's other lists are used: {message}");
            return Answered::Refused(message.to_owned());
        }
        self.failed(&job.site.id, &job.url, code, message);
        Answered::Failed(message.to_owned())
    }

    /// The sitemaps that an index listed when it was last read: they change without it.
    fn poll_children(&mut self, job: &SourceJob) -> Result<(), HostEnd> {
        if job.kind != SourceKind::Sitemap || job.depth >= DEPTH {
            return Ok(());
        }
        let children = {
            let reader = self.run.reader().map_err(HostEnd::Archive)?;
            reader.source_children(&job.url).map_err(HostEnd::Archive)?
        };
        for child in children.into_iter().take(CHILDREN) {
            self.hand_out(job.child(child.url, None));
        }
        Ok(())
    }

    fn robots_sitemaps(&mut self, job: &SourceJob, sitemaps: &[String]) {
        let found = sitemaps.iter().filter_map(|text| job.url.join(text).ok());
        for url in found.take(CHILDREN) {
            self.hand_out(SourceJob::named(SourceKind::Sitemap, url, &job.site));
        }
    }

    /// Work for this host stays here; work for another goes to that host's task.
    pub(super) fn hand_out(&mut self, job: SourceJob) {
        if job.url.host_key() == self.host {
            self.work.sources.push_back(job);
        } else {
            self.run.spill_source(job);
        }
    }

    /// Asks for a page of a list, and follows redirects.
    pub(super) async fn get_source(
        &mut self,
        job: &SourceJob,
        mut url: PageUrl,
        mut validators: Validators,
    ) -> Result<Outcome, HostEnd> {
        let accept = match job.kind {
            SourceKind::Feed => Accept::Feed,
            SourceKind::Sitemap => Accept::Sitemap,
            SourceKind::Section => Accept::Page,
            SourceKind::Api => Accept::Json,
        };
        for _ in 0..=REDIRECTS {
            let outcome = self.ask(&url, std::mem::take(&mut validators), accept).await;
            if let Some(end) = ends_task(&outcome) {
                return Err(end);
            }
            let Outcome::Moved { to, .. } = &outcome else { return Ok(outcome) };
            if to.host_key() != self.host {
                let taken = job.kind != SourceKind::Api
                    && self.run.spill_source(SourceJob { url: to.clone(), ..job.clone() });
                return Ok(if taken { outcome } else { Outcome::Failed(too_many_redirects()) });
            }
            match self.allowed(to, &job.site.id).await? {
                Allowed::Yes => url = to.clone(),
                Allowed::No => return Ok(Outcome::Disallowed),
                Allowed::Unknown => return Ok(Outcome::Failed(robots_unreachable())),
            }
        }
        Ok(Outcome::Failed(too_many_redirects()))
    }
}

/// Whether it is an API of a site that has other lists, too.
fn is_one_of_many(job: &SourceJob) -> bool {
    job.kind == SourceKind::Api && job.site.sources().iter().any(|(kind, _)| *kind != SourceKind::Api)
}

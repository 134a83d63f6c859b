//! What is remembered of a list of articles from one request to the next.

use jiff::{SignedDuration, Timestamp};

use super::work::SourceJob;
use crate::config::Poll;
use crate::model::Validators;
use crate::schedule::{self, Polled};
use crate::store::SourceState;

/// How asking for a list ended.
#[derive(Debug)]
pub enum Answered {
    /// It could be read, and named so many new or changed articles.
    Brought(usize),
    /// It could not be had or read.
    Failed(String),
    /// The site does not want it to be asked for.
    Refused(String),
    /// It is another host's.
    Elsewhere,
}

/// Whether it is time to ask for a list: it is due, or the index that lists it says that it changed.
pub fn is_due(job: &SourceJob, known: Option<&SourceState>, now: Timestamp) -> bool {
    let Some(state) = known else { return true };
    let listed = job.parent.as_ref().and_then(|(_, modified)| *modified);
    // A clock that went back would leave a list alone until it has caught up.
    state.next.is_none_or(|next| next <= now)
        || state.checked > now
        || listed.is_some_and(|modified| modified > state.checked && modified <= now)
}

/// The state that a request begins with.
pub fn begin(job: &SourceJob, known: Option<SourceState>, now: Timestamp) -> SourceState {
    let parent = job.parent.as_ref().map(|(parent, _)| parent.clone());
    match known {
        // What was a feed may have become a sitemap in the configuration.
        Some(known) => SourceState { kind: job.kind, site: job.site.id.clone(), parent, ..known },
        None => SourceState {
            url: job.url.clone(),
            kind: job.kind,
            site: job.site.id.clone(),
            validators: Validators::default(),
            first: now,
            checked: now,
            changed: None,
            next: None,
            interval: SignedDuration::ZERO,
            full: None,
            parent,
            mark: None,
            trouble: None,
            failures: 0,
            content_sha256: None,
        },
    }
}

/// What to ask by; nothing, once a day.
pub fn validators(state: &mut SourceState, now: Timestamp) -> Validators {
    let validators = std::mem::take(&mut state.validators);
    if validators.is_empty() || schedule::wants_full_read(state.full, now) {
        return Validators::default();
    }
    state.validators.clone_from(&validators);
    validators
}

/// Until when an API's changes were seen: a second less, because others may have come in that one.
pub fn seen_until(state: &SourceState) -> Option<Timestamp> {
    state.mark.and_then(|mark| mark.checked_sub(SignedDuration::from_secs(1)).ok())
}

/// Takes in how a request ended.
pub fn end(state: &mut SourceState, answered: Answered, bounds: &Poll, now: Timestamp) {
    let (brought, trouble) = match answered {
        Answered::Brought(brought) => (brought, None),
        Answered::Failed(why) => (0, Some(why)),
        Answered::Refused(why) => {
            (state.checked, state.trouble) = (now, Some(why));
            state.next = Some(schedule::next_after_refusal(now));
            return;
        }
        Answered::Elsewhere => {
            (state.checked, state.next) = (now, None);
            return;
        }
    };
    state.failures = if trouble.is_some() { state.failures + 1 } else { 0 };
    if trouble.is_some() {
        // A broken list must be asked for again in full.
        state.validators = Validators::default();
    }
    let polled = Polled {
        first: state.first,
        before: Some(state.checked).filter(|_| state.changed.is_some() || state.checked != state.first),
        changed: state.changed,
        interval: state.interval,
        brought,
        failures: state.failures,
    };
    let next = schedule::next_poll(bounds, &polled, now);
    if brought > 0 || state.changed.is_none() && trouble.is_none() {
        state.changed = Some(now);
    }
    (state.interval, state.next) = (next.interval, Some(next.at));
    (state.checked, state.trouble) = (now, trouble);
}

//! What is kept of an answer, and of a failure.

use super::clock;
use super::work::PageJob;
use crate::model::{Capture, Failure, PageUrl, Retry, Validators};
use crate::schedule;
use crate::store::Observation;

/// What is kept of an answer besides its body.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    pub(super) url: Option<PageUrl>,
    pub(super) status: Option<u16>,
    pub(super) validators: Validators,
    pub(super) content_type: Option<String>,
    pub(super) bytes: u64,
    pub(super) elapsed_ms: u64,
}

impl Answer {
    pub(super) fn bare(url: PageUrl) -> Self {
        Self { url: Some(url), ..Self::default() }
    }

    pub(super) fn of(capture: &Capture) -> Self {
        Self {
            url: Some(capture.url.clone()),
            status: Some(capture.status),
            validators: capture.validators.clone(),
            content_type: capture.content_type.clone(),
            bytes: capture.body.len() as u64,
            elapsed_ms: capture.elapsed_ms,
        }
    }
}

/// A request that failed, and when to try again.
pub(super) fn failed(job: &PageJob, failure: Failure) -> Observation {
    let not_before = match failure.retry {
        Retry::NotBefore(at) => Some(at),
        Retry::Backoff => Some(schedule::retry_page(job.tries, clock::now())),
        Retry::Never => None,
    };
    Observation::Failed { code: failure.code.to_owned(), message: failure.message, not_before }
}

/// An address that leads on and on.
pub(super) fn too_many_redirects() -> Failure {
    Failure {
        code: "too_many_redirects",
        message: "it redirects again and again".to_owned(),
        status: None,
        retry: Retry::Backoff,
        page: None,
    }
}

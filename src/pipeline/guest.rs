//! One request to a host that is not ours: where a robots.txt leads to another host, its rules count
//! as far as the redirect goes (RFC 9309 §2.3.1.2), and the other host's turn is kept.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::clock;
use super::host::HostTask;
use super::lease::look_again;
use crate::fetch::{Accept, LeaseDeadline, Request};
use crate::model::{Failure, HostKey, Outcome, PageUrl, Retry, Validators};
use crate::store::{Claim, Lease};

/// How long the other host is waited for. Two hosts whose robots.txt lead to each other, both in work,
/// wait for each other; this ends it.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);

impl HostTask {
    /// Asks another host for its robots.txt, under a lease of its own.
    pub(super) async fn ask_as_guest(&self, url: &PageUrl) -> Outcome {
        let host = url.host_key();
        let delay = self.run.config.crawl.delay.max(self.delay);
        let (lease, deadline) = match self.claim_as_guest(&host, delay).await {
            Ok(claimed) => claimed,
            Err(outcome) => return outcome,
        };
        let request = Request {
            url: url.clone(),
            validators: Validators::default(),
            accept: Accept::Robots,
            deadline: Some(deadline),
            now: clock::now(),
        };
        let outcome = tokio::select! {
            () = self.run.stop.requested() => super::host::stopped(),
            outcome = self.run.client.get(&request) => outcome,
        };
        let rested = clock::now().checked_add(delay).unwrap_or(Timestamp::MAX);
        let next_at = match &outcome {
            Outcome::Failed(Failure { retry: Retry::NotBefore(until), .. }) => rested.max(*until),
            _ => rested,
        };
        if let Err(error) = self.run.archive.writer().release(&lease, clock::now(), next_at).await {
            tracing::error!(code = error.code(), %host, "cannot release the lease: {error}");
        }
        outcome
    }

    async fn claim_as_guest(
        &self,
        host: &HostKey,
        delay: Duration,
    ) -> Result<(Lease, LeaseDeadline), Outcome> {
        let duration = self.lease_for();
        let latest = clock::now().checked_add(PATIENCE).unwrap_or(Timestamp::MAX);
        loop {
            let deadline = LeaseDeadline::after(duration);
            let now = clock::now();
            let claim = self.run.archive.writer().claim(host, &self.run.owner, now, duration, delay).await;
            let until = match claim {
                Ok(Claim::Granted(lease)) => return Ok((lease, deadline)),
                Ok(Claim::Busy { until }) => until,
                Err(error) => return Err(unreachable(error.to_string())),
            };
            let left = latest.duration_since(clock::now());
            if left.is_negative() || left.is_zero() {
                return Err(unreachable(format!("{host} is not to be asked before {until:.0}")));
            }
            let wait = look_again(clock::now(), until.min(latest));
            tokio::select! {
                () = self.run.stop.requested() => return Err(super::host::stopped()),
                () = tokio::time::sleep(wait) => {}
            }
        }
    }
}

fn unreachable(message: String) -> Outcome {
    Outcome::Failed(Failure { code: "host_busy", message, status: None, retry: Retry::Backoff, page: None })
}

//! The HTTP client: one request, one outcome.

use std::future::{Future, poll_fn};
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Once;
use std::task::Poll;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderValue};
use tokio::time::Instant;

use super::answer::{self, Limits};
use super::failure::{self, failure};
use super::guard::{Refused, Resolver, is_private};
use super::{FetchError, LeaseDeadline, lease};
use crate::model::{Failure, Outcome, PageUrl, Retry, Validators};

/// An idle connection is dropped after this time. Apache closes its own after 5 s, and a request
/// written at that very moment would be lost.
const IDLE: Duration = Duration::from_secs(4);

/// How pages are asked for.
#[derive(Debug, Clone)]
pub struct FetchSettings {
    /// The `User-Agent` header; see [`user_agent`](super::user_agent).
    pub user_agent: String,
    /// Time to resolve the name, to connect and to agree on TLS.
    pub connect_timeout: Duration,
    /// Time for the whole request, to the last byte of the body.
    pub timeout: Duration,
    /// Largest body after content decoding, in bytes. Sitemaps may be larger, robots.txt files are
    /// cut off earlier.
    pub max_body: u64,
    /// Whether every private address may be asked.
    pub allow_private: bool,
    /// Hosts (`kabar.local`, `127.0.0.1`) or hosts with their port (`127.0.0.1:8087`) which the
    /// user named, and which may therefore be private.
    pub private_hosts: Vec<String>,
}

/// What is asked for: it decides the `Accept` header and the largest body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// A page.
    Page,
    /// A feed.
    Feed,
    /// JSON of an API.
    Json,
    /// A sitemap: up to 50 MiB, as its protocol allows.
    Sitemap,
    /// robots.txt: what is longer than 500 KiB is cut off, not refused (RFC 9309 §2.5).
    Robots,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The address.
    pub url: PageUrl,
    /// What the last answer gave to ask by.
    pub validators: Validators,
    /// What is asked for.
    pub accept: Accept,
    /// The end of the lease under which the host is asked. [`Client::get`] writes no byte when it
    /// is less than the time to connect and one second away.
    pub deadline: Option<LeaseDeadline>,
    /// The time of the request, from which the time of the answer is counted.
    pub now: Timestamp,
}

/// Asks servers. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    guarded: reqwest::Client,
    /// Without the guard against private addresses; only if something may be private.
    open: Option<reqwest::Client>,
    settings: FetchSettings,
    /// Whether the machine has root certificates.
    has_roots: bool,
}

impl Client {
    /// Makes a client.
    ///
    /// # Errors
    /// [`FetchError::Client`] when the user agent cannot stand in a header.
    pub fn new(settings: &FetchSettings) -> Result<Self, FetchError> {
        let open = settings.allow_private || !settings.private_hosts.is_empty();
        let (guarded, has_roots) = build(settings, false)?;
        let open = if open { Some(build(settings, true)?.0) } else { None };
        Ok(Self { guarded, open, settings: settings.clone(), has_roots })
    }

    /// Asks once. Redirects are an outcome and nothing is tried again, so that each request can go
    /// through the gate of its own host.
    pub async fn get(&self, request: &Request) -> Outcome {
        self.ask(request).await.unwrap_or_else(Outcome::Failed)
    }

    async fn ask(&self, request: &Request) -> Result<Outcome, Failure> {
        let client = self.client_for(&request.url)?;
        let needed = self.settings.connect_timeout.saturating_add(lease::MARGIN);
        if request.deadline.is_some_and(|lease| lease.remaining() < needed) {
            return Err(lease_expired());
        }
        let started = Instant::now();
        let send = client.get(request.url.as_url().clone()).headers(headers(request)).send();
        let response = while_leased(send, request.deadline).await?.map_err(|error| self.failed(&error))?;
        let limits = Limits::of(request.accept, &self.settings);
        answer::read(response, request, started, limits).await
    }

    fn failed(&self, error: &reqwest::Error) -> Failure {
        let mut failure = failure::from_reqwest(error, &self.settings);
        if failure.code == "tls" && !self.has_roots {
            failure.message.push_str("; this machine has no root certificates: install ca-certificates");
        }
        failure
    }

    /// The client that may ask this address. A literal address never reaches the resolver, so it is
    /// looked at here.
    fn client_for(&self, url: &PageUrl) -> Result<&reqwest::Client, Failure> {
        if let Some(open) = self.open.as_ref().filter(|_| self.may_be_private(url)) {
            return Ok(open);
        }
        let host = url.host().trim_start_matches('[').trim_end_matches(']');
        match host.parse::<IpAddr>() {
            Ok(address) if is_private(address) => {
                let refused = Refused::Private { host: url.host().to_owned(), address };
                Err(failure("private_address", refused.to_string(), Retry::Never))
            }
            _ => Ok(&self.guarded),
        }
    }

    fn may_be_private(&self, url: &PageUrl) -> bool {
        let with_port = format!("{}:{}", url.host(), url.port());
        self.settings.allow_private
            || self
                .settings
                .private_hosts
                .iter()
                .any(|named| named.eq_ignore_ascii_case(url.host()) || named.eq_ignore_ascii_case(&with_port))
    }
}

/// Polls a request only while the host is ours. The first poll after a pause of the process
/// (SIGSTOP, a suspended machine) finds the lease gone and lets the connection fall before the
/// request is handed to it: the check at the start of [`Client::get`] alone would leave the time to
/// resolve, connect and agree on TLS open.
async fn while_leased<F: Future>(send: F, lease: Option<LeaseDeadline>) -> Result<F::Output, Failure> {
    let mut send = pin!(send);
    poll_fn(|context| {
        if lease.is_some_and(|lease| lease.remaining().is_zero()) {
            return Poll::Ready(Err(lease_expired()));
        }
        send.as_mut().poll(context).map(Ok)
    })
    .await
}

fn lease_expired() -> Failure {
    let message = "the lease on the host ends too soon to ask it; it is asked again in the next turn";
    failure("lease_expired", message, Retry::Backoff)
}

fn headers(request: &Request) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(accept(request.accept)));
    let etag = request.validators.etag.as_deref();
    let since = request.validators.last_modified.as_deref();
    for (name, value) in [(header::IF_NONE_MATCH, etag), (header::IF_MODIFIED_SINCE, since)] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

fn accept(what: Accept) -> &'static str {
    match what {
        Accept::Page => "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
        Accept::Feed => {
            "application/rss+xml,application/atom+xml,application/rdf+xml,application/feed+json,\
             application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
        }
        Accept::Json => "application/json,*/*;q=0.1",
        Accept::Sitemap => "application/xml,text/xml,text/plain;q=0.9,*/*;q=0.5",
        Accept::Robots => "text/plain,*/*;q=0.5",
    }
}

/// A client, and whether it has root certificates. Without a single one on the machine the library
/// refuses to make any client, but plain http needs none.
fn build(settings: &FetchSettings, allow_private: bool) -> Result<(reqwest::Client, bool), FetchError> {
    static PROVIDER: Once = Once::new();
    // An error here means that another part of the process has installed one already.
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    let builder = || {
        reqwest::Client::builder()
            .user_agent(settings.user_agent.as_str())
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(1)
            .dns_resolver(Resolver { allow_private })
    };
    let with_roots = builder().build().map(|client| (client, true));
    with_roots
        .or_else(|_| builder().tls_certs_only([]).build().map(|client| (client, false)))
        .map_err(|error| FetchError::Client(failure::chain(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[tokio::test]
    async fn a_request_is_not_polled_once_the_lease_is_over() {
        let polls = Cell::new(0);
        let send = || {
            poll_fn(|_| {
                polls.set(polls.get() + 1);
                Poll::Ready(())
            })
        };
        let over = LeaseDeadline::after(Duration::ZERO);
        assert_eq!(while_leased(send(), Some(over)).await.unwrap_err().code, "lease_expired");
        assert_eq!(polls.get(), 0);
        let ours = LeaseDeadline::after(Duration::from_secs(60));
        assert_eq!(while_leased(send(), Some(ours)).await, Ok(()));
        assert_eq!(while_leased(send(), None).await, Ok(()));
    }
}

//! From an HTTP response to an outcome.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderName};
use reqwest::{Response, StatusCode, Version};
use tokio::time::Instant;

use super::failure;
use super::retry_after::retry_after;
use super::{Accept, FetchSettings, Request};
use crate::model::{Capture, ErrorPage, Failure, Instead, Outcome, PageUrl, Retry, Validators, has_no_end};

/// The most that is read of a robots.txt (RFC 9309 §2.5 asks for at least 500 KiB).
const ROBOTS_BYTES: u64 = 512 * 1024;
/// The largest sitemap that its protocol allows.
const SITEMAP_BYTES: u64 = 50 * 1024 * 1024;

/// The most that is read of an error's page, and how long that may take.
const ERROR_BYTES: usize = 64 * 1024;
const ERROR_TIME: Duration = Duration::from_secs(2);

/// How much of a body is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    bytes: u64,
    /// Whether a longer body is cut off (robots.txt) or refused.
    cut: bool,
    timeout: Duration,
}

impl Limits {
    pub(super) fn of(accept: Accept, settings: &FetchSettings) -> Self {
        let (bytes, cut) = match accept {
            Accept::Page | Accept::Feed | Accept::Json => (settings.max_body, false),
            Accept::Sitemap => (settings.max_body.max(SITEMAP_BYTES), false),
            Accept::Robots => (ROBOTS_BYTES, true),
        };
        Self { bytes, cut, timeout: settings.timeout }
    }
}

/// Reads the answer to its end.
pub(super) async fn read(
    response: Response,
    request: &Request,
    started: Instant,
    limits: Limits,
) -> Result<Outcome, Failure> {
    let status = response.status();
    let validators = validators(response.headers()).answering(&request.validators, status == 200);
    match status.as_u16() {
        200 | 203 => {}
        304 if !request.validators.is_empty() => return Ok(Outcome::NotModified { validators }),
        404 | 410 => return Ok(Outcome::Gone { status: status.as_u16() }),
        301 | 302 | 303 | 307 | 308 => return moved(&response, &request.url),
        _ => return Err(refused(response, at(request, started)).await),
    }
    let content_type = text(response.headers(), header::CONTENT_TYPE);
    let links = links(response.headers());
    let open_ended = is_open_ended(&response);
    let body = body(response, limits).await?;
    let is_html = || content_type.as_deref().is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    if open_ended && is_html() && has_no_end(&body) {
        let message = "the page ends before its </html>, and its length was not announced";
        return Err(Failure {
            status: Some(status.as_u16()),
            ..failure::failure("truncated", message, Retry::Backoff)
        });
    }
    Ok(Outcome::Captured(Box::new(Capture {
        requested: request.url.clone(),
        url: request.url.clone(),
        status: status.as_u16(),
        content_type,
        validators,
        links,
        body,
        at: at(request, started),
        elapsed_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    })))
}

/// The body, decoded, up to the limit.
async fn body(mut response: Response, limits: Limits) -> Result<Vec<u8>, Failure> {
    let status = response.status().as_u16();
    let fail =
        |code, message: String, retry| Failure { code, message, status: Some(status), retry, page: None };
    let too_large =
        || fail("too_large", format!("the body is larger than {} bytes", limits.bytes), Retry::Never);
    // What the library decoded it also took out of the headers: this is an encoding it does not know.
    if let Some(encoding) = text(response.headers(), header::CONTENT_ENCODING)
        && !encoding.is_empty()
        && !encoding.eq_ignore_ascii_case("identity")
    {
        return Err(fail("encoding", format!("content encoding `{encoding}` is not known"), Retry::Never));
    }
    let announced = response.content_length().unwrap_or(0);
    if announced > limits.bytes && !limits.cut {
        return Err(too_large());
    }
    let capacity = announced.min(limits.bytes);
    let mut body = Vec::with_capacity(usize::try_from(capacity).unwrap_or(0));
    while let Some(chunk) =
        response.chunk().await.map_err(|e| failure::from_body(&e, status, limits.timeout))?
    {
        let room = usize::try_from(limits.bytes).unwrap_or(usize::MAX) - body.len();
        if chunk.len() > room {
            if !limits.cut {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk[..room]);
            break;
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn moved(response: &Response, from: &PageUrl) -> Result<Outcome, Failure> {
    let status = response.status();
    let fail = |message| Failure {
        status: Some(status.as_u16()),
        ..failure::failure("redirect", message, Retry::Never)
    };
    let target = text(response.headers(), header::LOCATION)
        .ok_or_else(|| fail(format!("HTTP {status}, but the answer does not say where to")))?;
    let to =
        from.join(&target).map_err(|error| fail(format!("HTTP {status} to where no page is: {error}")))?;
    let permanent = matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
    Ok(Outcome::Moved { to, permanent, status: status.as_u16() })
}

/// Any other status.
async fn refused(response: Response, now: Timestamp) -> Failure {
    let status = response.status();
    let date = text(response.headers(), header::DATE);
    let named = text(response.headers(), header::RETRY_AFTER)
        .filter(|_| matches!(status.as_u16(), 403 | 408 | 429 | 500..=599))
        .and_then(|value| retry_after(&value, date.as_deref(), now));
    let retry = match (named, status.as_u16()) {
        (Some(at), _) => Retry::NotBefore(at),
        (None, 408 | 425 | 429 | 500..=599) => Retry::Backoff,
        _ => Retry::Never,
    };
    let message = format!("HTTP {status}");
    let mut failure =
        Failure { code: "http_status", message, status: Some(status.as_u16()), retry, page: None };
    if let Some(what) = wall(&response) {
        failure.code = what.as_str();
        failure.message = format!("HTTP {status}: the site shows {}", what.what());
    } else if matches!(status.as_u16(), 402 | 403 | 405 | 406 | 429 | 503) {
        failure.page = error_page(response).await.map(Box::new);
    }
    failure
}

/// What an error status and its headers say of themselves.
fn wall(response: &Response) -> Option<Instead> {
    let headers = response.headers();
    let says = |name: &str, words: &[&str]| {
        let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        words.iter().any(|word| value.to_ascii_lowercase().contains(word))
    };
    if says("cf-mitigated", &["challenge"]) || says("x-amzn-waf-action", &["challenge", "captcha"]) {
        return Some(Instead::BotChallenge);
    }
    (response.status() == StatusCode::UNAUTHORIZED).then_some(Instead::LoginPage)
}

/// The beginning of the page that came with an error status, if it comes soon.
async fn error_page(mut response: Response) -> Option<ErrorPage> {
    let content_type = text(response.headers(), header::CONTENT_TYPE);
    if !content_type.as_deref().is_some_and(|t| t.contains("html") || t.contains("text/plain")) {
        return None;
    }
    let mut body = Vec::new();
    let read = async {
        while let Ok(Some(chunk)) = response.chunk().await {
            body.extend_from_slice(&chunk[..chunk.len().min(ERROR_BYTES - body.len())]);
            if body.len() >= ERROR_BYTES {
                break;
            }
        }
    };
    // What came until then tells enough.
    let _ = tokio::time::timeout(ERROR_TIME, read).await;
    (!body.is_empty()).then_some(ErrorPage { body, content_type })
}

/// Whether the end of the connection is the end of the body: then a body that was cut looks whole.
fn is_open_ended(response: &Response) -> bool {
    let headers = response.headers();
    response.version() < Version::HTTP_2
        && !headers.contains_key(header::CONTENT_LENGTH)
        && !headers.contains_key(header::TRANSFER_ENCODING)
}

/// The time of the answer: by the monotonic clock from the time of the request, so that a clock that
/// is set back in between cannot make the answer older than the question.
fn at(request: &Request, started: Instant) -> Timestamp {
    request.now.checked_add(started.elapsed()).unwrap_or(request.now)
}

fn validators(headers: &HeaderMap) -> Validators {
    Validators { etag: text(headers, header::ETAG), last_modified: text(headers, header::LAST_MODIFIED) }
}

fn links(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(header::LINK).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let joined = values.collect::<Vec<_>>().join(", ");
    (!joined.is_empty()).then_some(joined)
}

/// A header as text. Bytes that are no UTF-8 are replaced: `Location` headers hold raw Latin-1.
fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

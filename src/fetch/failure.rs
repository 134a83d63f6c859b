//! The HTTP library's errors, in our own words and with a stable code.

use std::error::Error;
use std::io;

use super::FetchSettings;
use super::guard::Refused;
use crate::model::{Failure, Retry};

/// A failure without a status.
pub(super) fn failure(code: &'static str, message: impl Into<String>, retry: Retry) -> Failure {
    Failure { code, message: message.into(), status: None, retry, page: None }
}

/// What went wrong before the body: name, connection, TLS, headers.
pub(super) fn from_reqwest(error: &reqwest::Error, settings: &FetchSettings) -> Failure {
    let later = |code, message: String| failure(code, message, Retry::Backoff);
    if let Some(refused) = find::<Refused>(error) {
        return match refused {
            Refused::Unknown { .. } => later("dns", refused.to_string()),
            Refused::Private { .. } => failure("private_address", refused.to_string(), Retry::Never),
        };
    }
    if error.is_timeout() {
        return if error.is_connect() {
            later("timeout", format!("no connection within {:?}", settings.connect_timeout))
        } else {
            later("timeout", format!("no whole answer within {:?}", settings.timeout))
        };
    }
    if let Some(tls) = find::<rustls::Error>(error) {
        return later("tls", format!("TLS: {tls}"));
    }
    if error.is_connect() {
        return later("connect", format!("cannot connect: {}", root(error)));
    }
    if error.is_builder() {
        return failure("url", chain(error), Retry::Never);
    }
    let text = chain(error);
    if text.contains("connection closed") || find::<io::Error>(error).is_some() {
        return later(
            "connection_closed",
            format!("the server closed the connection without an answer: {}", root(error)),
        );
    }
    later("protocol", format!("the answer is no HTTP: {}", root(error)))
}

/// What went wrong while the body was read.
pub(super) fn from_body(
    error: &reqwest::Error,
    status: u16,
    settings_timeout: std::time::Duration,
) -> Failure {
    let (code, message) = if error.is_timeout() {
        ("timeout", format!("no whole answer within {settings_timeout:?}"))
    } else if is_cut(error) {
        ("truncated", format!("the body ended early: {}", root(error)))
    } else {
        ("encoding", format!("the body is not in the encoding its header names: {}", root(error)))
    };
    Failure { code, message, status: Some(status), retry: Retry::Backoff, page: None }
}

/// Whether a body's bytes stopped coming, as against coming and being wrong. The HTTP library's own
/// error type cannot be named without depending on it, hence the look at its words.
fn is_cut(error: &reqwest::Error) -> bool {
    let cut = |kind| {
        use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
        matches!(kind, ConnectionReset | ConnectionAborted | UnexpectedEof | BrokenPipe)
    };
    find::<io::Error>(error).is_some_and(|io| cut(io.kind())) || {
        let text = chain(error);
        ["end of file", "unexpected EOF", "reset", "message completed", "chunk"]
            .iter()
            .any(|w| text.contains(w))
    }
}

/// The first error of a type in the chain of causes.
fn find<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        // What `io::Error::new` wraps is not its source but its inside, sometimes twice.
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// The innermost cause, which says what happened.
fn root(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// All causes, outermost first.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text.push_str(": ");
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}

//! What each answer of a server means to the client.

mod support;

use std::time::Duration;

use jiff::Timestamp;
use kliping::fetch::{Accept, Client, FetchSettings, LeaseDeadline, Request};
use kliping::model::{Failure, Outcome, PageUrl, Retry, Validators};
use support::raw::Raw;

fn settings() -> FetchSettings {
    FetchSettings {
        user_agent: "kliping/test (+https://kabar.example/bot)".to_owned(),
        connect_timeout: Duration::from_secs(5),
        timeout: Duration::from_secs(10),
        max_body: 100_000,
        allow_private: true,
        private_hosts: Vec::new(),
    }
}

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn request(url: &str) -> Request {
    Request {
        url: PageUrl::parse(url).unwrap(),
        validators: Validators::default(),
        accept: Accept::Page,
        deadline: None,
        now: now(),
    }
}

async fn get(url: &str) -> Outcome {
    Client::new(&settings()).unwrap().get(&request(url)).await
}

async fn fails(answer: &str) -> Failure {
    match get(&Raw::says(answer).url("/")).await {
        Outcome::Failed(failure) => failure,
        outcome => panic!("{answer:?} gave {outcome:?}"),
    }
}

#[tokio::test]
async fn a_whole_page_is_captured_with_what_to_ask_by_next_time() {
    let raw = Raw::says(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 9\r\n\
         ETag: W/\"a1\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n<p>Halo\n\n",
    );
    let Outcome::Captured(capture) = get(&raw.url("/a?b=c")).await else { panic!("not captured") };
    assert_eq!(capture.url.as_str(), raw.url("/a?b=c"));
    assert_eq!((capture.status, capture.content_type.as_deref()), (200, Some("text/html; charset=utf-8")));
    assert_eq!(capture.body, b"<p>Halo\n\n");
    // In the form that it is to be sent back in.
    assert_eq!(capture.validators.etag.as_deref(), Some("\"a1\""));
    assert_eq!(capture.validators.last_modified.as_deref(), Some("Thu, 01 Jan 2026 00:00:00 GMT"));
    assert!(capture.at >= now() && capture.at < now() + Duration::from_secs(10));
}

#[tokio::test]
async fn the_request_says_who_asks_and_what_is_known_already() {
    let raw = Raw::says("HTTP/1.1 304 Not Modified\r\nETag: \"a2\"\r\n\r\n");
    let mut request = request(&raw.url("/feed/"));
    request.accept = Accept::Feed;
    request.validators.etag = Some("\"a1\"".to_owned());
    request.validators.last_modified = Some("Thu, 01 Jan 2026 00:00:00 GMT".to_owned());
    let outcome = Client::new(&settings()).unwrap().get(&request).await;
    let renewed = Validators { etag: Some("\"a2\"".to_owned()), last_modified: None };
    assert_eq!(outcome, Outcome::NotModified { validators: renewed });
    let head = raw.heads().remove(0).to_ascii_lowercase();
    for line in [
        "get /feed/ http/1.1\r\n",
        "user-agent: kliping/test (+https://kabar.example/bot)\r\n",
        "if-none-match: \"a1\"\r\n",
        "if-modified-since: thu, 01 jan 2026 00:00:00 gmt\r\n",
        "accept: application/rss+xml",
        "accept-encoding: ",
    ] {
        assert!(head.contains(line), "no {line:?} in {head}");
    }
}

#[tokio::test]
async fn redirects_are_outcomes_and_are_not_followed() {
    for (status, location, to, permanent) in [
        (301, "/baru", "/baru", true),
        (302, "?p=2", "/a/b?p=2", false),
        (303, "c#komentar", "/a/c", false),
        (307, "//localhost/x", "http://localhost/x", false),
        (308, "https://kabar.example/d", "https://kabar.example/d", true),
    ] {
        let raw = Raw::says(format!(
            "HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
        ));
        let to = if to.starts_with('/') { raw.url(to) } else { to.to_owned() };
        let moved = Outcome::Moved { to: PageUrl::parse(&to).unwrap(), permanent, status };
        assert_eq!(get(&raw.url("/a/b")).await, moved);
        assert_eq!(raw.heads().len(), 1);
    }
}

#[tokio::test]
async fn redirects_that_lead_to_no_page_fail_for_good() {
    for location in
        ["Location: file:///etc/passwd\r\n", "Location: mailto:a@b.c\r\n", "Location: http://\r\n", ""]
    {
        let failure = fails(&format!("HTTP/1.1 302 Found\r\n{location}Content-Length: 0\r\n\r\n")).await;
        assert_eq!((failure.code, failure.status, failure.retry), ("redirect", Some(302), Retry::Never));
    }
}

#[tokio::test]
async fn each_refusal_says_whether_and_when_to_ask_again() {
    let at = |text: &str| Retry::NotBefore(text.parse().unwrap());
    for (status, retry_after, expected) in [
        (429, Some("120"), Some(at("2026-01-01T00:02:00Z"))),
        (503, Some("Thu, 01 Jan 2026 00:05:00 GMT"), Some(at("2026-01-01T00:05:00Z"))),
        (429, Some("0"), None),
        (503, Some("soon"), None),
        (429, None, None),
        (500, None, None),
    ] {
        let header = retry_after.map(|value| format!("Retry-After: {value}\r\n")).unwrap_or_default();
        let failure = fails(&format!("HTTP/1.1 {status} No\r\n{header}Content-Length: 0\r\n\r\n")).await;
        assert_eq!((failure.code, failure.status), ("http_status", Some(status)));
        // The wait counts from the answer, some milliseconds after the question.
        match (failure.retry, expected) {
            (Retry::NotBefore(got), Some(Retry::NotBefore(want))) => {
                assert!(got >= want && got < want + Duration::from_secs(9), "{status}: {got}");
            }
            (got, want) => assert_eq!(got, want.unwrap_or(Retry::Backoff), "{status}"),
        }
    }
    for status in [204, 206, 300, 304, 400, 403, 451] {
        let failure = fails(&format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n")).await;
        assert_eq!(
            (failure.code, failure.status, failure.retry),
            ("http_status", Some(status), Retry::Never)
        );
    }
    // A wall has a name of its own.
    for (head, code) in [
        ("401 No", "login_page"),
        ("403 No\r\ncf-mitigated: challenge", "bot_challenge"),
        ("202 Wait\r\nx-amzn-waf-action: challenge", "bot_challenge"),
    ] {
        let failure = fails(&format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n")).await;
        assert_eq!((failure.code, failure.retry), (code, Retry::Never));
    }
    for status in [404, 410] {
        let raw = Raw::says(format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n"));
        assert_eq!(get(&raw.url("/")).await, Outcome::Gone { status });
    }
}

#[tokio::test]
async fn nothing_is_asked_when_the_lease_on_the_host_ends_too_soon() {
    let raw = Raw::says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    let client = Client::new(&settings()).unwrap();
    let mut request = request(&raw.url("/"));
    for seconds in [0, 5] {
        request.deadline = Some(LeaseDeadline::after(Duration::from_secs(seconds)));
        let Outcome::Failed(failure) = client.get(&request).await else { panic!("asked") };
        assert_eq!((failure.code, failure.retry), ("lease_expired", Retry::Backoff));
    }
    assert_eq!(raw.heads().len(), 0);
    request.deadline = Some(LeaseDeadline::after(Duration::from_secs(60)));
    assert!(matches!(client.get(&request).await, Outcome::Captured(_)));
}

#[tokio::test]
async fn private_addresses_are_asked_only_if_the_user_named_them() {
    let raw = Raw::says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    let port = PageUrl::parse(&raw.url("/")).unwrap().port();
    for (named, url, allowed) in [
        (None, raw.url("/"), false),
        (Some("127.0.0.1".to_owned()), raw.url("/"), true),
        (Some(format!("127.0.0.1:{port}")), raw.url("/"), true),
        (Some("127.0.0.1:1".to_owned()), raw.url("/"), false),
        // The name is no address; where it leads is seen by the resolver.
        (None, format!("http://localhost:{port}/"), false),
        (Some("127.0.0.1".to_owned()), format!("http://localhost:{port}/"), false),
        (Some("localhost".to_owned()), format!("http://localhost:{port}/"), true),
        (None, format!("http://[::ffff:127.0.0.1]:{port}/"), false),
        (None, format!("http://2130706433:{port}/"), false),
    ] {
        let settings = FetchSettings {
            allow_private: false,
            private_hosts: named.iter().cloned().collect(),
            ..settings()
        };
        let outcome = Client::new(&settings).unwrap().get(&request(&url)).await;
        match outcome {
            Outcome::Captured(_) => assert!(allowed, "{named:?} {url}"),
            Outcome::Failed(failure) => {
                assert_eq!(
                    (failure.code, failure.retry),
                    ("private_address", Retry::Never),
                    "{url}: {failure:?}"
                );
                assert!(!allowed, "{named:?} {url}");
                assert!(failure.message.contains("allow_private"), "{}", failure.message);
            }
            outcome => panic!("{outcome:?}"),
        }
    }
}

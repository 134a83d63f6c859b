//! The origin that other tests lean on must itself do what it says.

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use support::origin::{self, Origin, Reply};

/// Sends a request on a connection of its own and reads to the end.
fn ask(origin: &Origin, path: &str, headers: &str) -> String {
    let url = origin.url("");
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: uji\r\nUser-Agent: uji/1\r\n{headers}\r\n").unwrap();
    let mut answer = Vec::new();
    // The server keeps the connection open: the read ends by its time-out.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}

#[test]
fn answers_by_its_table_and_logs_every_hit() {
    let origin = Origin::start();
    origin.set("/a?x=1", origin::page("Judul", &["Satu.", "Dua."]));
    origin.set_row("/b", vec![Reply::new(503, "text/plain", "nanti"), origin::text("sudah")]);
    assert!(ask(&origin, "/a?x=1", "").contains("<h1>Judul</h1>"));
    assert!(ask(&origin, "/b", "").starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
    assert!(ask(&origin, "/b", "").ends_with("sudah"));
    assert!(ask(&origin, "/b", "").ends_with("sudah"));
    assert!(ask(&origin, "/c", "").starts_with("HTTP/1.1 404 "));
    origin.remove("/b");
    assert!(ask(&origin, "/b", "").starts_with("HTTP/1.1 404 "));
    let hits = origin.hits();
    assert_eq!(hits.iter().map(|h| h.status).collect::<Vec<_>>(), [200, 503, 200, 200, 404, 404]);
    assert!(hits.iter().all(|h| h.user_agent == "uji/1" && h.ended >= h.started));
    assert_eq!(origin.count("/b"), 4);
}

#[test]
fn a_conditional_request_gets_a_304_only_for_the_same_state() {
    let request = |name: &str, value: &str| origin::Request {
        site: 0,
        method: "GET".to_owned(),
        target: "/".to_owned(),
        headers: vec![(name.to_owned(), value.to_owned())],
    };
    let date = "Mon, 23 Nov 2026 01:00:00 GMT";
    for (name, value, status) in [
        ("if-none-match", "\"a\"", 304),
        ("if-none-match", "W/\"a\"", 304),
        ("if-none-match", "\"b\", \"a\"", 304),
        ("if-none-match", "\"b\"", 200),
        ("if-modified-since", date, 304),
        ("if-modified-since", "Sun, 22 Nov 2026 01:00:00 GMT", 200),
        ("accept", "*/*", 200),
    ] {
        let reply = origin::text("isi").validated(&request(name, value), "\"a\"", date);
        assert_eq!(reply.status, status, "{name}: {value}");
        assert_eq!(reply.body.is_empty(), status == 304);
        assert!(reply.headers.iter().any(|(name, _)| *name == "ETag"));
    }
}

#[test]
fn a_truncated_answer_promises_more_than_it_sends() {
    let origin = Origin::start();
    origin.set("/t", origin::truncated(1000, "<p>setengah"));
    let answer = ask(&origin, "/t", "");
    assert!(answer.contains("Content-Length: 1000") && answer.ends_with("setengah"));
    assert_eq!(origin.hits()[0].status, 0);
}

#[test]
#[should_panic(expected = "the delay is 1s")]
fn politeness_is_judged_by_the_log() {
    let origin = Origin::start();
    ask(&origin, "/a", "");
    ask(&origin, "/b", "");
    origin.assert_polite(Duration::ZERO);
    origin.assert_polite(Duration::from_secs(1));
}

//! What goes wrong between a server and the client: nothing half is ever taken for a page.

mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use kliping::fetch::{Accept, Client, FetchSettings, Request};
use kliping::model::{Capture, Failure, Outcome, PageUrl, Retry, Validators};
use rustls::pki_types::PrivatePkcs8KeyDer;
use support::raw::{Raw, Step};

const MAX_BODY: u64 = 100_000;

/// One request with small limits.
async fn ask(url: &str, accept: Accept) -> Outcome {
    let settings = FetchSettings {
        user_agent: "kliping/test".to_owned(),
        connect_timeout: Duration::from_millis(400),
        timeout: Duration::from_millis(800),
        max_body: MAX_BODY,
        allow_private: true,
        private_hosts: Vec::new(),
    };
    let request = Request {
        url: PageUrl::parse(url).unwrap(),
        validators: Validators::default(),
        accept,
        deadline: None,
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    Client::new(&settings).unwrap().get(&request).await
}

async fn fails(raw: &Raw) -> Failure {
    match ask(&raw.url("/"), Accept::Page).await {
        Outcome::Failed(failure) => failure,
        outcome => panic!("{outcome:?}"),
    }
}

async fn captured(raw: &Raw, accept: Accept) -> Box<Capture> {
    match ask(&raw.url("/"), accept).await {
        Outcome::Captured(capture) => capture,
        outcome => panic!("{outcome:?}"),
    }
}

/// A head and a body without any header about its length.
fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat()
}

/// A gzip file of `n` bytes of `a` in about n/150 bytes: fixed Huffman codes (RFC 1951 §3.2.6), one
/// literal and then copies of 258 bytes from one byte back. The check sum at the end is wrong, which
/// nobody gets to see who stops in time.
fn bomb(n: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false]; // the last block, fixed codes
    let mut code = |value: u32, length: u32| bits.extend((0..length).rev().map(|i| value >> i & 1 == 1));
    code(0x30 + u32::from(b'a'), 8);
    for _ in 0..n / 258 {
        code(0b1100_0101, 8); // length 258
        code(0, 5); // distance 1
    }
    code(0, 7); // the end
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    gzip.extend(
        bits.chunks(8)
            .map(|byte| byte.iter().rev().fold(0, |sum, bit| sum << 1 | u8::from(*bit)))
            .collect::<Vec<u8>>(),
    );
    gzip.extend([0; 8]);
    gzip
}

#[tokio::test]
async fn a_body_that_is_cut_is_no_page() {
    let html = "Content-Type: text/html\r\n";
    for (what, bytes) in [
        ("length", answer("Content-Length: 100\r\n", b"<p>short")),
        ("chunk", answer("Transfer-Encoding: chunked\r\n", b"20\r\n<p>short")),
        ("no last chunk", answer("Transfer-Encoding: chunked\r\n", b"8\r\n<p>short\r\n")),
        ("gzip", answer("Content-Encoding: gzip\r\n", &bomb(9000)[..40])),
        ("until the end", answer(html, b"<!DOCTYPE html><HTML><body><p>short")),
    ] {
        let failure = fails(&Raw::says(bytes)).await;
        assert_eq!((failure.code, failure.retry), ("truncated", Retry::Backoff), "{what}: {failure:?}");
        assert_eq!(failure.status, Some(200));
    }
}

#[tokio::test]
async fn a_body_without_an_announced_length_is_a_page_if_it_looks_whole() {
    let html = "Content-Type: text/html\r\n";
    for bytes in [
        answer(html, b"<!DOCTYPE html><html><body><p>whole</BODY></html>"),
        answer(html, b"<!DOCTYPE html><title>a</title><p>no html tag at all"),
        answer("Content-Type: text/plain\r\n", b"<html> in a text"),
        answer("Content-Type: text/html\r\nContent-Length: 12\r\n", b"<html><body>"),
    ] {
        captured(&Raw::says(bytes), Accept::Page).await;
    }
}

#[tokio::test]
async fn a_body_in_another_encoding_than_its_header_says_is_an_error() {
    for (headers, body) in [
        ("Content-Encoding: gzip\r\n", &b"<p>not gzip at all"[..]),
        ("Content-Encoding: br\r\n", b"<p>not brotli at all"),
        ("Content-Encoding: zstd\r\n", b"<p>not zstd at all"),
        ("Content-Encoding: compress\r\n", b"\x1f\x9d\x90"),
    ] {
        let headers = format!("{headers}Content-Length: {}\r\n", body.len());
        let failure = fails(&Raw::says(answer(&headers, body))).await;
        assert_eq!(failure.code, "encoding", "{headers}: {failure:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_larger_than_the_cap_is_refused_before_it_is_read() {
    let announced =
        Raw::start(vec![Step::Send(answer("Content-Length: 999999999\r\n", b"<p>")), Step::Stall]);
    let failure = fails(&announced).await;
    assert_eq!((failure.code, failure.retry), ("too_large", Retry::Never), "{failure:?}");

    let endless = Raw::start(vec![Step::Send(answer("", b"")), Step::Flood(vec![b'a'; 10_000])]);
    assert_eq!(fails(&endless).await.code, "too_large");
    assert!(endless.sent() < 20_000_000);

    let exact = usize::try_from(MAX_BODY).unwrap();
    let whole = Raw::says(answer("", &vec![b'a'; exact]));
    assert_eq!(captured(&whole, Accept::Page).await.body.len(), exact);
}

#[tokio::test]
async fn a_decompression_bomb_is_stopped_at_the_cap() {
    let bytes = bomb(100_000_000);
    assert!(bytes.len() < 800_000);
    let headers = format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", bytes.len());
    assert_eq!(fails(&Raw::says(answer(&headers, &bytes))).await.code, "too_large");
}

#[tokio::test]
async fn a_robots_txt_larger_than_needed_is_cut_off_and_not_refused() {
    let rules = "User-agent: *\nDisallow: /a\n".repeat(40_000);
    let raw = Raw::says(answer(&format!("Content-Length: {}\r\n", rules.len()), rules.as_bytes()));
    let body = captured(&raw, Accept::Robots).await.body;
    assert!(body.len() >= 500 * 1024 && body.len() < 600_000, "{}", body.len());
}

#[tokio::test]
async fn a_sitemap_may_be_larger_than_a_page() {
    let urls = "https://kabar.example/2026/01/kabar\n".repeat(5_000);
    let raw = Raw::says(answer(&format!("Content-Length: {}\r\n", urls.len()), urls.as_bytes()));
    assert_eq!(captured(&raw, Accept::Sitemap).await.body.len(), urls.len());
}

#[tokio::test]
async fn a_server_that_stalls_or_drips_is_given_up_when_the_time_is_over() {
    let head = b"HTTP/1.1 200 OK\r\nX-Slow: ".to_vec();
    let drip = Duration::from_millis(20);
    for script in [
        vec![Step::Stall],
        vec![Step::Drip(head, drip)],
        vec![Step::Send(answer("Content-Length: 1000\r\n", b"<p>")), Step::Stall],
        vec![Step::Send(answer("Content-Length: 1000\r\n", b"")), Step::Drip(b"a".to_vec(), drip)],
    ] {
        let failure = fails(&Raw::start(script.clone())).await;
        assert_eq!((failure.code, failure.retry), ("timeout", Retry::Backoff), "{script:?}: {failure:?}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_an_error() {
    for (bytes, code) in [
        (b"".to_vec(), "connection_closed"),
        (b"HTTP/1.1 200 OK\r\nContent-Le".to_vec(), "connection_closed"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec(), "protocol"),
        (b"HTTP/1.1 999999 OK\r\n\r\n".to_vec(), "protocol"),
        (answer(&format!("X-Large: {}\r\n", "a".repeat(1_000_000)), b""), "protocol"),
        (answer(&"X-Many: a\r\n".repeat(1_000), b""), "protocol"),
        (answer("Content-Length: 3\r\nContent-Length: 4\r\n", b"abcd"), "protocol"),
    ] {
        let failure = fails(&Raw::says(bytes.clone())).await;
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        assert_eq!((failure.code, failure.retry), (code, Retry::Backoff), "{start}: {failure:?}");
    }
}

/// A server that does this with each connection.
fn accepts(serve: fn(TcpStream)) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || listener.incoming().flatten().for_each(serve));
    address
}

/// TLS with a certificate that nobody vouches for.
fn self_signed(mut stream: TcpStream) {
    let certificate = include_bytes!("fixtures/tls/self-signed.crt.der").to_vec().into();
    let key = include_bytes!("fixtures/tls/self-signed.key.der").to_vec();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(key).into())
        .unwrap();
    let mut tls = rustls::ServerConnection::new(Arc::new(config)).unwrap();
    let mut stream = rustls::Stream::new(&mut tls, &mut stream);
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

#[tokio::test]
async fn a_server_that_is_not_there_has_a_name_for_it() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let plain = accepts(|mut stream| drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")));
    let silent = accepts(|mut stream| drop(stream.read_to_end(&mut Vec::new())));
    let unsigned = accepts(self_signed);
    for (url, code, words) in [
        (format!("http://{closed}/"), "connect", "refused"),
        ("http://tidak-ada.invalid/".to_owned(), "dns", "tidak-ada.invalid"),
        (format!("https://{plain}/"), "tls", "TLS: "),
        (format!("https://{silent}/"), "timeout", "no connection within 400ms"),
        (format!("https://{unsigned}/"), "tls", "certificate"),
    ] {
        let Outcome::Failed(failure) = ask(&url, Accept::Page).await else { panic!("{url} answered") };
        assert_eq!((failure.code, failure.retry), (code, Retry::Backoff), "{url}: {failure:?}");
        assert!(failure.message.contains(words), "{url}: {failure:?}");
    }
}

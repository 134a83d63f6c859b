//! Requests and answers, as far as RFC 9112 a crawler goes.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::TcpStream;

/// Longest line of a request that is read; a crawler's are far shorter.
const MAX_LINE: u64 = 16 * 1024;

/// A request, as far as it is looked at.
#[derive(Debug, Clone)]
pub struct Request {
    /// Which of the server's sites was asked, counted from 0.
    pub site: usize,
    /// `GET`, `HEAD`, …
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    /// Header fields, names in lower case, in the order of the request.
    pub headers: Vec<(String, String)>,
}

impl Request {
    /// The first header field of that name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// `http://host:port`, as the client wrote it.
    pub fn origin(&self) -> String {
        format!("http://{}", self.header("host").unwrap_or("127.0.0.1"))
    }
}

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Header fields besides `Content-Length`.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long to think before answering.
    pub delay: Duration,
    /// Exactly these bytes instead of all of the above, then the connection is closed: for faults.
    pub raw: Option<Vec<u8>>,
}

impl Reply {
    /// An answer with a body.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", content_type.to_owned())];
        Self { status, headers, body: body.into(), ..Self::default() }
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Gives the answer validators (RFC 9110 §8.8), and turns it into a 304 when the request shows
    /// that the client holds this very state.
    #[must_use]
    pub fn validated(self, request: &Request, etag: &str, last_modified: &str) -> Self {
        let same = match request.header("if-none-match") {
            Some(tags) => tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag),
            None => request.header("if-modified-since") == Some(last_modified),
        };
        let reply = if same { Self { status: 304, delay: self.delay, ..Self::default() } } else { self };
        reply.header("ETag", etag).header("Last-Modified", last_modified)
    }
}

/// The next request of a connection; none when the client closed it or says what is no HTTP.
pub async fn read_request(stream: &mut BufReader<TcpStream>, site: usize) -> io::Result<Option<Request>> {
    let Some(line) = read_line(stream).await? else { return Ok(None) };
    let mut words = line.split_whitespace().map(str::to_owned);
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let mut headers = Vec::new();
    while let Some(line) = read_line(stream).await? {
        if line.is_empty() {
            return Ok(Some(Request { site, method, target, headers }));
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(None)
}

/// One line without its end; none when the client closed the connection or the line is absurd.
async fn read_line(stream: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    stream.take(MAX_LINE).read_until(b'\n', &mut line).await?;
    if line.pop() != Some(b'\n') {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()))
}

/// The bytes of an answer.
pub fn encode(request: &Request, reply: &Reply) -> Vec<u8> {
    if let Some(raw) = &reply.raw {
        return raw.clone();
    }
    let mut head = format!("HTTP/1.1 {} {}\r\n", reply.status, reason(reply.status));
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    // A 304 has no body and says nothing of its length (RFC 9110 §8.6).
    if reply.status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    if request.method != "HEAD" {
        bytes.extend_from_slice(&reply.body);
    }
    bytes
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        _ => "Answer",
    }
}

//! A small HTTP/1.1 server on loopback. The demo's newsroom answers with it, and so do the origins
//! of the integration tests, which include this file by its path.
//!
//! It knows as much of RFC 9112 as a crawler asks for: GET and HEAD, connections kept open,
//! `Content-Length`. Every answer is logged with the instants of its first and last byte, so that
//! politeness can be judged where it counts: at the origin.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

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

/// One line of the access log.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Which site was asked.
    pub site: usize,
    /// Path and query.
    pub target: String,
    /// The status that was answered; 0 for raw bytes.
    pub status: u16,
    /// Who asked.
    pub user_agent: String,
    /// When the request had arrived.
    pub started: Instant,
    /// When the last byte of the answer was handed over.
    pub ended: Instant,
}

/// What the sites say to a request.
pub type Handler = Arc<dyn Fn(&Request) -> Reply + Send + Sync>;

type Log = Arc<Mutex<Vec<Hit>>>;

/// A running server. It ends when it is dropped.
pub struct Server {
    addresses: Vec<SocketAddr>,
    log: Log,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Server {
    /// Starts a server with so many sites, each on a free port of 127.0.0.1, on a thread of its own.
    ///
    /// # Errors
    /// When loopback gives no port, or no thread can be started.
    pub fn start(sites: usize, handler: Handler) -> io::Result<Self> {
        let sockets: Vec<std::net::TcpListener> = (0..sites)
            .map(|_| {
                let socket = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
                socket.set_nonblocking(true)?;
                Ok(socket)
            })
            .collect::<io::Result<_>>()?;
        let addresses = sockets.iter().map(|s| s.local_addr()).collect::<io::Result<_>>()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let log = Log::default();
        let (stop, stopped) = oneshot::channel::<()>();
        let shared = Arc::clone(&log);
        let serve = move || {
            runtime.block_on(async move {
                for (site, socket) in sockets.into_iter().enumerate() {
                    // A socket that this runtime cannot watch would answer nobody; clients see that.
                    if let Ok(listener) = TcpListener::from_std(socket) {
                        tokio::spawn(accept(listener, site, Arc::clone(&handler), Arc::clone(&shared)));
                    }
                }
                let _ = stopped.await;
            });
        };
        let thread = thread::Builder::new().name("press".to_owned()).spawn(serve)?;
        Ok(Self { addresses, log, stop: Some(stop), thread: Some(thread) })
    }

    /// `http://127.0.0.1:PORT` of a site.
    pub fn origin(&self, site: usize) -> String {
        format!("http://{}", self.addresses[site])
    }

    /// The access log so far, in the order in which answers began.
    pub fn hits(&self) -> Vec<Hit> {
        lock(&self.log).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, site: usize, handler: Handler, log: Log) {
    while let Ok((stream, _)) = listener.accept().await {
        let (handler, log) = (Arc::clone(&handler), Arc::clone(&log));
        tokio::spawn(async move {
            // The client went away: nothing to answer, nothing to tell.
            let _ = converse(stream, site, &handler, &log).await;
        });
    }
}

fn lock(log: &Log) -> MutexGuard<'_, Vec<Hit>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

fn push(log: &Log, hit: Hit) -> usize {
    let mut lines = lock(log);
    lines.push(hit);
    lines.len() - 1
}

async fn write(stream: &mut BufReader<TcpStream>, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await
}

/// Answers the requests of one connection until either side closes it.
async fn converse(stream: TcpStream, site: usize, handler: &Handler, log: &Log) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read_request(&mut stream, site).await? {
        let started = Instant::now();
        let reply = handler(&request);
        if !reply.delay.is_zero() {
            tokio::time::sleep(reply.delay).await;
        }
        // Logged before it is written: who has read the answer finds it in the log.
        let hit = Hit {
            site,
            status: if reply.raw.is_some() { 0 } else { reply.status },
            user_agent: request.header("user-agent").unwrap_or_default().to_owned(),
            target: request.target.clone(),
            started,
            ended: Instant::now(),
        };
        let line = push(log, hit);
        let outcome = write(&mut stream, &encode(&request, &reply)).await;
        lock(log)[line].ended = Instant::now();
        outcome?;
        if reply.raw.is_some() {
            return stream.shutdown().await;
        }
    }
    Ok(())
}

async fn read_request(stream: &mut BufReader<TcpStream>, site: usize) -> io::Result<Option<Request>> {
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

fn encode(request: &Request, reply: &Reply) -> Vec<u8> {
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

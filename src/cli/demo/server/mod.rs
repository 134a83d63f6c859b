//! A small HTTP/1.1 server on loopback. The demo's newsroom answers with it, and so do the origins
//! of the integration tests, which include this folder by its path.
//!
//! It knows as much of RFC 9112 as a crawler asks for: GET and HEAD, connections kept open,
//! `Content-Length`. Every answer is logged with the instants of its first and last byte, so that
//! politeness can be judged where it counts: at the origin.

mod http;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

pub use http::{Reply, Request};
use http::{encode, read_request};

/// How many bytes of an answer count as its end: few enough for any socket's buffer.
const LAST: usize = 4096;

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
    /// When its first bytes arrived.
    pub started: Instant,
    /// When the end of the answer was handed over.
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
        Self::on(&vec![Ipv4Addr::LOCALHOST; sites], handler)
    }

    /// Starts a server with one site on a free port of each of these addresses.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn on(addresses: &[Ipv4Addr], handler: Handler) -> io::Result<Self> {
        let sockets: Vec<std::net::TcpListener> = addresses
            .iter()
            .map(|address| {
                let socket = std::net::TcpListener::bind((*address, 0))?;
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

    /// `http://ADDRESS:PORT` of a site.
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
        // Or the end of an answer waits 40 ms for the client's acknowledgement (Nagle).
        let _ = stream.set_nodelay(true);
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

/// Answers the requests of one connection until either side closes it.
async fn converse(stream: TcpStream, site: usize, handler: &Handler, log: &Log) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    // A connection that is kept open lies idle between two requests: a request begins with its bytes.
    while !stream.fill_buf().await?.is_empty() {
        let started = Instant::now();
        let Some(request) = read_request(&mut stream, site).await? else { break };
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
        let bytes = encode(&request, &reply);
        let (most, last) = bytes.split_at(bytes.len().saturating_sub(LAST));
        let written = async {
            stream.write_all(most).await?;
            // Taken before the last bytes go: the client cannot have the answer any earlier, so a
            // pause in this log is never shorter than the one that the client kept.
            lock(log)[line].ended = Instant::now();
            stream.write_all(last).await?;
            stream.flush().await
        };
        let outcome = written.await;
        outcome?;
        if reply.raw.is_some() {
            return stream.shutdown().await;
        }
    }
    Ok(())
}

//! Connections: how many, how slow they may be, and how they end.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::desk::Desk;
use super::door::{self, Entry};
use super::error::ServeError;
use super::keeper::Keeper;
use super::options::Options;
use super::prefs;
use super::problem::Problem;
use super::reply::Reply;
use super::request::{Ask, LONGEST, Theme};
use super::room::Room;
use super::route;
use super::stream::Stream;
use super::words::Lang;
use crate::store::{Archive, Mode};

/// Connections at once; more wait at the system's door.
const CONNECTIONS: usize = 256;
/// How long a client may take for the head of a request, and how long it may rest between two.
const HEAD: Duration = Duration::from_secs(10);
/// How large the head of a request may be.
const HEAD_BYTES: usize = 16 * 1024;
/// How long answers that are under way may take when the room closes.
const LEAVE: Duration = Duration::from_secs(3);

/// A room that listens and is not yet open.
pub struct Bound {
    listener: TcpListener,
    house: Arc<House>,
    _keeper: Keeper,
}

struct House {
    room: Arc<Room>,
    desk: Desk,
}

/// Listens, and reads what the room needs of the archive. Nothing is ever written.
///
/// # Errors
/// [`ServeError`].
pub async fn bind(options: Options) -> Result<Bound, ServeError> {
    let address = options.listen;
    if !address.ip().is_loopback() && options.token.is_none() {
        return Err(ServeError::Open(address));
    }
    let archive = Archive::open(&options.archive, Mode::ReadOnly)?;
    let listener = TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::InUse(address),
        _ => ServeError::Listen { address, source },
    })?;
    let room = Arc::new(Room::new(options));
    let desk = Desk::open(&room, &archive)?;
    let keeper = Keeper::start(Arc::clone(&room), archive.reader()?).map_err(ServeError::Thread)?;
    Ok(Bound { listener, house: Arc::new(House { room, desk }), _keeper: keeper })
}

impl Bound {
    /// Where the room is.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until `stop` ends; then answers what was asked, and leaves.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let (closing, closed) = watch::channel(false);
        let mut guests = JoinSet::new();
        let watch = Arc::clone(&self.house);
        guests.spawn(async move { watch.desk.watch().await });
        let chairs = Arc::new(Semaphore::new(CONNECTIONS));
        tokio::pin!(stop);
        loop {
            let next = async { (Arc::clone(&chairs).acquire_owned().await, self.listener.accept().await) };
            let guest = tokio::select! {
                () = &mut stop => break,
                guest = next => guest,
                Some(_) = guests.join_next(), if guests.len() > 1 => continue,
            };
            match guest {
                (Ok(chair), Ok((stream, _))) => {
                    let (house, closed) = (Arc::clone(&self.house), closed.clone());
                    guests.spawn(async move {
                        attend(house, stream, closed).await;
                        drop(chair);
                    });
                }
                // Out of file descriptors, or a client that left at once.
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        let _ = closing.send(true);
        let _ = tokio::time::timeout(LEAVE, async {
            while guests.len() > 1 && guests.join_next().await.is_some() {}
        })
        .await;
    }
}

/// One connection, until its client leaves, is too slow, or the room closes.
async fn attend(house: Arc<House>, stream: TcpStream, mut closed: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(Arc::clone(&house), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Stream::new(stream)), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = async { drop(closed.wait_for(|closed| *closed).await) } => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("a connection ended: {error}");
    }
}

async fn answer(house: Arc<House>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, io::Error> {
    let ask = ask_of(&request);
    let none_match = ask.none_match.clone();
    let room = &house.room;
    let reply = match early(room, &request, &ask) {
        Ok(Some(reply)) => reply,
        Ok(None) => match house.desk.answer(ask.clone()).await {
            Ok(reply) => reply,
            Err(problem) => route::problem(room, &ask, &problem),
        },
        Err(problem) => route::problem(room, &ask, &problem),
    };
    response(reply.sealed(none_match.as_deref()))
}

/// What is answered without the archive.
fn early(room: &Room, request: &Request<Incoming>, ask: &Ask) -> Result<Option<Reply>, Problem> {
    if let Some(reply) = super::assets::find(&ask.path) {
        return Ok(Some(reply));
    }
    if let Entry::Answer(reply) = door::enter(&room.options, ask)? {
        return Ok(Some(reply));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::Method);
    }
    if ask.path.len() > LONGEST || ask.query.len() > LONGEST {
        return Err(Problem::TooLong);
    }
    Ok(prefs::set(ask))
}

fn ask_of(request: &Request<Incoming>) -> Ask {
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let uri = request.uri();
    let lang = cookie(headers, prefs::LANG).as_deref().and_then(Lang::parse);
    let lang = lang.unwrap_or_else(|| Lang::accepted(&text(header::ACCEPT_LANGUAGE).unwrap_or_default()));
    Ask {
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        // A request line with a whole address names the host there (RFC 9112 §3.2.2).
        host: uri.authority().map(ToString::to_string).or_else(|| text(header::HOST)).unwrap_or_default(),
        tls: text(HeaderName::from_static("x-forwarded-proto")).as_deref() == Some("https"),
        lang,
        theme: cookie(headers, prefs::THEME).as_deref().and_then(Theme::parse).unwrap_or_default(),
        datetime: text(HeaderName::from_static("accept-datetime")),
        none_match: text(header::IF_NONE_MATCH),
        cookie: cookie(headers, door::COOKIE),
        word: text(header::AUTHORIZATION).and_then(|value| door::word(&value)),
    }
}

/// The value of a cookie (RFC 6265 §4.2).
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

fn response(reply: Reply) -> Result<Response<Full<Bytes>>, io::Error> {
    let mut response = Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        response = response.header(*name, value);
    }
    response.body(Full::new(Bytes::from(reply.body))).map_err(io::Error::other)
}

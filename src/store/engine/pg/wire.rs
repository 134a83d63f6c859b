//! The way to the server, driven by whoever waits for an answer: no thread and no runtime of its own, so
//! that a question can be asked from anywhere, and costs one write and one read.

use std::future::Future;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How long a connection may take, for each address of a name.
const CONNECT: Duration = Duration::from_secs(10);
/// Longer than this no question's answer takes, whatever the server's own limits are: the way to it is cut.
const SILENCE: Duration = Duration::from_secs(90);
/// What rewrites a whole table may take so many silences: four hours.
const PATIENT: u32 = 160;

/// A socket that is read only when nothing else is left to do.
pub(super) struct Wire {
    socket: Socket,
    turn: Turn,
}

enum Socket {
    Tcp(TcpStream),
    Unix(UnixStream),
}

/// How the socket is waited for.
#[derive(Clone, Default)]
pub(super) struct Turn(Arc<Waiting>);

#[derive(Default)]
struct Waiting {
    /// Whether the next reading may wait for bytes to come.
    now: AtomicBool,
    /// Whether it may wait for longer than a question's answer takes.
    patient: AtomicBool,
    /// Whether anything of what is asked was sent.
    sent: AtomicBool,
    /// Whether there was nobody to send it to.
    gone: AtomicBool,
}

impl Turn {
    pub(super) fn set_patient(&self, patient: bool) {
        self.0.patient.store(patient, Ordering::Relaxed);
    }

    /// Something else is asked.
    pub(super) fn begin(&self) {
        self.0.sent.store(false, Ordering::Relaxed);
        self.0.gone.store(false, Ordering::Relaxed);
    }

    /// Whether the server had gone before it heard anything of what is asked.
    pub(super) fn is_unheard(&self) -> bool {
        self.0.gone.load(Ordering::Relaxed) && !self.0.sent.load(Ordering::Relaxed)
    }

    /// What came of sending so many bytes. Who has gone may have said why: it is read next, and the bytes are
    /// taken for sent.
    fn wrote(&self, wrote: io::Result<usize>, length: usize) -> io::Result<usize> {
        let gone = [io::ErrorKind::BrokenPipe, io::ErrorKind::ConnectionReset];
        match wrote {
            Err(error) if gone.contains(&error.kind()) => {
                self.0.gone.store(true, Ordering::Relaxed);
                Ok(length)
            }
            Ok(length) => {
                self.0.sent.store(true, Ordering::Relaxed);
                Ok(length)
            }
            failed => failed,
        }
    }

    /// Reads or writes, however often the system breaks it off; an error when the server is silent for too long.
    fn patiently(&self, mut work: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
        let mut silences = if self.0.patient.load(Ordering::Relaxed) { PATIENT } else { 1 };
        loop {
            match work() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    silences -= 1;
                    if silences == 0 {
                        let what = "the database does not answer";
                        return Err(io::Error::new(io::ErrorKind::TimedOut, what));
                    }
                }
                done => return done,
            }
        }
    }
}

impl Wire {
    pub(super) fn tcp(host: impl ToSocketAddrs) -> io::Result<(Self, Turn)> {
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the name of the server is not known");
        for address in host.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, CONNECT) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    stream.set_read_timeout(Some(SILENCE))?;
                    stream.set_write_timeout(Some(SILENCE))?;
                    return Ok(Self::new(Socket::Tcp(stream)));
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    pub(super) fn unix(path: &Path) -> io::Result<(Self, Turn)> {
        let stream = UnixStream::connect(path)?;
        stream.set_read_timeout(Some(SILENCE))?;
        stream.set_write_timeout(Some(SILENCE))?;
        Ok(Self::new(Socket::Unix(stream)))
    }

    fn new(socket: Socket) -> (Self, Turn) {
        let turn = Turn::default();
        (Self { socket, turn: turn.clone() }, turn)
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { socket, turn } = self.get_mut();
        if !turn.0.now.swap(false, Ordering::Relaxed) {
            return Poll::Pending;
        }
        let bytes = buffer.initialize_unfilled();
        let read = turn.patiently(|| match socket {
            Socket::Tcp(stream) => stream.read(bytes),
            Socket::Unix(stream) => stream.read(bytes),
        });
        Poll::Ready(read.map(|length| buffer.advance(length)))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Self { socket, turn } = self.get_mut();
        let wrote = turn.patiently(|| match socket {
            Socket::Tcp(stream) => stream.write(bytes),
            Socket::Unix(stream) => stream.write(bytes),
        });
        Poll::Ready(turn.wrote(wrote, bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(match &self.socket {
            Socket::Tcp(stream) => stream.shutdown(Shutdown::Both),
            Socket::Unix(stream) => stream.shutdown(Shutdown::Both),
        })
    }
}

/// Notes that somebody was woken: there is something to do before the socket is waited for.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs a future to its end; `background` is what it waits for, given one step at a time, and says whether
/// there is more to wait for: `None` when not.
pub(super) fn drive<T>(
    future: impl Future<Output = T>,
    turn: &Turn,
    mut background: impl FnMut(&mut Context<'_>) -> bool,
) -> Option<T> {
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        woken.0.store(false, Ordering::Relaxed);
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return Some(done);
        }
        let goes_on = background(&mut context);
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return Some(done);
        }
        if !goes_on {
            return None;
        }
        if !woken.0.load(Ordering::Relaxed) {
            turn.0.now.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};

    #[test]
    fn a_silent_server_is_waited_for_once_and_for_long_work_longer() {
        let turn = Turn::default();
        let answers = |kinds: Vec<io::ErrorKind>| {
            let mut kinds = kinds.into_iter();
            move || kinds.next().map_or(Ok(5), |kind| Err(kind.into()))
        };
        assert_eq!(turn.patiently(answers(vec![Interrupted, Interrupted])).unwrap(), 5);
        assert_eq!(turn.patiently(answers(vec![WouldBlock])).unwrap_err().kind(), TimedOut);
        turn.set_patient(true);
        assert_eq!(turn.patiently(answers(vec![WouldBlock, Interrupted, WouldBlock])).unwrap(), 5);
        assert_eq!(turn.patiently(|| Err(WouldBlock.into())).unwrap_err().kind(), TimedOut);
    }

    #[test]
    fn what_nobody_heard_can_be_asked_again() {
        let turn = Turn::default();
        let gone = || Err(io::ErrorKind::BrokenPipe.into());
        assert_eq!(turn.wrote(gone(), 7).unwrap(), 7);
        assert!(turn.is_unheard());
        turn.begin();
        assert_eq!(turn.wrote(Ok(3), 7).unwrap(), 3);
        turn.wrote(gone(), 4).unwrap();
        assert!(!turn.is_unheard(), "a part of it was sent");
        assert_eq!(turn.wrote(Err(TimedOut.into()), 4).unwrap_err().kind(), TimedOut);
    }
}

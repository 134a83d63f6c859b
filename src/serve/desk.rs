//! The threads that read: a fixed number, each with a connection of its own. A question waits in a short
//! queue; one that takes too long is ended, so that a hard search cannot take the room from all others.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::ServeError;
use super::problem::Problem;
use super::reply::Reply;
use super::request::Ask;
use super::room::Room;
use super::route;
use crate::store::room::Interrupt;
use crate::store::{Archive, Reader};

/// Questions that wait.
const QUEUE: usize = 64;
/// How long one may take.
const LONGEST: Duration = Duration::from_secs(10);

struct Job {
    ask: Ask,
    answer: oneshot::Sender<Reply>,
}

/// What the watch knows of a thread.
struct Seat {
    /// Milliseconds since the desk was opened at which its question began; 0: it has none.
    since: Arc<AtomicU64>,
    interrupt: Arc<Interrupt>,
}

/// The threads that read.
pub struct Desk {
    jobs: mpsc::Sender<Job>,
    seats: Vec<Seat>,
    opened: Instant,
}

impl Desk {
    /// Opens the desk.
    ///
    /// # Errors
    /// When the archive cannot be read, or the system gives no thread.
    pub fn open(room: &Arc<Room>, archive: &Archive) -> Result<Self, ServeError> {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let waiting = Arc::new(Mutex::new(waiting));
        let opened = Instant::now();
        let mut seats = Vec::new();
        for n in 0..room.options.threads.max(1) {
            let reader = archive.reader()?;
            let since = Arc::new(AtomicU64::new(0));
            seats.push(Seat { since: Arc::clone(&since), interrupt: Arc::new(reader.interrupt()) });
            let (room, waiting) = (Arc::clone(room), Arc::clone(&waiting));
            thread::Builder::new()
                .name(format!("reader-{n}"))
                .spawn(move || read(&room, &reader, &waiting, &since, opened))
                .map_err(ServeError::Thread)?;
        }
        Ok(Self { jobs, seats, opened })
    }

    /// Has a question answered.
    ///
    /// # Errors
    /// `busy` when too many wait.
    pub async fn answer(&self, ask: Ask) -> Result<Reply, Problem> {
        let (answer, answered) = oneshot::channel();
        self.jobs.try_send(Job { ask, answer }).map_err(|_| Problem::Busy)?;
        answered.await.map_err(|_| Problem::Fault)
    }

    /// Ends questions that take too long, for ever.
    pub async fn watch(&self) {
        loop {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let now = self.opened.elapsed();
            for seat in &self.seats {
                let since = Duration::from_millis(seat.since.load(Ordering::Relaxed));
                if !since.is_zero() && now.saturating_sub(since) > LONGEST {
                    let interrupt = Arc::clone(&seat.interrupt);
                    // A server is dialed for that. A panic in there has been reported, and ends nothing here.
                    let _ = tokio::task::spawn_blocking(move || interrupt.now()).await;
                }
            }
        }
    }
}

fn read(
    room: &Room,
    reader: &Reader,
    waiting: &Mutex<mpsc::Receiver<Job>>,
    since: &AtomicU64,
    opened: Instant,
) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        // The desk is closed.
        let Some(job) = job else { return };
        let start = u64::try_from(opened.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        since.store(start, Ordering::Relaxed);
        let answered = catch_unwind(AssertUnwindSafe(|| route::answer(room, reader, &job.ask)));
        since.store(0, Ordering::Relaxed);
        let reply = answered.unwrap_or_else(|_| {
            tracing::error!(code = "fault", "no answer to {}", job.ask.path);
            route::problem(room, &job.ask, &Problem::Fault)
        });
        // Whoever asked may have gone.
        let _ = job.answer.send(reply);
    }
}

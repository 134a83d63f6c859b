//! A thread that counts the figures of the archive and of its sites, and compares the newest changes before
//! somebody asks for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use super::room::{Overview, Room};
use crate::store::{ChangeQuery, Reader, StoreError};

/// How often the archive is looked at.
const TICK: Duration = Duration::from_millis(500);
/// The newest changes, which the first pages show.
const NEWEST: usize = 40;
/// Figures are counted at most this often, and for at most a twentieth of the time.
const LEAST: Duration = Duration::from_secs(5);
const SHARE: u32 = 20;
/// The days that the plots of the sites show.
const DAYS: i64 = 30;

/// The running keeper; it leaves when this is dropped.
pub struct Keeper {
    stop: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(room: Arc<Room>, reader: Reader) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        let thread = thread::Builder::new().name("keeper".to_owned()).spawn(move || {
            let mut counted: Option<(Instant, Duration)> = None;
            while !asked.load(Ordering::Relaxed) {
                if let Err(error) = tick(&room, &reader, &mut counted) {
                    // The archive is busy or was moved away: the next look may succeed.
                    tracing::debug!(code = error.code(), "{error}");
                }
                thread::park_timeout(TICK);
            }
        })?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A panic in there has been reported already, and there is nothing to lose.
            let _ = thread.join();
        }
    }
}

/// One look.
fn tick(room: &Room, reader: &Reader, counted: &mut Option<(Instant, Duration)>) -> Result<(), StoreError> {
    if counted.is_none_or(|(at, took)| at.elapsed() > LEAST.max(took * SHARE)) {
        let start = Instant::now();
        count(room, reader)?;
        *counted = Some((Instant::now(), start.elapsed()));
    }
    let newest = reader.changes(&ChangeQuery::ALL, true, None, NEWEST)?;
    // Nothing is compared for what happened besides edits.
    for row in newest.iter().filter(|row| row.seq.is_some()) {
        match room.excerpt(reader, row) {
            // What cannot be read is told where it is shown.
            Ok(_) | Err(StoreError::Corrupt(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn count(room: &Room, reader: &Reader) -> Result<(), StoreError> {
    let now = (room.options.now)();
    let since = now.checked_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(now);
    room.show(Overview { at: now, archive: reader.figures()?, sites: reader.site_figures(since)? });
    Ok(())
}

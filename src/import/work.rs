//! The flow of an import: one thread reads the file, all cores read the pages, and what they read is
//! written in the order of the file, some at a time.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::{Mutex, PoisonError, mpsc};

use super::warc::{Damage, Record, WarcReader};
use super::{Sites, Told, page, room::Room};
use crate::site::Catalog;
use crate::store::{Archive, Incoming, Plan, Reader, StoreError};

/// Written together: the search index gains most from it, and a kill costs no more than these.
const BATCH: usize = 32;
/// Bytes of records in memory.
const AHEAD: u64 = 24 << 20;
/// Records in memory, whatever their size.
const AHEAD_RECORDS: usize = 256;

/// Brings files into an archive.
pub struct Importer<'a> {
    /// The archive; opened for reading it is enough for a dry run.
    pub archive: &'a Archive,
    /// The site files.
    pub catalog: &'a Catalog,
    /// Which site an address belongs to.
    pub sites: Sites,
    /// Whether pages are kept.
    pub keep_pages: bool,
    /// The largest page, in bytes.
    pub max_body: u64,
    /// When an article is to be looked at again.
    pub plan: Plan,
    /// Now.
    pub now: jiff::Timestamp,
    /// Write nothing.
    pub dry_run: bool,
}

/// What a record or a line is.
pub(super) enum Met {
    /// An article.
    Article(Box<Incoming>),
    /// Nothing to import, and why.
    Skipped(&'static str),
    /// It was imported before.
    Known,
    /// It cannot be read.
    Fault(String),
}

/// A piece of a file.
pub(super) enum Piece {
    /// A record of a WARC file.
    Record(Box<Record>),
    /// A line, by its number.
    Line(u64, Vec<u8>),
    /// What cannot be read, and where.
    Damage(String, String),
}

impl Piece {
    /// What it takes of memory. At most half of what there is: a batch that waits to be written holds less
    /// than the other half, so that there is always room for one more.
    fn weight(&self) -> u64 {
        let bytes = match self {
            Self::Record(record) => record.block.as_ref().map_or(0, Vec::len),
            Self::Line(_, line) => line.len(),
            Self::Damage(..) => 0,
        };
        (bytes as u64).clamp(AHEAD / AHEAD_RECORDS as u64, AHEAD / 2)
    }

    fn place(&self) -> String {
        match self {
            Self::Record(record) => format!("byte {}", record.offset),
            Self::Line(number, _) => format!("line {number}"),
            Self::Damage(place, _) => place.clone(),
        }
    }
}

/// A piece that waits to be read.
struct Job {
    /// Its place in the file: they are written in this order.
    number: usize,
    piece: Piece,
    weight: u64,
    /// How far the file was read.
    offset: u64,
}

/// What was read of a piece.
struct Seen {
    met: Met,
    place: String,
    weight: u64,
    /// How far the file was read.
    offset: u64,
}

impl Importer<'_> {
    /// The largest block of a record that can hold a page: the body, coded, and its headers.
    pub(super) fn max_block(&self) -> u64 {
        self.max_body.saturating_add(64 << 10)
    }

    /// Brings a WARC file in; `tell` hears of each record.
    ///
    /// # Errors
    /// As every writing to the archive. Damage of the file is told and stepped over.
    pub fn warc(&self, input: impl BufRead + Send, tell: &mut dyn FnMut(Told)) -> Result<(), StoreError> {
        let mut reader = WarcReader::new(input, page::may_be_page, self.max_block());
        let pieces = std::iter::from_fn(move || {
            let piece = match reader.next()? {
                Ok(record) => Piece::Record(Box::new(record)),
                Err(Damage { offset, message }) => Piece::Damage(format!("byte {offset}"), message),
            };
            Some((piece, reader.offset()))
        });
        self.run(pieces, tell)
    }

    /// Reads pieces on all cores and writes what they give.
    pub(super) fn run(
        &self,
        pieces: impl Iterator<Item = (Piece, u64)> + Send,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), StoreError> {
        let room = Room::new(AHEAD);
        let (to_readers, jobs) = mpsc::sync_channel(AHEAD_RECORDS);
        let jobs = Mutex::new(jobs);
        let (to_writer, seen) = mpsc::channel();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let (room, jobs) = (&room, &jobs);
            scope.spawn(move || {
                for (number, (piece, offset)) in pieces.enumerate() {
                    let weight = piece.weight();
                    let job = Job { number, piece, offset, weight };
                    if !room.take(weight) || to_readers.send(job).is_err() {
                        return;
                    }
                }
            });
            for _ in 0..cores {
                let to_writer = to_writer.clone();
                scope.spawn(move || {
                    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
                    if let Err(error) = self.look(next, &to_writer) {
                        // Whoever waits for it has ended with an error of its own.
                        let _ = to_writer.send((0, Err(error)));
                    }
                });
            }
            drop(to_writer);
            let done = self.write(seen, room, tell);
            // However it ended, nobody waits for room any more.
            room.close();
            done
        })
    }

    /// Reads piece after piece, until there is none or nobody writes them any more.
    fn look(
        &self,
        next: impl Fn() -> Option<Job>,
        to_writer: &mpsc::Sender<(usize, Result<Seen, StoreError>)>,
    ) -> Result<(), StoreError> {
        let reader = self.archive.reader()?;
        while let Some(Job { number, piece, offset, weight }) = next() {
            let place = piece.place();
            let met = self.meet(piece, &reader);
            let seen = met.map(|met| Seen { met, place, weight, offset });
            if to_writer.send((number, seen)).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn meet(&self, piece: Piece, reader: &Reader) -> Result<Met, StoreError> {
        match piece {
            Piece::Record(record) => self.page(&record, reader),
            Piece::Line(_, line) => Ok(self.line(&line)),
            Piece::Damage(_, message) => Ok(Met::Fault(message)),
        }
    }

    /// Puts what was read in the order of the file, and writes it.
    fn write(
        &self,
        seen: mpsc::Receiver<(usize, Result<Seen, StoreError>)>,
        room: &Room,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), StoreError> {
        // What would come of it is asked of a reader.
        let trial = self.dry_run.then(|| self.archive.reader()).transpose()?;
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        let mut batch = Batch::default();
        for (number, seen) in seen {
            waiting.insert(number, seen?);
            while let Some(seen) = waiting.remove(&due) {
                due += 1;
                batch.weight += seen.weight;
                batch.offset = seen.offset;
                match seen.met {
                    Met::Article(incoming) => batch.articles.push(*incoming),
                    Met::Skipped(why) => tell(Told::Skipped(why)),
                    Met::Known => tell(Told::Stored(crate::store::ImportOutcome::Known)),
                    Met::Fault(message) => tell(Told::Fault { place: seen.place, message }),
                }
                // Room is needed by those who read ahead: few large ones are written, too.
                if batch.articles.len() >= BATCH || batch.weight >= AHEAD / 2 {
                    self.store(&mut batch, trial.as_ref(), room, tell)?;
                }
            }
        }
        self.store(&mut batch, trial.as_ref(), room, tell)
    }

    fn store(
        &self,
        batch: &mut Batch,
        trial: Option<&Reader>,
        room: &Room,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), StoreError> {
        let Batch { articles, weight, offset } = std::mem::take(batch);
        let outcomes = if let Some(reader) = trial {
            articles.iter().map(|incoming| reader.would_import(incoming)).collect::<Result<_, _>>()?
        } else if articles.is_empty() {
            Vec::new()
        } else {
            self.archive.writer().import(articles, std::sync::Arc::clone(&self.plan)).wait()?
        };
        room.give(weight);
        outcomes.into_iter().for_each(|outcome| tell(Told::Stored(outcome)));
        tell(Told::At(offset));
        Ok(())
    }
}

/// What is written together.
#[derive(Default)]
struct Batch {
    articles: Vec<Incoming>,
    weight: u64,
    offset: u64,
}

//! WARC files (ISO 28500), plain or with each record in a gzip member of its own (Annex D): read as a
//! stream, one record in memory at a time. A damaged record is named with its place and stepped over.

mod http;
mod record;
mod tape;
#[cfg(test)]
mod tests;

use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

use flate2::bufread::GzDecoder;

pub use http::{Answer, HttpError};
pub use record::Record;
use tape::Tape;

/// The two bytes that a gzip member begins with, and the only method there is (RFC 1952 §2.3.1).
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Where it begins, in bytes from the beginning of the file.
    pub offset: u64,
    /// What is wrong with it, in a sentence.
    pub message: String,
}

/// Reads the records of a WARC file.
#[derive(Debug)]
pub struct WarcReader<R> {
    place: Place<R>,
    wanted: fn(&Record) -> bool,
    most: u64,
}

/// Where the reader stands.
#[derive(Debug)]
enum Place<R> {
    /// Between records of a plain file, or between members.
    Open(Box<Tape<R>>),
    /// Inside the member that begins there.
    Member(Box<BufReader<GzDecoder<Tape<R>>>>, u64),
    /// At the end.
    End,
}

impl<R: BufRead> WarcReader<R> {
    /// Begins to read. Blocks are kept of the records that `wanted` wants, if they are no longer than
    /// `most` bytes.
    pub fn new(input: R, wanted: fn(&Record) -> bool, most: u64) -> Self {
        Self { place: Place::Open(Box::new(Tape::new(input))), wanted, most }
    }

    /// How far the file was read, in bytes.
    #[must_use]
    pub fn offset(&self) -> u64 {
        match &self.place {
            Place::Open(tape) => tape.offset(),
            Place::Member(member, _) => member.get_ref().get_ref().offset(),
            Place::End => 0,
        }
    }

    /// A record of a plain file, or the beginning of a member.
    fn open(&mut self, mut tape: Box<Tape<R>>) -> Step {
        let head = match head(&mut tape) {
            Ok(head) => head,
            Err(error) => {
                let damage = Damage { offset: tape.offset(), message: error.to_string() };
                return ControlFlow::Break(Some(Err(damage)));
            }
        };
        let offset = tape.offset();
        tape.mark();
        if head.is_empty() {
            return ControlFlow::Break(None);
        }
        if head == GZIP {
            self.place = Place::Member(Box::new(BufReader::new(GzDecoder::new(*tape))), offset);
            return ControlFlow::Continue(());
        }
        let read = record::read(&mut tape, offset, self.wanted, self.most);
        self.settle(tape, offset, read)
    }

    /// A record inside a member. Most members hold one; some files are one member as a whole.
    fn inside(&mut self, mut member: Box<BufReader<GzDecoder<Tape<R>>>>, offset: u64) -> Step {
        let read = match record::read(&mut member, offset, self.wanted, self.most) {
            // The end of the member brings its checksum: only then the record is known to be whole.
            Ok(record) => match member.fill_buf().map(<[u8]>::is_empty) {
                Ok(true) => Ok(record),
                Ok(false) => {
                    self.place = Place::Member(member, offset);
                    return ControlFlow::Break(record.map(Ok));
                }
                Err(error) => Err(format!("the gzip member is damaged: {error}")),
            },
            Err(message) => Err(message),
        };
        self.settle(Box::new(member.into_inner().into_inner()), offset, read)
    }

    /// Where to go on, and what was read.
    fn settle(&mut self, mut tape: Box<Tape<R>>, offset: u64, read: Result<Option<Record>, String>) -> Step {
        let step = match read {
            Ok(None) => ControlFlow::Continue(()),
            Ok(Some(record)) => ControlFlow::Break(Some(Ok(record))),
            Err(message) => {
                tape.rewind();
                // Should the file itself fail, the next reading says so.
                let _ = find_next(&mut tape);
                ControlFlow::Break(Some(Err(Damage { offset, message })))
            }
        };
        self.place = Place::Open(tape);
        step
    }
}

/// A step through the file: on, or something to tell (nothing: the end).
type Step = ControlFlow<Option<Result<Record, Damage>>>;

impl<R: BufRead> Iterator for WarcReader<R> {
    type Item = Result<Record, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let step = match std::mem::replace(&mut self.place, Place::End) {
                Place::Open(tape) => self.open(tape),
                Place::Member(member, offset) => self.inside(member, offset),
                Place::End => return None,
            };
            if let ControlFlow::Break(item) = step {
                return item;
            }
        }
    }
}

/// The first three bytes that are no padding, not taken away; fewer at the end.
fn head<R: BufRead>(tape: &mut Tape<R>) -> std::io::Result<Vec<u8>> {
    loop {
        let bytes = tape.fill_buf()?;
        let padding = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | 0)).count();
        if padding == 0 {
            break;
        }
        tape.consume(padding);
    }
    let head = tape.fill_buf()?;
    if head.len() >= GZIP.len() || head.is_empty() {
        return Ok(head[..head.len().min(GZIP.len())].to_vec());
    }
    // The buffer ends within them: look behind its end, and come back.
    let mut bytes = Vec::new();
    tape.by_ref().take(GZIP.len() as u64).read_to_end(&mut bytes)?;
    tape.unread(&bytes);
    Ok(bytes)
}

/// Goes forward to what may be the beginning of a record: a gzip member, or a line that begins so.
fn find_next<R: BufRead>(tape: &mut Tape<R>) -> std::io::Result<()> {
    const PLAIN: &[u8] = b"\nWARC/1.";
    let mut window: Vec<u8> = Vec::new();
    loop {
        let bytes = tape.fill_buf()?;
        if bytes.is_empty() {
            return Ok(());
        }
        let n = bytes.len();
        window.extend_from_slice(bytes);
        let gzip = window.windows(GZIP.len()).position(|bytes| bytes == GZIP);
        let plain = window.windows(PLAIN.len()).position(|bytes| bytes == PLAIN).map(|at| at + 1);
        tape.consume(n);
        if let Some(at) = gzip.into_iter().chain(plain).min() {
            tape.unread(&window[at..]);
            return Ok(());
        }
        let keep = window.len().min(PLAIN.len() - 1);
        window.drain(..window.len() - keep);
    }
}

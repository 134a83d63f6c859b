//! A stream that knows where it is, and can go back to a mark: damage shows only when a record was
//! read past its end, and what stands behind its beginning is then looked through again.

use std::io::{self, BufRead, Read};

/// Bytes that are kept for going back, at most. A record that is longer and damaged costs what was read.
const LONGEST: usize = 16 << 20;

/// A stream with an offset and a mark.
#[derive(Debug)]
pub(super) struct Tape<R> {
    inner: R,
    /// Offset of the next byte, from the beginning of the stream.
    at: u64,
    /// What was read since the mark.
    kept: Vec<u8>,
    /// The mark; none when it is too far behind.
    mark: Option<u64>,
    /// What is read again, and how far.
    again: (Vec<u8>, usize),
}

impl<R: BufRead> Tape<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, at: 0, kept: Vec::new(), mark: Some(0), again: (Vec::new(), 0) }
    }

    /// Offset of the next byte.
    pub(super) fn offset(&self) -> u64 {
        self.at
    }

    /// Sets the mark here.
    pub(super) fn mark(&mut self) {
        self.kept.clear();
        // One long record must not hold its memory for the rest of the file.
        self.kept.shrink_to(1 << 20);
        self.mark = Some(self.at);
    }

    /// Gives back what was just read.
    pub(super) fn unread(&mut self, bytes: &[u8]) {
        let (again, read) = &mut self.again;
        let mut all = bytes.to_vec();
        all.extend_from_slice(&again[*read..]);
        (*again, *read) = (all, 0);
        self.at -= bytes.len() as u64;
        match self.mark {
            Some(mark) if mark <= self.at => self.kept.truncate(self.kept.len().saturating_sub(bytes.len())),
            _ => self.mark(),
        }
    }

    /// Goes back to the byte behind the mark, if it is not too far.
    pub(super) fn rewind(&mut self) {
        let Some(mark) = self.mark.filter(|mark| *mark < self.at) else { return };
        let (again, read) = &mut self.again;
        let mut bytes = std::mem::take(&mut self.kept);
        bytes.extend_from_slice(&again[*read..]);
        (*again, *read) = (bytes, 1);
        self.at = mark + 1;
        self.mark = Some(self.at);
    }
}

impl<R: BufRead> BufRead for Tape<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let (again, read) = &self.again;
        if *read < again.len() { Ok(&again[*read..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        let (again, read) = &mut self.again;
        let replayed = *read < again.len();
        if self.mark.is_some() {
            // What is consumed was given by `fill_buf` just before: this reads nothing anew.
            let now = if replayed { Ok(&again[*read..]) } else { self.inner.fill_buf() };
            self.kept.extend_from_slice(now.ok().and_then(|bytes| bytes.get(..n)).unwrap_or_default());
            if self.kept.len() > LONGEST {
                (self.mark, self.kept) = (None, Vec::new());
            }
        }
        if replayed {
            *read += n;
            if *read >= again.len() {
                self.again = (Vec::new(), 0);
            }
        } else {
            self.inner.consume(n);
        }
        self.at += n as u64;
    }
}

impl<R: BufRead> Read for Tape<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let n = bytes.len().min(into.len());
        into[..n].copy_from_slice(&bytes[..n]);
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_back_to_the_byte_behind_its_mark() {
        let mut tape = Tape::new(io::BufReader::with_capacity(3, &b"abcdefghij"[..]));
        let mut two = [0; 2];
        tape.read_exact(&mut two).unwrap();
        tape.mark();
        let mut five = [0; 5];
        tape.read_exact(&mut five).unwrap();
        assert_eq!((&five, tape.offset()), (b"cdefg", 7));
        tape.rewind();
        assert_eq!(tape.offset(), 3);
        // Again from there: what is read a second time can be gone back to, too.
        tape.mark();
        tape.read_exact(&mut five).unwrap();
        assert_eq!(&five, b"defgh");
        tape.rewind();
        let mut rest = String::new();
        tape.read_to_string(&mut rest).unwrap();
        assert_eq!((rest.as_str(), tape.offset()), ("efghij", 10));
    }
}

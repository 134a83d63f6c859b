//! What kind of file it is, by its first bytes.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::{GzDecoder, MultiGzDecoder};

/// A kind of file that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// WARC, plain or gzip.
    Warc,
    /// JSON Lines of our own export.
    Jsonl,
    /// One address a line.
    Urls,
}

/// So many bytes are looked at; a gzip header and a record's first line fit in.
const HEAD: usize = 4096;

/// A stream of bytes from anywhere.
pub type Input = Box<dyn BufRead + Send>;

impl Kind {
    /// What a file is, as the user says or its beginning shows, and its bytes, unpacked. (WARC files are
    /// unpacked record by record, by their reader.)
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open(mut input: Input, told: Option<Self>) -> io::Result<Option<(Self, Input)>> {
        let (guessed, gzip) = Self::guess(&mut input)?;
        let Some(kind) = told.or(guessed) else { return Ok(None) };
        let input: Input = match kind {
            Self::Jsonl | Self::Urls if gzip => Box::new(BufReader::new(MultiGzDecoder::new(input))),
            _ => input,
        };
        Ok(Some((kind, input)))
    }

    /// Guesses by the first bytes, which are not taken away; tells whether the whole is gzip.
    fn guess(input: &mut impl BufRead) -> io::Result<(Option<Self>, bool)> {
        let head = input.fill_buf()?;
        let head = &head[..head.len().min(HEAD)];
        let gzip = head.starts_with(&[0x1f, 0x8b]);
        let mut text = Vec::new();
        if gzip {
            // What is cut off by the end of the head still gives its beginning.
            let _ = GzDecoder::new(head).take(64).read_to_end(&mut text);
        } else {
            text.extend_from_slice(&head[..head.len().min(64)]);
        }
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text).trim_ascii_start();
        let kind = if text.starts_with(b"WARC/") {
            Some(Self::Warc)
        } else if text.starts_with(b"{") {
            Some(Self::Jsonl)
        } else if text.is_empty() || text.starts_with(b"http") || text.starts_with(b"#") {
            Some(Self::Urls)
        } else {
            None
        };
        Ok((kind, gzip))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn files_are_told_by_how_they_begin() {
        for (head, kind) in [
            (&b"WARC/1.1\r\n"[..], Some(Kind::Warc)),
            (b"{\"schema\":\"kliping.article/1\"}\n", Some(Kind::Jsonl)),
            (b"\xef\xbb\xbf{}", Some(Kind::Jsonl)),
            (b"https://kabar.example/1\n", Some(Kind::Urls)),
            (b"# addresses\nhttps://kabar.example/1\n", Some(Kind::Urls)),
            (b"", Some(Kind::Urls)),
            (b"<html>", None),
            (b"SQLite format 3\0", None),
        ] {
            assert_eq!(Kind::guess(&mut &head[..]).unwrap(), (kind, false));
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(head).unwrap();
            let gzip = gzip.finish().unwrap();
            assert_eq!(Kind::guess(&mut &gzip[..]).unwrap(), (kind, true));
        }
    }
}

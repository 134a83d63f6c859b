//! A file line by line, bounded: one that never ends must not fill the memory.

use std::io::{BufRead, Read};

use super::work::Piece;

/// A line, at most. No article is longer.
const LONGEST: u64 = 32 << 20;

/// U+FEFF.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The lines of a file, and how far it was read.
pub(super) fn lines(mut input: impl BufRead) -> impl Iterator<Item = (Piece, u64)> {
    let (mut number, mut offset, mut ended) = (0, 0, false);
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        number += 1;
        let mut line = Vec::new();
        let damage = |what: String| Piece::Damage(format!("line {number}"), what);
        let piece = match input.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(n) => {
                offset += n as u64;
                if n as u64 == LONGEST && !line.ends_with(b"\n") {
                    match skip_line(&mut input) {
                        Ok(n) => offset += n,
                        Err(_) => ended = true,
                    }
                    damage(format!("the line is longer than {LONGEST} bytes"))
                } else {
                    // Some editors begin a file with a byte order mark.
                    let mark = number == 1 && line.starts_with(BYTE_ORDER_MARK);
                    Piece::Line(number, if mark { line.split_off(BYTE_ORDER_MARK.len()) } else { line })
                }
            }
            Err(error) => {
                ended = true;
                damage(error.to_string())
            }
        };
        Some((piece, offset))
    })
}

fn skip_line(input: &mut impl BufRead) -> std::io::Result<u64> {
    let mut skipped = 0;
    loop {
        let bytes = input.fill_buf()?;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let n = end.map_or(bytes.len(), |at| at + 1);
        input.consume(n);
        skipped += n as u64;
        if end.is_some() || n == 0 {
            return Ok(skipped);
        }
    }
}

//! One record of a WARC file (ISO 28500:2017 §4–5): header lines, a block of stated length, two empty lines.

use std::io::{BufRead, Read};

use jiff::Timestamp;

/// Header lines of a record, all together, at most.
const LONGEST_HEADER: u64 = 64 << 10;

/// A block that is only stepped over, at most: a few bytes can unpack to as many as they like.
const LONGEST_BLOCK: u64 = 4 << 30;

/// A record, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Offset of its beginning in the file (of its gzip member, where there are members).
    pub offset: u64,
    /// `WARC-Type`, in lower case.
    pub kind: String,
    /// `WARC-Target-URI`.
    pub target: Option<String>,
    /// `WARC-Date`.
    pub date: Option<Timestamp>,
    /// `Content-Type` of the block.
    pub content_type: Option<String>,
    /// `WARC-Truncated`: why the block is not whole.
    pub truncated: Option<String>,
    /// The block; none when nobody wants records of this kind, or it is too large.
    pub block: Option<Vec<u8>>,
    /// How long the block is said to be, in bytes.
    pub length: u64,
}

/// Reads one record; none at the end of the stream. `wanted` says whose blocks are kept, `most` how long
/// they may be. The error is a sentence about what is wrong.
pub(super) fn read(
    input: &mut impl BufRead,
    offset: u64,
    wanted: fn(&Record) -> bool,
    most: u64,
) -> Result<Option<Record>, String> {
    skip_padding(input)?;
    if input.fill_buf().map_err(says)?.is_empty() {
        return Ok(None);
    }
    let mut record = header(input, offset)?;
    let length = record.length;
    if length > LONGEST_BLOCK {
        return Err(format!("the record is said to have {length} bytes"));
    }
    if length <= most && wanted(&record) {
        let mut block = Vec::new();
        // By what comes, not by what is said: a false length must not fill the memory.
        let got = input.by_ref().take(length).read_to_end(&mut block).map_err(says)?;
        if (got as u64) < length {
            return Err(format!("the record is cut off: {got} of {length} bytes"));
        }
        record.block = Some(block);
    } else {
        let got = std::io::copy(&mut input.by_ref().take(length), &mut std::io::sink()).map_err(says)?;
        if got < length {
            return Err(format!("the record is cut off: {got} of {length} bytes"));
        }
    }
    end(input)?;
    Ok(Some(record))
}

fn header(input: &mut impl BufRead, offset: u64) -> Result<Record, String> {
    let mut lines = Vec::new();
    let mut left = LONGEST_HEADER;
    let first = line(input, &mut left)?;
    if !first.starts_with("WARC/") {
        return Err("no record of WARC begins here".to_owned());
    }
    loop {
        let text = line(input, &mut left)?;
        if text.is_empty() {
            break;
        }
        match lines.last_mut() {
            // A folded line goes on with the one before.
            Some((_, value)) if text.starts_with([' ', '\t']) => {
                let value: &mut String = value;
                value.push(' ');
                value.push_str(text.trim());
            }
            _ => {
                let (name, value) =
                    text.split_once(':').ok_or_else(|| "a header line without a colon".to_owned())?;
                lines.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }
    let field = |name: &str| lines.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let length = field("content-length").and_then(|text| text.parse().ok());
    Ok(Record {
        offset,
        kind: field("warc-type").unwrap_or_default().to_ascii_lowercase(),
        // WARC/1.0's grammar had the address in angle brackets, and some writers took it at its word.
        target: field("warc-target-uri")
            .map(|uri| uri.trim_start_matches('<').trim_end_matches('>').to_owned()),
        date: field("warc-date").and_then(|date| date.parse().ok()),
        content_type: field("content-type"),
        truncated: field("warc-truncated"),
        block: None,
        length: length.ok_or_else(|| "the record has no Content-Length".to_owned())?,
    })
}

/// A header line without its end. Lines are UTF-8; what is not is read as well as it goes.
fn line(input: &mut impl BufRead, left: &mut u64) -> Result<String, String> {
    let mut bytes = Vec::new();
    let n = input.by_ref().take(*left).read_until(b'\n', &mut bytes).map_err(says)?;
    *left -= n as u64;
    if !bytes.ends_with(b"\n") {
        return Err(if *left == 0 { "the header is too long" } else { "the header is cut off" }.to_owned());
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// What stands behind a block: two line ends, and then another record or the end. Anything else says that
/// the length was not the block's.
fn end(input: &mut impl BufRead) -> Result<(), String> {
    let ends = skip_padding(input)?;
    let next = input.fill_buf().map_err(says)?;
    // A gzip member can follow a plain record: files are put together with `cat`.
    let begins = b"WARC/".starts_with(&next[..next.len().min(5)]) || next.first() == Some(&0x1f);
    if next.is_empty() || (ends >= 2 && begins) {
        return Ok(());
    }
    Err("the record does not end where its Content-Length says".to_owned())
}

/// Skips line ends and padding between records; tells how many line ends there were.
fn skip_padding(input: &mut impl BufRead) -> Result<usize, String> {
    let mut ends = 0;
    loop {
        let bytes = input.fill_buf().map_err(says)?;
        let run = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | 0)).count();
        if run == 0 {
            return Ok(ends);
        }
        ends += bytes[..run].iter().filter(|byte| **byte == b'\n').count();
        input.consume(run);
    }
}

#[allow(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn says(error: std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => "the compressed record is cut off".to_owned(),
        _ => error.to_string(),
    }
}

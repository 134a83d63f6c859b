//! What a `response` record holds: an HTTP answer as it went over the wire (RFC 9112), its body chunked
//! and compressed as the server liked. Writers often leave the headers and store the body decoded: what is
//! not coded is taken as it is.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Why an answer cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The block does not begin with a status line.
    #[error("the block holds no HTTP answer")]
    NoAnswer,
    /// Chunks or compressed data end too early or make no sense.
    #[error("the body cannot be decoded ({coding}): {message}")]
    Damaged {
        /// `chunked`, `gzip`, …
        coding: String,
        /// What is wrong with it.
        message: String,
    },
    /// A content coding that nobody here knows.
    #[error("the body is coded as `{0}`, which kliping does not know")]
    Coding(String),
    /// More bytes than a page may have.
    #[error("the body has more than {0} bytes")]
    TooLarge(u64),
}

impl HttpError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAnswer => "http",
            Self::Damaged { .. } => "http_body",
            Self::Coding(_) => "content_coding",
            Self::TooLarge(_) => "too_large",
        }
    }
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// Header names in lower case, and their values.
    headers: Vec<(String, String)>,
    /// The body as it came.
    body: &'a [u8],
}

impl<'a> Answer<'a> {
    /// Takes head and body apart.
    ///
    /// # Errors
    /// [`HttpError::NoAnswer`].
    pub fn parse(block: &'a [u8]) -> Result<Self, HttpError> {
        let mut rest = block;
        let first = line(&mut rest).ok_or(HttpError::NoAnswer)?;
        let status = first.strip_prefix("HTTP/").and_then(|text| text.split_whitespace().nth(1));
        let status = status.and_then(|text| text.parse().ok()).ok_or(HttpError::NoAnswer)?;
        let mut headers = Vec::new();
        while let Some(text) = line(&mut rest) {
            if text.is_empty() {
                break;
            }
            if let Some((name, value)) = text.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Ok(Self { status, headers, body: rest })
    }

    /// The first value of a header; `name` in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body, decoded: no more than `most` bytes.
    ///
    /// # Errors
    /// [`HttpError`], all but [`HttpError::NoAnswer`].
    pub fn body(&self, most: u64) -> Result<Vec<u8>, HttpError> {
        let chunked = self.header("transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
        let mut body = match chunked.then(|| unchunked(self.body)).flatten() {
            Some(body) => body?,
            None => self.body.to_vec(),
        };
        let codings = self.header("content-encoding").unwrap_or_default().to_ascii_lowercase();
        for coding in codings.split(',').map(str::trim).rev() {
            body = decoded(coding, body, most)?;
        }
        if body.len() as u64 > most { Err(HttpError::TooLarge(most)) } else { Ok(body) }
    }
}

/// Takes a line off the front, without its end.
fn line(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let text = String::from_utf8_lossy(&rest[..end]).trim_end_matches('\r').to_owned();
    *rest = &rest[end + 1..];
    Some(text)
}

/// RFC 9112 §7.1. None when the body is not in chunks after all.
fn unchunked(body: &[u8]) -> Option<Result<Vec<u8>, HttpError>> {
    let size = |text: &str| {
        let digits = text.split(';').next().unwrap_or_default().trim();
        usize::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let mut rest = body;
    let first = size(&line(&mut rest)?)?;
    let damaged =
        |message: &str| HttpError::Damaged { coding: "chunked".to_owned(), message: message.to_owned() };
    let mut out = Vec::with_capacity(body.len());
    let mut next = first;
    while next > 0 {
        let Some((chunk, after)) = rest.split_at_checked(next) else {
            return Some(Err(damaged("a chunk is cut off")));
        };
        out.extend_from_slice(chunk);
        rest = after;
        // The line end behind the chunk, and the size of the next.
        line(&mut rest);
        let Some(size) = line(&mut rest).and_then(|text| size(&text)) else {
            return Some(Err(damaged("the last chunk is missing")));
        };
        next = size;
    }
    Some(Ok(out))
}

fn decoded(coding: &str, body: Vec<u8>, most: u64) -> Result<Vec<u8>, HttpError> {
    let mut out = Vec::new();
    let bytes = body.as_slice();
    let limit = most.saturating_add(1);
    let read = match coding {
        "" | "identity" | "none" => return Ok(body),
        "gzip" | "x-gzip" if !bytes.starts_with(&[0x1f, 0x8b]) => return Ok(body),
        "gzip" | "x-gzip" => MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut out),
        "zstd" if !bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => return Ok(body),
        "zstd" => zstd::stream::read::Decoder::new(bytes).and_then(|d| d.take(limit).read_to_end(&mut out)),
        // Codings without a mark of their own: what is plainly text was stored decoded.
        "br" | "deflate" if looks_like_text(bytes) => return Ok(body),
        "br" => Decompressor::new(bytes, 4096).take(limit).read_to_end(&mut out),
        // Some servers send deflate without the zlib around it (RFC 9110 §8.4.1.2).
        "deflate" if bytes.first().is_some_and(|byte| byte & 0x0f == 8) => {
            ZlibDecoder::new(bytes).take(limit).read_to_end(&mut out)
        }
        "deflate" => DeflateDecoder::new(bytes).take(limit).read_to_end(&mut out),
        other => return Err(HttpError::Coding(other.to_owned())),
    };
    read.map_err(|error| HttpError::Damaged { coding: coding.to_owned(), message: error.to_string() })?;
    if out.len() as u64 > most { Err(HttpError::TooLarge(most)) } else { Ok(out) }
}

fn looks_like_text(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_start();
    text.starts_with(b"<") || text.starts_with("\u{feff}<".as_bytes())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn body(headers: &str, body: &[u8]) -> Result<Vec<u8>, HttpError> {
        let mut block = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
        block.extend_from_slice(body);
        Answer::parse(&block).unwrap().body(1000)
    }

    #[test]
    fn bodies_come_out_as_the_server_meant_them() {
        let page = b"<html>Kabar</html>";
        let chunks = b"6\r\n<html>\r\nC; x=1\r\nKabar</html>\r\n0\r\n\r\n";
        let both = {
            let gz = gzip(page);
            let (a, b) = gz.split_at(5);
            let mut chunked = format!("{:x}\r\n", a.len()).into_bytes();
            chunked
                .extend([a, b"\r\n", format!("{:x}\r\n", b.len()).as_bytes(), b, b"\r\n0\r\n\r\n"].concat());
            chunked
        };
        let zstd = zstd::bulk::compress(page, 1).unwrap();
        let zlib = {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(page).unwrap();
            encoder.finish().unwrap()
        };
        for (headers, sent) in [
            ("", &page[..]),
            ("Transfer-Encoding: chunked\r\n", chunks),
            ("Content-Encoding: gzip\r\n", &gzip(page)),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", &both),
            ("content-encoding: zstd\r\n", &zstd),
            ("Content-Encoding: deflate\r\n", &zlib),
            // Stored decoded, headers left.
            ("Transfer-Encoding: chunked\r\n", page),
            ("Content-Encoding: gzip\r\n", page),
            ("Content-Encoding: br\r\n", page),
            ("Content-Encoding: identity\r\n", page),
        ] {
            assert_eq!(body(headers, sent).as_deref(), Ok(&page[..]), "{headers}");
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_named_and_nothing_grows_without_end() {
        let bomb = gzip(&vec![b'x'; 1 << 20]);
        let cut = gzip(b"<html>Kabar</html>");
        for (headers, sent, code) in [
            ("Content-Encoding: gzip\r\n", &bomb[..], "too_large"),
            ("", &[b'x'; 1001], "too_large"),
            ("Content-Encoding: gzip\r\n", &cut[..cut.len() - 12], "http_body"),
            ("Transfer-Encoding: chunked\r\n", b"ff\r\n<html>", "http_body"),
            ("Transfer-Encoding: chunked\r\n", b"6\r\n<html>\r\n", "http_body"),
            ("Content-Encoding: compress\r\n", b"x", "content_coding"),
        ] {
            assert_eq!(body(headers, sent).unwrap_err().code(), code, "{headers}");
        }
        for block in [&b""[..], b"<html>", b"HTTP/1.1", b"HTTP/1.1 \r\n\r\n", b"HTTP/1.1 abc x\r\n\r\n"] {
            assert_eq!(Answer::parse(block).unwrap_err().code(), "http");
        }
    }
}

//! An archive of the web (WARC/1.1, ISO 28500:2017), a gzip member a record (Annex D): stored pages as
//! `response`, what came again as `revisit`, what was read of them as `metadata`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use jiff::Timestamp;

use super::ExportError;
use super::json::{Known, article, time};
use super::name::urn;
use crate::model::{ArticleId, Sha256, Version, sha256};
use crate::store::{ArticleRow, CaptureRow};

/// Revisit profiles (§6.7.2–3).
const IDENTICAL: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// Writes a WARC file.
pub struct WarcWriter<W: Write> {
    out: W,
    info: String,
    /// Made once: to make it anew for each record took as long as to compress.
    packer: Compress,
    /// The article that is being written, and the records of its captures by their time.
    current: Option<(ArticleId, HashMap<Timestamp, String>)>,
}

/// A record that a later one refers to.
struct Earlier {
    id: String,
    uri: String,
    date: String,
    payload: Sha256,
}

impl<W: Write> WarcWriter<W> {
    /// Begins a file; `title` and `updated` say what is in it, and name it.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn new(out: W, title: &str, updated: Timestamp) -> Result<Self, ExportError> {
        let info = urn(&["warcinfo", title, &time(updated)]);
        let mut writer = Self {
            out,
            info: info.clone(),
            packer: Compress::new(Compression::default(), false),
            current: None,
        };
        let block = format!(
            "software: kliping/{}\r\nformat: WARC/1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
             isPartOf: {}\r\ndescription: Pages that kliping archived. HTTP headers are reconstructed from what the archive \
             keeps of them (status, Content-Type, ETag, Last-Modified); bodies are whole, after content decoding. \
             Pages whose text was redacted, and pages that were not kept, are not here.\r\n",
            env!("CARGO_PKG_VERSION"),
            title.replace(['\r', '\n'], " "),
        );
        let fields = [("WARC-Type", "warcinfo".to_owned()), ("WARC-Record-ID", format!("<{info}>"))];
        writer.record(&fields, &time(updated), "application/warc-fields", block.as_bytes())?;
        Ok(writer)
    }

    /// Whether the captures of this article are to be written first.
    #[must_use]
    pub fn wants(&self, article: ArticleId) -> bool {
        self.current.as_ref().is_none_or(|(current, _)| *current != article)
    }

    /// Writes the captures of an article, in the order of time; `page` gives the bytes of one.
    ///
    /// # Errors
    /// [`ExportError::Output`] when they cannot be written, and what `page` gives.
    pub fn captures<E: From<ExportError>>(
        &mut self,
        article: ArticleId,
        captures: &[CaptureRow],
        mut page: impl FnMut(i64) -> Result<Option<Vec<u8>>, E>,
    ) -> Result<(), E> {
        let mut ids = HashMap::new();
        let mut earlier: Vec<Earlier> = Vec::new();
        for (n, capture) in captures.iter().enumerate() {
            let date = time(capture.at);
            // Two captures can be of one second: their places tell them apart.
            let id = urn(&["capture", capture.url.as_str(), &date, &n.to_string()]);
            let same =
                capture.sha256.and_then(|hash| earlier.iter().rev().find(|known| known.payload == hash));
            if capture.not_modified {
                let last = earlier.iter().rev().find(|known| known.uri == capture.url.as_str());
                self.revisit(capture, &id, last, NOT_MODIFIED)?;
            } else if same.is_some() {
                self.revisit(capture, &id, same, IDENTICAL)?;
            } else if let Some(place) = capture.page
                && let Some(body) = page(place)?
            {
                let payload = self.response(capture, &id, &body)?;
                let uri = capture.url.as_str().to_owned();
                earlier.push(Earlier { id: id.clone(), uri, date, payload });
            } else {
                continue;
            }
            ids.insert(capture.at, id);
        }
        self.current = Some((article, ids));
        Ok(())
    }

    /// Writes what was read: `kliping.article/1`, beside the capture it was read from.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn version(&mut self, row: &ArticleRow, version: &Version) -> Result<(), ExportError> {
        let url = version.url.as_str();
        let date = time(version.observed);
        let id = urn(&["metadata", row.url.as_str(), &date, &version.seq.to_string()]);
        let mut fields = vec![
            ("WARC-Type", "metadata".to_owned()),
            ("WARC-Record-ID", format!("<{id}>")),
            ("WARC-Target-URI", url.to_owned()),
            ("WARC-Warcinfo-ID", format!("<{}>", self.info)),
        ];
        let capture = self.current.as_ref().and_then(|(_, ids)| ids.get(&version.observed));
        if let Some(capture) = capture {
            fields.push(("WARC-Refers-To", format!("<{capture}>")));
        }
        let block = article(&Known::from(row), version).to_string();
        self.record(&fields, &date, "application/json", block.as_bytes())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn finish(mut self) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }

    fn response(&mut self, capture: &CaptureRow, id: &str, body: &[u8]) -> Result<Sha256, ExportError> {
        let payload = sha256(body);
        let mut block = headers(capture, Some(body.len())).into_bytes();
        block.extend_from_slice(body);
        let mut fields = self.fields("response", capture, id);
        fields.push(("WARC-Payload-Digest", digest(payload)));
        self.record(&fields, &time(capture.at), "application/http; msgtype=response", &block)?;
        Ok(payload)
    }

    fn revisit(
        &mut self,
        capture: &CaptureRow,
        id: &str,
        of: Option<&Earlier>,
        profile: &str,
    ) -> Result<(), ExportError> {
        let mut fields = self.fields("revisit", capture, id);
        fields.push(("WARC-Profile", profile.to_owned()));
        if let Some(of) = of {
            fields.push(("WARC-Refers-To", format!("<{}>", of.id)));
            fields.push(("WARC-Refers-To-Target-URI", of.uri.clone()));
            fields.push(("WARC-Refers-To-Date", of.date.clone()));
            if profile == IDENTICAL {
                fields.push(("WARC-Payload-Digest", digest(of.payload)));
            }
        }
        let block = headers(capture, None);
        self.record(&fields, &time(capture.at), "application/http; msgtype=response", block.as_bytes())
    }

    fn fields(&self, kind: &str, capture: &CaptureRow, id: &str) -> Vec<(&'static str, String)> {
        vec![
            ("WARC-Type", kind.to_owned()),
            ("WARC-Record-ID", format!("<{id}>")),
            ("WARC-Target-URI", capture.url.as_str().to_owned()),
            ("WARC-Warcinfo-ID", format!("<{}>", self.info)),
        ]
    }

    /// One record in a gzip member of its own; without a time in it, so that it is the same every time.
    fn record(
        &mut self,
        fields: &[(&str, String)],
        date: &str,
        content_type: &str,
        block: &[u8],
    ) -> Result<(), ExportError> {
        let mut head = String::from("WARC/1.1\r\n");
        for (name, value) in fields {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(
            head,
            "WARC-Date: {date}\r\nWARC-Block-Digest: {}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            digest(sha256(block)),
            block.len(),
        );
        let mut record = head.into_bytes();
        record.extend_from_slice(block);
        record.extend_from_slice(b"\r\n\r\n");
        let member = self.member(&record)?;
        Ok(self.out.write_all(&member)?)
    }

    /// A gzip member (RFC 1952 §2.3) without name, time and system.
    fn member(&mut self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
        self.packer.reset();
        loop {
            out.reserve(bytes.len() / 2 + 1024);
            let read = usize::try_from(self.packer.total_in()).unwrap_or(bytes.len());
            let rest = bytes.get(read..).unwrap_or_default();
            let status = self.packer.compress_vec(rest, &mut out, FlushCompress::Finish)?;
            if status == Status::StreamEnd {
                break;
            }
        }
        let mut crc = Crc::new();
        crc.update(bytes);
        out.extend(crc.sum().to_le_bytes());
        out.extend(crc.amount().to_le_bytes());
        Ok(out)
    }
}

/// The headers that the archive keeps. A length is told of a body only.
fn headers(capture: &CaptureRow, length: Option<usize>) -> String {
    let status = if capture.not_modified { 304 } else { capture.status.unwrap_or(200) };
    let reason = match status {
        200 => "OK",
        304 => "Not Modified",
        _ => "",
    };
    let mut out = format!("HTTP/1.1 {status} {reason}\r\n");
    let length = length.map(|n| n.to_string());
    for (name, value) in [
        ("Content-Type", capture.content_type.as_deref()),
        ("ETag", capture.etag.as_deref()),
        ("Last-Modified", capture.last_modified.as_deref()),
        ("Content-Length", length.as_deref()),
    ] {
        if let Some(value) = value {
            let _ = write!(out, "{name}: {}\r\n", value.replace(['\r', '\n'], " "));
        }
    }
    out + "\r\n"
}

fn digest(hash: Sha256) -> String {
    format!("sha256:{hash}")
}

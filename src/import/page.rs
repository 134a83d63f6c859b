//! A record of a WARC file becomes an observation: HTTP answer, page, article.

use jiff::Timestamp;

use super::sites::{self, Place};
use super::warc::{Answer, Record};
use super::work::{Importer, Met};
use crate::model::{PageUrl, Validators, Via};
use crate::read::{self, ReadOptions};
use crate::store::{FetchRecord, Incoming, Reader, StoreError};

/// Whether a record can hold a page: only then its block is kept.
pub(super) fn may_be_page(record: &Record) -> bool {
    record.kind == "response"
        && record.truncated.is_none()
        && record.content_type.as_deref().is_none_or(|kind| kind.starts_with("application/http"))
}

impl Importer<'_> {
    /// What a record gives. Only the archive's own faults are errors.
    pub(super) fn page(&self, record: &Record, reader: &Reader) -> Result<Met, StoreError> {
        if record.kind != "response" {
            return Ok(Met::Skipped(other_kind(&record.kind)));
        }
        let Some(block) = &record.block else { return Ok(Met::Skipped(self.without_block(record))) };
        let Some(at) = record.date else {
            return Ok(Met::Fault("the record has no WARC-Date".to_owned()));
        };
        let target = record.target.as_deref().unwrap_or_default();
        let Ok(url) = PageUrl::parse(target) else { return Ok(Met::Skipped("not_http")) };
        let answer = match Answer::parse(block) {
            Ok(answer) => answer,
            Err(error) => return Ok(Met::Fault(error.to_string())),
        };
        if answer.status != 200 {
            return Ok(Met::Skipped("status"));
        }
        if answer.header("content-type").is_some_and(|kind| !is_html(kind)) {
            return Ok(Met::Skipped("not_html"));
        }
        let place = self.sites.place(&url);
        let preset = place.preset.clone();
        let mut fetch = self.fetch(&answer, url, at, place);
        // A run that was broken off is taken up where it stopped: what is there is not read again.
        if reader.has_capture(&fetch)? {
            return Ok(Met::Known);
        }
        let body = match answer.body(self.max_body) {
            Ok(body) => body,
            Err(error) => return Ok(Met::Fault(error.to_string())),
        };
        fetch.bytes = body.len() as u64;
        self.read(fetch, body, preset.as_deref(), reader)
    }

    /// Why a record has no block.
    fn without_block(&self, record: &Record) -> &'static str {
        match record {
            Record { truncated: Some(_), .. } => "truncated",
            Record { length, .. } if *length > self.max_block() => "too_large",
            _ => "not_http",
        }
    }

    /// The request of long ago, as it would be noted had it been ours.
    fn fetch(&self, answer: &Answer, url: PageUrl, at: Timestamp, place: Place) -> FetchRecord {
        let header = |name| answer.header(name).map(str::to_owned);
        FetchRecord {
            run: None,
            lease: None,
            site_name: sites::name(self.catalog, &url, &place),
            site: place.id,
            requested: url,
            url: None,
            at,
            status: Some(answer.status),
            validators: Validators { etag: header("etag"), last_modified: header("last-modified") },
            content_type: header("content-type"),
            bytes: 0,
            elapsed_ms: 0,
            via: Via::Import,
        }
    }

    fn read(
        &self,
        fetch: FetchRecord,
        body: Vec<u8>,
        preset: Option<&str>,
        reader: &Reader,
    ) -> Result<Met, StoreError> {
        let mut known = reader.known_of(&fetch.requested, &fetch.site)?;
        // A page of another time need not resemble what the archive has.
        known.archived = None;
        let options = ReadOptions { preset, known: Some(&known), ..ReadOptions::default() };
        let (kind, url) = (fetch.content_type.as_deref(), &fetch.requested);
        // "Two hours ago" was said when the page was fetched.
        let read = read::read(self.catalog, &body, kind, Some(url), options, fetch.at);
        Ok(match read {
            Ok(read) => Met::Article(Box::new(Incoming {
                fetch,
                article: Box::new(read.article),
                raw: self.keep_pages.then_some(body),
                exported: None,
            })),
            Err(error) if error.is_fault() && !body.is_empty() => Met::Fault(error.to_string()),
            Err(error) => Met::Skipped(error.code()),
        })
    }
}

/// A stable name for the kinds of record that are no pages.
fn other_kind(kind: &str) -> &'static str {
    match kind {
        "warcinfo" => "warcinfo",
        "request" => "request",
        "metadata" => "metadata",
        "revisit" => "revisit",
        "resource" => "resource",
        "conversion" => "conversion",
        "continuation" => "continuation",
        _ => "other_record",
    }
}

/// RFC 9110 §8.3: the media type, whatever its parameters.
fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "" | "text/html" | "application/xhtml+xml")
}

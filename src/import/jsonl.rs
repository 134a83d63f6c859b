//! Our own export (`kliping.article/1`), one version a line, back into an archive.

use std::collections::BTreeMap;
use std::io::BufRead;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::Told;
use super::lines::lines;
use super::work::{Importer, Met, Piece};
use crate::model::{
    Article, ArticleState, Block, BlockKind, Cause, CommentForm, Dateline, ExtractorId, FieldName, Image,
    PageUrl, Precision, Reading, Removal, Sha256, Validators, VersionSeq, Via, When, ZoneFrom,
};
use crate::store::{Exported, FetchRecord, Incoming, StoreError};

/// What a line says. What an archive does not need is left out; what is missing is not known.
#[derive(Deserialize)]
struct Line {
    schema: String,
    version: Option<i64>,
    state: Option<String>,
    url: Option<String>,
    canonical_url: Option<String>,
    site: Option<String>,
    title: String,
    dateline: Option<DatelinePart>,
    #[serde(default)]
    authors: Vec<String>,
    section: Option<String>,
    language: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    first_seen: Option<String>,
    observed: Option<String>,
    last_seen: Option<String>,
    #[serde(default)]
    body: Vec<String>,
    /// What each block is; none: all are paragraphs.
    blocks: Option<Vec<String>>,
    #[serde(default)]
    images: Vec<ImagePart>,
    comment_form: Option<FormPart>,
    #[serde(default)]
    removed: Vec<RemovalPart>,
    cause: Option<String>,
    #[serde(default)]
    provenance: Provenance,
}

#[derive(Deserialize)]
struct DatelinePart {
    raw: String,
    #[serde(default)]
    places: Vec<String>,
    agency: Option<String>,
    date: Option<String>,
}

#[derive(Deserialize)]
struct ImagePart {
    url: String,
    caption: Option<String>,
}

#[derive(Deserialize)]
struct FormPart {
    text: Option<String>,
    rule: Option<String>,
}

#[derive(Deserialize)]
struct RemovalPart {
    rule: String,
    chars: usize,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Provenance {
    status: Option<u16>,
    etag: Option<String>,
    final_url: Option<String>,
    layout: Option<String>,
    site_file_sha256: Option<String>,
    extractor: Option<String>,
    fields: BTreeMap<String, String>,
}

/// A NUL character in JSON.
const NUL: &[u8] = b"\\u0000";

impl Importer<'_> {
    /// Brings our own export in; `tell` hears of each line.
    ///
    /// # Errors
    /// As every writing to the archive. What is wrong with a line is told and stepped over.
    pub fn jsonl(&self, input: impl BufRead + Send, tell: &mut dyn FnMut(Told)) -> Result<(), StoreError> {
        self.run(lines(input).filter(|(piece, _)| !is_blank(piece)), tell)
    }

    /// What a line gives.
    pub(super) fn line(&self, line: &[u8]) -> Met {
        let line: Line = match read(line) {
            Ok(line) => line,
            Err(error) => return Met::Fault(format!("no line of an export: {error}")),
        };
        if line.state.as_deref() == Some(ArticleState::Redacted.as_str()) {
            return Met::Skipped("redacted");
        }
        match line.incoming() {
            Ok(incoming) => Met::Article(Box::new(incoming)),
            Err(message) => Met::Fault(message),
        }
    }
}

/// A line of an export. NUL characters, which none of ours holds, are dropped, as from pages.
fn read(line: &[u8]) -> serde_json::Result<Line> {
    // As JSON writes it; what stands behind another backslash is found, too, and nothing is dropped then.
    if !line.windows(NUL.len()).any(|bytes| bytes == NUL) {
        return serde_json::from_slice(line);
    }
    let mut line: Value = serde_json::from_slice(line)?;
    drop_nul(&mut line);
    serde_json::from_value(line)
}

fn drop_nul(value: &mut Value) {
    match value {
        Value::String(text) => text.retain(|c| c != '\0'),
        Value::Array(values) => values.iter_mut().for_each(drop_nul),
        Value::Object(fields) => fields.values_mut().for_each(drop_nul),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_blank(piece: &Piece) -> bool {
    matches!(piece, Piece::Line(_, line) if line.trim_ascii().is_empty())
}

impl Line {
    fn incoming(self) -> Result<Incoming, String> {
        if self.schema != "kliping.article/1" {
            return Err(format!("the line is `{}`, not `kliping.article/1`", self.schema));
        }
        let missing =
            |what: &str| format!("the line has no `{what}`: only what an archive exported can come back");
        let url = self.url.as_deref().ok_or_else(|| missing("url"))?;
        let url = PageUrl::parse(url).map_err(|error| error.to_string())?;
        let observed = instant(self.observed.as_deref())?.ok_or_else(|| missing("observed"))?;
        let answered = match &self.provenance.final_url {
            Some(answered) => Some(PageUrl::parse(answered).map_err(|error| error.to_string())?),
            None => None,
        };
        let state = self.state.as_deref().and_then(ArticleState::from_stored).unwrap_or(ArticleState::Live);
        let exported = Exported {
            seq: VersionSeq(self.version.ok_or_else(|| missing("version"))?),
            cause: self.cause.as_deref().and_then(Cause::from_stored).unwrap_or(Cause::Import),
            state,
            last_seen: instant(self.last_seen.as_deref())?.unwrap_or(observed),
            first_seen: instant(self.first_seen.as_deref())?.unwrap_or(observed).min(observed),
        };
        let fetch = FetchRecord {
            run: None,
            lease: None,
            site: self.site.clone().ok_or_else(|| missing("site"))?,
            site_name: None,
            requested: url,
            url: answered,
            at: observed,
            status: self.provenance.status,
            validators: Validators { etag: self.provenance.etag.clone(), last_modified: None },
            content_type: None,
            bytes: 0,
            elapsed_ms: 0,
            via: Via::Import,
        };
        let article = Box::new(self.article()?);
        Ok(Incoming { fetch, article, raw: None, exported: Some(exported) })
    }

    fn article(self) -> Result<Article, String> {
        let reading = self.reading();
        let kinds = self.blocks.unwrap_or_default();
        let kind = |n: usize| kinds.get(n).map_or(BlockKind::Paragraph, |kind| BlockKind::from_stored(kind));
        let body = self.body.into_iter().enumerate().filter(|(_, text)| !text.is_empty());
        let form = self.comment_form.and_then(|form| Some((form.text?, form.rule.unwrap_or_default())));
        Ok(Article {
            title: self.title,
            dateline: self.dateline.map(|line| Dateline {
                raw: line.raw,
                places: line.places,
                agency: line.agency,
                date: line.date,
            }),
            authors: self.authors,
            section: self.section,
            language: self.language,
            published: self.published.as_deref().map(when).transpose()?,
            modified: self.modified.as_deref().map(when).transpose()?,
            canonical_url: self.canonical_url,
            body: body.map(|(n, text)| Block { kind: kind(n), text }).collect(),
            images: self.images.into_iter().map(|i| Image { url: i.url, caption: i.caption }).collect(),
            comment_form: form.map(|(text, rule)| CommentForm { text, rule }),
            removed: self
                .removed
                .into_iter()
                .map(|r| Removal { rule: r.rule, chars: r.chars, text: String::new() })
                .collect(),
            reading,
        })
    }

    fn reading(&self) -> Reading {
        let told = &self.provenance;
        let source = |field: FieldName| Some((field, told.fields.get(field.as_str())?.clone()));
        Reading {
            site: self.site.clone().unwrap_or_default(),
            layout: told.layout.clone().unwrap_or_default(),
            site_file_sha256: told
                .site_file_sha256
                .as_deref()
                .and_then(Sha256::from_hex)
                .unwrap_or(Sha256([0; 32])),
            extractor: ExtractorId(told.extractor.clone().unwrap_or_default()),
            fields: FieldName::ALL.into_iter().filter_map(source).collect(),
        }
    }
}

/// An instant of ours.
fn instant(text: Option<&str>) -> Result<Option<Timestamp>, String> {
    text.map(|text| text.parse().map_err(|_| format!("`{text}` is no time"))).transpose()
}

/// RFC 3339 with the page's own offset. The words that the page stated it in are not exported.
fn when(text: &str) -> Result<When, String> {
    let wrong = |_| format!("`{text}` is no time");
    let at: Timestamp = text.parse().map_err(wrong)?;
    Ok(When {
        raw: text.to_owned(),
        at,
        offset_seconds: offset(text).unwrap_or(0),
        precision: Precision::Second,
        zone_from: ZoneFrom::Stated,
    })
}

fn offset(text: &str) -> Option<i32> {
    let tail = text.get(text.len().checked_sub(6)?..)?;
    let sign = match tail.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = tail[1..].split_once(':')?;
    Some(sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60))
}

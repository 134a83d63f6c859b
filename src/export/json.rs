//! The JSON of the contract: `kliping.article/1` and `kliping.change/1`, keys in a fixed order.
//!
//! A value that is not known is `null`, a list without members `[]`; times are RFC 3339.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::diff::{Change, Paragraph, ParagraphOp, Token};
use crate::model::{
    Article, ArticleId, ArticleState, BlockKind, Cause, CommentForm, Dateline, FieldName, PageUrl, Sha256,
    Version, VersionSeq, When,
};
use crate::store::ArticleRow;

/// What an archive knows of an article beside its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its number.
    pub id: ArticleId,
    /// The site it belongs to, by its name in the configuration.
    pub site: String,
    /// The address it is known by.
    pub url: String,
    /// How many versions there are.
    pub versions: usize,
    /// What became of it.
    pub state: ArticleState,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When it last answered.
    pub last_seen: Option<Timestamp>,
}

impl From<&ArticleRow> for Known {
    fn from(row: &ArticleRow) -> Self {
        Self {
            id: row.id,
            site: row.site.clone(),
            url: row.url.to_string(),
            versions: usize::try_from(row.versions).unwrap_or(0),
            state: row.state,
            first_seen: row.first_seen,
            last_seen: Some(row.last_seen),
        }
    }
}

/// What is known of a page that was read without an archive.
#[derive(Debug, Clone, Default)]
pub struct Page<'a> {
    /// The caller's own name for it (`extract --batch`), printed back as `id`.
    pub id: Option<&'a Value>,
    /// Where it came from.
    pub url: Option<&'a PageUrl>,
    /// The address that answered, after redirects.
    pub final_url: Option<&'a PageUrl>,
    /// HTTP status.
    pub status: Option<u16>,
    /// `ETag`.
    pub etag: Option<&'a str>,
    /// SHA-256 of its bytes.
    pub raw_sha256: Option<Sha256>,
}

/// `kliping.article/1` of one version of an archived article.
#[must_use]
pub fn article(known: &Known, version: &Version) -> Value {
    let read = &version.article;
    let page = Page {
        final_url: Some(&version.url),
        status: version.status,
        etag: version.etag.as_deref(),
        raw_sha256: version.raw_sha256,
        ..Page::default()
    };
    let mut out = Map::new();
    put(&mut out, "schema", ARTICLE);
    put(&mut out, "id", known.id.0);
    put(&mut out, "version", version.seq.0);
    put(&mut out, "versions", known.versions);
    put(&mut out, "state", known.state.as_str());
    put(&mut out, "url", known.url.as_str());
    put(&mut out, "canonical_url", read.canonical_url.as_deref());
    put(&mut out, "site", known.site.as_str());
    head(&mut out, read);
    put(&mut out, "first_seen", time(known.first_seen));
    put(&mut out, "observed", time(version.observed));
    put(&mut out, "last_seen", known.last_seen.map(time));
    text(&mut out, read);
    put(&mut out, "hash", json!({ "content": version.fingerprint.content.to_string() }));
    put(&mut out, "cause", version.cause.as_str());
    put(&mut out, "provenance", provenance(read, &page));
    Value::Object(out)
}

/// `kliping.article/1` of a page that no archive knows: without what only an archive knows (`version`,
/// `versions`, `state`, `first_seen`, `observed`, `last_seen`, `cause`); `id` only when the caller gave one.
#[must_use]
pub fn extracted(read: &Article, page: &Page<'_>) -> Value {
    let mut out = Map::new();
    put(&mut out, "schema", ARTICLE);
    if let Some(id) = page.id {
        put(&mut out, "id", id.clone());
    }
    put(&mut out, "url", page.url.map(PageUrl::as_str));
    put(&mut out, "canonical_url", read.canonical_url.as_deref());
    put(&mut out, "site", read.reading.site.as_str());
    head(&mut out, read);
    text(&mut out, read);
    put(&mut out, "hash", json!({ "content": read.fingerprint().content.to_string() }));
    put(&mut out, "provenance", provenance(read, page));
    Value::Object(out)
}

/// `kliping.change/1` between two versions of an article.
///
/// Kept paragraphs carry no tokens: their text did not change. `fields` (dateline, authors, section,
/// published, modified) tells old and new value of what lies outside title and body.
#[must_use]
pub fn change(from: &Version, to: &Version, change: &Change) -> Value {
    let between =
        Between { article: to.article_id, from: from.seq, to: to.seq, at: to.observed, cause: to.cause };
    change_of(&between, change)
}

/// What a change lies between.
pub(super) struct Between {
    pub(super) article: ArticleId,
    pub(super) from: VersionSeq,
    pub(super) to: VersionSeq,
    pub(super) at: Timestamp,
    pub(super) cause: Cause,
}

pub(super) fn change_of(between: &Between, change: &Change) -> Value {
    json!({
        "schema": "kliping.change/1",
        "article": between.article.0,
        "from": between.from.0,
        "to": between.to.0,
        "at": time(between.at),
        "cause": between.cause.as_str(),
        "kinds": names(&change.kinds),
        "score": change.score,
        "stealth": change.stealth,
        "words": { "added": change.words_added, "removed": change.words_removed },
        "title": tokens(&change.title),
        "paragraphs": change.paragraphs.iter().map(paragraph).collect::<Vec<_>>(),
        "fields": change.fields.iter()
            .map(|f| json!({ "field": f.field, "from": f.from, "to": f.to })).collect::<Vec<_>>(),
    })
}

const ARTICLE: &str = "kliping.article/1";

/// An instant of ours: RFC 3339, to the second, UTC.
#[must_use]
pub fn time(at: Timestamp) -> String {
    format!("{at:.0}")
}

fn put(out: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    out.insert(key.to_owned(), value.into());
}

fn head(out: &mut Map<String, Value>, read: &Article) {
    put(out, "title", read.title.as_str());
    put(out, "dateline", read.dateline.as_ref().map(dateline));
    put(out, "authors", read.authors.as_slice());
    put(out, "section", read.section.as_deref());
    put(out, "language", read.language.as_deref());
    put(out, "published", read.published.as_ref().map(When::to_string));
    put(out, "modified", read.modified.as_ref().map(When::to_string));
}

fn text(out: &mut Map<String, Value>, read: &Article) {
    put(out, "body", read.body.iter().map(|block| block.text.as_str()).collect::<Vec<_>>());
    put(out, "blocks", kinds(read));
    put(out, "words", read.words());
    let images = read.images.iter().map(|i| json!({ "url": i.url, "caption": i.caption }));
    put(out, "images", images.collect::<Vec<_>>());
    put(out, "comment_form", comment_form(read.comment_form.as_ref()));
    let removed = read.removed.iter().map(|r| json!({ "rule": r.rule, "chars": r.chars }));
    put(out, "removed", removed.collect::<Vec<_>>());
}

/// What each member of `body` is; `null` when all are paragraphs, as in most articles.
fn kinds(read: &Article) -> Value {
    if read.body.iter().all(|block| block.kind == BlockKind::Paragraph) {
        return Value::Null;
    }
    read.body.iter().map(|block| block.kind.as_str()).collect()
}

fn dateline(line: &Dateline) -> Value {
    json!({ "raw": line.raw, "places": line.places, "agency": line.agency, "date": line.date })
}

fn comment_form(form: Option<&CommentForm>) -> Value {
    json!({
        "present": form.is_some(),
        "text": form.map(|form| form.text.as_str()),
        "rule": form.map(|form| form.rule.as_str()),
    })
}

fn provenance(read: &Article, page: &Page<'_>) -> Value {
    let mut fields = Map::new();
    // In the order in which a reader meets the fields, not in the order of the alphabet.
    for field in FieldName::ALL {
        if let Some(source) = read.reading.fields.get(&field) {
            put(&mut fields, field.as_str(), source.as_str());
        }
    }
    json!({
        "status": page.status,
        "etag": page.etag,
        "final_url": page.final_url.map(PageUrl::as_str),
        "raw_sha256": page.raw_sha256.map(|hash| hash.to_string()),
        "layout": read.reading.layout,
        "site_file_sha256": read.reading.site_file_sha256.to_string(),
        "extractor": read.reading.extractor.0,
        "fields": fields,
    })
}

fn names(kinds: &[crate::model::ChangeKind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.as_str()).collect()
}

fn tokens(tokens: &[Token]) -> Value {
    tokens.iter().map(|token| json!([token.op.sign(), token.text])).collect()
}

fn paragraph(paragraph: &Paragraph) -> Value {
    let text: &[Token] = if paragraph.op == ParagraphOp::Keep { &[] } else { &paragraph.tokens };
    json!({
        "op": paragraph.op.as_str(),
        "a": paragraph.a,
        "b": paragraph.b,
        "tokens": tokens(text),
        "classes": names(&paragraph.classes),
    })
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;

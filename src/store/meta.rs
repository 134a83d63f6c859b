//! What the columns of a version do not say, as JSON: the parts that only the program reads.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{
    Article, Block, BlockKind, CommentForm, Dateline, Image, Precision, Removal, When, ZoneFrom,
};

/// Between two blocks of the body in the `body` column.
pub(super) const GAP: &str = "\n\n";

/// The `meta` column. Fields are only ever added, each with a default.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Meta {
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<DatelineParts>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<WhenParts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<WhenParts>,
    /// Kind and length in bytes of each block; left out when all are paragraphs without a gap inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<(String, usize)>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    images: Vec<(String, Option<String>)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment_form: Option<(String, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<(String, usize, String)>,
}

/// The dateline without its raw text, which has a column.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct DatelineParts {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WhenParts {
    raw: String,
    /// RFC 3339, to the nanosecond.
    at: String,
    offset: i32,
    precision: String,
    zone: String,
}

impl Meta {
    pub(super) fn of(article: &Article) -> Self {
        let plain = article.body.iter().all(|b| b.kind == BlockKind::Paragraph && !b.text.contains(GAP));
        Self {
            dateline: article.dateline.as_ref().map(|d| DatelineParts {
                places: d.places.clone(),
                agency: d.agency.clone(),
                date: d.date.clone(),
            }),
            authors: article.authors.clone(),
            published: article.published.as_ref().map(WhenParts::of),
            modified: article.modified.as_ref().map(WhenParts::of),
            blocks: (!plain)
                .then(|| article.body.iter().map(|b| (b.kind.as_str().to_owned(), b.text.len())).collect()),
            images: article.images.iter().map(|i| (i.url.clone(), i.caption.clone())).collect(),
            comment_form: article.comment_form.as_ref().map(|c| (c.rule.clone(), c.text.clone())),
            removed: article.removed.iter().map(|r| (r.rule.clone(), r.chars, r.text.clone())).collect(),
        }
    }

    /// The blocks of a body column.
    fn body(&self, text: &str) -> Vec<Block> {
        let Some(blocks) = &self.blocks else { return paragraphs(text) };
        let mut rest = text;
        let mut body = Vec::with_capacity(blocks.len());
        for (kind, length) in blocks {
            // Lengths that do not fit the text (someone edited the file) must not cost the text.
            let Some((block, after)) = rest.split_at_checked(*length) else { return paragraphs(text) };
            body.push(Block { kind: BlockKind::from_stored(kind), text: block.to_owned() });
            rest = after.strip_prefix(GAP).unwrap_or(after);
        }
        body
    }

    /// Fills in what stands here; `body` and `dateline` are the columns of those names.
    pub(super) fn fill(self, article: &mut Article, body: &str, dateline: Option<String>) {
        article.body = self.body(body);
        article.dateline = dateline.map(|raw| {
            let parts = self.dateline.unwrap_or_default();
            Dateline { raw, places: parts.places, agency: parts.agency, date: parts.date }
        });
        article.authors = self.authors;
        article.published = self.published.and_then(WhenParts::back);
        article.modified = self.modified.and_then(WhenParts::back);
        article.images = self.images.into_iter().map(|(url, caption)| Image { url, caption }).collect();
        article.comment_form = self.comment_form.map(|(rule, text)| CommentForm { text, rule });
        article.removed =
            self.removed.into_iter().map(|(rule, chars, text)| Removal { rule, chars, text }).collect();
    }
}

/// The body column of an article.
pub(super) fn body_text(article: &Article) -> String {
    let mut text = String::with_capacity(article.body.iter().map(|b| b.text.len() + GAP.len()).sum());
    for (i, block) in article.body.iter().enumerate() {
        if i > 0 {
            text.push_str(GAP);
        }
        text.push_str(&block.text);
    }
    text
}

fn paragraphs(text: &str) -> Vec<Block> {
    text.split(GAP)
        .filter(|text| !text.is_empty())
        .map(|text| Block { kind: BlockKind::Paragraph, text: text.to_owned() })
        .collect()
}

impl WhenParts {
    fn of(when: &When) -> Self {
        let precision = match when.precision {
            Precision::Day => "day",
            Precision::Minute => "minute",
            Precision::Second => "second",
        };
        let zone = match when.zone_from {
            ZoneFrom::Stated => "stated",
            ZoneFrom::Site => "site",
            ZoneFrom::Assumed => "assumed",
        };
        Self {
            raw: when.raw.clone(),
            at: when.at.to_string(),
            offset: when.offset_seconds,
            precision: precision.to_owned(),
            zone: zone.to_owned(),
        }
    }

    fn back(self) -> Option<When> {
        Some(When {
            raw: self.raw,
            at: self.at.parse::<Timestamp>().ok()?,
            offset_seconds: self.offset,
            precision: match self.precision.as_str() {
                "day" => Precision::Day,
                "minute" => Precision::Minute,
                _ => Precision::Second,
            },
            zone_from: match self.zone.as_str() {
                "stated" => ZoneFrom::Stated,
                "site" => ZoneFrom::Site,
                _ => ZoneFrom::Assumed,
            },
        })
    }
}

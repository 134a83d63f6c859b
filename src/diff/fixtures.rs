//! Articles for the tests of this room.

use std::collections::BTreeMap;

use super::{Change, Op};
use crate::model::{
    Article, ArticleId, Block, BlockKind, Cause, ExtractorId, PageUrl, Reading, Version, VersionSeq, sha256,
};

/// An article with this title and these paragraphs.
pub(crate) fn article(title: &str, body: &[&str]) -> Article {
    let block = |text: &&str| Block { kind: BlockKind::Paragraph, text: (*text).to_owned() };
    Article {
        title: title.to_owned(),
        dateline: None,
        authors: Vec::new(),
        section: None,
        language: Some("id".to_owned()),
        published: None,
        modified: None,
        canonical_url: None,
        body: body.iter().map(block).collect(),
        images: Vec::new(),
        comment_form: None,
        removed: Vec::new(),
        reading: Reading {
            site: "kabar".to_owned(),
            layout: "default".to_owned(),
            site_file_sha256: sha256(b""),
            extractor: ExtractorId("0+0".to_owned()),
            fields: BTreeMap::new(),
        },
    }
}

/// A version of article 7.
pub(crate) fn version(seq: i64, article: Article) -> Version {
    Version {
        article_id: ArticleId(7),
        seq: VersionSeq(seq),
        cause: if seq == 1 { Cause::First } else { Cause::Publisher },
        observed: format!("2025-10-21T0{seq}:00:00Z").parse().expect("a fixed text"),
        url: PageUrl::parse("https://kabar.example/panen").expect("a fixed text"),
        fingerprint: article.fingerprint(),
        article,
        status: Some(200),
        etag: None,
        raw_sha256: None,
        redacted: None,
    }
}

/// The changed runs of the body.
pub(crate) fn marked(change: &Change) -> String {
    let runs = change.paragraphs.iter().flat_map(|paragraph| &paragraph.tokens);
    runs.map(|token| match token.op {
        Op::Keep => String::new(),
        Op::Delete => format!("[-{}-]", token.text),
        Op::Insert => format!("{{+{}+}}", token.text),
    })
    .collect()
}

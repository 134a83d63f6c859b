//! What the archive knows of a page beside the page itself.

use jiff::Timestamp;

use super::{Article, BlockKind, FieldName, Openings, Repeated, SourceKind};

/// What is known of a page when it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// What the source that listed the page says of it.
    pub listed: Option<Listed>,
    /// Which lines stand in many articles of its site.
    pub repeated: Repeated,
    /// How the stories of its site open.
    pub openings: Openings,
    /// The article that the page is known as.
    pub archived: Option<Archived>,
}

/// An article as it is archived: what its page shows tells whether it is still the article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archived {
    /// The headline.
    pub title: String,
    /// The blocks of the text.
    pub body: Vec<String>,
}

impl Archived {
    /// What there is to compare of an article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        Self {
            title: article.title.clone(),
            body: article.body.iter().map(|block| block.text.clone()).collect(),
        }
    }
}

/// What a feed or a sitemap says of a page: taken where the page itself says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The kind of source.
    pub by: SourceKind,
    /// The title it gives.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// Its text, as HTML.
    pub content: Option<String>,
}

impl Listed {
    /// What an article took from the source that listed it. Read again, it takes the same: a source
    /// lists a page for some days only, and that it no longer does is no edit.
    #[must_use]
    pub fn of(article: &Article) -> Option<Self> {
        let by = |field: FieldName| {
            let source = article.reading.fields.get(&field)?;
            SourceKind::from_stored(source)
        };
        let fields = [FieldName::Title, FieldName::Published, FieldName::Body];
        Some(Self {
            by: fields.into_iter().find_map(by)?,
            title: by(FieldName::Title).map(|_| article.title.clone()),
            published: by(FieldName::Published).and(article.published.as_ref()).map(|when| when.at),
            content: by(FieldName::Body).map(|_| html(article)),
        })
    }
}

/// The text of an article as HTML: a paragraph a block.
fn html(article: &Article) -> String {
    let raw = article.dateline.as_ref().map(|dateline| dateline.raw.as_str()).unwrap_or_default();
    let blocks = article.body.iter().enumerate().map(|(at, block)| {
        let head = if at == 0 { raw } else { "" };
        let text = format!("{head}{}", block.text).replace('&', "&amp;").replace('<', "&lt;");
        let tag = match block.kind {
            BlockKind::Paragraph | BlockKind::TableRow => "p",
            BlockKind::Heading => "h2",
            BlockKind::Quote => "blockquote",
            BlockKind::ListItem => "li",
            BlockKind::Preformatted => "pre",
        };
        format!("<{tag}>{text}</{tag}>")
    });
    blocks.collect()
}

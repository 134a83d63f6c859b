//! What stands beside an article's text in books and pages.

use super::xml::escape;
use crate::model::{Article, VersionSeq};
use crate::store::ArticleRow;

/// Who wrote it, when it was published and in which section, as markup; joined by ` · ` behind `before`.
pub(super) fn about(before: Option<&str>, article: &Article) -> String {
    let mut about: Vec<String> = before.map(escape).into_iter().collect();
    about.extend(article.authors.iter().map(|name| escape(name)));
    about.extend(article.published.as_ref().map(|when| {
        let text = when.to_string();
        let shown = text.get(..16).unwrap_or(&text).replace('T', " ");
        format!("<time datetime=\"{text}\">{shown}</time>")
    }));
    about.extend(article.section.as_deref().map(escape));
    if about.is_empty() { String::new() } else { format!("<p class=\"about\">{}</p>\n", about.join(" · ")) }
}

/// The name of a version in its page or chapter.
pub(super) fn anchor(row: &ArticleRow, seq: VersionSeq) -> String {
    format!("a{}-{seq}", row.id)
}

//! Text that somebody scraped naively: the first line is the title, blank lines part paragraphs.

use crate::model::{
    BlockKind, DatelinePrior, Draft, DraftBlock, ExtractorId, FieldName, Found, Reading, sha256,
};

/// The source of every field of a plain text.
const SOURCE: &str = "plain text";

/// A draft of a plain text: the first line that is not empty is the title, the paragraphs that
/// follow are the body. Lines without a blank line between them are one paragraph.
#[must_use]
pub fn plain_text(text: &str) -> Draft {
    let text = text.trim_start_matches('\u{feff}').trim();
    let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
    let body: Vec<DraftBlock> =
        paragraphs(rest).map(|text| DraftBlock { kind: BlockKind::Paragraph, text, link_chars: 0 }).collect();
    let found = |value: String| Found { value, source: SOURCE.to_owned() };
    Draft {
        title: Some(title.trim().to_owned()).filter(|title| !title.is_empty()).map(found),
        dateline: None,
        dateline_prior: DatelinePrior::Unknown,
        authors: None,
        published: None,
        modified: None,
        section: None,
        language: None,
        body: (!body.is_empty()).then(|| Found { value: body, source: SOURCE.to_owned() }),
        images: Vec::new(),
        comment_form: None,
        canonical_url: None,
        removed: Vec::new(),
        reading: Reading {
            site: "plain".to_owned(),
            layout: "plain".to_owned(),
            site_file_sha256: sha256(b""),
            extractor: ExtractorId(concat!(env!("CARGO_PKG_VERSION"), "+plain").to_owned()),
            fields: [(FieldName::Body, SOURCE.to_owned())].into(),
        },
        site_names: Vec::new(),
        findings: Vec::new(),
    }
}

/// Paragraphs between blank lines; when there is no blank line at all, every line is one.
fn paragraphs(text: &str) -> impl Iterator<Item = String> + '_ {
    let blank_lines = text.trim().lines().any(|line| line.trim().is_empty());
    let mut lines = text.lines().map(str::trim).peekable();
    std::iter::from_fn(move || {
        let mut paragraph = String::new();
        for line in lines.by_ref() {
            if line.is_empty() {
                if paragraph.is_empty() {
                    continue;
                }
                break;
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
            if !blank_lines {
                break;
            }
        }
        (!paragraph.is_empty()).then_some(paragraph)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_title_and_paragraphs() {
        let draft = plain_text("\u{feff}\nJudul Berita\n\nSatu\nbaris lagi.\r\n\r\n\n Dua. \n");
        assert_eq!(draft.title.unwrap().value, "Judul Berita");
        let body: Vec<String> = draft.body.unwrap().value.into_iter().map(|b| b.text).collect();
        assert_eq!(body, ["Satu baris lagi.", "Dua."]);
        let lines = plain_text("Judul\nSatu.\nDua.");
        assert_eq!(lines.body.unwrap().value.len(), 2);
        assert_eq!(plain_text("").title, None);
    }
}

//! Linked data: each version as a `NewsArticle` of schema.org, one object a line.
//!
//! A line is a document of its own, with its context: it can be taken out, streamed and put into a page's
//! `<script type="application/ld+json">` as it is. One `@graph` over all would have to be held whole by
//! whoever reads it; `jq -s '{"@context": "https://schema.org", "@graph": .}'` makes one.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::ExportError;
use super::json::time;
use super::xml::language;
use crate::model::Version;
use crate::store::ArticleRow;

/// Writes one version as one line.
///
/// # Errors
/// [`ExportError::Output`] when the line cannot be written.
pub fn jsonld(out: &mut dyn Write, row: &ArticleRow, version: &Version) -> Result<(), ExportError> {
    Ok(writeln!(out, "{}", object(row, version))?)
}

fn object(row: &ArticleRow, version: &Version) -> Value {
    let article = &version.article;
    let url = row.url.as_str();
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            out.insert(key.to_owned(), value);
        }
    };
    put("@context", "https://schema.org".into());
    put("@type", "NewsArticle".into());
    put("@id", format!("{url}#version-{}", version.seq).into());
    put("url", url.into());
    put("headline", article.title.as_str().into());
    put("articleBody", article.text().into());
    put("datePublished", article.published.as_ref().map(ToString::to_string).into());
    put("dateModified", article.modified.as_ref().map(ToString::to_string).into());
    put("dateline", article.dateline.as_ref().map(|line| line.raw.trim()).into());
    let people: Vec<Value> =
        article.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
    put("author", if people.is_empty() { Value::Null } else { people.into() });
    let name = row.site_name.as_deref().unwrap_or(&row.site);
    put("publisher", json!({ "@type": "NewsMediaOrganization", "name": name }));
    put("inLanguage", language(article.language.as_deref()).into());
    put("articleSection", article.section.as_deref().into());
    put("wordCount", article.words().into());
    let images: Vec<Value> = article
        .images
        .iter()
        .map(|image| match &image.caption {
            Some(caption) => json!({ "@type": "ImageObject", "url": image.url, "caption": caption }),
            None => json!({ "@type": "ImageObject", "url": image.url }),
        })
        .collect();
    put("image", if images.is_empty() { Value::Null } else { images.into() });
    put("version", version.seq.0.into());
    // The text was taken off this page, as it was then; the version before is what this one changed.
    let mut sources = vec![json!({ "@type": "WebPage", "url": version.url.as_str() })];
    if version.seq.0 > 1 {
        sources.push(json!({ "@id": format!("{url}#version-{}", version.seq.0 - 1) }));
    }
    put("isBasedOn", sources.into());
    put("sdDatePublished", time(version.observed).into());
    put("archivedAt", version.raw_sha256.map(|hash| named_by(&hash.0)).into());
    put("creativeWorkStatus", row.state.as_str().into());
    Value::Object(out)
}

/// A name for a page's bytes, wherever they are kept (RFC 6920 §3): base64url without padding.
fn named_by(hash: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut name = String::from("ni:///sha-256;");
    for three in hash.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for letter in 0..=three.len() {
            name.push(char::from(LETTERS[(bits >> (18 - 6 * letter) & 63) as usize]));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixtures::{row, version, when};

    #[test]
    fn the_terms_are_those_of_schema_org() {
        let mut version = version(2, "Panen raya", &["Satu.", "Dua."]);
        version.article.published = when("2025-10-21T01:00:00Z", 7);
        version.article.authors = vec!["Siti".to_owned()];
        version.article.language = Some("id_ID".to_owned());
        let value = object(&row(7, 2), &version);
        assert_eq!(value["@type"], "NewsArticle");
        assert_eq!(value["headline"], "Panen raya");
        assert_eq!(value["articleBody"], "Satu.\n\nDua.");
        assert_eq!(value["datePublished"], "2025-10-21T08:00:00+07:00");
        assert_eq!(value["author"], json!([{ "@type": "Person", "name": "Siti" }]));
        assert_eq!(value["inLanguage"], "id-ID");
        assert_eq!(value["isBasedOn"][1]["@id"], "https://kabar.example/panen#version-1");
        assert!(value.as_object().unwrap().values().all(|value| !value.is_null()));
    }

    #[test]
    fn bytes_have_the_name_of_the_standard() {
        // The example of RFC 6920 §8.1.
        let name = named_by(&crate::model::sha256(b"Hello World!").0);
        assert_eq!(name, "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    }
}

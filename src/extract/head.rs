//! What a page says of itself: canonical address, language, section, pictures.

use super::generic::Picture;
use super::{Asked, field};
use crate::dom::Document;
use crate::model::{FieldName, Found, Image, PageUrl};
use crate::site::Site;

/// Most pictures that are kept.
const MOST_IMAGES: usize = 20;

/// The canonical address the page names, absolute.
pub(super) fn canonical(doc: &Document, url: Option<&PageUrl>) -> Option<String> {
    let href = doc.link("canonical").first().map(|link| link.href.as_str()).or_else(|| doc.meta("og:url"))?;
    absolute(href, doc, url)
}

/// An address made absolute by the page's base.
fn absolute(href: &str, doc: &Document, url: Option<&PageUrl>) -> Option<String> {
    let base = match (doc.base_href(), url) {
        (Some(base), Some(url)) => url.join(base).ok(),
        (Some(base), None) => PageUrl::parse(base).ok(),
        (None, url) => url.cloned(),
    };
    match base {
        Some(base) => base.join(href).ok(),
        None => PageUrl::parse(href).ok(),
    }
    .map(|url| url.as_str().to_owned())
}

/// The language the page or its site claims.
pub(super) fn language(doc: &Document, site: &Site) -> Option<Found<String>> {
    let found = |value: &str, source: &str| {
        let tag = value.trim().replace('_', "-");
        let sound =
            (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        sound.then(|| Found { value: tag, source: source.to_owned() })
    };
    doc.lang()
        .and_then(|lang| found(lang, "html lang"))
        .or_else(|| doc.json_ld().get("inLanguage").first().and_then(|lang| found(lang, "jsonld inLanguage")))
        .or_else(|| doc.meta("og:locale").and_then(|lang| found(lang, "meta og:locale")))
        .or_else(|| site.language.as_deref().and_then(|lang| found(lang, "site file")))
}

/// The section or desk.
pub(super) fn section(page: &Asked<'_>) -> Option<Found<String>> {
    let found = field::text(page.rule(FieldName::Section)?, page.doc)?;
    (found.value.chars().count() <= 60).then_some(found)
}

/// The lead picture as the page's head names it, and those that stand in the story, with their captions.
pub(super) fn images(doc: &Document, url: Option<&PageUrl>, pictures: Vec<Picture>) -> Vec<Image> {
    let mut images: Vec<Image> = Vec::new();
    // Of a described picture the address is wanted, not its name.
    let described = ["image.url", "image.contentUrl", "image"].into_iter();
    let described = described.map(|path| doc.json_ld().get(path)).find(|found| !found.is_empty());
    let said = doc.metas("og:image").into_iter().map(str::to_owned).chain(described.unwrap_or_default());
    let said = said.map(|src| Picture { src, caption: None });
    for picture in said.chain(pictures) {
        let Some(url) = absolute(&picture.src, doc, url) else { continue };
        let known = images.iter().position(|image| image.url == url || file(&image.url) == file(&url));
        if let Some(at) = known {
            images[at].caption = images[at].caption.take().or(picture.caption);
        } else if images.len() < MOST_IMAGES {
            images.push(Image { url, caption: picture.caption });
        }
    }
    images
}

/// The name of a picture's file without its size: `a-1024x683.jpg?w=3` and `a.jpg` are one picture.
fn file(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let size =
        |text: &str| text.split('x').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let stem = stem
        .rsplit_once('-')
        .filter(|(_, end)| end.contains('x') && size(end))
        .map_or(stem, |(stem, _)| stem);
    // A short name (`image.jpg`) tells nothing.
    if stem.len() < 8 { url } else { stem }
}

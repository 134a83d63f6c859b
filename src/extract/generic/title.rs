//! The headline of a page: visible headings are candidates, and `<title>`, og:title, JSON-LD, their
//! names and their place before the text vote for them.

use super::hints;
use super::lead::key;
use super::page::Page;
use super::site_names;
use super::story::Story;
use crate::dom::{Document, Node};
use crate::extract::blocks;
use crate::model::Found;

/// A heading needs so many votes to win over what the page's head says.
const ENOUGH: f64 = 4.0;
/// A longer heading is a paragraph.
const LONGEST: usize = 300;

/// What the page's head says of its title.
struct Said {
    /// `<title>`, whole and without the site's name, folded.
    tag: String,
    bare_tag: String,
    og: String,
    headline: String,
}

/// The headline.
pub(super) fn read(
    doc: &Document,
    page: &Page<'_>,
    story: Option<&Story<'_>>,
    site_names: &[String],
) -> (Option<Found<String>>, Option<usize>) {
    let found = |value: String, source: &str| Found { value, source: source.to_owned() };
    let bare = |text: &str| site_names::without(text, site_names);
    let tag = doc.title_tag().map(str::to_owned);
    let og = doc.meta("og:title").or_else(|| doc.meta("twitter:title")).map(bare);
    let headline = doc.json_ld().get("headline").into_iter().next().map(|text| bare(&text));
    let said = Said {
        tag: key(tag.as_deref().unwrap_or_default()),
        bare_tag: key(&tag.as_deref().map(bare).unwrap_or_default()),
        og: key(og.as_deref().unwrap_or_default()),
        headline: key(headline.as_deref().unwrap_or_default()),
    };
    let start = story.map_or(usize::MAX, Story::start);
    let mut best: Option<(f64, String, usize)> = None;
    for (at, elem) in page.elems.iter().enumerate() {
        let Some(level) = level(elem.node) else { continue };
        if elem.text > LONGEST || elem.text < 2 {
            continue;
        }
        let text = blocks::line(elem.node);
        let votes = votes(&text, level, elem.node, &said, site_names) + place(at, start);
        if best.as_ref().is_none_or(|(most, ..)| votes > *most) {
            best = Some((votes, text, at));
        }
    }
    tracing::trace!(?best, "title");
    if let Some((_, text, at)) = best.filter(|(votes, ..)| *votes >= ENOUGH) {
        return (Some(without_kicker(text, og.as_deref(), headline.as_deref())), Some(at));
    }
    let said = headline
        .map(|text| found(text, "jsonld headline"))
        .or_else(|| og.map(|text| found(text, "meta og:title")))
        .or_else(|| tag.map(|text| found(bare(&text), "title")));
    (said, None)
}

/// 1 to 3 for `<h1>` to `<h3>`.
fn level(node: Node<'_>) -> Option<u8> {
    match node.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        _ => None,
    }
}

/// What speaks for a heading.
fn votes(text: &str, level: u8, node: Node<'_>, said: &Said, site_names: &[String]) -> f64 {
    let folded = key(text);
    if folded.chars().count() < 2 || site_names.iter().any(|name| key(name) == folded) || leads_home(node) {
        return -10.0;
    }
    let mut votes = match level {
        1 => 3.0,
        2 => 0.5,
        _ => -0.5,
    };
    let long = folded.chars().count() > 3;
    if folded == said.bare_tag {
        votes += 3.0;
    } else if long && said.tag.contains(&folded) {
        votes += 2.0;
    } else {
        votes += 2.0 * alike(text, &said.tag);
    }
    if folded == said.og {
        votes += 1.5;
    } else if long && said.og.contains(&folded) {
        votes += 1.0;
    }
    if folded == said.headline {
        votes += 1.5;
    }
    if hints::is_title(node) {
        votes += 1.0;
    }
    votes
}

/// How many of a heading's words stand in a folded text.
fn alike(text: &str, folded: &str) -> f64 {
    let words: Vec<String> =
        text.split_whitespace().map(key).filter(|word| word.chars().count() > 2).collect();
    if words.is_empty() {
        return 0.0;
    }
    let shared = words.iter().filter(|word| folded.contains(word.as_str())).count();
    #[expect(clippy::cast_precision_loss, reason = "headings have few words")]
    let share = shared as f64 / words.len() as f64;
    share
}

/// A headline stands shortly before the text.
fn place(at: usize, start: usize) -> f64 {
    if start == usize::MAX {
        0.0
    } else if at > start {
        -2.0
    } else if start - at < 60 {
        1.0
    } else {
        0.0
    }
}

/// Whether a heading is the site's own name: a link to the front page.
fn leads_home(node: Node<'_>) -> bool {
    let link = node.elements().chain(node.parent()).find(|inner| inner.name() == "a");
    link.and_then(|link| link.attr("href")).is_some_and(|href| {
        let path = href
            .split_once("://")
            .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        matches!(path.trim_matches('/'), "" | "index.php" | "index.html" | "home")
    })
}

/// A heading may open with a kicker that the page's head leaves out ("Opinion: …").
fn without_kicker(text: String, og: Option<&str>, headline: Option<&str>) -> Found<String> {
    let folded = key(&text);
    let shorter =
        [(og, "meta og:title"), (headline, "jsonld headline")].into_iter().find_map(|(said, source)| {
            let said = said?;
            let part = key(said);
            let suffix =
                folded.len() > part.len() && folded.ends_with(&part) && said.split_whitespace().count() > 2;
            suffix.then(|| Found { value: said.to_owned(), source: source.to_owned() })
        });
    shorter.unwrap_or_else(|| Found { value: text, source: "heading".to_owned() })
}

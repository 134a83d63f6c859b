//! Whether a page is what a site shows instead of an article: "not found" with status 200, a request
//! for consent, a trial for robots, a page to log in, a maintenance page, a cut or locked text.
//!
//! An article may be about cookies, and many have a note of the paywall at their end. So signs count
//! only on a page that gives no text or hardly any, or one without a date; and on the page of an
//! archived article, when it shows nothing of it any more.

mod address;
mod consent;
mod seen;
mod signs;

use crate::dom::Document;
use crate::model::{Archived, Article, Instead, has_no_end};

pub use address::{detour, is_front};
use seen::{Seen, folded, letters};
use signs::SIGNS;

/// A dated text of fewer letters may be a wall's.
const SHORT: usize = 250;
/// One without a date may be as long.
const LONG: usize = 3000;
/// A page of fewer letters has little beside the text.
const SMALL: usize = 2500;

/// A page and what was read off it.
pub(super) struct Page<'a> {
    /// Its markup.
    pub(super) html: &'a str,
    /// Its tree.
    pub(super) doc: &'a Document,
    /// The article that it gives, if it gives one.
    pub(super) article: Option<&'a Article>,
    /// The article that it gave before.
    pub(super) archived: Option<&'a Archived>,
}

/// What a page shows instead of an article, and what it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it shows.
    pub what: Instead,
    /// What says so.
    pub sign: String,
}

fn shown(what: Instead, sign: impl Into<String>) -> Option<Shown> {
    Some(Shown { what, sign: sign.into() })
}

/// Whether a text shows nothing of the archived one.
#[must_use]
pub fn is_apart(article: &Article, archived: &Archived) -> bool {
    let title = folded(&article.title) == folded(&archived.title);
    !title && !article.body.iter().any(|block| archived.body.contains(&block.text))
}

impl Page<'_> {
    /// Decides.
    pub(super) fn judge(&self) -> Option<Shown> {
        if is_cut(self.html) || self.is_cut_text() {
            return shown(Instead::Truncated, "the page ends in the middle of its text");
        }
        if let Some(locked) = self.locked() {
            return Some(locked);
        }
        if !self.is_weak() {
            return None;
        }
        let seen = self.seen();
        self.by_title(&seen).or_else(|| self.by_element(&seen)).or_else(|| self.by_text(&seen)).or_else(
            || {
                let asks = consent::asks(self.doc, &self.lines(&seen), self.is_apart());
                if asks && !self.is_dated() {
                    shown(Instead::ConsentWall, "its text asks for consent")
                } else {
                    None
                }
            },
        )
    }

    fn seen(&self) -> Seen {
        Seen::of(self.doc, self.article.map(|article| article.title.as_str()))
    }

    /// Whether the text has fewer letters than so many.
    fn is_shorter(&self, than: usize) -> bool {
        let blocks = self.article.iter().flat_map(|article| &article.body);
        let mut more = blocks.scan(0, |size, block| {
            *size += letters(&block.text);
            Some(*size)
        });
        more.all(|size| size < than)
    }

    /// Letters of the text.
    fn size(&self) -> usize {
        self.article.map_or(0, |article| article.body.iter().map(|block| letters(&block.text)).sum())
    }

    fn is_dated(&self) -> bool {
        !self.is_apart() && self.article.is_some_and(|article| article.published.is_some())
    }

    /// An archived article, of which nothing is left.
    fn is_apart(&self) -> bool {
        self.archived.is_some_and(|archived| self.article.is_none_or(|article| is_apart(article, archived)))
    }

    /// Whether the page may be something else than an article.
    fn is_weak(&self) -> bool {
        self.article.is_none()
            || self.is_apart()
            || self.is_shorter(if self.is_dated() { SHORT } else { LONG })
    }

    fn lines<'s>(&'s self, seen: &'s Seen) -> Vec<&'s str> {
        match self.article {
            Some(article) => article.body.iter().map(|block| block.text.as_str()).collect(),
            None => seen.text.lines().filter(|line| letters(line) > 30).collect(),
        }
    }

    /// By a title that is nothing else.
    fn by_title(&self, seen: &Seen) -> Option<Shown> {
        for title in &seen.titles {
            for kind in SIGNS.titles.get(title.as_str()).into_iter().flatten() {
                let holds = match kind {
                    Instead::ConsentWall => consent::speaks(&seen.text),
                    Instead::LoginPage => self.has_login(),
                    // A word for many things, and a headline at times.
                    Instead::Maintenance | Instead::BotChallenge => self.is_small(seen),
                    _ => true,
                };
                if holds {
                    return shown(*kind, format!("its title is \"{title}\""));
                }
            }
        }
        None
    }

    fn by_element(&self, seen: &Seen) -> Option<Shown> {
        let here = |what: Instead| match what {
            Instead::Soft404 => true,
            Instead::BotChallenge => self.is_small(seen),
            _ => false,
        };
        let (what, found) =
            SIGNS.selectors.iter().filter(|(what, _)| here(*what)).find_map(|(what, selector)| {
                let node = self.doc.first(selector)?;
                let name = node.attr("id").or(node.attr("class")).unwrap_or(node.name());
                Some((*what, name.to_owned()))
            })?;
        shown(what, format!("it has `{found}`"))
    }

    fn by_text(&self, seen: &Seen) -> Option<Shown> {
        if !self.is_small(seen) {
            return None;
        }
        let texts = SIGNS.texts.iter().filter(|(what, _)| *what != Instead::Paywalled);
        let (what, words) = texts.clone().find(|(_, words)| seen.text.contains(words))?;
        shown(*what, format!("it says \"{words}\""))
    }

    /// Little text, and little beside it.
    fn is_small(&self, seen: &Seen) -> bool {
        (self.is_shorter(SHORT) || self.is_apart()) && seen.letters() < SMALL
    }

    fn has_login(&self) -> bool {
        self.doc
            .root()
            .elements()
            .any(|node| node.name() == "input" && matches!(node.attr("type"), Some("password" | "email")))
    }

    /// The beginning of the archived text, and a sign that the rest is for subscribers.
    fn locked(&self) -> Option<Shown> {
        let (article, archived) = (self.article?, self.archived?);
        let all: usize = archived.body.iter().map(|text| letters(text)).sum();
        let (old, new): (Vec<_>, Vec<_>) =
            article.body.iter().partition(|block| archived.body.contains(&block.text));
        // The last paragraph may be cut, and a line may ask to subscribe.
        if self.size() * 2 > all || old.is_empty() || new.len() > 2 {
            return None;
        }
        if self.doc.json_ld().get("isAccessibleForFree").iter().any(|free| free.eq_ignore_ascii_case("false"))
        {
            return shown(Instead::Paywalled, "it says that it is not accessible for free");
        }
        let mut selectors = SIGNS.selectors.iter().filter(|(what, _)| *what == Instead::Paywalled);
        if selectors.any(|(_, selector)| self.doc.first(selector).is_some()) {
            return shown(Instead::Paywalled, "it has the elements of a paywall");
        }
        let seen = self.seen();
        let mut texts = SIGNS.texts.iter().filter(|(what, _)| *what == Instead::Paywalled);
        let (_, words) = texts.find(|(_, words)| seen.text.contains(words))?;
        shown(Instead::Paywalled, format!("it says \"{words}\""))
    }

    /// The archived text, broken off in the middle of a paragraph, in a page without an end.
    fn is_cut_text(&self) -> bool {
        let (Some(article), Some(archived)) = (self.article, self.archived) else { return false };
        let Some((last, before)) = article.body.split_last() else { return false };
        has_no_end(self.html.as_bytes())
            && before.len() < archived.body.len()
            && before.iter().zip(&archived.body).all(|(new, old)| new.text == *old)
            && archived.body[before.len()].len() > last.text.len()
            && archived.body[before.len()].starts_with(last.text.as_str())
    }
}

/// Whether a page breaks off: in a tag, or in a text that no element holds to its end.
fn is_cut(html: &str) -> bool {
    has_no_end(html.as_bytes()) && html.rfind('>').is_some_and(|at| !html[at + 1..].trim().is_empty())
}

/// What an answer with an error status shows, when it is one of a site's walls.
#[must_use]
pub fn of_refusal(body: &[u8], content_type: Option<&str>) -> Option<Shown> {
    let (html, _) = crate::dom::charset::decode(body, content_type);
    let doc = Document::parse(&html);
    let page = Page { html: &html, doc: &doc, article: None, archived: None };
    let seen = page.seen();
    // A title like "403 Forbidden" says no more than the status.
    page.by_text(&seen).or_else(|| page.by_element(&seen)).or_else(|| {
        let found = page.by_title(&seen)?;
        (!found.sign.contains("forbidden") && !found.sign.contains("unavailable")).then_some(found)
    })
}

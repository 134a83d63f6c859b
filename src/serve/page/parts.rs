//! Small parts that many pages share.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::diff::Token;
use crate::diff::render::html_runs;
use crate::export::json;
use crate::model::{ArticleState, Cause, ChangeKind};
use crate::serve::cut::clip;
use crate::serve::dates::Dates;
use crate::serve::words::Lang;
use crate::store::{ArticleRow, Told};

use super::frame::ready;

/// The longest headline of a list, in characters.
pub const HEADLINE: usize = 300;
/// The longest address that is shown or linked.
const ADDRESS: usize = 1500;

/// An instant, in the reader's language.
pub fn time(dates: &Dates, at: Timestamp) -> Markup {
    html! { time datetime=(json::time(at)) { (dates.full(at)) } }
}

/// The kinds of a change as badges.
pub fn badges(lang: Lang, kinds: &[ChangeKind]) -> Markup {
    html! {
        @for kind in kinds {
            span class={ "kind k-" (kind.as_str()) } { (kind_name(lang, *kind)) } " "
        }
    }
}

/// The name of a kind.
pub fn kind_name(lang: Lang, kind: ChangeKind) -> &'static str {
    lang.find(&format!("kind.{kind}")).unwrap_or(kind.as_str())
}

/// Whose change a version is.
pub fn cause_name(lang: Lang, cause: Cause) -> &'static str {
    lang.find(&format!("cause.{}", cause.as_str())).unwrap_or(cause.as_str())
}

/// What became of an article, as a badge; nothing when it is where it was.
pub fn state(lang: Lang, state: ArticleState) -> Markup {
    html! {
        @if state != ArticleState::Live {
            span class={ "state s-" (state.as_str()) } { (state_name(lang, state)) }
        }
    }
}

/// The name of a state.
pub fn state_name(lang: Lang, state: ArticleState) -> &'static str {
    lang.find(&format!("state.{}", state.as_str())).unwrap_or(state.as_str())
}

/// Words that came and went, and whether the page announced it.
pub fn figures(lang: Lang, told: Told) -> Markup {
    html! {
        @if told.added + told.removed > 0 {
            span class="words" {
                ins { "+" (lang.number(told.added.into())) } " "
                del { "−" (lang.number(told.removed.into())) } " "
                (lang.say("words.unit"))
            }
        }
        @if told.stealth { " " span class="silent" title=(lang.say("silent.why")) { (lang.say("silent")) } }
        @if told.cause != Cause::Publisher { " " span class="cause" { (cause_name(lang, told.cause)) } }
    }
}

/// Text with the marks of a comparison.
pub fn runs(tokens: &[Token]) -> Markup {
    ready(html_runs(tokens))
}

/// The name of an article's site.
pub fn site_name(row: &ArticleRow) -> String {
    clip(row.site_name.as_deref().unwrap_or(&row.site), 80)
}

/// The address of a site's page.
pub fn site_path(site: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(site.as_bytes()).collect();
    format!("/sites/{}", encoded.replace('+', "%20"))
}

/// A headline; what to say instead when it is empty.
pub fn headline(lang: Lang, title: &str) -> String {
    if title.trim().is_empty() { lang.say("untitled").to_owned() } else { clip(title, HEADLINE) }
}

/// A link to the page itself, out of the archive. An address that no browser takes is text only.
pub fn outward(url: &str) -> Markup {
    let shown = clip(url, 120);
    let safe = url.len() <= ADDRESS && (url.starts_with("https://") || url.starts_with("http://"));
    html! {
        @if safe { a class="out" href=(url) rel="external noreferrer nofollow" dir="ltr" { (shown) } }
        @else { span class="out" dir="ltr" { (shown) } }
    }
}

/// The direction of a text is its own.
pub fn language(tag: Option<&str>) -> Option<&str> {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    tag.filter(|tag| tag.split('-').all(part))
}

/// Links to the pages of a long thing.
pub fn pager(lang: Lang, at: usize, of: usize, link: impl Fn(usize) -> String) -> Markup {
    html! {
        @if of > 1 {
            nav class="pager" aria-label=(lang.say("pager")) {
                @if at > 1 { a rel="prev" href=(link(at - 1)) { (lang.say("pager.before")) } }
                span { (lang.fill("pager.at", &[&at.to_string(), &of.to_string()])) }
                @if at < of { a rel="next" href=(link(at + 1)) { (lang.say("pager.after")) } }
            }
        }
    }
}

/// What to do where there is nothing to see.
pub fn empty(title: &str, advice: &Markup) -> Markup {
    html! { div class="empty" { h2 { (title) } (advice) } }
}

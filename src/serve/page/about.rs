//! The state of the archive, and what this room is.

use maud::html;

use super::frame::Frame;
use super::{Visit, parts};
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;

/// The page.
///
/// # Errors
/// `busy` while the figures are being counted.
pub fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let lang = visit.lang();
    let overview = visit.room.overview().ok_or(Problem::Busy)?;
    let figures = &overview.archive;
    let number = |n: usize| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    let when = |at: Option<jiff::Timestamp>| {
        html! { @if let Some(at) = at { (parts::time(&visit.dates, at)) } @else { (lang.say("never")) } }
    };
    let file = visit.room.options.archive.file_name().map(|name| name.to_string_lossy().into_owned());
    let main = html! {
        h1 { (lang.say("about.title")) }
        p { (lang.say("about.what")) }
        dl class="figures" {
            div { dt { (lang.say("about.articles")) } dd { (lang.number(figures.articles)) } }
            div { dt { (lang.say("about.versions")) } dd { (lang.number(figures.versions)) } }
            div { dt { (lang.say("about.happened")) } dd { (lang.number(figures.changes)) } }
            div { dt { (lang.say("about.away")) } dd { a href="/gone" { (lang.number(figures.away)) } } }
            div { dt { (lang.say("about.sites")) } dd { a href="/sites" { (number(overview.sites.len())) } } }
            div { dt { (lang.say("about.requests")) } dd { (lang.fill("about.requests.of", &[&lang.number(figures.requests), &lang.number(figures.runs)])) } }
            div { dt { (lang.say("about.run")) } dd { (when(figures.last_run)) } }
            div { dt { (lang.say("about.first")) } dd { (when(figures.first_seen)) } }
            div { dt { (lang.say("about.last")) } dd { (when(figures.last_seen)) } }
            div { dt { (lang.say("about.file")) } dd { @if let Some(file) = file { code { (file) } ", " } (lang.bytes(figures.file_bytes)) } }
            div { dt { "kliping" } dd { (env!("CARGO_PKG_VERSION")) } }
        }
        p class="note" { (lang.say("sites.counted")) " " (parts::time(&visit.dates, overview.at)) }
        h2 { (lang.say("about.programs")) }
        p { (lang.say("about.programs.what")) }
        ul class="events" {
            @for path in ["/api/v1/articles", "/api/v1/changes", "/api/v1/search?q=", "/api/v1/sites", "/feed.atom"] { li { a href=(path) { code { (path) } } } }
            @for path in ["/api/v1/articles/ID", "/api/v1/articles/ID/versions/N", "/api/v1/articles/ID/history", "/api/v1/articles/ID/diff/A..B", "/timemap/link/URL", "/web/20260301120000/URL"] { li { code { (path) } } }
        }
        h2 { (lang.say("about.lookup")) }
        form class="search" action="/a" method="get" {
            div class="fields" { label class="grow" { (lang.say("about.address")) input type="url" name="url" required maxlength="2000" placeholder="https://"; } }
            p { button { (lang.say("search.go")) } }
        }
        h2 { (lang.say("about.keys")) }
        p { kbd { "j" } " " kbd { "k" } " " (lang.say("about.keys.jk")) " · " kbd { "/" } " " (lang.say("about.keys.search")) }
    };
    Ok(Frame { title: lang.say("about.title").to_owned(), place: "/about", feed: None }
        .page(visit.ask, &main))
}

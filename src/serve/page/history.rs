//! All versions of an article, page by page.

use maud::html;

use super::frame::Frame;
use super::{Visit, parts, rail};
use crate::model::VersionSeq;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;

/// Versions of a page.
const MOST: usize = 50;

/// The page.
///
/// # Errors
/// `no_article`, `bad_parameter`, and as every reading of the archive.
pub fn page(visit: &Visit<'_>, id: &str) -> Result<Reply, Problem> {
    let row = visit.article(id)?;
    let lang = visit.lang();
    let before = match visit.ask.param("before") {
        None => None,
        Some(text) => Some(VersionSeq(text.parse().map_err(|_| Problem::Wrong("before"))?)),
    };
    let stops = visit.reader.version_lines(row.id, before, MOST)?;
    let last = stops.last().map_or(1, |stop| stop.seq.0);
    let events = visit.reader.events(row.id)?;
    let addresses = visit.reader.addresses(row.id)?;
    let title = parts::headline(lang, &row.title);
    let main = html! {
        h1 dir="auto" { a href=(format!("/a/{}", row.id)) { (title) } }
        section class="rail" {
            h2 { (lang.count("versions", row.versions)) }
            ol reversed { @for stop in &stops { (rail::stop(visit, &row, stop, None)) } }
            @if last > 1 {
                nav class="pager" { a rel="next" href=(visit.ask.with(&[("before", Some(&last.to_string()))])) { (lang.say("history.more")) } }
            }
            @if !events.is_empty() {
                h2 { (lang.say("rail.events")) }
                ul class="events" { @for event in events.iter().rev().take(100) { (rail::event(visit, event)) } }
            }
            h2 { (lang.say("history.addresses")) }
            ul class="events" {
                @for known in addresses.iter().take(30) { li { (parts::outward(known.url.as_str())) " " span class="meta" { (parts::time(&visit.dates, known.from)) } } }
            }
        }
    };
    let feed = Some(format!("/a/{}/feed.atom", row.id));
    Ok(Frame { title, place: "", feed }.page(visit.ask, &main))
}

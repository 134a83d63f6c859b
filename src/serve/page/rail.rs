//! The versions of an article beside its text: when, whose change, of what kind.

use maud::{Markup, html};

use super::{Visit, parts};
use crate::model::VersionSeq;
use crate::serve::cut::clip;
use crate::serve::problem::Problem;
use crate::store::room::VersionLine;
use crate::store::{ArticleRow, Event};

/// Versions that the rail shows.
pub const MOST: usize = 12;
/// Events that it shows.
const EVENTS: usize = 12;

/// The rail beside a version.
///
/// # Errors
/// As every reading of the archive.
pub fn rail(visit: &Visit<'_>, row: &ArticleRow, now: Option<VersionSeq>) -> Result<Markup, Problem> {
    let lang = visit.lang();
    let stops = visit.reader.version_lines(row.id, None, MOST)?;
    let events = visit.reader.events(row.id)?;
    let more = row.versions > i64::try_from(stops.len()).unwrap_or(0);
    Ok(html! {
        aside class="rail" aria-labelledby="versions" {
            h2 id="versions" { (lang.count("versions", row.versions)) }
            ol reversed { @for stop in &stops { (self::stop(visit, row, stop, now)) } }
            @if more || row.versions > 1 {
                p { a href=(format!("/a/{}/history", row.id)) { (lang.say("rail.all")) } }
            }
            @if !events.is_empty() {
                h2 { (lang.say("rail.events")) }
                ul class="events" { @for event in events.iter().rev().take(EVENTS) { (self::event(visit, event)) } }
            }
            p class="tools" {
                a href=(format!("/a/{}/feed.atom", row.id)) { (lang.say("rail.feed")) } br;
                a href=(format!("/api/v1/articles/{}", row.id)) { "JSON" } " · "
                a href=(format!("/timemap/link/{}", row.url)) { "TimeMap" }
            }
        }
    })
}

/// One version.
pub fn stop(visit: &Visit<'_>, row: &ArticleRow, line: &VersionLine, now: Option<VersionSeq>) -> Markup {
    let lang = visit.lang();
    let seq = line.seq.0;
    html! {
        li class="stop" aria-current=[(now == Some(line.seq)).then_some("true")] {
            a href=(format!("/a/{}/v/{seq}", row.id)) { (lang.fill("version", &[&seq.to_string()])) }
            " " span class="meta" { (parts::time(&visit.dates, line.observed)) " · " (parts::cause_name(lang, line.cause)) }
            @if let Some(told) = line.told {
                span class="tags" {
                    @if told.redacted { span class="state s-redacted" { (parts::state_name(lang, crate::model::ArticleState::Redacted)) } }
                    @else {
                        (parts::badges(lang, &told.kinds.list())) (parts::figures(lang, told)) " "
                        a href=(format!("/a/{}/diff/{}..{seq}", row.id, seq - 1)) { (lang.say("rail.diff")) }
                    }
                }
            } @else if line.redacted {
                span class="tags" { span class="state s-redacted" { (parts::state_name(lang, crate::model::ArticleState::Redacted)) } }
            }
        }
    }
}

/// One event.
pub fn event(visit: &Visit<'_>, event: &Event) -> Markup {
    let kind = event.kind.as_str();
    let name = visit.lang().find(&format!("event.{kind}")).unwrap_or(kind);
    html! {
        li {
            (name) " " span class="meta" { (parts::time(&visit.dates, event.at)) }
            @if let Some(detail) = &event.detail { " " span class="detail" dir="auto" { (clip(detail, 200)) } }
        }
    }
}

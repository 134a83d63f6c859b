//! What disappeared: articles that cannot be read any more where they were.

use maud::html;

use super::frame::Frame;
use super::select::Cursor;
use super::{Visit, list, parts};
use crate::model::EventKind;
use crate::serve::ledger::{END, Line};
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::store::StoreError;
use crate::store::room::HappenedWhat;

/// Articles of a page.
const MOST: usize = 30;

/// The page.
///
/// # Errors
/// `bad_parameter`, and as every reading of the archive.
pub fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let lang = visit.lang();
    let cursor = Cursor::read(visit.ask.param("before").as_deref())?;
    let lines = away(visit, cursor, MOST + 1)?;
    let written = list::write(visit, &lines, MOST, |_| true)?;
    let main = html! {
        h1 { (lang.say("gone.title")) }
        p class="note" { (lang.say("gone.what")) }
        @if written.shown == 0 { (parts::empty(lang.say("gone.none"), &html! { p { (lang.say("gone.none.do")) } })) }
        (written.markup)
        @if let Some(next) = written.next {
            nav class="pager" { a rel="next" href=(visit.ask.with(&[("before", Some(&next.text()))])) { (lang.say("front.more")) } }
        }
    };
    let feed = Some("/gone/feed.atom".to_owned());
    Ok(Frame { title: lang.say("gone.title").to_owned(), place: "/gone", feed }.page(visit.ask, &main))
}

/// The latest event that took each article away, the newest first: only of those that are away still.
///
/// # Errors
/// As every reading of the archive.
pub fn away(visit: &Visit<'_>, cursor: Option<Cursor>, most: usize) -> Result<Vec<Line>, StoreError> {
    let mut before = cursor.map_or(END, |cursor| cursor.key);
    let mut out: Vec<Line> = Vec::new();
    while out.len() < most {
        let batch: Vec<Line> = visit.room.ledger(|ledger| {
            ledger.before(before).filter(|line| takes_away(line)).take(most).copied().collect()
        });
        let Some(last) = batch.last() else { break };
        before = last.key();
        for line in batch {
            let Some(row) = visit.reader.article(line.happened.article)? else { continue };
            // An article that went, came back and went again is told once: by when it went last.
            if row.state.is_away() && row.state_since.as_millisecond() <= line.happened.at && out.len() < most
            {
                out.push(line);
            }
        }
    }
    Ok(out)
}

fn takes_away(line: &Line) -> bool {
    matches!(
        line.happened.what,
        HappenedWhat::Event(
            EventKind::Gone | EventKind::Redirected | EventKind::FrontPage | EventKind::Paywalled
        )
    )
}

//! What disappeared: articles that cannot be read any more where they were.

use maud::html;

use super::frame::Frame;
use super::select::Cursor;
use super::{Visit, list, parts};
use crate::model::{ChangeKind, ChangeKinds};
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::store::{ChangeQuery, ChangeRow, StoreError};

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
    let written = list::write(visit, &lines, MOST)?;
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
pub fn away(visit: &Visit<'_>, cursor: Option<Cursor>, most: usize) -> Result<Vec<ChangeRow>, StoreError> {
    let kinds = ChangeKinds::of(&[ChangeKind::Gone, ChangeKind::Redirected, ChangeKind::Paywalled]);
    let query = ChangeQuery { kinds, ..ChangeQuery::ALL };
    let mut past = cursor.map(|cursor| cursor.key);
    let mut out = Vec::new();
    while out.len() < most {
        let batch = visit.reader.changes(&query, true, past, most)?;
        let Some(last) = batch.last() else { break };
        past = Some(last.key);
        for line in batch {
            let Some(row) = visit.reader.article(line.article)? else { continue };
            // An article that went, came back and went again is told once: by when it went last.
            if row.state.is_away() && row.state_since.as_millisecond() <= line.key.at && out.len() < most {
                out.push(line);
            }
        }
    }
    Ok(out)
}

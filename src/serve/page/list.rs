//! Changes as a list: by day, each with its headline and its most telling words.

use maud::{Markup, html};

use super::select::Cursor;
use super::{Visit, parts};
use crate::model::{ChangeKind, VersionSeq};
use crate::serve::cut::{ROOM, clip};
use crate::serve::excerpt::Excerpt;
use crate::serve::problem::Problem;
use crate::store::{ArticleRow, ChangeLine, ChangeRow, StoreError};

/// The written list, and where it ended.
pub struct Written {
    /// The list.
    pub markup: Markup,
    /// How many changes it shows.
    pub shown: usize,
    /// Behind which the next page begins; none when all was shown.
    pub next: Option<Cursor>,
}

/// Writes at most `most` lines, fewer when they are long.
///
/// # Errors
/// As every reading of the archive.
pub fn write(visit: &Visit<'_>, lines: &[ChangeRow], most: usize) -> Result<Written, Problem> {
    let mut days: Vec<(jiff::civil::Date, Vec<Markup>)> = Vec::new();
    let (mut used, mut shown, mut last) = (0, 0, None);
    let mut next = None;
    for line in lines {
        if shown == most || used > ROOM {
            next = last;
            break;
        }
        last = Some(Cursor::behind(line));
        let Some(item) = item(visit, line)? else { continue };
        used += item.0.len();
        shown += 1;
        let day = visit.dates.day_of(line.key.time());
        match days.last_mut() {
            Some((known, items)) if *known == day => items.push(item),
            _ => days.push((day, vec![item])),
        }
    }
    let markup = html! {
        @for (day, items) in &days {
            section class="day" {
                h2 { (visit.dates.heading(*day)) }
                ol class="changes" { @for item in items { (item) } }
            }
        }
    };
    Ok(Written { markup, shown, next })
}

fn item(visit: &Visit<'_>, line: &ChangeRow) -> Result<Option<Markup>, Problem> {
    let written = match line.seq {
        Some(seq) => visit.room.excerpt(visit.reader, line).and_then(|excerpt| {
            let Some(excerpt) = excerpt else { return Ok(None) };
            let row = visit.reader.article(line.article)?;
            Ok(row.map(|row| edit(visit, line, &row, seq, &excerpt)))
        }),
        None => visit.reader.change_line(line).map(|told| told.map(|told| event(visit, line, &told))),
    };
    match written {
        Err(StoreError::Corrupt(_)) => Ok(Some(unreadable(visit, line))),
        written => Ok(written?),
    }
}

fn edit(visit: &Visit<'_>, line: &ChangeRow, row: &ArticleRow, seq: VersionSeq, excerpt: &Excerpt) -> Markup {
    let (lang, told) = (visit.lang(), line.told);
    let href = format!("/a/{}/diff/{}..{}", row.id, seq.0 - 1, seq);
    html! {
        li class="change" data-key="item" {
            (about(visit, line, row))
            @if told.redacted {
                h3 { a href=(format!("/a/{}", row.id)) { (lang.say("redacted.change")) } }
            } @else {
                h3 dir="auto" {
                    a href=(href) {
                        @if excerpt.title.iter().all(|token| token.text.trim().is_empty()) { (lang.say("untitled")) }
                        @else { (parts::runs(&excerpt.title)) }
                    }
                }
                @if !excerpt.body.is_empty() { p class="excerpt" dir="auto" { (parts::runs(&excerpt.body)) } }
                p class="tags" { (parts::badges(lang, &told.kinds.list())) (parts::figures(lang, told)) }
            }
        }
    }
}

fn event(visit: &Visit<'_>, line: &ChangeRow, told: &ChangeLine) -> Markup {
    let (lang, row) = (visit.lang(), &told.article);
    let kind = line.told.kinds.list().first().copied().unwrap_or(ChangeKind::Gone);
    html! {
        li class="change" data-key="item" {
            (about(visit, line, row))
            h3 dir="auto" { a href=(format!("/a/{}", row.id)) { (parts::headline(lang, &row.title)) } }
            p class="tags" {
                (parts::badges(lang, &[kind]))
                @if let Some(detail) = &told.detail { span class="detail" dir="auto" { (clip(detail, 200)) } }
            }
        }
    }
}

/// When and where.
fn about(visit: &Visit<'_>, line: &ChangeRow, row: &ArticleRow) -> Markup {
    let at = line.key.time();
    html! {
        p class="meta" {
            time datetime=(crate::export::json::time(at)) { (visit.dates.time(at)) }
            " · "
            a href=(parts::site_path(&row.site)) dir="auto" { (parts::site_name(row)) }
            // What an event says itself is not said twice.
            @if line.seq.is_some() { " " (parts::state(visit.lang(), row.state)) }
        }
    }
}

/// What the archive holds and cannot give.
fn unreadable(visit: &Visit<'_>, line: &ChangeRow) -> Markup {
    let article = line.article;
    html! {
        li class="change" {
            p class="meta" { (visit.lang().fill("unreadable", &[&article.to_string()])) " " code { "kliping verify" } }
        }
    }
}

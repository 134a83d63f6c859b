//! The JSON of the contract over HTTP: what the command line prints, the same bytes, newest first. Lists are a
//! line an object, and name their next page in `Link` (RFC 8288).

use serde_json::Value;

use super::filter::{Filter, Order};
use super::page::select::{self, Cursor};
use super::page::{Visit, diff, search, site};
use super::problem::Problem;
use super::reply::{Kind, Reply};
use super::telling::logged;
use crate::export::{self, json};
use crate::model::{VersionSeq, site_health};
use crate::store::{ArticleRow, ChangeRow};

/// Objects of a page, unless another number is asked for.
const USUAL: usize = 50;
/// The most of them.
const MOST: usize = 200;
/// A longer change (bytes) is compared each time.
const LONGEST_KEPT: usize = 20_000;

/// Answers below `/api/v1/`.
///
/// # Errors
/// As the pages.
pub fn answer(visit: &Visit<'_>, rest: &[&str]) -> Result<Reply, Problem> {
    match rest {
        ["articles"] => articles(visit),
        ["articles", id] => {
            let row = visit.article(id)?;
            let latest = VersionSeq(row.versions);
            article(visit, &row, latest)
        }
        ["articles", id, "versions", seq] => {
            let row = visit.article(id)?;
            let seq = visit.seq(&row, seq)?;
            article(visit, &row, seq)
        }
        ["articles", id, "history"] => history(visit, id),
        ["articles", id, "diff", range] => {
            let row = visit.article(id)?;
            let (a, b) = range.split_once("..").ok_or(Problem::NoVersion)?;
            let (a, b) = (visit.seq(&row, a)?, visit.seq(&row, b)?);
            Ok(object(&diff::object(visit, &row, a, b)?))
        }
        ["changes"] => changes(visit),
        ["search"] => hits(visit),
        ["sites"] => sites(visit),
        _ => Err(Problem::NoPage),
    }
}

fn limit(visit: &Visit<'_>) -> Result<usize, Problem> {
    match visit.ask.param("limit") {
        None => Ok(USUAL),
        Some(text) => text.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or(Problem::Wrong("limit")),
    }
}

fn object(value: &Value) -> Reply {
    Reply::new(Kind::Json, format!("{value}\n"))
}

fn lines(values: impl IntoIterator<Item = Value>) -> Reply {
    Reply::new(Kind::Lines, values.into_iter().map(|value| format!("{value}\n")).collect::<String>())
}

fn with_next(reply: Reply, visit: &Visit<'_>, name: &str, value: Option<String>) -> Reply {
    match value {
        None => reply,
        Some(value) => {
            let next = visit.ask.with(&[(name, Some(&value)), ("token", None)]);
            reply.header("link", format!("<{next}>; rel=\"next\""))
        }
    }
}

fn articles(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let limit = limit(visit)?;
    let after = site::key_of(visit.ask.param("after").as_deref())?;
    let rows = visit.reader.newest(visit.ask.param("site").as_deref(), after, limit + 1)?;
    let more = rows.len() > limit;
    let next = rows.get(limit - 1).filter(|_| more).map(|(key, _)| format!("{}_{}", key.0, key.1));
    let reply = lines(rows.iter().take(limit).map(|(_, row)| export::listed(row)));
    Ok(with_next(reply, visit, "after", next))
}

fn article(visit: &Visit<'_>, row: &ArticleRow, seq: VersionSeq) -> Result<Reply, Problem> {
    let version = visit.reader.version(row.id, seq)?.ok_or(Problem::NoVersion)?;
    Ok(object(&json::article(&json::Known::from(row), &version)))
}

fn history(visit: &Visit<'_>, id: &str) -> Result<Reply, Problem> {
    let row = visit.article(id)?;
    let (versions, events) = (visit.reader.versions(row.id)?, visit.reader.events(row.id)?);
    let history = export::history(&versions, events, None);
    Ok(lines(history.iter().map(|line| export::history_line(&row, line))))
}

fn changes(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let limit = limit(visit)?;
    let mut filter = Filter::read(visit.ask, visit.dates.now)?;
    filter.order = Order::Latest;
    let cursor = Cursor::read(visit.ask.param("before").as_deref())?;
    let chosen = select::choose(visit, &filter, cursor, limit)?;
    let mut objects = String::new();
    for row in chosen.iter().take(limit) {
        objects.push_str(&change(visit, row)?);
    }
    let more = chosen.len() > limit;
    let next = chosen.get(limit - 1).filter(|_| more).map(|line| Cursor::behind(line).text());
    Ok(with_next(Reply::new(Kind::Lines, objects), visit, "before", next))
}

/// A change as a line; of what was taken out nothing.
fn change(visit: &Visit<'_>, row: &ChangeRow) -> Result<String, Problem> {
    if row.told.redacted {
        return Ok(String::new());
    }
    // An event is told as the article is today, and an edit by its address of today.
    let url = match row.seq {
        Some(_) => visit.reader.article(row.article)?.map(|article| article.url),
        None => None,
    };
    if let Some(url) = &url
        && let Some(kept) = visit.room.objects.get(row.key)
        && kept.0 == *url
    {
        return Ok(kept.1.clone());
    }
    let Some(logged) = logged(visit.reader, row)? else { return Ok(String::new()) };
    let line = format!("{}\n", logged.json());
    if let Some(url) = url.filter(|_| line.len() <= LONGEST_KEPT) {
        visit.room.objects.put(row.key, (url, line.clone()));
    }
    Ok(line)
}

fn hits(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let limit = limit(visit)?;
    let query = search::query(visit, limit + 1)?.ok_or(Problem::Wrong("q"))?;
    let hits = visit.reader.search(&query)?;
    let next = hits.get(limit - 1).filter(|_| hits.len() > limit).map(search::text_of);
    Ok(with_next(lines(hits.iter().take(limit).map(export::hit)), visit, "after", next))
}

/// How well each site is read, as `kliping sites health --format jsonl` prints it: of the latest pages of each,
/// page by page in the order of letters.
fn sites(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let limit = limit(visit)?.min(USUAL);
    let after = visit.ask.param("after");
    let all = visit.reader.site_numbers()?;
    let known: Vec<_> =
        all.iter().filter(|(_, key, _)| after.as_ref().is_none_or(|after| key > after)).collect();
    let mut values = Vec::new();
    for (number, key, _) in known.iter().take(limit) {
        let seen = visit.reader.site_sightings(*number, site::SEEN)?;
        values.push(export::health(key, &site_health(&seen)));
    }
    let next = known.get(limit - 1).filter(|_| known.len() > limit).map(|(_, key, _)| key.clone());
    Ok(with_next(lines(values), visit, "after", next))
}

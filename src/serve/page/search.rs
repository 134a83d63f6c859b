//! Full-text search, with the words around each find.

use maud::{Markup, html};

use super::frame::Frame;
use super::{Visit, parts};
use crate::config::Since;
use crate::model::PageUrl;
use crate::serve::cut::{ROOM, clip};
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::store::{Behind, Hit, SearchField, SearchQuery};

/// Hits of a page.
const MOST: usize = 20;

/// What is searched for, as the address bar says it; none when it is empty.
///
/// # Errors
/// `bad_parameter`.
pub fn query(visit: &Visit<'_>, limit: usize) -> Result<Option<SearchQuery>, Problem> {
    let Some(text) = visit.ask.param("q") else { return Ok(None) };
    let fields = match visit.ask.param("in").as_deref() {
        None => Vec::new(),
        Some("title") => vec![SearchField::Title],
        Some("body") => vec![SearchField::Body],
        Some(_) => return Err(Problem::Wrong("in")),
    };
    let since = match visit.ask.param("since") {
        None => None,
        Some(text) => Some(Since::parse(&text).map_err(|_| Problem::Wrong("since"))?.at(visit.dates.now)),
    };
    let raw_fts = visit.ask.param("fts").is_some();
    let behind =
        visit.ask.param("after").map(|text| place(&text).ok_or(Problem::Wrong("after"))).transpose()?;
    Ok(Some(SearchQuery { text, raw_fts, fields, site: visit.ask.param("site"), since, limit, behind }))
}

/// Behind which find a page begins, as [`text_of`] wrote it.
fn place(text: &str) -> Option<Behind> {
    let (score, row) = text.split_once('_')?;
    let score: f64 = score.parse().ok()?;
    score.is_finite().then_some(Behind { score, row: row.parse().ok()? })
}

/// The place behind a find, for the address bar: a number is read again as it was written.
pub fn text_of(hit: &Hit) -> String {
    let Behind { score, row } = hit.behind();
    format!("{score}_{row}")
}

/// The page.
///
/// # Errors
/// `bad_parameter`, `query`, and as every reading of the archive.
pub fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let lang = visit.lang();
    let query = query(visit, MOST + 1)?;
    let mut hits = Vec::new();
    if let Some(query) = &query {
        // An address is looked up rather than searched for.
        if let Some(id) =
            PageUrl::parse(&query.text).ok().map(|url| visit.reader.known(&url)).transpose()?.flatten()
        {
            return Ok(Reply::redirect(302, &format!("/a/{id}")));
        }
        hits = visit.reader.search(query)?;
    }
    let (list, next) = results(visit, &hits);
    let words = visit.ask.param("q").unwrap_or_default();
    let main = html! {
        h1 { (lang.say("search.title")) }
        (form(visit, &words))
        @if query.is_some() {
            @if !hits.is_empty() { (list) }
            @else if visit.ask.param("after").is_some() { p class="note" { (lang.say("search.end")) } }
            @else { (nothing(visit)) }
            @if let Some(next) = next {
                nav class="pager" aria-label=(lang.say("pager")) {
                    a rel="next" href=(visit.ask.with(&[("after", Some(&next))])) { (lang.say("pager.after")) }
                }
            }
        } @else { p class="note" { (lang.say("search.hint")) } }
    };
    let title = if words.is_empty() {
        lang.say("search.title").to_owned()
    } else {
        format!("{} · {}", clip(&words, 80), lang.say("search.title"))
    };
    Ok(Frame { title, place: "/search", feed: None }.page(visit.ask, &main))
}

fn form(visit: &Visit<'_>, words: &str) -> Markup {
    let (lang, ask) = (visit.lang(), visit.ask);
    let value = |name: &str| ask.param(name).unwrap_or_default();
    let field = value("in");
    html! {
        form class="search" action="/search" method="get" {
            div class="fields" {
                label class="grow" { (lang.say("search.words")) input type="search" name="q" value=(words) maxlength="400" dir="auto" autofocus[words.is_empty()]; }
                label { (lang.say("search.in"))
                    select name="in" {
                        option value="" selected[field.is_empty()] { (lang.say("search.in.all")) }
                        option value="title" selected[field == "title"] { (lang.say("search.in.title")) }
                        option value="body" selected[field == "body"] { (lang.say("search.in.body")) }
                    }
                }
                label { (lang.say("filter.site")) input name="site" value=(value("site")) maxlength="100"; }
                label { (lang.say("filter.since")) input name="since" value=(value("since")) placeholder="7d" maxlength="40"; }
            }
            p { button { (lang.say("search.go")) } }
        }
    }
}

/// The finds of a page, and where the next one begins.
fn results(visit: &Visit<'_>, hits: &[Hit]) -> (Markup, Option<String>) {
    let lang = visit.lang();
    let mut used = 0;
    let mut items = Vec::new();
    for hit in hits.iter().take(MOST) {
        let item = html! {
            li class="change" data-key="item" {
                p class="meta" {
                    a href=(parts::site_path(&hit.site)) dir="auto" { (clip(&hit.site, 80)) }
                    @if let Some(published) = &hit.published { " · " (stated(visit, published)) }
                    " " (parts::state(lang, hit.state))
                }
                h3 dir="auto" { a href=(format!("/a/{}", hit.article)) {
                    @if hit.title.trim().is_empty() { (lang.say("untitled")) } @else { (marked(&hit.title_marked, parts::HEADLINE)) }
                } }
                p class="excerpt" dir="auto" { (marked(&hit.snippet, 600)) }
            }
        };
        used += item.0.len();
        // A find has its limits, so one at least is shown.
        if used > ROOM {
            break;
        }
        items.push(item);
    }
    let last = hits.get(items.len().saturating_sub(1)).filter(|_| hits.len() > items.len());
    (html! { ol class="changes" { @for item in &items { (item) } } }, last.map(text_of))
}

/// Found words in their text.
fn marked(pieces: &[(String, bool)], most: usize) -> Markup {
    let mut left = most;
    let mut shown: Vec<(String, bool)> = Vec::new();
    for (text, found) in pieces {
        if left == 0 {
            break;
        }
        let cut = clip(text, left);
        left = left.saturating_sub(text.chars().count());
        shown.push((cut, *found));
    }
    html! { @for (text, found) in &shown { @if *found { mark { (text) } } @else { (text) } } }
}

/// A time that a page states, on its own clock.
fn stated(visit: &Visit<'_>, rfc3339: &str) -> Markup {
    let civil: Option<jiff::civil::DateTime> = rfc3339.get(..19).and_then(|text| text.parse().ok());
    html! { time datetime=(rfc3339) { @if let Some(at) = civil { (visit.dates.civil(at)) } @else { (clip(rfc3339, 30)) } } }
}

fn nothing(visit: &Visit<'_>) -> Markup {
    let lang = visit.lang();
    let filtered = ["site", "since", "in"].iter().any(|name| visit.ask.param(name).is_some());
    parts::empty(
        lang.say("search.none"),
        &html! {
            p { (lang.say("search.none.do")) }
            @if filtered { p { a href=(visit.ask.with(&[("site", None), ("since", None), ("in", None), ("after", None)])) { (lang.say("search.wider")) } } }
        },
    )
}

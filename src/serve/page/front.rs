//! The front page: what was changed, the latest day first and the most telling of each day first.

use maud::{Markup, html};

use super::frame::Frame;
use super::list::{self, Written};
use super::select::{self, Cursor};
use super::{Visit, parts};
use crate::model::ChangeKind;
use crate::serve::filter::{Filter, Order};
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::store::room::NewestKey;

/// Changes of a page.
const MOST: usize = 30;
/// New articles beside them.
const NEW: usize = 8;

/// The front page.
///
/// # Errors
/// `bad_parameter`, and as every reading of the archive.
pub fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let filter = Filter::read(visit.ask, visit.dates.now)?;
    let cursor = Cursor::read(visit.ask.param("before").as_deref())?;
    let chosen = select::choose(visit, &filter, cursor, MOST)?;
    let written = list::write(visit, &chosen, MOST)?;
    let lang = visit.lang();
    let feed = feed_path(visit);
    let newest = if cursor.is_none() && !filter.is_set() {
        visit.reader.newest(None, NewestKey::TOP, NEW)?
    } else {
        Vec::new()
    };
    let main = html! {
        div class="front" {
            div class="wide" {
                h1 { (lang.say("front.title")) }
                (controls(visit, &filter))
                (written.markup)
                @if written.shown == 0 { (nothing(visit, &filter, cursor.is_some(), !newest.is_empty())) }
                (more(visit, &written))
            }
            @if !newest.is_empty() {
                aside class="newest" aria-labelledby="newest" {
                    h2 id="newest" { (lang.say("front.newest")) }
                    ul {
                        @for (_, row) in &newest {
                            li {
                                a href=(format!("/a/{}", row.id)) dir="auto" { (parts::headline(lang, &row.title)) }
                                span class="meta" dir="auto" { (parts::site_name(row)) " · " (parts::time(&visit.dates, row.first_seen)) }
                            }
                        }
                    }
                }
            }
        }
    };
    let frame = Frame { title: lang.say("front.title").to_owned(), place: "/", feed: Some(feed) };
    Ok(frame.page(visit.ask, &main))
}

/// The feed with the same filters.
fn feed_path(visit: &Visit<'_>) -> String {
    let here = visit.ask.with(&[("before", None), ("order", None), ("token", None)]);
    match here.split_once('?') {
        Some((_, query)) => format!("/feed.atom?{query}"),
        None => "/feed.atom".to_owned(),
    }
}

fn more(visit: &Visit<'_>, written: &Written) -> Markup {
    html! {
        @if let Some(next) = written.next {
            nav class="pager" aria-label=(visit.lang().say("pager")) {
                a rel="next" href=(visit.ask.with(&[("before", Some(&next.text()))])) { (visit.lang().say("front.more")) }
            }
        }
    }
}

/// The filters: they stand in the address bar, and the feed has the same.
fn controls(visit: &Visit<'_>, filter: &Filter) -> Markup {
    let (lang, ask) = (visit.lang(), visit.ask);
    let value = |name: &str| ask.param(name).unwrap_or_default();
    let latest = filter.order == Order::Latest;
    html! {
        p class="orders" {
            @if latest { a href=(ask.with(&[("order", None), ("before", None)])) { (lang.say("order.telling")) } }
            @else { strong { (lang.say("order.telling")) } }
            " · "
            @if latest { strong { (lang.say("order.latest")) } }
            @else { a href=(ask.with(&[("order", Some("latest")), ("before", None)])) { (lang.say("order.latest")) } }
        }
        details class="filter" open[filter.is_set()] {
            summary { (lang.say("filter")) }
            form action="/" method="get" {
                fieldset {
                    legend { (lang.say("filter.kinds")) }
                    @for kind in ChangeKind::ALL {
                        label { input type="checkbox" name="kind" value=(kind.as_str()) checked[filter.kinds.contains(kind)]; " " (parts::kind_name(lang, *kind)) }
                    }
                }
                div class="fields" {
                    label { (lang.say("filter.site")) input name="site" value=(value("site")) maxlength="100"; }
                    label { (lang.say("filter.since")) input name="since" value=(value("since")) placeholder="24h" maxlength="40"; }
                    label { (lang.say("filter.until")) input name="until" value=(value("until")) placeholder="2026-03-01" maxlength="40"; }
                    label { (lang.say("filter.score")) input name="min_score" value=(value("min_score")) placeholder="0.3" inputmode="decimal" maxlength="6"; }
                }
                label { input type="checkbox" name="silent" value="1" checked[filter.silent]; " " (lang.say("filter.silent")) }
                label { input type="checkbox" name="all_causes" value="1" checked[filter.all_causes]; " " (lang.say("filter.causes")) }
                @if latest { input type="hidden" name="order" value="latest"; }
                p { button { (lang.say("filter.go")) } " " a href="/" { (lang.say("filter.none")) } }
            }
        }
    }
}

fn nothing(visit: &Visit<'_>, filter: &Filter, further: bool, articles: bool) -> Markup {
    let lang = visit.lang();
    if further {
        return html! { p class="note" { (lang.say("front.end")) } };
    }
    if filter.is_set() {
        return parts::empty(
            lang.say("front.none.filter"),
            &html! { p { a href="/" { (lang.say("filter.none")) } } },
        );
    }
    if articles {
        return parts::empty(
            lang.say("front.none.changes"),
            &html! {
                p { (lang.say("front.none.changes.do")) }
                pre { "kliping schedule --every 15m --format cron" }
            },
        );
    }
    parts::empty(
        lang.say("front.none"),
        &html! {
            p { (lang.say("front.none.add")) }
            pre { "kliping sites add https://news.example/\nkliping crawl" }
            p { (lang.say("front.none.demo")) }
            pre { "kliping demo --keep press\nkliping serve --config press/config.toml" }
        },
    )
}

//! How well the crawl does, site by site.

use maud::{Markup, html};

use super::frame::Frame;
use super::{Visit, parts};
use crate::serve::cut::clip;
use crate::serve::plot;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::store::room::{DayCount, SiteFigures};

/// Sites of a page.
const MOST: usize = 50;
/// Days of the plots.
pub const DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 3600 * 1000;

/// The page.
///
/// # Errors
/// `busy` while the figures are being counted.
pub fn page(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let lang = visit.lang();
    let overview = visit.room.overview().ok_or(Problem::Busy)?;
    let after = visit.ask.param("after");
    let behind = |site: &&SiteFigures| after.as_ref().is_none_or(|after| site.site > *after);
    let sites: Vec<&SiteFigures> = overview.sites.iter().filter(behind).take(MOST + 1).collect();
    let (now, more) = (&sites[..sites.len().min(MOST)], sites.len() > MOST);
    let main = html! {
        h1 { (lang.say("sites.title")) }
        @if now.is_empty() { (none(visit)) }
        @else {
            p class="note" { (lang.say("sites.counted")) " " (parts::time(&visit.dates, overview.at)) }
            div class="table" tabindex="0" {
                table class="sites" {
                    thead { tr {
                        th scope="col" { (lang.say("sites.site")) }
                        th scope="col" class="n" { (lang.say("sites.articles")) }
                        th scope="col" { (lang.say("sites.days")) }
                        th scope="col" class="n" { (lang.say("sites.week")) }
                        th scope="col" class="n" { (lang.say("sites.failed")) }
                        th scope="col" { (lang.say("sites.last")) }
                        th scope="col" { (lang.say("sites.next")) }
                    } }
                    tbody { @for site in now { (line(visit, site)) } }
                }
            }
            @if more {
                nav class="pager" { a rel="next" href=(visit.ask.with(&[("after", now.last().map(|site| site.site.as_str()))])) { (lang.say("pager.after")) } }
            }
        }
    };
    Ok(Frame { title: lang.say("sites.title").to_owned(), place: "/sites", feed: None }
        .page(visit.ask, &main))
}

fn line(visit: &Visit<'_>, site: &SiteFigures) -> Markup {
    let lang = visit.lang();
    let week = last(visit, site, 7);
    let failed = week.unread + week.errors;
    let bad = week.requests >= 10 && failed * 5 >= week.requests;
    html! {
        tr data-key="item" {
            th scope="row" { a href=(parts::site_path(&site.site)) dir="auto" { (clip(site.name.as_deref().unwrap_or(&site.site), 60)) } }
            td class="n" { (lang.number(site.articles)) }
            td { (days(visit, site)) }
            td class="n" { (lang.number(week.new)) }
            td class=(if bad { "n bad" } else { "n" }) { @if failed > 0 { (lang.fill("sites.of", &[&lang.number(failed), &lang.number(week.requests)])) } @else { "–" } }
            td { @if let Some(at) = site.last_answer { (parts::time(&visit.dates, at)) } @else { (lang.say("never")) } }
            td { (next(visit, site)) }
        }
    }
}

/// The sum of the last days.
pub fn last(visit: &Visit<'_>, site: &SiteFigures, days: i64) -> DayCount {
    let today = visit.dates.now.as_millisecond().div_euclid(DAY_MS);
    let recent = site.days.iter().filter(|day| day.day > today - days);
    recent.fold(DayCount { day: today, ..DayCount::default() }, |sum, day| DayCount {
        day: sum.day,
        requests: sum.requests + day.requests,
        new: sum.new + day.new,
        changed: sum.changed + day.changed,
        unread: sum.unread + day.unread,
        errors: sum.errors + day.errors,
        forbidden: sum.forbidden + day.forbidden,
    })
}

/// New articles a day, and how many requests brought a new version.
pub fn days(visit: &Visit<'_>, site: &SiteFigures) -> Markup {
    let today = visit.dates.now.as_millisecond().div_euclid(DAY_MS);
    let mut values = vec![(0, 0); usize::try_from(DAYS).unwrap_or(0)];
    for day in &site.days {
        let place = DAYS - 1 - (today - day.day);
        if let Some(value) = usize::try_from(place).ok().and_then(|at| values.get_mut(at)) {
            *value = (day.new + day.changed, day.new);
        }
    }
    let new: i64 = values.iter().map(|(_, new)| new).sum();
    let changed: i64 = values.iter().map(|(all, new)| all - new).sum();
    let lang = visit.lang();
    plot::bars(&values, &lang.fill("sites.plot", &[&lang.number(new), &lang.number(changed)]))
}

/// When the next list is asked for, and what is wrong with the lists.
pub fn next(visit: &Visit<'_>, site: &SiteFigures) -> Markup {
    let lang = visit.lang();
    let waits = &site.waits;
    html! {
        @if waits.failing > 0 { span class="bad" { (lang.fill("sites.lists.bad", &[&waits.failing.to_string(), &waits.lists.to_string()])) } br; }
        @match waits.next_list {
            Some(at) if at > visit.dates.now => { (parts::time(&visit.dates, at)) }
            _ if waits.lists > 0 => { (lang.say("next.run")) }
            _ => { "–" }
        }
    }
}

fn none(visit: &Visit<'_>) -> Markup {
    let lang = visit.lang();
    parts::empty(
        lang.say("sites.none"),
        &html! { p { (lang.say("front.none.add")) } pre { "kliping sites add https://news.example/\nkliping crawl" } },
    )
}

//! One site: its articles, how its pages are read over time, what it waits for, what robots.txt says.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::frame::Frame;
use super::sites;
use super::{Visit, parts};
use crate::model::{Loss, PageUrl, Sighting, Sign, SiteHealth, Trend, site_health};
use crate::serve::cut::{ROOM, clip};
use crate::serve::plot;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::store::room::{NewestKey, SiteFigures};

/// Articles of a page.
const MOST: usize = 30;
/// Pages whose reading is looked at: the latest.
pub const SEEN: usize = 400;
/// Steps of a plot.
const STEPS: usize = 20;

/// The page.
///
/// # Errors
/// `no_site`, `bad_parameter`, and as every reading of the archive.
pub fn page(visit: &Visit<'_>, site: &str) -> Result<Reply, Problem> {
    let (number, name) = visit.reader.site_number(site)?.ok_or(Problem::NoSite)?;
    let lang = visit.lang();
    let after = key_of(visit.ask.param("after").as_deref())?;
    let rows = visit.reader.newest(Some(site), after, MOST + 1)?;
    let name = clip(name.as_deref().unwrap_or(site), 80);
    let overview = visit.room.overview();
    let figures = overview.as_ref().and_then(|o| o.sites.iter().find(|s| s.site == site));
    let first = after == NewestKey::TOP;
    let health = if first {
        readings(visit, number)?
    } else {
        html! {}
    };
    let (list, next) = articles(visit, &rows);
    let main = html! {
        h1 dir="auto" { (name) }
        @if let Some(figures) = figures { @if first { (state(visit, figures, number)?) } }
        (health)
        h2 { (lang.say("site.articles")) }
        p class="orders" {
            a href=(format!("/?site={}", url::form_urlencoded::byte_serialize(site.as_bytes()).collect::<String>())) { (lang.say("site.changes")) }
            " · " a href=(format!("{}/feed.atom", parts::site_path(site))) { (lang.say("foot.feed")) }
        }
        @if rows.is_empty() { p class="note" { (lang.say("site.none")) } }
        (list)
        @if let Some(next) = next {
            nav class="pager" { a rel="next" href=(visit.ask.with(&[("after", Some(&format!("{}_{}", next.0, next.1)))])) { (lang.say("site.older")) } }
        }
    };
    let feed = Some(format!("{}/feed.atom", parts::site_path(site)));
    Ok(Frame { title: name, place: "/sites", feed }.page(visit.ask, &main))
}

/// Behind which article a page begins.
pub fn key_of(text: Option<&str>) -> Result<NewestKey, Problem> {
    let Some(text) = text else { return Ok(NewestKey::TOP) };
    let key = text.split_once('_').and_then(|(at, id)| Some(NewestKey(at.parse().ok()?, id.parse().ok()?)));
    key.ok_or(Problem::Wrong("after"))
}

fn articles(
    visit: &Visit<'_>,
    rows: &[(NewestKey, crate::store::ArticleRow)],
) -> (Markup, Option<NewestKey>) {
    let lang = visit.lang();
    let (mut used, mut items, mut last) = (0, Vec::new(), None);
    for (key, row) in rows.iter().take(MOST) {
        let item = html! {
            li data-key="item" {
                a href=(format!("/a/{}", row.id)) dir="auto" { (parts::headline(lang, &row.title)) }
                span class="meta" {
                    (parts::time(&visit.dates, row.first_seen))
                    @if row.versions > 1 { " · " a href=(format!("/a/{}/diff", row.id)) { (lang.count("versions", row.versions)) } }
                    " " (parts::state(lang, row.state))
                }
            }
        };
        used += item.0.len();
        if used > ROOM / 2 {
            break;
        }
        last = Some(*key);
        items.push(item);
    }
    let more = rows.len() > items.len();
    (html! { ul class="articles" { @for item in &items { (item) } } }, last.filter(|_| more))
}

fn state(visit: &Visit<'_>, site: &SiteFigures, number: i64) -> Result<Markup, Problem> {
    let lang = visit.lang();
    let month = sites::last(visit, site, sites::DAYS);
    Ok(html! {
        dl class="figures" {
            div { dt { (lang.say("sites.articles")) } dd { (lang.number(site.articles)) } }
            div { dt { (lang.say("sites.days")) } dd { (sites::days(visit, site)) } }
            div { dt { (lang.say("sites.last")) } dd { @if let Some(at) = site.last_answer { (parts::time(&visit.dates, at)) } @else { (lang.say("never")) } } }
            div { dt { (lang.say("sites.next")) } dd { (sites::next(visit, site)) } }
            div { dt { (lang.say("site.requests")) } dd { (lang.fill("site.requests.of", &[&lang.number(month.requests), &lang.number(month.new), &lang.number(month.changed), &lang.number(month.unread), &lang.number(month.errors)])) } }
            (robots(visit, number, month.forbidden)?)
        }
    })
}

/// What robots.txt says, and until when the host is left alone.
fn robots(visit: &Visit<'_>, number: i64, forbidden: i64) -> Result<Markup, Problem> {
    let lang = visit.lang();
    let url = visit.reader.newest_address(number)?.and_then(|url| PageUrl::parse(&url).ok());
    let Some(url) = url else { return Ok(html! {}) };
    let record = visit.reader.robots(url.origin())?;
    let rest = visit.reader.busy_until(&url.host_key(), visit.dates.now)?;
    Ok(html! {
        div { dt { "robots.txt" } dd {
            @match &record {
                None => { (lang.say("robots.unasked")) }
                Some(record) => {
                    @match record.status {
                        Some(200..=299 | 304) => { (lang.say("robots.rules")) }
                        Some(400..=499) => { (lang.say("robots.none")) }
                        _ => { span class="bad" { (lang.say("robots.unknown")) } }
                    }
                    " (" (parts::time(&visit.dates, record.fetched)) ")"
                }
            }
            @if forbidden > 0 { "; " (lang.count("robots.forbidden", forbidden)) }
        } }
        @if let Some(until) = rest { div { dt { (lang.say("site.rest")) } dd { (parts::time(&visit.dates, until)) } } }
    })
}

fn readings(visit: &Visit<'_>, number: i64) -> Result<Markup, Problem> {
    let lang = visit.lang();
    let seen = visit.reader.site_sightings(number, SEEN)?;
    if seen.is_empty() {
        return Ok(html! {});
    }
    let health = site_health(&seen);
    // In the order in which the pages were read.
    let steps: Vec<Step> = seen.chunks(seen.len().div_ceil(STEPS).max(1)).map(Step::of).collect();
    Ok(html! {
        h2 { (lang.say("site.reading")) }
        p class="note" { (lang.count("site.pages", i64::try_from(seen.len()).unwrap_or(0))) }
        div class="table" tabindex="0" {
            table class="sites" {
                thead { tr { th scope="col" { (lang.say("site.field")) } th scope="col" { (lang.say("site.time")) } th scope="col" class="n" { (lang.say("site.before")) } th scope="col" class="n" { (lang.say("site.lately")) } th scope="col" { (lang.say("site.note")) } } }
                tbody { @for trend in &health.trends { (trend_row(visit, &steps, trend)) } }
            }
        }
        (readers(visit, &health))
    })
}

fn trend_row(visit: &Visit<'_>, steps: &[Step], trend: &Trend) -> Markup {
    let lang = visit.lang();
    let name = match trend.sign {
        Sign::Article => lang.say("sign.article"),
        Sign::Layout => lang.say("sign.layout"),
        Sign::OwnBody => lang.say("sign.own_body"),
        Sign::Field(field) => lang.find(&format!("field.{}", field.as_str())).unwrap_or(field.as_str()),
    };
    let share = |share: crate::model::Share| {
        if share.of == 0 { "–".to_owned() } else { lang.percent(share.ratio()) }
    };
    let steps: Vec<Option<f64>> = steps.iter().map(|step| step.share(trend.sign)).collect();
    let label = lang.fill("site.plot", &[name, &share(trend.before), &share(trend.latest)]);
    html! {
        tr {
            th scope="row" { (name) }
            td { (plot::line(&steps, &label)) }
            td class="n" { (share(trend.before)) }
            td class="n" { (share(trend.latest)) }
            td { @if let Some(lost) = &trend.lost {
                span class="bad" {
                    @match lost.how { Loss::Vanished => { (lang.say("lost.vanished")) } Loss::Fell => { (lang.say("lost.fell")) } Loss::Missing => { (lang.say("lost.missing")) } }
                    " " (parts::time(&visit.dates, lost.since))
                }
                br; (parts::outward(&lost.url))
            } }
        }
    }
}

/// Some pages that were read one after the other.
struct Step {
    trends: Vec<Trend>,
    /// Whether one of them gave an article.
    read: bool,
}

impl Step {
    fn of(pages: &[Sighting]) -> Self {
        Self { trends: site_health(pages).trends, read: pages.iter().any(|page| page.read.is_some()) }
    }

    /// The share of the pages that have something.
    fn share(&self, sign: Sign) -> Option<f64> {
        match self.trends.iter().find(|trend| trend.sign == sign) {
            Some(trend) => {
                let (with, all) = (trend.before.with + trend.latest.with, trend.before.of + trend.latest.of);
                #[expect(clippy::cast_precision_loss, reason = "pages of a step are few")]
                (all > 0).then(|| with as f64 / all as f64)
            }
            // What no page of the step had is left out of its trends.
            None => (self.read && sign != Sign::OwnBody).then_some(0.0),
        }
    }
}

fn readers(visit: &Visit<'_>, health: &SiteHealth) -> Markup {
    let lang = visit.lang();
    let shown: BTreeSet<_> = health.readers.iter().take(12).collect();
    html! {
        @if !shown.is_empty() {
            p class="note" {
                @for (n, ((file, layout), (before, latest))) in shown.iter().enumerate() {
                    @if n > 0 { br; }
                    (lang.fill("site.reader", &[&clip(file, 60), &clip(layout, 60), &before.to_string(), &latest.to_string()]))
                }
            }
        }
    }
}

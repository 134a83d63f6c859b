//! One version of an article: its text, and the rail of its versions.

use maud::{Markup, html};

use super::frame::Frame;
use super::{Visit, body, parts, rail};
use crate::model::{ArticleState, PageUrl, Precision, Version, VersionSeq, When};
use crate::serve::cut::{self, clip};
use crate::serve::memento;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::store::ArticleRow;

/// The article at an address that somebody typed: `/a?url=…`.
///
/// # Errors
/// `bad_parameter`, `no_address`.
pub fn by_address(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let url = visit.ask.param("url").ok_or(Problem::Wrong("url"))?;
    let url = PageUrl::parse(&url).map_err(|_| Problem::Wrong("url"))?;
    let id = visit.reader.known(&url)?.ok_or(Problem::NoAddress)?;
    Ok(Reply::redirect(302, &format!("/a/{id}")))
}

/// The latest version.
///
/// # Errors
/// `no_article`, and as every reading of the archive.
pub fn latest(visit: &Visit<'_>, id: &str) -> Result<Reply, Problem> {
    let row = visit.article(id)?;
    show(visit, &row, VersionSeq(row.versions), true)
}

/// One version, by its number.
///
/// # Errors
/// `no_article`, `no_version`, and as every reading of the archive.
pub fn version(visit: &Visit<'_>, id: &str, seq: &str) -> Result<Reply, Problem> {
    let row = visit.article(id)?;
    let seq = visit.seq(&row, seq)?;
    show(visit, &row, seq, false)
}

fn show(visit: &Visit<'_>, row: &ArticleRow, seq: VersionSeq, latest: bool) -> Result<Reply, Problem> {
    let version = visit.reader.version(row.id, seq)?.ok_or(Problem::NoVersion)?;
    let redacted = version.redacted.is_some();
    let lang = visit.lang();
    let blocks = if redacted { Vec::new() } else { body::blocks(&version.article) };
    let cut = cut::pages(&blocks.iter().map(|block| block.0.len()).collect::<Vec<_>>());
    let part = visit.part(cut.len())?;
    let title = if redacted {
        lang.say("redacted.title").to_owned()
    } else {
        parts::headline(lang, &version.article.title)
    };
    let main = html! {
        div class="reading" {
            article lang=[body::lang_of(&version.article)] {
                header {
                    p class="meta" lang=(lang.tag()) {
                        a href=(parts::site_path(&row.site)) dir="auto" { (parts::site_name(row)) }
                        " " (parts::state(lang, row.state))
                    }
                    h1 dir="auto" { (title) }
                    div lang=(lang.tag()) { (byline(visit, row, &version)) (notice(visit, row, seq, redacted)) }
                }
                div class="text" { @for block in &blocks[cut[part - 1].clone()] { (block) } }
                (parts::pager(lang, part, cut.len(), |n| visit.ask.with(&[("page", Some(&n.to_string()))])))
                @if part == cut.len() { (pictures(visit, &version)) }
                (foot(visit, row, &version))
            }
            (rail::rail(visit, row, Some(seq))?)
        }
    };
    let feed = Some(format!("/a/{}/feed.atom", row.id));
    let reply = Frame { title, place: "", feed }.page(visit.ask, &main);
    Ok(if latest { memento::original(reply, row) } else { memento::memento(reply, row, &version) })
}

fn byline(visit: &Visit<'_>, row: &ArticleRow, version: &Version) -> Markup {
    let lang = visit.lang();
    let article = &version.article;
    html! {
        p class="byline" {
            @for (n, author) in article.authors.iter().take(12).enumerate() {
                @if n > 0 { ", " }
                span dir="auto" { (clip(author, 100)) }
            }
            @if !article.authors.is_empty() { " · " }
            @if let Some(when) = &article.published { (lang.say("published")) " " (stated(visit, when)) }
            @else { (lang.say("first.seen")) " " (parts::time(&visit.dates, row.first_seen)) }
        }
        p class="byline" {
            a href="#versions" { (lang.count("versions", row.versions)) }
            " · " (lang.count("words", i64::try_from(article.words()).unwrap_or(0)))
            @if version.seq.0 > 1 {
                " · " a href=(format!("/a/{}/diff/{}..{}", row.id, version.seq.0 - 1, version.seq)) { (lang.say("what.changed")) }
            }
        }
    }
}

/// A time as the page states it: on its own clock.
fn stated(visit: &Visit<'_>, when: &When) -> Markup {
    let offset = jiff::tz::Offset::from_seconds(when.offset_seconds).unwrap_or(jiff::tz::Offset::UTC);
    let civil = offset.to_datetime(when.at);
    let shown = match when.precision {
        Precision::Day => visit.dates.date(civil.date()),
        Precision::Minute | Precision::Second => visit.dates.civil(civil),
    };
    html! { time datetime=(when.to_string()) title=(clip(&when.raw, 120)) { (shown) } }
}

/// What a reader must know before reading: that this is not the latest text, or that it is gone where it stood.
fn notice(visit: &Visit<'_>, row: &ArticleRow, seq: VersionSeq, redacted: bool) -> Markup {
    let lang = visit.lang();
    let since = || visit.dates.full(row.state_since);
    html! {
        @if redacted { p class="notice" { (lang.say("redacted.why")) } }
        @else if row.state != ArticleState::Live {
            @let name = format!("notice.{}", row.state.as_str());
            p class="notice" { (lang.find(&name).unwrap_or_default().replace("{}", &since())) }
        }
        @if seq.0 < row.versions {
            p class="notice" {
                (lang.fill("notice.older", &[&seq.to_string(), &row.versions.to_string()])) " "
                a href=(format!("/a/{}", row.id)) { (lang.say("notice.latest")) } " · "
                a href=(format!("/a/{}/diff/{seq}..{}", row.id, row.versions)) { (lang.say("notice.since")) }
            }
        }
    }
}

/// Pictures are told of, never loaded.
fn pictures(visit: &Visit<'_>, version: &Version) -> Markup {
    let images = &version.article.images;
    html! {
        @if !images.is_empty() {
            details class="pictures" lang=(visit.lang().tag()) {
                summary { (visit.lang().count("pictures", i64::try_from(images.len()).unwrap_or(0))) }
                ul {
                    @for image in images.iter().take(10) {
                        li {
                            @if let Some(caption) = &image.caption { span dir="auto" { (clip(caption, 400)) } br; }
                            (parts::outward(&image.url))
                        }
                    }
                }
            }
        }
    }
}

/// Where it came from, and how it was read.
fn foot(visit: &Visit<'_>, row: &ArticleRow, version: &Version) -> Markup {
    let lang = visit.lang();
    let reading = &version.article.reading;
    html! {
        footer class="source" lang=(lang.tag()) {
            p { (lang.say("source")) " " (parts::outward(version.url.as_str())) }
            p {
                (lang.fill("cite", &[&row.id.to_string(), &version.seq.to_string()])) " "
                (parts::time(&visit.dates, version.observed)) " · "
                a href=(format!("/a/{}/v/{}", row.id, version.seq)) { (lang.say("permalink")) } " · "
                a href=(format!("/a/{}/v/{}/raw", row.id, version.seq)) { (lang.say("raw")) }
            }
            details {
                summary { (lang.say("provenance")) }
                dl {
                    dt { "SHA-256" } dd { code { (version.fingerprint.content) } }
                    dt { (lang.say("provenance.layout")) } dd { (clip(&reading.site, 80)) " · " (clip(&reading.layout, 80)) }
                    dt { (lang.say("provenance.extractor")) } dd { code { (clip(&reading.extractor.0, 80)) } }
                    @if let Some(status) = version.status { dt { "HTTP" } dd { (status) } }
                    @if let Some(form) = &version.article.comment_form { dt { (lang.say("provenance.form")) } dd { code { (clip(&form.rule, 120)) } } }
                    @for removal in version.article.removed.iter().take(20) {
                        dt { (lang.say("provenance.removed")) } dd { code { (clip(&removal.rule, 120)) } " · " (lang.count("characters", i64::try_from(removal.chars).unwrap_or(0))) }
                    }
                }
            }
        }
    }
}

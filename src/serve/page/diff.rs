//! What lies between two versions: inside the text, side by side, or as a unified diff.

use maud::{Markup, html};

use super::diff_rows::{self, Shown};
use super::frame::Frame;
use super::{Visit, parts};
use crate::diff::render::{View, unified};
use crate::diff::{Change, between, comparable};
use crate::export::json;
use crate::model::{Version, VersionSeq};
use crate::serve::cut::{self, clip};
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::store::{ArticleRow, Told};

/// How it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Inline,
    Side,
    Unified,
}

const LOOKS: [(Look, &str, &str); 3] = [
    (Look::Inline, "inline", "diff.inline"),
    (Look::Side, "side", "diff.side"),
    (Look::Unified, "unified", "diff.unified"),
];

/// The latest version against the one before.
///
/// # Errors
/// `no_article`, `no_version` where there is only one.
pub fn newest(visit: &Visit<'_>, id: &str) -> Result<Reply, Problem> {
    let row = visit.article(id)?;
    if row.versions < 2 {
        return Err(Problem::NoVersion);
    }
    Ok(Reply::redirect(302, &format!("/a/{}/diff/{}..{}", row.id, row.versions - 1, row.versions)))
}

/// Two versions of an article.
///
/// # Errors
/// `no_article`, `no_version`, `redacted`, `bad_parameter`, and as every reading of the archive.
pub fn page(visit: &Visit<'_>, id: &str, range: &str) -> Result<Reply, Problem> {
    let row = visit.article(id)?;
    let (a, b) = range.split_once("..").ok_or(Problem::NoVersion)?;
    let (a, b) = (visit.seq(&row, a)?, visit.seq(&row, b)?);
    if a >= b {
        let to = if a == b { format!("/a/{}/v/{a}", row.id) } else { format!("/a/{}/diff/{b}..{a}", row.id) };
        return Ok(Reply::redirect(302, &to));
    }
    let (from, to) = pair(visit, &row, a, b)?;
    let change = between(&from, &to);
    let look = look(visit)?;
    let title = parts::headline(visit.lang(), &to.article.title);
    let (body, pager) = body(visit, &View { from: &from, to: &to, change: &change }, look)?;
    let main = html! {
        div class={ "comparison" @if look == Look::Side { " wide-diff" } } {
            (head(visit, &row, &from, &to, &change))
            (looks(visit, look))
            div class="diff" lang=[super::body::lang_of(&to.article)] { (body) }
            (pager)
            (neighbours(visit, &row, a, b))
        }
    };
    let feed = Some(format!("/a/{}/feed.atom", row.id));
    Ok(Frame { title, place: "", feed }.page(visit.ask, &main))
}

fn look(visit: &Visit<'_>) -> Result<Look, Problem> {
    let Some(name) = visit.ask.param("view") else { return Ok(Look::Inline) };
    LOOKS.iter().find(|(_, known, _)| *known == name).map(|(look, ..)| *look).ok_or(Problem::Wrong("view"))
}

fn head(visit: &Visit<'_>, row: &ArticleRow, from: &Version, to: &Version, change: &Change) -> Markup {
    let lang = visit.lang();
    let stamp = |version: &Version| {
        html! { a href=(format!("/a/{}/v/{}", row.id, version.seq)) { (lang.fill("version", &[&version.seq.to_string()])) } " " (parts::time(&visit.dates, version.observed)) }
    };
    let mut title = change.title.clone();
    title.iter_mut().for_each(|token| token.text = clip(&token.text, parts::HEADLINE));
    html! {
        header {
            p class="meta" { a href=(parts::site_path(&row.site)) dir="auto" { (parts::site_name(row)) } " " (parts::state(lang, row.state)) }
            h1 dir="auto" { (parts::runs(&title)) }
            p class="byline" { (stamp(from)) " → " (stamp(to)) }
            p class="tags" { (parts::badges(lang, &change.kinds)) (parts::figures(lang, Told::of(change, to.cause))) }
            @if to.cause == crate::model::Cause::Reextract { p class="notice" { (lang.say("diff.ours")) } }
            @if change.is_empty() { p class="notice" { (lang.say("diff.none")) } }
            @if !change.fields.is_empty() {
                dl class="fields" {
                    @for field in &change.fields {
                        dt { (lang.find(&format!("field.{}", field.field)).unwrap_or(field.field)) }
                        dd {
                            @if let Some(old) = &field.from { del dir="auto" { (clip(old, 300)) } " " }
                            @if let Some(new) = &field.to { ins dir="auto" { (clip(new, 300)) } }
                        }
                    }
                }
            }
            p class="source" { (parts::outward(to.url.as_str())) }
        }
    }
}

fn looks(visit: &Visit<'_>, now: Look) -> Markup {
    let lang = visit.lang();
    html! {
        p class="orders" {
            @for (n, (look, name, phrase)) in LOOKS.into_iter().enumerate() {
                @if n > 0 { " · " }
                @let shown = lang.find(phrase).unwrap_or(phrase);
                @if look == now { strong { (shown) } }
                @else { a href=(visit.ask.with(&[("view", Some(name)), ("page", None)])) { (shown) } }
            }
        }
    }
}

fn body(visit: &Visit<'_>, view: &View<'_>, look: Look) -> Result<(Markup, Markup), Problem> {
    let lang = visit.lang();
    let (now, part, pages) = if look == Look::Unified {
        let mut items = lines(&unified(view, 3, false));
        let pages = cut::pages(&items.iter().map(|item| item.0.len()).collect::<Vec<_>>());
        let here = visit.part(pages.len())?;
        (items.drain(pages[here - 1].clone()).collect(), here, pages.len())
    } else {
        let rows = diff_rows::shown(&view.change.paragraphs, visit.ask.param("all").is_some());
        let unfold = visit.ask.with(&[("all", Some("1")), ("page", None)]);
        // Where each name stands is known only when the pages are cut; their lengths do not depend on it.
        let draft: Vec<usize> = rows
            .iter()
            .map(|row| write(visit, row, look, &|name| format!("#{name}"), &unfold).0.len())
            .collect();
        let pages = cut::pages(&draft);
        let page_of = |name: &str| {
            pages.iter().position(|range| {
                rows[range.clone()].iter().any(|row| diff_rows::anchors(row).iter().any(|n| n == name))
            })
        };
        let here = visit.part(pages.len())?;
        let link = |name: &str| match page_of(name) {
            Some(page) if page + 1 != here => {
                format!("{}#{name}", visit.ask.with(&[("page", Some(&(page + 1).to_string()))]))
            }
            _ => format!("#{name}"),
        };
        let shown = &rows[pages[here - 1].clone()];
        let now: Vec<Markup> = shown.iter().map(|row| write(visit, row, look, &link, &unfold)).collect();
        (now, here, pages.len())
    };
    let markup = match look {
        Look::Inline => html! { @for item in &now { (item) } },
        Look::Unified => html! { div class="unified" tabindex="0" { @for item in &now { (item) } } },
        Look::Side => html! {
            table class="side" {
                thead { tr { th scope="col" { (lang.fill("version", &[&view.from.seq.to_string()])) } th scope="col" { (lang.fill("version", &[&view.to.seq.to_string()])) } } }
                tbody { @for item in &now { (item) } }
            }
        },
    };
    let pager = parts::pager(lang, part, pages, |n| visit.ask.with(&[("page", Some(&n.to_string()))]));
    Ok((markup, pager))
}

fn write(visit: &Visit<'_>, row: &Shown<'_>, look: Look, link: diff_rows::Link<'_>, unfold: &str) -> Markup {
    match look {
        Look::Side => diff_rows::side(visit.lang(), row, link, unfold),
        _ => diff_rows::inline(visit.lang(), row, link, unfold),
    }
}

/// The lines of a unified diff, long ones in pieces.
fn lines(text: &str) -> Vec<Markup> {
    let mut out = Vec::new();
    for line in text.lines() {
        let class = match line.as_bytes() {
            [b'@', b'@', ..] => "hunk",
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => "file",
            [b'+', ..] => "add",
            [b'-', ..] => "delete",
            _ => "keep",
        };
        for piece in cut::pieces(line) {
            out.push(html! { p class=(class) dir="auto" { (piece) } });
        }
    }
    out
}

/// The edits before and behind, and what else there is of this one.
fn neighbours(visit: &Visit<'_>, row: &ArticleRow, a: VersionSeq, b: VersionSeq) -> Markup {
    let lang = visit.lang();
    let path = |a: i64, b: i64| format!("/a/{}/diff/{a}..{b}", row.id);
    html! {
        nav class="pager" aria-label=(lang.say("pager")) {
            @if a.0 > 1 { a rel="prev" href=(path(a.0 - 1, a.0)) { (lang.say("diff.before")) } }
            a href=(format!("/a/{}", row.id)) { (lang.say("diff.article")) }
            @if row.versions > 2 && (a.0, b.0) != (1, row.versions) { a href=(path(1, row.versions)) { (lang.say("diff.whole")) } }
            @if b.0 < row.versions { a rel="next" href=(path(b.0, b.0 + 1)) { (lang.say("diff.after")) } }
        }
        p class="tools" {
            a href=(path(a.0, b.0)) { (lang.say("permalink")) } " · "
            a href=(format!("/api/v1/articles/{}/diff/{a}..{b}", row.id)) { "JSON" } " · "
            (lang.fill("cite.diff", &[&row.id.to_string(), &a.to_string(), &b.to_string()]))
        }
    }
}

/// `kliping.change/1` between two versions, for the API.
///
/// # Errors
/// As [`page`].
pub fn object(
    visit: &Visit<'_>,
    row: &ArticleRow,
    a: VersionSeq,
    b: VersionSeq,
) -> Result<serde_json::Value, Problem> {
    let (from, to) = pair(visit, row, a, b)?;
    Ok(json::change(&from, &to, &between(&from, &to)))
}

/// Two versions whose texts are there.
fn pair(
    visit: &Visit<'_>,
    row: &ArticleRow,
    a: VersionSeq,
    b: VersionSeq,
) -> Result<(Version, Version), Problem> {
    let version = |seq| visit.reader.version(row.id, seq)?.ok_or(Problem::NoVersion);
    let (from, to): (Version, Version) = (version(a)?, version(b)?);
    if !comparable(&from, &to) {
        return Err(Problem::Redacted);
    }
    Ok((from, to))
}

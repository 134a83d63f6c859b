//! Feeds: what a page of changes shows, as Atom, newest first.

use super::cut::clip;
use super::filter::{Filter, Order};
use super::page::{Visit, gone, select};
use super::problem::Problem;
use super::reply::{Kind, Reply};
use super::telling::logged;
use crate::export::atom;
use crate::model::escaped;
use crate::store::ChangeRow;

/// Entries of a feed.
const MOST: usize = 30;
/// A longer entry is told by its headline alone.
const ENTRY: usize = 20_000;

/// Changes by the filters of the address bar, and of one site.
///
/// # Errors
/// `bad_parameter`, `no_site`, and as every reading of the archive.
pub fn changes(visit: &Visit<'_>, site: Option<&str>) -> Result<Reply, Problem> {
    let mut filter = Filter::read(visit.ask, visit.dates.now)?;
    filter.order = Order::Latest;
    if let Some(site) = site {
        visit.reader.site_number(site)?.ok_or(Problem::NoSite)?;
        filter.site = Some(site.to_owned());
    }
    let mut lines = select::choose(visit, &filter, None, MOST)?;
    lines.truncate(MOST);
    let mut about = "Changes".to_owned();
    if !filter.kinds.is_empty() {
        let kinds: Vec<&str> = filter.kinds.iter().map(|kind| kind.as_str()).collect();
        about = format!("{about} ({})", kinds.join(", "));
    }
    let whose = filter.site.as_deref().map_or("all sites".to_owned(), |site| clip(site, 100));
    write(visit, &format!("{about} at {whose}"), lines)
}

/// What disappeared.
///
/// # Errors
/// As every reading of the archive.
pub fn gone(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let lines = gone::away(visit, None, MOST)?;
    write(visit, "Gone at all sites", lines)
}

/// What happened to one article.
///
/// # Errors
/// `no_article`, and as every reading of the archive.
pub fn article(visit: &Visit<'_>, id: &str) -> Result<Reply, Problem> {
    let row = visit.article(id)?;
    let lines = visit.reader.changes_of(row.id, MOST)?;
    write(visit, &format!("Changes of {}", row.url), lines)
}

fn write(visit: &Visit<'_>, about: &str, lines: Vec<ChangeRow>) -> Result<Reply, Problem> {
    let newest = lines.first().map_or(jiff::Timestamp::UNIX_EPOCH, |line| line.key.time());
    let here = visit.ask.with(&[("token", None), ("before", None)]);
    let page = match here.strip_suffix("/feed.atom") {
        Some("") => "/".to_owned(),
        Some(page) => page.to_owned(),
        None => here.replacen("/feed.atom", "/", 1),
    };
    let base = visit.ask.origin();
    let mut out = atom::head(about, newest);
    for (rel, kind, path) in [("self", "application/atom+xml", &here), ("alternate", "text/html", &page)] {
        let href = escaped(&format!("{base}{path}"));
        out.push_str(&format!("<link rel=\"{rel}\" type=\"{kind}\" href=\"{href}\"/>\n"));
    }
    for line in &lines {
        out.push_str(&entry(visit, &base, line)?);
    }
    out.push_str(atom::foot());
    Ok(Reply::new(Kind::Atom, out))
}

/// One change, with a link to where it is read here. Of what was taken out only that is told.
fn entry(visit: &Visit<'_>, base: &str, row: &ChangeRow) -> Result<String, Problem> {
    if row.told.redacted {
        return Ok(String::new());
    }
    // An event shows the article's headline of today, which may be taken out tomorrow: that is not kept.
    if row.seq.is_some()
        && let Some(kept) = visit.room.entries.get(row.key)
        && kept.0 == base
    {
        return Ok(kept.1.clone());
    }
    let Some(mut logged) = logged(visit.reader, row)? else { return Ok(String::new()) };
    let article = logged.entry.article.id;
    let here = match row.seq {
        Some(seq) => format!("{base}/a/{article}/diff/{}..{seq}", seq.0 - 1),
        None => format!("{base}/a/{article}"),
    };
    let mut text = atom::entry(&logged);
    if text.len() > ENTRY {
        logged.change.paragraphs.clear();
        text = atom::entry(&logged);
    }
    let link = format!("<link rel=\"related\" type=\"text/html\" href=\"{}\"/>\n", escaped(&here));
    let text = text.replacen("<author>", &format!("{link}<author>"), 1);
    if row.seq.is_some() {
        visit.room.entries.put(row.key, (base.to_owned(), text.clone()));
    }
    Ok(text)
}

//! `kliping crawl --dry-run`: what would be asked for, and why; nothing is.

use std::io::Write;
use std::sync::Arc;

use kliping::config::{Config, SiteEntry};
use kliping::model::PageUrl;
use kliping::pipeline::{Mode, SiteRun};
use kliping::site::Catalog;
use kliping::store::{Archive, DueQuery, Mode as OpenMode};

use super::app::{App, now, store_error};
use super::exit::{CliError, Exit};
use super::text::short;

/// Due pages to list for a host.
const SHOWN: usize = 1000;

pub fn run(
    config: &Config,
    catalog: &Catalog,
    sites: &[&SiteEntry],
    mode: Mode,
    at_once: bool,
    app: &mut App,
) -> Result<Exit, CliError> {
    let archive =
        if app.archive_path()?.exists() { Some(app.open_archive(OpenMode::ReadOnly)?) } else { None };
    let now = now();
    for entry in sites {
        let site = Arc::new(SiteRun::configured(entry, config, catalog));
        writeln!(app.out, "{}: one request every {} s at most", site.id, site.delay.as_secs_f64())?;
        if mode != Mode::RecheckOnly {
            for (kind, url) in site.sources() {
                let next = match &archive {
                    Some(archive) if !at_once => next_poll(archive, &url)?,
                    _ => None,
                };
                let not_yet = next.filter(|next| *next > now);
                let not_yet = not_yet.map(|next| format!("  not before {}", short(next))).unwrap_or_default();
                writeln!(app.out, "  {}  {url}{not_yet}", kind.as_str())?;
            }
        }
        let Some(archive) = &archive else { continue };
        let reader = archive.reader().map_err(store_error)?;
        let query = DueQuery {
            host: site.host(),
            now,
            checked_by: now,
            new: mode != Mode::RecheckOnly,
            known: mode != Mode::NewOnly,
            sites: vec![site.id.clone()],
            limit: SHOWN,
        };
        for page in reader.due(&query).map_err(store_error)? {
            let why = match page.article {
                Some(article) => format!("article {article} is due"),
                None => format!("new, by {}", page.via.as_str()),
            };
            writeln!(app.out, "  {why}  {}", page.url)?;
        }
    }
    Ok(Exit::Done)
}

/// When a list is to be asked for, if that is known.
fn next_poll(archive: &Archive, url: &PageUrl) -> Result<Option<jiff::Timestamp>, CliError> {
    let state = archive.reader().and_then(|reader| reader.source(url)).map_err(store_error)?;
    Ok(state.and_then(|state| state.next))
}

//! `kliping crawl --dry-run`: what would be asked for, and why; nothing is.

use std::io::Write;
use std::sync::Arc;

use kliping::config::{Config, SiteEntry};
use kliping::pipeline::{Mode, SiteRun};
use kliping::site::Catalog;
use kliping::store::{DueQuery, Mode as OpenMode};

use super::app::{App, now, store_error};
use super::exit::{CliError, Exit};

/// Due pages to list for a host.
const SHOWN: usize = 1000;

pub fn run(
    config: &Config,
    catalog: &Catalog,
    sites: &[&SiteEntry],
    mode: Mode,
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
                writeln!(app.out, "  {}  {}", kind.as_str(), url)?;
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

//! `kliping crawl --dry-run`: what would be asked for, and why; nothing is.

use std::io::Write;
use std::sync::Arc;

use jiff::Timestamp;
use kliping::config::{Config, SiteEntry};
use kliping::fetch::robots::RobotsState;
use kliping::model::{ArticleState, HostKey, PageUrl};
use kliping::pipeline::{Mode, Shard, SiteRun};
use kliping::site::Catalog;
use kliping::store::{DuePage, DueQuery, Mode as OpenMode, Reader, SourceState};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::style;
use super::text::{count, plain, short};

/// Due pages to look at for a host.
const SHOWN: usize = 1000;

/// What a run would be told.
pub struct Wanted<'a> {
    pub config: &'a Config,
    pub catalog: &'a Catalog,
    pub sites: &'a [&'a SiteEntry],
    pub mode: Mode,
    /// Whether lists are asked for before they are due: their site was named.
    pub at_once: bool,
    /// Pages at most.
    pub limit: Option<usize>,
    /// Which part of the hosts; `None`: all of them.
    pub shard: Option<Shard>,
}

impl Wanted<'_> {
    fn is_ours(&self, host: &HostKey) -> bool {
        self.shard.is_none_or(|shard| shard.holds(host))
    }
}

pub fn run(wanted: &Wanted<'_>, app: &mut App) -> Result<Exit, CliError> {
    let reader = if kliping::store::may_exist(&app.archive_path()?) {
        Some(app.open_archive(OpenMode::ReadOnly)?.reader()?)
    } else {
        None
    };
    let mut left = wanted.limit.unwrap_or(usize::MAX);
    for entry in wanted.sites {
        let site = Arc::new(SiteRun::configured(entry, wanted.config, wanted.catalog));
        let head = format!("one request every {} s at most", site.delay.as_secs_f64());
        let name = app.paint(style::NAME, &site.id);
        writeln!(app.out, "{name}: {head}")?;
        let visit = Visit { wanted, site: &site, reader: reader.as_ref(), now: now() };
        if wanted.mode != Mode::RecheckOnly {
            visit.lists(app)?;
        }
        if let Some(reader) = &reader {
            visit.pages(reader, &mut left, app)?;
        }
    }
    Ok(Exit::Done)
}

/// One site's part of a run that does not take place.
struct Visit<'a> {
    wanted: &'a Wanted<'a>,
    site: &'a SiteRun,
    reader: Option<&'a Reader>,
    now: Timestamp,
}

impl Visit<'_> {
    /// Feeds, sitemaps and the like.
    fn lists(&self, app: &mut App) -> Result<(), CliError> {
        for (kind, url) in
            self.site.sources().into_iter().filter(|(_, url)| self.wanted.is_ours(&url.host_key()))
        {
            let state = match self.reader {
                Some(reader) => reader.source(&url)?,
                None => None,
            };
            let why = app.paint(style::QUIET, &self.why_list(state.as_ref()));
            writeln!(app.out, "  {}  {url}  {why}", kind.as_str())?;
        }
        Ok(())
    }

    fn why_list(&self, state: Option<&SourceState>) -> String {
        let Some(state) = state else { return "never asked for".to_owned() };
        let trouble =
            state.trouble.as_deref().map(|trouble| format!(", {}", plain(trouble))).unwrap_or_default();
        match state.next {
            Some(next) if next > self.now && !self.wanted.at_once => {
                format!("not before {}{trouble}", short(next))
            }
            Some(_) if self.wanted.at_once => format!("last asked for {}{trouble}", short(state.checked)),
            Some(next) => format!("due since {}{trouble}", short(next)),
            None => format!("asked for at every run, last {}{trouble}", short(state.checked)),
        }
    }

    /// Pages that wait, and articles that are to be looked at again.
    fn pages(&self, reader: &Reader, left: &mut usize, app: &mut App) -> Result<(), CliError> {
        let mut hosts = reader.due_hosts(self.now)?;
        hosts.retain(|host| self.wanted.is_ours(host));
        // Its own host first.
        hosts.sort_by_key(|host| *host != self.site.host());
        let mut later = 0;
        for host in hosts {
            let query = self.query(&host);
            let due = reader.due(&query)?;
            if due.is_empty() {
                continue;
            }
            if let Some(until) = reader.busy_until(&host, self.now)? {
                writeln!(app.out, "  {host} is not to be asked before {}", short(until))?;
            }
            let all = reader.due_count(&query)?;
            later += all - due.len().min(all);
            for page in due {
                let allowed = self.is_allowed(reader, &page.url)?;
                if !allowed {
                    let why = self.why_page(reader, &page)?;
                    writeln!(app.out, "  {why}  {}  but robots.txt does not allow it", page.url)?;
                } else if *left > 0 && self.site.take_budget(page.article.is_some()) {
                    *left -= 1;
                    let why = self.why_page(reader, &page)?;
                    writeln!(app.out, "  {why}  {}", page.url)?;
                } else {
                    later += 1;
                }
            }
        }
        if later > 0 {
            let waits = count(i64::try_from(later).unwrap_or(i64::MAX), "page waits", "pages wait");
            writeln!(app.out, "  {waits} for a later run: --limit, max_pages or max_per_run is reached")?;
        }
        Ok(())
    }

    fn query(&self, host: &HostKey) -> DueQuery {
        DueQuery {
            host: host.clone(),
            now: self.now,
            checked_by: self.now,
            new: self.wanted.mode != Mode::RecheckOnly,
            known: self.wanted.mode != Mode::NewOnly,
            sites: vec![self.site.id.clone()],
            limit: SHOWN,
        }
    }

    /// By the copy of robots.txt that the archive has; without one nothing is known yet.
    fn is_allowed(&self, reader: &Reader, url: &PageUrl) -> Result<bool, CliError> {
        let stored = reader.robots(url.origin())?;
        let state = stored.and_then(|record| {
            RobotsState::from_cache(record.body.as_deref().unwrap_or_default(), record.fetched, self.now)
        });
        Ok(state.is_none_or(|state| state.allows(url.path_and_query())))
    }

    fn why_page(&self, reader: &Reader, page: &DuePage) -> Result<String, CliError> {
        let again = match (&page.trouble, page.tries) {
            (Some(trouble), 0 | 1) => format!(", last time: {}", plain(trouble)),
            (Some(trouble), tries) => format!(", tried {tries} times: {}", plain(trouble)),
            (None, _) => String::new(),
        };
        let Some(article) = page.article else {
            return Ok(format!("new, by {}{again}", page.via.as_str()));
        };
        let row = reader.article(article)?;
        let state = row.map(|row| row.state).filter(|state| *state != ArticleState::Live);
        let state = state.map(|state| format!(", {}", state.as_str())).unwrap_or_default();
        Ok(format!("article {article} is due since {}{state}{again}", short(page.since)))
    }
}

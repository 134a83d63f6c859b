//! `config.toml`: what the user set, checked, with the defaults in.

mod append;
mod default;
pub mod diagnostic;
mod error;
mod load;
mod since;
pub mod suggest;
#[cfg(test)]
mod tests;
pub mod toml_file;
pub mod units;
mod values;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::model::PageUrl;

pub use append::{append_site, check_id, toml_text};
pub use error::ConfigErrors;
pub use since::Since;

/// The whole configuration, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file it was read from; none when the defaults are used.
    pub file: Option<PathBuf>,
    /// The archive's SQLite file.
    pub archive: PathBuf,
    /// The folder of site files.
    pub selectors: PathBuf,
    /// How pages are asked for.
    pub crawl: Crawl,
    /// How often lists of articles are asked for.
    pub poll: Poll,
    /// When known articles are looked at again.
    pub recheck: Recheck,
    /// The sites, in the order of the file.
    pub sites: Vec<SiteEntry>,
}

/// How pages are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Crawl {
    /// Who to write to: an address or URL that stands in the `User-Agent`.
    pub contact: Option<String>,
    /// Least time between two requests to one host (registrable domain).
    pub delay: Duration,
    /// The longest `Crawl-delay` of a robots.txt that is honoured as given.
    pub max_crawl_delay: Duration,
    /// Time to connect.
    pub connect_timeout: Duration,
    /// Time for a whole request, from connecting to the last byte.
    pub timeout: Duration,
    /// How long a host is held by a process that may have died, at least.
    pub lease: Duration,
    /// Largest body after content decoding, in bytes.
    pub max_body: u64,
    /// Most pages asked for on one site in one run.
    pub max_pages: usize,
    /// Requests open at once, over all hosts.
    pub concurrency: usize,
    /// Bytes of pages held in memory at once, over all hosts.
    pub max_in_flight: u64,
    /// Whether addresses of private networks may be asked for although no site names them.
    pub allow_private: bool,
    /// Keep the bytes of pages, so that they can be read again later.
    pub keep_pages: bool,
}

/// How often lists of articles (feeds, sitemaps, sections, APIs) are asked for, and how far.
#[derive(Debug, Clone, PartialEq)]
pub struct Poll {
    /// The least wait between two requests for a list: for one that always brings something.
    pub min: Duration,
    /// The longest: for one that never does.
    pub max: Duration,
    /// Most pages of a list to read as long as all that they name is new.
    pub pages: usize,
    /// So long a list that is new to the archive is asked for at every run: nothing is known of it yet. No key of
    /// the file: a worker, whose runs follow each other without a rest, sets it to none.
    pub learning: Duration,
}

/// When known articles are looked at again.
#[derive(Debug, Clone, PartialEq)]
pub struct Recheck {
    /// Steps: an article younger than `age` is looked at every `every`; past the last step, never.
    pub ladder: Vec<Step>,
    /// How long a 404 must last before the article counts as gone.
    pub gone_after: Duration,
    /// Most rechecks on one site in one run.
    pub max_per_run: usize,
}

/// One step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Up to this age (since first seen) …
    pub age: Duration,
    /// … look again after this time. Zero: at every run.
    pub every: Duration,
}

/// One site of the configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteEntry {
    /// Its name in the configuration, in the archive and on the command line.
    pub id: String,
    /// Its front page.
    pub url: PageUrl,
    /// The preset that reads it when no site file names its host.
    pub preset: Option<String>,
    /// Feeds, as absolute addresses or paths.
    pub feeds: Vec<String>,
    /// Sitemaps, as absolute addresses or paths.
    pub sitemaps: Vec<String>,
    /// Pages whose links lead to articles, as absolute addresses or paths.
    pub sections: Vec<String>,
    /// Collections of posts of WordPress' REST interface, as absolute addresses or paths.
    pub apis: Vec<String>,
    /// Overrides [`Crawl::delay`].
    pub delay: Option<Duration>,
    /// Overrides [`Crawl::max_pages`].
    pub max_pages: Option<usize>,
    /// Whether it is crawled.
    pub enabled: bool,
}

/// The text of a file; a byte that is no UTF-8 is a mistake with its place.
///
/// # Errors
/// The mistake, shown in the text as far as it can be read.
pub fn utf8<'b>(bytes: &'b [u8], file: &Path) -> Result<&'b str, diagnostic::Diagnostic> {
    std::str::from_utf8(bytes).map_err(|error| {
        let text = String::from_utf8_lossy(bytes);
        let at = error.valid_up_to();
        diagnostic::Diagnostic {
            message: "this character is not UTF-8".to_owned(),
            file: file.to_owned(),
            source: text.as_ref().into(),
            span: at..at + '\u{fffd}'.len_utf8(),
            help: Some("save the file as UTF-8".to_owned()),
        }
    })
}

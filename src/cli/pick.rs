//! Which articles and which version the user means.

use clap::ValueEnum;
use jiff::tz::TimeZone;
use kliping::config::Since;
use kliping::model::{ArticleState, AsOf, Reference, VersionSelector, VersionSeq};
use kliping::store::{ArticleRow, Filter, Reader};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::say;

/// Which articles: the same for every verb that looks at many.
#[derive(Debug, clap::Args)]
pub struct FilterArgs {
    /// Only of this site
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// First archived since then: 24h, 7d, 2026-03-01, 2026-03-01T10:00+07:00
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    since: Option<Since>,
    /// First archived before then
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    until: Option<Since>,
    /// Only in this state
    #[arg(long, value_name = "STATE")]
    state: Option<State>,
    /// Edited, gone or back since then
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    changed_since: Option<Since>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl FilterArgs {
    /// Says so when the site that is named is none of the archive.
    pub fn look_for_site(&self, reader: &Reader, app: &App) -> Result<(), CliError> {
        look_for_site(self.site.as_deref(), reader, app)
    }

    /// The one site that is meant.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// The filter.
    pub fn filter(&self) -> Filter {
        let at = |since: Option<Since>| since.map(|since| since.at(now()));
        Filter {
            site: self.site.clone(),
            since: at(self.since),
            until: at(self.until),
            changed_since: at(self.changed_since),
            state: self.state.map(State::model),
            limit: self.limit,
        }
    }
}

/// Says so when the archive knows no such site: a slip of the pen looks like an empty archive.
pub fn look_for_site(site: Option<&str>, reader: &Reader, app: &App) -> Result<(), CliError> {
    let Some(site) = site else { return Ok(()) };
    let one = Filter { site: Some(site.to_owned()), limit: Some(1), ..Filter::default() };
    if reader.list(&one)?.is_empty() {
        let known = listed(&reader.sites()?);
        say::note(&app.global, &format!("the archive has no article of a site `{site}`; its sites: {known}"));
    }
    Ok(())
}

/// The names of sites, for a message.
pub fn listed(sites: &[String]) -> String {
    if sites.is_empty() { "none".to_owned() } else { sites.join(", ") }
}

/// What became of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum State {
    /// It answers
    Live,
    /// One 404, not yet confirmed
    Missing,
    /// It disappeared
    Gone,
    /// Its address leads elsewhere
    Redirected,
    /// Only a teaser is left
    Paywalled,
    /// Its text was taken out
    Redacted,
}

impl State {
    fn model(self) -> ArticleState {
        match self {
            Self::Live => ArticleState::Live,
            Self::Missing => ArticleState::Missing,
            Self::Gone => ArticleState::Gone,
            Self::Redirected => ArticleState::Redirected,
            Self::Paywalled => ArticleState::Paywalled,
            Self::Redacted => ArticleState::Redacted,
        }
    }
}

/// The article that a REF names.
pub fn article(reader: &Reader, reference: &Reference, text: &str) -> Result<ArticleRow, CliError> {
    let id = reader.resolve(reference)?;
    let row = match id {
        Some(id) => reader.article(id)?,
        None => None,
    };
    row.ok_or_else(|| {
        CliError::new(Exit::Nothing, format_args!("the archive has no article {text}"))
            .help("`kliping list` shows what it has, `kliping search WORDS` looks inside")
    })
}

/// The one version that a REF names; the latest when it names none.
pub fn version(
    reader: &Reader,
    row: &ArticleRow,
    reference: &Reference,
    verb: &str,
) -> Result<VersionSeq, CliError> {
    let seq = match reference.version.unwrap_or_default() {
        VersionSelector::Latest => VersionSeq(row.versions),
        VersionSelector::First => VersionSeq(1),
        VersionSelector::Seq(seq) => seq,
        VersionSelector::At(at) => return as_of(reader, row, at),
        VersionSelector::Range(from, to) => {
            return Err(CliError::new(
                Exit::Usage,
                format_args!("`{verb}` takes one version, not {from}..{to}"),
            )
            .help(format!("kliping diff {}@{from}..{to} shows what lies between", row.id)));
        }
    };
    must_be_there(row, seq)?;
    Ok(seq)
}

/// The version that was to be read at a time.
fn as_of(reader: &Reader, row: &ArticleRow, at: AsOf) -> Result<VersionSeq, CliError> {
    let at = at.instant(&TimeZone::system()).ok_or_else(|| {
        CliError::new(Exit::Usage, "that time does not exist on this computer's clock")
            .help("name the offset: 2026-11-20T08:00+07:00")
    })?;
    reader.version_at(row.id, at)?.ok_or_else(|| {
        CliError::new(
            Exit::Nothing,
            format_args!("article {} was first seen at {:.0}, after {at:.0}", row.id, row.first_seen),
        )
        .help(format!("kliping history {}", row.id))
    })
}

fn must_be_there(row: &ArticleRow, seq: VersionSeq) -> Result<(), CliError> {
    if seq.0 > row.versions {
        let has = super::text::count(row.versions, "version", "versions");
        return Err(CliError::new(
            Exit::Nothing,
            format_args!("article {} has {has}, but no version {seq}", row.id),
        )
        .help(format!("kliping history {}", row.id)));
    }
    Ok(())
}

/// The versions that a REF names, first and last; none when it names none.
pub fn range(
    reader: &Reader,
    row: &ArticleRow,
    reference: &Reference,
) -> Result<Option<(i64, i64)>, CliError> {
    match reference.version {
        None => Ok(None),
        Some(VersionSelector::Range(from, to)) => {
            must_be_there(row, from.max(to))?;
            Ok(Some((from.0.min(to.0), from.0.max(to.0))))
        }
        Some(_) => version(reader, row, reference, "history").map(|seq| Some((seq.0, seq.0))),
    }
}

/// A REF from the command line; for clap.
pub fn reference(text: &str) -> Result<Named, String> {
    text.parse()
        .map(|reference| Named { text: text.to_owned(), reference })
        .map_err(|e: kliping::model::RefError| e.to_string())
}

/// A REF and the words in which it was given.
#[derive(Debug, Clone)]
pub struct Named {
    /// The words.
    pub text: String,
    /// What they mean.
    pub reference: Reference,
}

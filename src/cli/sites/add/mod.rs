//! `kliping sites add`: look at a site, and write it into the configuration.

mod probe;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kliping::config::{self, SiteEntry};
use kliping::discover::look;
use kliping::model::PageUrl;
use kliping::site::Catalog;

use self::probe::{Found, Source, probe};
use crate::cli::app::App;
use crate::cli::exit::{CliError, Exit};
use crate::cli::style;
use crate::cli::text::plain;
use crate::cli::visit::{Place, Visitor, visit};

const EXAMPLES: &str = "\
Examples:
  kliping sites add https://news.example/
  kliping sites add news.example --id news      call it `news` in the archive
  kliping sites add news.example --dry-run      look, but write nothing";

/// Look at a site and write it into config.toml
///
/// Asks for robots.txt, the front page, its feeds and sitemaps, as slowly as a crawl would, and
/// chooses the rules that read the site.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// The front page, or a feed of the site
    #[arg(value_name = "URL")]
    url: String,
    /// Its name in the configuration and in the archive [default: made from the host]
    #[arg(long, value_name = "NAME")]
    id: Option<String>,
    /// Print what was found, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let url = address(&args.url)?;
    if let Some(id) = &args.id {
        config::check_id(id).map_err(|message| {
            CliError::new(Exit::Usage, message).help("use letters, digits, `-`, `_` and `.`")
        })?;
    }
    let config = app.config()?.clone();
    if let Some(id) = args.id.as_ref().filter(|id| config.sites.iter().any(|site| site.id == **id)) {
        return Err(CliError::new(Exit::Usage, format_args!("another site is called `{id}` already"))
            .help("choose another name with `--id`"));
    }
    let known = |url: &PageUrl| config.sites.iter().find(|site| site.url.key() == url.key());
    if let Some(site) = known(&url) {
        return Err(already(&site.id));
    }
    let catalog = app.catalog()?;
    let archive = app.archive_path()?;
    let delay = catalog.resolve(&url, None).crawl.delay.unwrap_or(config.crawl.delay);
    let place = Place { archive: &archive, delay, quiet: app.global.quiet };
    let visitor = Visitor::new("sites add", &config, &url, &place)?;
    visit(visitor, async |visitor| look_and_write(args, url, &catalog, visitor, app).await)
}

async fn look_and_write(
    args: &Args,
    url: PageUrl,
    catalog: &Arc<Catalog>,
    visitor: &mut Visitor,
    app: &mut App,
) -> Result<Exit, CliError> {
    let found = probe(url, visitor).await?;
    let config = app.config()?.clone();
    if let Some(site) = config.sites.iter().find(|site| site.url.key() == found.url.key()) {
        return Err(already(&site.id));
    }
    let site_file = catalog.for_host(found.url.host()).and_then(|site| site.file.clone());
    let entry = entry(args, &found, site_file.is_none(), &config.sites);
    print(&found, &entry, site_file.as_deref(), app)?;
    if args.dry_run {
        writeln!(app.out, "\nNothing written (--dry-run).")?;
        return Ok(app.flush().map(|()| Exit::Done)?);
    }
    let file = app.global.config.clone().or(config.file).unwrap_or_else(|| PathBuf::from("config.toml"));
    config::append_site(&file, &entry)
        .map_err(|e| CliError::new(Exit::Config, e.render(app.stderr_color())))?;
    writeln!(app.out, "\nWritten to {} as [sites.{}].", file.display(), entry.id)?;
    writeln!(app.out, "Next: kliping crawl {}", entry.id)?;
    Ok(app.flush().map(|()| Exit::Done)?)
}

/// The address as the user means it: `news.example` is `https://news.example/`.
fn address(text: &str) -> Result<PageUrl, CliError> {
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    PageUrl::parse(&full).map_err(|e| {
        CliError::new(Exit::Usage, e).help("give the address of the front page: https://news.example/")
    })
}

fn already(id: &str) -> CliError {
    CliError::new(Exit::Nothing, format_args!("this site is in the configuration already, as `{id}`"))
        .help(format!("crawl it with `kliping crawl {id}`"))
}

fn entry(args: &Args, found: &Found, needs_preset: bool, sites: &[SiteEntry]) -> SiteEntry {
    let lists = |sources: &[Source]| sources.iter().map(|source| short(&source.url, &found.url)).collect();
    let (feeds, sitemaps): (Vec<String>, Vec<String>) = (lists(&found.feeds), lists(&found.sitemaps));
    let apis = lists(&found.apis);
    // A site without any list is read by the links of its front page.
    let sections = if feeds.is_empty() && sitemaps.is_empty() {
        vec![found.url.path_and_query().to_owned()]
    } else {
        Vec::new()
    };
    let id = args.id.clone().unwrap_or_else(|| free_id(&look::site_id(&found.url), sites));
    SiteEntry {
        id,
        url: found.url.clone(),
        preset: needs_preset.then(|| found.kind.preset().to_owned()),
        feeds,
        sitemaps,
        sections,
        apis,
        delay: None,
        max_pages: None,
        enabled: true,
    }
}

/// `news`, or `news-2` if another site has that name.
fn free_id(id: &str, sites: &[SiteEntry]) -> String {
    let taken = |id: &str| sites.iter().any(|site| site.id == id);
    let others = (2..).map(|n| format!("{id}-{n}"));
    std::iter::once(id.to_owned()).chain(others).find(|id| !taken(id)).unwrap_or_else(|| id.to_owned())
}

/// A list's address as the configuration writes it: a path where it is on the site's own host.
fn short(url: &PageUrl, site: &PageUrl) -> String {
    if url.origin() == site.origin() { url.path_and_query() } else { url.as_str() }.to_owned()
}

fn print(found: &Found, entry: &SiteEntry, site_file: Option<&Path>, app: &mut App) -> Result<(), CliError> {
    let name = app.paint(style::TITLE, &plain(found.name.as_deref().unwrap_or(found.url.host())));
    let language = found.language.as_deref().map(|tag| format!(" ({})", plain(tag))).unwrap_or_default();
    writeln!(app.out, "{name}{language}  {}", app.paint(style::QUIET, found.url.as_str()))?;
    let mut line = |label: &str, text: String| {
        let label = app.paint(style::QUIET, &format!("{label:<11}"));
        writeln!(app.out, "  {label} {text}")
    };
    line("robots.txt", found.robots.clone())?;
    let sign = found.sign.as_deref().map(|sign| format!(", by its {}", plain(sign))).unwrap_or_default();
    line("kind", format!("{}{sign}", found.kind.as_str()))?;
    line(
        "read by",
        match (site_file, &entry.preset) {
            (Some(file), _) => format!("the site file {}", file.display()),
            (None, preset) => format!("the preset `{}`", preset.as_deref().unwrap_or("generic")),
        },
    )?;
    for (label, sources) in [("api", &found.apis), ("feed", &found.feeds), ("sitemap", &found.sitemaps)] {
        for source in sources {
            line(label, format!("{}  {}", source.url, source.holds))?;
        }
        if sources.is_empty() && label != "api" {
            line(label, "none found".to_owned())?;
        }
    }
    if !entry.sections.is_empty() {
        line(
            "front page",
            match found.links {
                0 => "no link looks like an article; write `[discover] articles` into a site file".to_owned(),
                links => format!("{links} links look like articles; a crawl follows them"),
            },
        )?;
    }
    Ok(())
}

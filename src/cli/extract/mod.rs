//! `kliping extract`: the extractor alone, on a file, a page of the web, or many files at once.

mod batch;
mod explain;
pub mod source;
mod text;

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use kliping::export::json;
use kliping::model::{Article, Finding, PageUrl};
use kliping::read::{self, ReadOptions};
use kliping::site::Catalog;

use self::source::Loaded;
use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::say;

const EXAMPLES: &str = "\
Examples:
  kliping extract page.html                        title, dateline and text of a saved page
  kliping extract --url https://news.example/a/ page.html --explain
                                                   what was found where, and what was cut out by which rule
  kliping extract https://news.example/a/          fetch one page, politely
  curl -s … | kliping extract - --format json      one JSON object (kliping.article/1)
  kliping extract --batch list.jsonl               many pages on all cores, one JSON object a line";

/// Read an article off a page and print it; nothing is stored
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// A saved page, its address on the web, or `-` for stdin
    #[arg(value_name = "FILE|URL|-", required_unless_present = "batch")]
    input: Option<String>,
    /// Where the page came from: picks the site file and makes links absolute
    #[arg(long, value_name = "URL", conflicts_with = "batch")]
    url: Option<String>,
    /// Read it with this site file or preset
    #[arg(long, value_name = "ID", conflicts_with = "generic")]
    site: Option<String>,
    /// Ignore site files
    #[arg(long)]
    generic: bool,
    /// How the article is printed
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "batch")]
    format: Format,
    /// Show the layout, the source of each field, and what was cut out by which rule
    #[arg(long, conflicts_with_all = ["batch", "format"])]
    explain: bool,
    /// Read the pages of a list: lines {"id", "url", "file"}, file relative to the list
    #[arg(long, value_name = "LIST.jsonl", conflicts_with = "input")]
    batch: Option<PathBuf>,
}

/// How an article is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Md,
    #[value(alias = "jsonl")]
    Json,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let catalog = app.catalog()?;
    let options = ReadOptions { site: args.site.as_deref(), generic: args.generic, ..ReadOptions::default() };
    if let Some(id) = &args.site
        && catalog.site(id).is_none()
        && catalog.preset(id).is_none()
    {
        return Err(CliError::new(Exit::Usage, format_args!("there is no site file or preset `{id}`"))
            .help("`kliping sites list` shows them"));
    }
    if let Some(list) = &args.batch {
        return batch::run(list, &catalog, options, now(), app);
    }
    let named =
        args.url.as_deref().map(PageUrl::parse).transpose().map_err(|e| CliError::new(Exit::Usage, e))?;
    let input = args.input.as_deref().unwrap_or("-");
    let page = source::load(input, named, app)?;
    let url = page.url.as_ref();
    let read = read::extract_article(&catalog, &page.body, page.content_type.as_deref(), url, options, now());
    let (article, findings) =
        read.map_err(|error| CliError::new(Exit::Nothing, format_args!("{input}: {error}")))?;
    if args.explain {
        return explain(&catalog, &page, options, &article, &findings, app);
    }
    for finding in &findings {
        say::note(&app.global, &finding.message);
    }
    print(&article, &page, args.format, app)
}

/// Shows where everything came from, beside what the generic reader makes of the page.
fn explain(
    catalog: &Catalog,
    page: &Loaded,
    options: ReadOptions<'_>,
    article: &Article,
    findings: &[Finding],
    app: &mut App,
) -> Result<Exit, CliError> {
    let (url, content_type) = (page.url.as_ref(), page.content_type.as_deref());
    let alone = ReadOptions { site: None, generic: true, ..options };
    let other = read::extract_article(catalog, &page.body, content_type, url, alone, now()).ok();
    let explained = explain::Explained {
        body: &page.body,
        content_type,
        site: &read::site_for(catalog, url, options),
        generic: &catalog.generic(),
        article,
        findings,
        other: other.as_ref().map(|(article, _)| article),
    };
    explain::write(&explained, app)?;
    Ok(Exit::Done)
}

fn print(article: &Article, page: &Loaded, format: Format, app: &mut App) -> Result<Exit, CliError> {
    match format {
        Format::Text => text::plain(article, app)?,
        Format::Md => text::markdown(article, app)?,
        Format::Json => {
            let known = json::Page {
                url: page.url.as_ref(),
                final_url: page.answered.as_ref(),
                status: page.status,
                etag: page.etag.as_deref(),
                raw_sha256: Some(kliping::model::sha256(&page.body)),
                ..json::Page::default()
            };
            writeln!(app.out, "{}", json::extracted(article, &known))?;
        }
    }
    Ok(Exit::Done)
}

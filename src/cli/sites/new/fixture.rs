//! `--fixture`: the skeleton of a saved page, and its `[[test]]`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::ToSpan;
use kliping::draft::{self, Skeleton, SkeletonError};
use kliping::model::PageUrl;
use kliping::read::{self, ReadOptions};
use kliping::site::{Catalog, Site};

use super::Args;
use super::site_file::unwritten;
use super::test_file::{with_test, write};
use crate::cli::app::{App, now};
use crate::cli::exit::{CliError, Exit};
use crate::cli::say;

pub fn run(page: &Path, args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let body = fs::read(page).map_err(|error| {
        CliError::new(Exit::Nothing, format_args!("cannot read {}: {error}", page.display()))
    })?;
    let catalog = app.catalog()?;
    let given = args.url.first().map(|url| PageUrl::parse(url)).transpose();
    let given = given.map_err(|error| CliError::new(Exit::Usage, error))?;
    let url = given.or_else(|| draft::address_of(&body));
    let (site, file) = site(args, &catalog, url.as_ref())?;
    let made = make(&body, url.as_ref(), &site.id, &file, args.name.as_deref(), &mut Vec::new(), app);
    writeln!(app.out, "{}", made.map_err(|error| refused(page, error))?)?;
    Ok(Exit::Done)
}

/// Writes a fixture and its `[[test]]`, and tells of them. Without a name it is called by its day, and
/// not like one of `taken`.
pub fn make(
    body: &[u8],
    url: Option<&PageUrl>,
    id: &str,
    file: &Path,
    name: Option<&str>,
    taken: &mut Vec<String>,
    app: &mut App,
) -> Result<String, CliError> {
    let catalog = app.catalog()?;
    let options = ReadOptions { site: Some(id), ..ReadOptions::default() };
    let skeleton = draft::skeleton(&catalog, body, url, options, now()).map_err(|error| {
        let shown = CliError::new(Exit::Nothing, &error);
        match error {
            SkeletonError::Differs(_) => {
                shown.help("nothing was written; `kliping extract --explain` shows how the page is read")
            }
            _ => shown,
        }
    })?;
    let name = self::name(name, &skeleton, taken)?;
    taken.push(name.clone());
    let fixture = file.with_extension("").join(&name);
    let block = draft::test_block(&skeleton, &name, is_steady(&catalog, &skeleton, options));
    let before = fs::read_to_string(file).map_err(|error| unwritten(file, &error))?;
    write(&fixture, &skeleton.html).map_err(|error| unwritten(&fixture, &error))?;
    write(file, &with_test(&before, &name, &block)).map_err(|error| unwritten(file, &error))?;
    for what in &skeleton.differs {
        say::note(&app.global, &format!("the skeleton reads otherwise than the page: {what}"));
    }
    Ok(format!(
        "{} ({} bytes of {})\n{}",
        fixture.display(),
        skeleton.html.len(),
        body.len(),
        block.trim_end()
    ))
}

/// The error with the page it is about.
fn refused(page: &Path, error: CliError) -> CliError {
    CliError { message: format!("{}: {}", page.display(), error.message), ..error }
}

/// The site and its file.
fn site(args: &Args, catalog: &Catalog, url: Option<&PageUrl>) -> Result<(Arc<Site>, PathBuf), CliError> {
    let site = match &args.site {
        Some(id) => catalog.site(id),
        None => url.map(|url| catalog.resolve(url, None)),
    };
    let file = site.as_ref().and_then(|site| site.file.clone());
    match site.zip(file).filter(|(site, _)| catalog.site(&site.id).is_some()) {
        Some(found) => Ok(found),
        None => Err(match (&args.site, url) {
            (Some(id), _) => CliError::new(Exit::Usage, format_args!("there is no site file `{id}`"))
                .help("`kliping sites list` shows them"),
            (None, Some(url)) => {
                CliError::new(Exit::Usage, format_args!("no site file answers for {}", url.host()))
                    .help("name one with `--site ID`")
            }
            (None, None) => CliError::new(Exit::Usage, "the page does not say where it came from")
                .help("say it with `--url URL`, or name the site file with `--site ID`"),
        }),
    }
}

/// The fixture's file name.
fn name(given: Option<&str>, skeleton: &Skeleton, taken: &[String]) -> Result<String, CliError> {
    let name = match given {
        Some(name) => name.strip_suffix(".html").unwrap_or(name).to_owned(),
        None => match &skeleton.article.published {
            Some(when) => when.to_string().chars().take(10).collect(),
            None => skeleton.article.reading.layout.clone(),
        },
    };
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.starts_with('.') || !name.chars().all(fits) {
        return Err(CliError::new(Exit::Usage, format_args!("`{name}` is no name for a fixture"))
            .help("use letters, digits, `-`, `_` and `.`"));
    }
    let numbered = std::iter::once(format!("{name}.html")).chain((2..).map(|n| format!("{name}-{n}.html")));
    let mut free = numbered.filter(|name| !taken.contains(name));
    Ok(free.next().unwrap_or_else(|| format!("{name}.html")))
}

/// Whether the skeleton's times are the same on another day: "3 hours ago" is not.
fn is_steady(catalog: &Catalog, skeleton: &Skeleton, options: ReadOptions<'_>) -> bool {
    let later = now().checked_add((24 * 40).hours()).unwrap_or(jiff::Timestamp::MAX);
    let (page, url) = (skeleton.html.as_bytes(), skeleton.url.as_ref());
    read::extract_article(catalog, page, None, url, options, later).is_ok_and(|(article, _)| {
        let instants = |article: &kliping::model::Article| {
            (article.published.as_ref().map(|when| when.at), article.modified.as_ref().map(|when| when.at))
        };
        instants(&article) == instants(&skeleton.article)
    })
}

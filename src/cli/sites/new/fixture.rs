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
use super::test_file::{with_test, write};
use crate::cli::app::{App, now};
use crate::cli::exit::{CliError, Exit};
use crate::cli::say;

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let path = args.fixture.as_path();
    let body = fs::read(path).map_err(|error| {
        CliError::new(Exit::Nothing, format_args!("cannot read {}: {error}", path.display()))
    })?;
    let catalog = app.catalog()?;
    let given =
        args.url.as_deref().map(PageUrl::parse).transpose().map_err(|e| CliError::new(Exit::Usage, e))?;
    let url = given.or_else(|| draft::address_of(&body));
    let (site, file) = site(args, &catalog, url.as_ref())?;
    let options = ReadOptions { site: Some(&site.id), ..ReadOptions::default() };
    let skeleton = draft::skeleton(&catalog, &body, url.as_ref(), options, now())
        .map_err(|error| refused(path, &error))?;
    let name = name(args, &skeleton)?;
    let fixture = file.with_extension("").join(&name);
    let block = draft::test_block(&skeleton, &name, is_steady(&catalog, &skeleton, options));
    let unwritten = |path: &Path, error| {
        CliError::new(Exit::Nothing, format_args!("cannot write {}: {error}", path.display()))
    };
    let before = fs::read_to_string(&file).map_err(|error| unwritten(&file, error))?;
    write(&fixture, &skeleton.html).map_err(|error| unwritten(&fixture, error))?;
    write(&file, &with_test(&before, &name, &block)).map_err(|error| unwritten(&file, error))?;
    for what in &skeleton.differs {
        say::note(&app.global, &format!("the skeleton reads otherwise than the page: {what}"));
    }
    writeln!(app.out, "{} ({} bytes of {})", fixture.display(), skeleton.html.len(), body.len())?;
    write!(app.out, "{block}")?;
    Ok(Exit::Done)
}

fn refused(path: &Path, error: &SkeletonError) -> CliError {
    let shown = CliError::new(Exit::Nothing, format_args!("{}: {error}", path.display()));
    match error {
        SkeletonError::Differs(_) => {
            shown.help("nothing was written; `kliping extract --explain` shows how the page is read")
        }
        _ => shown,
    }
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
fn name(args: &Args, skeleton: &Skeleton) -> Result<String, CliError> {
    let name = match &args.name {
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
    Ok(format!("{name}.html"))
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

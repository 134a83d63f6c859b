//! A draft of a site file, with a fixture and a `[[test]]` for each page.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use kliping::config::check_id;
use kliping::draft::{self, SavedPage, SiteDraftError};
use kliping::model::PageUrl;

use super::Args;
use super::{fixture, test_file};
use crate::cli::app::{App, now};
use crate::cli::exit::{CliError, Exit};
use crate::cli::extract::source;
use crate::cli::say;

/// Fixtures that are made of the pages.
const FIXTURES: usize = 4;

/// A page that was loaded.
struct Page {
    input: String,
    body: Vec<u8>,
    url: Option<PageUrl>,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    if args.pages.len() < 2 {
        return Err(CliError::new(
            Exit::Usage,
            "one page does not show what the site's pages have in common",
        )
        .help("give two or more, of different days, authors and sections"));
    }
    let pages = load(args, app)?;
    let id = id(args, &pages)?;
    let target = target(args, &id, app)?;
    let catalog = app.catalog()?;
    let saved: Vec<SavedPage<'_>> =
        pages.iter().map(|page| SavedPage { body: &page.body, url: page.url.as_ref() }).collect();
    let drafted = draft::site_file(&catalog, &id, &saved, now()).map_err(|error| match &error {
        SiteDraftError::Page { index, .. } => {
            let input = pages.get(*index).map_or("", |page| page.input.as_str());
            CliError::new(Exit::Nothing, format_args!("{input}: {error}"))
                .help("give pages that hold an article; lists and galleries tell nothing")
        }
        SiteDraftError::Same { first, index } => {
            let input = |at: &usize| pages.get(*at).map_or("", |page| page.input.as_str());
            CliError::new(Exit::Nothing, format_args!("{} and {}: {error}", input(first), input(index)))
                .help("give pages of different articles: what they share is taken for the site's")
        }
        _ => CliError::new(Exit::Nothing, &error).help("give pages of one site"),
    })?;
    for note in &drafted.notes {
        say::note(&app.global, note);
    }
    let Some(target) = target else {
        write!(app.out, "{}", drafted.toml)?;
        return Ok(Exit::Done);
    };
    test_file::write(&target, &drafted.toml).map_err(|error| unwritten(&target, &error))?;
    writeln!(app.out, "{}", target.display())?;
    if args.output.is_some() {
        return Ok(Exit::Done);
    }
    let mut names: Vec<String> = Vec::new();
    for page in pages.iter().take(FIXTURES) {
        let made = fixture::make(&page.body, page.url.as_ref(), &id, &target, None, &mut names, app);
        match made {
            Ok(made) => writeln!(app.out, "{made}")?,
            Err(error) => say::note(&app.global, &format!("no fixture of {}: {}", page.input, error.message)),
        }
    }
    writeln!(app.out, "Next: look at {}, then kliping sites test {id}", target.display())?;
    Ok(Exit::Done)
}

/// Loads the pages; those of the web politely.
fn load(args: &Args, app: &mut App) -> Result<Vec<Page>, CliError> {
    if args.url.len() > args.pages.len() {
        return Err(CliError::new(Exit::Usage, "there are more `--url` than pages")
            .help("give `--url` once a page, in the order of the pages"));
    }
    let mut pages = Vec::new();
    for (index, input) in args.pages.iter().enumerate() {
        let named = args.url.get(index).map(|url| PageUrl::parse(url));
        let named = named.transpose().map_err(|error| CliError::new(Exit::Usage, error))?;
        let loaded = source::load(input, named, app)?;
        let url = loaded.url.or_else(|| draft::address_of(&loaded.body));
        pages.push(Page { input: input.clone(), body: loaded.body, url });
    }
    let hosts = pages.iter().filter_map(|page| page.url.as_ref()).map(PageUrl::host_key);
    let hosts: Vec<_> = hosts.collect();
    if let Some(other) = hosts.iter().find(|host| Some(*host) != hosts.first()) {
        let first = hosts.first().map_or("", |host| host.as_str());
        return Err(CliError::new(
            Exit::Usage,
            format_args!("the pages are of two sites: {first} and {}", other.as_str()),
        )
        .help("a site file is drafted from pages of one site"));
    }
    Ok(pages)
}

/// The site file's name.
fn id(args: &Args, pages: &[Page]) -> Result<String, CliError> {
    let host = || {
        let url = pages.iter().find_map(|page| page.url.as_ref())?;
        Some(url.host().trim_start_matches("www.").to_owned())
    };
    let id = args.site.clone().or_else(host).ok_or_else(|| {
        CliError::new(Exit::Usage, "the pages do not say where they came from")
            .help("say it with `--url URL`, once a page, or name the site file with `--site ID`")
    })?;
    // `[::1]` is a host, too.
    check_id(&id).map_err(|message| {
        CliError::new(Exit::Usage, message)
            .help("name the site file with `--site ID`: letters, digits, `-`, `_`, `.`")
    })?;
    Ok(id)
}

/// Where the draft goes; none for stdout.
fn target(args: &Args, id: &str, app: &mut App) -> Result<Option<PathBuf>, CliError> {
    let target = match &args.output {
        Some(output) if output == Path::new("-") => return Ok(None),
        Some(output) => output.clone(),
        None => app.selectors()?.join(format!("{id}.toml")),
    };
    if !args.force && fs::exists(&target).unwrap_or(true) {
        return Err(CliError::new(Exit::Nothing, format_args!("{} is there already", target.display()))
            .help("`--force` writes over it, `--output -` prints the draft"));
    }
    Ok(Some(target))
}

/// A file that could not be written.
pub fn unwritten(path: &Path, error: &std::io::Error) -> CliError {
    CliError::new(Exit::Nothing, format_args!("cannot write {}: {error}", path.display()))
}

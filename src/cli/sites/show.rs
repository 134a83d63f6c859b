//! `kliping sites show`: the rules that hold for a site.

use std::io::Write;
use std::sync::Arc;

use kliping::model::PageUrl;
use kliping::site::{Catalog, Site};

use super::super::app::App;
use super::super::exit::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  kliping sites show news.example              the rules for a host, preset included
  kliping sites show https://news.example/a/   the rules for the page at an address
  kliping sites show wordpress                 a preset
  kliping sites show wordpress > selectors/news.example.toml   a beginning for a file of your own";

/// The rules that hold for a site, its preset put in, as a site file
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// A configured site, a site file, a preset, a host or an address
    #[arg(value_name = "SITE")]
    site: String,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let catalog = app.catalog()?;
    let entry = app.config()?.sites.iter().find(|entry| entry.id == args.site).cloned();
    let named = catalog.site(&args.site).or_else(|| catalog.preset(&args.site));
    let site = match (entry, named) {
        (Some(entry), _) => catalog.resolve(&entry.url, entry.preset.as_deref()),
        (None, Some(site)) => site,
        (None, None) => by_address(&catalog, &args.site).ok_or_else(|| unknown(&args.site, &catalog))?,
    };
    writeln!(app.out, "# {}", origin(&site))?;
    writeln!(app.out, "# SHA-256 {}", site.sha256)?;
    write!(app.out, "{}", site.to_toml())?;
    Ok(Exit::Done)
}

/// What reads the page at an address, or the front page of a host.
fn by_address(catalog: &Catalog, text: &str) -> Option<Arc<Site>> {
    match PageUrl::parse(text) {
        Ok(url) => Some(catalog.resolve(&url, None)),
        Err(_) => PageUrl::parse(&format!("https://{text}/")).ok().and_then(|url| {
            let known = catalog.for_host(text).or_else(|| catalog.for_host(url.host()));
            // A word without a dot is rather a mistyped name than a host.
            known.or_else(|| text.contains(['.', ':']).then(|| catalog.generic()))
        }),
    }
}

fn origin(site: &Site) -> String {
    let file = match &site.file {
        Some(file) => file.display().to_string(),
        None if site.hosts.is_empty() => format!("the preset `{}`, built in", site.id),
        None => format!("the site file `{}`, built in", site.id),
    };
    match &site.extends {
        Some(extends) => format!("{file}, with the preset `{extends}` put in"),
        None => file,
    }
}

fn unknown(name: &str, catalog: &Catalog) -> CliError {
    let sites: Vec<&str> = catalog.sites().chain(catalog.presets()).map(|site| site.id.as_str()).collect();
    let known = sites.iter().copied().chain(catalog.built_in()).collect::<Vec<_>>();
    let help = match kliping::config::suggest::nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known are: {}", sites.join(", ")),
    };
    CliError::new(Exit::Usage, format_args!("there is no site, site file or preset `{name}`")).help(help)
}

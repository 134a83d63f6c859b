//! Where the page to be read comes from.

use std::io::Read;
use std::path::Path;

use kliping::fetch::Accept;
use kliping::model::PageUrl;

use super::super::app::App;
use super::super::exit::{CliError, Exit};
use super::super::visit::{Place, Visitor, visit};

/// A page that was loaded.
pub struct Loaded {
    /// Its bytes.
    pub body: Vec<u8>,
    /// The header it came with.
    pub content_type: Option<String>,
    /// Where it came from, as far as is known.
    pub url: Option<PageUrl>,
    /// The address that answered, when it was fetched.
    pub answered: Option<PageUrl>,
    /// HTTP status, when it was fetched.
    pub status: Option<u16>,
    /// Its validator, when it was fetched.
    pub etag: Option<String>,
}

/// Loads a file, stdin (`-`) or a page of the web.
pub fn load(input: &str, url: Option<PageUrl>, app: &mut App) -> Result<Loaded, CliError> {
    let from_disk = |body| Loaded {
        body,
        content_type: None,
        url: url.clone(),
        answered: None,
        status: None,
        etag: None,
    };
    if input == "-" {
        let mut body = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut body)
            .map_err(|e| CliError::new(Exit::Nothing, format_args!("cannot read stdin: {e}")))?;
        return Ok(from_disk(body));
    }
    let is_address = input.starts_with("http://") || input.starts_with("https://");
    if is_address && !Path::new(input).exists() {
        let address = PageUrl::parse(input).map_err(|e| CliError::new(Exit::Usage, e))?;
        let mut page = fetch(&address, app)?;
        page.url = url.or(page.url);
        return Ok(page);
    }
    match std::fs::read(input) {
        Ok(body) => Ok(from_disk(body)),
        Err(error) => Err(CliError::new(Exit::Nothing, format_args!("cannot read {input}: {error}"))
            .help("name a file, an address that starts with http, or `-` for stdin")),
    }
}

/// Fetches one page as a crawl would: by the site's robots.txt, in turn, redirects through the gate of
/// the host they lead to. Nothing is stored.
fn fetch(url: &PageUrl, app: &mut App) -> Result<Loaded, CliError> {
    let config = app.config()?.clone();
    let archive = app.archive_path()?;
    let delay = app.catalog()?.resolve(url, None).crawl.delay.unwrap_or(config.crawl.delay);
    let place = Place { archive: &archive, delay, quiet: app.global.quiet };
    let visitor = Visitor::new("extract", &config, url, &place)?;
    let answer = visit(visitor, async |visitor| visitor.get(url, Accept::Page).await)?;
    let capture = answer.map_err(|miss| CliError::new(Exit::Nothing, miss.message()))?;
    Ok(Loaded {
        body: capture.body,
        content_type: capture.content_type,
        url: Some(capture.url.clone()),
        answered: Some(capture.url),
        status: Some(capture.status),
        etag: capture.validators.etag,
    })
}

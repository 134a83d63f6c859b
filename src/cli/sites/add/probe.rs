//! What there is to find out about a site, in as few requests as can be.

use kliping::discover::look::{self, SiteKind};
use kliping::discover::{api, feed, section, sitemap};
use kliping::dom::{Document, charset};
use kliping::fetch::Accept;
use kliping::fetch::robots::RobotsState;
use kliping::model::{Capture, PageUrl};
use kliping::site::DiscoverRules;

use crate::cli::exit::{CliError, Exit};
use crate::cli::visit::{Miss, Visitor};

/// A feed or sitemap that could be read.
pub struct Source {
    pub url: PageUrl,
    /// What it holds, for people.
    pub holds: String,
}

/// What was found out.
pub struct Found {
    /// The front page, where redirects ended.
    pub url: PageUrl,
    pub name: Option<String>,
    pub language: Option<String>,
    pub kind: SiteKind,
    pub sign: Option<String>,
    /// What robots.txt says, for people.
    pub robots: String,
    /// Posts of a REST interface.
    pub apis: Vec<Source>,
    pub feeds: Vec<Source>,
    pub sitemaps: Vec<Source>,
    /// Links of the front page that look like articles.
    pub links: usize,
}

/// Looks at a site.
pub async fn probe(url: PageUrl, visitor: &mut Visitor) -> Result<Found, CliError> {
    let capture = visitor.get(&url, Accept::Page).await?.map_err(|miss| unreadable(&miss))?;
    let (feed_url, capture) = match front_page_of_feed(&capture) {
        Some(home) => {
            let front = visitor.get(&home, Accept::Page).await?.map_err(|miss| unreadable(&miss))?;
            (Some(capture.url.clone()), front)
        }
        None => (None, capture),
    };
    if !is_html(&capture) {
        let kind = capture.content_type.as_deref().unwrap_or("something without a type");
        let message = format!("{} is no HTML page but {kind}", capture.url);
        return Err(CliError::new(Exit::Nothing, message).help("give the address of the front page"));
    }
    let (page, links) = read_front_page(&capture);
    let base = capture.url.clone();
    let (robots, named) = robots_line(visitor.robots(&base).await?);
    let mut found = Found {
        url: base,
        name: page.name,
        language: page.language,
        kind: page.kind,
        sign: page.sign,
        robots,
        apis: Vec::new(),
        feeds: Vec::new(),
        sitemaps: Vec::new(),
        links,
    };
    find_posts(&mut found, page.posts, visitor).await?;
    find_feeds(&mut found, feed_url, page.feeds, visitor).await?;
    find_sitemaps(&mut found, &named, visitor).await?;
    Ok(found)
}

/// The tree is gone when this returns: it must not live across a request.
fn read_front_page(capture: &Capture) -> (look::FrontPage, usize) {
    let (text, _) = charset::decode(&capture.body, capture.content_type.as_deref());
    let document = Document::parse(&text);
    let links = section::read(&document, &capture.url, &DiscoverRules::default()).len();
    (look::front_page(&document, capture.links.as_deref(), &capture.url), links)
}

/// If the user named a feed: the page it belongs to.
fn front_page_of_feed(capture: &Capture) -> Option<PageUrl> {
    if is_html(capture) {
        return None;
    }
    let feed = feed::read(&capture.body, capture.content_type.as_deref(), &capture.url).ok()?;
    let home = feed.home.filter(|home| home.host_key() == capture.url.host_key());
    home.or_else(|| capture.url.join("/").ok())
}

fn is_html(capture: &Capture) -> bool {
    let content_type = capture.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let head = &capture.body[..capture.body.len().min(1024)];
    let head = String::from_utf8_lossy(head).trim_start().to_ascii_lowercase();
    let xml = head.starts_with("<?xml") && !head.contains("<html");
    if xml || head.starts_with("<rss") || head.starts_with("<feed") {
        return false;
    }
    content_type.contains("html") || head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Many sites offer the interface and refuse it to readers: only what answers counts.
async fn find_posts(
    found: &mut Found,
    posts: Option<PageUrl>,
    visitor: &mut Visitor,
) -> Result<(), CliError> {
    let Some(url) = posts else { return Ok(()) };
    let Ok(capture) = visitor.get(&api::query(&url, None), Accept::Json).await? else { return Ok(()) };
    let Ok(posts) = api::read(&capture.body, &capture.url) else { return Ok(()) };
    if let Some(latest) = posts.latest {
        let (posts, latest) = (posts.candidates.len(), latest.strftime("%Y-%m-%d"));
        found.apis.push(Source { url, holds: format!("{posts} posts, the latest change of {latest}") });
    }
    Ok(())
}

async fn find_feeds(
    found: &mut Found,
    given: Option<PageUrl>,
    named: Vec<PageUrl>,
    visitor: &mut Visitor,
) -> Result<(), CliError> {
    let guesses = if named.is_empty() && given.is_none() {
        look::feed_guesses(found.kind, &found.url)
    } else {
        Vec::new()
    };
    let guessed = !guesses.is_empty();
    for url in given.into_iter().chain(named).chain(guesses) {
        if found.feeds.iter().any(|source| source.url == url) {
            continue;
        }
        let Ok(capture) = visitor.get(&url, Accept::Feed).await? else { continue };
        let Ok(feed) = feed::read(&capture.body, capture.content_type.as_deref(), &capture.url) else {
            continue;
        };
        if feed.candidates.is_empty() && guessed {
            continue;
        }
        let newest = feed.candidates.iter().filter_map(|c| c.published.or(c.modified)).max();
        let newest =
            newest.map(|time| format!(", the newest of {}", time.strftime("%Y-%m-%d"))).unwrap_or_default();
        found.language = found.language.take().or(feed.language);
        found.name = found.name.take().or(feed.title);
        found
            .feeds
            .push(Source { url: capture.url, holds: format!("{} articles{newest}", feed.candidates.len()) });
        if guessed {
            break;
        }
    }
    Ok(())
}

async fn find_sitemaps(found: &mut Found, named: &[String], visitor: &mut Visitor) -> Result<(), CliError> {
    for url in look::sitemap_guesses(found.kind, &found.url, named) {
        let Ok(capture) = visitor.get(&url, Accept::Sitemap).await? else { continue };
        let Ok(sitemap) = sitemap::read(&capture.body, &capture.url) else { continue };
        let holds = match (sitemap.candidates.len(), sitemap.children.len()) {
            (0, 0) => continue,
            (0, children) => format!("{children} sitemaps"),
            (urls, _) => format!("{urls} addresses"),
        };
        if found.sitemaps.iter().all(|source| source.url != capture.url) {
            found.sitemaps.push(Source { url: capture.url, holds });
        }
        if named.is_empty() {
            break;
        }
    }
    Ok(())
}

/// What robots.txt says, and the sitemaps it names.
fn robots_line(state: &RobotsState) -> (String, Vec<String>) {
    match state {
        RobotsState::Rules(robots) => {
            let delay = robots.crawl_delay().map(|delay| format!(", with {delay:?} between two requests"));
            (format!("allows it{}", delay.unwrap_or_default()), robots.sitemaps().to_vec())
        }
        RobotsState::AllowAll => ("none, so everything may be asked for".to_owned(), Vec::new()),
        RobotsState::DenyAll { reason } => (reason.clone(), Vec::new()),
    }
}

fn unreadable(miss: &Miss) -> CliError {
    let error = CliError::new(Exit::Nothing, miss.message());
    match miss {
        Miss::Forbidden(_) => error.help("kliping obeys it; only the site's owner can change that"),
        Miss::Failed(_) => error.help("open the address in a browser; if it works there, try again later"),
    }
}

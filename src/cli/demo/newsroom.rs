//! The newsroom: three papers on loopback, and the hands that change them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::lists;
use super::paper::{CAKRAWALA, GAZETTE, LEMBAH, PAPERS, Paper};
use super::server::{Hit, Reply, Request, Server};
use super::story::{Edit, Fate, Story};

/// A link that leads nowhere: the feed has it, the paper never printed it.
const NOWHERE: &str = "/berita/99/berita-yang-tidak-pernah-terbit";
/// What robots.txt forbids and the sitemap lists all the same.
pub const FORBIDDEN: &str = "/cetak/1";
/// An address from before the paper's redesign; it leads to the story of that number.
const OLD: &str = "/lama.php?id=";
/// The number of the Cakrawala story whose page takes its time, and how long.
const SLOW: (usize, Duration) = (3, Duration::from_millis(1200));

type Desks = Arc<Mutex<Vec<Vec<Story>>>>;

/// The running newsroom. It closes when it is dropped.
pub struct Newsroom {
    server: Server,
    desks: Desks,
}

impl Newsroom {
    /// Opens: each paper on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When loopback gives no port.
    pub fn start(now: Timestamp) -> io::Result<Self> {
        let desks: Desks = Arc::new(Mutex::new(PAPERS.iter().map(|paper| paper.stories(now)).collect()));
        let shared = Arc::clone(&desks);
        let handler = move |request: &Request| {
            let desks = lock(&shared);
            answer(request, &PAPERS[request.site], &desks[request.site])
        };
        Ok(Self { server: Server::start(PAPERS.len(), Arc::new(handler))?, desks })
    }

    /// The address of a paper, without a trailing slash.
    pub fn origin(&self, paper: usize) -> String {
        self.server.origin(paper)
    }

    /// The address of a story.
    pub fn url(&self, paper: usize, slug: &str) -> Option<String> {
        let desks = lock(&self.desks);
        let story = desks[paper].iter().find(|story| story.slug == slug)?;
        Some(format!("{}{}", self.origin(paper), PAPERS[paper].path(story)))
    }

    /// The access log so far.
    pub fn hits(&self) -> Vec<Hit> {
        self.server.hits()
    }

    /// Edits a story; false when there was nothing to change.
    pub fn edit(&self, paper: usize, slug: &str, edit: Edit, now: Timestamp) -> bool {
        let mut desks = lock(&self.desks);
        desks[paper].iter_mut().find(|story| story.slug == slug).is_some_and(|story| story.apply(edit, now))
    }
}

fn lock(desks: &Desks) -> MutexGuard<'_, Vec<Vec<Story>>> {
    desks.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a paper says to a request.
fn answer(request: &Request, paper: &Paper, stories: &[Story]) -> Reply {
    let origin = request.origin();
    let target = request.target.as_str();
    if target == "/robots.txt" {
        let robots = format!("{}\nSitemap: {origin}{}\n", paper.robots, paper.sitemap);
        return Reply::new(200, "text/plain; charset=utf-8", robots);
    }
    let list = match (request.site, target) {
        (_, "/") => Some(front(paper, stories, &origin)),
        (LEMBAH, "/feed/") => Some(lists::rss(paper, stories, &origin, "")),
        (LEMBAH, "/wp-sitemap.xml") => {
            return lists::sitemap_index(&format!("{origin}/wp-sitemap-posts-post-1.xml"));
        }
        (LEMBAH, "/wp-sitemap-posts-post-1.xml") => return lists::sitemap(paper, stories, &origin, &[]),
        (CAKRAWALA, "/rss.xml") => {
            let more = format!("<item><title>Segera</title><link>{origin}{NOWHERE}</link></item>\n");
            Some(lists::rss(paper, stories, &origin, &more))
        }
        (CAKRAWALA, "/sitemap.xml") => Some(lists::sitemap(paper, stories, &origin, &[FORBIDDEN])),
        (GAZETTE, "/atom.xml") => Some(lists::atom(paper, stories, &origin)),
        (GAZETTE, "/sitemap.txt") => Some(lists::sitemap_text(paper, stories, &origin)),
        _ => None,
    };
    if let Some(list) = list {
        let out = stories.iter().filter(|story| story.fate != Fate::Waiting);
        let newest = out.map(|story| story.modified).max().unwrap_or_default();
        return validated(list, request, newest);
    }
    if let Some(story) =
        target.strip_prefix(OLD).and_then(|id| stories.iter().find(|s| s.number.to_string() == id))
    {
        let to = format!("{origin}{}", paper.path(story));
        return Reply { status: 301, ..Reply::default() }.header("Location", to);
    }
    match stories.iter().find(|story| paper.path(story) == target) {
        Some(story) if story.fate == Fate::Printed => page(request, paper, story, stories, &origin),
        Some(story) if story.fate == Fate::Withdrawn => missing(paper.withdrawn),
        _ => missing(404),
    }
}

fn page(request: &Request, paper: &Paper, story: &Story, stories: &[Story], origin: &str) -> Reply {
    let mut reply = Reply::new(200, "text/html; charset=UTF-8", paper.page(story, stories, origin));
    if (request.site, story.number) == (CAKRAWALA, SLOW.0) {
        reply.delay = SLOW.1;
    }
    // As at home: WordPress gives its pages no validators.
    if request.site == LEMBAH { reply } else { validated(reply, request, story.modified) }
}

fn front(paper: &Paper, stories: &[Story], origin: &str) -> Reply {
    let kind = if paper.feed.contains("atom") { "atom" } else { "rss" };
    let head = format!(
        "<link rel=\"alternate\" type=\"application/{kind}+xml\" title=\"{}\" href=\"{}\">",
        paper.name, paper.feed
    );
    let old = format!("<li><a href=\"{OLD}5\">Listrik Padam Enam Jam</a></li>");
    let more = if paper.id == "cakrawala" { old.as_str() } else { "" };
    Reply::new(200, "text/html; charset=UTF-8", paper.front(stories, origin, &head, more))
}

/// Validators that follow the story or the list, not the boxes around it.
fn validated(reply: Reply, request: &Request, modified: Timestamp) -> Reply {
    let mut hasher = DefaultHasher::new();
    (&request.target, modified).hash(&mut hasher);
    let etag = format!("\"{:016x}\"", hasher.finish());
    reply.validated(request, &etag, &lists::http_date(modified))
}

fn missing(status: u16) -> Reply {
    Reply::new(
        status,
        "text/html; charset=UTF-8",
        "<!DOCTYPE html><title>Tidak ada</title><h1>Tidak ada di sini</h1>",
    )
}

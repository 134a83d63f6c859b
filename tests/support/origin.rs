//! A scripted site on loopback: a table of paths and what they answer, and an access log.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[path = "../../src/cli/demo/server/mod.rs"]
pub mod server;

pub use server::{Hit, Reply, Request};

/// A page with a title and paragraphs, in plain markup.
pub fn page(title: &str, paragraphs: &[&str]) -> Reply {
    let body: String = paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"id\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body><article><h1>{title}</h1>\n<div class=\"isi\">\n{body}</div></article></body></html>\n"
    );
    Reply::new(200, "text/html; charset=utf-8", html)
}

/// Plain text: robots.txt, a text sitemap.
pub fn text(body: &str) -> Reply {
    Reply::new(200, "text/plain; charset=utf-8", body)
}

/// A redirect.
pub fn redirect(status: u16, to: &str) -> Reply {
    Reply { status, ..Reply::default() }.header("Location", to)
}

/// An answer that breaks off: the head promises more bytes than come.
pub fn truncated(promised: usize, body: &str) -> Reply {
    let raw =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {promised}\r\n\r\n{body}");
    Reply { raw: Some(raw.into_bytes()), ..Reply::default() }
}

/// An RSS feed of these paths.
pub fn rss(origin: &str, items: &[(&str, &str)]) -> Reply {
    let items: String = items
        .iter()
        .map(|(path, title)| format!("<item><title>{title}</title><link>{origin}{path}</link></item>\n"))
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Uji</title><link>{origin}/</link>\n\
         <description>uji</description>\n{items}</channel></rss>\n"
    );
    Reply::new(200, "application/rss+xml", xml)
}

type Script = Arc<Mutex<HashMap<String, Vec<Reply>>>>;

/// Path and header fields of a request.
type Asked = (String, Vec<(String, String)>);

/// One site of a test. What is not in its table is a 404.
pub struct Origin {
    server: server::Server,
    script: Script,
    arrived: Arc<Mutex<Vec<Asked>>>,
}

impl Origin {
    /// A site without a page.
    pub fn start() -> Self {
        let script = Script::default();
        let table = Arc::clone(&script);
        let arrived = Arc::<Mutex<Vec<Asked>>>::default();
        let arrivals = Arc::clone(&arrived);
        let handler = move |request: &Request| {
            arrivals.lock().unwrap().push((request.target.clone(), request.headers.clone()));
            let mut table = table.lock().unwrap();
            match table.get_mut(&request.target) {
                // The last answer of a row stays.
                Some(row) if row.len() > 1 => row.remove(0),
                Some(row) => row[0].clone(),
                None => match table.get("*") {
                    Some(row) => row[0].clone(),
                    None => Reply::new(404, "text/html", "<title>404</title>"),
                },
            }
        };
        Self { server: server::Server::start(1, Arc::new(handler)).unwrap(), script, arrived }
    }

    /// From now on this path answers so.
    pub fn set(&self, path: &str, reply: Reply) {
        self.set_row(path, vec![reply]);
    }

    /// From now on this path answers so, in turn; the last answer stays.
    pub fn set_row(&self, path: &str, replies: Vec<Reply>) {
        assert!(!replies.is_empty(), "a row needs an answer");
        self.script.lock().unwrap().insert(path.to_owned(), replies);
    }

    /// From now on every path that is not in the table answers so, with whatever status.
    pub fn set_rest(&self, reply: Reply) {
        self.set("*", reply);
    }

    /// From now on this path is a 404.
    pub fn remove(&self, path: &str) {
        self.script.lock().unwrap().remove(path);
    }

    /// `http://127.0.0.1:PORT` + path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.origin(0))
    }

    /// The access log so far.
    pub fn hits(&self) -> Vec<Hit> {
        self.server.hits()
    }

    /// How often a path was asked for, answered or not yet.
    pub fn asked(&self, path: &str) -> usize {
        self.arrived.lock().unwrap().iter().filter(|(target, _)| target == path).count()
    }

    /// What the requests for a path said in a header field (its name in lower case).
    pub fn said(&self, path: &str, field: &str) -> Vec<Option<String>> {
        let said = |headers: &[(String, String)]| {
            headers.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
        };
        let arrived = self.arrived.lock().unwrap();
        arrived.iter().filter(|(target, _)| target == path).map(|(_, headers)| said(headers)).collect()
    }

    /// How often a path was asked for, and answered.
    pub fn count(&self, path: &str) -> usize {
        self.hits().iter().filter(|hit| hit.target == path).count()
    }

    /// Fails when two requests overlapped, or one began sooner than `delay` after the one before had
    /// ended. The log errs on the crawler's side only; the millisecond is for rounding in clocks.
    pub fn assert_polite(&self, delay: Duration) {
        let mut hits = self.hits();
        hits.sort_by_key(|hit| hit.started);
        for pair in hits.windows(2) {
            let gap = pair[1].started.checked_duration_since(pair[0].ended);
            let gap = gap.unwrap_or_else(|| panic!("{} and {} overlap", pair[0].target, pair[1].target));
            assert!(
                gap + Duration::from_millis(1) >= delay,
                "{} came {gap:?} after {}, the delay is {delay:?}",
                pair[1].target,
                pair[0].target,
            );
        }
    }
}

//! What a paper lists its stories in: feeds and sitemaps.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use kliping::model::escaped;

use super::paper::{Paper, printed};
use super::server::Reply;
use super::story::Story;

/// RFC 9110's date (`Last-Modified`), which RSS takes as well.
pub fn http_date(at: Timestamp) -> String {
    // Years outside 0..=9999 have no such date, and no paper prints in them.
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}

/// RSS 2.0; `more` are further items, as markup.
pub fn rss(paper: &Paper, all: &[Story], origin: &str, more: &str) -> Reply {
    let item = |story: &Story| {
        format!(
            "<item><title>{}</title><link>{origin}{}</link><guid isPermaLink=\"false\">{origin}/?p={}</guid><pubDate>{}</pubDate></item>\n",
            escaped(&story.title),
            paper.path(story),
            story.number,
            http_date(story.published),
        )
    };
    let items: String = printed(all).map(item).collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\n<title>{}</title><link>{origin}/</link>\
         <description>{}</description><language>{}</language>\n{items}{more}</channel></rss>\n",
        paper.name, paper.name, paper.language,
    );
    Reply::new(200, "application/rss+xml; charset=UTF-8", xml)
}

/// Atom (RFC 4287).
pub fn atom(paper: &Paper, all: &[Story], origin: &str) -> Reply {
    let entry = |story: &Story| {
        let url = format!("{origin}{}", paper.path(story));
        format!(
            "<entry><title>{}</title><link href=\"{url}\"/><id>{url}</id><published>{}</published><updated>{}</updated></entry>\n",
            escaped(&story.title),
            paper.stamp(story.published),
            paper.stamp(story.modified),
        )
    };
    let entries: String = printed(all).map(entry).collect();
    let updated = all.iter().map(|story| story.modified).max().unwrap_or_default();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title><id>{origin}/</id><updated>{}</updated>\n{entries}</feed>\n",
        paper.language,
        paper.name,
        paper.stamp(updated),
    );
    Reply::new(200, "application/atom+xml; charset=utf-8", xml)
}

/// A sitemap with the stories' addresses, and further ones.
pub fn sitemap(paper: &Paper, all: &[Story], origin: &str, more: &[&str]) -> Reply {
    let stories = printed(all).map(|s| (paper.path(s), Some(paper.stamp(s.modified))));
    let more = more.iter().map(|path| ((*path).to_owned(), None));
    let urls: String = stories
        .chain(more)
        .map(|(path, modified)| {
            let modified = modified.map(|at| format!("<lastmod>{at}</lastmod>")).unwrap_or_default();
            format!("<url><loc>{origin}{path}</loc>{modified}</url>\n")
        })
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    );
    Reply::new(200, "application/xml; charset=UTF-8", xml)
}

/// An index of one sitemap, as WordPress has it.
pub fn sitemap_index(child: &str) -> Reply {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\
         <sitemap><loc>{child}</loc></sitemap></sitemapindex>\n"
    );
    Reply::new(200, "application/xml; charset=UTF-8", xml)
}

/// A sitemap as plain text, an address a line.
pub fn sitemap_text(paper: &Paper, all: &[Story], origin: &str) -> Reply {
    let lines: String = printed(all).map(|story| format!("{origin}{}\n", paper.path(story))).collect();
    Reply::new(200, "text/plain; charset=utf-8", lines)
}

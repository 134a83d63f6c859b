//! A first look at a site: what its front page says of itself, and where its lists may be.

use super::{api, links};
use crate::dom::Document;
use crate::model::PageUrl;

/// What kind of publishing system a site runs on, as far as kliping has a preset for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteKind {
    /// WordPress.
    WordPress,
    /// Anything else.
    Other,
}

impl SiteKind {
    /// The preset that reads it.
    #[must_use]
    pub fn preset(self) -> &'static str {
        match self {
            Self::WordPress => "wordpress",
            Self::Other => "generic",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WordPress => "WordPress",
            Self::Other => "not WordPress",
        }
    }
}

/// What a front page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontPage {
    /// What the site calls itself.
    pub name: Option<String>,
    /// The language of the page.
    pub language: Option<String>,
    /// Its publishing system.
    pub kind: SiteKind,
    /// What the kind was seen by.
    pub sign: Option<String>,
    /// Feeds it names, without those of comments, in its order.
    pub feeds: Vec<PageUrl>,
    /// The posts of its REST interface, where it offers one.
    pub posts: Option<PageUrl>,
}

/// Feeds and sitemaps that are looked at, at most.
const MOST: usize = 3;

/// How WordPress calls its REST interface.
const REST: &str = "https://api.w.org/";

/// Reads a front page and the `Link` headers that came with it.
#[must_use]
pub fn front_page(document: &Document, links: Option<&str>, base: &PageUrl) -> FrontPage {
    let sign = wordpress(document);
    FrontPage {
        name: name(document),
        language: document.lang().map(str::to_owned),
        kind: if sign.is_some() { SiteKind::WordPress } else { SiteKind::Other },
        sign,
        feeds: feeds(document, base),
        posts: posts(document, links, base),
    }
}

/// The posts of the REST interface that a page or its `Link` header names, if it is the site's own.
fn posts(document: &Document, links: Option<&str>, base: &PageUrl) -> Option<PageUrl> {
    let in_head = || document.link(REST).into_iter().find_map(|link| base.join(&link.href).ok());
    let interface = links.and_then(|links| links::in_header(links, REST, base)).or_else(in_head)?;
    api::posts_of(&interface).filter(|posts| posts.host_key() == base.host_key())
}

/// By its REST address, by the generator it names, or by what lies in its folders.
fn wordpress(document: &Document) -> Option<String> {
    if !document.link(REST).is_empty() {
        return Some(format!("link rel={REST}"));
    }
    let generator = document.metas("generator").into_iter().find(|text| text.starts_with("WordPress"));
    if let Some(generator) = generator {
        return Some(format!("generator {generator}"));
    }
    let is_theme =
        |address: &str| address.contains("/wp-content/themes/") || address.contains("/wp-includes/");
    document
        .root()
        .elements()
        .filter(|node| matches!(node.name(), "link" | "script" | "img"))
        .filter_map(|node| node.attr("href").or_else(|| node.attr("src")))
        .find(|address| is_theme(address))
        .map(|_| "files in /wp-content/".to_owned())
}

fn name(document: &Document) -> Option<String> {
    let title = || {
        // "Kabar Nusantara – Berita Terkini": the name stands first on a front page.
        let title = document.title_tag()?;
        title.split(['|', '–', '—', '«', '»']).next()?.split(" - ").next()
    };
    let name = document.meta("og:site_name").or_else(|| document.meta("application-name")).or_else(title)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

fn feeds(document: &Document, base: &PageUrl) -> Vec<PageUrl> {
    const TYPES: &[&str] =
        &["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];
    let links = document.link("alternate").into_iter().filter(|link| {
        let media_type = link.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
        TYPES.iter().any(|known| media_type.starts_with(known))
    });
    let mut feeds = Vec::new();
    for link in links {
        let Ok(url) = base.join(&link.href) else { continue };
        if !feeds.contains(&url) && !is_of_comments(url.path()) && url.host_key() == base.host_key() {
            feeds.push(url);
        }
    }
    feeds.truncate(MOST);
    feeds
}

/// WordPress names the feed of its comments next to that of its articles.
fn is_of_comments(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "comments" | "komentar"))
}

/// Where a feed may be when the front page names none.
#[must_use]
pub fn feed_guesses(kind: SiteKind, base: &PageUrl) -> Vec<PageUrl> {
    let paths: &[&str] = match kind {
        SiteKind::WordPress => &["/feed/"],
        SiteKind::Other => &["/rss", "/feed/", "/rss.xml"],
    };
    paths.iter().filter_map(|path| base.join(path).ok()).collect()
}

/// Where a sitemap may be: where robots.txt says; else, and only then, at the usual places.
#[must_use]
pub fn sitemap_guesses(kind: SiteKind, base: &PageUrl, robots: &[String]) -> Vec<PageUrl> {
    let named = robots.iter().filter_map(|line| base.join(line).ok());
    let mut named: Vec<PageUrl> = named.filter(|url| url.host_key() == base.host_key()).collect();
    // A news sitemap holds what is new, which the others hide among all there ever was.
    named.sort_by_key(|url| !url.path().to_ascii_lowercase().contains("news"));
    named.dedup();
    named.truncate(MOST);
    if !named.is_empty() {
        return named;
    }
    let paths: &[&str] = match kind {
        SiteKind::WordPress => &["/wp-sitemap.xml", "/sitemap_index.xml"],
        SiteKind::Other => &["/sitemap.xml", "/sitemap_index.xml"],
    };
    paths.iter().filter_map(|path| base.join(path).ok()).collect()
}

/// An id for a site, from its host: `www.kompas.com` → `kompas`, `news.detik.com` → `news-detik`,
/// `127.0.0.1:8087` → `127-0-0-1-8087`.
#[must_use]
pub fn site_id(url: &PageUrl) -> String {
    let host = url.host().strip_prefix("www.").unwrap_or(url.host());
    let key = url.host_key();
    let registrable = key.as_str();
    let name = match (host.strip_suffix(registrable), registrable.split_once('.')) {
        // A registrable domain: its first label, with what stands before it.
        (Some(before), Some((label, _))) => format!("{before}{label}"),
        _ => registrable.to_owned(),
    };
    let dashed = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    let words: Vec<String> =
        dashed.collect::<String>().split('-').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> PageUrl {
        PageUrl::parse(text).unwrap()
    }

    #[test]
    fn a_front_page_says_who_it_is_and_where_its_feeds_are() {
        let html = "<html lang=id><head><title>Kabar Nusantara – Berita Terkini</title>\
            <meta name=generator content='WordPress 6.9'>\
            <link rel=alternate type='application/rss+xml' href='/feed/' title='Kabar'>\
            <link rel=alternate type='application/rss+xml' href='/comments/feed/' title='Komentar'>\
            <link rel=alternate type='application/atom+xml' href='https://kabar.example/atom'>\
            <link rel=alternate type='application/rss+xml' href='/feed/'>\
            <link rel=alternate type='application/json' href='/wp-json/'>\
            <link rel=alternate type='application/rss+xml' href='https://lain.example/feed'>\
            <link rel=alternate hreflang=en href='/en/'></head><body></body></html>";
        let page = front_page(&Document::parse(html), None, &url("https://kabar.example/"));
        assert_eq!(page.name.as_deref(), Some("Kabar Nusantara"));
        assert_eq!(page.language.as_deref(), Some("id"));
        assert_eq!(page.kind.preset(), "wordpress");
        assert_eq!(page.feeds, [url("https://kabar.example/feed/"), url("https://kabar.example/atom")]);
    }

    #[test]
    fn wordpress_is_known_by_any_of_its_signs() {
        for (html, kind) in [
            ("<link rel='https://api.w.org/' href='/wp-json/'>", SiteKind::WordPress),
            ("<meta name='generator' content='WordPress 5.2'>", SiteKind::WordPress),
            ("<script src='/wp-includes/js/a.js'></script>", SiteKind::WordPress),
            ("<img src='https://cdn.example/wp-content/themes/x/logo.png'>", SiteKind::WordPress),
            ("<p>We moved from WordPress</p><a href='/wp-content/themes/'>x</a>", SiteKind::Other),
            ("<meta name='generator' content='Hugo'>", SiteKind::Other),
        ] {
            assert_eq!(
                front_page(&Document::parse(html), None, &url("https://kabar.example/")).kind,
                kind,
                "{html}"
            );
        }
    }

    #[test]
    fn posts_are_found_where_the_page_or_its_header_offers_them() {
        let base = url("https://kabar.example/");
        let posts = |html, header| front_page(&Document::parse(html), header, &base).posts;
        let link = "<link rel='https://api.w.org/' href='/wp-json/'>";
        let header = "<https://kabar.example/index.php?rest_route=/>; rel=\"https://api.w.org/\"";
        assert_eq!(posts(link, None), Some(url("https://kabar.example/wp-json/wp/v2/posts")));
        let plain = url("https://kabar.example/index.php?rest_route=/wp/v2/posts");
        assert_eq!(posts("", Some(header)), Some(plain));
        assert_eq!(posts("", None), None);
        assert_eq!(posts("<link rel='https://api.w.org/' href='https://lain.example/wp-json/'>", None), None);
    }

    #[test]
    fn sitemaps_are_guessed_only_when_robots_txt_names_none() {
        let base = url("https://kabar.example/");
        let named = ["/a.xml", "https://kabar.example/news.xml", "https://lain.example/b.xml", "mailto:x"];
        let named = named.map(str::to_owned);
        let found = sitemap_guesses(SiteKind::Other, &base, &named);
        assert_eq!(found, [url("https://kabar.example/news.xml"), url("https://kabar.example/a.xml")]);
        let guessed = sitemap_guesses(SiteKind::WordPress, &base, &named[2..]);
        assert_eq!(guessed[0], url("https://kabar.example/wp-sitemap.xml"));
        assert_eq!(sitemap_guesses(SiteKind::Other, &base, &[])[0], url("https://kabar.example/sitemap.xml"));
    }

    #[test]
    fn a_site_is_called_by_its_host() {
        for (address, id) in [
            ("https://www.kompas.com/x", "kompas"),
            ("https://kompas.com", "kompas"),
            ("https://news.detik.com/", "news-detik"),
            ("https://jogja.antaranews.co.id/", "jogja-antaranews"),
            ("http://127.0.0.1:8087/", "127-0-0-1-8087"),
            ("http://localhost:3000/", "localhost-3000"),
            ("http://[::1]:80/", "1-80"),
        ] {
            assert_eq!(site_id(&url(address)), id);
        }
    }
}

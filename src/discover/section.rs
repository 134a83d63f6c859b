//! Front pages and section pages: which of their links lead to articles.

use super::feed::Entries;
use crate::dom::{Document, Node};
use crate::model::{Candidate, PageUrl, SourceKind, Via};
use crate::site::DiscoverRules;

/// Links that are read of one page.
const LINKS: usize = 5_000;

/// First folders, and names anywhere in a path, that hold lists and services but no articles.
#[rustfmt::skip]
const NOT_ARTICLES: &[&str] = &[
    "about", "account", "ads", "advertise", "amp", "api", "archive", "archives", "arsip", "auteur",
    "author", "authors", "autor", "autore", "autoren", "bantuan", "category", "contact", "daftar",
    "disclaimer", "embed", "feed", "feeds", "galeri-foto", "hubungi", "iklan", "indeks", "index", "jadwal",
    "karir", "kategori", "kontak", "label", "langganan", "login", "logout", "masuk", "page", "pages",
    "pedoman", "penulis", "privacy", "privacy-policy", "redaksi", "register", "rss", "search", "share",
    "signin", "signup", "sitemap", "subscribe", "tag", "tags", "tentang", "tentang-kami", "terms", "topic",
    "topics", "topik", "user", "users", "wp-admin", "wp-content", "wp-includes", "wp-json", "wp-login.php",
];

/// Endings of what is no page.
#[rustfmt::skip]
const FILES: &[&str] = &[
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".ico", ".pdf", ".doc", ".docx", ".xls",
    ".xlsx", ".ppt", ".zip", ".rar", ".gz", ".mp3", ".mp4", ".webm", ".avi", ".css", ".js", ".json", ".xml",
    ".apk", ".exe", ".rss", ".atom", ".txt",
];

/// The links of a page that may lead to articles of the same site, in document order, each once.
///
/// With article patterns in the rules these decide. Without, an address counts when it looks like
/// the address of an article: it has a date, a long number, or a name of several words.
#[must_use]
pub fn read(document: &Document, base: &PageUrl, rules: &DiscoverRules) -> Vec<Candidate> {
    let base_href = document.base_href().and_then(|href| base.join(href).ok());
    let from = base_href.as_ref().unwrap_or(base);
    let host = base.host_key();
    let own = base.key();
    let mut entries = Entries::default();
    let links = document.root().named(&["a"]).take(LINKS);
    for (href, node) in links.filter_map(|node| Some((node.attr("href")?, node))) {
        let Ok(url) = from.join(href) else { continue };
        if url.host_key() != host || url.key() == own || !rules.accepts(&url) {
            continue;
        }
        if rules.articles.is_empty() && !looks_like_an_article(&url) {
            continue;
        }
        let via = Via::Source(SourceKind::Section);
        entries.push(Candidate { title: title(node), ..Candidate::bare(url, via) });
    }
    entries.list
}

/// The text of a link, where it is long enough to be a headline and short enough to be nothing else.
fn title(node: Node<'_>) -> Option<String> {
    let text = node.text().split_whitespace().collect::<Vec<_>>().join(" ");
    (12..=300).contains(&text.chars().count()).then_some(text)
}

/// Whether an address has the shape that news systems give to articles.
fn looks_like_an_article(url: &PageUrl) -> bool {
    let path = url.path().to_ascii_lowercase();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some((last, folders)) = parts.split_last() else { return is_numbered(url) };
    if parts.iter().any(|part| NOT_ARTICLES.contains(part)) || FILES.iter().any(|end| last.ends_with(end)) {
        return false;
    }
    let words = last.split(['-', '_']).filter(|word| word.chars().any(char::is_alphabetic)).count();
    let long_number = |part: &str| part.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 5);
    let is_dated = folders.windows(2).any(|pair| is_year(pair[0]) && is_month(pair[1]));
    words >= 4 || (is_dated && words >= 1 && last.len() > 2) || parts.iter().any(|part| long_number(part))
}

/// `/?p=123`: a page by its number.
fn is_numbered(url: &PageUrl) -> bool {
    let is_number = |value: &str| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    url.as_url().query_pairs().any(|(name, value)| matches!(&*name, "p" | "id") && is_number(&value))
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year))
}

/// `01`, `1`, or as the English write it, `jan`.
fn is_month(part: &str) -> bool {
    const NAMES: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let is_number = part.len() <= 2 && part.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    is_number || NAMES.contains(&part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Pattern;

    fn found(html: &str, rules: &DiscoverRules) -> Vec<String> {
        let base = PageUrl::parse("https://www.kabar.example/daerah/").unwrap();
        let candidates = read(&Document::parse(html), &base, rules);
        candidates.into_iter().map(|candidate| candidate.url.to_string()).collect()
    }

    fn link(href: &str) -> String {
        format!("<a href=\"{href}\">Harga beras naik lagi di pasar</a>")
    }

    #[test]
    fn addresses_with_the_shape_of_articles_are_taken() {
        let rules = DiscoverRules::default();
        for href in [
            "/2026/01/kabar/",
            "/2026/01/02/harga-beras",
            "/news/2026/apr/27/beras/",
            "/berita/read/2026/01/02/10203040/harga-beras",
            "/berita/d-7654321/harga-beras",
            "/harga-beras-naik-lagi",
            "https://daerah.kabar.example/harga_beras_naik_lagi.html",
            "http://kabar.example/artikel/123456",
            "../?p=12",
        ] {
            assert_eq!(found(&link(href), &rules).len(), 1, "{href}");
        }
        for href in [
            "/",
            "/ekonomi/",
            "/tentang-kami/",
            "/tag/harga-beras-naik-lagi/",
            "/category/2026/01/kabar/",
            "/2026/01/",
            "/author/siti-nurbaya-binti-ahmad",
            "/foto/harga-beras-naik-lagi.jpg",
            "/harga-beras-naik-lagi/feed/",
            "#harga-beras-naik-lagi",
            "",
            "javascript:void(0)",
            "mailto:a@kabar.example",
            "tel:+6281234567",
            "https://lain.example/harga-beras-naik-lagi",
            "//lain.example/2026/01/kabar/",
            "/?s=beras",
            "http://",
        ] {
            assert_eq!(found(&link(href), &rules), Vec::<String>::new(), "{href}");
        }
    }

    #[test]
    fn the_patterns_of_a_site_file_decide_where_there_are_any() {
        let rules = DiscoverRules {
            articles: vec![Pattern::parse("^/k/").unwrap()],
            ignore: vec![Pattern::parse("video").unwrap()],
            ..DiscoverRules::default()
        };
        let html: String = ["/k/1", "/2026/01/kabar/", "/k/video/2"].into_iter().map(link).collect();
        assert_eq!(found(&html, &rules), ["https://www.kabar.example/k/1"]);
    }

    #[test]
    fn each_article_counts_once_and_brings_its_headline() {
        let base = PageUrl::parse("https://kabar.example/").unwrap();
        let html = "<base href=\"/daerah/\"><a href=\"2026/01/satu/?utm_source=x\"><img alt=x> Harga beras <b>naik</b> lagi</a>\
                    <a href=\"http://www.kabar.example/daerah/2026/01/satu\">Baca</a><a>tanpa</a><a href=\"2026/01/dua/\">Baca</a>";
        let candidates = read(&Document::parse(html), &base, &DiscoverRules::default());
        let seen: Vec<_> =
            candidates.iter().map(|c| (c.url.path(), c.url.as_url().query(), c.title.as_deref())).collect();
        assert_eq!(
            seen,
            [
                ("/daerah/2026/01/satu/", None, Some("Harga beras naik lagi")),
                ("/daerah/2026/01/dua/", None, None)
            ]
        );
    }
}

//! `Link` headers (RFC 8288), and which further page a list names.

use super::feed::Feed;
use crate::dom::Document;
use crate::model::PageUrl;

/// WordPress puts so many entries into a feed; fewer are the last page.
const FULL_FEED: usize = 10;

/// The target of the first link of a relation in `Link` headers.
#[must_use]
pub fn in_header(header: &str, relation: &str, base: &PageUrl) -> Option<PageUrl> {
    let mut rest = header;
    while let Some((_, behind)) = rest.split_once('<') {
        let (target, behind) = behind.split_once('>')?;
        // A comma inside an address stands between < and >, so that the next link starts at a `<`.
        let params = behind.split('<').next().unwrap_or_default();
        if relations(params).any(|found| found.eq_ignore_ascii_case(relation)) {
            return base.join(target).ok();
        }
        rest = behind;
    }
    None
}

/// The words of the `rel` parameter.
fn relations(params: &str) -> impl Iterator<Item = &str> {
    let rel = params.split(';').find_map(|param| {
        let (name, value) = param.split_once('=')?;
        name.trim().eq_ignore_ascii_case("rel").then_some(value)
    });
    let rel = rel.unwrap_or_default().trim().trim_end_matches(',').trim().trim_matches('"');
    rel.split_ascii_whitespace()
}

/// The page behind this one of a feed: what it names itself (RFC 5005, JSON Feed's `next_url`); of a
/// full feed of WordPress, which names none, the one that WordPress would give.
#[must_use]
pub fn next_of_feed(feed: &Feed, base: &PageUrl) -> Option<PageUrl> {
    let own = |next: &PageUrl| next.host_key() == base.host_key() && next != base;
    let guess = || {
        (feed.is_wordpress && feed.candidates.len() >= FULL_FEED).then_some(())?;
        let mut url = base.as_url().clone();
        let others: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let is_page = |pair: &&(String, String)| pair.0 == "paged";
        let page: u32 = others.iter().find(is_page).map_or(Some(1), |pair| pair.1.parse().ok())?;
        let mut pairs = url.query_pairs_mut();
        pairs.clear().extend_pairs(others.iter().filter(|pair| !is_page(pair)));
        pairs.append_pair("paged", &page.saturating_add(1).to_string());
        drop(pairs);
        PageUrl::parse(url.as_str()).ok()
    };
    feed.next.clone().filter(own).or_else(guess)
}

/// The page behind this one of a section: `rel=next`, or the link that themes call so.
#[must_use]
pub fn next_of_section(document: &Document, base: &PageUrl) -> Option<PageUrl> {
    let from = document.base_href().and_then(|href| base.join(href).ok());
    let from = from.as_ref().unwrap_or(base);
    let in_head = document.link("next").into_iter().find_map(|link| from.join(&link.href).ok());
    let next = in_head.or_else(|| {
        let mut links = document.root().named(&["a"]);
        let marked = |words: Option<&str>, mark: &[&str]| {
            words.is_some_and(|words| words.split_ascii_whitespace().any(|word| mark.contains(&word)))
        };
        let is_next = |class: Option<&str>| {
            marked(class, &["nextpostslink", "pagination-next", "next-page", "page-next"])
                || (marked(class, &["page-numbers"]) && marked(class, &["next"]))
        };
        let link = links.find(|node| marked(node.attr("rel"), &["next"]) || is_next(node.attr("class")))?;
        from.join(link.attr("href")?).ok()
    })?;
    (next.host_key() == base.host_key() && next.key() != base.key()).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> PageUrl {
        PageUrl::parse(text).unwrap()
    }

    #[test]
    fn links_of_a_header_are_told_by_their_relation() {
        let base = url("https://kabar.example/x");
        for (header, relation, target) in [
            (
                r#"<https://kabar.example/wp-json/>; rel="https://api.w.org/""#,
                "https://api.w.org/",
                Some("/wp-json/"),
            ),
            (r#"</a?x=1,2>; rel="prev"; title="a", </b>; rel=next"#, "next", Some("/b")),
            (r#"</b>; REL="last NEXT", </c>; rel=next"#, "next", Some("/b")),
            (r#"</b>; title="rel=next""#, "next", None),
            ("</b", "next", None),
            ("<>; rel", "next", None),
            ("", "next", None),
        ] {
            let found = in_header(header, relation, &base);
            assert_eq!(found.as_ref().map(|url| url.path_and_query()), target, "{header}");
        }
    }

    #[test]
    fn a_section_names_its_next_page() {
        let base = url("https://kabar.example/daerah/");
        for (html, next) in [
            ("<link rel=next href='/daerah/page/2/'>", Some("/daerah/page/2/")),
            ("<a rel='next nofollow' href='?hal=2'>2</a>", Some("/daerah/?hal=2")),
            ("<a class='next page-numbers' href='/daerah/page/2/'>»</a>", Some("/daerah/page/2/")),
            ("<a class='page-numbers' href='/daerah/page/2/'>2</a>", None),
            ("<a class='next' href='/berita-lain/'>Berikutnya</a>", None),
            ("<link rel=next href='https://lain.example/2'>", None),
            ("<link rel=next href='/daerah/'>", None),
        ] {
            let found = next_of_section(&Document::parse(html), &base);
            assert_eq!(found.as_ref().map(|url| url.path_and_query()), next, "{html}");
        }
    }

    #[test]
    fn a_full_feed_of_wordpress_has_a_next_page() {
        let feed = |entries: usize, is_wordpress| {
            let entry = |n| {
                crate::model::Candidate::bare(
                    url(&format!("https://kabar.example/{n}")),
                    crate::model::Via::User,
                )
            };
            Feed { candidates: (0..entries).map(entry).collect(), is_wordpress, ..Feed::default() }
        };
        let next = |feed: &Feed, base: &str| next_of_feed(feed, &url(base)).map(|url| url.to_string());
        let base = "https://kabar.example/feed/";
        assert_eq!(next(&feed(10, true), base).as_deref(), Some("https://kabar.example/feed/?paged=2"));
        let second = next(&feed(10, true), "https://kabar.example/?feed=rss2&paged=2");
        assert_eq!(second.as_deref(), Some("https://kabar.example/?feed=rss2&paged=3"));
        assert_eq!(next(&feed(9, true), base), None);
        assert_eq!(next(&feed(10, false), base), None);
        let named = Feed { next: Some(url("https://kabar.example/feed/2")), ..feed(3, false) };
        assert_eq!(next(&named, base).as_deref(), Some("https://kabar.example/feed/2"));
    }
}

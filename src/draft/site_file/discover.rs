//! Where a site's articles are found, as far as its pages show: feeds, sitemaps, sections.

use std::collections::BTreeMap;

use super::addresses::links;
use super::look::Look;

/// Feeds, sections that are written.
const FEEDS: usize = 4;
const SECTIONS: usize = 8;
/// Links to its articles that make a page a section.
const ARTICLES: usize = 2;

/// Feeds that the pages link to: of the same host, for the whole site.
pub(super) fn feeds(looks: &[Look]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for look in looks {
        let Some(url) = &look.url else { continue };
        for link in look.doc.link("alternate") {
            let kind = link.media_type.as_deref().unwrap_or_default();
            let Ok(feed) = url.join(&link.href) else { continue };
            let own = feed.host_key() == url.host_key()
                && !feed.path().starts_with(url.path().trim_end_matches('/'));
            let comments = feed.path().contains("comment") || feed.path().contains("/amp");
            let path = feed.path_and_query().to_owned();
            if (kind.contains("rss") || kind.contains("atom")) && own && !comments && !out.contains(&path) {
                out.push(path);
            }
        }
    }
    out.truncate(FEEDS);
    out
}

/// Section pages: linked from every page, with links to articles below them.
pub(super) fn sections(looks: &[Look]) -> Vec<String> {
    let paths: Vec<_> = looks.iter().map(links).collect();
    let mut below: BTreeMap<&str, usize> = BTreeMap::new();
    for path in paths.iter().flatten() {
        // An article's name is long, a section's subsections are not.
        let mut parts = path.trim_matches('/').split('/');
        let section = parts.next().unwrap_or_default();
        if parts.next_back().is_some_and(|name| name.len() >= 20) {
            *below.entry(section).or_default() += 1;
        }
    }
    let mut found: Vec<(usize, &str)> = below.into_iter().map(|(name, count)| (count, name)).collect();
    found.sort_by(|a, b| b.cmp(a));
    let many = found.into_iter().filter(|(count, name)| *count >= ARTICLES && !name.is_empty());
    let forms = many.flat_map(|(_, name)| [format!("/{name}/"), format!("/{name}")]);
    forms.filter(|path| paths.iter().all(|paths| paths.contains(path))).take(SECTIONS).collect()
}

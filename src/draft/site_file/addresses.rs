//! The shape of a site's article addresses, by those of the pages and the links on them.

use std::collections::BTreeSet;

use regex::Regex;

use super::look::Look;
use crate::dom::Selector;

/// Links that show that a part of the address is no fixed word.
const OTHERS: usize = 3;
/// Hyphens that make a slug a headline: names of sections have fewer.
const HYPHENS: usize = 3;

/// Patterns that the addresses of all pages match.
pub(super) fn patterns(looks: &[Look]) -> Vec<String> {
    let own: Vec<Vec<String>> =
        looks.iter().filter_map(|look| look.url.as_ref()).map(|url| parts_of(url.path())).collect();
    let linked: BTreeSet<Vec<String>> = looks.iter().flat_map(links).map(|path| parts_of(&path)).collect();
    let lengths: BTreeSet<usize> = own.iter().map(Vec::len).collect();
    let mut out = Vec::new();
    for length in lengths {
        let pages: Vec<&Vec<String>> = own.iter().filter(|path| path.len() == length).collect();
        let linked: Vec<&Vec<String>> = linked.iter().filter(|path| path.len() == length).collect();
        let pattern = pattern(&pages, &linked);
        // `^/[a-z0-9-]+$` says nothing of an article.
        if pattern.contains(r"\d") || pattern.contains("{3,}") || pattern.contains("\\.") || length > 3 {
            out.push(pattern);
        }
    }
    out
}

/// The paths of the links to the page's own site.
pub(super) fn links(look: &Look) -> BTreeSet<String> {
    let (Some(url), Ok(links)) = (&look.url, Selector::parse("a[href]")) else { return BTreeSet::new() };
    let targets = look.doc.select(&links).filter_map(|node| url.join(node.attr("href")?).ok());
    targets
        .filter(|target| target.host_key() == url.host_key())
        .map(|target| target.path().to_owned())
        .collect()
}

fn parts_of(path: &str) -> Vec<String> {
    path.split('/').skip(1).map(str::to_owned).collect()
}

/// One pattern for addresses of as many parts.
fn pattern(pages: &[&Vec<String>], linked: &[&Vec<String>]) -> String {
    let length = pages.first().map_or(0, |path| path.len());
    let last = length - 1 - usize::from(length > 1 && pages.iter().all(|path| path[length - 1].is_empty()));
    let values = |paths: &[&Vec<String>], at: usize| -> Vec<String> {
        paths.iter().map(|path| path[at].clone()).collect()
    };
    let mut parts: Vec<String> = (0..length).map(|at| part(&values(pages, at), at == last)).collect();
    for at in 0..last {
        let first = &pages[0][at];
        let fixed = parts[at] == regex::escape(first);
        if !fixed {
            continue;
        }
        // "/politik/" on all pages may be the site's scheme or chance: the links tell.
        let mut open = parts.clone();
        open[at] = "[^/]+".to_owned();
        let Ok(regex) = Regex::new(&whole(&open)) else { continue };
        let others: Vec<&Vec<String>> = linked
            .iter()
            .copied()
            .filter(|path| path[at] != *first && regex.is_match(&format!("/{}", path.join("/"))))
            .collect();
        if others.len() >= OTHERS {
            let mut seen = values(&others, at);
            seen.push(first.clone());
            parts[at] = part(&seen, false);
        }
    }
    whole(&parts)
}

fn whole(parts: &[String]) -> String {
    format!("^/{}$", parts.join("/"))
}

/// The pattern for one part of the path, by its values on the pages.
fn part(values: &[String], last: bool) -> String {
    let all = |test: &dyn Fn(&str) -> bool| values.iter().all(|value| test(value));
    let digits = |value: &str| !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    if all(&str::is_empty) {
        return String::new();
    }
    if all(&digits) {
        let long = |length: usize| values.iter().all(|value| value.len() == length);
        return if long(4) {
            r"\d{4}"
        } else if long(2) {
            r"\d{2}"
        } else {
            r"\d+"
        }
        .to_owned();
    }
    if values.len() > 1 && all(&|value| value == values[0]) {
        return regex::escape(&values[0]);
    }
    let ending = values[0].rfind('.').map(|at| &values[0][at..]);
    let ending = ending.filter(|ending| ending.len() <= 6 && all(&|value| value.ends_with(*ending)));
    let ending = ending.unwrap_or_default();
    let stems: Vec<&str> = values.iter().map(|value| &value[..value.len() - ending.len()]).collect();
    let number = |stem: &&str| stem.rsplit_once(['-', '_']).is_some_and(|(_, n)| n.len() >= 4 && digits(n));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let letter = if stems.iter().all(|stem| stem.chars().all(plain)) { "a-z0-9" } else { "^/" };
    let words = if last && stems.iter().all(number) {
        if letter == "^/" { r"[^/]+[-_]\d+".to_owned() } else { r"[a-z0-9-]+-\d+".to_owned() }
    } else if last && stems.iter().all(|stem| stem.matches('-').count() >= HYPHENS) {
        let word = if letter == "^/" { "[^/-]" } else { "[a-z0-9]" };
        format!("{word}+(?:-+{word}+){{3,}}-?")
    } else if letter == "^/" {
        "[^/]+".to_owned()
    } else {
        "[a-z0-9-]+".to_owned()
    };
    format!("{words}{}", regex::escape(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(paths: &[&str]) -> Vec<Vec<String>> {
        paths.iter().map(|path| parts_of(path)).collect()
    }

    fn drafted(own: &[&str], linked: &[&str]) -> String {
        let (own, linked) = (paths(own), paths(linked));
        pattern(&own.iter().collect::<Vec<_>>(), &linked.iter().collect::<Vec<_>>())
    }

    #[test]
    fn what_the_addresses_share_is_the_pattern() {
        assert_eq!(
            drafted(&["/2026/06/20/cabai/", "/2025/11/02/panen-raya/"], &[]),
            r"^/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/$"
        );
        assert_eq!(
            drafted(&["/kota/a-b-12345.html", "/desa/c-99887.html"], &[]),
            r"^/[a-z0-9-]+/[a-z0-9-]+-\d+\.html$"
        );
    }

    #[test]
    fn a_section_that_all_pages_share_by_chance_stays_open() {
        let own = ["/kota/harga-cabai-naik-lagi", "/kota/jembatan-desa-selesai-juga"];
        let slug = "[a-z0-9]+(?:-+[a-z0-9]+){3,}-?";
        assert_eq!(drafted(&own, &[]), format!("^/kota/{slug}$"));
        let linked =
            ["/desa/panen-raya-di-lereng", "/olahraga/tim-desa-menang-lagi", "/desa/air-bersih-sampai-bukit"];
        assert_eq!(drafted(&own, &linked), format!("^/[a-z0-9-]+/{slug}$"));
    }
}

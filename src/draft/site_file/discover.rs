//! Where a site's articles are found, as far as its pages show: feeds, and the shape of addresses.

use std::collections::BTreeSet;

use super::look::Look;

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
    out.truncate(4);
    out
}

/// Patterns that all addresses of the pages match.
pub(super) fn articles(looks: &[Look]) -> Vec<String> {
    let paths: Vec<Vec<&str>> = looks
        .iter()
        .filter_map(|look| look.url.as_ref())
        .map(|url| url.path().split('/').skip(1).collect())
        .collect();
    let lengths: BTreeSet<usize> = paths.iter().map(Vec::len).collect();
    let mut out = Vec::new();
    for length in lengths.into_iter().filter(|length| *length > 0) {
        let group: Vec<&Vec<&str>> = paths.iter().filter(|path| path.len() == length).collect();
        let parts: Vec<String> = (0..length)
            .map(|i| part(&group.iter().map(|path| path[i]).collect::<Vec<_>>(), i + 1 == length))
            .collect();
        let pattern = format!("^/{}$", parts.join("/"));
        // `^/[a-z0-9-]+$` says nothing of an article.
        if pattern.contains(r"\d") || length > 2 || pattern.contains("\\.") {
            out.push(pattern);
        }
    }
    out
}

/// The pattern for one part of the path, by its values on the pages.
fn part(values: &[&str], last: bool) -> String {
    let all = |test: fn(&str) -> bool| values.iter().all(|value| test(value));
    if all(str::is_empty) {
        return String::new();
    }
    let digits = |value: &str| !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    if all(|value| value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit())) {
        return r"\d{4}".to_owned();
    }
    if values.iter().all(|value| digits(value)) {
        return r"\d+".to_owned();
    }
    if values.len() > 1 && values.iter().all(|value| value == &values[0]) {
        return regex::escape(values[0]);
    }
    let ending = values[0].rfind('.').map(|at| &values[0][at..]).filter(|ending| ending.len() <= 6);
    let ending =
        ending.filter(|ending| values.iter().all(|value| value.ends_with(ending))).unwrap_or_default();
    let stems: Vec<&str> = values.iter().map(|value| &value[..value.len() - ending.len()]).collect();
    let number = |value: &&str| value.rsplit(['-', '_']).next().is_some_and(|n| n.len() >= 4 && digits(n));
    let behind = last && stems.iter().all(number) && stems.iter().all(|stem| stem.contains('-'));
    let words = if stems
        .iter()
        .all(|stem| stem.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
    {
        "[a-z0-9-]+"
    } else {
        "[^/]+"
    };
    format!("{words}{}{}", if behind { r"-\d+" } else { "" }, regex::escape(ending))
}

/// The zone whose offsets the pages' times have, in the language of the site.
pub(super) fn zone(looks: &[Look], language: Option<&str>) -> Option<&'static str> {
    const ZONES: [(&str, i32, i32, &str); 22] = [
        ("id", 7, 7, "Asia/Jakarta"),
        ("de", 1, 2, "Europe/Berlin"),
        ("fr", 1, 2, "Europe/Paris"),
        ("es", 1, 2, "Europe/Madrid"),
        ("it", 1, 2, "Europe/Rome"),
        ("nl", 1, 2, "Europe/Amsterdam"),
        ("pl", 1, 2, "Europe/Warsaw"),
        ("da", 1, 2, "Europe/Copenhagen"),
        ("sv", 1, 2, "Europe/Stockholm"),
        ("nb", 1, 2, "Europe/Oslo"),
        ("no", 1, 2, "Europe/Oslo"),
        ("cs", 1, 2, "Europe/Prague"),
        ("en", -5, -4, "America/New_York"),
        ("en", 5, 5, "Asia/Kolkata"),
        ("tr", 3, 3, "Europe/Istanbul"),
        ("uk", 2, 3, "Europe/Kyiv"),
        ("ja", 9, 9, "Asia/Tokyo"),
        ("ko", 9, 9, "Asia/Seoul"),
        ("zh", 8, 8, "Asia/Shanghai"),
        ("vi", 7, 7, "Asia/Ho_Chi_Minh"),
        ("ms", 8, 8, "Asia/Kuala_Lumpur"),
        ("fi", 2, 3, "Europe/Helsinki"),
    ];
    let times = looks.iter().flat_map(|look| look.article.published.iter().chain(&look.article.modified));
    let stated = times.filter(|when| when.zone_from == crate::model::ZoneFrom::Stated);
    let offsets: BTreeSet<i32> = stated.map(|when| when.offset_seconds / 3600).collect();
    let tag = language?.split(['-', '_']).next()?.to_ascii_lowercase();
    let fits = |(language, winter, summer, _): &&(&str, i32, i32, &str)| {
        *language == tag
            && !offsets.is_empty()
            && offsets.iter().all(|offset| offset == winter || offset == summer)
    };
    ZONES.iter().find(fits).map(|(.., zone)| *zone)
}

//! The tables `[site]`, `[crawl]`, `[discover]` and `[clean]` of a site file.

use jiff::tz::TimeZone;

use super::compile;
use super::file::ELSEWHERE;
use super::list::List;
use super::pattern::Pattern;
use super::{CrawlRules, zones};
use crate::config::toml_file::{Mistakes, Spanned, Table};
use crate::config::units;
use crate::dom::Selector;
use crate::model::PageUrl;

/// What `[site]` says.
pub(super) struct SiteTable {
    pub(super) name: Option<String>,
    pub(super) hosts: Vec<Spanned<String>>,
    pub(super) language: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) not_article: List<Selector>,
}

pub(super) fn site(root: &Table<'_>, stem: &str, preset: bool, mistakes: &mut Mistakes) -> SiteTable {
    let table = root.table("site", mistakes);
    let mut site =
        SiteTable { name: None, hosts: Vec::new(), language: None, timezone: None, not_article: List::Unset };
    let mut named = None;
    if let Some(table) = &table {
        table.only(&["name", "hosts", "language", "timezone", "not_article"], ELSEWHERE, mistakes);
        named = table.texts("hosts", mistakes);
        site.not_article = compile::list(table, "not_article", preset, mistakes, compile::selector);
        site.name = table.text("name", mistakes).map(|text| text.value);
        site.language = table.text("language", mistakes).and_then(|text| language(text, mistakes));
        site.timezone = table.text("timezone", mistakes).and_then(|text| timezone(text, mistakes));
    }
    let place = table.as_ref().map_or(0..0, |table| table.key_span("hosts"));
    match named {
        Some(hosts) if stem.starts_with('_') => {
            let place = hosts.first().map_or(place, |host| host.span.clone());
            mistakes.add(place, "a preset has no hosts", "name them in a site file that extends it");
        }
        Some(hosts) => site.hosts = hosts.into_iter().filter_map(|text| host(text, mistakes)).collect(),
        None if stem.starts_with('_') || table.as_ref().is_some_and(|table| table.has("hosts")) => {}
        // A file that is named after its host need not repeat it.
        None if stem.contains('.') => {
            site.hosts.extend(host(Spanned { value: stem.to_owned(), span: place }, mistakes));
        }
        None => {
            let help = "add `hosts = [\"kabar.example\"]` under [site], or name the file after its host";
            mistakes.add(place, "the file does not say which hosts it is for", help);
        }
    }
    site
}

/// A host as addresses have it: lower case, punycode, no `www.`; a port only where it is not 80 or
/// 443.
fn host(text: Spanned<String>, mistakes: &mut Mistakes) -> Option<Spanned<String>> {
    let written = text.value.trim();
    let bare =
        written.split_once("://").map_or(written, |(_, rest)| rest).split('/').next().unwrap_or_default();
    match PageUrl::parse(&format!("https://{bare}/")) {
        Ok(url) if bare == written => {
            Some(Spanned { value: super::catalog::host_and_port(&url), span: text.span })
        }
        _ => {
            let help = if bare.contains('.') && bare != written {
                format!("write `{bare}`, without `https://` and path")
            } else {
                "a host looks like `www.kabar.example`".to_owned()
            };
            mistakes.add(text.span, format!("`{written}` is not a host"), help);
            None
        }
    }
}

fn language(text: Spanned<String>, mistakes: &mut Mistakes) -> Option<String> {
    let tag = text.value.trim();
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let sound = matches!(first.len(), 2 | 3)
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if sound {
        return Some(tag.to_owned());
    }
    let help = if tag.contains('_') {
        format!("write `{}`", tag.replace('_', "-"))
    } else {
        "write the tag, e.g. `id`, `en` or `pt-BR`".to_owned()
    };
    mistakes.add(text.span, format!("`{tag}` is not a language tag"), help);
    None
}

fn timezone(text: Spanned<String>, mistakes: &mut Mistakes) -> Option<String> {
    // The name must be the one of the database: `asia/jakarta` would be found, too.
    if TimeZone::get(&text.value).is_ok_and(|zone| zone.iana_name() == Some(text.value.as_str())) {
        return Some(text.value);
    }
    mistakes.add(
        text.span,
        format!("the time zone `{}` is not known", text.value),
        zones::meant(&text.value),
    );
    None
}

/// What `[crawl]` says.
pub(super) fn crawl(root: &Table<'_>, mistakes: &mut Mistakes) -> CrawlRules {
    let Some(table) = root.table("crawl", mistakes) else { return CrawlRules::default() };
    table.only(&["delay", "max_pages"], ELSEWHERE, mistakes);
    let delay = table.text("delay", mistakes).and_then(|text| {
        units::duration(&text.value)
            .map_err(|message| mistakes.add(text.span, format!("`delay`: {message}"), ""))
            .ok()
    });
    let max_pages = table.count("max_pages", mistakes);
    if let Some(zero) = max_pages.as_ref().filter(|count| count.value == 0) {
        let help = "to leave a site out, set `enabled = false` for it in config.toml";
        mistakes.add(zero.span.clone(), "`max_pages` must be at least 1", help);
    }
    CrawlRules { delay, max_pages: max_pages.map(|count| count.value) }
}

/// What `[discover]` says.
pub(super) struct DiscoverTable {
    pub(super) feeds: List<String>,
    pub(super) sitemaps: List<String>,
    pub(super) sections: List<String>,
    pub(super) apis: List<String>,
    pub(super) articles: List<Pattern>,
    pub(super) ignore: List<Pattern>,
    pub(super) pages: List<Selector>,
}

pub(super) fn discover(root: &Table<'_>, preset: bool, mistakes: &mut Mistakes) -> DiscoverTable {
    let Some(table) = root.table("discover", mistakes) else {
        let (feeds, sitemaps, sections, apis) = (List::Unset, List::Unset, List::Unset, List::Unset);
        let (articles, ignore, pages) = (List::Unset, List::Unset, List::Unset);
        return DiscoverTable { feeds, sitemaps, sections, apis, articles, ignore, pages };
    };
    table.only(
        &["feeds", "sitemaps", "sections", "apis", "articles", "ignore", "pages"],
        ELSEWHERE,
        mistakes,
    );
    DiscoverTable {
        feeds: compile::list(&table, "feeds", preset, mistakes, address),
        sitemaps: compile::list(&table, "sitemaps", preset, mistakes, address),
        sections: compile::list(&table, "sections", preset, mistakes, address),
        apis: compile::list(&table, "apis", preset, mistakes, address),
        articles: compile::list(&table, "articles", preset, mistakes, path_pattern),
        ignore: compile::list(&table, "ignore", preset, mistakes, path_pattern),
        pages: compile::list(&table, "pages", preset, mistakes, compile::selector),
    }
}

fn address(text: &Spanned<String>, mistakes: &mut Mistakes) -> Option<String> {
    if text.value.starts_with('/') || PageUrl::parse(&text.value).is_ok() {
        return Some(text.value.clone());
    }
    let help = format!("write a path such as `/{}`, or the whole address", text.value);
    mistakes.add(text.span.clone(), format!("`{}` is neither a path nor an address", text.value), help);
    None
}

/// A pattern over path and query.
fn path_pattern(text: &Spanned<String>, mistakes: &mut Mistakes) -> Option<Pattern> {
    if ["http:", "https:", "https?:", "^http:", "^https:", "^https?:"]
        .iter()
        .any(|s| text.value.starts_with(s))
    {
        let help = "begin with the path, e.g. '^/\\d{4}/'";
        mistakes.add(text.span.clone(), "patterns of addresses look at path and query only", help);
        return None;
    }
    compile::regex(text, mistakes)
}

/// What `[clean]` says.
pub(super) struct CleanTable {
    pub(super) remove: List<Selector>,
    pub(super) drop_paragraph: List<Pattern>,
    pub(super) drop_link_paragraphs: Option<bool>,
    pub(super) strip_tail: List<Pattern>,
}

pub(super) fn clean(root: &Table<'_>, preset: bool, mistakes: &mut Mistakes) -> CleanTable {
    let Some(table) = root.table("clean", mistakes) else {
        return CleanTable {
            remove: List::Unset,
            drop_paragraph: List::Unset,
            drop_link_paragraphs: None,
            strip_tail: List::Unset,
        };
    };
    table.only(&["remove", "drop_paragraph", "drop_link_paragraphs", "strip_tail"], ELSEWHERE, mistakes);
    CleanTable {
        remove: compile::list(&table, "remove", preset, mistakes, compile::selector),
        drop_paragraph: compile::list(&table, "drop_paragraph", preset, mistakes, compile::regex),
        drop_link_paragraphs: table.flag("drop_link_paragraphs", mistakes),
        strip_tail: compile::list(&table, "strip_tail", preset, mistakes, tail),
    }
}

/// A pattern that is cut off the end of a text; it is tied to the end, whether it says so or not.
fn tail(text: &Spanned<String>, mistakes: &mut Mistakes) -> Option<Pattern> {
    let pattern = compile::regex(text, mistakes)?;
    if pattern.as_str().ends_with('$') && !pattern.as_str().ends_with("\\$") {
        return Some(pattern);
    }
    Pattern::parse(&format!("(?:{})$", pattern.as_str())).ok()
}

//! Reads `config.toml`: strict, with all mistakes at once.

use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use super::toml_file::{Mistakes, Spanned, Table, Tree};
use super::values::{at_least_one, duration, positive, size};
use super::{Config, ConfigErrors, Crawl, Poll, Recheck, SiteEntry, Step};
use crate::model::PageUrl;

/// Where a key belongs that stands in the wrong table.
const ELSEWHERE: &[(&str, &str)] = &[
    ("contact", "[crawl]"),
    ("delay", "[crawl] or [sites.ID]"),
    ("max_crawl_delay", "[crawl]"),
    ("connect_timeout", "[crawl]"),
    ("timeout", "[crawl]"),
    ("max_body", "[crawl]"),
    ("max_pages", "[crawl] or [sites.ID]"),
    ("concurrency", "[crawl]"),
    ("max_in_flight", "[crawl]"),
    ("allow_private", "[crawl]"),
    ("keep_pages", "[crawl]"),
    ("min", "[poll]"),
    ("max", "[poll]"),
    ("pages", "[poll]"),
    ("ladder", "[recheck]"),
    ("gone_after", "[recheck]"),
    ("max_per_run", "[recheck]"),
    ("archive", "the top of the file, before the first [table]"),
    ("selectors", "the top of the file, before the first [table]"),
    ("url", "[sites.ID]"),
    ("feeds", "[sites.ID]"),
    ("sitemaps", "[sites.ID]"),
    ("sections", "[sites.ID]"),
    ("apis", "[sites.ID]"),
    ("preset", "[sites.ID]"),
    ("enabled", "[sites.ID]"),
    ("remove", "[clean] of a site file in the folder `selectors`"),
    ("layout", "a site file in the folder `selectors`"),
];

impl Config {
    /// Reads a configuration. Without a path: `config.toml` in the current folder if it exists, else
    /// the defaults. Relative paths in the file count from the file's folder.
    ///
    /// # Errors
    /// [`ConfigErrors`] when the file cannot be read or has mistakes; all of them.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigErrors> {
        let file = path.unwrap_or(Path::new("config.toml"));
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) if path.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(source) => return Err(ConfigErrors::Unreadable { file: file.to_owned(), source }),
        };
        let text = super::utf8(&bytes, file).map_err(|mistake| invalid(file, vec![mistake]))?;
        Self::parse(text, file).map_err(|mistakes| invalid(file, mistakes))
    }

    /// Reads the text of a configuration file.
    ///
    /// # Errors
    /// All its mistakes.
    pub fn parse(text: &str, file: &Path) -> Result<Self, Vec<Diagnostic>> {
        let mut mistakes = Mistakes::new(file, text);
        let tree = Tree::parse(text, &mut mistakes);
        let config = read(&tree.root(), file, &mut mistakes);
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes.into_vec()) }
    }
}

fn invalid(file: &Path, mistakes: Vec<Diagnostic>) -> ConfigErrors {
    ConfigErrors::Invalid { file: file.to_owned(), mistakes }
}

fn read(root: &Table<'_>, file: &Path, mistakes: &mut Mistakes) -> Config {
    root.only(&["archive", "selectors", "crawl", "poll", "recheck", "sites"], ELSEWHERE, mistakes);
    let default = Config::default();
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut path = |key, default: PathBuf| match root.text(key, mistakes) {
        Some(path) if path.value.is_empty() => {
            mistakes.add(path.span, format!("`{key}` is empty"), "leave the line out to get the default");
            default
        }
        // A server's address is no path.
        Some(path) if path.value.contains("://") => PathBuf::from(path.value),
        Some(path) => folder.join(path.value),
        None => folder.join(default),
    };
    let archive = path("archive", default.archive);
    let selectors = path("selectors", default.selectors);
    Config {
        file: Some(file.to_owned()),
        archive,
        selectors,
        crawl: root.table("crawl", mistakes).map_or_else(Crawl::default, |table| crawl(&table, mistakes)),
        poll: root.table("poll", mistakes).map_or_else(Poll::default, |table| poll(&table, mistakes)),
        recheck: root
            .table("recheck", mistakes)
            .map_or_else(Recheck::default, |table| recheck(&table, mistakes)),
        sites: root.table("sites", mistakes).map_or_else(Vec::new, |table| sites(&table, mistakes)),
    }
}

fn crawl(table: &Table<'_>, mistakes: &mut Mistakes) -> Crawl {
    let keys = [
        "contact",
        "delay",
        "max_crawl_delay",
        "connect_timeout",
        "timeout",
        "lease",
        "max_body",
        "max_pages",
        "concurrency",
        "max_in_flight",
        "allow_private",
        "keep_pages",
    ];
    table.only(&keys, ELSEWHERE, mistakes);
    let default = Crawl::default();
    let crawl = Crawl {
        contact: table
            .text("contact", mistakes)
            .map(|text| text.value)
            .filter(|text| !text.trim().is_empty()),
        delay: duration(table, "delay", mistakes).unwrap_or(default.delay),
        max_crawl_delay: duration(table, "max_crawl_delay", mistakes).unwrap_or(default.max_crawl_delay),
        connect_timeout: positive(table, "connect_timeout", mistakes).unwrap_or(default.connect_timeout),
        timeout: positive(table, "timeout", mistakes).unwrap_or(default.timeout),
        lease: positive(table, "lease", mistakes).unwrap_or(default.lease),
        max_body: size(table, "max_body", mistakes).unwrap_or(default.max_body),
        max_pages: at_least_one(table, "max_pages", mistakes).unwrap_or(default.max_pages),
        concurrency: at_least_one(table, "concurrency", mistakes).unwrap_or(default.concurrency),
        max_in_flight: size(table, "max_in_flight", mistakes).unwrap_or(default.max_in_flight),
        allow_private: table.flag("allow_private", mistakes).unwrap_or(default.allow_private),
        keep_pages: table.flag("keep_pages", mistakes).unwrap_or(default.keep_pages),
    };
    if crawl.max_in_flight < crawl.max_body {
        let key = if table.has("max_in_flight") { "max_in_flight" } else { "max_body" };
        mistakes.add(
            table.key_span(key),
            "`max_in_flight` is smaller than `max_body`, so that a page of full size could never be read",
            "make `max_in_flight` at least as large as `max_body`",
        );
    }
    crawl
}

fn poll(table: &Table<'_>, mistakes: &mut Mistakes) -> Poll {
    table.only(&["min", "max", "pages"], ELSEWHERE, mistakes);
    let default = Poll::default();
    let poll = Poll {
        min: duration(table, "min", mistakes).unwrap_or(default.min),
        max: duration(table, "max", mistakes).unwrap_or(default.max),
        pages: at_least_one(table, "pages", mistakes).unwrap_or(default.pages),
        learning: default.learning,
    };
    if poll.max < poll.min {
        let key = if table.has("max") { "max" } else { "min" };
        mistakes.add(
            table.key_span(key),
            "`max` is shorter than `min`",
            "make `max` at least as long as `min`",
        );
    }
    poll
}

fn recheck(table: &Table<'_>, mistakes: &mut Mistakes) -> Recheck {
    table.only(&["ladder", "gone_after", "max_per_run"], ELSEWHERE, mistakes);
    let default = Recheck::default();
    Recheck {
        ladder: if table.has("ladder") { ladder(table, mistakes) } else { default.ladder },
        gone_after: duration(table, "gone_after", mistakes).unwrap_or(default.gone_after),
        max_per_run: table.count("max_per_run", mistakes).map_or(default.max_per_run, |count| count.value),
    }
}

fn ladder(table: &Table<'_>, mistakes: &mut Mistakes) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for step in table.tables("ladder", mistakes) {
        step.only(&["age", "every"], &[], mistakes);
        for key in ["age", "every"] {
            if !step.has(key) {
                let help = "a step looks like `{ age = \"6h\", every = \"30m\" }`";
                mistakes.add(step.span.clone(), format!("this step has no `{key}`"), help);
            }
        }
        let age = positive(&step, "age", mistakes).unwrap_or_default();
        let every = duration(&step, "every", mistakes).unwrap_or_default();
        if !age.is_zero() && steps.last().is_some_and(|before| before.age >= age) {
            mistakes.add(
                step.key_span("age"),
                "this step is not older than the one before it, so it is never used",
                "put the steps in order, youngest first",
            );
        }
        steps.push(Step { age, every });
    }
    steps
}

fn sites(table: &Table<'_>, mistakes: &mut Mistakes) -> Vec<SiteEntry> {
    let mut sites: Vec<SiteEntry> = Vec::new();
    for key in table.keys() {
        if let Err(message) = super::append::check_id(key.value) {
            mistakes.add(key.span.clone(), message, "use letters, digits, `-`, `_` and `.`");
        }
        let Some(entry) = table.table(key.value, mistakes) else { continue };
        if let Some(site) = site(key.value, &key.span, &entry, mistakes) {
            if let Some(twin) = sites.iter().find(|other| other.url.key() == site.url.key()) {
                let message = format!("the sites `{}` and `{}` have the same address", twin.id, site.id);
                mistakes.add(entry.key_span("url"), message, "keep one of them");
            }
            sites.push(site);
        }
    }
    sites
}

fn site(
    id: &str,
    name: &std::ops::Range<usize>,
    table: &Table<'_>,
    mistakes: &mut Mistakes,
) -> Option<SiteEntry> {
    let keys = ["url", "preset", "feeds", "sitemaps", "sections", "apis", "delay", "max_pages", "enabled"];
    table.only(&keys, ELSEWHERE, mistakes);
    let mut list = |key| {
        let texts = table.texts(key, mistakes).unwrap_or_default();
        texts.into_iter().filter_map(|text| address(key, text, mistakes)).collect()
    };
    let (feeds, sitemaps) = (list("feeds"), list("sitemaps"));
    let (sections, apis) = (list("sections"), list("apis"));
    let delay = duration(table, "delay", mistakes);
    let max_pages = at_least_one(table, "max_pages", mistakes);
    let preset = table.text("preset", mistakes).map(|text| text.value);
    let enabled = table.flag("enabled", mistakes).unwrap_or(true);
    if !table.has("url") {
        let help = "add its front page: `url = \"https://…/\"`";
        mistakes.add(name.clone(), format!("the site `{id}` has no `url`"), help);
    }
    let url = table.text("url", mistakes)?;
    match PageUrl::parse(&url.value) {
        Ok(url) => {
            let id = id.to_owned();
            Some(SiteEntry { id, url, preset, feeds, sitemaps, sections, apis, delay, max_pages, enabled })
        }
        Err(error) => {
            let help = "write the whole address, e.g. `https://kabar.example/`";
            mistakes.add(url.span, error.to_string(), help);
            None
        }
    }
}

/// An absolute address or a path.
fn address(key: &str, text: Spanned<String>, mistakes: &mut Mistakes) -> Option<String> {
    if text.value.starts_with('/') || PageUrl::parse(&text.value).is_ok() {
        return Some(text.value);
    }
    let help = format!("write a path such as `/{0}` or the whole address `https://…/{0}`", text.value);
    mistakes.add(text.span, format!("`{key}` wants addresses or paths"), help);
    None
}

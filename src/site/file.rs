//! One site file, read and compiled, before its preset is put in.

use std::path::{Path, PathBuf};

use super::list::List;
use super::pattern::Pattern;
use super::{CrawlRules, Layout, Site, SiteTest};
use super::{layout_table, tables, test_table};
use crate::config::diagnostic::Diagnostic;
use crate::config::toml_file::{Mistakes, Spanned, Table, Tree};
use crate::dom::Selector;
use crate::model::sha256;

/// The version of the format that this code reads.
const SCHEMA: usize = 1;

/// Where a key belongs that stands in the wrong table.
pub(super) const ELSEWHERE: &[(&str, &str)] = &[
    ("schema", "the top of the file, before the first [table]"),
    ("extends", "the top of the file, before the first [table]"),
    ("name", "[site]"),
    ("hosts", "[site]"),
    ("host", "[site], as `hosts`"),
    ("language", "[site], or as a field [layout.language]"),
    ("timezone", "[site]"),
    ("not_article", "[site]"),
    ("delay", "[crawl]"),
    ("max_pages", "[crawl]"),
    ("feeds", "[discover]"),
    ("sitemaps", "[discover]"),
    ("sections", "[discover]"),
    ("apis", "[discover]"),
    ("articles", "[discover]"),
    ("ignore", "[discover]"),
    ("pages", "[discover]"),
    ("remove", "[clean]"),
    ("drop_paragraph", "[clean]"),
    ("drop_link_paragraphs", "[clean]"),
    ("strip_tail", "[clean]"),
    ("when", "[[layout]]"),
    ("from", "[[layout]]"),
    ("until", "[[layout]]"),
    ("select", "a field such as [layout.title]"),
    ("required", "a field such as [layout.title]"),
    ("formats", "[layout.published] or [layout.modified]"),
    ("min_chars", "a field such as [layout.body]"),
    ("pattern", "a field such as [layout.dateline]"),
    ("title", "[layout.title], after a [[layout]]"),
    ("body", "[layout.body], after a [[layout]]"),
    ("author", "[layout.author], after a [[layout]]"),
    ("published", "[layout.published], after a [[layout]]"),
    ("dateline", "[layout.dateline], after a [[layout]]"),
    ("comment_form", "[layout.comment_form], after a [[layout]]"),
    ("fixture", "[[test]]"),
    ("url", "[[test]], or [sites.ID] of config.toml"),
];

/// A site file as it stands.
#[derive(Debug)]
pub(super) struct SiteFile {
    pub(super) id: String,
    pub(super) is_preset: bool,
    pub(super) path: Option<PathBuf>,
    pub(super) text: String,
    pub(super) extends: Option<Spanned<String>>,
    pub(super) name: Option<String>,
    pub(super) hosts: Vec<Spanned<String>>,
    pub(super) language: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) not_article: List<Selector>,
    pub(super) layouts: Vec<Layout>,
    pub(super) remove: List<Selector>,
    pub(super) drop_paragraph: List<Pattern>,
    pub(super) drop_link_paragraphs: Option<bool>,
    pub(super) strip_tail: List<Pattern>,
    pub(super) feeds: List<String>,
    pub(super) sitemaps: List<String>,
    pub(super) sections: List<String>,
    pub(super) apis: List<String>,
    pub(super) articles: List<Pattern>,
    pub(super) ignore: List<Pattern>,
    pub(super) pages: List<Selector>,
    pub(super) crawl: CrawlRules,
    pub(super) tests: Vec<SiteTest>,
}

impl SiteFile {
    /// Reads the text of a site file, as far as it makes sense, and its mistakes. Its identifier is
    /// the file's name without `.toml`; a leading `_` makes it a preset. What is built in has no path.
    pub(super) fn read(path: &Path, text: &str, built_in: bool) -> (Self, Vec<Diagnostic>) {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let mut mistakes = Mistakes::new(path, text);
        let tree = Tree::parse(text, &mut mistakes);
        let path = (!built_in).then(|| path.to_owned());
        let file = read(&tree.root(), &stem, text, path, &mut mistakes);
        (file, mistakes.into_vec())
    }

    /// The site, with its preset put in: single values of the site win, a list of the site stands
    /// for the preset's, layouts of the site come first.
    pub(super) fn into_site(self, preset: Option<&Site>) -> Site {
        let text = format!("{}{}", self.text, preset.map(|p| p.sha256.to_string()).unwrap_or_default());
        let base = preset.cloned().unwrap_or_else(Site::empty);
        let mut layouts = self.layouts;
        layouts.extend(base.layouts);
        Site {
            id: self.id,
            extends: self.extends.map(|extends| extends.value),
            name: self.name.or(base.name),
            hosts: self.hosts.into_iter().map(|host| host.value).collect(),
            language: self.language.or(base.language),
            timezone: self.timezone.or(base.timezone),
            not_article: self.not_article.over(base.not_article),
            layouts,
            clean: super::CleanRules {
                remove: self.remove.over(base.clean.remove),
                drop_paragraph: self.drop_paragraph.over(base.clean.drop_paragraph),
                drop_link_paragraphs: self.drop_link_paragraphs.unwrap_or(base.clean.drop_link_paragraphs),
                strip_tail: self.strip_tail.over(base.clean.strip_tail),
            },
            discover: super::DiscoverRules {
                feeds: self.feeds.over(base.discover.feeds),
                sitemaps: self.sitemaps.over(base.discover.sitemaps),
                sections: self.sections.over(base.discover.sections),
                apis: self.apis.over(base.discover.apis),
                articles: self.articles.over(base.discover.articles),
                ignore: self.ignore.over(base.discover.ignore),
                pages: self.pages.over(base.discover.pages),
            },
            crawl: CrawlRules {
                delay: self.crawl.delay.or(base.crawl.delay),
                max_pages: self.crawl.max_pages.or(base.crawl.max_pages),
            },
            tests: self.tests,
            file: self.path,
            sha256: sha256(text.as_bytes()),
        }
    }
}

fn read(
    root: &Table<'_>,
    stem: &str,
    text: &str,
    path: Option<PathBuf>,
    mistakes: &mut Mistakes,
) -> SiteFile {
    let known = ["schema", "extends", "site", "crawl", "discover", "layout", "clean", "test"];
    root.only(&known, ELSEWHERE, mistakes);
    schema(root, mistakes);
    let is_preset = stem.starts_with('_');
    let extends = root.text("extends", mistakes);
    if let (true, Some(extends)) = (is_preset, &extends) {
        mistakes.add(extends.span.clone(), "a preset cannot extend another", "copy what you need from it");
    }
    // `"..."` in a list stands for the preset's members.
    let preset = extends.is_some();
    let (site, crawl) = (tables::site(root, stem, preset, mistakes), tables::crawl(root, mistakes));
    let (clean, discover) = (tables::clean(root, preset, mistakes), tables::discover(root, preset, mistakes));
    SiteFile {
        id: stem.trim_start_matches('_').to_owned(),
        is_preset,
        path,
        text: text.to_owned(),
        extends,
        name: site.name,
        hosts: site.hosts,
        language: site.language,
        timezone: site.timezone,
        not_article: site.not_article,
        layouts: layout_table::read(root, mistakes),
        remove: clean.remove,
        drop_paragraph: clean.drop_paragraph,
        drop_link_paragraphs: clean.drop_link_paragraphs,
        strip_tail: clean.strip_tail,
        feeds: discover.feeds,
        sitemaps: discover.sitemaps,
        sections: discover.sections,
        apis: discover.apis,
        articles: discover.articles,
        ignore: discover.ignore,
        pages: discover.pages,
        crawl,
        tests: test_table::read(root, mistakes),
    }
}

fn schema(root: &Table<'_>, mistakes: &mut Mistakes) {
    if !root.has("schema") {
        let message = "the file does not say which version of the format it is written in";
        mistakes.add(0..0, message, format!("put `schema = {SCHEMA}` into the first line"));
    } else if let Some(found) = root.count("schema", mistakes)
        && found.value != SCHEMA
    {
        let message = format!("format version {} is not known", found.value);
        mistakes.add(found.span, message, format!("this kliping reads version {SCHEMA}"));
    }
}

//! A site's rules as a site file: what holds after the preset was put in.

use std::fmt::Write as _;

use super::pattern::Pattern;
use super::{FieldRule, Layout, Site, Source};
use crate::config::toml_text;
use crate::config::units::show_duration;
use crate::model::FieldName;

impl Site {
    /// The rules in the format of site files, without `extends`: what the preset gave stands in its
    /// place. Reading the text again gives the same rules.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::from("schema = 1\n");
        let mut site = Table::new("[site]");
        site.text("name", self.name.as_deref());
        site.list("hosts", self.hosts.iter().map(String::as_str));
        site.text("language", self.language.as_deref());
        site.text("timezone", self.timezone.as_deref());
        site.list("not_article", self.not_article.iter().map(crate::dom::Selector::as_str));
        site.write(&mut out);
        let mut crawl = Table::new("[crawl]");
        crawl.text("delay", self.crawl.delay.map(show_duration).as_deref());
        crawl.plain("max_pages", self.crawl.max_pages);
        crawl.write(&mut out);
        let mut discover = Table::new("[discover]");
        discover.list("feeds", self.discover.feeds.iter().map(String::as_str));
        discover.list("sitemaps", self.discover.sitemaps.iter().map(String::as_str));
        discover.list("sections", self.discover.sections.iter().map(String::as_str));
        discover.list("apis", self.discover.apis.iter().map(String::as_str));
        discover.list("articles", self.discover.articles.iter().map(Pattern::as_str));
        discover.list("ignore", self.discover.ignore.iter().map(Pattern::as_str));
        discover.list("pages", self.discover.pages.iter().map(crate::dom::Selector::as_str));
        discover.write(&mut out);
        for layout in &self.layouts {
            write_layout(layout, &mut out);
        }
        let mut clean = Table::new("[clean]");
        clean.list("remove", self.clean.remove.iter().map(crate::dom::Selector::as_str));
        clean.list("drop_paragraph", self.clean.drop_paragraph.iter().map(Pattern::as_str));
        clean.plain("drop_link_paragraphs", self.clean.drop_link_paragraphs.then_some(true));
        clean.list("strip_tail", self.clean.strip_tail.iter().map(Pattern::as_str));
        clean.write(&mut out);
        out
    }
}

fn write_layout(layout: &Layout, out: &mut String) {
    let mut table = Table::new("[[layout]]");
    table.text("id", Some(&layout.id));
    table.text("when", layout.when.as_ref().map(crate::dom::Selector::as_str));
    table.plain("from", layout.from);
    table.plain("until", layout.until);
    table.write(out);
    for name in FieldName::ALL {
        if let Some(rule) = layout.field(name) {
            write_field(name, rule, out);
        }
    }
}

fn write_field(name: FieldName, rule: &FieldRule, out: &mut String) {
    let mut table = Table::new(&format!("[layout.{name}]"));
    table.plain("required", rule.required.then_some(true));
    let sources = rule.select.iter().map(Source::to_toml);
    table.items("select", sources.collect());
    table.list("formats", rule.formats.iter().map(String::as_str));
    table.text("pattern", rule.pattern.as_ref().map(Pattern::as_str));
    table.plain("min_chars", rule.min_chars);
    table.list("text", rule.text.iter().map(String::as_str));
    table.write(out);
}

impl Source {
    /// As a site file writes it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        match self {
            Self::Css(query) => toml_text(&query.to_string()),
            Self::Meta(name) => format!("{{ meta = {} }}", toml_text(name)),
            Self::JsonLd(path) => format!("{{ jsonld = {} }}", toml_text(path)),
            Self::Script(path) => format!("{{ script = {} }}", toml_text(path)),
            Self::Value(value) => format!("{{ value = {} }}", toml_text(value)),
        }
    }
}

/// A table that is left out when it holds nothing.
struct Table {
    head: String,
    lines: String,
}

impl Table {
    fn new(head: &str) -> Self {
        Self { head: head.to_owned(), lines: String::new() }
    }

    fn plain(&mut self, key: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            let _ = writeln!(self.lines, "{key} = {value}");
        }
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        self.plain(key, value.map(toml_text));
    }

    fn list<'t>(&mut self, key: &str, values: impl Iterator<Item = &'t str>) {
        self.items(key, values.map(toml_text).collect());
    }

    fn items(&mut self, key: &str, items: Vec<String>) {
        match items.as_slice() {
            [] => {}
            [one] => self.plain(key, Some(format!("[{one}]"))),
            many => {
                let lines: String = many.iter().map(|item| format!("  {item},\n")).collect();
                self.plain(key, Some(format!("[\n{lines}]")));
            }
        }
    }

    fn write(self, out: &mut String) {
        if !self.lines.is_empty() {
            let _ = write!(out, "\n{}\n{}", self.head, self.lines);
        }
    }
}

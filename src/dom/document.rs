//! A parsed page.

use std::cell::OnceCell;
use std::fmt;

use super::head::{Head, Link};
use super::tree::Tree;
use super::{JsonLd, Key, Node, Parser, Query, Selector, script_data};

/// A page, parsed once. It is not `Send`: it is built, asked and dropped in one synchronous call.
pub struct Document {
    tree: Tree,
    head: OnceCell<Head>,
    json_ld: OnceCell<JsonLd>,
}

impl Document {
    /// Parses a page by the HTML standard's rules, which accept any text. What lies beyond any real
    /// page is left out first, because parsing it takes quadratic time or hundreds of megabytes:
    /// nesting deeper than 512 elements, more than 256 attributes on a tag, more than 32 unclosed
    /// formatting elements, more than 250,000 nodes. The text inside stays. Of drawings an empty `<svg>` is
    /// left.
    #[must_use]
    pub fn parse(html: &str) -> Self {
        Self::parse_by(Parser::chosen(), html)
    }

    /// The same by a certain parser.
    #[must_use]
    pub fn parse_by(parser: Parser, html: &str) -> Self {
        Self { tree: parser.tree(html), head: OnceCell::new(), json_ld: OnceCell::new() }
    }

    /// The `<html>` element.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node::root(&self.tree)
    }

    /// The elements that a selector matches, in document order; never inside `<template>`.
    pub fn select<'d, 's>(&'d self, selector: &'s Selector) -> impl Iterator<Item = Node<'d>> + use<'d, 's> {
        let root = self.root();
        let itself = root.matches(selector).then_some(root);
        itself.into_iter().chain(root.select(selector))
    }

    /// Whether a selector may match anything here; false is certain.
    #[must_use]
    pub fn may_hold(&self, selector: &Selector) -> bool {
        self.keys(selector).next().is_some()
    }

    /// What those parts of a selector want of an element that may match anything here.
    pub fn keys<'d, 's>(&'d self, selector: &'s Selector) -> impl Iterator<Item = &'s Key> + use<'d, 's> {
        selector.held(&self.tree).map(|part| &part.key)
    }

    /// The first element that a selector matches.
    #[must_use]
    pub fn first(&self, selector: &Selector) -> Option<Node<'_>> {
        self.select(selector).next()
    }

    /// All values that a query finds, in document order, without the empty ones.
    #[must_use]
    pub fn query_all(&self, query: &Query) -> Vec<String> {
        self.select(&query.selector).filter_map(|node| node.take(&query.take)).collect()
    }

    /// The first content of `<meta name=…>`, `<meta property=…>`, `<meta itemprop=…>` or
    /// `<meta http-equiv=…>` that is not empty. Case does not count in the name.
    #[must_use]
    pub fn meta(&self, name: &str) -> Option<&str> {
        self.head().metas(name).next()
    }

    /// All such contents, in document order.
    #[must_use]
    pub fn metas(&self, name: &str) -> Vec<&str> {
        self.head().metas(name).collect()
    }

    /// The `<link>` elements with a relation, e.g. `canonical`, `alternate`.
    #[must_use]
    pub fn link(&self, rel: &str) -> Vec<&Link> {
        self.head().links(rel).collect()
    }

    /// The address that relative links start from, when the page names one (`<base href>`).
    #[must_use]
    pub fn base_href(&self) -> Option<&str> {
        self.head().base.as_deref()
    }

    /// The language that the page claims: `<html lang>`, else `content-language`.
    #[must_use]
    pub fn lang(&self) -> Option<&str> {
        let root = self.root();
        [root.attr("lang"), root.attr("xml:lang"), self.meta("content-language")]
            .into_iter()
            .flatten()
            .map(str::trim)
            .find(|lang| !lang.is_empty())
    }

    /// The text of the first `<title>` outside of pictures.
    #[must_use]
    pub fn title_tag(&self) -> Option<&str> {
        self.head().title.as_deref()
    }

    /// The page's JSON-LD; read once, however broken.
    #[must_use]
    pub fn json_ld(&self) -> &JsonLd {
        self.json_ld.get_or_init(|| JsonLd::read(&self.head().json_ld))
    }

    /// The texts at paths of keys (`detail.subtitle, detail.text`) in the JSON that the page's scripts
    /// carry; a path may start at any depth. Of each, those of the first script that has any.
    #[must_use]
    pub fn script_data(&self, paths: &str) -> Vec<String> {
        script_data::get(self.root(), paths)
    }

    /// Whether two pages were made into the same tree, node by node.
    #[must_use]
    pub fn is_same_tree(&self, other: &Self) -> bool {
        self.tree.is_same(&other.tree)
    }

    fn head(&self) -> &Head {
        self.head.get_or_init(|| Head::read(self.root()))
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} nodes)", self.tree.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_built_to_hurt_is_parsed_into_a_shallow_tree() {
        let nested = "<div>".repeat(30_000);
        let mixed = "<table><tr><td><div><b>".repeat(5_000);
        let fonts: String = (0..5_000).map(|i| format!("<p><font size={i}>x")).collect();
        let attributes = format!("<p{}>", (0..60_000).map(|i| format!(" a{i}=1")).collect::<String>());
        let lists = "<ul><li>".repeat(10_000);
        let svg = "<svg><g>".repeat(20_000);
        let custom = "<x-y>".repeat(30_000);
        let names: String = (0..60_000).map(|i| format!("<x{i}></x{i}>")).collect();
        let bodies: String = (0..60_000).map(|i| format!("<body b{i}=1><p c=1>")).collect();
        for html in [nested, mixed, fonts, attributes, lists, svg, custom, names, bodies] {
            let doc = Document::parse(&html);
            let _ = doc.root().text();
            assert!(doc.root().elements().all(|node| node.ancestors().count() < 800));
        }
    }

    #[test]
    fn what_the_head_says_is_found() {
        let doc = Document::parse(
            "<html lang=' id '><head><title> Judul\n - Kabar </title><base href='/x/'>
             <meta property='og:Title' content=''><meta name=OG:title content=' A '><meta property=og:title content=B>
             <link rel='alternate nofollow' type=application/rss+xml href=/feed/ title=Umpan><link rel=canonical href=/a>
             <svg><title>ikon</title></svg>",
        );
        assert_eq!(doc.title_tag(), Some("Judul - Kabar"));
        assert_eq!((doc.lang(), doc.base_href()), (Some("id"), Some("/x/")));
        assert_eq!((doc.meta("og:title"), doc.metas("og:title")), (Some("A"), vec!["A", "B"]));
        let feed = doc.link("Alternate")[0];
        assert_eq!((feed.href.as_str(), feed.media_type.as_deref()), ("/feed/", Some("application/rss+xml")));
        assert_eq!(feed.title.as_deref(), Some("Umpan"));
        assert_eq!(doc.link("canonical")[0].href, "/a");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_page(html in "(<|</|<!--|-->|>|div|table|td|template|svg|b|li|script|[ a='\"/é]|\\PC){0,60}") {
            let doc = Document::parse(&html);
            let _ = (doc.root().text(), doc.title_tag(), doc.lang(), doc.json_ld().get("headline"));
        }
    }
}

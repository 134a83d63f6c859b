//! What a site file may say.

mod built_in;
mod mistakes;

use std::path::{Path, PathBuf};

use mistakes::file;

use super::*;
use crate::config::diagnostic::Diagnostic;
use crate::dom::Document;
use crate::model::{FieldName, PageUrl};

fn catalog(files: &[(&str, &str)]) -> Result<Catalog, Vec<Diagnostic>> {
    Catalog::of(files.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned())).collect())
}

const SITE: &str = r##"
schema  = 1
extends = "wordpress"

[site]
name  = "Contoh Kabar"
hosts = ["WWW.ContohKabar.example", "127.0.0.1:8081"]
language = "id"
timezone = "Asia/Jakarta"

[crawl]
delay = "5s"

[discover]
articles = ['^/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/$']
feeds = ["/rss", "..."]

[[layout]]
id    = "2024"
from  = 2024-03-01
when  = "div.td-post-content"

[layout.title]
required = true
select   = ["h1.tdb-title-text", { meta = "og:title" }, { jsonld = "headline" }]

[layout.dateline]
select  = [".td-post-content > p:first-of-type > strong:first-child"]
pattern = '^(?<place>[A-Z][A-Z .]+?)\s*[–—-]'

[layout.published]
select  = ["time.entry-date::attr(datetime)", ".tanggal"]
formats = ["%d %B %Y", "%d/%m/%Y %H:%M"]

[layout.body]
select    = [".td-post-content"]
min_chars = 200

[layout.comment_form]
select = ["#respond"]
text   = ["Tinggalkan Balasan"]

[clean]
remove = [".td-a-rec", "p:has(> strong > a[href*='baca-juga'])"]
drop_paragraph = ['^Baca [Jj]uga\s*:']
drop_link_paragraphs = true
strip_tail = ['\s*\([A-Z]-\d+\)$', '\(rr\)']

[[test]]
fixture     = "2024-06-02.html"
url         = "https://contohkabar.example/2024/06/02/harga-cabai-naik/"
layout      = "2024"
title       = "Harga Cabai Naik"
published   = 2024-06-02T08:15:00+07:00
dateline    = "BANDUNG"
body_ends   = "pekan depan."
absent      = ["Tinggalkan Balasan"]
"##;

#[test]
fn a_site_file_is_compiled_over_its_preset() {
    let catalog = catalog(&[("selectors/contohkabar.example.toml", SITE)]).unwrap();
    let site = catalog.for_host("contohkabar.example").unwrap();
    assert_eq!((site.id.as_str(), site.extends.as_deref()), ("contohkabar.example", Some("wordpress")));
    assert_eq!(site.layouts.iter().map(|l| l.id.as_str()).collect::<Vec<_>>(), ["2024", "core"]);
    let layout = &site.layouts[0];
    let title: Vec<String> =
        layout.field(FieldName::Title).unwrap().select.iter().map(ToString::to_string).collect();
    assert_eq!(title, ["h1.tdb-title-text", "meta og:title", "jsonld headline"]);
    assert_eq!(layout.from, Some(jiff::civil::date(2024, 3, 1)));
    assert_eq!(layout.comment_form.as_ref().unwrap().text, ["Tinggalkan Balasan"]);
    assert_eq!(site.discover.feeds, ["/rss", "/feed/"]);
    assert_eq!(site.discover.sitemaps.len(), 2);
    assert_eq!(site.clean.remove.len(), 2);
    assert!(site.clean.drop_link_paragraphs);
    assert_eq!(site.clean.strip_tail[1].replace("satu (rr) dua (rr)", "").as_ref(), "satu (rr) dua ");
    assert_eq!(site.crawl.delay, Some(std::time::Duration::from_secs(5)));
    assert_eq!(site.tests[0].published.as_deref(), Some("2024-06-02T08:15:00+07:00"));
    let accepts =
        |path: &str| site.discover.accepts(&PageUrl::parse(&format!("https://x.example{path}")).unwrap());
    assert!(accepts("/2024/06/02/a/") && !accepts("/2024/06/02/a/?replytocom=4") && !accepts("/tag/a/"));
}

#[test]
fn who_reads_a_page_is_told_by_host_then_preset() {
    let catalog = catalog(&[("selectors/x.toml", SITE)]).unwrap();
    for (url, preset, id) in [
        ("https://contohkabar.example/a", None, "x"),
        ("http://www.contohkabar.example/a", Some("wordpress"), "x"),
        ("http://127.0.0.1:8081/a", None, "x"),
        ("http://127.0.0.1:8082/a", None, "generic"),
        ("https://lain.example/a", Some("wordpress"), "wordpress"),
        ("https://lain.example/a", Some("none"), "generic"),
    ] {
        assert_eq!(catalog.resolve(&PageUrl::parse(url).unwrap(), preset).id, id, "{url} {preset:?}");
    }
}

#[test]
fn the_presets_are_sound_and_can_be_replaced() {
    let built_in = Catalog::of(Vec::new()).unwrap();
    assert!(["generic", "wordpress"].iter().all(|name| built_in.preset(name).is_some()));
    assert!(built_in.generic().layouts[0].body.is_none());
    let own = "schema = 1\n[[layout]]\nid = \"own\"\n[layout.title]\nselect = [\"h1\"]\n";
    let catalog = catalog(&[
        ("s/_wordpress.toml", own),
        ("s/_news.toml", own),
        ("s/a.example.toml", "schema=1\nextends=\"news\""),
    ]);
    let catalog = catalog.unwrap();
    assert_eq!(catalog.preset("wordpress").unwrap().layouts[0].id, "own");
    assert_eq!(catalog.for_host("www.a.example").unwrap().layouts[0].id, "own");
    // The hash covers the preset: another preset, another extractor.
    assert_ne!(
        catalog.site("a.example").unwrap().sha256,
        crate::model::sha256(b"schema=1\nextends=\"news\"")
    );
}

#[test]
fn a_missing_folder_is_as_good_as_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Catalog::load(&folder.path().join("none")).unwrap().sites().count(), 0);
    std::fs::write(folder.path().join("a.example.toml"), "schema = 1").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "x").unwrap();
    assert_eq!(Catalog::load(folder.path()).unwrap().sites().count(), 1);
    std::fs::write(folder.path().join("b.example.toml"), b"schema = 1 # \xff").unwrap();
    assert!(Catalog::load(folder.path()).unwrap_err()[0].message.contains("UTF-8"));
}

#[test]
fn a_source_finds_its_values() {
    let doc = Document::parse(
        "<meta property=og:title content=A><h1>B</h1><h1>C</h1><script type=application/ld+json>{\"headline\":\"D\"}</script>",
    );
    let text = file(
        "[[layout]]\nid='a'\n[layout.title]\nselect=['h1', { meta = 'og:title' }, { jsonld = 'headline' }]",
    );
    let site = catalog(&[("s/a.toml", &text)]).unwrap().site("a").unwrap();
    let values: Vec<_> =
        site.layouts[0].title.as_ref().unwrap().select.iter().map(|s| s.values(&doc)).collect();
    assert_eq!(values, [vec!["B", "C"], vec!["A"], vec!["D"]]);
}

#[test]
fn rules_written_as_a_file_are_read_as_the_same_rules() {
    let catalog = catalog(&[("s/x.toml", SITE)]).unwrap();
    for site in catalog.sites().chain(catalog.presets()) {
        let name = if site.hosts.is_empty() { "s/_again.toml" } else { "s/again.toml" };
        let again = Catalog::of(vec![(PathBuf::from(name), site.to_toml())]).unwrap();
        let again = again.site("again").or_else(|| again.preset("again")).unwrap();
        assert_eq!(again.to_toml(), site.to_toml());
        assert_eq!(again.layouts.len(), site.layouts.len());
    }
}

#[test]
fn a_catalog_may_be_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Catalog>();
}

proptest::proptest! {
    // Each case compiles the built-in presets.
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    #[test]
    fn any_text_is_read_or_explained(text in "(schema = 1\n|\\[+(site|layout|layout.title|test|clean|discover)\\]+\n|(hosts|select|remove|pattern|drop_paragraph|extends|id) = |\\[|\\]|'[a-z>:(]{0,6}'|\"|\n|\\PC){0,30}") {
        if let Err(mistakes) = catalog(&[("s/a.toml", &text)]) {
            for mistake in mistakes {
                let _ = (mistake.render(false), mistake.to_string());
            }
        }
    }
}

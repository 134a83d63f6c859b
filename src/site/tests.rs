//! What a site file may say, and what happens when it says something else.

use std::path::{Path, PathBuf};

use super::*;
use crate::config::diagnostic::Diagnostic;
use crate::dom::Document;
use crate::model::{FieldName, PageUrl};

fn catalog(files: &[(&str, &str)]) -> Result<Catalog, Vec<Diagnostic>> {
    Catalog::of(files.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned())).collect())
}

/// A whole file around the part that a test is about.
fn file(part: &str) -> String {
    format!("schema = 1\n[site]\nhosts = [\"kabar.example\"]\n{part}")
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
    let built_in = Catalog::built_in();
    assert_eq!(built_in.presets().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["generic", "wordpress"]);
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
fn each_mistake_has_its_place_and_a_remedy() {
    let layout = |part: &str| file(&format!("[[layout]]\nid = \"a\"\n{part}"));
    let title = |part: &str| layout(&format!("[layout.title]\n{part}"));
    for (text, line, column, message, help) in [
        ("[site]\nhosts = ['a.example']".to_owned(), 1, 1, "which version", "`schema = 1`"),
        (
            "schema = 2\n[site]\nhosts = ['a.example']".to_owned(),
            1,
            10,
            "version 2 is not known",
            "version 1",
        ),
        ("schema = 1".to_owned(), 1, 1, "which hosts", "`hosts = ["),
        (file("[layot]"), 4, 2, "`layot` is not known", "did you mean `layout`?"),
        (file("[clean]\nremvoe = []"), 5, 1, "`remvoe` is not known under [clean]", "did you mean `remove`?"),
        (file("[clean]\ndelay = '2s'"), 5, 1, "`delay` is not known", "belongs under [crawl]"),
        (file("[clean]\nremove = [\"div.a >\"]"), 5, 18, "nothing stands after `>`", "direct child"),
        (file("[clean]\nremove = ['//div']"), 5, 12, "this is XPath", "write `div`"),
        (
            file("[clean]\nremove = ['h1', \"p:contains('x')\"]"),
            5,
            19,
            "`:contains` is not CSS",
            "drop_paragraph",
        ),
        (file("[clean]\nremove = ['...']"), 5, 11, "extends none", ""),
        (file("[clean]\nremove = '.a'"), 5, 10, "wants a list", "`remove = ['.a']`"),
        (file("[clean]\ndrop_paragraph = ['^(Baca']"), 5, 21, "unclosed group", "needs its `)`"),
        (file("[clean]\ndrop_paragraph = [\"^\\d\"]"), 5, 22, "not TOML", "between '…'"),
        (file("[clean]\ndrop_paragraph = ['']"), 5, 19, "matches everything", ""),
        (file("[clean]\nstrip_tail = ['(?=a)b']"), 5, 16, "look-around", "two patterns"),
        (
            file("[discover]\narticles = ['^https://a.example/']"),
            5,
            13,
            "path and query",
            "begin with the path",
        ),
        (file("[discover]\nfeeds = ['feed']"), 5, 10, "neither a path", "`/feed`"),
        (file("[crawl]\ndelay = '5'"), 5, 9, "no unit", ""),
        (
            "schema=1\n[site]\nhosts=['a.example']\ntimezone = 'WIB'".to_owned(),
            4,
            12,
            "`WIB` is not known",
            "Asia/Jakarta",
        ),
        (
            "schema=1\n[site]\nhosts=['a.example']\nlanguage = 'id_ID'".to_owned(),
            4,
            12,
            "not a language tag",
            "`id-ID`",
        ),
        ("schema=1\n[site]\nhosts=['https://a.example/x']".to_owned(), 3, 8, "is not a host", "`a.example`"),
        (
            "schema=1\nextends='wordpres'\n[site]\nhosts=['a.example']".to_owned(),
            2,
            9,
            "is not there",
            "`wordpress`",
        ),
        (file("[layout]\nid = 'a'"), 4, 2, "list of tables", "`[[layout]]`"),
        (file("[[layout]]\n[layout.title]\nselect=['h1']"), 4, 1, "no `id`", "name it"),
        (layout("when = 'div'"), 4, 1, "reads nothing", "[layout.title]"),
        (
            layout("titel = 1\n[layout.title]\nselect=['h1']"),
            6,
            1,
            "`titel` is not known under [layout]",
            "`title`",
        ),
        (
            layout("from = '2024-01-01'\n[layout.title]\nselect=['h1']"),
            6,
            8,
            "wants a date",
            "without quotation marks",
        ),
        (
            layout("from = 2024-02-01\nuntil = 2024-01-01\n[layout.title]\nselect=['h1']"),
            7,
            9,
            "before `from`",
            "",
        ),
        (
            title("requierd = true\nselect=['h1']"),
            7,
            1,
            "`requierd` is not known under [layout.title]",
            "`required`",
        ),
        (title("required = 'true'\nselect=['h1']"), 7, 12, "true or false", "without quotation marks"),
        (title("select = 'h1'"), 7, 10, "wants a list of sources", "`select = ['h1']`"),
        (title("select = ['h1', 5]"), 7, 17, "a CSS selector or a table", ""),
        (title("select = []"), 7, 1, "no source", ""),
        (title("required = true"), 6, 1, "no source", ""),
        (title("select = [{ mata = 'og:title' }]"), 7, 13, "`mata` is not known", "did you mean `meta`?"),
        (title("select = ['og:title']"), 7, 11, "not a CSS selector", "{ meta = \"og:title\" }"),
        (title("select = ['meta og:title']"), 7, 11, "not a CSS selector", "{ meta = \"og:title\" }"),
        (title("select = ['h1::attr']"), 7, 13, "in parentheses", ""),
        (title("select = ['h1']\nformats = ['%d']"), 8, 1, "`formats` is not known", "[layout.published]"),
        (layout("[layout.published]\nselect=['time']\nformats=['%d %Q9 %B']"), 8, 10, "date format", "%d %B"),
        (layout("[layout.body]\nselect=['div::attr(id)']"), 7, 9, "wants an element", ""),
        (
            title("select=['h1']\n[[layout]]\nid='b'\n[layout.title]\nselect=['h2']"),
            8,
            1,
            "never used",
            "put it last",
        ),
        (
            file(
                "[[layout]]\nid='a'\nwhen='p'\n[layout.title]\nselect=['h1']\n[[layout]]\nid='a'\n[layout.title]\nselect=['h2']",
            ),
            10,
            1,
            "two layouts",
            "",
        ),
        (file("[[test]]\ntitle = 'x'"), 4, 1, "no `fixture`", ""),
        (file("[[test]]\nfixture = 'x.html'"), 4, 1, "expects nothing", ""),
        (file("[[test]]\nfixture = '../x.html'\ntitle='x'"), 5, 11, "in the folder", ""),
        (file("[[test]]\nfixture = 'x.html'\npublished = 2024-06-02"), 6, 13, "with its offset", "+07:00"),
    ] {
        let mistakes = catalog(&[("s/a.toml", &text)]).expect_err(&text);
        assert_eq!(mistakes.len(), 1, "{text}: {mistakes:#?}");
        let mistake = &mistakes[0];
        assert_eq!(mistake.position(), (line, column), "{text}\n{}", mistake.render(false));
        assert!(mistake.message.contains(message), "{text}: {mistake}");
        assert!(mistake.help.as_deref().unwrap_or_default().contains(help), "{text}: {:?}", mistake.help);
        assert!(
            mistake.render(false).contains(&format!("s/a.toml:{line}:{column}")),
            "{}",
            mistake.render(false)
        );
    }
}

#[test]
fn five_mistakes_give_five_diagnostics_in_the_order_of_the_file() {
    let text = "schema = 1\n[site]\nhosts = ['a.example']\ntimezone = 'Asia/Jakarat'\n[[layout]]\nid = 'x'\n\
                [layout.title]\nrequierd = true\nselect = ['//h1', 'h1 >', 7]\n[clean]\ndrop_paragraph = ['[a-']\n";
    let mistakes = catalog(&[("s/a.toml", text)]).unwrap_err();
    let places: Vec<_> = mistakes.iter().map(Diagnostic::position).collect();
    assert_eq!(places, [(4, 12), (8, 1), (9, 12), (9, 23), (9, 27), (11, 20)]);
    assert!(
        mistakes.iter().all(|mistake| mistake.help.is_some() && !mistake.render(true).contains("developer"))
    );
}

#[test]
fn two_files_for_one_host_are_a_mistake_of_the_second() {
    let one = "schema = 1\n[site]\nhosts = ['kabar.example']";
    let two = "schema = 1\n[site]\nhosts = ['lain.example', 'www.kabar.example']";
    let mistakes = catalog(&[("s/a.toml", one), ("s/b.toml", two)]).unwrap_err();
    assert_eq!((mistakes.len(), mistakes[0].position()), (1, (3, 26)));
    assert!(
        mistakes[0].file == Path::new("s/b.toml") && mistakes[0].help.as_ref().unwrap().contains("s/a.toml")
    );
    assert_eq!(catalog(&[("s/_a.toml", "schema=1\n[site]\nhosts=['x.example']")]).unwrap_err().len(), 1);
    assert_eq!(catalog(&[("s/_a.toml", "schema=1\nextends='wordpress'")]).unwrap_err().len(), 1);
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
fn a_catalog_may_be_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Catalog>();
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_explained(text in "(schema = 1\n|\\[+(site|layout|layout.title|test|clean|discover)\\]+\n|(hosts|select|remove|pattern|drop_paragraph|extends|id) = |\\[|\\]|'[a-z>:(]{0,6}'|\"|\n|\\PC){0,30}") {
        if let Err(mistakes) = catalog(&[("s/a.toml", &text)]) {
            for mistake in mistakes {
                let _ = (mistake.render(false), mistake.to_string());
            }
        }
    }
}

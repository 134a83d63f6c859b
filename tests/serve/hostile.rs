//! Titles and texts that are attacks, and texts that are too long for a page.

use crate::pages::mistakes;
use crate::room::{Room, long};
use crate::world::{HOUR, World, article};

/// Texts that would run, break out or hide, were they not escaped.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "</title><svg onload=alert(1)>",
    "<!--<script>",
    "{{constructor.constructor('alert(1)')()}}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u{202e}txt.exe",
];

fn attacked() -> World {
    let mut world = World::new();
    for (n, attack) in ATTACKS.iter().enumerate() {
        let mut first = article(attack, &[attack, "Isi yang tetap."]);
        first.authors = vec![(*attack).to_owned()];
        first.section = Some((*attack).to_owned());
        first.language = Some((*attack).to_owned());
        let address = format!("https://kabar.example/{n}?q=%22%3E<script>alert(1)</script>");
        let mut fetch = world.fetch(&address);
        fetch.site_name = Some((*attack).to_owned());
        world.record(fetch, crate::world::read(&first));
        world.later(HOUR);
        let mut second = first.clone();
        second.title = format!("{attack} {attack}");
        second.body[0].text = format!("lagi {attack} <iframe src=//evil.example>");
        world.see(&address, &second);
    }
    world
}

#[test]
fn nothing_that_was_archived_becomes_markup() {
    let room = Room::open(attacked(), &[]);
    let mut pages = vec!["/".to_owned(), "/gone".to_owned(), "/sites".to_owned(), "/sites/kabar".to_owned()];
    pages.push("/search?q=alert".to_owned());
    pages.push("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E".to_owned());
    pages.push("/?site=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&since=%3Cscript%3E".to_owned());
    for id in 1..=ATTACKS.len() {
        for tail in ["", "/v/1", "/history", "/diff/1..2", "/diff/1..2?view=side", "/diff/1..2?view=unified"]
        {
            pages.push(format!("/a/{id}{tail}"));
        }
    }
    for page in pages {
        let got = room.get(&page);
        assert!(matches!(got.status, 200 | 400), "{page}: {}", got.status);
        assert_eq!(mistakes(&got.body), Vec::<String>::new(), "{page}");
        let tree = scraper::Html::parse_document(&got.body);
        for (selector, most) in
            [("script", 1), ("img, iframe, object, embed, svg[onload], style, base, meta[http-equiv]", 0)]
        {
            let selector = scraper::Selector::parse(selector).unwrap();
            assert!(tree.select(&selector).count() <= most, "{page}: {}", got.body);
        }
        for element in tree.select(&scraper::Selector::parse("*").unwrap()) {
            for (name, value) in element.value().attrs() {
                assert!(!name.starts_with("on"), "{page}: {name}={value}");
                let link = matches!(name, "href" | "src" | "action");
                let harmless = value.starts_with('/') && !value.starts_with("//")
                    || value.starts_with('#')
                    || value.starts_with("https://kabar.example/");
                assert!(!link || harmless, "{page}: {name}={value}");
            }
        }
    }
}

#[test]
fn feeds_hold_the_attacks_as_text() {
    let room = Room::open(attacked(), &[]);
    for path in ["/feed.atom", "/a/1/feed.atom", "/sites/kabar/feed.atom"] {
        let feed = room.page(path);
        assert!(!feed.contains("<script") && !feed.contains("<img") && !feed.contains("<iframe"), "{feed}");
        let mut reader = quick_xml::Reader::from_str(&feed);
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{path}: {e}: {feed}")) {
                quick_xml::events::Event::Eof => break,
                _ => continue,
            }
        }
    }
}

#[test]
fn a_long_text_has_pages_and_loses_nothing() {
    let mut world = World::new();
    let paragraph = "Kata \"demi\" kata & <tanda> demi 'tanda' ".repeat(30);
    world.see("https://kabar.example/1", &long("Panjang", &paragraph, 120));
    world.later(HOUR);
    world.see("https://kabar.example/1", &long("Panjang lagi", &paragraph.replace("demi", "dengan"), 120));
    world.see("https://kabar.example/2", &long(&"\"".repeat(20_000), &"<".repeat(60_000), 1));
    world.later(HOUR);
    world.see("https://kabar.example/2", &long(&"'".repeat(20_000), &"&".repeat(60_000), 1));
    for n in 3..60 {
        world.see(&format!("https://kabar.example/{n}"), &article(&"\"<&>'".repeat(400), &["Isi."]));
    }
    let room = Room::open(world, &[]);
    let mut words = 0;
    for base in ["/a/1", "/a/2", "/a/1/diff/1..2", "/a/2/diff/1..2?view=side", "/a/1/diff/1..2?view=unified"]
    {
        let mut page = 1;
        loop {
            let mark = if base.contains('?') { '&' } else { '?' };
            let got = room.get(&format!("{base}{mark}page={page}"));
            assert_eq!(got.status, 200, "{base} {page}");
            assert!(got.bytes < 100_000, "{base} {page}: {} bytes", got.bytes);
            words += if base == "/a/1" { got.body.matches("kata &amp;").count() } else { 0 };
            if !got.body.contains("rel=\"next\" href=\"".to_owned().as_str())
                || !got.body.contains(&format!("page={}\"", page + 1))
            {
                break;
            }
            page += 1;
        }
        assert!(page > 3, "{base}: {page} pages");
    }
    assert_eq!(words, 120 * 30);
    for page in ["/", "/sites/kabar", "/search?q=isi", "/a/1/history"] {
        let got = room.get(page);
        assert!(got.bytes < 100_000, "{page}: {} bytes", got.bytes);
    }
}

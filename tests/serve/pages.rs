//! Every page is there, well-formed, small, and says what it should.

use crate::room::{Room, shelf};
use crate::world::World;

/// What no page may be longer than.
const LARGEST: usize = 100_000;

/// The mistakes that an HTML parser finds.
pub fn mistakes(page: &str) -> Vec<String> {
    scraper::Html::parse_document(page).errors.iter().map(ToString::to_string).collect()
}

const PAGES: &[&str] = &[
    "/",
    "/?order=latest",
    "/?kind=number&kind=quote&site=kabar&since=2026-01-01&min_score=0.1",
    "/?silent=1&all_causes=1",
    "/?site=tiada",
    "/a/1",
    "/a/2",
    "/a/3",
    "/a/1/v/1",
    "/a/1/history",
    "/a/1/diff/1..2",
    "/a/1/diff/1..2?view=side",
    "/a/1/diff/1..2?view=unified",
    "/a/1/diff/1..2?all=1",
    "/search",
    "/search?q=orang",
    "/search?q=tiada+yang+begini",
    "/search?q=%22%29&in=title&since=7d&site=kabar",
    "/sites",
    "/sites/kabar",
    "/sites/dapur",
    "/gone",
    "/about",
];

#[test]
fn every_page_is_well_formed_and_small_in_both_languages() {
    let room = Room::open(shelf(), &[]);
    for page in PAGES {
        for lang in ["en", "id"] {
            let got = room.with(page, &[("Accept-Language", lang)]);
            assert_eq!(got.status, 200, "{page}: {}", got.body);
            assert_eq!(got.header("content-type"), "text/html; charset=utf-8", "{page}");
            assert!(got.bytes < LARGEST, "{page}: {} bytes", got.bytes);
            assert_eq!(mistakes(&got.body), Vec::<String>::new(), "{page}");
            assert!(got.body.contains(&format!("<html lang=\"{lang}\"")), "{page}");
            // A name of a phrase that has no words would show itself.
            assert!(!got.body.contains("front.") && !got.body.contains("kind."), "{page}");
        }
    }
}

#[test]
fn the_front_page_shows_the_words_that_changed() {
    let room = Room::open(shelf(), &[]);
    let page = room.page("/");
    assert!(page.contains("/a/1/diff/1..2"), "{page}");
    assert!(page.contains("<del><b>5</b></del><ins><b>15</b></ins>"), "{page}");
    assert!(page.contains("k-number\">number") && page.contains("k-gone\">gone"), "{page}");
    // The latest day first.
    assert!(page.find("2 March 2026").unwrap() < page.find("1 March 2026").unwrap(), "{page}");
    let page = room.page("/?kind=gone");
    assert!(page.contains("Kurs tetap") && !page.contains("diff/1..2"), "{page}");
    let page = room.page("/?site=dapur");
    assert!(page.contains("No change fits these filters"), "{page}");
}

#[test]
fn a_comparison_boxes_numbers_and_links_moved_paragraphs_both_ways() {
    let room = Room::open(shelf(), &[]);
    let page = room.page("/a/1/diff/1..2");
    assert!(page.contains("id=\"a1\"") && page.contains("href=\"#b3\""), "{page}");
    assert!(page.contains("id=\"b3\"") && page.contains("href=\"#a1\""), "{page}");
    assert!(page.contains("class=\"quote\"") && page.contains("<b>15</b>"), "{page}");
    let side = room.page("/a/1/diff/1..2?view=side");
    assert!(side.contains("<table class=\"side\">") && side.contains("<del><b>5</b></del>"), "{side}");
    let unified = room.page("/a/1/diff/1..2?view=unified");
    assert!(
        unified.contains("<p class=\"add\" dir=\"auto\">+title: Gempa Cianjur, 15 orang tewas</p>"),
        "{unified}"
    );
    for (target, to) in [
        ("/a/1/diff", "/a/1/diff/1..2"),
        ("/a/1/diff/2..1", "/a/1/diff/1..2"),
        ("/a/1/diff/2..2", "/a/1/v/2"),
        ("/a?url=https://kabar.example/gempa", "/a/1"),
        ("/search?q=https://www.kabar.example/gempa/", "/a/1"),
    ] {
        let got = room.get(target);
        assert_eq!((got.status, got.header("location")), (302, to), "{target}");
    }
}

#[test]
fn an_article_tells_what_became_of_it() {
    let room = Room::open(shelf(), &[]);
    let page = room.page("/a/1");
    for text in ["CIANJUR – ", "Siti Rahma", "1 March 2026, 14:00", "2 versions", "Kabar Desa"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(room.page("/a/1/v/1").contains("This is version 1 of 2."));
    assert!(room.page("/a/2").contains("has been gone since 2 March 2026"));
    let arab = room.page("/a/3");
    assert!(arab.contains("<article lang=\"ar\">") && arab.contains("<h1 dir=\"auto\">السوق"), "{arab}");
    let page = room.with("/a/1", &[("Accept-Language", "id")]).body;
    assert!(
        page.contains("terbit <time datetime=\"2026-03-01T14:00:00+07:00\"")
            && page.contains("1 Maret 2026 pukul 14.00"),
        "{page}"
    );
}

#[test]
fn what_was_taken_out_is_said_and_not_shown() {
    let room = Room::open(shelf(), &[]);
    assert!(room.page("/").contains("15"), "the change is looked at before its text goes");
    let said = room.cli(&["redact", "1", "--reason", "permintaan keluarga"]);
    for path in [
        "/",
        "/a/1",
        "/a/1/v/1",
        "/a/1/history",
        "/search?q=tewas",
        "/sites/kabar",
        "/?kind=number",
        "/feed.atom",
        "/a/1/feed.atom",
        "/api/v1/changes",
        "/api/v1/articles/1",
        "/api/v1/articles",
        "/api/v1/search?q=tewas",
    ] {
        let got = room.get(path);
        assert_eq!(got.status, 200, "{path} ({said})");
        assert!(
            !got.body.contains("tewas dalam")
                && !got.body.contains("Cianjur, 15")
                && !got.body.contains("relawan"),
            "{path}: {}",
            got.body
        );
    }
    assert!(room.page("/a/1").contains("was taken out of the archive"));
    assert!(room.page("/").contains("The text of this change was taken out"));
    for path in ["/a/1/diff/1..2", "/a/1/v/1/raw", "/api/v1/articles/1/diff/1..2"] {
        assert_eq!(room.get(path).status, 410, "{path}");
    }
}

#[test]
fn the_search_marks_what_it_found() {
    let room = Room::open(shelf(), &[]);
    let page = room.page("/search?q=tewas+gempa");
    assert!(page.contains("<mark>Gempa</mark>") && page.contains("href=\"/a/1\""), "{page}");
    assert!(room.page("/search?q=kelapa").contains("Nothing was found"));
    assert_eq!(room.get("/search?q=gempa&fts=1&q=x").status, 200);
    assert_eq!(room.get("/search?q=NEAR(&fts=1").status, 400);
}

#[test]
fn sites_and_the_gone_have_their_pages() {
    let room = Room::open(shelf(), &[]);
    let page = room.page("/sites");
    assert!(
        page.contains("Kabar Desa") && page.contains("Dapur Ibu") && page.contains("<svg class=\"plot"),
        "{page}"
    );
    let page = room.page("/sites/kabar");
    assert!(page.contains("Gempa Cianjur, 15 orang tewas") && page.contains("an article"), "{page}");
    assert!(!page.contains("Resep sambal"), "{page}");
    let page = room.page("/gone");
    assert!(page.contains("Kurs tetap") && !page.contains("Gempa Cianjur"), "{page}");
}

#[test]
fn an_empty_archive_says_what_to_do_next() {
    let room = Room::open(World::new(), &[]);
    for page in ["/", "/sites", "/gone", "/search?q=x", "/about"] {
        let body = room.page(page);
        assert_eq!(mistakes(&body), Vec::<String>::new(), "{page}");
    }
    let front = room.page("/");
    assert!(front.contains("kliping sites add") && front.contains("kliping demo"), "{front}");
    let front = room.with("/", &[("Accept-Language", "id")]).body;
    assert!(front.contains("Arsip masih kosong"), "{front}");
}

#[test]
fn what_is_not_there_is_said_with_advice() {
    let room = Room::open(shelf(), &[]);
    for (target, status, text) in [
        ("/tiada", 404, "There is no such page"),
        ("/a/99", 404, "no such article"),
        ("/a/x", 404, "no such article"),
        ("/a/1/v/3", 404, "no such version"),
        ("/a/1/v/0", 404, "no such version"),
        ("/a/1/diff/1..9", 404, "no such version"),
        ("/a/1/v/1/raw", 404, "is not kept"),
        ("/sites/tiada", 404, "no such site"),
        ("/?kind=angka", 400, "“kind”"),
        ("/?before=x", 400, "“before”"),
        ("/?since=kemarin", 400, "“since”"),
        ("/a/1?page=2", 400, "“page”"),
        ("/a?url=x", 400, "“url”"),
        ("/a?url=https://lain.example/", 404, "knows no article"),
    ] {
        let got = room.get(target);
        assert_eq!(got.status, status, "{target}: {}", got.body);
        assert!(got.body.contains(text), "{target}: {}", got.body);
        assert_eq!(mistakes(&got.body), Vec::<String>::new(), "{target}");
    }
}

#[test]
fn language_and_colours_are_remembered_without_a_script() {
    let room = Room::open(shelf(), &[]);
    let got = room.get("/a/1?lang=id&page=1");
    assert_eq!((got.status, got.header("location")), (303, "/a/1?page=1"));
    assert!(got.header("set-cookie").starts_with("kliping-lang=id; Path=/; HttpOnly; SameSite=Lax"));
    let page = room
        .with("/a/1", &[("Accept-Language", "en"), ("Cookie", "x=1; kliping-lang=id; kliping-theme=dark")]);
    assert!(page.body.contains("<html lang=\"id\" data-theme=\"dark\">"), "{}", page.body);
    assert_eq!(page.header("vary"), "accept-language, cookie");
    // What leads elsewhere is no setting.
    assert_eq!(room.get("//evil.example/?lang=id").header("location"), "/evil.example/");
}

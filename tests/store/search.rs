//! Full-text search.

use kliping::store::{SearchField, SearchQuery};

use crate::lists::shelf;
use crate::world::{World, article, query};

fn found(world: &World, query: &SearchQuery) -> Vec<i64> {
    let mut ids: Vec<i64> = world.reader().search(query).unwrap().iter().map(|hit| hit.article.0).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn search_finds_the_latest_text_only() {
    let world = shelf();
    assert_eq!(found(&world, &query("surut")), [2]);
    assert_eq!(found(&world, &query("demak tentang")), [0; 0], "the words of version 1 are gone");
    assert_eq!(found(&world, &query("CAFE bali")), [4], "letter case and accents do not count");
    assert_eq!(found(&world, &query("warga")), [1, 3, 4, 5]);
    assert_eq!(found(&world, &SearchQuery { limit: 2, ..query("warga") }).len(), 2);
    assert_eq!(found(&world, &SearchQuery { fields: vec![SearchField::Title], ..query("warga") }), [0; 0]);
    assert_eq!(found(&world, &SearchQuery { fields: vec![SearchField::Body], ..query("surut") }), [2]);
    assert_eq!(found(&world, &SearchQuery { site: Some("lain".to_owned()), ..query("warga") }), [0; 0]);
    assert_eq!(found(&world, &SearchQuery { since: Some(world.now), ..query("warga") }), [0; 0]);
}

/// Whatever way they are looked for: by all lists of the index, or by the rarest words of them.
#[test]
fn phrases_are_found_where_they_stand_and_nowhere_else() {
    const WORDS: [&str; 9] = ["air", "naik", "di", "kota", "lama", "COVID-19", "dan", "Café", "desa"];
    let world = World::new();
    let mut dice = 7_usize;
    let mut word = || {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(dice >> 33) % WORDS.len() * ((dice >> 50) % 3 + 1) / 3]
    };
    let mut text = |long: usize| (0..long).map(|_| word()).collect::<Vec<_>>().join(" ");
    let stories: Vec<(String, String)> = (0..80).map(|_| (text(5), text(40))).collect();
    for (n, (title, body)) in stories.iter().enumerate() {
        world.see(&format!("https://kabar.example/{n}"), &article(title, &[body]));
    }
    for _ in 0..120 {
        let phrase = text(3);
        let stands = |text: &str| format!(" {text} ").contains(&format!(" {phrase} "));
        let holders = |in_title: bool, in_body: bool| -> Vec<i64> {
            let holds =
                |(title, body): &(String, String)| in_title && stands(title) || in_body && stands(body);
            (1..).zip(&stories).filter(|(_, story)| holds(story)).map(|(id, _)| id).collect()
        };
        let asked = SearchQuery { limit: 200, ..query(&format!("\"{phrase}\"")) };
        assert_eq!(found(&world, &asked), holders(true, true), "{phrase}");
        let in_field = |field| SearchQuery { fields: vec![field], ..asked.clone() };
        assert_eq!(found(&world, &in_field(SearchField::Title)), holders(true, false), "{phrase}");
        assert_eq!(found(&world, &in_field(SearchField::Body)), holders(false, true), "{phrase}");
    }
}

#[test]
fn of_very_many_finds_the_newest_come_first() {
    let world = World::new();
    for n in 0..=2000 {
        // The oldest fits best.
        let title = if n == 0 { "Desa desa desa" } else { "Berita" };
        world.see(&format!("https://kabar.example/{n}"), &article(title, &[&format!("Desa nomor {n}.")]));
    }
    let first = |text: &str| world.reader().search(&query(text)).unwrap()[0].article.0;
    assert_eq!(first("desa"), 2001);
    assert_eq!(first("desa nomor 1999"), 2000);
    assert_eq!(found(&world, &query("desa 7")), [8]);
    // By time, page by page.
    assert_eq!(walked(&world, "desa", 700), (1..=2001).rev().collect::<Vec<_>>());
    let in_site = SearchQuery { site: Some("kabar".to_owned()), limit: 3, ..query("desa") };
    assert_eq!(world.reader().search(&in_site).unwrap().len(), 3);
    assert_eq!(found(&world, &SearchQuery { site: Some("lain".to_owned()), ..in_site }), [0; 0]);
}

/// The articles of a search, page by page, each behind the last find of the one before.
fn walked(world: &World, text: &str, limit: usize) -> Vec<i64> {
    walk(world, SearchQuery { limit, ..query(text) })
}

fn walk(world: &World, mut query: SearchQuery) -> Vec<i64> {
    let limit = query.limit;
    let mut ids = Vec::new();
    loop {
        let hits = world.reader().search(&query).unwrap();
        assert!(hits.len() <= limit);
        let Some(last) = hits.last() else { return ids };
        query.behind = Some(last.behind());
        ids.extend(hits.iter().map(|hit| hit.article.0));
    }
}

#[test]
fn pages_of_ranked_finds_are_the_whole() {
    let world = World::new();
    for n in 0..130 {
        let title = if n % 3 == 0 { "Harga beras" } else { "Pasar" };
        let body =
            format!("{} Harga beras naik. {}", "Beras lagi. ".repeat(n % 5), "Kata lain. ".repeat(n % 7));
        world.see(&format!("https://kabar.example/{n}"), &article(title, &[&body]));
    }
    for text in ["beras", "\"harga beras\"", "beras harga"] {
        let all = walked(&world, text, 1000);
        assert_eq!(all.len(), 130, "{text}");
        assert_eq!((all[0] - 1) % 3, 0, "{text}: one with it in its title comes first");
        assert_eq!(walked(&world, text, 7), all, "{text}");
    }
    let raw = |limit| walk(&world, SearchQuery { limit, raw_fts: true, ..query("beras") });
    assert_eq!((raw(1000).len(), raw(7)), (130, raw(1000)), "the engine's own syntax");
}

#[test]
fn found_words_are_marked() {
    let world = shelf();
    let hit = &world.reader().search(&query("gempa warga")).unwrap()[0];
    let marked: Vec<&str> = hit
        .title_marked
        .iter()
        .chain(&hit.snippet)
        .filter(|(_, hit)| *hit)
        .map(|(text, _)| text.as_str())
        .collect();
    assert_eq!(marked, ["Gempa", "warga"]);
    let text: String = hit.snippet.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(text, "Isi berita 0 tentang warga desa.");
}

#[test]
fn hostile_words_are_words() {
    let world = shelf();
    let many = "a OR ".repeat(20_000);
    let open = "(".repeat(5_000);
    for text in [
        "\"",
        "\"\"\"",
        "a AND",
        "NEAR(",
        "NEAR(a b, 1)",
        "nokol:x",
        "title:warga",
        "*",
        "^",
        "-ruas",
        "+",
        "{a}:",
        "a\0b",
        "'; DROP TABLE version; --",
        "OR",
        "NOT warga",
        "(",
        &open,
        &many,
        "",
        " \t",
        "🙂",
        "\u{1}warga\u{2}",
    ] {
        world
            .reader()
            .search(&query(text))
            .unwrap_or_else(|e| panic!("{:?}: {e}", &text[..text.len().min(20)]));
    }
    assert_eq!(found(&world, &query("NOT warga")), [0; 0], "`not` is a word to be found");
}

#[test]
fn raw_syntax_is_the_users_own_and_its_mistakes_are_named() {
    let world = shelf();
    if world.is_on_server() {
        return; // Its syntax is another.
    }
    let raw = |text: &str| SearchQuery { raw_fts: true, ..query(text) };
    assert_eq!(found(&world, &raw("title : gem* OR surut")), [1, 2]);
    for text in ["\"", "a AND", "NEAR(", "nokol : x", "*", "^"] {
        let error = world.reader().search(&raw(text)).unwrap_err();
        assert_eq!(error.code(), "query", "{text}: {error}");
    }
}

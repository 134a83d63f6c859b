//! `kliping duplicates`.

use kliping::model::Article;

use crate::kliping::{Done, on, shelf};
use crate::world::{HOUR, World, article, read};

fn story(title: &str, of: usize, words: usize) -> Article {
    let text: Vec<String> = (0..words).map(|n| format!("kata{of}x{}", n * n % 997)).collect();
    article(title, &[&text.join(" ")])
}

/// An agency's copy in two papers, a column, and a story that one paper printed twice.
fn press() -> World {
    let mut world = World::new();
    let see = |world: &mut World, site: &str, path: &str, story: &Article| {
        let mut fetch = world.later(HOUR).fetch(&format!("https://{site}.example/{path}"));
        fetch.site = site.to_owned();
        world.record(fetch, read(story));
    };
    see(&mut world, "kabar", "panen", &story("Panen raya di Karawang", 1, 300));
    see(&mut world, "kabar", "kurs", &story("Kurs hari ini", 2, 100));
    let mut copied = story("Panen Raya Dimulai", 1, 300);
    copied.body[0].text.push_str(" Ditulis ulang oleh redaksi.");
    see(&mut world, "warta", "panen-raya", &copied);
    see(&mut world, "warta", "resep", &story("Soto", 3, 200));
    see(&mut world, "kabar", "resep-lama", &story("Soto ayam", 3, 196));
    world
}

fn ids(done: &Done) -> Vec<Vec<i64>> {
    let group = |line: &serde_json::Value| -> Vec<i64> {
        line["articles"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
    };
    done.json().iter().map(group).collect()
}

#[test]
fn groups_stand_apart_and_tell_how_much_is_the_same() {
    let done = on(&press(), &["duplicates"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(
        done.lines(),
        [
            "1  2026-03-01 09:00  kabar         Panen raya di Karawang",
            "3  2026-03-01 11:00  warta   99 %  Panen Raya Dimulai",
            "",
            "4  2026-03-01 12:00  warta         Soto",
            "5  2026-03-01 13:00  kabar   98 %  Soto ayam",
        ]
    );
}

#[test]
fn the_filters_choose_groups_and_not_articles() {
    let world = press();
    let found = |args: &[&str]| {
        let mut all = vec!["duplicates", "--format", "jsonl"];
        all.extend(args);
        ids(&on(&world, &all))
    };
    assert_eq!(found(&[]), [[1, 3], [4, 5]]);
    assert_eq!(found(&["--since", "2026-03-01T12:30Z"]), [[4, 5]]);
    assert_eq!(found(&["--site", "warta", "--limit", "1"]), [[1, 3]]);
    assert_eq!(found(&["--least", "98"]), [[1, 3]]);
    let done = on(&world, &["duplicates", "--format", "jsonl", "--limit", "1"]);
    let second = &done.json()[0]["articles"][1];
    for (key, value) in [
        ("url", "https://warta.example/panen-raya"),
        ("site", "warta"),
        ("first_seen", "2026-03-01T11:00:00Z"),
    ] {
        assert_eq!(second[key], value, "{key}");
    }
    assert_eq!(
        (done.json()[0]["schema"].as_str(), second["words"].as_i64()),
        (Some("kliping.alike/1"), Some(304))
    );
    assert!(second["share"].as_f64().is_some_and(|share| share > 0.98 && share < 1.0));
}

#[test]
fn what_is_no_answer_exits_with_1_and_what_is_no_question_with_2() {
    let world = shelf();
    let done = on(&world, &["duplicates"]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert_eq!(on(&world, &["duplicates", "--least", "20"]).code, 2);
    let done = on(&world, &["duplicates", "--site", "lain"]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("no article of a site `lain`"), "{}", done.err);
}

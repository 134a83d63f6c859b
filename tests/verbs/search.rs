//! `kliping search`.

use crate::kliping::{on, shelf};
use crate::world::{HOUR, World, article};

#[test]
fn a_find_shows_title_words_around_and_address() {
    let done = on(&shelf(), &["search", "orang", "tewas"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(
        done.lines(),
        [
            "   1  Gempa Cianjur, 15 orang tewas  gone",
            "      Sebanyak 15 orang tewas. Warga mengungsi ke lapangan.",
            "      kabar  2026-03-01  https://kabar.example/gempa",
        ]
    );
    let coloured = on(&shelf(), &["--color=always", "search", "mengungsi"]).out;
    assert!(coloured.contains("\u{1b}[33mmengungsi\u{1b}[0m"), "{coloured:?}");
}

#[test]
fn nothing_found_is_the_answer_no() {
    let world = shelf();
    for args in [
        &["search", "tiada"][..],
        &["search", "sebanyak 5 orang"],
        &["search", "kurs", "--site", "dapur"],
        &["search", "kurs", "--since", "2027-01-01"],
        &["search", "--in", "title", "mengungsi"],
        &["search", "\"", "*"],
    ] {
        let done = on(&world, args);
        assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (1, "", ""), "{args:?}");
    }
}

#[test]
fn jsonl_is_for_scripts() {
    let done = on(&shelf(), &["search", "--format", "jsonl", "KURS"]);
    let hit = &done.json()[0];
    assert_eq!(
        (hit["schema"].as_str(), hit["id"].as_i64(), hit["version"].as_i64()),
        (Some("kliping.hit/1"), Some(4), Some(1))
    );
    assert_eq!(
        (hit["snippet"].as_str(), &hit["matches"]),
        (Some("Kurs tetap."), &serde_json::json!([[0, 4]]))
    );
    assert!(hit["score"].as_f64().unwrap() > 0.0);
}

#[test]
fn the_users_words_are_words_and_raw_syntax_is_named_when_it_is_wrong() {
    let world = shelf();
    for text in
        ["\"gempa", "gempa AND", "NEAR(", "title:gempa", "-gempa", "gem*", "{}", "(((", "'; DROP TABLE x"]
    {
        let done = on(&world, &["search", "--", text]);
        assert!(matches!(done.code, 0 | 1), "{text}: {}", done.err);
        assert_eq!(done.err, "", "{text}");
    }
    assert_eq!(on(&world, &["search", "--fts", "title : gem*"]).code, 0);
    for text in ["\"gempa", "gempa AND", "NEAR(", "tiada : x", "((("] {
        let done = on(&world, &["search", "--fts", text]);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{text}");
        assert!(done.err.contains("--fts"), "{text}: {}", done.err);
    }
}

/// The articles that a search finds, by number.
fn ids(world: &World, args: &[&str]) -> Vec<i64> {
    let done = on(world, &[&["search", "--format", "jsonl"], args].concat());
    assert!(matches!(done.code, 0 | 1) && done.err.is_empty(), "{args:?}: {}", done.err);
    let mut ids: Vec<i64> = done.json().iter().map(|hit| hit["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn words_of_one_root_find_one_another() {
    let world = World::new();
    let words =
        ["mengendalikan", "pengendalian", "terkendali", "dikendalikan", "kendali", "kendala", "bendera"];
    for (n, word) in words.iter().enumerate() {
        world.see(
            &format!("https://kabar.example/{n}"),
            &article("Berita", &[&format!("Harga {word} pekan ini.")]),
        );
    }
    for word in &words[..5] {
        assert_eq!(ids(&world, &[word]), [1, 2, 3, 4, 5], "{word}");
        assert_eq!(ids(&world, &[&word.to_uppercase(), "harga"]), [1, 2, 3, 4, 5], "{word}");
    }
    assert_eq!(ids(&world, &["kendala"]), [6]);
    // What is quoted is meant as it stands, and so is raw syntax.
    assert_eq!(ids(&world, &["\"mengendalikan\""]), [1]);
    assert_eq!(ids(&world, &["\"harga terkendali pekan\""]), [3]);
    assert_eq!(ids(&world, &["\"terkendali harga\""]), [0; 0]);
    assert_eq!(ids(&world, &["--fts", "mengendalikan"]), [1]);
    // What was found is marked, whatever its form.
    let hit = &on(&world, &["search", "--format", "jsonl", "kendali"]).json();
    assert!(hit.iter().all(|hit| hit["matches"].as_array().unwrap().len() == 1), "{hit:?}");
}

#[test]
fn scripts_without_spaces_are_searched_inside() {
    let world = World::new();
    for (n, text) in [
        "会議は東京都で開かれた。首相が出席した。",
        "京都の寺院が公開された。",
        "新华社北京电，中国国家主席会见外宾。",
        "นายกรัฐมนตรีเดินทางถึงกรุงเทพมหานครเมื่อวานนี้",
        "ฝนตกหนักที่เชียงใหม่",
        "Harga di 東京 naik.",
    ]
    .iter()
    .enumerate()
    {
        world.see(&format!("https://kabar.example/{n}"), &article(&format!("Berita {n}"), &[text]));
    }
    for (words, found) in [
        ("東京", &[1, 6][..]),
        ("京都", &[1, 2]),
        ("首相 東京", &[1]),
        ("国家主席", &[3]),
        ("กรุงเทพ", &[4]),
        ("รัฐมนตรี", &[4]),
        ("เชียงใหม่", &[5]),
        ("東京 harga", &[6]),
        ("大阪", &[]),
        ("ภูเก็ต", &[]),
    ] {
        assert_eq!(ids(&world, &[words]), found, "{words}");
    }
    assert_eq!(ids(&world, &["--in", "title", "東京"]), [0; 0]);
}

#[test]
fn what_was_edited_away_is_found_when_all_versions_are_meant() {
    let world = shelf();
    assert_eq!(ids(&world, &["di cianjur", "lima"]), [0; 0]);
    assert_eq!(ids(&world, &["sebanyak 5 tewas"]), [0; 0]);
    let all = on(&world, &["search", "--versions", "all", "sebanyak 5 tewas"]);
    assert_eq!(all.lines()[0], "   1@1  Gempa di Cianjur  gone", "{}", all.err);
    let hits = on(&world, &["search", "--versions", "all", "--format", "jsonl", "gempa"]).json();
    let mut found: Vec<i64> = hits.iter().map(|hit| hit["version"].as_i64().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, [1, 2, 3]);
    let args = ["--versions", "all", "--in", "title", "di cianjur"];
    assert_eq!(ids(&world, &args), [1, 1]);
    assert_eq!(ids(&world, &[&args[..], &["--limit", "1"]].concat()), [1]);
    assert_eq!(ids(&world, &[&args[..], &["--site", "dapur"]].concat()), [0; 0]);
    assert_eq!(ids(&world, &["--versions", "all", "--fts", "\"5 orang\" NOT warganet"]), [1]);
    let mut world = world;
    world.later(HOUR).see("https://kabar.example/kurs", &article("Kurs rupiah", &["Café lama tutup."]));
    world.later(HOUR).see("https://kabar.example/kurs", &article("Kurs rupiah", &["Lain."]));
    assert_eq!(ids(&world, &["--versions", "all", "cafe"]), [4]);
}

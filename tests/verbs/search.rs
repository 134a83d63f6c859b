//! `kliping search`.

use crate::kliping::{on, shelf};

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

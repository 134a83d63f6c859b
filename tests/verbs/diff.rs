//! `kliping diff`.

use crate::kliping::{GEMPA, on, shelf};
use crate::world::HOUR;

#[test]
fn the_latest_version_against_the_one_before() {
    let done = on(&shelf(), &["diff", "1"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(
        done.lines(),
        [
            "https://kabar.example/gempa",
            "--- 1@2  2026-03-01T09:00:00Z  publisher",
            "+++ 1@3  2026-03-01T10:00:00Z  publisher",
            "headline, number, wording; 3 words added, 1 removed; not announced by the page; score 0.53",
            "",
            "       Gempa[- di-] Cianjur{+, 15 orang tewas+}",
            "",
            "       … 2 paragraphs unchanged",
        ]
    );
}

#[test]
fn every_way_to_name_the_versions_works() {
    let world = shelf();
    let sides = |args: &[&str]| {
        let mut all = vec!["diff", "--format", "json"];
        all.extend(args);
        let done = on(&world, &all);
        assert_eq!(done.code, 0, "{args:?}: {}", done.err);
        let change = &done.json()[0];
        (change["from"].as_i64().unwrap(), change["to"].as_i64().unwrap())
    };
    for (args, expected) in [
        (&["1"][..], (2, 3)),
        (&["1@latest"], (2, 3)),
        (&["1@2"], (1, 2)),
        (&["1@1..3"], (1, 3)),
        (&["1@3..1"], (3, 1)),
        (&["1@first", "1@2"], (1, 2)),
        (&["1@3", GEMPA], (3, 3)),
        (&[GEMPA], (2, 3)),
    ] {
        assert_eq!(sides(args), expected, "{args:?}");
    }
}

#[test]
fn json_is_that_of_the_contract() {
    let done = on(&shelf(), &["diff", "1@2", "--format", "json"]);
    let change = &done.json()[0];
    assert_eq!(change["schema"], "kliping.change/1");
    assert_eq!((change["article"].as_i64(), change["at"].as_str()), (Some(1), Some("2026-03-01T09:00:00Z")));
    assert_eq!((change["cause"].as_str(), change["stealth"].as_bool()), (Some("publisher"), Some(true)));
    assert_eq!(change["kinds"], serde_json::json!(["number"]));
    assert_eq!(change["words"], serde_json::json!({"added": 1, "removed": 1}));
    assert_eq!(change["title"], serde_json::json!([["=", "Gempa di Cianjur"]]));
    assert_eq!(
        change["paragraphs"],
        serde_json::json!([
            {"op": "edit", "a": 0, "b": 0, "classes": ["number"],
             "tokens": [["=", "Sebanyak "], ["-", "5"], ["+", "15"], ["=", " orang tewas."]]},
            {"op": "keep", "a": 1, "b": 1, "tokens": [], "classes": []},
        ])
    );
}

#[test]
fn every_format_shows_the_number() {
    let world = shelf();
    for (format, part) in [
        ("words", "Sebanyak [-5-]{+15+} orang tewas."),
        ("unified", "-Sebanyak 5 orang tewas.\n+Sebanyak 15 orang tewas.\n"),
        ("side-by-side", "Sebanyak [-5-] orang tewas.            ~ Sebanyak {+15+} orang tewas.\n"),
        ("html", "Sebanyak <del><b>5</b></del><ins><b>15</b></ins> orang tewas."),
        ("stat", " paragraph 1 |    2 +-\n 1@1..2: number; 1 word added, 1 removed;"),
    ] {
        let done = on(&world, &["diff", "1@2", "--format", format]);
        assert!(done.code == 0 && done.out.contains(part), "{format}: {}", done.out);
        assert!(!done.out.contains('\u{1b}'));
        let coloured = on(&world, &["--color=always", "diff", "1@2", "--format", format]);
        assert_eq!(coloured.out.contains('\u{1b}'), format != "html", "{format}");
    }
    let wide = on(&world, &["diff", "1@2", "--format", "side-by-side", "--width", "60"]).out;
    assert!(wide.lines().skip(4).all(|line| line.chars().count() <= 60), "{wide}");
    let bare = on(&world, &["diff", "1@2", "--format", "unified", "-U", "0"]).out;
    assert!(bare.contains("@@ -6 +6 @@\n-Sebanyak"), "{bare}");
}

#[test]
fn the_exit_code_tells_when_it_is_asked_to() {
    let world = shelf();
    assert_eq!(on(&world, &["diff", "1", "--exit-code"]).code, 1);
    assert_eq!(on(&world, &["diff", "1@3", "1@3", "--exit-code"]).code, 0);
    let same = on(&world, &["diff", "1@3", "1@3"]);
    assert!(same.code == 0 && same.out.contains("no difference"), "{}", same.out);
    assert_eq!(on(&world, &["diff", "1@3", "1@3", "--format", "unified"]).out, "");
}

#[test]
fn where_nothing_changed_yet_it_says_so() {
    let world = shelf();
    for (reference, says) in
        [("4", "one version"), ("4@1", "one version"), ("1@1", "is the first"), ("1@first", "is the first")]
    {
        let done = on(&world, &["diff", reference, "--exit-code"]);
        assert_eq!((done.code, done.out.as_str()), (0, ""), "{reference}");
        assert!(done.err.contains(says), "{reference}: {}", done.err);
    }
    assert_eq!(on(&world, &["-q", "diff", "4"]).err, "");
}

#[test]
fn what_comes_back_is_reverted() {
    let mut world = shelf();
    let mut kurs = crate::world::article("Kurs rupiah", &["Kurs tetap."]);
    let url = "https://kabar.example/kurs";
    kurs.body[0].text = "Kurs turun.".to_owned();
    world.later(HOUR).see(url, &kurs);
    kurs.body[0].text = "Kurs tetap.".to_owned();
    world.later(HOUR).see(url, &kurs);
    let kinds =
        |reference: &str| on(&world, &["diff", reference, "--format", "json"]).json()[0]["kinds"].clone();
    assert_eq!(kinds("4"), serde_json::json!(["wording", "reverted"]));
    assert_eq!(kinds("4@2"), serde_json::json!(["wording"]));
}

#[test]
fn what_is_not_there_and_what_is_not_meant_is_said() {
    let world = shelf();
    for (args, code, says) in [
        (&["diff", "99"][..], 4, "no article 99"),
        (&["diff", "1@9"], 4, "no version 9"),
        (&["diff", "1@1..9"], 4, "no version 9"),
        (&["diff", "1@0..2"], 2, "names no version"),
        (&["diff", "1@1..2", "1"], 2, "one version"),
        (&["diff", "1", "99"], 4, "no article 99"),
        (&["diff"], 2, "REF"),
        (&["diff", "1", "--format", "pdf"], 2, "side-by-side"),
        (&["diff", "1", "--width", "3"], 2, "23"),
    ] {
        let done = on(&world, args);
        assert_eq!((done.code, done.out.as_str()), (code, ""), "{args:?}");
        assert!(done.err.contains(says), "{args:?}: {}", done.err);
    }
}

#[test]
fn two_articles_can_be_compared_and_examples_come_first() {
    let world = shelf();
    let done = on(&world, &["diff", "1@1", "4", "--format", "stat"]);
    assert!(done.code == 0 && done.out.contains(" 1@1..4@1: headline"), "{}", done.out);
    for verb in ["diff", "export", "schedule"] {
        assert!(on(&world, &[verb, "--help"]).out.starts_with("Examples:\n  kliping "), "{verb}");
    }
}

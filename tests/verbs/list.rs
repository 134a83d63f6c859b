//! `kliping list`.

use crate::kliping::{on, shelf};

#[test]
fn a_line_an_article_newest_first() {
    let done = on(&shelf(), &["list"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(
        done.lines(),
        [
            " 4  2026-03-01 11:00  kabar  1        Kurs rupiah",
            " 3  2026-03-01 11:00  kabar  1        Judul jahat",
            " 2  2026-03-01 11:00  dapur  1        Resep <b>soto</b> & lontong",
            " 1  2026-03-01 08:00  kabar  3  gone  Gempa Cianjur, 15 orang tewas",
        ]
    );
}

#[test]
fn the_filters_work_together() {
    let world = shelf();
    let ids = |args: &[&str]| {
        let mut all = vec!["list", "--format", "jsonl"];
        all.extend(args);
        let done = on(&world, &all);
        assert_eq!(done.code, 0, "{args:?}: {}", done.err);
        done.json().iter().map(|row| row["id"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]), [4, 3, 2, 1]);
    assert_eq!(ids(&["--site", "dapur"]), [2]);
    assert_eq!(ids(&["--state", "gone"]), [1]);
    assert_eq!(ids(&["--since", "2026-03-01T10:30Z", "--limit", "2"]), [4, 3]);
    assert_eq!(ids(&["--until", "2026-03-01T10:30:00+00:00"]), [1]);
    assert_eq!(ids(&["--since", "2026-03-02"]), [0; 0]);
    assert_eq!(ids(&["--changed-since", "2026-03-01T12:00Z"]), [1]);
    assert_eq!(ids(&["--changed-since", "2026-03-01T11:00Z", "--site", "kabar"]), [4, 3, 1]);
    // The articles are of 2026: a few milliseconds ago nobody archived anything.
    assert_eq!(ids(&["--since", "0s"]), [0; 0]);
}

#[test]
fn jsonl_tells_all_that_a_list_knows() {
    let done = on(&shelf(), &["list", "--format", "jsonl", "--state", "gone"]);
    let row = &done.json()[0];
    for (key, value) in [
        ("schema", "kliping.listed/1"),
        ("state", "gone"),
        ("site", "kabar"),
        ("url", "https://kabar.example/gempa"),
        ("title", "Gempa Cianjur, 15 orang tewas"),
        ("published", "2026-03-01T14:05:00+07:00"),
        ("first_seen", "2026-03-01T08:00:00Z"),
        ("last_changed", "2026-03-01T12:00:00Z"),
        ("last_seen", "2026-03-01T10:00:00Z"),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
    assert_eq!((row["versions"].as_i64(), row["dateline"]["raw"].as_str()), (Some(3), Some("CIANJUR – ")));
}

#[test]
fn wrong_arguments_are_a_matter_of_usage() {
    let world = shelf();
    for args in [
        &["list", "--since", "kemarin"][..],
        &["list", "--state", "mati"],
        &["list", "--limit", "-1"],
        &["list", "12"],
        &["list", "--format", "xml"],
    ] {
        let done = on(&world, args);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{args:?}");
        assert!(!done.err.is_empty());
    }
    assert!(on(&world, &["list", "--since", "kemarin"]).err.contains("24h"));
}

#[test]
fn colour_comes_when_it_is_asked_for_and_examples_come_first() {
    let world = shelf();
    assert!(on(&world, &["--color", "always", "list"]).out.contains("\u{1b}[31mgone"));
    assert!(!on(&world, &["list"]).out.contains('\u{1b}'));
    for verb in ["list", "show", "history", "search", "stats", "doctor"] {
        let help = on(&world, &[verb, "--help"]).out;
        assert!(help.starts_with("Examples:\n  kliping "), "{verb}: {help}");
    }
}

//! `kliping history`.

use crate::kliping::{GEMPA, on, shelf};

#[test]
fn versions_and_what_happened_in_between() {
    let done = on(&shelf(), &["history", GEMPA]);
    assert_eq!(done.code, 0, "{}", done.err);
    let lines = done.lines();
    assert_eq!(
        lines[..3],
        [
            "Gempa Cianjur, 15 orang tewas",
            "article 1 · kabar · 3 versions · https://kabar.example/gempa · gone",
            "",
        ]
    );
    for (line, (start, end)) in lines[3..].iter().zip([
        ("1  2026-03-01 08:00  first         +8", "Gempa di Cianjur"),
        ("2  2026-03-01 09:00  publisher     +1    −1  ", "number"),
        ("3  2026-03-01 10:00  publisher  ", "Gempa Cianjur, 15 orang tewas"),
        ("·  2026-03-01 12:00  gone        ", "status 410"),
    ]) {
        assert!(line.starts_with(start) && line.ends_with(end), "{line}");
    }
    assert!(lines[5].contains("headline"));
    assert_eq!(lines.len(), 7);
}

#[test]
fn jsonl_has_a_line_a_version_and_a_line_an_event() {
    let lines = on(&shelf(), &["history", "1", "--format", "jsonl"]).json();
    assert_eq!(lines.len(), 4);
    assert!(lines.iter().all(|line| line["schema"] == "kliping.history/1" && line["article"] == 1));
    assert_eq!((lines[0]["cause"].as_str(), lines[0]["words"]["added"].as_i64()), (Some("first"), Some(8)));
    assert_eq!(lines[1]["kinds"], serde_json::json!(["number"]));
    assert_eq!(
        (lines[3]["event"].as_str(), lines[3]["at"].as_str()),
        (Some("gone"), Some("2026-03-01T12:00:00Z"))
    );
}

#[test]
fn a_range_shows_these_versions() {
    let world = shelf();
    let versions = |reference| {
        let lines = on(&world, &["history", reference, "--format", "jsonl"]).json();
        lines.iter().map(|line| line["version"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(versions("1@2..3"), [2, 3]);
    assert_eq!(versions("1@3..2"), [2, 3]);
    assert_eq!(versions("1@first"), [1]);
    assert_eq!(on(&world, &["history", "7"]).code, 4);
}

#[test]
fn patches_stand_below_their_versions() {
    let done = on(&shelf(), &["history", "-p", "1"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let plain = on(&shelf(), &["history", "1"]);
    for line in plain.lines() {
        assert!(done.lines().contains(&line), "{line}");
    }
    for line in ["-Sebanyak 5 orang tewas.", "+Sebanyak 15 orang tewas."] {
        assert!(done.lines().contains(&line), "{line}\n{}", done.out);
    }
    assert_eq!(on(&shelf(), &["history", "-p", "1", "--format", "jsonl"]).code, 2);
}

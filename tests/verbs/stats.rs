//! `kliping stats`.

use crate::kliping::{on, shelf};

#[test]
fn figures_for_people_and_for_scripts() {
    let world = shelf();
    let text = on(&world, &["stats"]).out;
    let squeezed: Vec<String> =
        text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "articles 4",
        "versions 6 1 edited",
        "gone 1",
        "pages kept 1 20 bytes in 20 bytes",
        "dapur 1 1 0 0 0 2026-03-01 11:00",
        "kabar 3 5 1 1 0 2026-03-01 11:00",
    ] {
        assert!(squeezed.iter().any(|l| l == line), "{line}\n{text}");
    }
    let json = &on(&world, &["stats", "--format", "json"]).json()[0];
    assert_eq!((json["articles"].as_i64(), json["sites"]["kabar"]["versions"].as_i64()), (Some(4), Some(5)));
    assert_eq!(json["first_seen"], "2026-03-01T08:00:00Z");
}

//! `kliping doctor`.

use std::fs;

use crate::kliping::{kliping, on, shelf};

/// The status of each thing that was looked at.
fn status<'a>(out: &'a str, name: &str) -> Vec<&'a str> {
    let about = |line: &'a str| {
        let (word, rest) = line.split_once("  ")?;
        rest.trim_start().starts_with(&format!("{name}  ")).then_some(word.trim())
    };
    out.lines().filter_map(about).collect()
}

#[test]
fn a_sound_archive_passes() {
    let world = shelf();
    let done = on(&world, &["doctor"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    // A small archive is read through in any case.
    assert_eq!(on(&world, &["doctor", "--deep"]).out, done.out);
    for name in ["config", "site files", "schema", "file", "references", "heads", "search", "reading"] {
        assert_eq!(status(&done.out, name), ["ok"], "{name}\n{}", done.out);
    }
    assert_eq!(status(&done.out, "sites"), ["warn"]);
    assert!(done.out.contains("kliping sites add"));
}

#[test]
fn before_the_first_crawl_it_says_what_to_do_first() {
    let folder = tempfile::tempdir().unwrap();
    let done = kliping(folder.path(), &["doctor"]);
    assert_eq!(done.code, 0, "{}", done.out);
    assert!(done.out.contains("kliping crawl"), "{}", done.out);
    assert!(!done.out.contains("fail"));
}

#[test]
fn faults_are_named_with_one_remedy_each() {
    let world = shelf();
    let folder = world.folder.path().to_owned();
    fs::write(folder.join("config.toml"), "delay = 3\n").unwrap();
    fs::create_dir(folder.join("selectors")).unwrap();
    fs::write(folder.join("selectors/kabar.example.toml"), "x = [").unwrap();
    world.sqlite().execute("DELETE FROM head WHERE article_id = 4", []).unwrap();
    let done = on(&world, &["doctor"]);
    assert_eq!(done.code, 1, "{}", done.out);
    for name in ["config", "site files", "heads"] {
        assert_eq!(status(&done.out, name), ["fail"], "{name}\n{}", done.out);
    }
    for line in done.lines().iter().filter(|line| line.starts_with("fail") || line.starts_with("warn")) {
        assert_eq!(line.matches('→').count(), 1, "{line}");
    }
}

#[test]
fn a_run_of_pages_that_can_no_longer_be_read_is_an_alarm() {
    let mut world = shelf();
    world.now = jiff_now();
    for n in 0..30 {
        let unreadable = kliping::store::Observation::Unreadable {
            code: "no_article".to_owned(),
            message: "no title".to_owned(),
            raw: None,
        };
        world.record(world.fetch(&format!("https://kabar.example/baru/{n}")), unreadable);
    }
    let done = on(&world, &["doctor"]);
    assert_eq!((done.code, status(&done.out, "reading")), (0, vec!["warn"]), "{}", done.out);
    assert!(done.out.contains("kabar: 100 %"), "{}", done.out);
}

#[allow(clippy::disallowed_methods, reason = "the binary looks at the clock, and so must its test")]
fn jiff_now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

//! The walls between the rooms: who may use whom, and which room alone names a crate.

mod support;

use support::source::Source;

/// Room → the rooms it may use. A room stands below all that use it, so the table has no circle.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("dom", &[]),
    ("config", &["model"]),
    ("site", &["model", "dom", "config"]),
    ("extract", &["model", "dom", "site"]),
    ("clean", &["model", "dom", "site"]),
    ("read", &["model", "dom", "site", "extract", "clean"]),
    ("draft", &["model", "dom", "site", "extract", "clean", "read"]),
    ("discover", &["model", "dom", "site"]),
    ("fetch", &["model", "config"]),
    ("schedule", &["model", "config"]),
    ("diff", &["model"]),
    ("store", &["model", "diff"]),
    ("export", &["model", "diff", "store"]),
    ("import", &["model", "config", "site", "read", "store"]),
    ("serve", &["model", "config", "store", "diff", "export"]),
    ("pipeline", &["model", "dom", "config", "site", "read", "discover", "fetch", "schedule", "store"]),
];

/// Crate → the rooms that may name it. `cli` is the binary.
const CRATES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["config"]),
    ("brotli_decompressor", &["import"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("cssparser", &["dom"]),
    ("encoding_rs", &["dom"]),
    ("flate2", &["discover", "export", "import"]),
    ("governor", &["fetch"]),
    ("html5ever", &["dom"]),
    ("http_body_util", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("imara_diff", &["diff"]),
    ("maud", &["serve"]),
    ("memchr", &["dom"]),
    ("parquet", &["export"]),
    ("precomputed_hash", &["dom"]),
    ("psl", &["model"]),
    ("quick_xml", &["discover"]),
    ("reqwest", &["fetch"]),
    ("rusqlite", &["store", "export"]),
    ("rustls", &["fetch", "store"]),
    ("rustls_platform_verifier", &["store"]),
    ("selectors", &["dom"]),
    ("sha2", &["model"]),
    ("tokio_postgres", &["store"]),
    ("tokio_rustls", &["store"]),
    ("toml", &["config", "site"]),
    ("tracing_subscriber", &["cli"]),
    ("zstd", &["store", "import"]),
];

/// The room that a file belongs to: its first folder or file name below `src`.
fn room(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap();
    match inside.split('/').next().unwrap() {
        "main.rs" => "cli",
        "lib.rs" => "",
        first => first.strip_suffix(".rs").unwrap_or(first),
    }
}

/// The first names behind `crate::`, those of a group `crate::{a::b, c}` too.
fn first_names(behind: &str) -> Vec<&str> {
    let ident = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let Some(group) = behind.trim_start().strip_prefix('{') else {
        let behind = behind.trim_start();
        return vec![&behind[..ident(behind)]];
    };
    let mut names = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                let item = group[start..at].trim_start();
                names.push(&item[..ident(item)]);
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// How many `super::` lead from a file to the top of the library.
fn depth(path: &str) -> usize {
    let inside = path.strip_prefix("src/").unwrap();
    inside.split('/').filter(|part| *part != "mod.rs").count()
}

#[test]
fn a_room_uses_only_the_rooms_below_it() {
    let mut faults = Vec::new();
    for file in Source::below("src") {
        let here = room(&file.path);
        if matches!(here, "" | "cli") {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == here) else {
            faults.push(format!("{}: the room `{here}` is not in the table of tests/layers.rs", file.path));
            continue;
        };
        for at in file.places("crate::") {
            if file.code[..at].ends_with('$') {
                continue;
            }
            for name in first_names(&file.code[at + "crate::".len()..]) {
                let is_room = ROOMS.iter().any(|(room, _)| *room == name);
                if is_room && name != here && !allowed.contains(&name) {
                    faults.push(format!("{}: `{here}` may not use `{name}`", file.place(at)));
                }
            }
        }
        let up = "super::".repeat(depth(&file.path));
        for at in file.places(&up) {
            faults.push(format!("{}: say `crate::` for what lies in another room", file.place(at)));
        }
    }
    assert!(faults.is_empty(), "arrows that the house does not have:\n{}", faults.join("\n"));
}

#[test]
fn a_crate_is_named_only_in_its_room() {
    let mut faults = Vec::new();
    for file in Source::below("src") {
        let here = room(&file.path);
        for (name, rooms) in CRATES {
            let paths = [format!("{name}::"), format!("use {name};"), format!("use {name} as")];
            for at in paths.iter().flat_map(|path| file.places(path)) {
                // `self::toml::` or `kliping::fetch::…` is a module, not the crate.
                if !rooms.contains(&here) && !file.code[..at].ends_with("::") {
                    faults.push(format!(
                        "{}: only {} may name `{name}`",
                        file.place(at),
                        rooms.join(" and ")
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "crates outside their room:\n{}", faults.join("\n"));
}

#[test]
fn the_table_has_no_circle() {
    for (at, (room, uses)) in ROOMS.iter().enumerate() {
        for used in *uses {
            let place = ROOMS.iter().position(|(name, _)| name == used);
            assert!(
                place.is_some_and(|place| place < at),
                "`{room}` uses `{used}`, which must stand above it"
            );
        }
    }
}

#[test]
fn the_map_shows_these_walls() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md");
    let map = std::fs::read_to_string(path).unwrap();
    let row = |room: &str| -> Vec<String> {
        let start = format!("| `{room}/`");
        let line = map.lines().find(|line| line.starts_with(&start));
        let line = line.unwrap_or_else(|| panic!("ARCHITECTURE.md has no row for `{room}/`"));
        line.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    for (room, uses) in ROOMS {
        let drawn = row(room)[3].clone();
        let drawn: Vec<&str> = drawn.split(", ").filter(|used| *used != "–").collect();
        assert_eq!(drawn, *uses, "what `{room}` may use");
    }
    for (name, rooms) in CRATES {
        for room in *rooms {
            assert!(row(room)[4].replace('-', "_").contains(&format!("`{name}`")), "`{name}` at `{room}/`");
        }
    }
}

#[test]
fn groups_and_nested_paths_are_understood() {
    for (behind, names) in [
        ("model::{Article, Version};", vec!["model"]),
        ("{dom::Document, model::{Article, When}, site};", vec!["dom", "model", "site"]),
        ("store::Archive::open(path)", vec!["store"]),
        ("{\n    clean,\n    read::x,\n};", vec!["clean", "read"]),
    ] {
        assert_eq!(first_names(behind), names, "{behind}");
    }
    assert_eq!((depth("src/store/mod.rs"), depth("src/store/writer.rs"), depth("src/read.rs")), (1, 2, 1));
}

//! `kliping export`.

use std::fs;
use std::path::Path;

use crate::kliping::{on, shelf};
use crate::world::HOUR;

/// All files below a folder, by their paths.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    let name = |path: &std::path::PathBuf| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    let mut names: Vec<String> = found.iter().map(name).collect();
    names.sort();
    names
}

#[test]
fn jsonl_is_one_article_a_line_in_the_order_of_their_numbers() {
    let world = shelf();
    let done = on(&world, &["export", "--to", "jsonl"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let lines = done.json();
    assert_eq!(lines.iter().map(|l| l["id"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(lines.iter().all(|line| line["schema"] == "kliping.article/1"));
    assert_eq!((lines[0]["version"].as_i64(), lines[0]["state"].as_str()), (Some(3), Some("gone")));
    let show = on(&world, &["show", "1", "--format", "json"]).out;
    assert_eq!(done.lines()[0], show.trim_end(), "as `show` has it");
    assert_eq!(done.out, on(&world, &["export", "--to", "jsonl", "-o", "-"]).out, "same input, same bytes");
}

#[test]
fn the_filters_of_list_choose() {
    let world = shelf();
    let ids = |args: &[&str]| {
        let mut all = vec!["export", "--to", "jsonl"];
        all.extend(args);
        let done = on(&world, &all);
        assert_eq!(done.code, 0, "{args:?}: {}", done.err);
        let pair = |l: &serde_json::Value| (l["id"].as_i64().unwrap(), l["version"].as_i64().unwrap());
        done.json().iter().map(pair).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--site", "dapur"]), [(2, 1)]);
    assert_eq!(ids(&["--state", "gone"]), [(1, 3)]);
    assert_eq!(ids(&["--state", "gone", "--versions", "all"]), [(1, 1), (1, 2), (1, 3)]);
    assert_eq!(ids(&["--since", "2026-03-01T10:30Z"]), [(2, 1), (3, 1), (4, 1)]);
    assert_eq!(ids(&["--until", "2026-03-01T10:30Z"]), [(1, 3)]);
    assert_eq!(ids(&["--site", "tiada"]), []);
}

#[test]
fn a_file_is_written_whole() {
    let world = shelf();
    let folder = world.folder.path();
    for format in ["jsonl", "csv"] {
        let path = format!("out/{format}.txt");
        let done = on(&world, &["export", "--to", format, "-o", &path]);
        assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", ""));
        let stdout = on(&world, &["export", "--to", format]).out;
        assert_eq!(fs::read_to_string(folder.join(&path)).unwrap(), stdout);
    }
    assert_eq!(files(&folder.join("out")), ["csv.txt", "jsonl.txt"], "nothing is left beside them");
    let done = on(&world, &["export", "--to", "csv", "-o", "out"]);
    assert!(done.code == 4 && done.err.contains("out") && done.err.contains("folder"), "{}", done.err);
}

#[test]
fn csv_is_a_table_without_formulas() {
    let mut world = shelf();
    let url = "https://kabar.example/rumus";
    world.later(HOUR).see(url, &crate::world::article("=HYPERLINK(\"http://x\")", &["+62 812, \"dua\""]));
    let text = on(&world, &["export", "--to", "csv"]).out;
    assert!(text.starts_with("id,version,versions,state,site,url,"), "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{text}");
    assert!(text.contains("\"'+62 812, \"\"dua\"\"\""), "{text}");
    assert_eq!(text.chars().find(|c| c.is_control() && *c != '\n'), None);
}

#[test]
fn markdown_is_a_file_an_article_at_a_path_that_stays() {
    let mut world = shelf();
    let folder = world.folder.path().join("articles");
    let export = |world: &crate::world::World| {
        let done = on(world, &["export", "--to", "md", "-o", "articles"]);
        assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", ""));
        files(&folder)
    };
    let names = [
        "dapur/2026/03/soto-2.md",
        "kabar/2026/03/gempa-1.md",
        "kabar/2026/03/jahat-3.md",
        "kabar/2026/03/kurs-4.md",
    ];
    assert_eq!(export(&world), names);
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let gempa = read(names[1]);
    assert!(gempa.starts_with("---\nid: 1\nversion: 3\n"), "{gempa}");
    assert!(gempa.contains("\n# Gempa Cianjur, 15 orang tewas\n\n**CIANJUR –** Sebanyak 15"), "{gempa}");
    assert!(read(names[2]).chars().all(|c| !c.is_control() || c == '\n'));

    let before: Vec<_> =
        names.iter().map(|n| fs::metadata(folder.join(n)).unwrap().modified().unwrap()).collect();
    let mut kurs = crate::world::article("Judul yang sama sekali lain", &["Kurs turun."]);
    kurs.published = shelf_date();
    world.later(HOUR).see("https://kabar.example/kurs", &kurs);
    assert_eq!(export(&world), names, "a new title and a new date move no file");
    let after: Vec<_> =
        names.iter().map(|n| fs::metadata(folder.join(n)).unwrap().modified().unwrap()).collect();
    assert_eq!(before[..3], after[..3], "what is the same is not written again");
    assert!(read(names[3]).contains("Judul yang sama sekali lain"));

    on(&world, &["export", "--to", "md", "-o", "all", "--versions", "all", "--site", "kabar"]);
    let all = files(&world.folder.path().join("all"));
    assert_eq!(all.len(), 6);
    assert_eq!(all[0], "kabar/2026/03/gempa-1@1.md");
}

fn shelf_date() -> Option<kliping::model::When> {
    Some(kliping::model::When {
        raw: "2031".to_owned(),
        at: "2031-01-01T00:00:00Z".parse().unwrap(),
        offset_seconds: 0,
        precision: kliping::model::Precision::Day,
        zone_from: kliping::model::ZoneFrom::Assumed,
    })
}

#[test]
fn markdown_without_a_folder_is_one_text() {
    let world = shelf();
    let done = on(&world, &["export", "--to", "md", "--site", "kabar"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(done.out.matches("---\nid: ").count(), 3);
    assert_eq!(done.out, on(&world, &["export", "--to", "md", "--site", "kabar", "-o", "-"]).out);
}

#[test]
fn what_cannot_be_done_is_said() {
    let world = shelf();
    fs::write(world.folder.path().join("berkas"), "x").unwrap();
    for (args, code, says) in [
        (&["export", "--to", "docx"][..], 2, "jsonl"),
        (&["export"], 2, "--to"),
        (&["export", "--to", "md", "-o", "berkas"], 4, "berkas"),
        (&["export", "--to", "csv", "-o", "berkas/x.csv"], 4, "berkas"),
        (&["--archive", "tiada.db", "export", "--to", "csv"], 6, "tiada.db"),
    ] {
        let done = if args[0] == "--archive" {
            crate::kliping::kliping(world.folder.path(), args)
        } else {
            on(&world, args)
        };
        assert_eq!((done.code, done.out.as_str()), (code, ""), "{args:?}");
        assert!(done.err.contains(says), "{args:?}: {}", done.err);
    }
    assert_eq!(fs::read_to_string(world.folder.path().join("berkas")).unwrap(), "x");
}

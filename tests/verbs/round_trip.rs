//! Out of one archive and into another: JSON Lines, WARC, addresses.

use std::fs;

use serde_json::Value;

use crate::kliping::{kliping, on, shelf};
use crate::world::World;

/// The lines of an export, without what only the exporting archive has: the page.
fn lines(text: &str) -> Vec<Value> {
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &mut lines {
        line["provenance"]["raw_sha256"] = Value::Null;
    }
    lines
}

#[test]
fn what_was_exported_comes_back_as_it_was() {
    let world = shelf();
    for versions in ["all", "latest"] {
        let export = on(&world, &["export", "--to", "jsonl", "--versions", versions]).out;
        let other = tempfile::tempdir().unwrap();
        fs::write(other.path().join("all.jsonl"), &export).unwrap();
        let run = |args: &[&str]| kliping(other.path(), &[&["--archive", "k.db"], args].concat());
        let done = run(&["import", "all.jsonl"]);
        assert_eq!(done.code, 0, "{}", done.err);
        let back = run(&["export", "--to", "jsonl", "--versions", versions]).out;
        if versions == "all" {
            assert_eq!(lines(&back), lines(&export));
            assert_eq!(run(&["changes"]).out, on(&world, &["changes", "--kind", "headline,number"]).out);
        } else {
            let texts = |text| {
                lines(text).iter().map(|l| (l["title"].clone(), l["body"].clone())).collect::<Vec<_>>()
            };
            assert_eq!(texts(&back), texts(&export));
            assert_eq!(
                lines(&back)[0]["cause"],
                "import",
                "a third version without its first two is a baseline"
            );
        }
        assert_eq!(
            run(&["import", "all.jsonl"]).err.trim(),
            format!("kliping: {} there already", export.lines().count())
        );
        assert_eq!(run(&["export", "--to", "jsonl", "--versions", versions]).out, back);
        assert_eq!(run(&["verify"]).code, 0);
        // Into the archive that it came from: nothing new.
        fs::write(world.folder.path().join("all.jsonl"), &export).unwrap();
        on(&world, &["import", "all.jsonl"]);
        assert_eq!(on(&world, &["export", "--to", "jsonl", "--versions", versions]).out, export);
    }
}

#[test]
fn null_characters_stay_outside() {
    let world = shelf();
    let export = on(&world, &["export", "--to", "jsonl"]).out;
    let other = tempfile::tempdir().unwrap();
    let odd = export.replacen("Gempa", "Gem\\u0000pa", 3).replacen("rupiah", "\\\\u0000rupiah", 1);
    assert_ne!(odd, export);
    fs::write(other.path().join("odd.jsonl"), &odd).unwrap();
    let run = |args: &[&str]| kliping(other.path(), &[&["--archive", "k.db"], args].concat());
    assert_eq!(run(&["import", "odd.jsonl"]).code, 0);
    let back = run(&["export", "--to", "jsonl"]).out;
    assert!(back.contains("Gempa") && !back.contains("Gem\\u"), "{back}");
    assert!(back.contains("\\\\u0000rupiah"), "a backslash before it makes it words: {back}");
    assert_eq!(run(&["verify"]).code, 0);
}

#[test]
fn compressed_and_from_stdin_are_the_same() {
    let world = shelf();
    let export = on(&world, &["export", "--to", "jsonl"]).out;
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("a.jsonl.gz"), crate::warc::gzip(export.as_bytes())).unwrap();
    let done = kliping(other.path(), &["--archive", "k.db", "import", "a.jsonl.gz"]);
    assert_eq!((done.code, done.err.as_str()), (0, "kliping: 4 new articles\n"));
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_kliping"))
        .env_clear()
        .current_dir(other.path())
        .args(["--archive", "stdin.db", "import", "-"])
        .write_stdin(export)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "kliping: 4 new articles\n");
}

#[test]
fn a_line_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = on(&shelf(), &["export", "--to", "jsonl", "--site", "dapur"]).out;
    let text = format!(
        "{good}{{\"schema\":\"kliping.article/1\"}}\n\nnot json\n{{\"schema\":\"kliping.change/1\",\"title\":\"x\"}}\n"
    );
    fs::write(folder.path().join("x.jsonl"), text).unwrap();
    let done = kliping(folder.path(), &["--archive", "k.db", "import", "x.jsonl"]);
    assert_eq!(done.code, 3);
    for says in ["x.jsonl, line 2: ", "x.jsonl, line 4: ", "x.jsonl, line 5: the line is `kliping.change/1`"]
    {
        assert!(done.err.contains(says), "{says}: {}", done.err);
    }
    assert!(done.err.contains("1 new article · 3 broken"), "{}", done.err);
}

#[test]
fn pages_come_back_out_of_a_web_archive() {
    let world = shelf();
    let done = on(&world, &["export", "--to", "warc", "--versions", "all", "-o", "out.warc.gz"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let again = on(&world, &["export", "--to", "warc", "--versions", "all", "-o", "again.warc.gz"]);
    assert_eq!(again.code, 0);
    let read = |name: &str| fs::read(world.folder.path().join(name)).unwrap();
    assert_eq!(read("out.warc.gz"), read("again.warc.gz"), "same input, same bytes");
    // The shelf keeps one page, which is too short for an article: it is read, and found to be none.
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("out.warc.gz"), read("out.warc.gz")).unwrap();
    let done = kliping(other.path(), &["--archive", "k.db", "import", "--summary", "json", "out.warc.gz"]);
    let figures = done.json().remove(0);
    assert_eq!((&figures["broken"], &figures["skipped"]["metadata"]), (&0.into(), &6.into()), "{figures}");
    assert_eq!(figures["skipped"]["no_article"], 1, "{figures}");
}

#[test]
fn addresses_wait_for_the_next_crawl() {
    let world = World::new();
    let folder = world.folder.path();
    let config = "[sites.kabar]\nurl = \"https://kabar.example/\"\n";
    fs::write(folder.join("config.toml"), config).unwrap();
    let list = "# dari teman\nhttps://kabar.example/a\n\nhttps://www.kabar.example/b\nhttps://kabar.example/a\nbukan alamat\nhttps://lain.example/x\n";
    fs::write(folder.join("alamat.txt"), list).unwrap();
    let done = on(&world, &["import", "--summary", "json", "alamat.txt"]);
    assert_eq!(done.code, 3, "{}", done.err);
    let figures = done.json().remove(0);
    assert_eq!(
        (&figures["queued"], &figures["known"], &figures["skipped"]["no_site"]),
        (&2.into(), &1.into(), &1.into())
    );
    assert!(
        done.err.contains("alamat.txt, line 6: ") && done.err.contains("kliping sites add"),
        "{}",
        done.err
    );
    let due = world.due_pages("https://kabar.example/", "2027-01-01T00:00:00Z".parse().unwrap(), 10);
    let waiting: Vec<_> = due.iter().map(|page| page.url.as_str()).collect();
    assert_eq!(waiting, ["https://kabar.example/a", "https://www.kabar.example/b"]);
}

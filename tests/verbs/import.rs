//! `kliping import`: WARC files.

use std::fs;
use std::path::Path;

use crate::kliping::{Done, kliping, on};
use crate::warc::{file, gzip, html, page, record, response};
use crate::world::{HOUR, World};

const DATE: &str = "2026-02-01T10:00:00Z";

/// Runs a verb on `kliping.db` in a folder.
fn run(folder: &Path, args: &[&str]) -> Done {
    let mut all = vec!["--archive", "kliping.db"];
    all.extend(args);
    kliping(folder, &all)
}

fn folder(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

/// The figures of an import.
fn figures(folder: &Path, args: &[&str]) -> serde_json::Value {
    let mut all = vec!["import", "--summary", "json"];
    all.extend(args);
    let done = run(folder, &all);
    let mut figures = done.json().pop().unwrap_or_else(|| panic!("{args:?}: {}", done.err));
    assert_eq!(figures["exit"], done.code, "{}", done.err);
    figures.as_object_mut().unwrap().remove("ms");
    figures
}

#[test]
fn pages_become_articles_and_a_second_time_changes_nothing() {
    let first = "Sebanyak 40 perahu kembali berjualan di waduk sejak Senin pagi.";
    let story = page("Pasar apung dibuka lagi", first);
    let mut chunked = format!("{:x}\r\n", 100).into_bytes();
    let packed = gzip(story.as_bytes());
    let bytes = file(&[
        html("https://www.kabar.example/a", DATE, &story),
        response(
            "https://desa.example.co.id/b",
            DATE,
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            &{
                chunked.extend_from_slice(&packed[..100]);
                chunked.extend(format!("\r\n{:x}\r\n", packed.len() - 100).into_bytes());
                chunked.extend_from_slice(&packed[100..]);
                chunked.extend_from_slice(b"\r\n0\r\n\r\n");
                chunked.clone()
            },
        ),
        response("https://kabar.example/foto.jpg", DATE, "Content-Type: image/jpeg\r\n", &[0xff; 99]),
        record("response", "https://kabar.example/tiada", DATE, b"HTTP/1.1 404 Not Found\r\n\r\nx"),
        html("https://kabar.example/kosong", DATE, "<html><body><p>x</p></body></html>"),
        record("response", "dns:kabar.example", DATE, b"20260201\r\nkabar.example. 1 IN A 127.0.0.1\r\n"),
    ]);
    let folder = folder("cc.warc.gz", &bytes);
    let path = folder.path();
    let figures_of = |args: &[&str]| figures(path, args);

    let done = figures_of(&["cc.warc.gz"]);
    assert_eq!((&done["new"], &done["broken"]), (&2.into(), &0.into()), "{done}");
    let skipped = done["skipped"].as_object().unwrap();
    for (why, n) in [("request", 6), ("warcinfo", 1), ("status", 1), ("not_html", 1), ("not_http", 1)] {
        assert_eq!(skipped.get(why), Some(&n.into()), "{why}: {done}");
    }
    let list = run(path, &["list", "--format", "jsonl"]).json();
    let sites: Vec<_> = list.iter().map(|row| row["site"].as_str().unwrap()).collect();
    assert_eq!(
        sites,
        ["example.co.id", "kabar.example"],
        "no site of the configuration: the registrable domain"
    );
    let show = run(path, &["show", "1", "--format", "json"]).json().remove(0);
    assert_eq!((show["cause"].as_str(), show["observed"].as_str()), (Some("import"), Some(DATE)));
    assert_eq!(show["provenance"]["etag"], "\"a\"");
    assert!(show["body"][0].as_str().unwrap().contains("40 perahu"));
    assert_eq!(run(path, &["show", "2", "--format", "raw"]).out, story, "the page is kept, decoded");
    assert_eq!(run(path, &["changes"]).code, 1, "a baseline is no edit");
    assert_eq!(run(path, &["verify"]).code, 0);

    let before = run(path, &["export", "--to", "jsonl", "--versions", "all"]).out;
    let again = figures_of(&["cc.warc.gz"]);
    assert_eq!((&again["new"], &again["known"]), (&0.into(), &2.into()), "{again}");
    assert_eq!(run(path, &["export", "--to", "jsonl", "--versions", "all"]).out, before);
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder =
        folder("cc.warc", &html("https://kabar.example/a", DATE, &page("Judul satu", "Isi berita.")));
    let world = World::new();
    fs::copy(folder.path().join("cc.warc"), world.folder.path().join("cc.warc")).unwrap();
    let done = on(&world, &["import", "--dry-run", "cc.warc"]);
    assert_eq!((done.code, done.err.as_str()), (0, "kliping: 1 new article (nothing written)\n"));
    assert_eq!(on(&world, &["list"]).out, "");
}

#[test]
fn damage_is_named_with_its_place_and_stepped_over() {
    let records: Vec<Vec<u8>> = (1..=3)
        .map(|n| {
            gzip(&html(
                &format!("https://kabar.example/{n}"),
                DATE,
                &page(&format!("Judul ke-{n}"), "Isi berita."),
            ))
        })
        .collect();
    let mut harmed = records.clone();
    let middle = harmed[1].len() / 2;
    harmed[1][middle] ^= 0x55;
    let folder = folder("cc.warc.gz", &harmed.concat());
    let done = run(folder.path(), &["import", "cc.warc.gz"]);
    assert_eq!(done.code, 3);
    assert!(done.err.contains(&format!("cc.warc.gz, byte {}: ", records[0].len())), "{}", done.err);
    assert_eq!(run(folder.path(), &["list"]).lines().len(), 2);

    // Cut off at its end, nothing of it whole, no WARC at all, not there, a folder.
    fs::write(folder.path().join("cut.warc.gz"), &records[0][..100]).unwrap();
    fs::write(folder.path().join("gambar.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    for (name, says) in [
        ("cut.warc.gz", "cut.warc.gz, byte 0: "),
        ("gambar.png", "neither WARC nor JSON Lines"),
        ("tiada.warc", "cannot read it"),
        (".", "folder"),
    ] {
        let done = run(folder.path(), &["import", name]);
        assert!(done.code == 4 && done.err.contains(says), "{name}: {} {}", done.code, done.err);
    }
    let done = run(folder.path(), &["import", "tiada.warc", "cc.warc.gz"]);
    assert_eq!(done.code, 3, "the other file came in: {}", done.err);
    assert_eq!(kliping(folder.path(), &["--archive", "gambar.png", "import", "cc.warc.gz"]).code, 6);
    assert_eq!(run(folder.path(), &["import"]).code, 2);
}

#[test]
fn what_is_older_goes_before_what_is_known() {
    let url = "https://kabar.example/gempa";
    let versions = [
        "Sebanyak 5 orang tewas dalam gempa yang mengguncang Cianjur pada Minggu siang, kata petugas.",
        "Sebanyak 15 orang tewas dalam gempa yang mengguncang Cianjur pada Minggu siang, kata petugas.",
        "Sebanyak 25 orang tewas dalam gempa yang mengguncang Cianjur pada Minggu siang, kata petugas.",
    ];
    let at = |day: usize, text: &str| {
        html(url, &format!("2026-02-0{day}T10:00:00Z"), &page("Gempa di Cianjur", text))
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for (name, records) in [
        ("baru.warc", vec![at(5, versions[2])]),
        ("lama.warc", vec![at(1, versions[0])]),
        ("tengah.warc", vec![at(3, versions[1]), at(4, versions[2]), at(6, versions[2])]),
    ] {
        fs::write(path.join(name), records.concat()).unwrap();
    }
    assert_eq!(figures(path, &["baru.warc"])["new"], 1);
    assert_eq!(figures(path, &["lama.warc"])["earlier"], 1);
    let done = figures(path, &["tengah.warc"]);
    // The text of the 4th and the 6th is that of the 5th.
    assert_eq!((&done["earlier"], &done["same"]), (&1.into(), &2.into()), "{done}");

    let history = run(path, &["history", "1", "--format", "jsonl"]).json();
    let seen: Vec<_> = history.iter().map(|line| line["at"].as_str().unwrap()[..10].to_owned()).collect();
    let mut sorted = seen.clone();
    sorted.sort();
    assert_eq!(seen, sorted, "in the order of time: {history:?}");
    assert_eq!((seen[0].as_str(), seen[1].as_str()), ("2026-02-01", "2026-02-03"));
    assert!(run(path, &["show", "1"]).out.contains("25 orang"), "the latest text is still the latest");
    assert!(run(path, &["show", "1@1"]).out.contains("25 orang"), "a number once given stays");
    assert_eq!(run(path, &["changes"]).code, 1, "nothing of it is an edit of today");
    assert_eq!(run(path, &["search", "25"]).lines().len(), run(path, &["search", "Cianjur"]).lines().len());
    assert_eq!(run(path, &["search", "15"]).code, 1, "only the latest text is searched");
    assert_eq!(run(path, &["verify"]).code, 0, "{}", run(path, &["verify"]).out);

    let before = run(path, &["export", "--to", "jsonl", "--versions", "all"]).out;
    for name in ["baru.warc", "lama.warc", "tengah.warc"] {
        let again = figures(path, &[name]);
        assert_eq!(again["earlier"], 0, "{name}: {again}");
    }
    assert_eq!(run(path, &["export", "--to", "jsonl", "--versions", "all"]).out, before);
}

#[test]
fn what_a_crawl_finds_different_from_the_baseline_is_an_edit() {
    let url = "https://kabar.example/gempa";
    let mut world = World::new();
    let text = "Sebanyak 5 orang tewas dalam gempa yang mengguncang Cianjur pada Minggu siang, kata petugas.";
    fs::write(world.folder.path().join("dasar.warc"), html(url, DATE, &page("Gempa di Cianjur", text)))
        .unwrap();
    assert_eq!(on(&world, &["import", "dasar.warc"]).code, 0);
    let mut article = world.versions(1).remove(0).article;
    world.later(HOUR).see(url, &article);
    assert_eq!(on(&world, &["changes"]).code, 1, "the same text is no edit");
    article.body[0].text = text.replace("5 orang", "15 orang");
    world.later(HOUR).see(url, &article);
    let changes = on(&world, &["changes", "--format", "jsonl"]).json();
    assert_eq!((changes.len(), changes[0]["cause"].as_str()), (1, Some("publisher")));
    assert_eq!(changes[0]["kinds"][0], "number");
}

#[test]
fn a_run_that_was_killed_is_taken_up_where_it_stopped() {
    let records: Vec<Vec<u8>> = (0..400)
        .map(|n| {
            html(
                &format!("https://kabar.example/{n}"),
                DATE,
                &page(&format!("Judul nomor {n}"), &format!("Isi {n}.")),
            )
        })
        .collect();
    let folder = folder("cc.warc.gz", &file(&records));
    let path = folder.path();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kliping"))
        .args(["--archive", "kliping.db", "import", "cc.warc.gz"])
        .env_clear()
        .current_dir(path)
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // Killed as soon as something is there, whatever that is.
    let is_there = || run(path, &["list", "--limit", "1"]).lines().len() == 1;
    while !is_there() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let stored = run(path, &["list"]).lines().len();
    assert!(stored > 0);
    let done = figures(path, &["cc.warc.gz"]);
    assert_eq!(
        (done["known"].as_u64(), done["new"].as_u64()),
        (Some(stored as u64), Some(400 - stored as u64))
    );
    assert_eq!(run(path, &["verify"]).code, 0);
}

#[test]
fn what_was_redacted_does_not_come_back() {
    let bytes =
        html("https://kabar.example/a", DATE, &page("Judul rahasia", "Nama yang tidak boleh disebut."));
    let folder = folder("cc.warc", &bytes);
    let path = folder.path();
    run(path, &["import", "cc.warc"]);
    let archive = rusqlite::Connection::open(path.join("kliping.db")).unwrap();
    let bury = "INSERT INTO tombstone (key, at, reason) SELECT key, 0, 'permintaan' FROM address";
    archive.execute(bury, []).unwrap();
    fs::write(
        path.join("later.warc"),
        html("https://kabar.example/a", "2026-02-02T10:00:00Z", &page("Judul", "Nama.")),
    )
    .unwrap();
    let done = figures(path, &["later.warc"]);
    assert_eq!((&done["refused"], &done["new"]), (&1.into(), &0.into()), "{done}");
    assert!(!run(path, &["export", "--to", "jsonl", "--versions", "all"]).out.contains("2026-02-02"));
}

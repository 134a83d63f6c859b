//! `kliping copy` from file to file: everything arrives, what is broken off goes on, what must not be written
//! over is not. From file to server and back: tests/postgres/copy.rs.

use std::path::Path;

use kliping::pipeline::CrawlLock;

use crate::copying::{filled, has_rows, killed, rows, seen};
use crate::kliping::{Done, kliping, on, shelf};
use crate::world::{HOUR, World, make_older};

fn copy(folder: &Path, args: &[&str]) -> Done {
    let mut all = vec!["copy"];
    all.extend(args);
    kliping(folder, &all)
}

fn chain(world: &World, archive: &str) -> String {
    let done = kliping(world.folder.path(), &["verify", "--archive", archive]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    (*done.lines().last().unwrap()).to_owned()
}

#[test]
fn every_row_arrives_under_its_number() {
    let world = filled(12);
    let folder = world.folder.path();
    let done = copy(folder, &["kliping.db", "salinan.db"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    let lines = done.lines();
    assert!(
        lines[0].starts_with("copied  ") && lines[1].starts_with("sound  12 articles, 22 versions"),
        "{}",
        done.out
    );
    assert!(lines[2].ends_with(", the same in both"), "{}", done.out);
    let (before, after) = (rows(&folder.join("kliping.db")), rows(&folder.join("salinan.db")));
    for (table, rows) in &before {
        assert!(!rows.is_empty(), "the test has nothing in {table}");
        assert_eq!(rows, &after[table], "{table}");
    }
    assert!(before["blob"].iter().any(|row| row.contains("zstd-ref")), "no page is packed with another");
    assert_eq!(chain(&world, "kliping.db"), chain(&world, "salinan.db"));
    for args in [&["history", "2"][..], &["diff", "2"], &["search", "pedagang"], &["export", "--to", "jsonl"]]
    {
        let of = |archive: &str| kliping(folder, &[args, &["--archive", archive]].concat());
        let (ours, theirs) = (of("kliping.db"), of("salinan.db"));
        assert_eq!((ours.code, ours.out), (0, theirs.out), "{args:?}");
    }
    let holder = "SELECT count(*) FROM host WHERE owner IS NOT NULL";
    let held: i64 = rusqlite::Connection::open(folder.join("salinan.db"))
        .unwrap()
        .query_row(holder, [], |row| row.get(0))
        .unwrap();
    assert_eq!(held, 0, "a lease was copied");
}

#[test]
fn a_copy_that_is_there_is_said_to_be_there() {
    let world = shelf();
    let folder = world.folder.path();
    assert_eq!(copy(folder, &["kliping.db", "salinan.db"]).code, 0);
    let again = copy(folder, &["--format", "jsonl", "kliping.db", "salinan.db"]);
    let told = &again.json()[0];
    assert_eq!(
        (again.code, &told["already"], &told["same_head"]),
        (0, &true.into(), &true.into()),
        "{}",
        again.err
    );
    assert_eq!(told["schema"], "kliping.copy/1");
}

#[test]
fn what_holds_an_archive_is_not_written_over() {
    let (world, other) = (shelf(), filled(5));
    let folder = world.folder.path();
    std::fs::rename(other.path(), folder.join("lain.db")).unwrap();
    let before = std::fs::read(folder.join("lain.db")).unwrap();
    let done = copy(folder, &["kliping.db", "lain.db"]);
    assert_eq!(done.code, 4, "{}", done.err);
    assert!(done.err.contains("lain.db holds another archive (5 articles)"), "{}", done.err);
    assert!(before == std::fs::read(folder.join("lain.db")).unwrap());
    let itself = copy(folder, &["kliping.db", "./kliping.db"]);
    assert_eq!(itself.code, 2, "{}", itself.err);
    std::fs::write(folder.join("catatan.txt"), "Bukan arsip, hanya catatan.\n").unwrap();
    assert_eq!(copy(folder, &["kliping.db", "catatan.txt"]).code, 6);
    assert_eq!(copy(folder, &["tiada.db", "salinan.db"]).code, 6);
    assert_eq!(copy(folder, &["kliping.db", "tiada/salinan.db"]).code, 4);
    assert!(!folder.join("tiada.db").exists() && !folder.join("salinan.db").exists());
}

#[test]
fn a_place_where_a_crawl_runs_is_refused() {
    let world = shelf();
    let folder = world.folder.path();
    let crawl = CrawlLock::share(&folder.join("salinan.db")).unwrap();
    let done = copy(folder, &["kliping.db", "salinan.db"]);
    assert_eq!(done.code, 75, "{}", done.err);
    drop(crawl);
    // In the source one may go on.
    let _crawl = CrawlLock::take(&folder.join("kliping.db")).unwrap();
    assert_eq!(copy(folder, &["kliping.db", "salinan.db"]).code, 0);
}

#[test]
fn an_archive_of_another_schema_is_refused() {
    let world = shelf();
    let folder = world.folder.path().to_owned();
    let path = world.path();
    world.archive.close().unwrap();
    make_older(&path, 9);
    let older = copy(&folder, &["kliping.db", "salinan.db"]);
    assert_eq!(older.code, 6, "{}", older.err);
    assert!(older.err.contains("older schema 9"), "{}", older.err);
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 999").unwrap();
    let newer = copy(&folder, &["kliping.db", "salinan.db"]);
    assert_eq!(newer.code, 6, "{}", newer.err);
    assert!(newer.err.contains("newer kliping"), "{}", newer.err);
    assert!(!folder.join("salinan.db").exists());
}

#[test]
fn a_copy_that_was_killed_goes_on_where_it_was() {
    let mut world = filled(150);
    let folder = world.folder.path().to_owned();
    let (from, to) = (folder.join("kliping.db"), folder.join("salinan.db"));
    // Killed at several places; a part is opened by nothing else.
    let caught = ["site", "blob", "version"]
        .iter()
        .filter(|table| killed(&from, &to, || has_rows(&to, table)))
        .count();
    assert!(caught > 0, "no copy was caught in the middle");
    // What happens in the source between two attempts is carried over, also what is taken out there.
    world.later(HOUR);
    seen(&mut world, 7, "ketiga");
    assert_eq!(on(&world, &["redact", "9", "--reason", "permintaan"]).code, 0);
    let done = copy(&folder, &["--format", "jsonl", "kliping.db", "salinan.db"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    let told = done.json();
    assert_eq!((&told[0]["resumed"], &told[0]["same_head"]), (&true.into(), &true.into()), "{}", done.out);
    assert!(rows(&from) == rows(&to), "the copy is not the archive");
    assert_eq!(chain(&world, "kliping.db"), chain(&world, "salinan.db"));
    let bytes = std::fs::read(&to).unwrap();
    let text = b"Cerita nomor 8 yang pertama.";
    assert!(
        !bytes.windows(text.len()).any(|window| window == text),
        "a text that was taken out is in the copy's bytes"
    );
}

#[test]
fn a_part_of_another_copy_is_not_gone_on_with() {
    let (world, other) = (filled(150), shelf());
    let folder = world.folder.path();
    let (from, to) = (folder.join("kliping.db"), folder.join("salinan.db"));
    let caught = (0..10).any(|_| {
        let _ = std::fs::remove_file(&to);
        killed(&from, &to, || has_rows(&to, "blob"))
    });
    assert!(caught, "no copy was caught in the middle");
    let done = copy(folder, &[other.path().to_str().unwrap(), "salinan.db"]);
    assert_eq!(done.code, 4, "{}", done.err);
    assert!(done.err.contains("holds a part of a copy, and of another archive"), "{}", done.err);
    assert_eq!(copy(folder, &["kliping.db", "salinan.db"]).code, 0);
}

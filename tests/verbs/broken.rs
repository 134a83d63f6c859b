//! Archives that cannot be used: one clear line, exit 6, nothing harmed.

use std::fs;

use crate::kliping::{kliping, on, shelf};

const READERS: &[&[&str]] = &[&["list"], &["show", "1"], &["history", "1"], &["search", "x"], &["stats"]];

#[test]
fn what_is_no_archive_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("catatan.db"), "Ini catatan biasa.").unwrap();
    rusqlite::Connection::open(folder.path().join("resep.db"))
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    for (file, says) in
        [("catatan.db", "not an SQLite file"), ("resep.db", "not an archive"), ("tiada.db", "no archive")]
    {
        for verb in READERS {
            let mut args = vec!["--archive", file];
            args.extend(*verb);
            let done = kliping(folder.path(), &args);
            assert_eq!((done.code, done.out.as_str()), (6, ""), "{args:?}");
            assert!(done.err.contains(says) && done.err.contains(file), "{args:?}: {}", done.err);
            assert!(done.err.contains("help:"), "{}", done.err);
        }
    }
    assert!(!folder.path().join("tiada.db").exists(), "a verb that reads makes no archive");
    let done = kliping(folder.path(), &["--archive", "catatan.db", "doctor"]);
    assert_eq!(done.code, 1);
    assert!(done.out.contains("fail  archive"), "{}", done.out);
}

#[test]
fn a_newer_archive_is_left_alone() {
    let world = shelf();
    world.sqlite().execute_batch("PRAGMA user_version = 99").unwrap();
    let done = on(&world, &["list"]);
    assert_eq!((done.code, done.out.as_str()), (6, ""));
    assert!(done.err.contains("newer kliping"), "{}", done.err);
}

#[test]
fn a_torn_file_is_named() {
    let world = shelf();
    let (path, folder) = (world.path(), world.folder);
    world.archive.close().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes.truncate(bytes.len() / 3);
    let at = bytes.len() / 2;
    bytes[at..].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    for verb in READERS {
        let mut args = vec!["--archive", "kliping.db"];
        args.extend(*verb);
        let done = kliping(folder.path(), &args);
        assert!(matches!(done.code, 0 | 1 | 6), "{args:?}: {} {}", done.code, done.err);
        assert!(!done.err.contains("panicked"), "{}", done.err);
        if done.code == 6 {
            assert!(done.err.contains("damaged"), "{}", done.err);
        }
    }
    assert_eq!(kliping(folder.path(), &["--archive", "kliping.db", "doctor"]).code, 1);
}

#[test]
fn reading_works_while_somebody_writes_and_a_reader_that_goes_away_is_no_error() {
    let world = shelf();
    let db = world.sqlite();
    db.execute_batch("BEGIN IMMEDIATE; DELETE FROM queue").unwrap();
    assert_eq!(on(&world, &["list"]).lines().len(), 4);
    assert_eq!(on(&world, &["search", "kurs"]).code, 0);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kliping"))
        .args(["--archive", "kliping.db", "list", "--format", "jsonl"])
        .current_dir(world.folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}

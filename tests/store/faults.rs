//! What goes wrong is named, and loses nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use kliping::store::{Archive, Filter, Mode, StoreError};

use crate::world::{World, article, daily, read};

fn code(path: &Path, mode: Mode) -> &'static str {
    Archive::open(path, mode).map(|_| "fine").unwrap_or_else(|e| e.code())
}

#[test]
fn a_file_that_is_no_archive_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catatan.db");
    for mode in [Mode::ReadOnly, Mode::ReadWrite, Mode::Create] {
        fs::write(&path, "Ini catatan, bukan basis data. Jangan ditimpa.").unwrap();
        assert_eq!(code(&path, mode), "not_sqlite");
        assert!(fs::read_to_string(&path).unwrap().starts_with("Ini catatan"));

        fs::remove_file(&path).unwrap();
        rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE resep (nama)").unwrap();
        assert_eq!(code(&path, mode), "not_archive");
    }
    assert_eq!(code(folder.path(), Mode::Create), "io");
    let error = Archive::open(&path, Mode::ReadOnly).unwrap_err();
    assert!(error.to_string().contains("catatan.db"), "{error}");
}

#[test]
fn only_create_makes_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("arsip dalam/100%?#/kliping.db");
    assert_eq!((code(&path, Mode::ReadOnly), code(&path, Mode::ReadWrite)), ("no_archive", "no_archive"));
    assert!(!folder.path().join("arsip dalam").exists());
    assert_eq!(code(&path, Mode::Create), "fine");
    assert_eq!((code(&path, Mode::ReadOnly), code(&path, Mode::ReadWrite)), ("fine", "fine"));
    // Killed before the first transaction: an empty file is as good as none.
    let empty = folder.path().join("kosong.db");
    fs::write(&empty, "").unwrap();
    assert_eq!((code(&empty, Mode::ReadOnly), code(&empty, Mode::Create)), ("no_archive", "fine"));
}

#[test]
fn a_newer_schema_is_refused_and_left_as_it_is() {
    let world = World::new();
    let path = world.path();
    world.archive.close().unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let before = fs::read(&path).unwrap();
    for mode in [Mode::ReadOnly, Mode::ReadWrite, Mode::Create] {
        let error = Archive::open(&path, mode).unwrap_err();
        assert_eq!(error.code(), "newer_schema");
        assert!(error.to_string().contains("99") && error.help().is_some());
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn many_processes_may_make_the_archive_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kliping.db");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| Archive::open(&path, Mode::Create).unwrap());
        }
    });
    let db = rusqlite::Connection::open(&path).unwrap();
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(number("SELECT count(*) FROM migration"), number("PRAGMA user_version"));
}

#[test]
fn a_full_disk_is_named_and_what_was_stored_stays() {
    let world = World::new();
    // SQLite's own limit fails in the very way in which a full disk does (SQLITE_FULL).
    let writer = world.archive.writer();
    writer.limit_bytes(1_000_000).wait().unwrap();
    let mut stored = 0_u32;
    let error = loop {
        let text = format!("Kalimat nomor {stored} yang panjang sekali. ").repeat(200);
        let page = article(&format!("Berita {stored}"), &[&text]);
        let fetch = world.fetch(&format!("https://kabar.example/{stored}"));
        match writer.record(fetch, read(&page), daily()).wait() {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
        assert!(stored < 1000, "the limit does nothing");
    };
    assert_eq!(error.code(), "disk_full");
    assert!(stored > 0);
    assert_eq!(world.reader().list(&Filter::default()).unwrap().len(), stored as usize);
    let db = world.sqlite();
    assert_eq!(db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap(), "ok");
    assert_eq!(db.query_row("SELECT count(*) FROM version", [], |r| r.get::<_, u32>(0)).unwrap(), stored);
    // With room again, the same writer goes on.
    writer.limit_bytes(1 << 40).wait().unwrap();
    world.see("https://kabar.example/lagi", &article("Lagi", &["isi"]));
}

#[test]
fn a_damaged_file_is_named() {
    let world = World::new();
    for n in 0..50 {
        let text = format!("Kalimat {n}. ").repeat(300);
        world.see(&format!("https://kabar.example/{n}"), &article(&format!("Berita {n}"), &[&text]));
    }
    let path = world.path();
    world.archive.close().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 40_000].fill(0xa5);
    fs::write(&path, &bytes).unwrap();
    let found = Archive::open(&path, Mode::ReadOnly).and_then(|archive| archive.reader()?.check());
    match found {
        Ok(checks) => assert!(checks.iter().any(|check| check.remedy.is_some()), "{checks:?}"),
        Err(error) => assert_eq!(error.code(), "corrupt"),
    }
    // Cut off in the middle.
    bytes.truncate(half);
    fs::write(&path, &bytes).unwrap();
    let found = Archive::open(&path, Mode::ReadOnly).and_then(|archive| archive.reader()?.check());
    assert!(found.map_or(true, |checks| checks.iter().any(|check| check.remedy.is_some())));
}

#[test]
fn an_archive_in_a_folder_that_cannot_be_written_can_still_be_read() {
    let world = World::new();
    world.see("https://kabar.example/a", &article("Gempa", &["isi"]));
    let (path, folder) = (world.path(), world.folder);
    world.archive.close().unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let rows = Archive::open(&path, Mode::ReadOnly).unwrap().reader().unwrap().list(&Filter::default());
    assert_eq!(rows.unwrap().len(), 1);
    // Root may write everywhere: then there is nothing to refuse.
    if fs::write(folder.path().join("coba"), "").is_err() {
        assert_eq!(code(&path, Mode::ReadWrite), "read_only");
        assert_eq!(code(&folder.path().join("lain.db"), Mode::Create), "read_only");
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn every_error_says_what_to_do() {
    let path = Path::new("/arsip/kliping.db");
    for error in [
        StoreError::NoArchive(path.to_owned()),
        StoreError::NotSqlite(path.to_owned()),
        StoreError::NewerSchema { path: path.to_owned(), found: 9, known: 1 },
        StoreError::DiskFull,
        StoreError::ReadOnly("x".to_owned()),
        StoreError::Corrupt("x".to_owned()),
        StoreError::Busy,
    ] {
        assert!(error.help().is_some_and(|help| !help.is_empty()), "{error}");
    }
}

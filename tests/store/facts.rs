//! What is a fact stays; plain `sqlite3` can read it.

use rusqlite::Connection;

use crate::world::{World, article, read};
use kliping::store::{Archive, Filter, Mode};

fn shelf() -> World {
    let world = World::new();
    let mut one = article("Gempa", &["Baris satu.", "Baris dua."]);
    one.authors = vec!["Siti".to_owned()];
    let raw = kliping::store::Observation::Article {
        article: Box::new(one),
        raw: Some(b"<p>".to_vec()),
        reread: None,
    };
    world.record(world.fetch("https://kabar.example/a"), raw);
    let edited = article("Gempa susulan", &["Baris satu."]);
    world.record(world.fetch("https://kabar.example/a"), read(&edited));
    world.missing("https://kabar.example/a", 410);
    world
        .sqlite()
        .execute("INSERT INTO taken (at, why, pages, bytes) VALUES (1, 'prune', 0, 0)", [])
        .unwrap();
    world
}

#[test]
fn facts_refuse_to_be_changed() {
    let world = shelf();
    let db = world.sqlite();
    for table in ["article", "address", "blob", "fetch", "reading", "version", "event", "chain", "taken"] {
        let column: String = db
            .query_row("SELECT name FROM pragma_table_info(?1) WHERE pk = 0 LIMIT 1", [table], |row| {
                row.get(0)
            })
            .unwrap();
        for sql in [format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")] {
            let error = db.execute(&sql, []).unwrap_err().to_string();
            assert!(error.contains("is a fact"), "{sql}: {error}");
        }
    }
    let writer = world.archive.writer();
    let run = writer.begin_run(world.now, "crawl".to_owned()).wait().unwrap();
    writer.end_run(run, world.now, 0, "{}".to_owned()).wait().unwrap();
    assert!(writer.end_run(run, world.now, 1, "{}".to_owned()).wait().is_err(), "a run ends once");
}

#[test]
fn every_table_is_strict_and_sqlite_finds_nothing_wrong() {
    let world = shelf();
    let db = world.sqlite();
    let lax: Vec<String> = db
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
                  AND name NOT LIKE 'sqlite_%'",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(lax, [""; 0]);
    let one = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("PRAGMA integrity_check"), "ok");
    assert_eq!(one("PRAGMA journal_mode"), "wal");
    db.execute("INSERT INTO fts (fts, rank) VALUES ('integrity-check', 1)", []).unwrap();
    let id: i64 = db.query_row("PRAGMA application_id", [], |row| row.get(0)).unwrap();
    assert_eq!(id, 0x6b6c_6970);
    for check in world.reader().check().unwrap() {
        assert_eq!(check.remedy, None, "{}: {}", check.name, check.found);
    }
}

#[test]
fn the_views_of_the_contract_can_be_read_with_plain_sqlite() {
    let world = shelf();
    let db = Connection::open_with_flags(world.path(), rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let row: (i64, String, String, String, Option<String>, Option<String>, String, String, i64) = db
        .query_row(
            "SELECT id, site, url, title, dateline, published, body, state, versions FROM articles",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                    row.get(6)?,
                    row.get(7)?,
                    row.get(8)?,
                ))
            },
        )
        .unwrap();
    let text = |text: &str| text.to_owned();
    assert_eq!(
        row,
        (
            1,
            text("kabar"),
            text("https://kabar.example/a"),
            text("Gempa susulan"),
            None,
            None,
            text("Baris satu."),
            text("gone"),
            2
        )
    );
    let bodies: Vec<String> = db
        .prepare("SELECT body FROM versions ORDER BY id, version")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(bodies, ["Baris satu.\n\nBaris dua.", "Baris satu."]);
}

#[test]
fn readers_work_while_somebody_writes() {
    let world = shelf();
    let other = Archive::open(world.path(), Mode::ReadOnly).unwrap();
    let reader = other.reader().unwrap();
    for n in 0..20 {
        world.see(&format!("https://kabar.example/x{n}"), &article(&format!("Berita {n}"), &["isi"]));
        assert_eq!(reader.list(&Filter::default()).unwrap().len(), n + 2);
    }
    let job = other.writer().enqueue("kabar".to_owned(), Vec::new(), world.now).wait();
    assert_eq!(job.unwrap_err().code(), "read_only");
}

#[test]
fn two_writers_in_two_processes_lose_nothing() {
    let world = World::new();
    let other = Archive::open(world.path(), Mode::ReadWrite).unwrap();
    std::thread::scope(|scope| {
        for (name, archive) in [("a", &world.archive), ("b", &other)] {
            let world = &world;
            scope.spawn(move || {
                for n in 0..40 {
                    let address = format!("https://kabar.example/{name}{n}");
                    let page = article(&format!("{name} {n}"), &[&address]);
                    archive
                        .writer()
                        .record(world.fetch(&address), read(&page), crate::world::daily())
                        .wait()
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(world.reader().stats().unwrap().articles, 80);
}

#[test]
fn a_closed_archive_is_one_file() {
    let world = shelf();
    let (path, folder) = (world.path(), world.folder);
    world.archive.close().unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["kliping.db"]);
    assert!(Archive::open(path, Mode::ReadOnly).unwrap().reader().unwrap().stats().unwrap().articles > 0);
}

//! What follows from the facts can be built again, and is what the crawl had written; archives of every
//! older schema are brought up to date with all that is in them.

use std::collections::BTreeMap;

use kliping::store::{Archive, Mode, Observation};
use rusqlite::types::Value;

use crate::world::{HOUR, World, article, make_older, read, url};

/// Articles in every state: edited, gone, back, moved, read again.
fn world() -> World {
    let mut world = World::new();
    let text = |n: usize| {
        format!("Berita nomor {n} dari waduk yang surut, dengan seratus kata tentang air dan hujan.")
    };
    for n in 0..30 {
        let mut page = article(&format!("Berita {n}"), &[&text(n), "Baca juga: kabar lain dari kota."]);
        page.canonical_url = (n % 3 == 0).then(|| format!("https://kabar.example/berita/{n}"));
        let mut fetch = world.fetch(&format!("https://kabar.example/{n}"));
        fetch.validators.etag = Some(format!("\"{n}\""));
        let raw = Some(format!("<html><p>{}</p></html>", text(n)).repeat(20).into_bytes());
        world.record(fetch, Observation::Article { article: Box::new(page), raw, reread: None });
    }
    world.later(HOUR);
    for n in 0..6 {
        world.see(
            &format!("https://kabar.example/{n}"),
            &article(&format!("Berita {n} baru"), &[&text(n + 100)]),
        );
    }
    for n in 4..9 {
        world.missing(&format!("https://kabar.example/{n}"), if n < 7 { 410 } else { 404 });
    }
    world.later(HOUR);
    world.see("https://kabar.example/4", &article("Berita 4 kembali", &[&text(4)]));
    world.redirect("https://kabar.example/10", "https://lain.example/x");
    let writer = world.archive.writer();
    let mut again = article("Berita 11", &[&text(11)]);
    again.reading.extractor.0 = "2+b".to_owned();
    writer
        .reread(kliping::model::ArticleId(12), kliping::model::VersionSeq(1), Box::new(again), world.now)
        .wait()
        .unwrap();
    world
}

/// The rows of a table, as text.
fn rows(db: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    let columns = statement.column_count();
    statement
        .query_map([], |row| {
            let values: Vec<Value> = (0..columns).map(|i| row.get(i)).collect::<Result<_, _>>()?;
            Ok(format!("{values:?}"))
        })
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

const HEAD: &str =
    "article_id, version_id, versions, state, state_since, url, ask_url, host, etag, last_modified,
    last_checked_at, last_seen_at, last_changed_at";

/// All that is derived; of heads, what the facts tell.
fn derived(db: &rusqlite::Connection) -> Derived {
    db.execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab (main, fts, instance)")
        .unwrap();
    BTreeMap::from([
        ("head", rows(db, &format!("SELECT {HEAD} FROM head ORDER BY article_id"))),
        ("fts", rows(db, "SELECT * FROM temp.words ORDER BY term, doc, col, offset")),
        ("simhash", rows(db, "SELECT * FROM simhash ORDER BY article_id")),
        ("line", rows(db, "SELECT * FROM line ORDER BY site_id, hash")),
        ("lines_of", rows(db, "SELECT * FROM lines_of")),
        ("opening", rows(db, "SELECT * FROM opening ORDER BY site_id, shape")),
        ("address", rows(db, "SELECT * FROM address ORDER BY key")),
        ("change", rows(db, "SELECT * FROM change ORDER BY at, part, row_id")),
        ("change_kind", rows(db, "SELECT * FROM change_kind ORDER BY kind, at, part, row_id")),
    ])
}

type Derived = BTreeMap<&'static str, Vec<String>>;

/// The first rows that differ; all of them would fill the screen.
fn same(now: &Derived, then: &Derived, what: &str) {
    for (table, rows) in now {
        for (a, b) in rows.iter().zip(&then[table]) {
            assert_eq!(a, b, "{what}: {table}");
        }
        assert_eq!(rows.len(), then[table].len(), "{what}: {table}");
    }
}

fn sound(world: &World) {
    assert_eq!(world.faults(), []);
}

#[test]
fn what_is_built_again_is_what_the_crawl_had_written() {
    let world = world();
    sound(&world);
    let db = world.sqlite();
    let (before, heads) = (derived(&db), rows(&db, "SELECT * FROM head ORDER BY article_id"));
    let done = world.archive.writer().rebuild().wait().unwrap();
    assert_eq!((done.articles, done.heads, done.indexed, done.bare), (30, 0, 30, 0));
    same(&derived(&db), &before, "built again");
    assert_eq!(
        rows(&db, "SELECT * FROM head ORDER BY article_id"),
        heads,
        "a head that is right stays as it is"
    );

    // All of it lost.
    db.execute_batch(
        "INSERT INTO fts (fts) VALUES ('delete-all'); PRAGMA foreign_keys = 0; DELETE FROM head; DELETE FROM simhash;
         DELETE FROM line; DELETE FROM lines_of; DELETE FROM opening; DELETE FROM change; DELETE FROM change_kind;",
    )
    .unwrap();
    assert_eq!(world.archive.writer().rebuild().wait().unwrap().heads, 30);
    same(&derived(&db), &before, "made anew");
    sound(&world);

    // Bent: heads that point elsewhere, words that do not stand there.
    db.execute_batch(
        "UPDATE head SET version_id = (SELECT id FROM version WHERE article_id = 1 AND seq = 1), versions = 7 WHERE article_id = 1;
         INSERT INTO fts (rowid, title, body) VALUES (99, 'hantu', 'hantu')",
    )
    .unwrap();
    assert_eq!(world.archive.writer().rebuild().wait().unwrap().heads, 1);
    sound(&world);
    // What was taken out stays out.
    let writer = world.archive.writer();
    writer.redact(vec![(kliping::model::ArticleId(20), None)], "x".to_owned(), world.now).wait().unwrap();
    writer.scrub().wait().unwrap();
    assert_eq!(writer.rebuild().wait().unwrap().indexed, 29);
    sound(&world);
    // A crawl goes on with it.
    world.see("https://kabar.example/1", &article("Berita 1 lagi", &["Isi."]));
    assert_eq!(world.titles(2).last().map(String::as_str), Some("Berita 1 lagi"));
    sound(&world);
}

#[test]
fn every_older_schema_is_brought_up_to_date_with_all_that_is_in_it() {
    let newest: i64 = world().sqlite().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    for version in 1..newest {
        let made = world();
        let before = derived(&made.sqlite());
        let texts = rows(&made.sqlite(), "SELECT * FROM version ORDER BY id");
        let waits =
            |world: &World| rows(&world.sqlite(), "SELECT url, tries, priority FROM queue ORDER BY url");
        let candidates = (0..3).map(|n| {
            kliping::model::Candidate::bare(
                url(&format!("https://kabar.example/menunggu/{n}")),
                kliping::model::Via::User,
            )
        });
        made.archive.writer().enqueue("kabar".to_owned(), candidates.collect(), made.now).wait().unwrap();
        let (path, folder, now) = (made.path(), made.folder, made.now);
        made.archive.close().unwrap();
        make_older(&path, usize::try_from(version).unwrap());
        if version < 7 {
            // Its addresses wait in another table.
            let db = rusqlite::Connection::open(&path).unwrap();
            for n in 0..3 {
                db.execute(
                    "INSERT INTO queue (key, url, host, site, via, priority, added_at, not_before) VALUES (?1, ?1, 'kabar.example',
                        'kabar', 'user', 40, 1, 1)",
                    [format!("https://kabar.example/menunggu/{n}")],
                )
                .unwrap();
            }
        }
        let refused = Archive::open(&path, Mode::ReadOnly).unwrap_err();
        assert_eq!(refused.code(), "older_schema", "{version}");
        let archive = Archive::open(&path, Mode::ReadWrite).unwrap();
        let world = World { path: path.clone(), folder, archive, now };
        same(&derived(&world.sqlite()), &before, &format!("from schema {version}"));
        assert_eq!(
            rows(&world.sqlite(), "SELECT * FROM version ORDER BY id"),
            texts,
            "from schema {version}"
        );
        assert_eq!(waits(&world).len(), 3, "from schema {version}");
        sound(&world);
        world.record(world.fetch("https://kabar.example/menunggu/0"), read(&article("Menunggu", &["Isi."])));
        assert_eq!(waits(&world).len(), 2, "from schema {version}");
    }
}

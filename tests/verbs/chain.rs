//! Rows that somebody changed, swapped, added or took away, together with whatever would give it away:
//! the chain names them.

use kliping::store::{Archive, Mode};

use crate::kliping::{kliping, on, shelf};
use crate::world::{HOUR, World, article, make_older, read};

/// Changes an archive as somebody with `sqlite3` does who knows what stands in the way.
fn tampered(sql: &str) -> World {
    let world = shelf();
    let db = world.sqlite();
    let triggers: Vec<(String, String)> = db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let drop: String = triggers.iter().map(|(name, _)| format!("DROP TRIGGER {name};")).collect();
    let make: String = triggers.iter().map(|(_, sql)| format!("{sql};")).collect();
    db.execute_batch(&format!("PRAGMA foreign_keys = 0; {drop} {sql}; {make}")).expect(sql);
    world
}

fn end(world: &World) -> String {
    let done = on(world, &["verify"]);
    done.lines().last().unwrap().rsplit(' ').next().unwrap().to_owned()
}

#[test]
fn whatever_is_done_to_versions_and_events_is_found_and_named() {
    let text = "1@2  https://kabar.example/gempa  not what its hash says: ";
    let link = |n: usize, place: &str, what: &str| format!("{place}  link {n}: {what}");
    let bent = "it does not follow from the link before it and this ";
    for (sql, faults) in [
        // A letter of a text, of a headline.
        ("UPDATE version SET body = replace(body, '15', '16') WHERE id = 2", vec![format!("{text}body")]),
        ("UPDATE version SET title = 'Gempa di Cianjun' WHERE id = 2", vec![format!("{text}title")]),
        // What the hash of the text does not see: the shape of a mark, an address, a picture.
        (
            "UPDATE version SET body = body || '\u{200b}' WHERE id = 2",
            vec![link(2, "1@2", "the version is not what was written, byte by byte")],
        ),
        (
            "UPDATE version SET url = 'https://lain.example/' WHERE id = 2",
            vec![link(2, "1@2", "the version is not what was written, byte by byte")],
        ),
        // Time, cause, hash, number, page.
        ("UPDATE version SET observed_at = observed_at - 1 WHERE id = 2", vec![link(2, "1@2", &format!("{bent}version"))]),
        ("UPDATE version SET cause = 'reextract' WHERE id = 2", vec![link(2, "1@2", &format!("{bent}version"))]),
        (
            "UPDATE version SET content_sha256 = zeroblob(32) WHERE id = 2",
            vec![format!("{text}content"), link(2, "1@2", &format!("{bent}version"))],
        ),
        (
            "UPDATE version SET fetch_id = (SELECT fetch_id FROM version WHERE id = 2) WHERE id = 1",
            vec![link(1, "1@1", &format!("{bent}version"))],
        ),
        // Two rows swapped.
        (
            "UPDATE version SET seq = seq + 100 WHERE article_id = 1 AND seq < 3;
             UPDATE version SET seq = 103 - seq WHERE article_id = 1 AND seq > 100",
            vec![link(1, "1@1", &format!("{bent}version")), link(2, "1@2", &format!("{bent}version"))],
        ),
        // A version taken out of the middle, and the numbers after it put right.
        (
            "DELETE FROM version WHERE id = 2; UPDATE version SET seq = 2 WHERE id = 3;
             UPDATE head SET versions = 2 WHERE article_id = 1",
            vec![link(2, "1@2", "the version that it tells of is gone"), link(3, "1@3", &format!("{bent}version"))],
        ),
        // The last version of an article, as if it had never been.
        (
            "INSERT INTO fts (fts, rowid, title, body) SELECT 'delete', id, title, body FROM version WHERE id = 3;
             DELETE FROM version WHERE id = 3; UPDATE head SET versions = 2, version_id = 2 WHERE article_id = 1;
             INSERT INTO fts (rowid, title, body) SELECT id, title, body FROM version WHERE id = 2",
            vec![link(3, "1@3", "the version that it tells of is gone")],
        ),
        // A version that kliping did not write.
        (
            "INSERT INTO version SELECT 99, article_id, 4, fetch_id, reading_id, cause, observed_at, url, canonical_url,
                title, dateline, authors, section, language, published, published_at, modified, modified_at, body, words,
                content_sha256, field_sha256, meta, redacted_at FROM version WHERE id = 3",
            vec!["1@4  https://kabar.example/gempa  no link of the chain tells of it: ".to_owned()],
        ),
        // An event.
        ("UPDATE event SET at = at + 1", vec![link(7, "1", &format!("{bent}event"))]),
        ("UPDATE event SET detail = 'status 404'", vec![link(7, "1", "the event is not what was written, byte by byte")]),
        ("UPDATE event SET detail = NULL", vec![link(7, "1", "the event is not what was written, byte by byte")]),
        ("DELETE FROM event", vec![link(7, "1", "the event that it tells of is gone")]),
        (
            "INSERT INTO event (article_id, at, kind) VALUES (2, 1, 'gone')",
            vec!["no link of the chain tells of the event gone: ".to_owned()],
        ),
        // The chain itself.
        ("DELETE FROM chain WHERE n = 4", vec!["chain       link 4 is missing before link 5".to_owned()]),
        (
            "UPDATE chain SET sha256 = zeroblob(32) WHERE n = 4",
            vec![link(4, "2@1", &format!("{bent}version")), link(5, "3@1", &format!("{bent}version"))],
        ),
        (
            "UPDATE chain SET row_sha256 = zeroblob(32) WHERE n = 4",
            vec![link(4, "2@1", &format!("{bent}version"))],
        ),
        // A text that goes without `redact`.
        (
            "UPDATE version SET body = NULL, meta = NULL, redacted_at = 1 WHERE id = 2",
            vec!["1@2  https://kabar.example/gempa  its text is gone, and no event tells".to_owned()],
        ),
    ] {
        let done = on(&tampered(sql), &["verify"]);
        assert_eq!(done.code, 1, "{sql}\n{}{}", done.out, done.err);
        for fault in &faults {
            assert!(done.out.contains(fault.as_str()), "{sql}\nexpected: {fault}\n{}", done.out);
        }
    }
}

#[test]
fn an_end_that_was_noted_down_tells_that_the_newest_rows_were_cut_off() {
    let mut world = shelf();
    let early = end(&world);
    assert_eq!(early.len(), 64);
    world.later(HOUR);
    world.record(world.fetch("https://kabar.example/baru"), read(&article("Baru", &["Isi."])));
    let late = end(&world);
    assert_ne!(early, late);
    for noted in [&early, &late] {
        assert_eq!(on(&world, &["verify", "--expect", noted]).code, 0);
    }
    // The newest article, gone with its link and all that tells of it.
    let db = world.sqlite();
    db.execute_batch(
        "PRAGMA foreign_keys = 0; INSERT INTO guard VALUES ('x');
         INSERT INTO fts (fts, rowid, title, body) SELECT 'delete', id, title, body FROM version WHERE id = 7;
         DELETE FROM version WHERE id = 7; DELETE FROM head WHERE version_id = 7; DELETE FROM address WHERE article_id = 5;
         DELETE FROM fetch WHERE article_id = 5; DELETE FROM article WHERE id = 5; DELETE FROM guard;
         DROP TRIGGER chain_no_delete; DELETE FROM chain WHERE n = 8;
         CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'chain is a fact: it does not go'); END",
    )
    .unwrap();
    let plain = on(&world, &["verify"]);
    assert_eq!((plain.code, plain.lines().len()), (0, 2), "the archive alone cannot tell: {}", plain.out);
    assert_eq!(on(&world, &["verify", "--expect", &early]).code, 0);
    let done = on(&world, &["verify", "--expect", &late]);
    assert_eq!(done.code, 1);
    assert!(done.out.contains(&format!("chain       it does not hold the link {late}")), "{}", done.out);
    for wrong in ["", "3f", "zz", &late[1..], "é"] {
        let done = on(&world, &["verify", "--expect", wrong]);
        assert!(done.code == 2 && done.err.contains("64 hexadecimal digits"), "{wrong}: {}", done.err);
    }
}

#[test]
fn an_archive_of_before_gets_its_chain_and_goes_on_with_it() {
    let world = shelf();
    let (path, folder) = (world.path(), world.folder);
    world.archive.close().unwrap();
    make_older(&path, 7);
    let old = kliping(folder.path(), &["--archive", "kliping.db", "verify"]);
    assert!(old.code == 6 && old.err.contains("older schema 7"), "{}", old.err);
    assert!(old.err.contains("`kliping rebuild --schema`"), "{}", old.err);
    let done = kliping(folder.path(), &["--archive", "kliping.db", "rebuild", "--schema"]);
    assert_eq!((done.code, done.out.as_str()), (0, "the archive is up to date\n"), "{}", done.err);
    let archive = Archive::open(&path, Mode::ReadWrite).unwrap();
    let world = World {
        path: folder.path().join("kliping.db"),
        folder,
        archive,
        now: "2026-03-02T08:00:00Z".parse().unwrap(),
    };
    world.record(world.fetch("https://kabar.example/baru"), read(&article("Baru", &["Isi."])));
    let done = on(&world, &["verify"]);
    assert_eq!(done.code, 0, "{}", done.out);
    assert!(done.out.contains("\nchain  8 links, the last: "), "{}", done.out);
}

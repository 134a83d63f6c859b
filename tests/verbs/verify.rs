//! `kliping verify`: what is sound passes, and whatever somebody did to the file is named.

use std::fs;

use kliping::store::Observation;

use crate::kliping::{kliping, on, shelf};
use crate::world::{World, article, read};

/// The shelf, with some pages packed with what they have in common.
fn stacks() -> World {
    let world = shelf();
    for n in 0..4 {
        let text = format!("Isi nomor {n}.");
        let mut raw = b"<html>".to_vec();
        raw.extend((0..4000_u32).map(|i| b'a' + (i.wrapping_mul(i) >> 7) as u8 % 26));
        raw.extend(text.as_bytes());
        let article = Box::new(article(&format!("Berita {n}"), &[&text]));
        let fetch = world.fetch(&format!("https://kabar.example/nomor/{n}"));
        world.record(fetch, Observation::Article { article, raw: Some(raw), reread: None });
    }
    world
}

#[test]
fn a_sound_archive_gives_its_figures_and_the_end_of_its_chain() {
    let done = on(&stacks(), &["verify"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    let (figures, chain) = done.out.split_once('\n').unwrap();
    assert_eq!(figures, "sound  8 articles, 10 versions, 6 pages (19.6 KiB), 8 in the search index");
    assert!(chain.starts_with("chain  11 links, the last: ") && chain.len() == 27 + 64 + 1, "{chain}");
    let json = &on(&stacks(), &["verify", "--format", "jsonl"]).json()[0];
    assert_eq!((json["schema"].as_str(), json["faults"].as_i64()), (Some("kliping.verify/1"), Some(0)));
    assert_eq!((json["links"].as_i64(), json["head"].as_str()), (Some(11), Some(chain[27..].trim_end())));
}

#[test]
fn facts_that_are_no_longer_guarded_are_told_of() {
    let world = stacks();
    world.sqlite().execute_batch("INSERT INTO guard VALUES ('mend')").unwrap();
    let done = on(&world, &["verify"]);
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(
        done.out.contains("schema      facts are not guarded: the table guard holds `mend`"),
        "{}",
        done.out
    );
}

#[test]
fn what_somebody_does_with_sqlite3_is_found_and_named() {
    let guard = "INSERT INTO guard VALUES ('x');";
    for (sql, faults) in [
        (
            "UPDATE version SET body = replace(body, '15', '51') WHERE article_id = 1 AND seq = 2",
            &["text        1@2  https://kabar.example/gempa  not what its hash says: body"][..],
        ),
        (
            "UPDATE version SET title = 'Gempa' WHERE article_id = 1 AND seq = 3",
            &[
                "text        1@3  https://kabar.example/gempa  not what its hash says: title",
                "index       1@3  https://kabar.example/gempa  the search index does not hold its words",
            ],
        ),
        (
            "UPDATE version SET content_sha256 = zeroblob(32) WHERE article_id = 2",
            &["text        2@1  https://dapur.example/soto  not what its hash says: content"],
        ),
        (
            "UPDATE version SET authors = 'Budi', words = 7 WHERE article_id = 4",
            &[
                "text        4@1  https://kabar.example/kurs  columns that do not agree with the rest: authors, words",
            ],
        ),
        (
            "UPDATE version SET meta = '{' WHERE article_id = 4",
            &["text        4@1  https://kabar.example/kurs  it cannot be read: "],
        ),
        (
            "PRAGMA foreign_keys = 0; DELETE FROM version WHERE article_id = 1 AND seq = 2",
            &[
                "text        1@3  https://kabar.example/gempa  version 2 is missing before it",
                "head        1  https://kabar.example/gempa  the head tells of 3 versions; there are 2",
            ],
        ),
        (
            "UPDATE head SET version_id = (SELECT id FROM version WHERE seq = 2) WHERE article_id = 1",
            &[
                "head        1  https://kabar.example/gempa  the head does not point at the latest version",
                "index       1@2  https://kabar.example/gempa  the search index does not hold its words",
                "index       1@3  https://kabar.example/gempa  the search index holds words of it; it is not the latest",
            ],
        ),
        (
            "PRAGMA foreign_keys = 0; DELETE FROM article WHERE id = 4",
            &[
                "references  row ",
                "references  row ",
                "head        the view versions shows 9 rows; the table version holds 10",
            ],
        ),
        (
            "DELETE FROM head WHERE article_id = 3",
            &["head        3  the article has no head", "head        the view articles", "index       3@1  "],
        ),
        ("INSERT INTO fts (fts) VALUES ('delete-all')", &["index       1@3"]),
        (
            "UPDATE blob SET data = x'00' WHERE id = (SELECT blob_id FROM fetch WHERE article_id = 1 LIMIT 1)",
            &["page        1@1  https://kabar.example/gempa  stored page 1: "],
        ),
        (
            "UPDATE blob SET sha256 = zeroblob(32) WHERE id = (SELECT blob_id FROM fetch WHERE article_id = 7)",
            &["page        7@1  https://kabar.example/nomor/2  stored page "],
        ),
        (
            "UPDATE address SET article_id = 4 WHERE article_id = 2",
            &["head        2  no address leads to the article"],
        ),
        ("DROP TRIGGER version_no_update", &["schema      the trigger version_no_update is missing"]),
        (
            "CREATE TRIGGER x AFTER INSERT ON version BEGIN DELETE FROM queue; END",
            &["schema      the trigger x is not kliping's"],
        ),
        (
            "DROP VIEW articles; CREATE VIEW articles AS SELECT id FROM article",
            &["schema      the view articles is not the one that kliping made"],
        ),
    ] {
        let world = stacks();
        world.sqlite().execute_batch(&format!("{guard}{sql};DELETE FROM guard")).expect(sql);
        let done = on(&world, &["verify"]);
        assert_eq!(done.code, 1, "{sql}\n{}{}", done.out, done.err);
        let lines = done.lines();
        for fault in faults {
            assert!(lines.iter().any(|line| line.starts_with(fault)), "{sql}\n{fault}\n{}", done.out);
        }
        assert!(
            done.err.contains(if lines.len() == 1 { "1 fault in " } else { "faults in " }),
            "{}",
            done.err
        );
    }
}

#[test]
fn jsonl_names_a_fault_for_scripts() {
    let world = shelf();
    let sql = "INSERT INTO guard VALUES ('x'); UPDATE version SET title = 'Lain' WHERE article_id = 4; DELETE FROM guard";
    world.sqlite().execute_batch(sql).unwrap();
    let done = on(&world, &["verify", "--format", "jsonl"]);
    let lines = done.json();
    assert_eq!((done.code, done.err.as_str(), lines.len()), (1, "", 3));
    let fault = &lines[0];
    for (key, value) in
        [("schema", "kliping.fault/1"), ("check", "text"), ("url", "https://kabar.example/kurs")]
    {
        assert_eq!(fault[key], value, "{key}");
    }
    assert_eq!((fault["article"].as_i64(), fault["version"].as_i64()), (Some(4), Some(1)));
    assert_eq!(lines[2]["faults"], 2);
}

#[test]
fn a_damaged_byte_of_any_page_is_found() {
    let world = stacks();
    let folder = world.folder.path();
    let copy = folder.join("copy.db");
    world.sqlite().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    let sound = fs::read(&copy).unwrap();
    // (SQLite leaves old bytes behind in the free room of its pages: all places are meant.)
    let all = |needle: &[u8]| -> Vec<usize> {
        let places = sound.windows(needle.len()).enumerate().filter(|(_, bytes)| *bytes == needle);
        places.map(|(place, _)| place).collect()
    };
    // A letter of a text, a byte of a page, a byte of the file's own structure.
    for (places, what) in [
        (all(b"Sebanyak 5 orang"), "1@1  https://kabar.example/gempa  not what its hash says: body"),
        (all(b"<html>5 tewas</html>"), "1@1  https://kabar.example/gempa  stored page 1: its SHA-256 is "),
        (vec![4096 * 2 + 4], "file "),
    ] {
        let mut bytes = sound.clone();
        assert!(!places.is_empty(), "{what}");
        places.iter().for_each(|place| bytes[*place] ^= 1);
        fs::write(&copy, &bytes).unwrap();
        let done = kliping(folder, &["--archive", "copy.db", "verify"]);
        assert!(done.code == 1 && done.out.contains(what), "{what}: {}{}{}", done.code, done.out, done.err);
    }
    fs::write(&copy, &sound).unwrap();
    assert_eq!(kliping(folder, &["--archive", "copy.db", "verify"]).code, 0);
}

#[test]
fn a_crawl_may_write_meanwhile() {
    let mut world = shelf();
    // An open transaction of another connection: verify does not wait for it.
    let other = world.sqlite();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(on(&world, &["verify"]).code, 0);
    other.execute_batch("ROLLBACK").unwrap();
    world.later(crate::world::HOUR);
    world.record(world.fetch("https://kabar.example/baru"), read(&article("Baru", &["Isi."])));
    let done = on(&world, &["verify"]);
    assert!(done.code == 0 && done.out.contains("5 in the search index"), "{}{}", done.out, done.err);
    assert_eq!(kliping(world.folder.path(), &["--archive", "none.db", "verify"]).code, 6);
}

//! What is too old goes when it is asked for, and nothing else does.

use kliping::model::{ArticleId, Candidate, SourceKind, VersionSeq, Via, sha256};
use kliping::store::Observation;

use crate::kliping::{Done, on};
use crate::world::{HOUR, World, article, url};

fn page(n: usize, round: usize) -> Vec<u8> {
    let frame: String = (0..300).map(|n| format!("<a href=\"/rubrik-{n}\">Rubrik nomor {n}</a>\n")).collect();
    // Something that no two pages share, so that a page takes room.
    let own: String = (0..150).map(|k| sha256(format!("{n} {round} {k}").as_bytes()).to_string()).collect();
    format!("<html>{frame}<p>Berita {n}, lihat {round}</p><i>{own}</i></html>").into_bytes()
}

fn see(world: &World, n: usize, round: usize, text: &str) {
    let article = Box::new(article(&format!("Berita {n}"), &[text]));
    let observation = Observation::Article { article, raw: Some(page(n, round)), reread: None };
    world.record(world.fetch(&format!("https://kabar.example/{n}")), observation);
}

/// Ten articles, looked at on four days: unchanged, unchanged, edited (the even ones), unchanged; and
/// addresses that turned out to be no article.
fn shelf() -> World {
    let mut world = World::new();
    for round in 0..4 {
        for n in 0..10 {
            see(&world, n, round, if round >= 2 && n % 2 == 0 { "Teks baru." } else { "Teks lama." });
        }
        world.later(24 * HOUR);
    }
    let list = (0..5).map(|n| {
        Candidate::bare(url(&format!("https://kabar.example/rubrik/{n}")), Via::Source(SourceKind::Feed))
    });
    world.archive.writer().enqueue("kabar".to_owned(), list.collect(), world.now).wait().unwrap();
    for n in 0..5 {
        let reason = "a section".to_owned();
        world.record(
            world.fetch(&format!("https://kabar.example/rubrik/{n}")),
            Observation::NotArticle { reason },
        );
    }
    world
}

fn ok(done: Done) -> Done {
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    done
}

fn pages(world: &World) -> i64 {
    let sql = "SELECT count(*) FROM blob WHERE data IS NOT NULL AND id IN (SELECT blob_id FROM fetch)";
    world.sqlite().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The rows of a table of figures, blanks folded.
fn rows(done: &Done) -> Vec<String> {
    done.lines().iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn old_pages_go_and_those_of_the_latest_versions_stay() {
    let world = shelf();
    let end = ok(on(&world, &["verify"])).lines()[1].rsplit(' ').next().unwrap().to_owned();
    assert_eq!(pages(&world), 40);
    // Everything but the last day: the pages of the odd ones' only version stay.
    let older = ["prune", "--raw-older-than", "2026-03-04"];
    let would = rows(&ok(on(&world, &[&older[..], &["--dry-run"]].concat())));
    assert!(
        would.len() == 1 && would[0].starts_with("pages 20 ") && would[0].ends_with(" would go"),
        "{would:?}"
    );
    assert_eq!(pages(&world), 40);
    let size = || world.sqlite().query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0)).unwrap();
    let before = size();
    let gone = rows(&ok(on(&world, &older)));
    assert_eq!(gone[0].replace(" gone", ""), would[0].replace(" would go", ""));
    assert_eq!(pages(&world), 20);
    assert!(size() < before, "the file is smaller");
    for id in 1..=10 {
        let latest = world.versions(id).last().unwrap().seq;
        assert!(world.reader().raw_page(ArticleId(id), latest).unwrap().is_some(), "{id}");
    }
    assert_eq!(world.reader().raw_page(ArticleId(1), VersionSeq(1)).unwrap(), None);
    let verified = ok(on(&world, &["verify", "--expect", &end])).out;
    assert!(verified.contains("20 pages taken out"), "{verified}");
    // Again: nothing is left to go. A page that comes again stays out.
    assert!(rows(&ok(on(&world, &older)))[0].starts_with("pages 0 "));
    see(&world, 1, 1, "Teks lama.");
    assert_eq!(pages(&world), 20);

    ok(on(&world, &["prune", "--raw-older-than", "0d", "--even-latest", "--site", "lain"]));
    assert_eq!(pages(&world), 20);
    ok(on(&world, &["prune", "--raw-older-than", "2026-03-06", "--even-latest"]));
    assert!(pages(&world) <= 1, "all but one that others may be packed with: {}", pages(&world));
    ok(on(&world, &["verify"]));
}

#[test]
fn requests_that_brought_nothing_and_settled_addresses_go() {
    let world = shelf();
    let count = |table: &str| -> i64 {
        world.sqlite().query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!((count("fetch"), count("queue")), (45, 5));
    let sql = ["prune", "--fetches-older-than", "2026-04-01", "--settled-older-than", "2026-04-01"];
    let would = rows(&ok(on(&world, &[&sql[..], &["-n"]].concat())));
    let gone = rows(&ok(on(&world, &sql)));
    assert_eq!(would.iter().map(|row| row.replace("would go", "gone")).collect::<Vec<_>>(), gone);
    // Of 25 that found the same, ten were each article's last; their pages go with those that went.
    assert!(
        gone[0].starts_with("pages 15 ")
            && gone[1].starts_with("requests 15 ")
            && gone[2].starts_with("settled 5 "),
        "{gone:?}"
    );
    assert_eq!((count("fetch"), count("queue"), pages(&world)), (30, 0, 25));
    let verified = ok(on(&world, &["verify"])).out;
    assert!(verified.contains("15 versions") && verified.contains("15 pages taken out"), "{verified}");
}

#[test]
fn what_nobody_pruned_is_missed() {
    let world = shelf();
    world
        .sqlite()
        .execute_batch(
            "INSERT INTO guard VALUES ('x'); UPDATE blob SET data = NULL WHERE id = 1; DELETE FROM guard",
        )
        .unwrap();
    let done = on(&world, &["verify"]);
    assert!(
        done.code == 1 && done.out.contains("1 stored pages are gone; `redact` and `prune` took 0"),
        "{}",
        done.out
    );
    let nothing = on(&world, &["prune"]);
    assert!(nothing.code == 2 && nothing.err.contains("--raw-older-than 30d"), "{}", nothing.err);
}

//! `prune` and `rebuild` on a server do what they do in a file.

use kliping::model::{Candidate, SourceKind, VersionSeq, Via, sha256};
use kliping::store::Observation;

use crate::server::SHARED;
use crate::support::desk::Desk;
use crate::world::{HOUR, World, article, url};

fn page(n: usize, round: usize) -> Vec<u8> {
    let frame: String = (0..300).map(|n| format!("<a href=\"/rubrik-{n}\">Rubrik nomor {n}</a>\n")).collect();
    let own: String = (0..150).map(|k| sha256(format!("{n} {round} {k}").as_bytes()).to_string()).collect();
    format!("<html>{frame}<p>Berita {n}, lihat {round}</p><i>{own}</i></html>").into_bytes()
}

/// Thirty articles, looked at on four days: unchanged, unchanged, edited (the even ones), unchanged; some gone, one
/// back; and addresses that turned out to be no article.
fn shelf() -> World {
    let mut world = World::new();
    for round in 0..4 {
        for n in 0..30 {
            let text = if round >= 2 && n % 2 == 0 { "Teks baru." } else { "Teks lama." };
            let article = Box::new(article(&format!("Berita {n}"), &[text, &format!("Paragraf {n}.")]));
            let observation = Observation::Article { article, raw: Some(page(n, round)), reread: None };
            world.record(world.fetch(&format!("https://kabar.example/{n}")), observation);
        }
        world.later(24 * HOUR);
    }
    for n in 0..5 {
        world.missing(&format!("https://kabar.example/{n}"), 410);
        let bare =
            Candidate::bare(url(&format!("https://kabar.example/rubrik/{n}")), Via::Source(SourceKind::Feed));
        world.archive.writer().enqueue("kabar".to_owned(), vec![bare], world.now).wait().unwrap();
        let reason = "a section".to_owned();
        world.record(
            world.fetch(&format!("https://kabar.example/rubrik/{n}")),
            Observation::NotArticle { reason },
        );
    }
    world
}

fn on(world: &World, args: &[&str]) -> String {
    let path = world.path();
    let mut all = vec!["--archive", path.to_str().unwrap()];
    all.extend(args);
    Desk::empty().ok(&all)
}

/// Asks the server itself, in the archive's schema.
fn sql(world: &World, sql: &str) -> String {
    let path = world.path();
    let (_, schema) = path.to_str().unwrap().rsplit_once("schema=").unwrap();
    SHARED.as_ref().unwrap().sql(&format!("SET search_path = {schema}; {sql}")).unwrap()
}

fn count(world: &World, rows: &str) -> i64 {
    sql(world, &format!("SELECT count(*) FROM {rows}")).parse().unwrap()
}

#[test]
fn what_is_too_old_goes_when_it_is_asked_for() {
    if SHARED.is_none() {
        return;
    }
    let world = shelf();
    let end = on(&world, &["verify"]).lines().nth(1).unwrap().rsplit(' ').next().unwrap().to_owned();
    let pages =
        |world: &World| count(world, "blob WHERE data IS NOT NULL AND id IN (SELECT blob_id FROM \"fetch\")");
    assert_eq!(pages(&world), 120);
    // Everything but the last day: the pages of the odd ones' only version stay.
    let older = ["prune", "--raw-older-than", "2026-03-04"];
    let would = on(&world, &[&older[..], &["--dry-run"]].concat());
    assert!(would.contains("would go") && would.split_whitespace().nth(1) == Some("60"), "{would}");
    assert_eq!(pages(&world), 120);
    let gone = on(&world, &older);
    // With the pages may go what they were packed with.
    assert!(gone.ends_with("gone\n") && gone.split_whitespace().nth(1) == Some("60"), "{gone}");
    assert_eq!(pages(&world), 60);
    let raw = |world: &World, id: i64, seq: VersionSeq| {
        world.reader().raw_page(kliping::model::ArticleId(id), seq).unwrap().is_some()
    };
    for id in 1..=30 {
        assert!(raw(&world, id, world.versions(id).last().unwrap().seq), "{id}");
    }
    assert!(!raw(&world, 1, VersionSeq(1)));
    assert!(
        on(&world, &["verify", "--expect", &end])
            .contains(&format!("{} pages taken out", count(&world, "blob WHERE data IS NULL")))
    );
    // Requests that nothing names, with so many of them that an index is made for it, which goes again.
    let names = "pg_indexes WHERE indexname LIKE 'prune%'";
    let requests = count(&world, "\"fetch\"");
    let done =
        on(&world, &["prune", "--fetches-older-than", "2026-04-01", "--settled-older-than", "2026-04-01"]);
    let words: Vec<&str> = done.split_whitespace().collect();
    let went: i64 = words[words.iter().position(|word| *word == "requests").unwrap() + 1].parse().unwrap();
    assert!(went >= 20, "{done}");
    assert_eq!(count(&world, "\"fetch\""), requests - went);
    assert!(done.contains("settled") && count(&world, "queue") == 0, "{done}");
    assert_eq!(count(&world, names), 0);
    assert!(on(&world, &["verify", "--expect", &end]).contains("sound"));
}

/// All that is derived, row by row.
fn derived(world: &World) -> Vec<String> {
    ["head", "fts", "simhash", "line", "lines_of", "opening", "address", "change", "change_kind"]
        .iter()
        .map(|table| sql(world, &format!("SELECT t::text FROM {table} t ORDER BY t::text COLLATE \"C\"")))
        .collect()
}

#[test]
fn what_follows_from_the_facts_is_built_again() {
    if SHARED.is_none() {
        return;
    }
    let world = shelf();
    let before = derived(&world);
    assert!(on(&world, &["rebuild"]).contains("built again: 30 articles, 30 in the search index"));
    assert_eq!(derived(&world), before);
    // Lost, and bent.
    sql(
        &world,
        "DELETE FROM fts; DELETE FROM simhash; DELETE FROM line; DELETE FROM lines_of; DELETE FROM opening;
         DELETE FROM change; DELETE FROM change_kind; DELETE FROM head WHERE article_id > 20;
         UPDATE head SET version_id = (SELECT id FROM version WHERE article_id = 1 AND seq = 1), versions = 7
         WHERE article_id = 1; INSERT INTO fts SELECT max(id), 'hantu'::tsvector FROM version",
    );
    let path = world.path();
    let found = Desk::empty().run(&["--archive", path.to_str().unwrap(), "verify"]);
    assert_eq!(found.code, 1, "{}", found.stdout);
    assert!(on(&world, &["rebuild"]).contains("11 heads mended"));
    assert!(on(&world, &["verify"]).contains("sound"));
    assert_eq!(derived(&world)[1..], before[1..]);
    assert!(on(&world, &["search", "paragraf"]).contains("Berita"));
}

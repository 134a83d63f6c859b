//! The list of changes: told once when they are recorded, right ever after, page by page.

use kliping::model::{ArticleId, ChangeKind, ChangeKinds};
use kliping::store::{ChangeQuery, ChangeRow, Fault};

use crate::world::{HOUR, World, article};

const BODY: &str = "Sebanyak 15 orang mengungsi ke balai desa sejak hujan turun pada malam hari.";

/// Three articles: one edited twice and back again, one edited, one gone and back.
fn world() -> World {
    let mut world = World::new();
    for (n, title) in ["Berita pagi", "Berita siang", "Berita malam"].iter().enumerate() {
        world.see(&format!("https://kabar.example/{}", n + 1), &article(title, &[BODY]));
    }
    for text in [BODY.replace("15", "51"), BODY.to_owned()] {
        world.later(HOUR);
        world.see("https://kabar.example/1", &article("Berita pagi", &[&text]));
    }
    world.missing("https://kabar.example/3", 410);
    world.later(HOUR);
    world.see("https://kabar.example/2", &article("Kabar siang", &[BODY]));
    world.see("https://kabar.example/3", &article("Berita malam", &[BODY]));
    world
}

fn told(rows: &[ChangeRow]) -> Vec<String> {
    let kinds =
        |row: &ChangeRow| row.told.kinds.list().iter().map(|k| k.as_str()).collect::<Vec<_>>().join(" ");
    rows.iter().map(|row| format!("{} {}", row.article, kinds(row))).collect()
}

const ALL: [&str; 5] = ["3 restored", "2 headline wording", "3 gone", "1 number reverted", "1 number"];

#[test]
fn a_list_goes_on_where_it_stopped_whatever_its_order() {
    let world = world();
    let reader = world.reader();
    let all = reader.changes(&ChangeQuery::ALL, true, None, 100).unwrap();
    assert_eq!(told(&all), ALL);
    for newest_first in [true, false] {
        for step in 1..=5 {
            let (mut seen, mut past) = (Vec::new(), None);
            loop {
                let page = reader.changes(&ChangeQuery::ALL, newest_first, past, step).unwrap();
                past = page.last().map(|row| row.key);
                if page.is_empty() {
                    break;
                }
                seen.extend(page);
            }
            if !newest_first {
                seen.reverse();
            }
            assert_eq!(seen, all, "{step} a page");
        }
    }
    let mut behind = None;
    let mut weights = Vec::new();
    while let Some(row) = reader.heaviest_changes(&ChangeQuery::ALL, behind, 1).unwrap().pop() {
        behind = Some((row.told.weight, row.key));
        weights.push(row.told.weight);
    }
    assert!(weights.len() == 5 && weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    let of = |id| told(&reader.changes_of(ArticleId(id), 9).unwrap());
    assert_eq!(
        (of(1).len(), of(2), of(3)),
        (2, vec![ALL[1].to_owned()], vec![ALL[0].to_owned(), ALL[2].to_owned()])
    );
    let lines = reader.version_lines(ArticleId(1), None, 9).unwrap();
    let lines: Vec<_> = lines.iter().map(|line| (line.seq.0, line.told)).collect();
    let changes = reader.changes_of(ArticleId(1), 9).unwrap();
    assert_eq!(lines, [(3, Some(changes[0].told)), (2, Some(changes[1].told)), (1, None)]);
}

#[test]
fn a_list_is_narrowed_by_what_was_told() {
    let world = world();
    let reader = world.reader();
    let all = reader.changes(&ChangeQuery::ALL, true, None, 9).unwrap();
    let site = all[0].site;
    let list = |query: &ChangeQuery| told(&reader.changes(query, true, None, 9).unwrap());
    let of = |kinds: &[ChangeKind]| ChangeQuery { kinds: ChangeKinds::of(kinds), ..ChangeQuery::ALL };
    use ChangeKind as K;
    for (query, expected) in [
        (of(&[K::Number, K::Reverted]), &ALL[3..]),
        (of(&[K::Gone, K::Headline]), &ALL[1..3]),
        (of(&[K::Quote]), &[]),
        (ChangeQuery { silent: true, ..of(&[K::Gone]) }, &[]),
        (ChangeQuery { since: all[2].key.at, until: all[0].key.at, ..ChangeQuery::ALL }, &ALL[2..4]),
        (ChangeQuery { weight: all[4].told.weight, ..of(&[K::Number]) }, &ALL[3..]),
        (ChangeQuery { weight: 1000, ..ChangeQuery::ALL }, &[]),
    ] {
        assert_eq!(list(&query), expected, "{query:?}");
        // By the index of a site it is the same; another site has none.
        assert_eq!(list(&ChangeQuery { site: Some(site), ..query.clone() }), expected, "{query:?}");
        assert!(list(&ChangeQuery { site: Some(site + 1), ..query }).is_empty());
    }
}

#[test]
fn what_was_taken_out_is_told_no_more() {
    let world = world();
    let take = |id, versions| {
        let job = world.archive.writer().redact(vec![(ArticleId(id), versions)], "x".to_owned(), world.now);
        job.wait().unwrap();
        world.archive.writer().scrub().wait().unwrap();
    };
    // The first version of three: only what lies between it and the second.
    take(1, Some((1, 1)));
    let reader = world.reader();
    let all = told(&reader.changes(&ChangeQuery::ALL, true, None, 9).unwrap());
    assert_eq!(all, ["3 restored", "2 headline wording", "3 gone", "1 number reverted", "1 "]);
    take(2, None);
    let all = reader.changes(&ChangeQuery::ALL, true, None, 9).unwrap();
    assert_eq!(told(&all)[1], "2 ");
    assert!(all[1].told.redacted && !all[0].told.redacted);
    let open = ChangeQuery { redacted: false, ..ChangeQuery::ALL };
    assert_eq!(
        told(&reader.changes(&open, true, None, 9).unwrap()),
        ["3 restored", "3 gone", "1 number reverted"]
    );
    let headlines = ChangeQuery { kinds: ChangeKinds::of(&[ChangeKind::Headline]), ..ChangeQuery::ALL };
    assert!(reader.changes(&headlines, true, None, 9).unwrap().is_empty());
    assert_eq!(world.faults(), []);
}

#[test]
fn verify_names_a_row_that_tells_something_else_and_rebuild_mends_it() {
    let world = world();
    let count = || {
        let told = |fault: &Fault| format!("{} {}", fault.check, fault.message);
        world.faults().iter().map(told).collect::<Vec<_>>()
    };
    for (sql, expected) in [
        ("UPDATE change SET kinds = 4 WHERE article_id = 2", 2),
        ("UPDATE change SET weight = 1 WHERE article_id = 2", 1),
        ("DELETE FROM change WHERE article_id = 3 AND kinds = 65536", 2),
        (
            "INSERT INTO change SELECT at + 1, part, row_id, article_id, site_id, seq, cause, 0, 0, 0, 0, 0, 0, 0 FROM change WHERE article_id = 2",
            1,
        ),
        ("DELETE FROM change_kind WHERE kind = 1", 1),
        ("UPDATE change_kind SET kind = 9 WHERE kind = 1", 1),
    ] {
        world.sqlite().execute_batch(sql).unwrap();
        let faults = count();
        assert_eq!(faults.len(), expected, "{sql}: {faults:?}");
        assert!(
            faults.iter().all(|fault| fault.starts_with("change ") && fault.contains("kliping rebuild")),
            "{faults:?}"
        );
        world.archive.writer().rebuild().wait().unwrap();
        assert_eq!(count(), [""; 0], "{sql}");
    }
}

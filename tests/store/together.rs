//! Pages that wait are committed together: each is its own article all the same, and nothing of a
//! transaction that failed stays.

use kliping::model::{Article, Validators, VersionSeq};
use kliping::store::{Filter, Observation, RecordedOutcome, SearchQuery};

use crate::world::{World, article, daily, query, read};

const PAGES: usize = 20;

fn address(n: usize) -> String {
    format!("https://kabar.example/{n}")
}

fn story(n: usize) -> Article {
    article(&format!("Berita {n}"), &[&format!("Kalimat nomor {n} yang panjang sekali. ").repeat(20)])
}

fn found(world: &World) -> usize {
    world.reader().search(&SearchQuery { limit: 100, ..query("kalimat") }).unwrap().len()
}

#[test]
fn pages_that_wait_for_the_writer_are_all_there_and_each_is_its_own_article() {
    let world = World::new();
    let writer = world.archive.writer();
    let handed: Vec<_> =
        (0..PAGES).map(|n| writer.record(world.fetch(&address(n)), read(&story(n)), daily())).collect();
    for (n, recorded) in handed.into_iter().enumerate() {
        let recorded = recorded.wait().unwrap();
        assert_eq!(recorded.outcome, RecordedOutcome::New);
        let version = world.reader().version(recorded.article.unwrap(), VersionSeq(1)).unwrap().unwrap();
        assert_eq!(version.article.title, format!("Berita {n}"));
    }
    assert_eq!(found(&world), PAGES, "the search index has them all");
    let checks = world.reader().check().unwrap();
    assert!(checks.iter().all(|check| check.remedy.is_none()), "{checks:?}");
}

#[test]
fn a_page_that_cannot_be_stored_takes_only_those_with_it_that_are_told_so() {
    let world = World::new();
    let writer = world.archive.writer();
    world.see(&address(0), &story(0));
    writer.limit_bytes(1_000_000).wait().unwrap();
    let large = article("Panjang", &[&"Kata yang tidak ada habisnya. ".repeat(100_000)]);
    let handed: Vec<_> = [story(1), large, story(2)]
        .iter()
        .zip(1..)
        .map(|(page, n)| writer.record(world.fetch(&address(n)), read(page), daily()))
        .collect();
    let told: Vec<_> = handed.into_iter().map(|pending| pending.wait().map_err(|e| e.code())).collect();
    assert_eq!(told[1].as_ref().err(), Some(&"disk_full"));
    // Whether the first was committed before the second came is the thread's affair; it says so.
    let stored = 1 + told.iter().filter(|told| told.is_ok()).count();
    assert_eq!(world.reader().list(&Filter::default()).unwrap().len(), stored);
    assert_eq!(found(&world), stored);
    // With room again, the same writer goes on.
    writer.limit_bytes(1 << 40).wait().unwrap();
    let more = vec![(world.fetch(&address(8)), read(&story(8))), (world.fetch(&address(9)), read(&story(9)))];
    assert_eq!(writer.record_all(more, daily()).wait().unwrap().len(), 2);
    assert_eq!(world.reader().list(&Filter::default()).unwrap().len(), stored + 2);
}

#[test]
fn pages_that_have_not_changed_are_noted_in_one_job() {
    let mut world = World::new();
    (0..3).for_each(|n| drop(world.see(&address(n), &story(n))));
    world.later(crate::world::HOUR);
    let validators = Validators { etag: Some("\"baru\"".to_owned()), last_modified: None };
    let same =
        |n: usize| (world.fetch(&address(n)), Observation::NotModified { validators: validators.clone() });
    // One of them the archive has never seen: a broken server.
    let recorded = world.archive.writer().record_all((0..4).map(same).collect(), daily()).wait().unwrap();
    assert!(recorded.iter().all(|recorded| recorded.outcome == RecordedOutcome::NotModified));
    assert_eq!(recorded.iter().filter(|recorded| recorded.article.is_some()).count(), 3);
    let head = world.reader().head_for(&crate::world::url(&address(2))).unwrap().unwrap();
    assert_eq!(head.validators, validators);
    let row = world.reader().article(head.article).unwrap().unwrap();
    assert_eq!((row.last_checked, row.versions), (world.now, 1));
}

//! What waits to be asked for.

use kliping::model::{Candidate, SourceKind, Via};
use kliping::store::{DueQuery, Enqueued, Observation, RecordedOutcome, RobotsRecord, SourceState};

use crate::world::{HOUR, World, article, url};

fn candidate(address: &str, via: Via) -> Candidate {
    Candidate::bare(url(address), via)
}

fn feed(address: &str) -> Candidate {
    candidate(address, Via::Source(SourceKind::Feed))
}

fn put(world: &World, candidates: Vec<Candidate>) -> Enqueued {
    world.archive.writer().enqueue("kabar".to_owned(), candidates, world.now).wait().unwrap()
}

fn new(new: usize) -> Enqueued {
    Enqueued { new, ..Enqueued::default() }
}

fn known(known: usize) -> Enqueued {
    Enqueued { known, ..Enqueued::default() }
}

const A: &str = "https://kabar.example/a";
const B: &str = "https://kabar.example/b";

#[test]
fn an_address_waits_once_and_leaves_when_it_is_stored() {
    let world = World::new();
    assert_eq!(
        put(&world, vec![feed(A), feed(B), feed("http://www.kabar.example/a/?utm_source=rss")]),
        Enqueued { new: 2, known: 1, ..Enqueued::default() }
    );
    assert_eq!(put(&world, vec![feed(A)]), known(1));
    assert_eq!(world.due(A), [A, B]);
    assert_eq!(world.reader().due_hosts(world.now).unwrap(), [url(A).host_key()]);
    world.see(A, &article("A", &["isi"]));
    assert_eq!(world.due(A), [B]);
    assert_eq!(put(&world, vec![feed(A)]), known(1));
    world.see(B, &article("B", &["isi lain"]));
    assert_eq!(world.due(A), [""; 0]);
    assert_eq!(world.reader().due_hosts(world.now).unwrap(), []);
}

#[test]
fn people_come_first_then_news() {
    let world = World::new();
    put(
        &world,
        vec![
            candidate("https://kabar.example/map", Via::Source(SourceKind::Sitemap)),
            candidate("https://kabar.example/sec", Via::Source(SourceKind::Section)),
            Candidate { published: Some(world.now), ..feed("https://kabar.example/new") },
            feed("https://kabar.example/old"),
            candidate("https://kabar.example/me", Via::User),
        ],
    );
    let paths: Vec<String> =
        world.due(A).iter().map(|page| page.rsplit('/').next().unwrap().to_owned()).collect();
    assert_eq!(paths, ["me", "new", "old", "sec", "map"]);
}

#[test]
fn a_known_article_is_due_when_its_source_says_that_it_changed() {
    let mut world = World::new();
    world.see(A, &article("A", &["isi"]));
    let checked = world.now;
    world.later(HOUR);
    let with = |modified| Candidate { modified: Some(modified), ..feed(A) };
    assert_eq!(put(&world, vec![with(checked)]), known(1));
    assert_eq!(world.due(A), [""; 0]);
    assert_eq!(put(&world, vec![with(world.now)]).refreshed, 1);
    assert_eq!(world.due(A), [A]);
    assert_eq!(put(&world, vec![candidate(A, Via::User)]).refreshed, 1);
}

#[test]
fn rechecks_come_by_how_overdue_they_are() {
    let mut world = World::new();
    world.see(A, &article("A", &["isi"]));
    world.later(12 * HOUR).see(B, &article("B", &["lain"]));
    world.later(24 * HOUR);
    assert_eq!(world.due(A), [A, B]);
    let due = world.due_pages(A, world.now, 1);
    assert_eq!((due.len(), due[0].article.map(|id| id.0), due[0].via), (1, Some(1), Via::Recheck));
}

#[test]
fn what_is_no_article_is_not_asked_again_until_its_source_says_so() {
    let mut world = World::new();
    put(&world, vec![feed(A)]);
    let no = Observation::NotArticle { reason: "a list of links".to_owned() };
    assert_eq!(world.record(world.fetch(A), no).outcome, RecordedOutcome::NotArticle);
    assert_eq!(world.later(HOUR).due(A), [""; 0]);
    assert_eq!(put(&world, vec![feed(A)]), known(1));
    assert_eq!(put(&world, vec![Candidate { modified: Some(world.now), ..feed(A) }]), new(1));
    assert_eq!(world.due(A), [A]);
}

#[test]
fn pages_that_cannot_be_read_are_tried_again_slower_and_slower() {
    let mut world = World::new();
    put(&world, vec![feed(A)]);
    let unreadable =
        || Observation::Unreadable { code: "empty".to_owned(), message: String::new(), raw: None };
    let mut tries = 0;
    for _ in 0..1000 {
        if world.later(HOUR).due(A) == [A] {
            tries += 1;
            assert_eq!(world.record(world.fetch(A), unreadable()).outcome, RecordedOutcome::ExtractFailed);
        }
    }
    assert_eq!(tries, 6);
}

#[test]
fn a_run_looks_at_each_article_once_and_only_at_what_it_was_asked_to() {
    let mut world = World::new();
    put(&world, vec![feed(A)]);
    world.see(B, &article("B", &["isi"]));
    let began = world.later(25 * HOUR).now;
    let ask = |change: fn(&mut DueQuery)| {
        let mut query = DueQuery {
            host: url(A).host_key(),
            now: world.now,
            checked_by: began,
            new: true,
            known: true,
            sites: vec!["kabar".to_owned()],
            limit: 10,
        };
        change(&mut query);
        let due = world.reader().due(&query).unwrap();
        due.iter().map(|page| page.url.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ask(|_| ()), [A, B]);
    assert_eq!(ask(|query| query.new = false), [B]);
    assert_eq!(ask(|query| query.known = false), [A]);
    assert_eq!(ask(|query| query.limit = 1), [A]);
    assert_eq!(ask(|query| query.sites = vec!["lain".to_owned()]), [""; 0]);
    assert_eq!(ask(|query| query.checked_by = query.now - jiff::SignedDuration::from_hours(26)), [A]);
}

#[test]
fn tombstones_refuse() {
    let world = World::in_file();
    world
        .sqlite()
        .execute("INSERT INTO tombstone (key, at, reason) VALUES ('kabar.example/a', 0, 'permintaan')", [])
        .unwrap();
    assert_eq!(put(&world, vec![feed(A)]).refused, 1);
    assert_eq!(world.see(A, &article("A", &["isi"])).outcome, RecordedOutcome::Refused);
    let mut canonical = article("A", &["isi"]);
    canonical.canonical_url = Some(A.to_owned());
    assert_eq!(world.see(B, &canonical).outcome, RecordedOutcome::Refused);
    assert_eq!(world.reader().stats().unwrap().articles, 0);
}

#[test]
fn robots_and_sources_are_remembered() {
    let mut world = World::new();
    let writer = world.archive.writer().clone();
    let good = RobotsRecord {
        fetched: world.now,
        status: Some(200),
        error: None,
        body: Some(b"User-agent: *".to_vec()),
        body_at: None,
    };
    let fetched = world.now;
    let origin = "https://kabar.example";
    writer.put_robots(origin.to_owned(), good.clone()).wait().unwrap();
    world.later(HOUR);
    let bad = RobotsRecord {
        fetched: world.now,
        status: None,
        error: Some("timeout".to_owned()),
        body: None,
        body_at: None,
    };
    writer.put_robots(origin.to_owned(), bad.clone()).wait().unwrap();
    let got = world.reader().robots(origin).unwrap().unwrap();
    assert_eq!(got, RobotsRecord { body: good.body, body_at: Some(fetched), ..bad }, "the good copy stays");
    assert_eq!(world.reader().robots("https://lain.example").unwrap(), None);

    let state = SourceState {
        url: url("https://kabar.example/feed/"),
        kind: SourceKind::Sitemap,
        site: "kabar".to_owned(),
        validators: kliping::model::Validators { etag: Some("\"f\"".to_owned()), last_modified: None },
        first: fetched,
        checked: world.now,
        changed: Some(fetched),
        next: Some(world.now),
        interval: jiff::SignedDuration::from_mins(7),
        full: None,
        parent: Some(url("https://kabar.example/index.xml")),
        mark: Some(fetched),
        trouble: Some("HTTP 500".to_owned()),
        failures: 3,
        content_sha256: Some(kliping::model::sha256(b"feed")),
    };
    writer.put_source(state.clone()).wait().unwrap();
    assert_eq!(world.reader().source(&state.url).unwrap().as_ref(), Some(&state));
    let index = state.parent.clone().unwrap();
    assert_eq!(world.reader().source_children(&index).unwrap(), std::slice::from_ref(&state));
    writer.keep_children(index.clone(), vec![state.url.clone()]).wait().unwrap();
    assert_eq!(world.reader().sources().unwrap(), [state]);
    writer.keep_children(index.clone(), Vec::new()).wait().unwrap();
    assert_eq!(world.reader().source_children(&index).unwrap(), []);
}

//! Versions and events: what an article goes through.

use jiff::SignedDuration;
use kliping::model::{Article, ArticleId, Cause, EventKind, VersionSeq};
use kliping::store::{Observation, RecordedOutcome};

use crate::world::{HOUR, World, article, reading};

const PAGE: &str = "https://kabar.example/gempa";

fn gempa(victims: u32) -> Article {
    article("Gempa di Cianjur", &[&format!("Sebanyak {victims} orang tewas."), "Warga mengungsi."])
}

#[test]
fn only_what_differs_makes_a_version() {
    let mut world = World::new();
    assert_eq!(world.see(PAGE, &gempa(5)).outcome, RecordedOutcome::New);
    assert_eq!(world.later(HOUR).see(PAGE, &gempa(5)).outcome, RecordedOutcome::Same);
    let changed = world.later(HOUR).see(PAGE, &gempa(15)).outcome;
    let publisher = |seq, reverts_to| RecordedOutcome::Changed {
        seq: VersionSeq(seq),
        cause: Cause::Publisher,
        reverts_to,
    };
    assert_eq!(changed, publisher(2, None));
    let row = world.reader().article(ArticleId(1)).unwrap().unwrap();
    assert_eq!((row.versions, row.last_changed, row.last_checked), (2, world.now, world.now));

    assert_eq!(world.later(HOUR).see(PAGE, &gempa(5)).outcome, publisher(3, Some(VersionSeq(1))));
    assert_eq!(world.events(1), [EventKind::Reverted]);
    assert_eq!(world.versions(1).len(), 3);
}

#[test]
fn a_304_is_a_check_and_no_version() {
    let mut world = World::new();
    world.see(PAGE, &gempa(5));
    world.later(HOUR);
    let not_modified = Observation::NotModified { validators: kliping::model::Validators::default() };
    assert_eq!(world.record(world.fetch(PAGE), not_modified).outcome, RecordedOutcome::NotModified);
    let row = world.reader().article(ArticleId(1)).unwrap().unwrap();
    assert_eq!((row.last_checked, row.last_seen), (world.now, world.now));
    assert_ne!(row.last_changed, world.now);
}

#[test]
fn a_page_without_text_never_takes_the_place_of_one_with() {
    let mut world = World::new();
    world.see(PAGE, &gempa(5));
    for _ in 0..3 {
        let outcome = world.later(HOUR).see(PAGE, &article("Setujui kuki", &[])).outcome;
        assert!(matches!(outcome, RecordedOutcome::Kept { .. }), "{outcome:?}");
    }
    assert_eq!(world.titles(1), ["Gempa di Cianjur"]);
    assert_eq!(world.events(1), [EventKind::Kept], "said once, not at every check");
}

#[test]
fn a_404_counts_when_it_lasts() {
    let mut world = World::new();
    world.see(PAGE, &gempa(5));
    assert_eq!(world.later(HOUR).missing(PAGE, 404), RecordedOutcome::Missing);
    assert_eq!(world.state(1), "missing");
    assert_eq!(world.later(HOUR).missing(PAGE, 404), RecordedOutcome::Missing);
    assert_eq!(world.later(5 * HOUR).missing(PAGE, 404), RecordedOutcome::Gone);
    assert_eq!(world.state(1), "gone");
    assert_eq!(world.later(24 * HOUR).missing(PAGE, 404), RecordedOutcome::Gone);
    assert_eq!(world.events(1), [EventKind::Missing, EventKind::Gone]);
    assert_eq!(world.titles(1).len(), 1, "the text stays");

    let restored = world.later(HOUR).see(PAGE, &gempa(6)).outcome;
    assert_eq!(restored, RecordedOutcome::Restored { changed: Some(VersionSeq(2)) });
    assert_eq!(world.state(1), "live");
    assert_eq!(world.events(1).last(), Some(&EventKind::Restored));
}

#[test]
fn a_404_is_looked_at_again_when_it_would_count() {
    let mut world = World::new();
    world.see(PAGE, &gempa(5));
    world.later(HOUR).missing(PAGE, 404);
    let row = world.reader().article(ArticleId(1)).unwrap().unwrap();
    assert_eq!(row.next_check, Some(world.later(6 * HOUR).now));
}

#[test]
fn a_410_counts_at_once_and_so_does_a_404_when_no_time_is_given() {
    let world = World::new();
    world.see(PAGE, &gempa(5));
    assert_eq!(world.missing(PAGE, 410), RecordedOutcome::Gone);
    let other = "https://kabar.example/lain";
    world.see(other, &article("Lain", &["Berita lain."]));
    let at_once = Observation::Missing { status: 404, gone_after: std::time::Duration::ZERO };
    assert_eq!(world.record(world.fetch(other), at_once).outcome, RecordedOutcome::Gone);
    assert_eq!(world.events(2), [EventKind::Gone]);
}

#[test]
fn trouble_is_told_once_and_touches_nothing() {
    let mut world = World::new();
    world.see(PAGE, &gempa(5));
    let unreadable = || Observation::Unreadable {
        code: "no_article".to_owned(),
        message: "no title".to_owned(),
        raw: Some(b"<html>".to_vec()),
    };
    for _ in 0..2 {
        world.later(HOUR);
        assert_eq!(world.record(world.fetch(PAGE), unreadable()).outcome, RecordedOutcome::ExtractFailed);
    }
    assert_eq!(world.events(1), [EventKind::ExtractFailed]);
    let failed =
        || Observation::Failed { code: "timeout".to_owned(), message: "30 s".to_owned(), not_before: None };
    assert_eq!(world.record(world.fetch(PAGE), failed()).outcome, RecordedOutcome::Error);
    assert_eq!(world.record(world.fetch(PAGE), Observation::Disallowed).outcome, RecordedOutcome::Disallowed);
    assert_eq!((world.state(1), world.titles(1).len()), ("live", 1));
    assert_eq!(world.later(HOUR).see(PAGE, &gempa(5)).outcome, RecordedOutcome::Same);
    // After a good page, new trouble is news again.
    world.record(world.fetch(PAGE), unreadable());
    assert_eq!(world.events(1), [EventKind::ExtractFailed, EventKind::ExtractFailed]);
}

#[test]
fn failures_back_off_and_a_server_may_name_the_time() {
    let mut world = World::new();
    world.see(PAGE, &gempa(5));
    let next = |world: &World| world.reader().article(ArticleId(1)).unwrap().unwrap().next_check.unwrap();
    let failed = |not_before| Observation::Failed {
        code: "http_status".to_owned(),
        message: String::new(),
        not_before,
    };
    let mut waits = Vec::new();
    for _ in 0..3 {
        world.record(world.fetch(PAGE), failed(None));
        waits.push(next(&world).as_second() - world.now.as_second());
    }
    assert_eq!(waits, [900, 1800, 3600]);
    let named = world.now.checked_add(jiff::SignedDuration::from_hours(3)).unwrap();
    world.later(HOUR);
    world.record(world.fetch(PAGE), failed(Some(named)));
    assert_eq!(next(&world), named);
}

#[test]
fn what_only_our_reading_changed_is_no_edit_of_the_newspaper() {
    let mut world = World::new();
    world.see(PAGE, &gempa(5));
    let first_seen = world.now;
    world.later(HOUR);
    // A new site file finds one paragraph more, on the old page as on the new.
    let better = |mut article: Article| {
        article.body.push(article.body[0].clone());
        article.reading = reading("1+bbbbbbbbbbbb");
        article
    };
    let both = |new: Article, old: Article| Observation::Article {
        article: Box::new(new),
        raw: None,
        reread: Some(Box::new(old)),
    };
    let outcome = world.record(world.fetch(PAGE), both(better(gempa(5)), better(gempa(5)))).outcome;
    let ours = RecordedOutcome::Changed { seq: VersionSeq(2), cause: Cause::Reextract, reverts_to: None };
    assert_eq!(outcome, ours);
    let version = &world.versions(1)[1];
    assert_eq!(version.observed, first_seen, "it is the old page that was read again");
    let row = world.reader().article(ArticleId(1)).unwrap().unwrap();
    assert_eq!(row.last_changed, first_seen, "nothing changed for the newspaper");

    // Both at once: first ours, then theirs.
    world.later(HOUR);
    let newest = |mut article: Article| {
        article = better(better(article));
        article.reading = reading("1+cccccccccccc");
        article
    };
    let outcome = world.record(world.fetch(PAGE), both(newest(gempa(15)), newest(gempa(5)))).outcome;
    let theirs = RecordedOutcome::Changed { seq: VersionSeq(4), cause: Cause::Publisher, reverts_to: None };
    assert_eq!(outcome, theirs);
    let causes: Vec<Cause> = world.versions(1).iter().map(|v| v.cause).collect();
    assert_eq!(causes, [Cause::First, Cause::Reextract, Cause::Reextract, Cause::Publisher]);
}

#[test]
fn who_read_it_last_with_the_same_result_is_remembered() {
    let world = World::new();
    world.see(PAGE, &gempa(5));
    let mut again = gempa(5);
    again.reading = reading("2+aaaaaaaaaaaa");
    assert_eq!(world.see(PAGE, &again).outcome, RecordedOutcome::Same);
    let head = world.reader().head_for(&crate::world::url(PAGE)).unwrap().unwrap();
    assert_eq!(head.head.extractor, again.reading.extractor);
    assert_eq!(world.versions(1)[0].article.reading, gempa(5).reading, "the version is a fact");
}

#[test]
fn the_plan_is_told_how_long_nothing_has_changed_and_trouble_does_not_count() {
    let mut world = World::new();
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let notes = std::sync::Arc::clone(&told);
    let plan: kliping::store::Plan = std::sync::Arc::new(move |history| {
        notes.lock().unwrap().push((history.waited.as_hours(), history.unchanged));
        history.now.checked_add(SignedDuration::from_hours(5)).ok()
    });
    let failed = Observation::Failed { code: "timeout".to_owned(), message: String::new(), not_before: None };
    let same = || crate::world::read(&gempa(5));
    for observation in
        [same(), same(), same(), failed, Observation::Disallowed, same(), crate::world::read(&gempa(6))]
    {
        world.later(HOUR);
        world.archive.writer().record(world.fetch(PAGE), observation, plan.clone()).wait().unwrap();
    }
    let told = told.lock().unwrap().clone();
    assert_eq!((told[0], told[1], told[2]), ((0, false), (5, true), (5, true)));
    assert!(!told[3].1, "robots.txt says nothing about the text");
    assert_eq!((told[4], told[5]), ((5, true), (5, false)));
    let never: kliping::store::Plan = std::sync::Arc::new(|_| None);
    world.later(HOUR);
    world.archive.writer().record(world.fetch(PAGE), same(), never).wait().unwrap();
    let row = world.reader().article(ArticleId(1)).unwrap().unwrap();
    assert_eq!(row.next_check, None, "the plan says: never again");
}

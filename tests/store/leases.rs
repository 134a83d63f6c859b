//! One host, one owner, whatever dies or sleeps.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kliping::model::HostKey;
use kliping::store::{Archive, Claim, Lease, Mode, RecordedOutcome};

use crate::world::{HOUR, World, article, read};

const LEASE: Duration = Duration::from_secs(60);
const DELAY: Duration = Duration::from_secs(2);

fn host() -> HostKey {
    HostKey::from_stored("kabar.example".to_owned())
}

fn claim(archive: &Archive, owner: &str, now: Timestamp) -> Claim {
    archive.writer().claim(&host(), owner, now, LEASE, DELAY).wait().unwrap()
}

fn granted(claim: Claim) -> Lease {
    match claim {
        Claim::Granted(lease) => lease,
        Claim::Busy { until } => panic!("busy until {until}"),
    }
}

fn after(now: Timestamp, seconds: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

#[test]
fn a_host_has_one_owner_also_across_processes() {
    let world = World::new();
    let other = Archive::open(world.path(), Mode::ReadWrite).unwrap();
    let lease = granted(claim(&world.archive, "a", world.now));
    assert_eq!(claim(&other, "b", world.now), Claim::Busy { until: after(world.now, 62) });
    assert!(world.archive.writer().release(&lease, world.now, after(world.now, 2)).wait().unwrap());
    assert_eq!(claim(&other, "b", after(world.now, 1)), Claim::Busy { until: after(world.now, 2) });
    assert_eq!(granted(claim(&other, "b", after(world.now, 2))).token, 2);
}

/// When the only host of the archive may be claimed.
fn next_at(world: &World) -> Timestamp {
    let ms = world.sqlite().query_row("SELECT next_at FROM host", [], |row| row.get(0)).unwrap();
    Timestamp::from_millisecond(ms).unwrap()
}

#[test]
fn who_lost_the_host_writes_nothing_and_disturbs_nobody() {
    let mut world = World::new();
    let dead = granted(claim(&world.archive, "a", world.now));
    world.later(LEASE + DELAY);
    let alive = granted(claim(&world.archive, "b", world.now));
    let until = next_at(&world);

    let writer = world.archive.writer().clone();
    assert!(!writer.renew(&dead, world.now, LEASE, DELAY).wait().unwrap());
    assert!(!writer.release(&dead, world.now, world.now).wait().unwrap());
    let mut fetch = world.fetch("https://kabar.example/a");
    fetch.lease = Some(dead);
    let recorded = world.record(fetch.clone(), read(&article("A", &["isi"])));
    assert_eq!((recorded.article, recorded.outcome), (None, RecordedOutcome::Stale));
    let stats = world.reader().stats().unwrap();
    assert_eq!((stats.articles, stats.fetches), (0, 0));
    assert_eq!(next_at(&world), until);

    fetch.lease = Some(alive.clone());
    world.later(Duration::from_secs(30));
    fetch.at = world.now;
    assert_eq!(world.record(fetch, read(&article("A", &["isi"]))).outcome, RecordedOutcome::New);
    assert_eq!(next_at(&world), after(world.now, 62), "storing renews");
    assert!(writer.release(&alive, world.now, after(world.now, 2)).wait().unwrap());
}

#[test]
fn a_lease_that_is_kept_stays() {
    let mut world = World::new();
    let lease = granted(claim(&world.archive, "a", world.now));
    for _ in 0..5 {
        world.later(Duration::from_secs(50));
        assert!(world.archive.writer().renew(&lease, world.now, LEASE, DELAY).wait().unwrap());
        assert!(matches!(claim(&world.archive, "b", world.now), Claim::Busy { .. }));
    }
}

#[test]
fn a_clock_that_once_ran_ahead_freezes_a_host_for_a_day_at_most() {
    let mut world = World::new();
    let lease = granted(claim(&world.archive, "a", world.now));
    let absurd = after(world.now, 10 * 365 * 86_400);
    assert!(world.archive.writer().release(&lease, world.now, absurd).wait().unwrap());
    let tomorrow = after(world.now, 86_400);
    assert_eq!(claim(&world.archive, "a", world.now), Claim::Busy { until: tomorrow });
    world.later(24 * HOUR);
    granted(claim(&world.archive, "a", world.now));
}

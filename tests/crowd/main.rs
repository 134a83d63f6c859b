//! Several crawls on one archive, some killed and some stopped for longer than their leases in the
//! middle of the work: the sites' own logs say whether one was asked too soon, or twice at once.

#[path = "../support/mod.rs"]
mod support;

mod faults;
mod judge;
mod processes;
mod shards;
mod sites;
mod trial;
mod view;

use std::time::Duration;

use trial::Trial;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[test]
fn crawls_that_die_or_sleep_in_the_middle_of_the_work_stay_polite_and_lose_nothing() {
    let trial = Trial {
        processes: 3,
        hosts: 8,
        pages: 45,
        delay: ms(60),
        answers: ms(4)..ms(12),
        slow_answer: ms(100),
        lease: ms(3000),
        first_fault: ms(1000),
        every: ms(4200),
        nap: ms(4200),
        kills: 1,
        naps: 1,
        outages: 0,
        most: Duration::from_secs(120),
    };
    trial.run();
}

#[test]
fn every_host_is_asked_by_the_shard_that_it_is_in() {
    let folder = tempfile::tempdir().unwrap();
    shards::each_asks_its_part(&folder.path().join("kliping.db"));
}

/// `cargo test --test crowd -- --ignored --nocapture`
#[test]
#[ignore = "takes minutes: four processes, 200 hosts, 20 000 pages"]
fn four_crawls_on_two_hundred_hosts() {
    let trial = Trial {
        processes: 4,
        hosts: 200,
        pages: 100,
        delay: ms(300),
        answers: ms(20)..ms(60),
        slow_answer: ms(500),
        lease: ms(3000),
        first_fault: ms(8000),
        every: ms(9000),
        nap: ms(7500),
        kills: 10,
        naps: 10,
        outages: 0,
        most: Duration::from_secs(14 * 60),
    };
    trial.run();
}

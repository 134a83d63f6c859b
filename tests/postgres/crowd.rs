//! Workers on one archive, some killed, some stopped for longer than their leases, and the database killed,
//! too: the sites' own logs say whether one was asked too soon, or twice at once.

use std::time::Duration;

use crate::trial::Trial;
use crate::view;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[test]
fn workers_and_a_database_that_die_in_the_middle_of_the_work_stay_polite_and_lose_nothing() {
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
        outages: 1,
        most: Duration::from_secs(180),
    };
    if view::there_is() {
        trial.run();
    }
}

#[test]
fn every_host_is_asked_by_the_shard_that_it_is_in() {
    if let Some(archive) = crate::server::archive() {
        crate::shards::each_asks_its_part(&archive);
    }
}

/// `cargo test --test postgres -- --ignored --nocapture`
#[test]
#[ignore = "takes minutes: four workers, 200 hosts, 20 000 pages"]
fn four_workers_on_two_hundred_hosts() {
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
        kills: 7,
        naps: 7,
        outages: 4,
        most: Duration::from_secs(14 * 60),
    };
    if view::there_is() {
        trial.run();
    }
}

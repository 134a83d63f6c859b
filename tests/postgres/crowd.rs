//! Workers on one archive, some killed, some stopped for longer than their leases, and the database killed,
//! too: the sites' own logs say whether one was asked too soon, or twice at once.

use std::time::Duration;

use crate::trial::Trial;
use crate::view;

#[test]
fn workers_and_a_database_that_die_in_the_middle_of_the_work_stay_polite_and_lose_nothing() {
    if view::there_is() {
        Trial { outages: 1, most: Duration::from_secs(180), ..Trial::small() }.run();
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
    if view::there_is() {
        Trial { kills: 7, naps: 7, outages: 4, ..Trial::large() }.run();
    }
}

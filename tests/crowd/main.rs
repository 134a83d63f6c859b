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
mod worker;

use trial::Trial;

#[test]
fn crawls_that_die_or_sleep_in_the_middle_of_the_work_stay_polite_and_lose_nothing() {
    Trial::small().run();
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
    Trial::large().run();
}

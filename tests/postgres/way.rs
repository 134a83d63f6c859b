//! The way to the server breaks, and who comes may do little: what is asked is answered all the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kliping::store::{Archive, Claim, Mode, StoreError};

use crate::proxy::Proxy;
use crate::server::{SHARED, Server};
use crate::world::{HOUR, url};

const NOW: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

/// A role by itself, whose connections can be told from those of other tests.
fn role(server: &Server, name: &str, rights: &str) {
    server.sql(&format!("CREATE ROLE {name} LOGIN {rights}")).unwrap();
}

/// An archive as a role sees it.
fn archive(server: &Server, role: &str, schema: &str) -> String {
    server.archive(schema).to_string_lossy().replace("kliping@", &format!("{role}@"))
}

/// Ends a role's connections from the server's side.
fn end(server: &Server, role: &str) {
    let sql =
        format!("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '{role}'");
    assert_ne!(server.sql(&sql).unwrap(), "0");
}

#[test]
fn a_connection_that_is_reset_as_it_begins_is_tried_again() {
    let Some(server) = SHARED.as_ref() else { return };
    let proxy = Proxy::to(&server.folder);
    let archive = Archive::open(proxy.archive("kliping", "reset_a"), Mode::Create).unwrap();
    let reader = archive.reader().unwrap();
    proxy.break_off(2);
    archive.writer().begin_run(NOW, "crawl".to_owned()).wait().unwrap();
    assert_eq!(proxy.resets(), 0);
    proxy.break_off(2);
    assert_eq!(reader.due_hosts(NOW).unwrap(), []);
}

#[test]
fn an_archive_that_resets_who_comes_cannot_be_reached_for_now() {
    let Some(server) = SHARED.as_ref() else { return };
    let proxy = Proxy::to(&server.folder);
    proxy.break_off(1);
    let refused = Archive::open(proxy.archive("kliping", "reset_b"), Mode::Create).unwrap_err();
    assert!(matches!(refused, StoreError::Lost(_)), "{refused}");
}

#[test]
fn a_server_that_speaks_another_language_is_understood() {
    let Some(server) = SHARED.as_ref() else { return };
    role(server, "penutur", "SUPERUSER");
    let proxy = Proxy::to(&server.folder);
    let archive = Archive::open(proxy.archive("penutur", "language"), Mode::Create).unwrap();
    let reader = archive.reader().unwrap();
    reader.due_hosts(NOW).unwrap();
    end(server, "penutur");
    assert_eq!(reader.due_hosts(NOW).unwrap(), []);
}

#[test]
fn who_was_sent_away_while_nothing_was_to_do_writes_all_the_same() {
    let Some(server) = SHARED.as_ref() else { return };
    role(server, "penulis", "SUPERUSER");
    let archive = Archive::open(archive(server, "penulis", "away"), Mode::Create).unwrap();
    let host = url("https://kabar.example/").host_key();
    let claim = |owner| archive.writer().claim(&host, owner, NOW, HOUR / 3600, HOUR / 3600).wait().unwrap();
    assert!(matches!(claim("a"), Claim::Granted(_)));
    end(server, "penulis");
    assert!(matches!(claim("b"), Claim::Busy { .. }));
    // And when the server has hung up before anything was asked.
    end(server, "penulis");
    while server.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'penulis'").unwrap() != "0" {
        thread::sleep(Duration::from_millis(20));
    }
    assert!(matches!(claim("c"), Claim::Busy { .. }));
}

#[test]
fn a_question_can_be_ended_after_a_reconnection_too() {
    let Some(server) = SHARED.as_ref() else { return };
    role(server, "pembaca", "SUPERUSER");
    let archive = Archive::open(archive(server, "pembaca", "endless"), Mode::Create).unwrap();
    let reader = archive.reader().unwrap();
    let interrupt = reader.interrupt();
    end(server, "pembaca");
    reader.due_hosts(NOW).unwrap();
    let lock = "BEGIN; LOCK TABLE endless.head IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60) AS kunci";
    let locked = thread::spawn(move || SHARED.as_ref().unwrap().sql(lock));
    let held = "SELECT count(*) FROM pg_locks WHERE granted AND relation = 'endless.head'::regclass";
    while server.sql(held).unwrap() == "0" {
        thread::sleep(Duration::from_millis(20));
    }
    let ended = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&ended);
    let asked = thread::spawn(move || {
        let answer = reader.due_hosts(NOW);
        told.store(true, Ordering::Relaxed);
        answer
    });
    while !ended.load(Ordering::Relaxed) {
        interrupt.now();
        thread::sleep(Duration::from_millis(20));
    }
    assert!(matches!(asked.join().unwrap(), Err(StoreError::Busy)));
    let sleeps = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%AS kunci'";
    server.sql(sleeps).unwrap();
    assert!(locked.join().unwrap().is_err());
}

#[test]
fn who_owns_no_more_than_a_schema_can_keep_an_archive_in_it() {
    let Some(server) = SHARED.as_ref() else { return };
    role(server, "penjaga", "");
    server.sql("CREATE SCHEMA milik AUTHORIZATION penjaga").unwrap();
    let place = archive(server, "penjaga", "milik");
    let archive = Archive::open(&place, Mode::Create).unwrap();
    archive.writer().begin_run(NOW, "crawl".to_owned()).wait().unwrap();
    drop(archive);
    let archive = Archive::open(&place, Mode::ReadOnly).unwrap();
    assert_eq!(archive.reader().unwrap().due_hosts(NOW).unwrap(), []);
}

#[test]
fn a_schema_may_be_called_as_the_server_calls_something() {
    let Some(server) = SHARED.as_ref() else { return };
    let archive = Archive::open(server.archive("order"), Mode::Create).unwrap();
    archive.writer().begin_run(NOW, "crawl".to_owned()).wait().unwrap();
    let read = Archive::open(server.archive("order"), Mode::ReadOnly).unwrap();
    assert_eq!(read.reader().unwrap().due_hosts(NOW).unwrap(), []);
}

//! `kliping copy` from a file to a server and back: three archives that say the same, also when copies were
//! killed on the way.

use std::path::{Path, PathBuf};

use crate::copying::{filled, has_rows, killed, rows, seen};
use crate::server::{SHARED, Server, archive};
use crate::support::desk::Desk;
use crate::world::{HOUR, World};

fn server() -> Option<&'static Server> {
    SHARED.as_ref()
}

/// The schema that an address names.
fn schema(address: &Path) -> &str {
    address.to_str().unwrap().rsplit_once("schema=").unwrap().1
}

fn on(desk: &Desk, place: &Path, args: &[&str]) -> String {
    desk.ok(&[&["--archive", place.to_str().unwrap()], args].concat())
}

fn copy(desk: &Desk, from: &Path, to: &Path) -> serde_json::Value {
    let out = desk.ok(&["copy", "--format", "jsonl", from.to_str().unwrap(), to.to_str().unwrap()]);
    serde_json::from_str(&out).unwrap()
}

fn places(world: &World) -> (PathBuf, PathBuf, PathBuf) {
    (world.path(), archive().unwrap(), world.folder.path().join("kembali.db"))
}

#[test]
fn there_and_back_nothing_is_another() {
    let Some(server) = server() else { return };
    let (world, desk) = (filled(20), Desk::empty());
    let (first, between, last) = places(&world);
    let (there, back) = (copy(&desk, &first, &between), copy(&desk, &between, &last));
    assert_eq!(
        (&there["head"], &there["same_head"], &there["rows"]),
        (&back["head"], &true.into(), &back["rows"])
    );
    assert!(rows(&first) == rows(&last), "the archive that came back is another");
    for args in [
        &["verify"][..],
        &["history", "2"],
        &["history", "--format", "json", "5"],
        &["diff", "2"],
        &["diff", "--format", "json", "7"],
        &["show", "4@1", "--format", "raw"],
        &["search", "pedagang", "--limit", "1000"],
        &["changes", "--format", "jsonl"],
        &["export", "--to", "jsonl", "--versions", "all"],
    ] {
        let wanted = on(&desk, &first, args);
        assert!(!wanted.is_empty(), "{args:?} says nothing");
        assert_eq!(
            sorted(args, wanted.clone()),
            sorted(args, on(&desk, &between, args)),
            "{args:?} on the server"
        );
        assert_eq!(wanted, on(&desk, &last, args), "{args:?} after the way back");
    }
    // Numbers go on behind those that are there.
    let next = server
        .sql(&format!(
            "SET search_path = {}; INSERT INTO site (key, added_at) VALUES ('lain', 1) RETURNING id",
            schema(&between)
        ))
        .unwrap();
    let most: i64 = world.sqlite().query_row("SELECT max(id) + 1 FROM site", [], |row| row.get(0)).unwrap();
    assert_eq!(next, most.to_string());
}

/// Finds that fit alike stand in an order of the engine's own.
fn sorted(args: &[&str], out: String) -> Vec<String> {
    let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
    if args[0] == "search" {
        lines.sort_unstable();
    }
    lines
}

#[test]
fn copies_that_are_killed_go_on_in_both_directions() {
    let Some(server) = server() else { return };
    let (mut world, desk) = (filled(80), Desk::empty());
    let (first, between, last) = places(&world);
    let begun = |table: &str| {
        let sql = format!("SELECT count(*) > 0 FROM {}.{table}", schema(&between));
        server.sql(&sql).is_ok_and(|told| told == "t")
    };
    let there = ["site", "blob"].iter().filter(|table| killed(&first, &between, || begun(table))).count();
    assert!(there > 0, "no copy to the server was caught in the middle");
    // Meanwhile the source goes on, and something is taken out of it.
    world.later(HOUR);
    seen(&mut world, 7, "ketiga");
    on(&desk, &first, &["redact", "9", "--reason", "permintaan"]);
    let told = copy(&desk, &first, &between);
    assert_eq!((&told["resumed"], &told["same_head"]), (&true.into(), &true.into()), "{told}");
    let back =
        ["site", "version"].iter().filter(|table| killed(&between, &last, || has_rows(&last, table))).count();
    assert!(back > 0, "no copy from the server was caught in the middle");
    assert_eq!(copy(&desk, &between, &last)["resumed"], true);
    assert!(rows(&first) == rows(&last), "the archive that came back is another");
    assert_eq!(on(&desk, &first, &["verify"]), on(&desk, &last, &["verify"]));
}

#[test]
fn a_server_where_a_crawl_runs_or_that_holds_an_archive_is_refused() {
    let Some(_) = server() else { return };
    let (world, other, desk) = (filled(4), filled(5), Desk::empty());
    let (first, between, _) = places(&world);
    let refused = |from: &Path| desk.run(&["copy", from.to_str().unwrap(), between.to_str().unwrap()]);
    let crawl = kliping::pipeline::CrawlLock::share(&between).unwrap();
    assert_eq!(refused(&first).code, 75);
    drop(crawl);
    assert_eq!(refused(&first).code, 0);
    let taken = refused(&other.path());
    assert_eq!(taken.code, 4, "{}", taken.stderr);
    assert!(taken.stderr.contains("holds another archive (4 articles)"), "{}", taken.stderr);
    // What a server cannot keep is named, and nothing is called a copy.
    let db = other.sqlite();
    db.execute_batch("INSERT INTO guard VALUES ('test'); UPDATE event SET detail = 'a' || char(0) || 'b' WHERE id = 1; DELETE FROM guard")
        .unwrap();
    let to = archive().unwrap();
    let nul = desk.run(&["copy", other.path().to_str().unwrap(), to.to_str().unwrap()]);
    assert_eq!(nul.code, 4, "{}", nul.stderr);
    assert!(nul.stderr.contains("event 1 holds a NUL character"), "{}", nul.stderr);
}

//! `extract` on lists and addresses that are not as they should be.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::support::desk::{Desk, Ended, ended};
use crate::support::origin::{Origin, Reply, redirect, text};
use crate::support::press::story;

fn lines(done: &Ended) -> Vec<Value> {
    done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn desk() -> Desk {
    let desk = Desk::empty();
    desk.write("config.toml", "[crawl]\ndelay = \"40ms\"\ntimeout = \"2s\"\n");
    desk
}

#[test]
fn every_line_of_a_list_gets_its_answer() {
    let desk = desk();
    std::fs::write(desk.path("a.html"), story(1).body).unwrap();
    let mut list = b"\xef\xbb\xbf{\"id\":1,\"file\":\"a.html\"}\r\n".to_vec();
    list.extend(b"{\"id\":\"\xff\",\"file\":\"a.html\"}\n\n  \n");
    list.extend(b"{\"id\":{\"a\":[1]},\"file\":5}\n[1]\n{\"id\":3,\"file\":\"tiada.html\"}\n{\"id\":4,\"file\":\".\"}\n");
    list.extend(b"{\"id\":5,\"file\":\"a.html\",\"url\":\"bukan alamat\"}");
    std::fs::write(desk.path("daftar.jsonl"), &list).unwrap();
    let done = desk.run(&["extract", "--batch", "daftar.jsonl"]);
    assert_eq!((done.code, done.stderr.as_str()), (3, ""));
    let answers = lines(&done);
    let told: Vec<(&Value, Option<&str>)> =
        answers.iter().map(|line| (&line["id"], line["code"].as_str())).collect();
    let null = Value::Null;
    let odd = serde_json::json!({ "a": [1] });
    let n = |n: i64| Value::from(n);
    assert_eq!(
        told,
        [
            (&n(1), None),
            (&null, Some("list")),
            (&odd, Some("list")),
            (&null, Some("list")),
            (&n(3), Some("io")),
            (&n(4), Some("io")),
            (&n(5), None),
        ]
    );
    assert!(answers[4]["error"].as_str().unwrap().contains("tiada.html"));
    // From stdin, with the files of this folder.
    let mut command = assert_cmd::Command::from_std(desk.command(&["extract", "--batch", "-"]));
    let piped = ended(command.write_stdin(list).output().unwrap());
    assert_eq!((piped.code, &piped.stdout), (3, &done.stdout));
}

#[test]
fn a_list_without_a_line_and_a_list_that_is_not_there() {
    let desk = desk();
    desk.write("kosong.jsonl", "\n \n");
    desk.write("gagal.jsonl", "{}\n");
    for (list, code, out) in
        [("kosong.jsonl", 0, 0), ("gagal.jsonl", 4, 1), ("tiada.jsonl", 4, 0), (".", 4, 0)]
    {
        let done = desk.run(&["extract", "--batch", list]);
        assert_eq!((done.code, done.stdout.lines().count()), (code, out), "{list}: {}", done.stderr);
        assert_eq!(done.stderr.is_empty(), out == 1 || code == 0, "{list}: {}", done.stderr);
    }
    assert_eq!(desk.run(&["extract", "--batch", "kosong.jsonl", "a.html"]).code, 2);
    assert_eq!(desk.run(&["extract"]).code, 2);
    assert_eq!(desk.run(&["extract", "--site", "tiada", "a.html"]).code, 2);
}

#[test]
fn a_reader_that_goes_away_ends_a_long_batch() {
    let desk = desk();
    std::fs::write(desk.path("a.html"), story(1).body).unwrap();
    desk.write("daftar.jsonl", &"{\"id\":1,\"file\":\"a.html\"}\n".repeat(500));
    let mut child = desk
        .command(&["extract", "--batch", "daftar.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = ended(child.wait_with_output().unwrap());
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
}

#[test]
fn an_address_is_fetched_with_manners_and_nothing_is_stored() {
    let origin = Origin::start();
    origin.set("/robots.txt", text("User-agent: *\nDisallow: /rahasia\n"));
    origin.set("/lama", redirect(301, "/baru"));
    origin.set("/baru", story(1).header("ETag", "\"v1\""));
    origin.set("/rahasia", story(2));
    origin.set("/rusak", Reply::new(500, "text/html", "x"));
    let desk = desk();
    let page = &desk.json(&["extract", "--format", "json", &origin.url("/lama")])[0];
    let provenance = &page["provenance"];
    assert_eq!((&provenance["status"], &provenance["etag"]), (&200.into(), &"\"v1\"".into()));
    assert_eq!(provenance["final_url"], origin.url("/baru"));
    for (path, says) in [("/rahasia", "robots.txt"), ("/tiada", "404"), ("/rusak", "500")] {
        let done = desk.run(&["extract", &origin.url(path)]);
        assert_eq!((done.code, done.stdout.as_str()), (4, ""), "{path}: {}", done.stderr);
        assert!(done.stderr.contains(says), "{path}: {}", done.stderr);
    }
    assert_eq!(desk.run(&["extract", "http://127.0.0.1:1/"]).code, 4);
    assert_eq!(desk.run(&["extract", "http://"]).code, 2);
    assert_eq!(origin.count("/rahasia"), 0);
    assert!(!desk.path("archive").exists());
    // A process each: what comes next keeps its distance, too.
    origin.assert_polite(Duration::from_millis(40));
}

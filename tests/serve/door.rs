//! Who may come in, and what every answer says.

use crate::client::ask;
use crate::room::{Room, kliping, shelf};
use crate::world::World;

const WORD: &str = "kata-rahasia-yang-panjang";

#[test]
fn every_answer_has_its_headers() {
    let room = Room::open(shelf(), &[]);
    for path in ["/", "/a/1", "/tiada", "/feed.atom", "/api/v1/articles", "/robots.txt", "/a/1/v/1/raw"] {
        let got = room.get(path);
        assert!(
            got.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"),
            "{path}"
        );
        assert!(!got.header("content-security-policy").contains("unsafe"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("x-robots-tag", "noindex, nofollow"),
            ("cache-control", "private, no-cache"),
        ] {
            assert_eq!(got.header(name), value, "{path}: {name}");
        }
    }
}

#[test]
fn files_of_our_own_are_kept_for_good_and_pages_by_their_tag() {
    let room = Room::open(shelf(), &[]);
    let page = room.get("/");
    let style = page.body.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let got = room.get(style);
    assert_eq!((got.status, got.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(got.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(!got.body.contains("url(") && !got.body.contains("@import"));
    assert_eq!(room.get("/assets/style-000000000000.css").status, 404);
    let again = room.with("/", &[("If-None-Match", page.header("etag"))]);
    assert_eq!((again.status, again.bytes), (304, 0));
    let head = ask(room.port, "HEAD", "/", &[]);
    assert_eq!(
        (head.status, head.bytes, head.header("content-length")),
        (200, 0, page.bytes.to_string().as_str())
    );
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let got = ask(room.port, method, "/", &[]);
        assert_eq!((got.status, got.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn a_name_of_somebody_else_is_not_answered_to() {
    let room = Room::open(shelf(), &["--host", "arsip.example"]);
    for (host, status) in [
        ("localhost:1", 200),
        ("[::1]:8420", 200),
        ("arsip.example", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
    ] {
        let got = room.with("/a/1", &[("Host", host)]);
        assert_eq!(got.status, status, "{host}");
        assert_eq!(got.body.contains("Cianjur"), status == 200, "{host}");
    }
}

#[test]
fn the_token_opens_by_address_cookie_and_header() {
    let room = Room::open(shelf(), &["--token", WORD]);
    let got = room.get("/a/1");
    assert_eq!(got.status, 401);
    assert!(!got.body.contains("Cianjur") && got.body.contains("type=\"password\""), "{}", got.body);
    assert_eq!(room.get("/?token=kata-rahasia-yang-panjanG").status, 401);
    let got = room.get(&format!("/a/1?page=1&token={WORD}"));
    assert_eq!((got.status, got.header("location")), (303, "/a/1?page=1"));
    let cookie = got.header("set-cookie").split(';').next().unwrap().to_owned();
    assert!(got.header("set-cookie").contains("HttpOnly; SameSite=Lax") && !cookie.contains("rahasia"));
    let tls = [("X-Forwarded-Proto", "https"), ("Host", "arsip.example")];
    assert!(room.with(&format!("/?token={WORD}"), &tls).header("set-cookie").ends_with("; Secure"));
    let feed = room.with(&format!("/feed.atom?token={WORD}"), &tls).body;
    assert!(feed.contains("href=\"https://arsip.example/feed.atom\""), "{feed}");
    assert_eq!(room.with("/a/1", &[("Cookie", &cookie)]).status, 200);
    assert_eq!(room.with("/a/1", &[("Cookie", &format!("kliping={WORD}"))]).status, 401);
    assert_eq!(room.with("/api/v1/articles", &[("Authorization", &format!("Bearer {WORD}"))]).status, 200);
    // siti:kata-rahasia-yang-panjang
    let basic = "Basic c2l0aTprYXRhLXJhaGFzaWEteWFuZy1wYW5qYW5n";
    assert_eq!(room.with("/feed.atom", &[("Authorization", basic)]).status, 200);
    let feed = room.get(&format!("/feed.atom?token={WORD}"));
    assert!(feed.status == 200 && !feed.body.contains("rahasia"), "{}", feed.body);
    let api = room.get("/api/v1/articles");
    assert_eq!((api.status, api.header("content-type")), (401, "application/json"));
    assert!(api.header("www-authenticate").starts_with("Basic"), "{}", api.header("www-authenticate"));
    // Nothing but the style of the door is open.
    assert_eq!(room.get("/robots.txt").status, 401);
}

#[test]
fn what_others_can_reach_needs_a_token() {
    let world = World::new();
    let run = |args: &[&str]| {
        let output =
            kliping(&world.path()).args(["serve", "--listen", "0.0.0.0:0"]).args(args).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run(&[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("no token is set") && said.contains("--token-file"), "{said}");
    let (code, said) = run(&["--token", "pendek"]);
    assert!(code == 2 && said.contains("too short"), "{said}");
    let (code, said) = run(&["--token-file", "tiada"]);
    assert!(code == 2 && said.contains("tiada"), "{said}");
}

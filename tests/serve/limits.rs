//! Requests that are too long, no HTTP, or too slow; signals; the port.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::client::{parse, raw};
use crate::room::{Room, kliping, shelf};
use crate::world::World;

#[test]
fn what_is_too_long_or_no_http_is_refused() {
    let room = Room::open(shelf(), &[]);
    let long = "x".repeat(5000);
    assert_eq!(room.get(&format!("/{long}")).status, 414);
    assert_eq!(room.get(&format!("/?q={long}")).status, 414);
    assert_eq!(room.get(&format!("/search?q={}", "a+".repeat(1900))).status, 200);
    for request in [
        format!("GET /{} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "x".repeat(40_000)),
        format!("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: {}\r\n\r\n", "x".repeat(40_000)),
        "halo, apa kabar?\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: a\r\nHost : b\r\n\r\n".to_owned(),
    ] {
        let answer = raw(room.port, request.as_bytes());
        if !answer.is_empty() {
            let got = parse(&answer, &request[..20]);
            assert!(matches!(got.status, 400 | 414 | 421 | 431), "{}", got.status);
        }
    }
    // A body is nobody's business here, and the room goes on.
    let body = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhalo!";
    assert_eq!(parse(&raw(room.port, body.as_bytes()), "POST").status, 405);
    assert_eq!(room.get("/%00%ff/../..").status, 404);
    assert_eq!(room.get("/a/1").status, 200);
}

#[test]
fn many_who_say_nothing_keep_nobody_out() {
    let room = Room::open(shelf(), &[]);
    let silent: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", room.port)).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHos").unwrap();
            stream
        })
        .collect();
    assert_eq!(room.get("/a/1").status, 200);
    // The slow one is told to go.
    let mut slow = &silent[0];
    slow.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let start = Instant::now();
    let mut answer = Vec::new();
    let _ = slow.read_to_end(&mut answer);
    assert!(start.elapsed() < Duration::from_secs(25));
    assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
}

#[test]
fn signals_end_the_room_in_good_order() {
    assert_eq!(Room::open(shelf(), &[]).end("-INT"), Some(130));
    assert_eq!(Room::open(shelf(), &[]).end("-TERM"), Some(143));
}

#[test]
fn a_port_that_is_taken_and_an_archive_that_is_not_there_are_said() {
    let room = Room::open(shelf(), &[]);
    let taken = format!("127.0.0.1:{}", room.port);
    let output = kliping(&room.world.path()).args(["serve", "--listen", &taken]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("another program listens on") && said.contains("127.0.0.1:0"), "{said}");
    let world = World::new();
    let output = kliping(&world.folder.path().join("tiada.db")).arg("serve").output().unwrap();
    assert_eq!(output.status.code(), Some(6));
    assert!(!world.folder.path().join("tiada.db").exists());
}

#[test]
fn reading_leaves_the_archive_as_it_is() {
    let room = Room::open(shelf(), &[]);
    let before = std::fs::read(room.world.path()).unwrap();
    for page in ["/", "/a/1", "/search?q=gempa", "/sites/kabar", "/?lang=id", "/feed.atom"] {
        room.get(page);
    }
    assert!(std::fs::read(room.world.path()).unwrap() == before);
}

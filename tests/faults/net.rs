//! Sites that are broken or mean, as a crawl meets them.

use std::io::{Read, Write, repeat};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::support::desk::Desk;
use crate::support::origin::server::Server;
use crate::support::origin::{Origin, Reply, page as plain, redirect, rss};
use crate::support::paper::{DELAY, FEED, page};

const BOMB: u64 = 100_000_000;

/// A hundred million letters in eighty bytes.
const BROTLI: &str = "cfffff7ff825c2e2b14020f7fe9ffffffff04b00c4610180eefd3fffffffe1970088c32200ddfb7ffeffffc32f0110870500\
                      baf7fffcffff875f02200e0b0074effff31fbc1ebf04401c1600e862d703";

fn letters() -> impl Read {
    repeat(b'a').take(BOMB)
}

fn gzip() -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut letters(), &mut out).unwrap();
    out.finish().unwrap()
}

fn zlib() -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut letters(), &mut out).unwrap();
    out.flush().unwrap();
    out.finish().unwrap()
}

fn brotli() -> Vec<u8> {
    (0..BROTLI.len() / 2).map(|i| u8::from_str_radix(&BROTLI[2 * i..2 * i + 2], 16).unwrap()).collect()
}

/// A site whose feed lists these, and one good story after them.
fn listing(paths: &[&str]) -> Origin {
    let origin = Origin::start();
    let all: Vec<(&str, &str)> = paths.iter().chain(&["/baik"]).map(|path| (*path, "Berita")).collect();
    origin.set("/feed.xml", rss(&origin.url(""), &all));
    origin.set("/baik", page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan di waduk."));
    origin
}

/// Only the good story is in the archive, which is sound.
fn only_the_good_one(desk: &Desk, origin: &Origin) {
    let listed = desk.json(&["list", "--format", "jsonl"]);
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!(listed[0]["url"], origin.url("/baik"));
    desk.ok(&["verify"]);
}

#[test]
fn a_bomb_in_any_encoding_is_stopped_at_the_cap_and_the_rest_is_stored() {
    let bombs = [
        ("/gzip", "gzip", gzip()),
        ("/deflate", "deflate", zlib()),
        ("/br", "br", brotli()),
        ("/zstd", "zstd", zstd::stream::encode_all(letters(), 19).unwrap()),
    ];
    let origin = listing(&bombs.each_ref().map(|(path, _, _)| *path));
    for (path, encoding, bytes) in bombs {
        assert!(bytes.len() < 200_000, "{encoding}: {} bytes", bytes.len());
        origin.set(path, Reply::new(200, "text/html", bytes).header("Content-Encoding", encoding));
    }
    let desk = Desk::with_site(&origin, FEED);
    let (done, counts) = desk.crawl(&[]);
    assert_eq!((done.code, &counts["errors"], &counts["new"]), (3, &4.into(), &1.into()), "{}", done.stderr);
    assert_eq!(done.stderr.matches("larger than 8388608 bytes").count(), 4, "{}", done.stderr);
    only_the_good_one(&desk, &origin);
}

#[test]
fn a_bomb_in_a_sitemap_that_is_a_gzip_file_does_not_go_off() {
    let origin = listing(&[]);
    origin.set("/peta.xml.gz", Reply::new(200, "application/gzip", gzip()));
    let desk = Desk::with_site(&origin, &format!("{FEED}\nsitemaps = [\"/peta.xml.gz\"]"));
    let (done, counts) = desk.crawl(&[]);
    assert_eq!((done.code, &counts["new"]), (3, &1.into()), "{}", done.stderr);
    assert!(done.stderr.contains("/peta.xml.gz"), "{}", done.stderr);
    only_the_good_one(&desk, &origin);
}

#[test]
fn redirects_in_a_circle_end_and_the_rest_is_stored() {
    let origin = listing(&["/diri", "/satu"]);
    origin.set("/diri", redirect(302, "/diri"));
    origin.set("/satu", redirect(301, "/dua"));
    origin.set("/dua", redirect(308, "/satu"));
    let desk = Desk::with_site(&origin, FEED);
    let (done, counts) = desk.crawl(&[]);
    assert_eq!((done.code, &counts["new"], &counts["errors"]), (3, &1.into(), &2.into()), "{}", done.stderr);
    assert_eq!(done.stderr.matches("redirects again and again").count(), 2, "{}", done.stderr);
    assert!(origin.hits().len() < 30, "{} requests", origin.hits().len());
    only_the_good_one(&desk, &origin);
    origin.assert_polite(DELAY);
}

#[test]
fn no_page_leads_a_crawl_into_a_private_network() {
    // A secret on another address of this machine, and one behind a name.
    let secret = |_: &crate::support::origin::Request| plain("Rahasia", &["Kata sandi."]);
    let hidden = Server::on(&[Ipv4Addr::new(127, 9, 9, 9)], Arc::new(secret)).unwrap();
    let named = TcpListener::bind("127.0.0.1:0").unwrap();
    named.set_nonblocking(true).unwrap();
    let port = named.local_addr().unwrap().port();
    let targets = [
        format!("{}/rahasia", hidden.origin(0)),
        format!("http://localhost:{port}/rahasia"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.9.9.9]:{port}/"),
        "file:///etc/passwd".to_owned(),
    ];
    let paths: Vec<String> = (0..targets.len()).map(|n| format!("/{n}")).collect();
    let origin = listing(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    for (path, target) in paths.iter().zip(&targets) {
        origin.set(path, redirect(302, target));
    }
    let desk = Desk::with_site(&origin, FEED);
    let (done, counts) = desk.crawl(&["--max-time", "30s"]);
    assert_eq!((done.code, &counts["new"]), (3, &1.into()), "{}", done.stderr);
    assert!(done.stderr.contains("private network"), "{}", done.stderr);
    assert_eq!(hidden.hits().len(), 0);
    assert!(named.accept().is_err(), "somebody connected to what the name resolves to");
    only_the_good_one(&desk, &origin);
    // Named on the command line or not: `add` follows no further.
    let done = desk.run(&["add", &origin.url("/1")]);
    assert!(matches!(done.code, 3 | 4), "{}", done.stderr);
    assert!(named.accept().is_err(), "{}", done.stderr);
}

//! `kliping sites add`, from outside.

#![allow(clippy::disallowed_methods, reason = "a lease of the archive is in real time")]

mod support;

use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use kliping::model::PageUrl;
use kliping::store::{Archive, Claim, Mode};
use support::origin::{Origin, Reply, redirect, rss, text};
use support::raw::Raw;

/// How a command ended.
struct Done {
    code: i32,
    out: String,
    err: String,
}

/// With a configuration that only hurries.
fn add(folder: &Path, args: &[&str]) -> Done {
    if !folder.join("config.toml").exists() {
        fs::write(folder.join("config.toml"), "[crawl]\ndelay = \"50ms\"\ntimeout = \"5s\"\n").unwrap();
    }
    run(folder, args)
}

fn run(folder: &Path, args: &[&str]) -> Done {
    let mut command = assert_cmd::Command::cargo_bin("kliping").unwrap();
    let output = command.current_dir(folder).args(["sites", "add"]).args(args).env_clear().output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Done { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

fn config(folder: &Path) -> String {
    fs::read_to_string(folder.join("config.toml")).unwrap()
}

fn html(head: &str, body: &str) -> Reply {
    let page = format!("<!DOCTYPE html><html lang=\"id\"><head>{head}</head><body>{body}</body></html>");
    Reply::new(200, "text/html; charset=utf-8", page)
}

fn wordpress() -> Origin {
    let origin = Origin::start();
    origin.set("/robots.txt", text("User-agent: *\nDisallow: /wp-admin/\nSitemap: /wp-sitemap.xml\n"));
    origin.set(
        "/",
        html(
            "<title>Kabar Desa – Berita</title><meta name=generator content='WordPress 6.9'>\
             <link rel=alternate type='application/rss+xml' href='/feed/'>",
            "",
        ),
    );
    origin.set(
        "/feed/",
        rss(&origin.url(""), &[("/2026/01/beras/", "Harga beras"), ("/2026/01/cabai/", "Harga cabai")]),
    );
    let index = "<sitemapindex><sitemap><loc>/wp-sitemap-posts-post-1.xml</loc></sitemap></sitemapindex>";
    origin.set("/wp-sitemap.xml", Reply::new(200, "application/xml", index));
    origin
}

#[test]
fn a_wordpress_site_is_found_out_and_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let origin = wordpress();
    let done = add(folder.path(), &[&origin.url("/"), "--id", "desa"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    for words in [
        "Kabar Desa (id)",
        "allows it",
        "WordPress",
        "preset `wordpress`",
        "/feed/  2 articles",
        "1 sitemaps",
        "kliping crawl desa",
    ] {
        assert!(done.out.contains(words), "no {words:?} in {}", done.out);
    }
    let config = config(folder.path());
    assert!(config.starts_with("[crawl]\ndelay = \"50ms\"\n"), "{config}");
    for line in
        ["[sites.desa]", "preset = \"wordpress\"", "feeds = [\"/feed/\"]", "sitemaps = [\"/wp-sitemap.xml\"]"]
    {
        assert!(config.contains(line), "no {line} in {config}");
    }
    assert!(!config.contains("sections"), "{config}");
    // robots.txt, front page, feed, sitemap: nothing twice, nothing in a hurry.
    assert_eq!(origin.hits().len(), 4);
    assert_eq!(origin.hits()[0].target, "/robots.txt");
    origin.assert_polite(Duration::from_millis(50));
}

#[test]
fn a_site_without_lists_is_read_by_the_links_of_its_front_page() {
    let folder = tempfile::tempdir().unwrap();
    let origin = Origin::start();
    origin.set("/", redirect(302, "/beranda"));
    origin
        .set("/beranda", html("<title>Portal</title>", "<a href='/2026/01/harga-beras-naik-lagi'>Harga</a>"));
    let done = add(folder.path(), &[&origin.url("/")]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("1 links look like articles"), "{}", done.out);
    let config = config(folder.path());
    assert!(
        config.contains("sections = [\"/beranda\"]") && config.contains("preset = \"generic\""),
        "{config}"
    );
    origin.assert_polite(Duration::from_millis(50));
}

#[test]
fn a_feed_that_is_given_leads_to_its_site() {
    let folder = tempfile::tempdir().unwrap();
    let origin = wordpress();
    let done = add(folder.path(), &[&origin.url("/feed/"), "--id", "desa"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        config(folder.path()).contains(&format!("url = \"{}\"", origin.url("/"))),
        "{}",
        config(folder.path())
    );
    assert!(config(folder.path()).contains("feeds = [\"/feed/\"]"));
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let origin = wordpress();
    let done = add(folder.path(), &[&origin.url("/"), "--dry-run"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(done.out.contains("Nothing written"), "{}", done.out);
    assert!(!config(folder.path()).contains("[sites"));
}

#[test]
fn a_missing_configuration_is_made_and_a_site_file_needs_no_preset() {
    let folder = tempfile::tempdir().unwrap();
    let origin = wordpress();
    let selectors = folder.path().join("selectors");
    fs::create_dir(&selectors).unwrap();
    fs::write(
        selectors.join("desa.toml"),
        "schema = 1\nextends = \"wordpress\"\n[site]\nhosts = [\"127.0.0.1\"]\n[crawl]\ndelay = \"20ms\"\n",
    )
    .unwrap();
    let done = run(folder.path(), &[&origin.url("/"), "--id", "desa"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(done.out.contains("site file selectors/desa.toml"), "{}", done.out);
    let config = config(folder.path());
    assert!(config.contains("[sites.desa]") && !config.contains("preset"), "{config}");
    origin.assert_polite(Duration::from_millis(20));
}

#[test]
fn a_host_that_another_process_is_asking_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let origin = wordpress();
    let host = PageUrl::parse(&origin.url("/")).unwrap().host_key();
    let archive = Archive::open(folder.path().join("archive/kliping.db"), Mode::Create).unwrap();
    let second = Duration::from_secs(1);
    let now = Timestamp::now();
    let claim = archive.writer().claim(&host, "lain", now, second, Duration::ZERO).wait().unwrap();
    assert!(matches!(claim, Claim::Granted(_)));
    let done = add(folder.path(), &[&origin.url("/"), "--id", "desa"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(Timestamp::now().duration_since(now).unsigned_abs() >= second);
    // The host rests for its delay after the last request, whoever comes next.
    let claim = archive.writer().claim(&host, "lain", now, second, Duration::ZERO).wait().unwrap();
    assert!(matches!(claim, Claim::Busy { .. }));
    let claim =
        archive.writer().claim(&host, "lain", Timestamp::now() + second, second, second).wait().unwrap();
    assert!(matches!(claim, Claim::Granted(_)));
    // Longer than anybody would wait: nothing is asked.
    let claim =
        |wait| archive.writer().claim(&host, "lain", Timestamp::now() + second * 4, wait, second).wait();
    assert!(matches!(claim(Duration::from_secs(3600)).unwrap(), Claim::Granted(_)));
    let hits = origin.hits().len();
    let late = add(folder.path(), &[&origin.url("/lain"), "--id", "lain"]);
    assert_eq!((late.code, late.err.contains("another kliping")), (4, true), "{}", late.err);
    assert_eq!(origin.hits().len(), hits);
}

#[test]
fn each_refusal_is_clear_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (forbids, ill, pdf, gone) = (Origin::start(), Origin::start(), Origin::start(), Origin::start());
    forbids.set("/robots.txt", text("User-agent: kliping\nDisallow: /\n"));
    ill.set("/robots.txt", Reply::new(503, "text/plain", "sakit"));
    ill.set("/", html("", ""));
    pdf.set("/", Reply::new(200, "application/pdf", "%PDF-1.7"));
    let silent = Raw::says("");
    for (url, code, words) in [
        (forbids.url("/"), 4, "does not allow kliping"),
        (ill.url("/"), 4, "HTTP 503"),
        (pdf.url("/"), 4, "no HTML page but application/pdf"),
        (gone.url("/"), 4, "HTTP 404"),
        (silent.url("/"), 4, "closed the connection"),
        ("http://tidak-ada.invalid/".to_owned(), 4, "cannot resolve tidak-ada.invalid"),
        ("http://127.0.0.1:1/".to_owned(), 4, "cannot connect"),
        ("ftp://kabar.example/".to_owned(), 2, "http://"),
        ("https://".to_owned(), 2, "web address"),
    ] {
        let done = add(folder.path(), &[&url]);
        assert_eq!((done.code, done.out.as_str()), (code, ""), "{url}: {}", done.err);
        assert!(done.err.contains(words) && done.err.contains("help:"), "{url}: {}", done.err);
        assert!(!config(folder.path()).contains("[sites"), "{url}");
    }
    // What must not be asked for was not.
    for origin in [&forbids, &ill] {
        assert_eq!(origin.count("/"), 0);
    }
}

#[test]
fn a_site_is_added_once_and_names_do_not_clash() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (wordpress(), wordpress());
    assert_eq!(add(folder.path(), &[&one.url("/"), "--id", "desa"]).code, 0);
    let before = config(folder.path());
    let again = add(folder.path(), &[&one.url("/")]);
    assert_eq!(again.code, 4);
    assert!(again.err.contains("already, as `desa`"), "{}", again.err);
    let clash = add(folder.path(), &[&two.url("/"), "--id", "desa"]);
    assert_eq!((clash.code, clash.err.contains("desa")), (2, true), "{}", clash.err);
    let odd = add(folder.path(), &[&two.url("/"), "--id", "de sa"]);
    assert_eq!(odd.code, 2, "{}", odd.err);
    assert_eq!(two.hits().len(), 0);
    assert_eq!(config(folder.path()), before);
}

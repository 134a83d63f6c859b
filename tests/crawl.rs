//! `kliping crawl` from outside: the binary against a site on loopback.

mod support;

use support::desk::Desk;
use support::origin::{self, Reply};
use support::paper::{DELAY, FEED, page, site};

#[test]
fn a_crawl_archives_what_the_feed_lists_and_a_second_one_finds_the_edits() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!((&counts["new"], &counts["errors"]), (&2.into(), &0.into()));
    assert_eq!(ended.stderr, "", "silent when all is well");

    origin.set("/satu", page("Pasar apung dibuka kembali", "Sebanyak 45 perahu kembali berjualan di waduk."));
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!((&counts["changed"], &counts["same"], &counts["new"]), (&1.into(), &1.into(), &0.into()));

    let url = origin.url("/satu");
    let shown = &desk.json(&["show", &url, "--format", "json"])[0];
    assert_eq!(shown["title"], "Pasar apung dibuka kembali");
    assert_eq!((&shown["version"], &shown["cause"]), (&2.into(), &"publisher".into()));
    assert_eq!(shown["dateline"]["places"][0], "Bandung");
    let first = &desk.json(&["show", &format!("{url}@1"), "--format", "json"])[0];
    assert_eq!(first["title"], "Pasar apung dibuka lagi");

    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["changed"], &counts["same"]), (&0.into(), &2.into()), "nothing changed: no version");
    origin.assert_polite(DELAY);
}

#[test]
fn pages_that_go_and_come_back_are_events() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    origin.set("/dua", Reply::new(410, "text/html", "<title>hilang</title>"));
    let (_, counts) = desk.crawl(&[]);
    assert_eq!(counts["gone"], 1);
    let url = origin.url("/dua");
    assert_eq!(desk.json(&["show", &url, "--format", "json"])[0]["state"], "gone");
    origin.set("/dua", page("Jembatan gantung diperbaiki", "Jembatan sepanjang 120 meter itu diperbaiki."));
    desk.crawl(&[]);
    let shown = &desk.json(&["show", &url, "--format", "json"])[0];
    assert_eq!((&shown["state"], &shown["versions"]), (&"live".into(), &1.into()));
    let history = desk.ok(&["history", &url]);
    assert!(history.contains("gone") && history.contains("restored"), "{history}");
}

#[test]
fn robots_txt_is_obeyed_and_asked_for_once_a_day() {
    let origin = site();
    origin.set("/robots.txt", origin::text("User-agent: *\nDisallow: /dua\n"));
    let desk = Desk::with_site(&origin, FEED);
    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["new"], &counts["robots_denied"]), (&1.into(), &1.into()));
    desk.crawl(&[]);
    assert_eq!((origin.count("/dua"), origin.count("/robots.txt")), (0, 1));
    origin.assert_polite(DELAY);
}

#[test]
fn an_unreachable_robots_txt_forbids_everything() {
    let origin = site();
    origin.set("/robots.txt", Reply::new(503, "text/plain", "nanti"));
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&["--max-time", "5s"]);
    assert_eq!(counts["new"], 0);
    assert_ne!(ended.code, 0);
    assert_eq!(origin.count("/satu") + origin.count("/feed.xml"), 0);
}

#[test]
fn validators_are_kept_across_runs() {
    let origin = site();
    let etag = |reply: Reply| reply.header("ETag", "\"v1\"");
    origin.set("/satu", etag(page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan.")));
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    origin.set("/satu", Reply { status: 304, ..Reply::default() });
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((ended.code, &counts["not_modified"]), (0, &1.into()), "{}", ended.stderr);
}

#[test]
fn a_worse_answer_never_replaces_a_good_version() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    let whole = page("Pasar apung dibuka lagi", "Sebanyak 40 perahu.");
    let cut = String::from_utf8(whole.body[..whole.body.len() / 3].to_vec()).unwrap();
    for bad in [
        Reply::new(500, "text/html", "<h1>rusak</h1>"),
        Reply::new(200, "text/html", ""),
        Reply::new(200, "text/html", "<html><body><h1>Pemeliharaan</h1></body></html>"),
        origin::truncated(90_000, &cut),
    ] {
        origin.set("/satu", bad);
        // Named by hand, because a crawl would leave a page that failed alone for a while.
        let ended = desk.run(&["add", &origin.url("/satu")]);
        assert_eq!(ended.code, 4, "{}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "one failure, one line: {}", ended.stderr);
        assert!(ended.stderr.contains(&origin.url("/satu")), "{}", ended.stderr);
        let shown = &desk.json(&["show", &origin.url("/satu"), "--format", "json"])[0];
        assert_eq!((&shown["versions"], &shown["state"]), (&1.into(), &"live".into()));
    }
}

#[test]
fn a_broken_feed_is_one_line_and_exit_3_or_4() {
    let origin = site();
    origin.set("/feed.xml", Reply::new(200, "application/rss+xml", "<rss><channel><item>"));
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&[]);
    assert!([3, 4].contains(&ended.code), "{}", ended.code);
    assert_eq!(counts["errors"], 1);
    assert!(ended.stderr.contains("/feed.xml"), "{}", ended.stderr);
}

#[test]
fn without_a_site_the_first_step_is_shown() {
    let desk = Desk::empty();
    let ended = desk.run(&["crawl"]);
    assert_eq!(ended.code, 4);
    assert!(ended.stderr.contains("kliping sites add"), "{}", ended.stderr);
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    let ended = desk.run(&["crawl", "tidak-ada"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("uji"), "{}", ended.stderr);
}

#[test]
fn a_dry_run_asks_for_nothing() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    let out = desk.ok(&["crawl", "--dry-run"]);
    assert!(out.contains("/feed.xml"), "{out}");
    assert_eq!(origin.hits().len(), 0);
    assert!(!desk.path("archive/kliping.db").exists());
}

#[test]
fn a_limit_is_kept_and_the_rest_waits_for_the_next_run() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    let (_, counts) = desk.crawl(&["--limit", "1"]);
    assert_eq!(counts["new"], 1);
    let (_, counts) = desk.crawl(&["--new-only"]);
    assert_eq!((&counts["new"], &counts["same"]), (&1.into(), &0.into()));
    let (_, counts) = desk.crawl(&["--recheck-only"]);
    assert_eq!((&counts["new"], &counts["same"]), (&0.into(), &2.into()));
}

#[test]
fn pages_named_by_hand_are_archived_and_listed() {
    let origin = site();
    let desk = Desk::empty();
    desk.write("config.toml", "[crawl]\ndelay = \"40ms\"\n");
    let ended = desk.run(&["add", &origin.url("/satu"), &origin.url("/dua")]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stdout.contains("Pasar apung dibuka lagi"), "{}", ended.stdout);
    assert_eq!(desk.ok(&["list", "--format", "jsonl"]).lines().count(), 2);
    let ended = desk.run(&["add", &origin.url("/tidak-ada")]);
    assert_eq!(ended.code, 4, "{}", ended.stderr);
    assert!(ended.stderr.contains("404"), "{}", ended.stderr);
    let ended = desk.run(&["add", "bukan alamat"]);
    assert_eq!(ended.code, 2, "{}", ended.stderr);
    origin.assert_polite(DELAY);
}

#[test]
fn our_own_better_selector_is_no_edit_of_the_newspaper() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    let rules = "schema = 1\n[site]\nhosts = [\"127.0.0.1\"]\n[[layout]]\nid = \"uji\"\nwhen = \".isi\"\n\
                 [layout.title]\nrequired = true\nselect = [\"h1\"]\n[layout.body]\nrequired = true\n\
                 select = [\".isi\"]\n[clean]\ndrop_paragraph = ['^Panitia']\n";
    desk.write("selectors/uji.toml", rules);
    origin.set("/satu", page("Pasar apung dibuka lagi", "Sebanyak 45 perahu kembali berjualan di waduk."));
    desk.crawl(&[]);
    let url = origin.url("/satu");
    let causes: Vec<String> = (1..=3)
        .map(|seq| desk.json(&["show", &format!("{url}@{seq}"), "--format", "json"])[0]["cause"].to_string())
        .collect();
    assert_eq!(causes, ["\"first\"", "\"reextract\"", "\"publisher\""], "ours first, then the newspaper's");
    let shown = &desk.json(&["show", &origin.url("/dua"), "--format", "json"])[0];
    assert_eq!((&shown["versions"], &shown["cause"]), (&2.into(), &"reextract".into()));
}

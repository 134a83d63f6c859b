//! The JSON is the command line's, and feeds are those of the pages.

use crate::room::{Room, shelf};
use crate::world::World;
use crate::world::article;

#[test]
fn the_api_gives_what_the_command_line_prints() {
    let room = Room::open(shelf(), &[]);
    for (path, args) in [
        ("/api/v1/articles", &["list", "--format", "jsonl"][..]),
        ("/api/v1/articles?site=dapur", &["list", "--format", "jsonl", "--site", "dapur"]),
        ("/api/v1/articles/1", &["show", "1", "--format", "json"]),
        ("/api/v1/articles/1/versions/1", &["show", "1@1", "--format", "json"]),
        ("/api/v1/articles/1/history", &["history", "1", "--format", "jsonl"]),
        ("/api/v1/articles/1/diff/1..2", &["diff", "1@1..2", "--format", "json"]),
        ("/api/v1/search?q=gempa", &["search", "gempa", "--format", "jsonl"]),
        ("/api/v1/sites", &["sites", "health", "--since", "2026-01-01", "--format", "jsonl"]),
    ] {
        assert_eq!(room.page(path), room.cli(args), "{path}");
    }
    // The log is printed oldest first, and read newest first.
    let mut lines: Vec<String> = room.page("/api/v1/changes").lines().map(str::to_owned).collect();
    lines.reverse();
    let printed = room.cli(&["changes", "--format", "jsonl"]);
    assert_eq!(lines, printed.lines().collect::<Vec<_>>());
    assert_eq!(room.get("/api/v1/changes?kind=gone").json().len(), 1);
    assert_eq!(room.get("/api/v1/changes").header("content-type"), "application/x-ndjson");
    for (path, status, code) in [
        ("/api/v1/articles/99", 404, "no_article"),
        ("/api/v1/articles/1/versions/9", 404, "no_version"),
        ("/api/v1/search", 400, "bad_parameter"),
        ("/api/v1/search?q=(&fts=1", 400, "query"),
        ("/api/v1/articles?limit=0", 400, "bad_parameter"),
        ("/api/v1/tiada", 404, "no_page"),
    ] {
        let got = room.get(path);
        assert_eq!((got.status, got.json()[0]["error"].as_str()), (status, Some(code)), "{path}");
    }
}

#[test]
fn lists_go_on_where_the_page_ended() {
    let mut world = World::new();
    for n in 1..=25 {
        // Several at one instant: a key of the time alone would lose some.
        if n % 4 == 0 {
            world.later(crate::world::HOUR);
        }
        world.see(&format!("https://kabar.example/{n}"), &article(&format!("Berita {n}"), &["Isi."]));
        world.see(
            &format!("https://kabar.example/{n}"),
            &article(&format!("Berita {n} lagi"), &["Isi lagi."]),
        );
    }
    let room = Room::open(world, &[]);
    for (start, field) in [
        ("/api/v1/articles?limit=7", "id"),
        ("/api/v1/articles?limit=7&site=kabar", "id"),
        ("/api/v1/changes?limit=7", "article"),
        ("/api/v1/changes?limit=7&kind=headline", "article"),
        ("/api/v1/search?limit=7&q=lagi", "id"),
    ] {
        let (mut path, mut seen) = (start.to_owned(), Vec::new());
        loop {
            let got = room.get(&path);
            assert_eq!(got.status, 200, "{path}");
            seen.extend(got.json().iter().map(|value| value[field].as_i64().unwrap()));
            match got.header("link").strip_prefix('<').and_then(|link| link.split('>').next()) {
                Some(next) => path = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen, (1..=25).rev().collect::<Vec<_>>(), "{start}");
    }
    // The pages of people: every change once.
    let (mut path, mut seen) = ("/".to_owned(), Vec::new());
    loop {
        let page = room.page(&path);
        let links = page.split("<h3 dir=\"auto\"><a href=\"/a/").skip(1);
        seen.extend(links.map(|rest| rest.split('/').next().unwrap().parse::<i64>().unwrap()));
        match page.split("rel=\"next\" href=\"").nth(1) {
            Some(rest) => path = rest.split('"').next().unwrap().replace("&amp;", "&"),
            None => break,
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=25).collect::<Vec<_>>());
    let first = room.page("/search?q=lagi");
    let next = first.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let second = room.page(&next.replace("&amp;", "&"));
    assert_eq!([&first, &second].map(|page| page.matches("data-key=\"item\"").count()), [20, 5]);
    assert!(!second.contains("rel=\"next\""), "{second}");
    assert_eq!(room.get("/search?q=lagi&after=x").status, 400);
}

#[test]
fn every_page_of_changes_has_its_feed() {
    let room = Room::open(shelf(), &[]);
    for (page, feed, entries) in [
        ("/", "/feed.atom", 2),
        ("/?kind=number&site=kabar", "/feed.atom?kind=number&amp;site=kabar", 1),
        ("/?kind=quote&order=latest", "/feed.atom?kind=quote", 1),
        ("/sites/dapur", "/sites/dapur/feed.atom", 0),
        ("/a/1", "/a/1/feed.atom", 1),
        ("/gone", "/gone/feed.atom", 1),
    ] {
        let body = room.page(page);
        assert!(body.contains(&format!("type=\"application/atom+xml\" href=\"{feed}\"")), "{page}: {body}");
        let got = room.get(&feed.replace("&amp;", "&"));
        assert_eq!(
            (got.status, got.header("content-type")),
            (200, "application/atom+xml; charset=utf-8"),
            "{feed}"
        );
        assert_eq!(got.body.matches("<entry>").count(), entries, "{feed}: {}", got.body);
        assert!(
            got.body.contains(&format!(
                "rel=\"self\" type=\"application/atom+xml\" href=\"http://127.0.0.1:{}{feed}\"",
                room.port
            )),
            "{}",
            got.body
        );
    }
    let feed = room.page("/feed.atom");
    assert!(feed.contains(&format!("href=\"http://127.0.0.1:{}/a/1/diff/1..2\"", room.port)), "{feed}");
    assert_eq!(room.get("/sites/tiada/feed.atom").status, 404);
}

#[test]
fn what_a_crawl_brings_is_read_while_the_room_is_open() {
    let room = Room::open(shelf(), &[]);
    assert!(room.page("/feed.atom").contains("Gempa") && !room.page("/").contains("Resep rendang"));
    let mut changed = room.world.fetch("https://dapur.example/sambal");
    changed.site = "dapur".to_owned();
    room.world
        .record(changed, crate::world::read(&article("Resep rendang", &["Ulek cabai, bawang dan kemiri."])));
    for _ in 0..100 {
        if room.page("/").contains("diff/1..2\"><del>")
            || room.page("/?site=dapur").contains("/a/4/diff/1..2")
        {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{}", room.page("/?site=dapur"));
}

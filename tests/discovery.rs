//! Where a crawl finds articles beyond the first page of a list: APIs, further pages, robots.txt, and
//! lists that mean no good. From outside: the binary against a site on loopback.
#![allow(clippy::disallowed_methods, reason = "what a site says of its times is told by a real clock")]

mod support;

use support::desk::Desk;
use support::origin::{self, Origin, Reply};
use support::paper::{FEED, page, site};

const API: &str = "/wp-json/wp/v2/posts";
const FIRST: &str =
    "?per_page=100&orderby=modified&order=desc&_fields=id%2Clink%2Cdate_gmt%2Cmodified_gmt%2Cslug%2Ctitle";

/// Posts as WordPress tells of them: path and time of change.
fn posts(origin: &Origin, posts: &[(&str, &str)]) -> Reply {
    let post = |(path, modified): &(&str, &str)| {
        let link = origin.url(path);
        serde_json::json!({"link": link, "date_gmt": "2026-01-01T00:00:00", "modified_gmt": modified,
            "title": {"rendered": "Judul"}})
    };
    let json: Vec<serde_json::Value> = posts.iter().map(post).collect();
    Reply::new(200, "application/json", serde_json::Value::from(json).to_string())
}

/// A time so many seconds from now, as WordPress writes it.
fn time(seconds: i64) -> String {
    let time = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    time.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// A desk that looks at known articles only when a list says that they changed.
fn desk(origin: &Origin, sources: &str) -> Desk {
    let desk = Desk::with_site(origin, sources);
    let config = std::fs::read_to_string(desk.path("config.toml")).unwrap();
    desk.write("config.toml", &config.replace("[recheck]", "[recheck]\nladder = []"));
    desk
}

#[test]
fn an_api_tells_of_an_edit_without_a_request_for_each_page() {
    let origin = site();
    let (old, edited) = (time(-7200), time(300));
    origin.set(&format!("{API}{FIRST}"), posts(&origin, &[("/satu", &old), ("/dua", "2026-01-01T00:00:00")]));
    let after = old.parse::<jiff::civil::DateTime>().unwrap() - jiff::SignedDuration::from_secs(1);
    let second = format!("{API}{FIRST}&modified_after={}Z", after.to_string().replace(':', "%3A"));
    origin.set(&second, posts(&origin, &[("/satu", &old)]));
    let desk = desk(&origin, &format!("apis = [\"{API}\"]"));
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((ended.code, &counts["new"]), (0, &2.into()), "{}", ended.stderr);
    let before = origin.hits().len();
    desk.crawl(&[]);
    assert_eq!(origin.hits().len() - before, 1, "one request, for the list");

    origin.set("/dua", page("Jembatan gantung diperbaiki", "Jembatan sepanjang 140 meter itu diperbaiki."));
    origin.set(&second, posts(&origin, &[("/dua", &edited), ("/satu", &old)]));
    let before = origin.hits().len();
    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["changed"], &counts["same"]), (&1.into(), &0.into()));
    assert_eq!(origin.hits().len() - before, 2, "the list and the page that changed");
    let said = &origin.said(&second, "accept")[0];
    assert_eq!(said.as_deref(), Some("application/json,*/*;q=0.1"));
}

#[test]
fn the_pages_of_an_api_are_read_to_the_cap() {
    let origin = site();
    let link = |n: usize| format!("<{}>; rel=\"next\"", origin.url(&format!("{API}?page={n}")));
    let list =
        |n: usize| posts(&origin, &[(&format!("/{n}"), "2026-01-01T00:00:00")]).header("Link", link(n + 1));
    origin.set(&format!("{API}{FIRST}"), list(1));
    for n in 2..9 {
        origin.set(&format!("{API}?page={n}"), list(n));
    }
    let desk = desk(&origin, &format!("apis = [\"{API}\"]"));
    desk.crawl(&["--limit", "1"]);
    let asked: Vec<usize> = (2..9).map(|n| origin.count(&format!("{API}?page={n}"))).collect();
    assert_eq!(asked, [1, 1, 1, 1, 0, 0, 0]);
}

#[test]
fn an_api_that_is_refused_is_a_note_and_the_feed_is_read() {
    for (status, body) in
        [(401, "{\"code\":\"rest_forbidden\"}"), (404, "{}"), (200, "<!DOCTYPE html><p>Masuk")]
    {
        let origin = site();
        origin.set(&format!("{API}{FIRST}"), Reply::new(status, "application/json", body));
        let desk = desk(&origin, &format!("apis = [\"{API}\"]\n{FEED}"));
        let (ended, counts) = desk.crawl(&[]);
        assert_eq!(
            (ended.code, &counts["new"], &counts["errors"]),
            (0, &2.into(), &0.into()),
            "{}",
            ended.stderr
        );
        assert_eq!(ended.stderr, "");
        desk.crawl(&[]);
        let asked = (origin.count(&format!("{API}{FIRST}")), origin.count("/feed.xml"));
        assert_eq!(asked, (1, 2), "it is remembered");
        let lists = desk.json(&["stats", "--format", "json"])[0]["lists"].clone();
        assert!(lists[0]["trouble"].is_string(), "{lists}");
    }
    // robots.txt forbids it: not even asked for.
    let origin = site();
    origin.set("/robots.txt", origin::text("User-agent: *\nDisallow: /wp-json/\n"));
    let desk = desk(&origin, &format!("apis = [\"{API}\"]\n{FEED}"));
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((ended.code, &counts["new"], origin.count(&format!("{API}{FIRST}"))), (0, &2.into(), 0));
}

#[test]
fn sites_add_writes_the_api_that_a_site_offers_and_answers() {
    let front = "<!DOCTYPE html><html><head><title>Uji</title><meta name=generator content='WordPress 6.9'>\
                 </head><body><p>Halo</p></body></html>";
    for answers in [true, false] {
        let origin = site();
        let link = format!("<{}>; rel=\"https://api.w.org/\"", origin.url("/wp-json/"));
        origin.set("/", Reply::new(200, "text/html", front).header("Link", &link));
        origin.set("/feed/", origin::rss(&origin.url(""), &[("/satu", "Pasar apung dibuka lagi")]));
        if answers {
            origin.set(&format!("{API}{FIRST}"), posts(&origin, &[("/satu", "2026-01-01T00:00:00")]));
        }
        let desk = Desk::empty();
        desk.write("config.toml", "[crawl]\ndelay = \"40ms\"\n");
        let out = desk.ok(&["sites", "add", &origin.url("/")]);
        let config = std::fs::read_to_string(desk.path("config.toml")).unwrap();
        assert_eq!(config.contains(&format!("apis = [\"{API}\"]")), answers, "{config}{out}");
        assert_eq!(out.contains("1 posts, the latest change of 2026-01-01"), answers, "{out}");
        assert!(config.contains("feeds = [\"/feed/\"]"), "{config}");
    }
}

#[test]
fn further_pages_are_read_as_long_as_all_they_name_is_new() {
    let origin = Origin::start();
    let links = |n: usize| {
        let next = format!("<a class=\"next page-numbers\" href=\"/berita/page/{}/\">Lanjut</a>", n + 1);
        let link = format!("<a href=\"/berita-baru-dari-waduk-{n}/\">Berita</a>");
        Reply::new(200, "text/html", format!("<!DOCTYPE html><title>Berita</title><body>{link}{next}</body>"))
    };
    origin.set("/berita/", links(1));
    for n in 1..9 {
        origin.set(&format!("/berita/page/{n}/"), links(n));
        origin.set(
            &format!("/berita-baru-dari-waduk-{n}/"),
            page("Berita waduk", &format!("Ada {n} perahu di sana.")),
        );
    }
    let desk = desk(&origin, "sections = [\"/berita/\"]");
    let (_, counts) = desk.crawl(&[]);
    assert_eq!(counts["new"], 5, "the cap");
    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["new"], origin.count("/berita/page/2/")), (&0.into(), 1), "the first page is known");
    desk.write(
        "config.toml",
        &format!("{}\n[poll]\npages = 1\n", std::fs::read_to_string(desk.path("config.toml")).unwrap()),
    );
    origin.set("/berita/", links(8));
    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["new"], origin.count("/berita/page/9/")), (&1.into(), 0));
}

#[test]
fn the_further_pages_of_a_wordpress_feed_fill_a_new_archive() {
    let origin = Origin::start();
    let feed = |from: usize, to: usize| {
        let item =
            |n| format!("<item><title>Berita</title><link>{}</link></item>", origin.url(&format!("/{n}")));
        let items: String = (from..=to).map(item).collect();
        let generator = "<generator>https://wordpress.org/?v=6.9</generator>";
        let xml =
            format!("<rss version=\"2.0\"><channel><title>Uji</title>{generator}{items}</channel></rss>");
        Reply::new(200, "application/rss+xml", xml)
    };
    for n in 1..=23 {
        origin.set(&format!("/{n}"), page("Berita waduk", &format!("Ada {n} perahu di sana.")));
    }
    origin.set("/feed/", feed(1, 10));
    origin.set("/feed/?paged=2", feed(11, 20));
    origin.set("/feed/?paged=3", feed(21, 23));
    let desk = desk(&origin, "feeds = [\"/feed/\"]");
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((ended.code, &counts["new"]), (0, &23.into()), "{}", ended.stderr);
    desk.crawl(&[]);
    assert_eq!((origin.count("/feed/?paged=2"), origin.count("/feed/?paged=4")), (1, 0));
}

#[test]
fn sitemaps_of_robots_txt_count_where_links_are_all_there_is() {
    let origin = site();
    let robots = format!("User-agent: *\nDisallow:\nSitemap: {}\n", origin.url("/peta.txt"));
    origin.set("/robots.txt", origin::text(&robots));
    origin.set("/peta.txt", origin::text(&format!("{}\n{}\n", origin.url("/satu"), origin.url("/dua"))));
    origin.set("/rubrik/", Reply::new(200, "text/html", "<!DOCTYPE html><title>Rubrik</title><p>Halo</p>"));
    let (_, counts) = desk(&origin, "sections = [\"/rubrik/\"]").crawl(&[]);
    assert_eq!(counts["new"], 2);
    // Whoever lists a feed has chosen.
    let (_, counts) = desk(&origin, FEED).crawl(&[]);
    assert_eq!((&counts["new"], origin.count("/peta.txt")), (&2.into(), 1));
}

#[test]
fn indexes_that_lead_in_circles_or_ever_deeper_come_to_an_end() {
    let origin = site();
    let index = |children: &[String]| {
        let items: String =
            children.iter().map(|c| format!("<sitemap><loc>{}</loc></sitemap>", origin.url(c))).collect();
        Reply::new(200, "application/xml", format!("<sitemapindex>{items}</sitemapindex>"))
    };
    let to = |paths: &[&str]| index(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>());
    origin.set("/peta.xml", to(&["/peta.xml", "/b.xml", "/d1.xml"]));
    origin.set("/b.xml", to(&["/peta.xml", "/b.xml"]));
    for n in 1..9 {
        origin.set(&format!("/d{n}.xml"), to(&[&format!("/d{}.xml", n + 1)]));
    }
    let desk = desk(&origin, "sitemaps = [\"/peta.xml\"]");
    let (ended, _) = desk.crawl(&[]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    let asked = |path| origin.count(path);
    assert_eq!((asked("/peta.xml"), asked("/b.xml"), asked("/d3.xml"), asked("/d4.xml")), (1, 1, 1, 0));
    // A thousand children: the fifty newest.
    let children: Vec<String> = (0..1000).map(|n| format!("/anak-{n}.xml")).collect();
    origin.set("/peta.xml", index(&children));
    desk.crawl(&["uji"]);
    assert_eq!(origin.hits().iter().filter(|hit| hit.target.starts_with("/anak-")).count(), 50);
}

#[test]
fn lists_that_mean_no_good_are_refused_or_read_without_harm() {
    let origin = site();
    let satu = origin.url("/satu");
    // A billion laughs: entities are never expanded.
    let laughs: String = (1..10).map(|n| format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1)).collect();
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"ha\">{laughs}]><urlset><url><loc>{satu}</loc>\
                        </url><url><loc>/&l9;</loc></url></urlset>"
    );
    let file =
        "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><urlset><url><loc>/&f;</loc></url></urlset>";
    origin.set("/laughs.xml", Reply::new(200, "application/xml", bomb));
    origin.set("/file.xml", Reply::new(200, "application/xml", file));
    origin.set("/deep.xml", Reply::new(200, "application/xml", format!("<urlset>{}", "<a>".repeat(100_000))));
    let desk = desk(&origin, "sitemaps = [\"/laughs.xml\", \"/file.xml\", \"/deep.xml\"]");
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!(counts["new"], 1, "{}", ended.stderr);
    assert!(origin.hits().iter().all(|hit| !hit.target.contains("root") && !hit.target.contains("haha")));
}

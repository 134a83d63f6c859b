//! What a feed says of a page stands in where the page says nothing, and only there.

mod support;

use support::desk::Desk;
use support::origin::{Origin, Reply};
use support::paper::{FEED, story};

/// A feed of one entry that carries its whole text.
fn feed(origin: &Origin, text: &str) -> Reply {
    let url = origin.url("/siaran");
    let xml = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>Uji</title><item><title>Siaran dari menara</title><link>{url}</link>\
         <pubDate>Mon, 05 Jan 2026 07:30:00 +0700</pubDate>\
         <content:encoded><![CDATA[{text}]]></content:encoded></item></channel></rss>"
    );
    Reply::new(200, "application/rss+xml", xml)
}

fn html(body: &str) -> Reply {
    Reply::new(200, "text/html; charset=utf-8", format!("<!DOCTYPE html><html><body>{body}</body></html>"))
}

fn paragraphs(first: &str) -> String {
    story(first).iter().map(|line| format!("<p>{line}</p>")).collect()
}

#[test]
fn a_page_without_a_date_has_the_feeds() {
    let origin = Origin::start();
    origin.set("/feed.xml", feed(&origin, "Ringkas."));
    origin.set("/siaran", html(&format!("<h1>Siaran dari menara</h1>{}", paragraphs("Menara menyala."))));
    let desk = Desk::with_site(&origin, FEED);
    assert_eq!(desk.crawl(&[]).1["new"], 1);
    let show = || desk.json(&["show", &origin.url("/siaran"), "--format", "json"])[0].clone();
    let shown = show();
    assert_eq!(shown["published"], "2026-01-05T00:30:00+00:00");
    assert_eq!(shown["provenance"]["fields"]["published"], "feed");

    // The feed lists it no longer: that is no edit, neither in a crawl nor when it is read again.
    origin.set(
        "/feed.xml",
        Reply::new(200, "application/rss+xml", "<rss><channel><title>Uji</title></channel></rss>"),
    );
    assert_eq!(desk.crawl(&[]).1["same"], 1);
    desk.write("selectors/uji.toml", "schema = 1\n[site]\nname = \"Uji\"\nhosts = [\"127.0.0.1\"]\n");
    desk.ok(&["reextract"]);
    let shown = show();
    assert_eq!((&shown["published"], &shown["versions"]), (&"2026-01-05T00:30:00+00:00".into(), &1.into()));
}

#[test]
fn a_page_that_shows_no_text_has_the_feeds_text_and_keeps_it() {
    let origin = Origin::start();
    origin.set("/feed.xml", feed(&origin, &paragraphs("Menara & lampu menyala <em>lagi</em>.")));
    origin.set("/siaran", html("<div id=\"app\"></div><script src=\"app.js\"></script>"));
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((ended.code, &counts["new"]), (0, &1.into()), "{}", ended.stderr);
    let show = || desk.json(&["show", &origin.url("/siaran"), "--format", "json"])[0].clone();
    let shown = show();
    assert_eq!(
        (&shown["title"], &shown["body"][0]),
        (&"Siaran dari menara".into(), &"Menara & lampu menyala lagi.".into())
    );
    assert_eq!(shown["dateline"]["places"][0], "Bandung");
    assert_eq!(shown["provenance"]["fields"]["body"], "feed");
    assert_eq!(desk.crawl(&[]).1["same"], 1, "read again, it is the same");

    // The page's own word comes first as soon as there is one.
    origin.set(
        "/siaran",
        html(&format!(
            "<h1>Siaran dari menara</h1>{}",
            paragraphs("Menara padam sejak pukul 19.00 dan belum menyala lagi.")
        )),
    );
    assert_eq!(desk.crawl(&[]).1["changed"], 1);
    assert_eq!(show()["body"][0], "Menara padam sejak pukul 19.00 dan belum menyala lagi.");
}

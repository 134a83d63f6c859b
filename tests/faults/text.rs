//! Bytes that text should not hold, on their way from a page through the archive to a terminal.

use crate::support::desk::Desk;
use crate::support::origin::{Origin, rss};
use crate::support::paper::{FEED, page};

#[test]
fn markup_in_what_a_page_says_stays_text_in_what_we_write() {
    let origin = Origin::start();
    let evil = "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt;";
    origin.set("/satu", page(&format!("Pasar apung {evil}"), &format!("Sebanyak 40 perahu {evil} kembali.")));
    origin.set("/feed.xml", rss(&origin.url(""), &[("/satu", "Pasar apung")]));
    let desk = Desk::with_site(&origin, FEED);
    assert_eq!(desk.crawl(&[]).1["new"], 1);
    assert!(desk.ok(&["show", "1"]).contains("<script>alert(1)"), "it is the text of the article");
    let edited = page(&format!("Pasar apung {evil} lagi"), &format!("Sebanyak 45 perahu {evil} kembali."));
    origin.set("/satu", edited);
    assert_eq!(desk.crawl(&[]).1["changed"], 1);
    for args in [
        &["show", "1", "--format", "html"][..],
        &["diff", "1", "--format", "html"],
        &["changes", "--format", "atom"],
    ] {
        let out = desk.run(args).stdout;
        assert!(out.contains("alert(1)"), "{args:?}: {out}");
        assert!(!out.contains("<script>alert") && !out.contains("<img src=x"), "{args:?}: {out}");
    }
}

#[test]
fn null_bytes_and_terminal_escapes_are_in_no_text_and_break_no_search() {
    let origin = Origin::start();
    let mut reply =
        page("Pasar\0 apung \u{1b}]0;milikku\u{7} dibuka", "Sebanyak 40 per\0ahu \u{1b}[2J kembali.");
    reply.body.extend(b"<!-- \0 -->");
    origin.set("/satu", reply);
    origin.set("/feed.xml", rss(&origin.url(""), &[("/satu", "Pasar\u{fffd} apung")]));
    let desk = Desk::with_site(&origin, FEED);
    assert_eq!(desk.crawl(&[]).1["new"], 1);
    for args in [
        &["list"][..],
        &["show", "1"],
        &["export", "--to", "jsonl"],
        &["export", "--to", "csv"],
        &["search", "waduk"],
    ] {
        let out = desk.run(args).stdout;
        assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{args:?}: {out:?}");
        assert!(!out.contains("\\u0000") && !out.contains("\\u001b"), "{args:?}: {out:?}");
    }
    assert_eq!(desk.run(&["search", "pasar"]).code, 0);
    desk.ok(&["verify"]);
}

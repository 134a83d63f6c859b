//! Bytes that text should not hold, on their way from a page through the archive to a terminal.

use crate::support::desk::Desk;
use crate::support::origin::{Origin, rss};
use crate::support::paper::{FEED, page};

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

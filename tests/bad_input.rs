//! Bad input from outside: named in one line, with the contract's exit code, and nothing lost.

mod support;

use std::os::unix::fs::PermissionsExt;

use support::desk::Desk;
use support::origin::{self, Reply};
use support::paper::{FEED, page, site};

#[test]
fn a_robots_txt_of_a_megabyte_counts_as_far_as_it_is_read() {
    let origin = site();
    let rules = format!("User-agent: *\nDisallow: /dua\n{}", "Disallow: /tidak-ada/\n".repeat(50_000));
    origin.set("/robots.txt", origin::text(&rules));
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert_eq!((&counts["new"], &counts["robots_denied"]), (&1.into(), &1.into()));
    assert_eq!(origin.count("/dua"), 0);
}

#[test]
fn a_page_thirty_thousand_boxes_deep_and_one_in_another_encoding_are_read() {
    let origin = site();
    let deep = page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan di waduk.");
    let deep =
        String::from_utf8(deep.body).unwrap().replace("<body>", &format!("<body>{}", "<div>".repeat(30_000)));
    origin.set("/satu", Reply::new(200, "text/html; charset=utf-8", deep));
    let latin: Vec<u8> = String::from_utf8(page("Café di tepi waduk", "Kafé itu baru dibuka.").body)
        .unwrap()
        .replace("utf-8", "iso-8859-1")
        .replace('–', "-")
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    origin.set("/dua", Reply::new(200, "text/html", latin));
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((ended.code, &counts["new"]), (0, &2.into()), "{}", ended.stderr);
    let shown = &desk.json(&["show", &origin.url("/dua"), "--format", "json"])[0];
    assert_eq!(shown["title"], "Café di tepi waduk");
}

#[test]
fn a_folder_that_cannot_be_written_is_an_unusable_archive() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    let folder = desk.path("archive");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o555)).unwrap();
    if std::fs::write(folder.join("probe"), "").is_ok() {
        // Who may write anywhere (root) cannot be refused by a mode: a file stands in the way instead.
        std::fs::remove_file(folder.join("probe")).unwrap();
        std::fs::remove_dir(&folder).unwrap();
        std::fs::write(&folder, "no folder").unwrap();
    }
    let ended = desk.run(&["crawl"]);
    assert_eq!(ended.code, 6, "{}{}", ended.stdout, ended.stderr);
    assert!(ended.stderr.contains("archive"), "{}", ended.stderr);
    assert_eq!(origin.hits().len(), 0, "nothing is asked for that could not be stored");
}

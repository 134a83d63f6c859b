//! REF: the ways to name an article and its versions.

use crate::support::desk::Desk;
use crate::support::origin::{Origin, redirect};
use crate::support::press::{FEED, archived, story};

#[test]
fn every_form_names_the_version_it_says() {
    let (origin, desk) = archived();
    let url = origin.url("/1");
    let title = |reference: &str| desk.json(&["show", reference, "--format", "json"])[0]["title"].clone();
    let (old, new) = ("Berita nomor 1 dari waduk", "Berita nomor satu");
    let id = desk.json(&["show", &url, "--format", "json"])[0]["id"].to_string();
    for name in [&id, &url, &format!("{url}/"), &format!("{url}?utm_source=surat#isi")] {
        for (version, expected) in [("", new), ("@latest", new), ("@2", new), ("@first", old), ("@1", old)] {
            assert_eq!(title(&format!("{name}{version}")), expected, "{name}{version}");
        }
        let range = format!("{name}@1..2");
        assert_eq!(desk.json(&["history", &range, "--format", "jsonl"]).len(), 2);
        let change = &desk.json(&["diff", &range, "--format", "json"])[0];
        assert_eq!((&change["from"], &change["to"]), (&1.into(), &2.into()));
    }
}

#[test]
fn any_address_it_was_ever_known_by_names_an_article() {
    let origin = Origin::start();
    origin.set("/lama", redirect(301, "/baru"));
    origin.set("/baru", story(1));
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["add", &origin.url("/lama")]);
    for verb in ["show", "history", "diff"] {
        for path in ["/lama", "/baru"] {
            desk.ok(&[verb, &origin.url(path)]);
        }
    }
}

#[test]
fn what_is_not_there_is_an_error_of_its_own() {
    // As with git: 1 is the answer "they differ", so it cannot also mean "there is no such thing".
    let (_origin, desk) = archived();
    for verb in
        [&["show"][..], &["history"], &["diff"], &["diff", "--exit-code"], &["show", "--format", "raw"]]
    {
        for reference in ["99", "0", "1@9", "1@1..9", "1@9..1", "http://127.0.0.1:1/tiada"] {
            let done = desk.run(&[verb, &[reference]].concat());
            let one_version = verb[0] == "show" && reference.contains("..");
            assert_eq!(done.code, if one_version { 2 } else { 4 }, "{verb:?} {reference}: {}", done.stderr);
            assert_eq!(done.stdout, "", "{verb:?} {reference}");
            assert!(done.stderr.contains("help: "), "{verb:?} {reference}: {}", done.stderr);
        }
        for reference in ["", "1@", "1@0", "@1", "1@x", "1@2..", "1..2", "satu", "ftp://a.example/", "-1"] {
            let done = desk.run(&[verb, &[reference]].concat());
            assert_eq!((done.code, done.stdout.as_str()), (2, ""), "{verb:?} {reference:?}: {}", done.stderr);
        }
    }
}

//! `kliping show`.

use crate::kliping::{GEMPA, on, shelf};

#[test]
fn text_is_for_reading() {
    let done = on(&shelf(), &["show", "1"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(
        done.out,
        "Gempa Cianjur, 15 orang tewas\n\
         Kabar Desa · Siti Aminah · 1 Maret 2026, 14:05 WIB\n\
         https://kabar.example/gempa\n\
         article 1, version 3 of 3, seen 2026-03-01 10:00 · gone\n\n\
         CIANJUR – Sebanyak 15 orang tewas.\n\n\
         Warga mengungsi ke lapangan.\n\n\
         8 words\n"
    );
}

#[test]
fn every_kind_of_block_has_a_look() {
    let world = shelf();
    let text = on(&world, &["show", "2"]).out;
    assert!(text.contains("Bahan\n\n  • 1 ekor ayam\n  • 2 batang serai\n\n    Jangan lupa jeruk"), "{text}");
    assert!(text.contains("\n    api:  kecil\n    waktu: 2 jam\n"), "{text}");
    let markdown = on(&world, &["show", "2", "--format", "md"]).out;
    assert!(markdown.starts_with("---\nid: 2\n"), "{markdown}");
    assert!(markdown.contains("\n## Bahan\n\n- 1 ekor ayam\n- 2 batang serai\n\n> Jangan"), "{markdown}");
    let html = on(&world, &["show", "2", "--format", "html"]).out;
    assert!(html.starts_with("<!doctype html>") && html.contains("default-src 'none'"));
    assert!(html.contains("<h1>Resep &lt;b&gt;soto&lt;/b&gt; &amp; lontong</h1>"), "{html}");
    assert!(html.contains(
        "<table>\n<tr><td>Porsi</td><td>4</td></tr>\n<tr><td>Waktu</td><td>2 jam</td></tr>\n</table>"
    ));
    assert!(html.contains("<ul>\n<li>1 ekor ayam</li>\n<li>2 batang serai</li>\n</ul>"), "{html}");
}

#[test]
fn json_is_that_of_the_contract() {
    let done = on(&shelf(), &["show", "1@2", "--format", "json"]);
    let article = &done.json()[0];
    assert_eq!(article["schema"], "kliping.article/1");
    assert_eq!(
        (article["id"].as_i64(), article["version"].as_i64(), article["versions"].as_i64()),
        (Some(1), Some(2), Some(3))
    );
    assert_eq!(article["title"], "Gempa di Cianjur");
    assert_eq!(
        article["body"],
        serde_json::json!(["Sebanyak 15 orang tewas.", "Warga mengungsi ke lapangan."])
    );
    assert_eq!((article["state"].as_str(), article["cause"].as_str()), (Some("gone"), Some("publisher")));
    assert_eq!(article["observed"], "2026-03-01T09:00:00Z");
}

#[test]
fn every_way_to_name_a_version_works() {
    let world = shelf();
    let title = |reference: &str| on(&world, &["show", reference]).lines()[0].to_owned();
    let (first, latest) = ("Gempa di Cianjur", "Gempa Cianjur, 15 orang tewas");
    for (reference, expected) in [
        ("1", latest),
        ("1@latest", latest),
        ("1@3", latest),
        ("1@first", first),
        ("1@2", first),
        (GEMPA, latest),
        ("http://www.kabar.example/gempa/?utm_source=x@1", first),
    ] {
        assert_eq!(title(reference), expected, "{reference}");
    }
}

#[test]
fn raw_is_the_page_as_it_came() {
    let world = shelf();
    assert_eq!(on(&world, &["show", "1@1", "--format", "raw"]).out, "<html>5 tewas</html>");
    let done = on(&world, &["show", "1@2", "--format", "raw"]);
    assert_eq!((done.code, done.out.as_str()), (4, ""));
    assert!(done.err.contains("1@2") && done.err.contains("keep_pages"), "{}", done.err);
}

#[test]
fn what_is_not_there_is_said_with_the_next_command() {
    let world = shelf();
    for (reference, code, says) in [
        ("99", 4, "kliping list"),
        ("https://kabar.example/tiada", 4, "https://kabar.example/tiada"),
        ("1@9", 4, "kliping history 1"),
        ("1@1..2", 2, "kliping diff 1@1..2"),
        ("1@x", 2, "latest"),
        ("gempa", 2, "address"),
    ] {
        let done = on(&world, &["show", reference]);
        assert_eq!((done.code, done.out.as_str()), (code, ""), "{reference}");
        assert!(done.err.contains(says), "{reference}: {}", done.err);
    }
}

#[test]
fn nothing_that_a_page_says_drives_the_terminal() {
    let world = shelf();
    for args in [
        &["show", "3"][..],
        &["list"],
        &["search", "jahat"],
        &["history", "3"],
        &["show", "3", "--format", "md"],
        &["show", "3", "--format", "html"],
    ] {
        let out = on(&world, args).out;
        assert!(out.contains("Judul jahat") || args.contains(&"md"), "{args:?}: {out:?}");
        let control = out.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "{args:?}");
    }
}

#[test]
fn a_time_names_the_version_that_was_to_be_read_then() {
    let world = shelf();
    for (reference, version) in [
        ("1@2026-03-01T08:00Z", 1),
        ("1@2026-03-01T08:59:59", 1),
        ("https://kabar.example/gempa@2026-03-01T16:00+07:00", 2),
        ("1@2026-03-01T11:00", 3),
        ("1@2026-03-01", 3),
        ("1@2027-01-01", 3),
    ] {
        let done = on(&world, &["show", reference, "--format", "json"]);
        assert_eq!(done.code, 0, "{reference}: {}", done.err);
        assert_eq!(done.json()[0]["version"], version, "{reference}");
    }
    let early = on(&world, &["show", "1@2026-02-28"]);
    assert!(early.code == 4 && early.err.contains("was first seen at 2026-03-01T08:00:00Z"), "{}", early.err);
    assert_eq!(on(&world, &["show", "1@2026-02-30"]).code, 2);
    let diff = on(&world, &["diff", "1@2026-03-01T08:30", "1@2026-03-01T10:30", "--format", "json"]);
    assert_eq!((diff.json()[0]["from"].as_i64(), diff.json()[0]["to"].as_i64()), (Some(1), Some(3)));
    let history = on(&world, &["history", "1@2026-03-01T09:30", "--format", "jsonl"]);
    assert_eq!(history.json()[0]["version"], 2);
}

//! `kliping changes`.

use kliping::store::Observation;

use crate::kliping::{GEMPA, kliping, on, shelf};
use crate::world::{HOUR, World, article, reading};

/// Besides the shelf's: one headline that came and went, a recipe that only our reading changed.
fn desk() -> World {
    let mut world = shelf();
    let url = "https://kabar.example/kurs";
    world.later(HOUR).see(url, &article("Kurs <rupiah> & dolar\u{7}", &["Kurs tetap."]));
    world.later(HOUR).see(url, &article("Kurs rupiah", &["Kurs tetap."]));
    let mut resep = world.reader().version(kliping::model::ArticleId(2), kliping::model::VersionSeq(1));
    let mut resep = resep.as_mut().unwrap().as_mut().unwrap().article.clone();
    resep.body.truncate(1);
    resep.reading = reading("2+bbbbbbbbbbbb");
    let mut fetch = world.later(HOUR).fetch("https://dapur.example/soto");
    fetch.site = "dapur".to_owned();
    let seen = Box::new(resep);
    world.record(fetch, Observation::Article { article: seen.clone(), raw: None, reread: Some(seen) });
    world
}

#[test]
fn a_line_a_change_newest_first() {
    let done = on(&desk(), &["changes"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(
        done.lines(),
        [
            "2026-03-01 14:00  kabar  4@2..3  headline wording reverted  −1 (silent)  0.44  Kurs [-<-]rupiah[-> & dolar-]",
            "2026-03-01 13:00  kabar  4@1..2  headline wording  +1 (silent)  0.44  Kurs {+<+}rupiah{+> & dolar+}",
            "2026-03-01 12:00  kabar  1@3  gone  0.52  Gempa Cianjur, 15 orang tewas  (status 410)",
            "2026-03-01 10:00  kabar  1@2..3  headline number wording  +3 −1 (silent)  0.53  Gempa[- di-] Cianjur{+, 15 orang tewas+}",
            "2026-03-01 09:00  kabar  1@1..2  number  +1 −1 (silent)  0.31  Gempa di Cianjur",
        ]
    );
}

#[test]
fn the_filters_work_together() {
    let world = desk();
    let found = |args: &[&str]| {
        let mut all = vec!["changes", "--format", "jsonl"];
        all.extend(args);
        let done = on(&world, &all);
        let lines: Vec<String> =
            done.json().iter().map(|c| format!("{}@{}..{}", c["article"], c["from"], c["to"])).collect();
        assert_eq!(done.code, i32::from(lines.is_empty()), "{args:?}: {}", done.err);
        lines.join(" ")
    };
    for (args, expected) in [
        (&[][..], "1@1..2 1@2..3 1@3..3 4@1..2 4@2..3"),
        (&["--limit", "2"], "4@1..2 4@2..3"),
        (&["--limit", "0"], ""),
        (&["--kind", "number"], "1@1..2 1@2..3"),
        (&["--silent", "--kind", "number,gone"], "1@1..2 1@2..3"),
        (&["--kind", "gone,reverted"], "1@3..3 4@2..3"),
        (&["--kind", "restored"], ""),
        (&["--kind", "headline", "--kind", "gone", "--until", "2026-03-01T13:00Z"], "1@2..3 1@3..3"),
        (&["--since", "2026-03-01T10:00Z", "--until", "2026-03-01T12:00Z"], "1@2..3"),
        (&["--min-score", "0.5"], "1@2..3 1@3..3"),
        (&["--site", "dapur"], ""),
        (&["--site", "dapur", "--all-causes"], "2@1..2"),
        (&["--since", "1h"], ""),
    ] {
        assert_eq!(found(args), expected, "{args:?}");
    }
}

#[test]
fn jsonl_is_that_of_the_contract() {
    let world = desk();
    let all = on(&world, &["changes", "--format", "jsonl", "--all-causes"]).json();
    assert!(all.iter().all(|change| change["schema"] == "kliping.change/1"));
    let number = &all[0];
    for (key, value) in
        [("at", "2026-03-01T09:00:00Z"), ("cause", "publisher"), ("site", "kabar"), ("url", GEMPA)]
    {
        assert_eq!(number[key], value, "{key}");
    }
    // But for what the log adds, an edit reads as `diff` tells it.
    let mut diff = on(&world, &["diff", "1@2", "--format", "json"]).json().remove(0);
    for key in ["site", "url", "detail"] {
        diff[key] = number[key].clone();
    }
    assert_eq!(*number, diff);
    let gone = all.iter().find(|change| change["from"] == change["to"]).unwrap();
    assert_eq!(
        (gone["kinds"].to_string(), gone["detail"].as_str()),
        (r#"["gone"]"#.to_owned(), Some("status 410"))
    );
    assert_eq!(gone["title"].to_string(), r#"[["=","Gempa Cianjur, 15 orang tewas"]]"#);
    // The page read again is as old as the page.
    let ours = all.iter().find(|change| change["cause"] == "reextract").unwrap();
    assert_eq!((ours["article"].as_i64(), ours["at"].as_str()), (Some(2), Some("2026-03-01T11:00:00Z")));
}

#[test]
fn atom_is_a_feed_that_xml_readers_take() {
    let world = desk();
    let feed = on(&world, &["changes", "--format", "atom"]).out;
    let xml = roxml(&feed);
    assert_eq!(xml.matches("<entry>").count(), 5);
    for part in [
        "<updated>2026-03-01T14:00:00Z</updated>",
        "<p>Sebanyak <del>5</del><ins>15</ins> orang tewas.</p>",
        "<category term=\"gone\"/>",
        "<link rel=\"alternate\" href=\"https://kabar.example/gempa\"/>",
        "<ins>&lt;</ins>rupiah<ins>&gt; &amp; dolar",
        "xml:lang=\"id\"",
    ] {
        assert!(feed.contains(part), "{part}\n{feed}");
    }
    let ids: std::collections::BTreeSet<&str> = feed.split("<id>").skip(1).map(|id| &id[..45]).collect();
    assert!(ids.len() == 6 && ids.iter().all(|id| id.starts_with("urn:uuid:")), "{ids:?}");
    assert_eq!(feed, on(&world, &["changes", "--format", "atom"]).out, "the same bytes");
    let one = on(&world, &["changes", "--format", "atom", "--limit", "1"]).out;
    assert!(one.matches("<entry>").count() == 1 && one.contains("reverted"), "the newest stays");
    // A feed reader wants a feed also when there is nothing.
    let empty = on(&world, &["changes", "--format", "atom", "--site", "tiada"]);
    assert!(empty.code == 1 && roxml(&empty.out).ends_with("</feed>\n"));
}

/// The feed, once its elements are seen to close in their order.
fn roxml(text: &str) -> &str {
    let mut open = Vec::new();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "), "{text}");
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    for tag in text.split('<').skip(2) {
        let (tag, rest) = tag.split_once('>').expect("a tag ends");
        assert!(!rest.contains('>'), "{rest}");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{text}"),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    text
}

#[test]
fn wrong_arguments_are_a_matter_of_usage() {
    let world = shelf();
    for (args, says) in [
        (&["changes", "--kind", "judul"][..], "headline, number"),
        (&["changes", "--min-score", "7"], "between 0 and 1"),
        (&["changes", "--since", "kemarin"], "24h"),
        (&["changes", "--format", "rss"], "atom"),
    ] {
        let done = on(&world, args);
        assert!(done.code == 2 && done.out.is_empty() && done.err.contains(says), "{args:?}: {}", done.err);
    }
    assert_eq!(kliping(world.folder.path(), &["--archive", "none.db", "changes"]).code, 6);
}

#[test]
fn a_page_that_goes_back_and_forth_is_told_twice_a_day() {
    let mut world = World::new();
    let url = "https://kabar.example/kurs";
    for n in 0..8 {
        world.later(HOUR).see(url, &article(if n % 2 == 0 { "Kurs naik" } else { "Kurs turun" }, &["Isi."]));
    }
    assert_eq!(world.versions(1).len(), 8, "every version is kept");
    let told = |world: &World, args: &[&str]| -> Vec<String> {
        let done = on(world, &[&["changes", "--format", "jsonl"], args].concat());
        done.json().iter().map(|change| format!("{}..{}", change["from"], change["to"])).collect()
    };
    assert_eq!(told(&world, &[]), ["1..2", "2..3", "3..4"]);
    assert_eq!(told(&world, &["--all"]).len(), 7);
    // Something new is told at once, and so is what goes back a day later.
    world.later(HOUR).see(url, &article("Kurs tetap", &["Isi."]));
    world.later(30 * HOUR).see(url, &article("Kurs naik", &["Isi."]));
    assert_eq!(told(&world, &[])[3..], ["8..9", "9..10"]);
}

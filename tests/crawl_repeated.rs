//! What a newspaper prints on every page is furniture: seen from outside, by a crawl.

mod support;

use support::desk::Desk;
use support::origin::{self, Origin};
use support::paper::{DELAY, FEED};

const BOX: &str =
    "Dukung koran ini: berlangganan mulai dari tiga puluh ribu rupiah sebulan, batal kapan saja.";

/// Paragraphs that no other story has.
fn story(of: usize) -> Vec<String> {
    const WORDS: [&str; 8] = ["pasar", "jembatan", "sawah", "sekolah", "waduk", "panen", "perahu", "warga"];
    (0..6)
        .map(|i| {
            let words: Vec<String> = (0..14)
                .map(|k| format!("{}{}", WORDS[(of * 3 + i * 5 + k) % 8], of * 100 + i * 15 + k))
                .collect();
            format!("Kabar tentang {}.", words.join(" "))
        })
        .collect()
}

/// Prints a story with the box inside.
fn print(origin: &Origin, path: &str, title: &str, story: &[String]) {
    let mut lines: Vec<&str> = story.iter().map(String::as_str).collect();
    lines.insert(3, BOX);
    origin.set(path, origin::page(title, &lines));
}

fn paper(count: usize) -> Origin {
    let origin = Origin::start();
    let mut items = Vec::new();
    for of in 0..count {
        let (path, title) = (format!("/berita-{of}"), format!("Berita nomor {of} dari desa"));
        print(&origin, &path, &title, &story(of));
        items.push((path, title));
    }
    list(&origin, &items);
    origin
}

fn list(origin: &Origin, items: &[(String, String)]) {
    let items: Vec<(&str, &str)> =
        items.iter().map(|(path, title)| (path.as_str(), title.as_str())).collect();
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
}

/// Whether the archived text has the box, and whether it is told that it was cut.
fn has_box(desk: &Desk, url: &str) -> (bool, bool) {
    let shown = &desk.json(&["show", url, "--format", "json"])[0];
    let body: Vec<&str> =
        shown["body"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let rules = shown["removed"].as_array().unwrap();
    let told = rules.iter().any(|removal| removal["rule"].as_str().unwrap().starts_with("repeated on "));
    (body.contains(&BOX), told)
}

#[test]
fn a_line_on_every_page_is_cut_and_what_is_archived_is_no_edit() {
    let origin = paper(7);
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((ended.code, &counts["new"]), (0, &7.into()), "{}", ended.stderr);
    let urls: Vec<String> = (0..7).map(|of| origin.url(&format!("/berita-{of}"))).collect();
    let with: Vec<&String> = urls.iter().filter(|url| has_box(&desk, url) == (true, false)).collect();
    let without: Vec<&String> = urls.iter().filter(|url| has_box(&desk, url) == (false, true)).collect();
    assert_eq!((with.len(), without.len()), (3, 4), "three articles teach what furniture is");

    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["changed"], &counts["same"]), (&0.into(), &7.into()), "knowledge is no edit");

    // An edit in an article that has the box, and one in an article that has not.
    for url in [with[0], without[0]] {
        let of: usize = url.rsplit('-').next().unwrap().parse().unwrap();
        let mut edited = story(of);
        edited[1].push_str(" Panitia menambahkan satu kalimat.");
        print(&origin, &format!("/berita-{of}"), &format!("Berita nomor {of} dari desa"), &edited);
    }
    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["changed"], &counts["same"]), (&2.into(), &5.into()));
    assert_eq!((has_box(&desk, with[0]), has_box(&desk, without[0])), ((true, false), (false, true)));
    for url in [with[0], without[0]] {
        let diff = desk.ok(&["diff", url]);
        assert!(diff.contains("satu kalimat") && !diff.contains("Dukung koran"), "{diff}");
    }

    desk.ok(&["reextract"]);
    assert!(
        urls.iter().all(|url| has_box(&desk, url) == (false, true)),
        "what was learnt is used when asked for"
    );
    let cause = &desk.json(&["show", with[0], "--format", "json"])[0]["cause"];
    assert_eq!(cause, "reextract", "our change, not the newspaper's");
    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["changed"], &counts["same"]), (&0.into(), &7.into()));
    assert!(desk.ok(&["reextract"]).contains('0'), "nothing is left to do");
    origin.assert_polite(DELAY);
}

#[test]
fn a_story_that_is_printed_again_and_again_loses_nothing() {
    let origin = Origin::start();
    let items: Vec<(String, String)> =
        (0..6).map(|of| (format!("/kota-{of}/banjir"), format!("Banjir di kota, edisi {of}"))).collect();
    for (of, (path, title)) in items.iter().enumerate() {
        // The same agency's story, each time with another first paragraph.
        let mut lines =
            vec![format!("Edisi {of} dari koran ini memuat laporan tentang banjir di kota pagi tadi.")];
        lines.extend(story(1));
        origin.set(path, origin::page(title, &lines.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    list(&origin, &items);
    let desk = Desk::with_site(&origin, FEED);
    let (_, counts) = desk.crawl(&[]);
    assert_eq!(counts["new"], 6);
    for (path, _) in &items {
        let shown = &desk.json(&["show", &origin.url(path), "--format", "json"])[0];
        assert_eq!(shown["body"].as_array().unwrap().len(), 7, "{path}");
    }
}

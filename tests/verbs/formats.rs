//! `kliping export`: books, pages, feeds, linked data, databases; and what is new by name.

use std::fs;
use std::path::Path;

use crate::kliping::{on, shelf};
use crate::world::{HOUR, World, article};

/// Runs an export twice, and gives its bytes.
fn twice(world: &World, args: &[&str]) -> Vec<u8> {
    let mut written = Vec::new();
    for name in ["one", "two"] {
        let mut all = vec!["export", "-o", name, "--to"];
        all.extend(args);
        let done = on(world, &all);
        assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", ""), "{args:?}");
        written.push(fs::read(world.folder.path().join(name)).unwrap());
    }
    assert_eq!(written[0], written[1], "{args:?}: same input, same bytes");
    written.remove(0)
}

#[test]
fn a_book_is_whole() {
    let world = shelf();
    let bytes = twice(&world, &["epub", "--versions", "all"]);
    assert!(bytes.starts_with(b"PK\x03\x04") && bytes[30..58] == *b"mimetypeapplication/epub+zip");
    let script = r##"
import sys, zipfile, xml.dom.minidom as dom
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
names = book.namelist()
assert names[0] == "mimetype" and len(names) == len(set(names)), names
pages = {name: dom.parseString(book.read(name)) for name in names if name.endswith((".xhtml", ".opf", ".xml"))}
package = pages["EPUB/package.opf"]
items = {item.getAttribute("href") for item in package.getElementsByTagName("item")}
assert items == {name[5:] for name in names if name.startswith("EPUB/")} - {"package.opf"}, items
for link in pages["EPUB/nav.xhtml"].getElementsByTagName("a"):
    file, _, anchor = link.getAttribute("href").partition("#")
    page = pages["EPUB/" + file]
    assert not anchor or any(s.getAttribute("id") == anchor for s in page.getElementsByTagName("section")), anchor
print(len(pages["EPUB/nav.xhtml"].getElementsByTagName("a")))
"##;
    fs::write(world.folder.path().join("look.py"), script).unwrap();
    let looked = std::process::Command::new("python3")
        .args(["look.py", "one"])
        .current_dir(world.folder.path())
        .output();
    // Somebody else's reader looks into it where there is one; CI has it.
    if let Ok(looked) = looked {
        assert!(looked.status.success(), "{}", String::from_utf8_lossy(&looked.stderr));
        // A day, two sites, four articles of which one has three versions.
        assert_eq!(String::from_utf8_lossy(&looked.stdout).trim(), "9");
    }
    let done = on(&world, &["export", "--to", "epub", "-o", "books/"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(names(&world.folder.path().join("books")), ["2026-03-01.epub"]);
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn pages_hold_no_markup_of_others_and_load_nothing() {
    let world = shelf();
    let page = String::from_utf8(twice(&world, &["html"])).unwrap();
    assert!(
        page.contains("default-src 'none'") && !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
    assert!(page.contains("<h2>Resep &lt;b&gt;soto&lt;/b&gt; &amp; lontong</h2>"), "{page}");
    assert!(
        page.contains("<li>1 ekor ayam</li>\n<li>2 batang serai</li>")
            && page.contains("<td>Porsi</td><td>4</td>")
    );
    assert!(page.chars().all(|c| !c.is_control() || c == '\n'));
    assert_eq!(page.matches("<article ").count(), 4);
    for link in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
    }

    let done = on(&world, &["export", "--to", "html", "-o", "site/"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let site = world.folder.path().join("site");
    assert_eq!(names(&site), ["2026-03-01", "index.html"]);
    assert_eq!(names(&site.join("2026-03-01")), ["dapur.html", "kabar.html"]);
    let index = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(index.contains("href=\"2026-03-01/kabar.html\""), "{index}");
    let before = fs::metadata(site.join("2026-03-01/dapur.html")).unwrap().modified().unwrap();
    on(&world, &["export", "--to", "html", "-o", "site/"]);
    let after = fs::metadata(site.join("2026-03-01/dapur.html")).unwrap().modified().unwrap();
    assert_eq!(before, after, "what is the same is not written again");
}

#[test]
fn right_to_left_and_wide_scripts_are_told() {
    let mut world = World::new();
    for (n, (language, title, body)) in [
        (Some("ar"), "العنوان", "نص الخبر هنا."),
        (Some("zh-Hant"), "標題", "新聞內容。"),
        (None, "כותרת", "תוכן הידיעה."),
    ]
    .into_iter()
    .enumerate()
    {
        let mut article = article(title, &[body]);
        article.language = language.map(str::to_owned);
        world.later(HOUR).see(&format!("https://kabar.example/{n}"), &article);
    }
    let page = String::from_utf8(twice(&world, &["html"])).unwrap();
    for tag in ["lang=\"ar\" dir=\"rtl\"", "lang=\"zh-Hant\" dir=\"ltr\"", "id=\"a3-1\" dir=\"auto\""] {
        assert!(page.contains(tag), "{tag}: {page}");
    }
    let feed = String::from_utf8(twice(&world, &["atom"])).unwrap();
    assert!(feed.contains("<content type=\"xhtml\" xml:lang=\"ar\">"), "{feed}");
}

#[test]
fn feeds_and_linked_data_tell_every_version() {
    let world = shelf();
    let feed = String::from_utf8(twice(&world, &["atom", "--versions", "all"])).unwrap();
    let count = |what: &str| feed.matches(what).count();
    assert_eq!((count("<entry>"), count("</entry>"), count("<feed "), count("</feed>")), (6, 6, 1, 1));
    let ids: std::collections::BTreeSet<&str> =
        feed.split("<id>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(ids.len(), 7, "every entry and the feed have a name of their own");
    let done = on(&world, &["export", "--to", "jsonld", "--versions", "all"]);
    let objects = done.json();
    assert_eq!(objects.len(), 6);
    assert!(objects.iter().all(|o| o["@type"] == "NewsArticle" && o["headline"].is_string()));
    assert_eq!(objects[0]["datePublished"], "2026-03-01T14:05:00+07:00");
}

#[test]
fn a_database_can_be_asked() {
    let world = shelf();
    twice(&world, &["sqlite", "--versions", "all"]);
    let db = rusqlite::Connection::open(world.folder.path().join("one")).unwrap();
    let ask = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(ask("PRAGMA integrity_check"), "ok");
    assert_eq!(ask("SELECT count(*) || ' ' || (SELECT count(*) FROM versions) FROM articles"), "4 6");
    assert_eq!(ask("SELECT title FROM articles WHERE id = 1"), "Gempa Cianjur, 15 orang tewas");
    let kinds =
        ask("SELECT group_concat(kinds || ' ' || by_publisher, ', ') FROM changes WHERE article_id = 1");
    assert!(kinds.contains("number 1") && kinds.contains("headline"), "{kinds}");
    let found =
        "SELECT a.url FROM articles a JOIN articles_fts f ON f.rowid = a.id WHERE articles_fts MATCH 'kurs'";
    assert_eq!(ask(found), "https://kabar.example/kurs");
    let done = on(&world, &["export", "--to", "sqlite"]);
    assert!(done.code == 2 && done.err.contains("-o"), "{}", done.err);
}

#[test]
fn a_name_remembers_what_was_exported() {
    let mut world = shelf();
    let ids = |world: &World, more: &[&str]| -> Vec<(i64, i64)> {
        let mut all = vec!["export", "--to", "jsonl", "--incremental", "malam"];
        all.extend(more);
        let done = on(world, &all);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{more:?}");
        done.json().iter().map(|l| (l["id"].as_i64().unwrap(), l["version"].as_i64().unwrap())).collect()
    };
    assert_eq!(ids(&world, &[]), [(1, 3), (2, 1), (3, 1), (4, 1)]);
    assert_eq!(ids(&world, &[]), []);
    world.later(HOUR).see("https://kabar.example/kurs", &article("Kurs rupiah", &["Kurs turun."]));
    world.later(HOUR).see("https://kabar.example/kurs", &article("Kurs rupiah", &["Kurs naik."]));
    world.later(HOUR).see("https://kabar.example/baru", &article("Baru", &["Isi."]));
    // An export that fails does not move on.
    let failed = on(&world, &["export", "--to", "jsonl", "--incremental", "malam", "-o", "kliping.db/x"]);
    assert_eq!(failed.code, 4);
    assert_eq!(ids(&world, &["--versions", "all"]), [(4, 2), (4, 3), (5, 1)]);
    assert_eq!(ids(&world, &[]), []);
    let done = on(&world, &["export", "--to", "jsonl", "--incremental", "lain"]);
    assert_eq!(done.lines().len(), 5, "another name has read nothing yet");
    assert_eq!(on(&world, &["export", "--to", "csv", "--incremental", "x", "--limit", "1"]).code, 2);
    // Books and pages, too: of an article that has new versions, only these.
    let page = |world: &World| {
        let done = on(
            world,
            &["export", "--to", "html", "--versions", "all", "--incremental", "halaman", "-o", "new.html"],
        );
        assert_eq!((done.code, done.err.as_str()), (0, ""));
        let text = fs::read_to_string(world.folder.path().join("new.html")).unwrap();
        let anchors =
            text.split("<article id=\"").skip(1).map(|rest| rest[..rest.find('"').unwrap()].to_owned());
        let anchors: Vec<String> = anchors.collect();
        for link in text.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(anchors.iter().any(|anchor| anchor == link), "{link}");
        }
        anchors
    };
    assert_eq!(page(&world), ["a2-1", "a1-1", "a1-2", "a1-3", "a3-1", "a4-1", "a4-2", "a4-3", "a5-1"]);
    world.later(HOUR).see("https://kabar.example/kurs", &article("Kurs rupiah", &["Kurs turun lagi."]));
    assert_eq!(page(&world), ["a4-4"]);
    assert!(page(&world).is_empty());
}

#[test]
fn changes_are_a_feed_like_that_of_changes() {
    let world = shelf();
    let feed = String::from_utf8(twice(&world, &["atom", "--changes"])).unwrap();
    assert_eq!(feed, on(&world, &["changes", "--format", "atom"]).out);
    assert!(
        feed.contains("<ins>") && feed.contains("<del>") && feed.matches("<entry>").count() >= 2,
        "{feed}"
    );
    let one = on(&world, &["export", "--to", "atom", "--changes", "--limit", "1"]);
    assert_eq!(one.out, on(&world, &["changes", "--format", "atom", "--limit", "1"]).out);
    let none = on(&world, &["export", "--to", "atom", "--changes", "--until", "2001-01-01"]);
    assert_eq!((none.code, none.out.matches("<entry>").count()), (0, 0));
    assert_eq!(on(&world, &["export", "--to", "csv", "--changes"]).code, 2);
    assert_eq!(on(&world, &["export", "--to", "atom", "--changes", "--versions", "all"]).code, 2);
}

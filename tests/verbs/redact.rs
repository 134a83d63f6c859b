//! Text that is taken out is out: of every verb, and of the bytes of the file.

use std::fs;

use kliping::model::{ArticleId, CommentForm};
use kliping::store::{Observation, RecordedOutcome};

use crate::kliping::{Done, GEMPA, kliping, on, shelf};
use crate::world::{HOUR, World, article, read};

const WORD: &str = "Kertanegarawati";

/// A page of a site: a frame of some size around a text.
fn page(text: &str) -> Vec<u8> {
    let frame: String = (0..200).map(|n| format!("<a href=\"/rubrik-{n}\">Rubrik nomor {n}</a>\n")).collect();
    format!("<html><body>{frame}<main>{text}</main></body></html>").into_bytes()
}

fn see(world: &World, address: &str, title: &str, text: &str) -> RecordedOutcome {
    see_page(world, address, title, text, page(text))
}

fn see_page(world: &World, address: &str, title: &str, text: &str, raw: Vec<u8>) -> RecordedOutcome {
    let mut article = article(title, &[text]);
    article.authors = vec![format!("Penulis {title}")];
    article.comment_form = Some(CommentForm { text: text.to_owned(), rule: "komentar".to_owned() });
    let article = Observation::Article { article: Box::new(article), raw: Some(raw), reread: None };
    world.record(world.fetch(address), article).outcome
}

/// Forty articles of one site; in the middle of them one in three versions that names somebody.
fn stacks() -> World {
    let mut world = World::new();
    for n in 0..20 {
        see(
            &world,
            &format!("https://kabar.example/{n}"),
            &format!("Berita {n}"),
            &format!("Panen raya ke-{n} di lereng gunung."),
        );
    }
    for n in 1..=3 {
        see(
            &world,
            "https://kabar.example/nama",
            &format!("{WORD} {n} kali"),
            &format!("Warga bernama {WORD} terlihat {n} kali di pasar lama."),
        );
        world.later(HOUR);
    }
    for n in 20..40 {
        see(
            &world,
            &format!("https://kabar.example/{n}"),
            &format!("Berita {n}"),
            &format!("Panen raya ke-{n} di lereng gunung."),
        );
    }
    let mut failed = world.fetch("https://kabar.example/nama");
    failed.status = Some(200);
    let message = format!("no text beside {WORD}");
    world
        .record(failed, Observation::Unreadable { code: "empty".to_owned(), message, raw: Some(page(WORD)) });
    world
}

/// How often a word stands in the archive's files, in any case.
fn traces(world: &World, word: &str) -> usize {
    let mut found = 0;
    for end in ["", "-wal", "-shm"] {
        let mut path = world.path().into_os_string();
        path.push(end);
        let bytes = fs::read(path).unwrap_or_default().to_ascii_lowercase();
        found += bytes.windows(word.len()).filter(|at| *at == word.to_ascii_lowercase().as_bytes()).count();
    }
    found
}

/// Whether any stored page holds a word: pages are packed, so their bytes say nothing.
fn in_pages(world: &World, word: &str) -> bool {
    let reader = world.reader();
    (1..=41).any(|id| {
        reader.versions(ArticleId(id)).unwrap().iter().any(|version| {
            let page = reader.raw_page(ArticleId(id), version.seq).unwrap();
            page.is_some_and(|page| String::from_utf8_lossy(&page.bytes).contains(word))
        })
    })
}

fn ok(done: Done) -> Done {
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    done
}

#[test]
fn not_a_byte_of_it_is_left_and_the_archive_is_sound() {
    let mut world = stacks();
    assert!(traces(&world, WORD) > 0 && in_pages(&world, WORD));
    let end = ok(on(&world, &["verify"])).lines()[1].rsplit(' ').next().unwrap().to_owned();

    let would = ok(on(&world, &["redact", "21", "--reason", "minta dihapus", "--dry-run"]));
    assert!(would.out.starts_with("21  versions 1 to 3 (27 words), 4 pages ("), "{}", would.out);
    assert!(would.out.contains("would go; 1 address is refused from now on"), "{}", would.out);
    assert!(
        traces(&world, WORD) > 0 && ok(on(&world, &["search", WORD])).out.contains(WORD),
        "a trial run takes nothing"
    );

    let done = ok(on(&world, &["redact", "https://kabar.example/nama", "--reason", "minta dihapus"]));
    assert!(
        done.out.contains("versions 1 to 3 (27 words), 4 pages (") && done.out.contains("taken out"),
        "{}",
        done.out
    );
    assert!(done.err.contains("backups"), "{}", done.err);
    assert_eq!((traces(&world, WORD), in_pages(&world, WORD)), (0, false));

    // It is told, and everything else is as it was.
    assert_eq!(on(&world, &["search", WORD]).code, 1);
    let shown = ok(on(&world, &["show", "21@2"])).out;
    assert!(shown.contains("[redacted]") && shown.contains("Its text was taken out at"), "{shown}");
    assert_eq!(on(&world, &["show", "21", "--format", "raw"]).code, 4);
    assert_eq!(on(&world, &["diff", "21"]).code, 4);
    let history = ok(on(&world, &["history", "21"])).out;
    assert!(history.contains("redacted    minta dihapus"), "{history}");
    assert!(!on(&world, &["changes"]).out.contains("21@"), "taking out is no edit of the newspaper");
    for (n, id) in (0..20).chain(20..40).zip((1..=20).chain(22..=41)) {
        let raw = world.reader().raw_page(ArticleId(id), kliping::model::VersionSeq(1)).unwrap().unwrap();
        assert_eq!(raw.bytes, page(&format!("Panen raya ke-{n} di lereng gunung.")));
    }
    let verified = ok(on(&world, &["verify", "--expect", &end]));
    assert!(verified.out.contains("4 pages taken out, 3 redacted\n"), "{}", verified.out);
    assert_eq!(on(&world, &["doctor"]).out.lines().filter(|line| line.starts_with("fail")).count(), 0);

    // The address and the text are refused, also at another address.
    world.later(HOUR);
    let text = format!("Warga bernama {WORD} terlihat 3 kali di pasar lama.");
    for address in
        ["https://kabar.example/nama", "https://kabar.example/salinan", "https://kabar.example/salinan"]
    {
        assert_eq!(
            see(&world, address, &format!("{WORD} 3 kali"), &text),
            RecordedOutcome::Refused,
            "{address}"
        );
    }
    assert_eq!((traces(&world, WORD), world.due("https://kabar.example/")), (0, Vec::new()));
    let add = on(&world, &["add", "https://kabar.example/nama"]);
    assert!(
        add.code == 4 && add.err.contains("taken out of the archive at") && add.err.contains("minta dihapus"),
        "{}",
        add.err
    );
    // Again: nothing to take, and the file is cleaned again.
    let again = ok(on(&world, &["redact", "21", "--reason", "minta dihapus"]));
    assert_eq!(again.out, "21  its text was taken out before\n");
    ok(on(&world, &["verify"]));
}

#[test]
fn one_version_goes_and_the_article_stays() {
    let mut world = stacks();
    let done = ok(on(&world, &["redact", "21@1..2", "--reason", "salah nama"]));
    assert!(done.out.contains("versions 1 to 2 (18 words), 2 pages"), "{}", done.out);
    assert!(done.out.contains("the article is still looked at"), "{}", done.out);
    assert_eq!(traces(&world, "terlihat 1 kali") + traces(&world, "terlihat 2 kali"), 0);
    assert!(traces(&world, "terlihat 3 kali") > 0);
    assert!(ok(on(&world, &["history", "21"])).out.contains("versions 1 to 2: salah nama"));
    assert_eq!(world.state(21), "live");
    assert!(ok(on(&world, &["search", WORD])).out.contains("terlihat 3 kali"));
    assert!(ok(on(&world, &["verify"])).out.contains("2 redacted"));
    // A new version comes, and the text that went does not come back with it.
    world.later(HOUR);
    see(&world, "https://kabar.example/nama", "Judul baru", "Warga itu pulang.");
    assert_eq!(world.versions(21).len(), 4);
    ok(on(&world, &["redact", "21", "--reason", "salah nama"]));
    assert_eq!((traces(&world, WORD), world.state(21)), (0, "redacted"));
    ok(on(&world, &["verify"]));
}

#[test]
fn a_reference_that_holds_the_story_goes_and_what_is_packed_with_it_stays() {
    let world = World::new();
    // The same story in two articles: what their pages have in common holds it.
    let text = format!("Ibu {WORD} berjalan kaki sejauh dua kilometer setiap pagi");
    for n in 1..=9 {
        let own = if n < 3 { text.clone() } else { format!("Kabar lain nomor {n} dari desa") };
        let raw = page(&format!("{own}<i>{n}</i>"));
        see_page(&world, &format!("https://kabar.example/{n}"), &format!("Judul {n}"), &own, raw);
    }
    let bases =
        "SELECT count(DISTINCT base_id), count(*) FROM blob WHERE base_id IS NOT NULL AND data IS NOT NULL";
    let count = |sql: &str| {
        world.sqlite().query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).unwrap()
    };
    assert!(count(bases).1 > 3, "{:?}", count(bases));
    ok(on(&world, &["redact", "1", "2", "--reason", "salinan"]));
    assert_eq!((traces(&world, WORD), in_pages(&world, WORD)), (0, false));
    assert_eq!(count(bases), (0, 0), "packed anew without it");
    for n in 3..=9 {
        let raw = world.reader().raw_page(ArticleId(n), kliping::model::VersionSeq(1)).unwrap().unwrap();
        assert_eq!(raw.bytes, page(&format!("Kabar lain nomor {n} dari desa<i>{n}</i>")));
    }
    ok(on(&world, &["verify"]));
}

#[test]
fn what_stands_in_the_way_is_named() {
    let world = shelf();
    for (args, code, says) in [
        (&["redact", "12", "--reason", "x"][..], 4, "no article 12"),
        (&["redact", "1"], 2, "--reason"),
        (&["redact", "1", "--reason", " "], 2, "say why"),
        (&["redact", "1@9", "--reason", "x"], 4, "no version 9"),
        (&["--archive", "none.db", "redact", "1", "--reason", "x"], 6, "no archive"),
    ] {
        let done = if args[0] == "redact" { on(&world, args) } else { kliping(world.folder.path(), args) };
        assert!(done.code == code && done.err.contains(says), "{args:?}: {} {}", done.code, done.err);
    }
    let lock = kliping::pipeline::CrawlLock::take(&world.path()).unwrap();
    assert_eq!(on(&world, &["redact", "1", "--reason", "x"]).code, 75);
    assert_eq!(on(&world, &["redact", "1", "--reason", "x", "-n"]).code, 0);
    drop(lock);
    // Somebody reads an old state, in which the text still stands.
    let other = world.sqlite();
    other.execute_batch("BEGIN; SELECT count(*) FROM version").unwrap();
    let db = world.sqlite();
    db.execute_batch("PRAGMA busy_timeout = 0").unwrap();
    world.archive.writer().redact(vec![(ArticleId(1), None)], "x".to_owned(), world.now).wait().unwrap();
    drop(other);
    let verified = on(&world, &["verify"]);
    assert!(
        verified.code == 1 && verified.out.contains("was not cleaned of their traces"),
        "{}",
        verified.out
    );
    assert!(on(&world, &["doctor"]).out.contains("run that `kliping redact` again"));
    ok(on(&world, &["redact", GEMPA, "--reason", "x"]));
    ok(on(&world, &["verify"]));
    world.record(world.fetch("https://kabar.example/lain"), read(&article("Lain", &["Isi."])));
}

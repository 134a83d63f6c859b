//! Which article a page is.

use kliping::model::{Article, ArticleId, Block, BlockKind, EventKind};
use kliping::store::{Archive, Mode, Observation, RecordedOutcome};

use crate::world::{HOUR, World, article, make_older, read, url};

const OLD: &str = "https://kabar.example/banjir-demak";
const NEW: &str = "https://kabar.example/banjir-di-demak";

fn banjir() -> Article {
    let text = "Air setinggi dua meter merendam tiga desa sejak pagi. ".repeat(10);
    article("Banjir di Demak", &[text.trim()])
}

fn named(mut article: Article, canonical: &str) -> Article {
    article.canonical_url = Some(canonical.to_owned());
    article
}

fn count(world: &World) -> i64 {
    world.reader().stats().unwrap().articles
}

#[test]
fn one_article_has_many_addresses() {
    let world = World::new();
    world.see("http://www.kabar.example/banjir/?utm_source=x", &named(banjir(), "/banjir"));
    for address in ["https://kabar.example/banjir", "https://kabar.example/banjir/?fbclid=9"] {
        assert_eq!(world.see(address, &banjir()).outcome, RecordedOutcome::Same, "{address}");
    }
    let mut fetch = world.fetch("https://kabar.example/?p=12");
    fetch.url = Some(url("https://kabar.example/banjir"));
    assert_eq!(world.record(fetch, read(&banjir())).article, Some(ArticleId(1)));
    let resolve = |text: &str| world.reader().resolve(&text.parse().unwrap()).unwrap();
    assert_eq!(resolve("https://kabar.example/?p=12@1"), Some(ArticleId(1)));
    assert_eq!(
        (resolve("1@latest"), resolve("2"), resolve("https://kabar.example/x")),
        (Some(ArticleId(1)), None, None)
    );
}

#[test]
fn an_amp_page_is_not_compared_with_the_page_it_names() {
    let world = World::new();
    world.see(OLD, &named(banjir(), OLD));
    let amp = named(article("Banjir di Demak", &["Air setinggi dua meter."]), OLD);
    let amp_url = "https://kabar.example/banjir-demak/amp";
    for _ in 0..2 {
        let recorded = world.see(amp_url, &amp);
        assert_eq!((recorded.article, recorded.outcome), (Some(ArticleId(1)), RecordedOutcome::Same));
    }
    assert_eq!(world.versions(1).len(), 1);
    assert_eq!(world.reader().article(ArticleId(1)).unwrap().unwrap().url, url(OLD));
}

#[test]
fn a_canonical_address_is_believed_only_when_title_or_text_agree() {
    let world = World::new();
    // A broken theme names one page as canonical on all.
    for (n, canonical) in
        [OLD, OLD, OLD, "https://kabar.example/", "https://lain.example/x"].iter().enumerate()
    {
        let one = article(&format!("Berita {n}"), &[&format!("Isi berita nomor {n}.")]);
        let recorded = world.see(&format!("https://kabar.example/{n}"), &named(one, canonical));
        assert_eq!(recorded.outcome, RecordedOutcome::New, "{n}");
    }
    assert_eq!(count(&world), 5);
    let row = world.reader().article(ArticleId(5)).unwrap().unwrap();
    assert_eq!(row.url, url("https://kabar.example/4"), "another host names nobody of ours");
}

#[test]
fn a_new_slug_is_a_move_when_the_redirect_comes_first() {
    let mut world = World::new();
    world.see(OLD, &banjir());
    world.later(HOUR).redirect(OLD, NEW);
    assert_eq!((world.state(1), world.events(1)), ("live", vec![]), "wait for the target");
    assert_eq!(world.due(NEW), [NEW], "the target waits in the queue");
    assert_eq!(world.see(NEW, &named(banjir(), NEW)).article, Some(ArticleId(1)));
    assert_eq!(world.events(1), [EventKind::Moved]);
    assert_eq!((count(&world), world.versions(1).len()), (1, 1));
    assert_eq!(world.reader().article(ArticleId(1)).unwrap().unwrap().url, url(NEW));
    // From now on the new address is asked, and the old one leads to it without more ado.
    assert_eq!(world.due(NEW), [""; 0]);
    world.later(25 * HOUR);
    assert_eq!(world.due(NEW), [NEW]);
    world.redirect(OLD, NEW);
    assert_eq!((world.state(1), world.events(1).len()), ("live", 1));
}

#[test]
fn a_new_slug_is_a_move_when_the_new_page_comes_first() {
    let mut world = World::new();
    world.see(OLD, &banjir());
    world.later(HOUR);
    let seen = world.see(NEW, &banjir());
    assert_eq!((seen.article, seen.outcome), (Some(ArticleId(1)), RecordedOutcome::Same));
    assert_eq!(world.due(OLD), [OLD], "the old address tells whether it moved");
    assert_eq!(world.redirect(OLD, NEW).outcome, RecordedOutcome::Redirected);
    assert_eq!((world.state(1), world.events(1)), ("live", vec![EventKind::Moved]));
    assert_eq!(world.due(OLD), [NEW]);
    assert_eq!((count(&world), world.versions(1).len()), (1, 1));
}

#[test]
fn a_new_slug_is_a_move_when_the_old_address_is_gone() {
    let mut world = World::new();
    world.see(OLD, &banjir());
    world.later(HOUR).see(NEW, &banjir());
    world.missing(OLD, 404);
    assert_eq!((world.state(1), world.events(1)), ("live", vec![EventKind::Moved]));
    world.later(HOUR).missing(NEW, 410);
    assert_eq!((world.state(1), world.events(1)), ("gone", vec![EventKind::Moved, EventKind::Gone]));
}

#[test]
fn a_move_and_an_edit_at_once_is_a_move_and_a_version() {
    let mut world = World::new();
    world.see(OLD, &banjir());
    let mut fetch = world.later(HOUR).fetch(OLD);
    fetch.url = Some(url(NEW));
    let mut edited = banjir();
    edited.body[0].text.push_str(" Sekolah ditutup.");
    let recorded = world.record(fetch, read(&edited));
    assert!(matches!(recorded.outcome, RecordedOutcome::Changed { .. }), "{recorded:?}");
    assert_eq!((world.versions(1).len(), world.events(1)), (2, vec![EventKind::Moved]));
}

#[test]
fn an_address_that_leads_to_another_story_is_redirected() {
    let mut world = World::new();
    world.see(OLD, &banjir());
    world.see(NEW, &article("Pilkada ditunda", &["Pemungutan suara ditunda."]));
    for _ in 0..2 {
        assert_eq!(world.later(HOUR).redirect(OLD, NEW).outcome, RecordedOutcome::Redirected);
    }
    assert_eq!((world.state(1), world.events(1)), ("redirected", vec![EventKind::Redirected]));
    assert_eq!((world.state(2), world.events(2)), ("live", vec![]));
    let seen = world.later(HOUR).see(OLD, &banjir());
    assert_eq!(seen.outcome, RecordedOutcome::Restored { changed: None });
}

#[test]
fn a_guessed_slug_is_no_move() {
    let world = World::new();
    world.see(OLD, &banjir());
    world.redirect(OLD, NEW);
    let other = world.see(NEW, &article("Pilkada ditunda", &["Pemungutan suara ditunda."]));
    assert_eq!((other.article, other.outcome), (Some(ArticleId(2)), RecordedOutcome::New));
    assert_eq!((world.state(1), world.events(1)), ("redirected", vec![EventKind::Redirected]));
}

#[test]
fn a_redirect_to_the_front_page_or_out_of_the_house_is_no_new_address() {
    for target in ["https://kabar.example/", "https://lain.example/promo"] {
        let world = World::new();
        world.see(OLD, &banjir());
        world.redirect(OLD, target);
        assert_eq!(world.state(1), "redirected", "{target}");
        assert_eq!(world.due(target), [""; 0], "{target}");
    }
}

#[test]
fn short_notes_of_the_same_words_are_not_one_article() {
    let world = World::new();
    let note = article("Kurs rupiah", &["Kurs hari ini tetap."]);
    world.see("https://kabar.example/kurs-1", &note);
    assert_eq!(world.see("https://kabar.example/kurs-2", &note).outcome, RecordedOutcome::New);
}

#[test]
fn a_dead_page_elsewhere_does_not_take_the_article_away() {
    let world = World::new();
    world.see(OLD, &named(banjir(), OLD));
    let amp = "https://kabar.example/banjir-demak/amp";
    world.see(amp, &named(banjir(), OLD));
    assert_eq!(world.missing(amp, 404), RecordedOutcome::Missing);
    assert_eq!((world.state(1), world.events(1)), ("live", vec![]));
    let failed = Observation::NotModified { validators: kliping::model::Validators::default() };
    assert_eq!(world.record(world.fetch(OLD), failed).outcome, RecordedOutcome::NotModified);
}

#[test]
fn an_article_that_was_gone_and_is_read_at_a_new_address_has_moved() {
    let mut world = World::new();
    world.see(OLD, &banjir());
    world.later(HOUR).missing(OLD, 410);
    let seen = world.later(HOUR).see(NEW, &banjir());
    assert_eq!((seen.article, seen.outcome), (Some(ArticleId(1)), RecordedOutcome::Same));
    assert_eq!((world.state(1), world.events(1)), ("live", vec![EventKind::Gone, EventKind::Moved]));
    assert_eq!(world.reader().article(ArticleId(1)).unwrap().unwrap().url, url(NEW));
}

/// A story of so many words, of which some are its own.
fn long(title: &str, of: usize, words: usize) -> Article {
    let text: Vec<String> = (0..words).map(|n| format!("kata{of}x{}", n * n % 499)).collect();
    article(title, &[&text.join(" ")])
}

#[test]
fn a_mobile_page_is_the_page_that_it_names() {
    let world = World::new();
    world.see(OLD, &named(long("Banjir", 1, 200), OLD));
    let mut mobile = named(long("Banjir", 1, 200), OLD);
    mobile.title = "Banjir - versi seluler".to_owned();
    mobile.body.push(Block { kind: BlockKind::Paragraph, text: "Buka versi lengkap di sini.".to_owned() });
    let recorded = world.see("https://m.kabar.example/banjir-demak", &mobile);
    assert_eq!((recorded.article, recorded.outcome), (Some(ArticleId(1)), RecordedOutcome::Same));
    assert_eq!(world.titles(1), ["Banjir"]);
}

#[test]
fn a_column_that_is_called_the_same_every_day_is_many_stories() {
    let world = World::new();
    let today = "https://kabar.example/kurs-hari-ini";
    world.see(today, &long("Kurs hari ini", 1, 120));
    // Tomorrow's column names yesterday's as canonical, and a redirect leads from one to the other.
    let other = named(long("Kurs hari ini", 2, 120), today);
    assert_eq!(world.see("https://kabar.example/kurs-2", &other).outcome, RecordedOutcome::New);
    world.redirect(today, "https://kabar.example/kurs-3");
    let third = long("Kurs hari ini", 3, 120);
    assert_eq!(world.see("https://kabar.example/kurs-3", &third).outcome, RecordedOutcome::New);
    assert_eq!((count(&world), world.versions(1).len(), world.state(1)), (3, 1, "redirected"));
    // The same title over a text of which much is the same is the story, moved and edited.
    let mut edited = long("Kurs hari ini", 2, 120);
    edited.body.push(Block { kind: BlockKind::Paragraph, text: "Ditutup menguat.".to_owned() });
    world.redirect("https://kabar.example/kurs-2", "https://kabar.example/kurs-4");
    assert_eq!(world.see("https://kabar.example/kurs-4", &edited).article, Some(ArticleId(2)));
    assert_eq!(world.versions(2).len(), 2);
}

#[test]
fn an_older_archive_learns_todays_keys_and_bits() {
    let world = World::in_file();
    world.see("https://kabar.example/a%2db", &long("A", 1, 60));
    let now = (world.reader().simhashes().unwrap(), "https://kabar.example/a-b".parse().unwrap());
    assert_eq!(now.0.0.len(), 1);
    let path = world.path();
    world.sqlite().execute_batch("INSERT INTO guard VALUES ('test'); UPDATE address SET key = 'kabar.example/a%2db'; DELETE FROM guard").unwrap();
    assert_eq!(world.reader().resolve(&now.1).unwrap(), None);
    world.archive.close().unwrap();
    make_older(&path, 5);
    let archive = Archive::open(&path, Mode::ReadWrite).unwrap();
    assert_eq!(archive.reader().unwrap().simhashes().unwrap(), now.0);
    assert_eq!(archive.reader().unwrap().resolve(&now.1).unwrap(), Some(ArticleId(1)));
}

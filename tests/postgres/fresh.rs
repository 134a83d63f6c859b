//! A page that is stored with others in one statement is stored as it is in a file: the same texts, the same chain,
//! the same of everything that follows from them.

use kliping::model::{Candidate, SourceKind, Via};
use kliping::store::{Claim, FetchRecord, Observation, Pending, Recorded, RecordedOutcome};

use crate::world::{HOUR, World, article, daily, url};

/// Pages of two sites, among them some that are more than the first of an article. `together`: several are told of
/// before the first is stored.
fn fill(world: &mut World, together: bool) {
    let frame = "<a href=\"/rubrik\">Rubrik</a>\n".repeat(40);
    let mut told = Vec::new();
    for n in 0..60 {
        let site = if n % 3 == 0 { "lain" } else { "kabar" };
        // The same story at two addresses; an address that is known; an address as the name of a page.
        let story = if n == 33 { 30 } else { n };
        let text =
            format!("Berita nomor {story} dari waduk yang surut, tentang air dan hujan di desa. ").repeat(6);
        let mut page = article(&format!("Berita {story}"), &[&text, "Baca juga: kabar lain dari kota."]);
        page.canonical_url = (n % 5 == 1).then(|| format!("https://{site}.example/berita/{n}"));
        page.authors = vec!["Ani".to_owned(), "Budi".to_owned()];
        let address = if n == 17 { 16 } else { n };
        let mut fetch = world.fetch(&format!("https://{site}.example/{address}?utm_source=x"));
        fetch.site = site.to_owned();
        fetch.validators.etag = Some(format!("\"{n}\""));
        let raw = (n % 10 != 9).then(|| format!("<html>{frame}<p>{text}</p>{n}</html>").into_bytes());
        let observation = Observation::Article { article: Box::new(page), raw, reread: None };
        told.push((fetch.clone(), world.archive.writer().record_new(fetch, observation, daily())));
        if !together || n == 20 {
            told.drain(..).for_each(|told| settle(world, told));
        }
        if n == 20 {
            world.later(HOUR);
        }
    }
    told.into_iter().for_each(|told| settle(world, told));
}

/// What its site has elsewhere is stored as what it is.
fn settle(world: &World, (fetch, told): (FetchRecord, Pending<Result<Recorded, Box<Observation>>>)) {
    if let Err(observation) = told.wait().unwrap() {
        world.archive.writer().record(fetch, *observation, daily()).wait().unwrap();
    }
}

/// Addresses of every kind: new, twice, known, waiting, settled and told as changed, refused.
fn list(world: &World) -> String {
    let bare = |n: usize| {
        Candidate::bare(url(&format!("https://kabar.example/daftar/{n}")), Via::Source(SourceKind::Feed))
    };
    let at = |address: &str| Candidate::bare(url(address), Via::Source(SourceKind::Feed));
    let writer = world.archive.writer();
    let enqueue = |all: Vec<Candidate>| writer.enqueue("kabar".to_owned(), all, world.now).wait().unwrap();
    let mut told = format!("{:?}", enqueue((0..5).chain(2..8).map(bare).collect()));
    let mut fetch = world.fetch("https://kabar.example/daftar/1");
    fetch.status = Some(404);
    world.record(fetch, Observation::NotArticle { reason: "a list".to_owned() });
    let changed = |mut candidate: Candidate, days: i64| {
        candidate.modified = world.now.checked_add(jiff::SignedDuration::from_hours(24 * days)).ok();
        candidate
    };
    let all = vec![
        bare(1),
        changed(bare(1), 1),
        bare(2),
        at("https://kabar.example/1"),
        changed(at("https://kabar.example/2"), 1),
        changed(at("https://kabar.example/4"), -1),
        at("https://kabar.example/baru\u{e9}?fbclid=x"),
    ];
    told += &format!("{:?}", enqueue(all));
    let due = world.due_pages("https://kabar.example/", world.now, 100);
    due.iter().fold(told, |told, page| format!("{told}\n{} {:?} {}", page.url, page.via, page.tries))
}

/// How many pages there are, of how many bytes, and how many these take.
fn kept(world: &World) -> (i64, i64, i64) {
    let stats = world.reader().stats().unwrap();
    (stats.pages, stats.page_bytes, stats.page_stored)
}

fn end(world: &World) -> String {
    let mut faults = Vec::new();
    let done = world.reader().verify(None, &mut |fault| faults.push(fault)).unwrap();
    assert_eq!(faults, []);
    format!("{done:?}")
}

#[test]
fn what_is_stored_in_one_statement_is_what_a_file_would_hold() {
    let (mut file, mut server) = (World::in_file(), World::new());
    fill(&mut file, false);
    fill(&mut server, false);
    let known = |world: &World| {
        let reader = world.reader();
        ["kabar", "lain"].map(|site| reader.known_of(&url("https://kabar.example/x"), site).unwrap())
    };
    assert_eq!(known(&server), known(&file), "lines and openings");
    let at_once =
        server.archive.known_of_new(&url("https://kabar.example/x"), "kabar").expect("a server is asked");
    assert_eq!(at_once.wait().unwrap().as_ref(), Some(&known(&file)[0]));
    let article =
        server.archive.known_of_new(&url("https://kabar.example/1"), "kabar").expect("a server is asked");
    assert_eq!(article.wait().unwrap(), None, "it is an article's");
    assert!(file.archive.known_of_new(&url("https://kabar.example/x"), "kabar").is_none());
    assert_eq!(kept(&server), kept(&file), "pages, and what they are packed with");
    assert_eq!(list(&server), list(&file));
    let heads = |world: &World| {
        (1..=58)
            .map(|id| format!("{:?} {:?} {}", world.versions(id), world.events(id), world.state(id)))
            .collect()
    };
    let (there, here): (Vec<String>, Vec<String>) = (heads(&server), heads(&file));
    there.iter().zip(&here).for_each(|(there, here)| assert_eq!(there, here));
    assert_eq!(end(&server), end(&file), "the chain over all of it");
}

#[test]
fn what_is_stored_together_is_all_there() {
    let (mut single, mut server) = (World::new(), World::new());
    fill(&mut single, false);
    fill(&mut server, true);
    end(&server);
    let titles = |world: &World| {
        let mut titles: Vec<Vec<String>> = (1..=58).map(|id| world.titles(id)).collect();
        titles.sort();
        titles
    };
    assert_eq!(titles(&server), titles(&single));
}

#[test]
fn who_lost_the_host_stores_nothing() {
    let mut world = World::new();
    world.see("https://kabar.example/0", &article("Nol", &["Isi nol."]));
    world.see("https://kabar.example/00", &article("Nol nol", &["Isi nol nol."]));
    let host = url("https://kabar.example/").host_key();
    let writer = world.archive.writer();
    let claim = |owner: &str, now| writer.claim(&host, owner, now, HOUR / 3600 / 10, HOUR / 3600 / 10).wait();
    let Ok(Claim::Granted(old)) = claim("a", world.now) else { panic!("the host is free") };
    std::thread::sleep(HOUR / 3600 / 4);
    let now = world.now + jiff::SignedDuration::from_secs(10);
    let Ok(Claim::Granted(new)) = claim("b", now) else { panic!("the lease is over") };
    let fetch = |n: usize, lease| FetchRecord {
        lease: Some(lease),
        ..world.fetch(&format!("https://kabar.example/{n}"))
    };
    let read = |n: usize| crate::world::read(&article(&format!("Judul {n}"), &[&format!("Isi {n}.")]));
    let told = [(1, &old), (2, &new), (3, &old)]
        .map(|(n, lease)| writer.record_new(fetch(n, lease.clone()), read(n), daily()))
        .map(|told| told.wait().unwrap().unwrap().outcome);
    assert_eq!(told, [RecordedOutcome::Stale, RecordedOutcome::New, RecordedOutcome::Stale]);
    assert_eq!(world.titles(3), ["Judul 2"]);
    world.later(HOUR);
}

//! How pages are kept: small, whole, and none needed to read another.

use kliping::model::{ArticleId, VersionSeq};
use kliping::store::Observation;

use crate::world::{HOUR, World, article};

/// A page of some site: much markup, little text.
fn page(face: &str, title: &str) -> Vec<u8> {
    let mut html = format!("<!doctype html><html><head><title>{title} – Kabar</title>\n");
    let seed: u64 = face.bytes().map(u64::from).product();
    for n in 0..400_u64 {
        let x = (n + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        html.push_str(&format!("<link rel=\"{face}-{x:x}\" href=\"/{:x}.css\">\n", x.wrapping_mul(seed)));
    }
    html.push_str(&format!(
        "</head><body><h1>{title}</h1><p>Isi {title} yang hanya ada di sini.</p></body></html>\n"
    ));
    html.into_bytes()
}

fn put(world: &World, n: usize, raw: Vec<u8>) -> ArticleId {
    let article = Box::new(article(&format!("Berita {n}"), &[&format!("Isi berita nomor {n}.")]));
    let fetch = world.fetch(&format!("https://kabar.example/{n}"));
    world.record(fetch, Observation::Article { article, raw: Some(raw), reread: None }).article.unwrap()
}

#[test]
fn pages_of_one_site_share_what_they_have_in_common() {
    let world = World::new();
    let pages: Vec<Vec<u8>> = (0..40).map(|n| page("lama", &format!("Judul-{n}-unik"))).collect();
    for (n, raw) in pages.iter().enumerate() {
        put(&world, n, raw.clone());
    }
    let reader = world.reader();
    for (n, raw) in pages.iter().enumerate() {
        let id = ArticleId(i64::try_from(n).unwrap() + 1);
        assert_eq!(&reader.raw_page(id, VersionSeq(1)).unwrap().unwrap().bytes, raw, "{n}");
    }
    let stats = reader.stats().unwrap();
    assert_eq!(
        (stats.pages, stats.page_bytes),
        (40, pages.iter().map(|p| i64::try_from(p.len()).unwrap()).sum())
    );
    let alone = i64::try_from(zstd::bulk::compress(&pages[0], 3).unwrap().len()).unwrap();
    assert!(
        stats.page_stored < alone * 8,
        "{} bytes for 40 pages, one alone takes {alone}",
        stats.page_stored
    );

    let db = world.sqlite();
    let with = "SELECT count(*) FROM blob WHERE codec = 'zstd-ref'";
    assert_eq!(db.query_row(with, [], |row| row.get::<_, i64>(0)).unwrap(), 40, "the first page, too");
    let deep = "SELECT count(*) FROM blob a JOIN blob b ON b.id = a.base_id WHERE b.base_id IS NOT NULL";
    assert_eq!(db.query_row(deep, [], |row| row.get::<_, i64>(0)).unwrap(), 0, "depth 1");
    let shared: Vec<u8> = db
        .query_row("SELECT data FROM blob WHERE id IN (SELECT base_id FROM blob)", [], |row| row.get(0))
        .unwrap();
    let shared = String::from_utf8(zstd::decode_all(&shared[..]).unwrap()).unwrap();
    assert!(
        shared.contains("lama-") && !shared.contains("unik") && !shared.contains("hanya ada"),
        "{shared}"
    );
}

#[test]
fn a_site_with_a_new_face_gets_a_new_reference() {
    let world = World::new();
    for n in 0..20 {
        let face = if n < 10 { "lama" } else { "baru" };
        put(&world, n, page(face, &format!("Judul-{n}")));
    }
    let db = world.sqlite();
    let references: i64 = db
        .query_row("SELECT count(DISTINCT base_id) FROM blob WHERE base_id IS NOT NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(references, 2);
    let last: i64 = db
        .query_row(
            "SELECT length(data) FROM blob WHERE base_id IS NOT NULL ORDER BY id DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(last < 400, "{last}");
}

#[test]
fn versions_of_one_article_make_no_reference_and_neither_do_pages_that_cannot_be_read() {
    let mut world = World::new();
    for n in 0..5 {
        let mut one = article("Berita", &["Isi."]);
        one.body[0].text = format!("Isi {n}.");
        let raw = Some(page("lama", &format!("Judul-{n}")));
        world.later(HOUR);
        let seen = Observation::Article { article: Box::new(one), raw, reread: None };
        world.record(world.fetch("https://kabar.example/a"), seen);
        let unreadable = Observation::Unreadable {
            code: "no_article".to_owned(),
            message: String::new(),
            raw: Some(page("dinding", &format!("Kuki-{n}"))),
        };
        world.record(world.fetch(&format!("https://kabar.example/kuki/{n}")), unreadable);
    }
    let db = world.sqlite();
    let packed: i64 =
        db.query_row("SELECT count(*) FROM blob WHERE codec = 'zstd-ref'", [], |row| row.get(0)).unwrap();
    assert_eq!(packed, 0);
    assert_eq!(
        world.reader().raw_page(ArticleId(1), VersionSeq(5)).unwrap().unwrap().bytes,
        page("lama", "Judul-4")
    );
}

#[test]
fn a_reference_that_is_gone_is_named() {
    let world = World::new();
    for n in 0..4 {
        put(&world, n, page("lama", &format!("Judul-{n}")));
    }
    world
        .sqlite()
        .execute_batch(
            "INSERT INTO guard VALUES ('test');
             UPDATE blob SET data = NULL WHERE id IN (SELECT base_id FROM blob);
             DELETE FROM guard",
        )
        .unwrap();
    let reader = world.reader();
    for id in [1, 4].map(ArticleId) {
        assert_eq!(reader.raw_page(id, VersionSeq(1)).unwrap_err().code(), "corrupt");
    }
}

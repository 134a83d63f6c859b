//! `kliping reextract`.

use std::fs;

use kliping::store::Observation;

use crate::kliping::on;
use crate::world::{World, article, read};

const SITE: &str = "schema = 1\n[site]\nname = \"Kabar\"\n[[layout]]\nid = \"a\"\nwhen = \"article\"\n\
    [layout.title]\nselect = [\"h1\"]\n[layout.body]\nselect = [\".isi\"]\n";

const FIRST: &str = "Pedagang pasar desa kembali berjualan setelah jembatan selesai dibangun.";
const SECOND: &str = "Warga menyambutnya dengan kenduri kecil di balai desa pada sore hari.";

fn page(title: &str) -> Option<Vec<u8>> {
    let html = format!(
        "<html lang=id><body><article><h1>{title}</h1><div class=isi><p>{FIRST}</p><p>{SECOND}</p></div></article></body></html>"
    );
    Some(html.into_bytes())
}

/// Five articles that a worse site file read: 1 reads better today, 2 reads the same, 3 has no page,
/// 4's page gives no article, 5 is of another site.
fn desk() -> World {
    let world = World::new();
    fs::create_dir(world.folder.path().join("selectors")).unwrap();
    fs::write(world.folder.path().join("selectors/kabar.example.toml"), SITE).unwrap();
    let put = |n: usize, title: &str, body: &[&str], raw: Option<Vec<u8>>| {
        let mut fetch = world.fetch(&format!("https://kabar.example/{n}"));
        if n == 5 {
            fetch.site = "lain".to_owned();
        }
        let article = Box::new(article(title, body));
        world.record(fetch, Observation::Article { article, raw, reread: None });
    };
    put(1, "Kabar: Pasar Buka", &[FIRST, SECOND, "Tinggalkan komentar"], page("Pasar Buka"));
    put(2, "Pasar Tutup", &[FIRST, SECOND], page("Pasar Tutup"));
    put(3, "Pasar Pindah", &[FIRST], None);
    put(4, "Pasar Sepi", &[FIRST], Some(b"<html><body><p>x</p></body></html>".to_vec()));
    put(5, "Kabar: Pasar Ramai", &[FIRST, SECOND], page("Pasar Ramai"));
    world
}

#[test]
fn a_dry_run_tells_by_site_and_field_and_writes_nothing() {
    let world = desk();
    let before = fs::read(world.path()).unwrap();
    let done = on(&world, &["reextract", "--dry-run"]);
    assert_eq!((done.code, done.err.as_str()), (3, ""), "{}", done.out);
    let lines = done.lines();
    assert_eq!(
        lines[..7],
        [
            "kabar  1 would change, 1 the same, 1 without a stored page",
            "  title      1 article",
            "    1  “Kabar: Pasar Buka” → “Pasar Buka”",
            "  body       1 article",
            "    1  +0 −2 words, 22 → 20",
            "lain  1 would change, 0 the same",
            "  title      1 article",
        ]
    );
    assert!(lines[8].starts_with("kept  4  https://kabar.example/4  no article was found"), "{}", done.out);
    assert_eq!(world.titles(1), ["Kabar: Pasar Buka"]);
    assert_eq!(fs::read(world.path()).unwrap(), before);
}

#[test]
fn what_only_our_reading_changed_is_a_version_and_no_edit() {
    let mut world = desk();
    let done = on(&world, &["reextract", "--site", "kabar"]);
    assert_eq!(done.code, 3, "{}{}", done.out, done.err);
    assert!(done.out.starts_with("kabar  1 changed, 1 the same, 1 without a stored page\n"), "{}", done.out);
    assert_eq!(world.titles(1), ["Kabar: Pasar Buka", "Pasar Buka"]);
    assert_eq!((world.titles(2).len(), world.titles(4).len(), world.titles(5).len()), (1, 1, 1));
    let versions = world.versions(1);
    assert_eq!((versions[1].cause.as_str(), versions[1].observed), ("reextract", versions[0].observed));
    assert_eq!(versions[1].raw_sha256, versions[0].raw_sha256);
    assert_eq!(on(&world, &["changes"]).code, 1, "no edit of the newspaper");
    assert!(on(&world, &["changes", "--all-causes"]).out.contains("(reextract)"));
    assert_eq!(on(&world, &["search", "Tinggalkan"]).code, 1, "the index has the new reading");
    assert_eq!(on(&world, &["verify"]).code, 0);

    // A second run has nothing to do but what could not be done.
    let again = on(&world, &["reextract", "--site", "kabar"]).out;
    let first =
        "kabar  0 changed, 0 the same, 2 read by today's extractor already, 1 without a stored page\n";
    assert!(again.starts_with(first), "{again}");

    // What comes after is the newspaper's again.
    let mut edited = versions[1].article.clone();
    edited.title = "Pasar Buka Lagi".to_owned();
    world.later(crate::world::HOUR);
    world.record(world.fetch("https://kabar.example/1"), read(&edited));
    assert!(on(&world, &["changes"]).out.contains("1@2..3"));
}

#[test]
fn articles_can_be_named_and_what_makes_no_sense_is_refused() {
    let world = desk();
    let done = on(&world, &["reextract", "2", "https://kabar.example/5"]);
    assert_eq!(done.code, 0, "{}{}", done.out, done.err);
    assert!(
        done.out.contains("kabar  0 changed, 1 the same") && done.out.contains("lain  1 changed"),
        "{}",
        done.out
    );
    assert_eq!(world.titles(1).len(), 1);
    assert_eq!(world.titles(5), ["Kabar: Pasar Ramai", "Pasar Ramai"]);
    assert_eq!(on(&world, &["reextract", "2@1"]).code, 2);
    assert_ne!(on(&world, &["reextract", "99"]).code, 0);
    fs::write(world.folder.path().join("selectors/kabar.example.toml"), "x = [").unwrap();
    assert_eq!(on(&world, &["reextract"]).code, 5);
}

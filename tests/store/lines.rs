//! How often a line stands in the articles of a site.

use kliping::model::{Article, Repeated, line_hash};
use kliping::store::{Archive, Mode};

use crate::world::{World, article, make_older, url};

const BOX: &str = "Dukung koran ini dengan berlangganan mulai hari ini juga.";

/// An article of its own text and the box.
fn story(of: usize) -> Article {
    let text = format!("Paragraf {of} tentang desa nomor {of}, yang cukup panjang untuk berita ini.");
    article(&format!("Judul {of}"), &[&text, BOX])
}

fn counted(world: &World, site: &str) -> Repeated {
    world.reader().known_of(&url("https://kabar.example/baru"), site).unwrap().repeated
}

#[test]
fn lines_are_counted_once_an_article_and_site() {
    let world = World::new();
    for of in 0..5 {
        world.see(&format!("https://kabar.example/{of}"), &story(of));
        world.see(&format!("https://kabar.example/{of}"), &story(of));
    }
    let known = counted(&world, "kabar");
    assert_eq!(known.lines.len(), 1, "only what three articles have");
    let often = known.lines[&line_hash(BOX)];
    assert_eq!((often.articles, often.of), (5, 5));
    assert!(counted(&world, "lain").lines.is_empty());
    // Of an archived article it is known what it has.
    let known = world.reader().known_of(&url("https://kabar.example/1"), "kabar").unwrap().repeated;
    assert!(known.own.contains(&line_hash(BOX)) && known.is_learnt());
    assert_eq!(known.today().lines[&line_hash(BOX)].articles, 4);
}

#[test]
fn lines_that_are_old_are_forgotten() {
    let world = World::in_file();
    for of in 0..160 {
        world.see(&format!("https://kabar.example/{of}"), &story(of));
    }
    let rows: i64 = world.sqlite().query_row("SELECT count(*) FROM line", [], |row| row.get(0)).unwrap();
    assert!(rows < 160, "{rows}");
    assert_eq!(counted(&world, "kabar").lines[&line_hash(BOX)].articles, 160);
}

#[test]
fn an_older_archive_is_counted_when_it_is_brought_up_to_date() {
    let world = World::in_file();
    for of in 0..4 {
        world.see(&format!("https://kabar.example/{of}"), &story(of));
    }
    let before = counted(&world, "kabar");
    let path = world.path();
    world.archive.close().unwrap();
    make_older(&path, 2);
    let archive = Archive::open(&path, Mode::ReadWrite).unwrap();
    let known = archive.reader().unwrap().known_of(&url("https://kabar.example/baru"), "kabar").unwrap();
    assert_eq!(known.repeated, before);
}

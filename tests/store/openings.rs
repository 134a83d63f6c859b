//! How the stories of a site open, and what that says of a borderline dateline.

use kliping::model::{Article, Dateline, DatelinePrior, FieldName, Openings};
use kliping::store::{Archive, Mode};

use crate::world::{World, article, make_older, url};

/// An article with a dateline, or with what may be one.
fn story(of: usize, cut: bool) -> Article {
    let text = format!("Warga menanam pohon nomor {of} di lereng yang gundul itu.");
    let mut article =
        article(&format!("Judul {of}"), &[&if cut { text } else { format!("Sukamaju – {text}") }]);
    if cut {
        article.dateline = Some(Dateline { raw: "Bandung – ".to_owned(), ..Dateline::default() });
        article.reading.fields.insert(FieldName::Dateline, "dateline grammar".to_owned());
    }
    article
}

fn openings(world: &World, path: &str) -> Openings {
    let url = url(&format!("https://kabar.example/{path}"));
    world.reader().known_of(&url, "kabar").unwrap().openings
}

#[test]
fn a_habit_is_learnt_from_the_articles_of_a_site() {
    let world = World::new();
    for of in 0..12 {
        let prior = openings(&world, "baru").prior();
        assert_eq!(prior, if of < 10 { DatelinePrior::Unknown } else { DatelinePrior::Always }, "{of}");
        world.see(&format!("https://kabar.example/{of}"), &story(of, of % 2 == 0));
        // Seen again, it is not counted again.
        world.see(&format!("https://kabar.example/{of}"), &story(of, of % 2 == 0));
    }
    let known = openings(&world, "baru");
    assert_eq!((known.dateline, known.borderline, known.text, known.own), (6, 6, 0, None));
}

#[test]
fn what_is_archived_is_read_as_it_was() {
    let world = World::new();
    for of in 0..12 {
        world.see(&format!("https://kabar.example/{of}"), &story(of, of > 0));
    }
    // The first had no dateline when nothing was known; that it would have one now is no edit.
    assert_eq!(openings(&world, "0").prior(), DatelinePrior::Never);
    assert_eq!(openings(&world, "0").today().prior(), DatelinePrior::Always);
    assert_eq!(openings(&world, "5").prior(), DatelinePrior::Unknown);
}

#[test]
fn an_older_archive_is_counted_when_it_is_opened() {
    let world = World::in_file();
    for of in 0..12 {
        world.see(&format!("https://kabar.example/{of}"), &story(of, true));
    }
    let path = world.path();
    world.archive.close().unwrap();
    make_older(&path, 3);
    let archive = Archive::open(&path, Mode::ReadWrite).unwrap();
    let known = archive.reader().unwrap().known_of(&url("https://kabar.example/baru"), "kabar").unwrap();
    assert_eq!(known.openings.dateline, 12);
}

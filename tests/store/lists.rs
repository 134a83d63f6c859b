//! Lists and figures.

use kliping::model::{ArticleId, ArticleState};
use kliping::store::{Filter, Pass, StoreError, Versions};

use crate::world::{HOUR, World, article, query};

/// Five articles an hour apart; the second was edited, the third is gone.
pub fn shelf() -> World {
    let mut world = World::new();
    for (n, title) in
        ["Gempa Cianjur", "Banjir Demak", "Panen jagung", "Café di Bali", "Kurs rupiah"].iter().enumerate()
    {
        let address = format!("https://kabar.example/{n}");
        world.see(&address, &article(title, &[&format!("Isi berita {n} tentang warga desa.")]));
        world.later(HOUR);
    }
    world.see("https://kabar.example/1", &article("Banjir Demak surut", &["Air di Demak surut."]));
    world.missing("https://kabar.example/2", 410);
    world
}

fn ids(world: &World, filter: &Filter) -> Vec<i64> {
    world.reader().list(filter).unwrap().iter().map(|row| row.id.0).collect()
}

#[test]
fn lists_are_filtered_and_newest_first() {
    let world = shelf();
    let start = world.reader().stats().unwrap().first_seen.unwrap();
    let hours = |n| Some(start.checked_add(jiff::SignedDuration::from_hours(n)).unwrap());
    let all = Filter::default();
    for (filter, expected) in [
        (all.clone(), vec![5, 4, 3, 2, 1]),
        (Filter { limit: Some(2), ..all.clone() }, vec![5, 4]),
        (Filter { since: hours(3), ..all.clone() }, vec![5, 4]),
        (Filter { until: hours(1), ..all.clone() }, vec![1]),
        (Filter { changed_since: hours(5), ..all.clone() }, vec![3, 2]),
        (Filter { state: Some(ArticleState::Gone), ..all.clone() }, vec![3]),
        (Filter { site: Some("lain".to_owned()), ..all.clone() }, vec![]),
        (Filter { site: Some("kabar".to_owned()), since: hours(1), until: hours(3), ..all }, vec![3, 2]),
    ] {
        assert_eq!(ids(&world, &filter), expected, "{filter:?}");
    }
}

#[test]
fn a_pass_walks_in_a_stable_order_and_ends_at_an_error() {
    let world = shelf();
    let walk = |which| {
        let mut seen = Vec::new();
        world
            .reader()
            .pass(&Pass { versions: which, ..Pass::default() }, |row, version| -> Result<(), StoreError> {
                assert_eq!(row.id, version.article_id);
                seen.push((row.id.0, version.seq.0));
                Ok(())
            })
            .unwrap();
        seen
    };
    assert_eq!(walk(Versions::Latest), [(1, 1), (2, 2), (3, 1), (4, 1), (5, 1)]);
    assert_eq!(walk(Versions::All), [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (5, 1)]);
    let mut calls = 0;
    let end = world.reader().pass(&Pass { versions: Versions::All, ..Pass::default() }, |_, _| {
        calls += 1;
        Err(StoreError::DiskFull)
    });
    assert_eq!((end.unwrap_err().code(), calls), ("disk_full", 1));
}

#[test]
fn an_article_that_is_edited_while_it_is_exported_is_exported_as_it_was() {
    let mut world = World::new();
    let [cabai, ruas] = ["https://kabar.example/cabai", "https://kabar.example/ruas"];
    world.see(cabai, &article("Harga cabai naik", &["Pedagang mengeluh."]));
    world.see(ruas, &article("Ruas jalan ditutup", &["Polisi mengalihkan arus."]));
    let until = Some(world.reader().last_written().unwrap());
    world.later(HOUR);
    world.see(cabai, &article("Harga cabai turun", &["Pedagang senang."]));
    let reader = world.reader();
    for (versions, until, expected) in [
        (Versions::Latest, until, vec![(1, 1), (2, 1)]),
        (Versions::Latest, None, vec![(1, 2), (2, 1)]),
        (Versions::All, until, vec![(1, 1), (2, 1)]),
    ] {
        let pass = Pass { versions, until, ..Pass::default() };
        let mut seen = Vec::new();
        reader
            .pass(&pass, |row, version| {
                seen.push((row.id.0, version.seq.0));
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert_eq!(seen, expected);
        seen.clear();
        for n in [1, 2] {
            reader
                .pass_of(&pass, ArticleId(n), |row, version| {
                    seen.push((row.id.0, version.seq.0));
                    Ok::<_, StoreError>(())
                })
                .unwrap();
        }
        assert_eq!(seen, expected, "one by one");
        assert_eq!(reader.outline(&pass).unwrap().articles.len(), 2);
        assert!(reader.last_change(&pass).unwrap().is_some());
    }
}

#[test]
fn figures_add_up() {
    let stats = shelf().reader().stats().unwrap();
    assert_eq!((stats.articles, stats.versions, stats.edited, stats.gone), (5, 6, 1, 1));
    assert_eq!((stats.fetches, stats.sites.len(), stats.sites[0].articles), (7, 1, 5));
    assert!(stats.file_bytes > 0);
}

#[test]
fn an_empty_archive_is_an_empty_list() {
    let world = World::new();
    let reader = world.reader();
    assert_eq!(reader.list(&Filter::default()).unwrap(), []);
    assert_eq!(reader.search(&query("warga")).unwrap(), []);
    assert_eq!(reader.stats().unwrap().articles, 0);
    assert!(reader.check().unwrap().iter().all(|check| check.remedy.is_none()));
}

#[test]
fn a_list_by_state_or_change_is_the_same_whichever_way_it_is_read() {
    let mut world = World::new();
    for n in 0..30 {
        world.see(
            &format!("https://kabar.example/{n}"),
            &article(&format!("Berita {n}"), &[&format!("Isi {n}.")]),
        );
        world.later(HOUR);
    }
    for n in (0..30).step_by(3) {
        world.missing(&format!("https://kabar.example/{n}"), 410);
        world.later(HOUR);
    }
    let gone = Filter { state: Some(ArticleState::Gone), ..Filter::default() };
    let all = ids(&world, &gone);
    assert_eq!(all, [28, 25, 22, 19, 16, 13, 10, 7, 4, 1]);
    for limit in 0..12 {
        assert_eq!(ids(&world, &Filter { limit: Some(limit), ..gone.clone() }), all[..limit.min(10)]);
    }
    let since = world.now - jiff::SignedDuration::from_hours(4);
    let changed = Filter { changed_since: Some(since), ..Filter::default() };
    assert_eq!(ids(&world, &changed), [28, 25, 22, 19]);
    assert_eq!(ids(&world, &Filter { limit: Some(2), ..changed.clone() }), [28, 25]);
    assert_eq!(ids(&world, &Filter { limit: Some(2), until: Some(since), ..changed.clone() }), [28, 25]);
    let both = Filter { state: Some(ArticleState::Gone), limit: Some(3), ..changed };
    assert_eq!(ids(&world, &both), [28, 25, 22]);
    assert!(ids(&world, &Filter { state: Some(ArticleState::Live), limit: Some(99), ..both }).is_empty());
}

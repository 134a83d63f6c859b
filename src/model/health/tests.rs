use super::*;

fn page(n: i64, fields: &[FieldName]) -> Sighting {
    let fields = fields.iter().copied().collect();
    let read =
        SeenReading { site_file: "kabar".to_owned(), layout: "2026".to_owned(), fields, rotten: false };
    Sighting {
        at: Timestamp::from_second(n * 60).unwrap(),
        url: format!("https://kabar.example/{n}"),
        read: Some(Arc::new(read)),
    }
}

fn lost(seen: &[Sighting]) -> Vec<(Sign, Loss, String, i64)> {
    let health = site_health(seen);
    let lost = health
        .lost()
        .map(|(trend, lost)| (trend.sign, lost.how, lost.url.clone(), lost.since.as_second() / 60));
    lost.collect()
}

const BOTH: [FieldName; 2] = [FieldName::Title, FieldName::Author];

#[test]
fn a_field_that_was_always_there_and_stops_has_vanished_since_its_first_page_without() {
    let mut seen: Vec<Sighting> = (0..12).map(|n| page(n, &BOTH)).collect();
    assert_eq!(lost(&seen), []);
    seen.extend((12..14).map(|n| page(n, &BOTH[..1])));
    assert_eq!(lost(&seen), [], "two in a row are an accident");
    seen.extend((14..16).map(|n| page(n, &BOTH[..1])));
    let url = "https://kabar.example/15".to_owned();
    assert_eq!(lost(&seen), [(Sign::Field(FieldName::Author), Loss::Vanished, url, 12)]);
}

#[test]
fn a_field_that_comes_and_goes_is_not_missed_soon() {
    let fields = |n: i64| if n % 2 == 0 { &BOTH[..] } else { &BOTH[..1] };
    let mut seen: Vec<Sighting> = (0..30).map(|n| page(n, fields(n))).collect();
    seen.extend((30..35).map(|n| page(n, &BOTH[..1])));
    assert_eq!(lost(&seen), []);
    seen.extend((35..45).map(|n| page(n, &BOTH[..1])));
    assert_eq!(lost(&seen).len(), 1);
}

#[test]
fn a_field_that_most_pages_lose_has_fallen() {
    let mut seen: Vec<Sighting> = (0..40).map(|n| page(n, &BOTH)).collect();
    seen.extend((40..60).map(|n| page(n, if n % 5 == 4 { &BOTH } else { &BOTH[..1] })));
    let found = lost(&seen);
    assert!(matches!(found[..], [(Sign::Field(FieldName::Author), Loss::Fell, _, 40)]), "{found:?}");
}

#[test]
fn pages_without_an_article_and_files_that_are_stepped_over_are_told() {
    let mut seen: Vec<Sighting> = (0..10).map(|n| page(n, &BOTH)).collect();
    seen.extend((10..14).map(|n| Sighting { read: None, ..page(n, &BOTH) }));
    assert!(matches!(lost(&seen)[..], [(Sign::Article, Loss::Vanished, _, 10)]));
    let rotten = |n| {
        let mut page = page(n, &BOTH);
        page.read = page.read.map(|read| {
            Arc::new(SeenReading { rotten: true, layout: "generic".to_owned(), ..(*read).clone() })
        });
        page
    };
    let mut seen: Vec<Sighting> = (0..10).map(|n| page(n, &BOTH)).collect();
    seen.extend((10..14).map(rotten));
    let signs: Vec<Sign> = lost(&seen).into_iter().map(|(sign, ..)| sign).collect();
    assert_eq!(signs, [Sign::Layout, Sign::OwnBody]);
    let always: Vec<Sighting> = (0..9).map(rotten).collect();
    assert!(matches!(lost(&always)[..], [(Sign::OwnBody, Loss::Missing, ..)]));
}

#[test]
fn few_pages_prove_nothing() {
    assert_eq!(lost(&[]), []);
    let seen: Vec<Sighting> = (0..5).map(|n| page(n, if n < 2 { &BOTH } else { &BOTH[..1] })).collect();
    assert_eq!(lost(&seen), []);
    assert_eq!(site_health(&seen[..1]).latest, 1);
}

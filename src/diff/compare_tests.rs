use super::fixtures::{article, version};
use super::*;
use crate::model::{Cause, ChangeKind as K, Dateline, Precision, When, ZoneFrom};

const A: &str = "Petani di lereng gunung mulai memanen kentang sejak awal pekan ini.";
const B: &str = "Harga di tingkat pengepul mencapai Rp 9.000 per kilogram, naik dari bulan lalu.";
const C: &str = "Dinas pertanian berjanji membuka gudang dingin sebelum musim hujan datang.";
const D: &str = "Warga berharap jalan ke kebun segera diperbaiki pemerintah kabupaten.";

fn ops(change: &Change) -> String {
    let place = |n: Option<usize>| n.map_or("-".to_owned(), |n| n.to_string());
    let list = change.paragraphs.iter().map(|p| format!("{} {}:{}", p.op.as_str(), place(p.a), place(p.b)));
    list.collect::<Vec<_>>().join(", ")
}

fn when(text: &str) -> Option<When> {
    Some(When {
        raw: text.to_owned(),
        at: text.parse().unwrap(),
        offset_seconds: 25200,
        precision: Precision::Minute,
        zone_from: ZoneFrom::Stated,
    })
}

#[test]
fn paragraphs_are_kept_edited_moved_added_and_deleted() {
    let note = "Koreksi: versi awal artikel ini menyebut harga yang keliru.";
    let edited = B.replace("9.000", "9.500");
    let halves = ["Petani di lereng gunung mulai memanen.", "Mereka memanen kentang dan wortel sejak pagi."];
    let joined = halves.join(" ");
    for (a, b, wanted, kinds) in [
        (vec![A, B], vec![A, B], "keep 0:0, keep 1:1", vec![]),
        (vec![A, B, C, D], vec![B, C, D, A], "keep 1:0, keep 2:1, keep 3:2, move 0:3", vec![K::Moved]),
        (vec![A, B], vec![A, C, B], "keep 0:0, add -:1, keep 1:2", vec![K::Added]),
        (vec![A, B, C], vec![A, C], "keep 0:0, delete 1:-, keep 2:1", vec![K::Removed]),
        (vec![A], vec![C], "delete 0:-, add -:0", vec![K::Added, K::Removed]),
        (vec![A, B], vec![A, edited.as_str()], "keep 0:0, edit 1:1", vec![K::Number]),
        (
            vec![B, A, C],
            vec![A, C, edited.as_str()],
            "keep 1:0, keep 2:1, move 0:2",
            vec![K::Number, K::Moved],
        ),
        (vec![A], vec![A, note], "keep 0:0, add -:1", vec![K::Correction, K::Added]),
        (vec![joined.as_str(), C], vec![halves[0], halves[1], C], "edit 0:0, keep 1:2", vec![K::Cosmetic]),
        (vec![halves[0], halves[1], C], vec![joined.as_str(), C], "edit 0:0, keep 2:1", vec![K::Cosmetic]),
        (vec![], vec![A], "add -:0", vec![K::Added]),
        (vec![], vec![], "", vec![]),
    ] {
        let change = compare(&article("Judul", &a), &article("Judul", &b));
        assert_eq!(ops(&change), wanted, "{a:?} -> {b:?}");
        assert_eq!(change.kinds, kinds, "{a:?} -> {b:?}");
    }
}

#[test]
fn a_headline_alone_is_a_change() {
    let change = compare(&article("Harga Kentang Naik", &[A]), &article("Harga Kentang Tidak Naik", &[A]));
    assert_eq!(change.kinds, [K::Headline, K::Negation]);
    assert_eq!((change.words_added, change.words_removed), (1, 0));
    let change = compare(&article("Harga kentang naik", &[A]), &article("Harga Kentang Naik", &[A]));
    assert_eq!(change.kinds, [K::Headline, K::Cosmetic]);
    assert!(change.score < 0.05);
}

#[test]
fn the_dateline_is_no_text() {
    let with = |clock: &str| {
        let mut article = article("Judul", &[A]);
        let raw = format!("Garut, {clock} WIB – ");
        article.dateline = Some(Dateline { raw, places: vec!["Garut".to_owned()], ..Dateline::default() });
        article
    };
    let change = compare(&with("10:15"), &with("10:40"));
    assert_eq!(change.kinds, [K::Dateline]);
    assert_eq!(change.fields[0].field, "dateline");
    assert!(!change.stealth);
}

#[test]
fn other_fields_are_byline_and_metadata() {
    let old = article("Judul", &[A]);
    let mut new = old.clone();
    new.authors = vec!["Siti".to_owned()];
    new.section = Some("Ekonomi".to_owned());
    assert_eq!(compare(&old, &new).kinds, [K::Byline, K::Metadata]);
    let mut later = old.clone();
    later.modified = when("2025-10-21T10:00:00Z");
    assert!(compare(&old, &later).kinds.is_empty(), "a stated time of change alone is no change");
}

#[test]
fn an_edit_is_silent_when_neither_clock_nor_note_tells_it() {
    let mut old = article("Judul", &[A, B]);
    old.modified = when("2025-10-21T10:00:00Z");
    let mut new = article("Judul", &[A, &B.replace("9.000", "9.500")]);
    new.modified = old.modified.clone();
    assert!(compare(&old, &new).stealth);
    new.modified = when("2025-10-21T11:00:00Z");
    assert!(!compare(&old, &new).stealth, "the page says that it changed");
    new.modified = None;
    assert!(compare(&old, &new).stealth);
    new.body.push(article("", &["Ralat: harga pada paragraf kedua diperbaiki."]).body.remove(0));
    assert!(!compare(&old, &new).stealth, "a note says so");

    let mut ours = version(2, article("Judul", &[A]));
    ours.cause = Cause::Reextract;
    assert!(!between(&version(1, article("Judul", &[A, B])), &ours).stealth, "that was our reading");
}

#[test]
fn the_tokens_give_both_texts_back() {
    let (a, b) = (article("x", &[A, B, C]), article("y", &[C, &B.replace("Rp 9.000", "Rp9.500"), D]));
    let change = compare(&a, &b);
    let side = |gone: Op| -> Vec<String> {
        let mut texts: Vec<(Option<usize>, String)> = Vec::new();
        for p in &change.paragraphs {
            let text: String = p.tokens.iter().filter(|t| t.op != gone).map(|t| t.text.as_str()).collect();
            texts.push((if gone == Op::Insert { p.a } else { p.b }, text));
        }
        texts.retain(|(place, _)| place.is_some());
        texts.sort();
        texts.into_iter().map(|(_, text)| text).collect()
    };
    assert_eq!(side(Op::Insert), a.body.iter().map(|p| p.text.clone()).collect::<Vec<_>>());
    assert_eq!(side(Op::Delete), b.body.iter().map(|p| p.text.clone()).collect::<Vec<_>>());
}

#[test]
fn a_text_full_of_repeats_costs_no_more_than_another() {
    let many: Vec<&str> = std::iter::repeat_n(["ya", "***", "12"], 20_000).flatten().collect();
    let mut other = many.clone();
    other.reverse();
    let change = compare(&article("J", &many), &article("J", &other));
    assert_eq!(change.paragraphs.iter().filter(|p| p.b.is_some()).count(), 60_000);
    let long = "a b a a b ".repeat(20_000);
    let back: String = long.chars().rev().collect();
    assert!(!compare(&article("J", &[&long]), &article("J", &[&back])).kinds.is_empty());
}

proptest::proptest! {
    #[test]
    fn a_new_version_always_has_a_kind_and_an_old_one_never(
        a in proptest::collection::vec("([a-cA-C1-3\"'–-]{1,3}[ .,%]{0,2}){0,5}|.{0,12}", 0..6),
        b in proptest::collection::vec("([a-cA-C1-3\"'–-]{1,3}[ .,%]{0,2}){0,5}|.{0,12}", 0..6),
    ) {
        let side = |texts: &[String]| article("J", &texts.iter().map(String::as_str).collect::<Vec<_>>());
        let (old, new) = (side(&a), side(&b));
        let change = compare(&old, &new);
        let same = old.fingerprint().content == new.fingerprint().content;
        proptest::prop_assert_eq!(change.kinds.is_empty(), same);
        let digits = |texts: &[String]| -> Vec<String> {
            let joined = texts.join("\u{b6}");
            joined.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_owned).collect()
        };
        let told = [K::Number, K::Date, K::Added, K::Removed, K::Moved];
        proptest::prop_assert!(
            digits(&a) == digits(&b) || change.kinds.iter().any(|kind| told.contains(kind)),
            "a number changed and nobody says so: {:?}", change.kinds
        );
        let quoted = |texts: &[String]| texts.join(" ").matches('"').count();
        let told = [K::Quote, K::Added, K::Removed];
        proptest::prop_assert!(
            quoted(&a) == quoted(&b) || change.kinds.iter().any(|kind| told.contains(kind)),
            "a quotation mark went and nobody says so: {:?}", change.kinds
        );
        let mut seen_a: Vec<usize> = change.paragraphs.iter().filter_map(|p| p.a).collect();
        let mut seen_b: Vec<usize> = change.paragraphs.iter().filter_map(|p| p.b).collect();
        let (n, m) = (seen_a.len(), seen_b.len());
        seen_a.sort_unstable(); seen_a.dedup();
        seen_b.sort_unstable(); seen_b.dedup();
        proptest::prop_assert_eq!((seen_a.len(), seen_b.len()), (n, m), "no paragraph twice");
    }
}

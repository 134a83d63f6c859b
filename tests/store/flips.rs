//! A byte of the file flipped, at many places one after the other: nothing panics, and nothing that a list, a
//! text or a search says otherwise than before goes unnoticed.

use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;
use std::panic::catch_unwind;
use std::path::Path;

use kliping::store::{Archive, ChangeQuery, Filter, Mode, StoreError};

use crate::world::{HOUR, World, article, query};

/// So many flips, unless `KLIPING_FLIPS` says another number; places that hold something, spread over the file.
const FLIPS: usize = 250;

fn world() -> World {
    let mut world = World::new();
    for n in 0..6 {
        let text = format!("Waduk nomor {n} surut; sebanyak 1{n} desa menunggu air sejak pekan lalu.");
        world.see(
            &format!("https://kabar.example/{n}"),
            &article(&format!("Waduk {n} surut"), &[&text, "Warga antre."]),
        );
        world.later(HOUR);
    }
    world.see(
        "https://kabar.example/1",
        &article("Waduk 1 penuh", &["Hujan turun, waduk penuh lagi.", "Warga lega."]),
    );
    world.missing("https://kabar.example/2", 410);
    world
}

/// Everything that lists, texts and searches say.
fn reading(path: &Path) -> Result<String, StoreError> {
    let archive = Archive::open(path, Mode::ReadOnly)?;
    let reader = archive.reader()?;
    let mut out = String::new();
    for row in reader.list(&Filter::default())? {
        out.push_str(&format!("{} {} {} {} {}\n", row.id, row.site, row.url, row.state.as_str(), row.title));
        for version in reader.versions(row.id)? {
            out.push_str(&format!("{} {} {:?}\n", version.seq, version.observed, version.article));
        }
        out.push_str(&format!("{:?}\n", reader.events(row.id)?));
    }
    for words in ["waduk", "hujan", "antre"] {
        for hit in reader.search(&query(words))? {
            out.push_str(&format!("{hit:?}\n"));
        }
    }
    out.push_str(&format!("{:?}", reader.changes(&ChangeQuery::ALL, true, None, 99)?));
    Ok(out)
}

/// What `verify` finds.
fn faults(path: &Path) -> Result<u64, StoreError> {
    let archive = Archive::open(path, Mode::ReadOnly)?;
    archive.reader()?.verify(None, &mut |_| {}).map(|done| done.faults)
}

#[test]
fn a_flipped_byte_is_no_panic_and_what_it_changes_is_found() {
    let world = world();
    let path = world.path();
    let _folder = world.folder;
    world.archive.close().unwrap();
    let sound = reading(&path).unwrap();
    assert_eq!(faults(&path).unwrap(), 0);
    let file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] != 0).collect();
    let flips = std::env::var("KLIPING_FLIPS").map_or(FLIPS, |text| text.parse().unwrap());
    let (mut named, mut found, mut silent) = (0, 0, Vec::new());
    for n in 0..flips {
        let at = places[n * 1_000_003 % places.len()];
        let place = at as u64;
        file.write_all_at(&[bytes[at] ^ (1 << (n % 8))], place).unwrap();
        let read = catch_unwind(|| reading(&path)).unwrap_or_else(|_| panic!("byte {at}: reading panicked"));
        let verified =
            catch_unwind(|| faults(&path)).unwrap_or_else(|_| panic!("byte {at}: verify panicked"));
        match (&read, &verified) {
            (Err(error), _) | (_, Err(error)) => {
                assert!(!error.code().is_empty() && !error.to_string().is_empty());
                named += 1;
            }
            (Ok(_), Ok(1..)) => found += 1,
            (Ok(text), Ok(0)) if *text == sound => {}
            (Ok(text), Ok(0)) => {
                let differs = text.lines().zip(sound.lines()).find(|(a, b)| a != b);
                silent.push(format!("byte {at} of page {}: {differs:?}", at / 4096 + 1));
            }
        }
        file.write_all_at(&bytes[at..=at], place).unwrap();
    }
    assert_eq!(reading(&path).unwrap(), sound, "every byte was put back");
    assert!(silent.is_empty(), "{} silent: {silent:#?}", silent.len());
    assert!(
        named > flips / 20 && found > flips / 20,
        "{named} errors, {found} faults: the flips hit too little"
    );
}

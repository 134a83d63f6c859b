//! `kliping backup`.

use std::fs;
use std::path::Path;

use crate::kliping::{Done, kliping, on, shelf};
use crate::world::{World, article};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Runs a verb on a copy.
fn at(world: &World, file: &str, verb: &[&str]) -> Done {
    let mut args = vec!["--archive", file];
    args.extend(verb);
    kliping(world.folder.path(), &args)
}

#[test]
fn a_copy_is_the_archive_and_one_file() {
    let world = shelf();
    fs::create_dir(world.folder.path().join("disk")).unwrap();
    let done = on(&world, &["backup", "disk/copy.db"]);
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", ""));
    assert_eq!(names(&world.folder.path().join("disk")), ["copy.db"]);
    let whole = ["export", "--to", "jsonl", "--versions", "all"];
    assert_eq!(at(&world, "disk/copy.db", &whole).out, on(&world, &whole).out);
    let verified = at(&world, "disk/copy.db", &["verify"]);
    assert_eq!((verified.code, verified.err.as_str()), (0, ""), "{}", verified.out);
    let told = on(&world, &["backup", "-v", "--force", "disk/copy.db"]).err;
    assert!(told.contains("disk/copy.db: 4 articles, 6 versions, "), "{told}");
}

#[test]
fn what_stands_there_is_replaced_only_when_that_is_said() {
    let world = shelf();
    let copy = world.folder.path().join("copy.db");
    fs::write(&copy, "yang lama").unwrap();
    let done = on(&world, &["backup", "copy.db"]);
    assert!(
        done.code == 4 && done.err.contains("copy.db exists") && done.err.contains("--force"),
        "{}",
        done.err
    );
    assert_eq!(fs::read(&copy).unwrap(), b"yang lama");

    // A log beside it belongs to somebody, and would be played into the new file.
    fs::write(world.folder.path().join("copy.db-wal"), "catatan").unwrap();
    let done = on(&world, &["backup", "--force", "copy.db"]);
    assert!(done.code == 4 && done.err.contains("in use"), "{}", done.err);
    assert_eq!(fs::read(&copy).unwrap(), b"yang lama");
    fs::remove_file(world.folder.path().join("copy.db-wal")).unwrap();

    assert_eq!(on(&world, &["backup", "--force", "copy.db"]).code, 0);
    assert_eq!(at(&world, "copy.db", &["list"]).lines().len(), 4);
}

#[test]
fn what_cannot_be_done_is_named_and_leaves_nothing() {
    let world = shelf();
    fs::create_dir(world.folder.path().join("disk")).unwrap();
    let before = names(world.folder.path());
    for (args, code, says) in [
        (&["backup", "kliping.db"][..], 2, "the archive itself"),
        (&["backup", "--force", "./disk/../kliping.db"], 2, "the archive itself"),
        (&["backup", "disk"], 4, "cannot write disk: "),
        (&["backup", "--force", "disk"], 4, "cannot write disk: "),
        (&["backup", "tiada/copy.db"], 4, "cannot write tiada/"),
        (&["backup"], 2, "<FILE>"),
    ] {
        let done = on(&world, args);
        assert!(
            done.code == code && done.out.is_empty() && done.err.contains(says),
            "{args:?}: {} {}",
            done.code,
            done.err
        );
    }
    assert_eq!(at(&world, "none.db", &["backup", "copy.db"]).code, 6);
    assert_eq!(names(world.folder.path()), before);
}

#[test]
fn a_copy_that_is_made_while_a_crawl_writes_is_sound() {
    let world = shelf();
    let address = |n: usize| format!("https://kabar.example/ramai/{n}");
    for n in 0..200 {
        world
            .see(&address(n), &article(&format!("Berita {n}"), &["Isi yang panjang. ".repeat(200).as_str()]));
    }
    let ended = std::sync::atomic::AtomicBool::new(false);
    let (world, ended) = (&world, &ended);
    let counts: Vec<usize> = std::thread::scope(|threads| {
        threads.spawn(move || {
            let mut n = 200;
            while !ended.load(std::sync::atomic::Ordering::Relaxed) {
                world.see(&address(n), &article(&format!("Berita {n}"), &["Isi."]));
                n += 1;
            }
        });
        let copies = (0..5).map(|_| {
            let done = on(world, &["backup", "--force", "copy.db"]);
            let verified = at(world, "copy.db", &["verify"]);
            let listed = at(world, "copy.db", &["list"]);
            (done, verified, listed)
        });
        let copies: Vec<_> = copies.collect();
        ended.store(true, std::sync::atomic::Ordering::Relaxed);
        copies
            .into_iter()
            .map(|(done, verified, listed)| {
                assert_eq!(
                    (done.code, verified.code),
                    (0, 0),
                    "{}{}{}",
                    done.err,
                    verified.out,
                    verified.err
                );
                listed.lines().len()
            })
            .collect()
    });
    assert!(counts[0] >= 204 && counts.windows(2).all(|pair| pair[0] <= pair[1]), "{counts:?}");
    assert!(counts[4] > counts[0], "the crawl went on: {counts:?}");
}

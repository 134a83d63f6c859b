//! An archive whose bytes were changed behind its back.

use crate::support::desk::Desk;
use crate::support::press::{FEED, press};

/// A desk whose archive has its last run in the log (`-wal`), not yet in the file, as a killed crawl
/// leaves it; the bytes of both.
fn torn() -> (Desk, Vec<u8>, Vec<u8>) {
    let origin = press(12);
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl", "--limit", "4"]);
    // Whoever has the file open keeps the log from being folded in.
    let db = rusqlite::Connection::open(desk.path("archive/kliping.db")).unwrap();
    let read = "SELECT count(*) FROM article";
    db.execute_batch("BEGIN").unwrap();
    assert_eq!(db.query_row(read, [], |row| row.get::<_, i64>(0)).unwrap(), 4);
    desk.ok(&["crawl"]);
    let bytes = |name: &str| std::fs::read(desk.path(name)).unwrap();
    let (file, log) = (bytes("archive/kliping.db"), bytes("archive/kliping.db-wal"));
    assert!(log.len() > 50_000, "{}", log.len());
    (desk, file, log)
}

fn place(desk: &Desk, file: &[u8], log: &[u8]) {
    let folder = desk.path("salinan");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("kliping.db"), file).unwrap();
    std::fs::write(folder.join("kliping.db-wal"), log).unwrap();
}

const COPY: &str = "salinan/kliping.db";

fn listed(desk: &Desk) -> usize {
    desk.ok(&["--archive", COPY, "list", "--format", "jsonl"]).lines().count()
}

#[test]
fn a_log_that_is_cut_or_damaged_counts_as_far_as_it_is_whole() {
    let (desk, file, log) = torn();
    place(&desk, &file, &log);
    assert_eq!(listed(&desk), 12);
    let mut before = 0;
    for tenth in 0..=10 {
        place(&desk, &file, &log[..log.len() * tenth / 10]);
        let now = listed(&desk);
        assert!(now >= before.max(4) && now <= 12, "{tenth} tenths: {now} after {before}");
        desk.ok(&["--archive", COPY, "verify"]);
        before = now;
    }
    for tenth in 0..10 {
        let mut bent = log.clone();
        bent[log.len() * tenth / 10 + 40] ^= 0x55;
        place(&desk, &file, &bent);
        let now = listed(&desk);
        assert!((4..=12).contains(&now), "bent at {tenth} tenths: {now}");
        desk.ok(&["--archive", COPY, "verify"]);
    }
}

#[test]
fn a_file_with_bent_bytes_is_never_a_panic_and_what_is_bent_is_found() {
    let origin = press(12);
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl"]);
    let file = std::fs::read(desk.path("archive/kliping.db")).unwrap();
    // The head of each page of the file: what stands behind it may be room that holds nothing.
    for at in (0..file.len()).step_by(4096) {
        let mut bent = file.clone();
        bent[at..at + 64].iter_mut().for_each(|byte| *byte ^= 0xa5);
        place(&desk, &bent, b"");
        let verified = desk.run(&["--archive", COPY, "verify"]);
        assert!([1, 6].contains(&verified.code), "{at}: {} {}", verified.code, verified.stdout);
        let others: &[&[&str]] = &[&["list"], &["show", "3"], &["doctor"], &["search", "waduk"]];
        let other = others[at / 4096 % others.len()];
        for done in [verified, desk.run(&[&["--archive", COPY], other].concat())] {
            assert!([0, 1, 4, 6].contains(&done.code), "{at} {other:?}: {} {}", done.code, done.stderr);
            assert!(!done.stderr.contains("panicked"), "{at} {other:?}: {}", done.stderr);
        }
    }
    for third in 0..3 {
        place(&desk, &file[..file.len() * third / 3], b"");
        let done = desk.run(&["--archive", COPY, "verify"]);
        assert!([1, 6].contains(&done.code), "{third} thirds: {} {}", done.code, done.stdout);
    }
}

//! WARC files of our own making, whole and damaged.

use std::io::Write;

use super::*;

fn record(kind: &str, uri: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2026-03-01T10:00:00Z\r\n\
         Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Three responses with a request between them.
fn four() -> Vec<Vec<u8>> {
    vec![
        record("response", "https://kabar.example/1", b"HTTP/1.1 200 OK\r\n\r\nsatu"),
        record("request", "https://kabar.example/2", b"GET / HTTP/1.1\r\n\r\n"),
        record(
            "response",
            "<https://kabar.example/2>",
            &[b"HTTP/1.1 200 OK\r\n\r\n", &[b'x'; 50_000][..]].concat(),
        ),
        record("response", "https://kabar.example/3", b"HTTP/1.1 200 OK\r\n\r\ntiga"),
    ]
}

/// What is read: the target of each record whose block is kept, or `!` and the damage.
fn read(file: &[u8]) -> Vec<String> {
    let read = |capacity| {
        let input = BufReader::with_capacity(capacity, file);
        let reader = WarcReader::new(input, |record| record.kind == "response", 100_000);
        reader
            .filter_map(|item| match item {
                Ok(record) => record.block.is_some().then(|| record.target.unwrap()),
                Err(damage) => Some(format!("!{} {}", damage.offset, damage.message)),
            })
            .collect::<Vec<_>>()
    };
    let found = read(8192);
    // With small buffers, every boundary is met.
    for capacity in [1, 7] {
        assert_eq!(read(capacity), found, "read {capacity} bytes at a time");
    }
    found
}

const ALL: [&str; 3] = ["https://kabar.example/1", "https://kabar.example/2", "https://kabar.example/3"];

#[test]
fn plain_by_member_and_as_one_member_are_read_alike() {
    let records = four();
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    for file in [records.concat(), members.clone(), gzip(&records.concat())] {
        assert_eq!(read(&file), ALL);
    }
    // Padding between records, and a file with members after a plain record.
    assert_eq!(read(&[&b"\r\n"[..], &records.concat(), b"\0\0\n"].concat()), ALL);
    assert_eq!(read(&[&records[0][..], &members[gzip(&records[0]).len()..]].concat()), ALL);
    assert_eq!(read(b""), [""; 0]);
    assert_eq!(read(&gzip(b"")), [""; 0]);
}

#[test]
fn damage_costs_one_record_and_is_named_with_its_place() {
    let records = four();
    let members: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    let place: usize = members[..2].iter().map(Vec::len).sum();

    // A byte in the middle of the third member, its checksum, its end.
    let middle = members[2].len() / 2;
    for harm in [
        (|m: &mut Vec<u8>, at: usize| m[at] ^= 0xff) as fn(&mut Vec<u8>, usize),
        |m, _| {
            let last = m.len() - 6;
            m[last] ^= 0xff;
        },
        |m, at| m.truncate(at),
        |m, at| m.truncate(at / 4),
    ] {
        let mut harmed = members.clone();
        harm(&mut harmed[2], middle);
        let found = read(&harmed.concat());
        assert_eq!((found.len(), &found[0][..], &found[2][..]), (3, ALL[0], ALL[2]), "{found:?}");
        assert!(found[1].starts_with(&format!("!{place} ")), "{found:?}");
    }

    // In a plain file: a length that is too long, too short, none, and no number.
    let place = records[0].len() + records[1].len();
    for length in ["Content-Length: 60000", "Content-Length: 9", "Contents: 9", "Content-Length: many"] {
        let text = String::from_utf8(records[2].clone()).unwrap();
        let at = text.find("Content-Length").unwrap();
        let end = at + text[at..].find('\r').unwrap();
        let harmed = format!("{}{length}{}", &text[..at], &text[end..]);
        let file = [&records[0][..], &records[1], harmed.as_bytes(), &records[3]].concat();
        let found = read(&file);
        assert_eq!((found.len(), &found[0][..], &found[2][..]), (3, ALL[0], ALL[2]), "{length}: {found:?}");
        assert!(found[1].starts_with(&format!("!{place} ")), "{found:?}");
    }

    // Cut off at the end, and something else entirely.
    let file = members.concat();
    let found = read(&file[..file.len() - 20]);
    assert_eq!(found[..2], ALL[..2]);
    assert!(found.len() == 3 && found[2].contains("cut off"), "{found:?}");
    assert_eq!(read(b"<html>no WARC</html>").len(), 1);
    assert_eq!(read(&[0x1f; 100]).len(), 1);
}

#[test]
fn headers_and_blocks_are_bounded() {
    let long = [b"WARC/1.0\r\nX: ".to_vec(), vec![b'x'; 100_000], b"\r\n\r\n".to_vec()].concat();
    let file = [long, four().concat()].concat();
    let found = read(&file);
    assert!(found[0].contains("header is too long") && found[1..] == ALL, "{found:?}");
    // A block that is too long is stepped over, and told by its absence.
    let file = four().concat();
    let mut reader = WarcReader::new(&file[..], |_| true, 1000);
    let third = reader.nth(2).unwrap().unwrap();
    assert_eq!((third.block, third.length), (None, 50_019));
    let huge = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\n";
    assert!(read(&gzip(huge.as_bytes()))[0].contains("99999999999999"));
}

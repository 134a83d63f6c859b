//! Archives to copy, every row of one as text, and copies that are killed.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use kliping::store::Observation;
use rusqlite::types::ValueRef;

use crate::world::{HOUR, World, article};

/// Tables that are no part of a copy: steps of the schema, chores, locks; the search index is made anew.
const NOT: &[&str] = &["chore", "guard", "migration"];

/// Every row of an archive in a file, by table, in the order of its key.
pub fn rows(path: &Path) -> BTreeMap<String, Vec<String>> {
    let db = rusqlite::Connection::open(path).unwrap();
    let names: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'fts%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let names = names.into_iter().filter(|name| !NOT.contains(&name.as_str()));
    names.map(|name| (name.clone(), of(&db, &name))).collect()
}

fn of(db: &rusqlite::Connection, table: &str) -> Vec<String> {
    let mut statement = db.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut rows = statement.query([]).unwrap();
    let mut all = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let value = |(at, name): (usize, &String)| match (name.as_str(), row.get_ref(at).unwrap()) {
            // Who holds a host is not copied.
            ("owner", _) => "owner".to_owned(),
            (_, ValueRef::Blob(bytes)) => format!("{name}={bytes:02x?}"),
            (_, ValueRef::Text(text)) => format!("{name}={}", String::from_utf8_lossy(text)),
            (_, other) => format!("{name}={other:?}"),
        };
        all.push(names.iter().enumerate().map(value).collect::<Vec<_>>().join(" "));
    }
    all.sort_unstable();
    all
}

/// An archive in a file with so many articles, each with its page and a second version, with pages that are
/// packed with others, a text that was taken out, and a row in every table of the crawl's notebook.
pub fn filled(articles: usize) -> World {
    let mut world = World::in_file();
    for n in 0..articles {
        seen(&mut world, n, "pertama");
    }
    world.later(HOUR);
    for n in 0..articles {
        seen(&mut world, n, "kedua");
    }
    world.later(HOUR).missing(&address(1), 404);
    world.redirect("https://kabar.example/lama", &address(2));
    let redacted = vec![(kliping::model::ArticleId(3), None)];
    world.archive.writer().redact(redacted, "permintaan".to_owned(), world.now).wait().unwrap();
    world.archive.writer().scrub().wait().unwrap();
    world
        .sqlite()
        .execute_batch(
            "INSERT INTO run VALUES (1, 5, 6, '0.1.0', 'crawl', 0, '{}'), (2, 7, NULL, '0.1.0', 'crawl', NULL, NULL);
             INSERT INTO host VALUES ('kabar.example', 4102444800000, 7, 'somebody', 60000, 2000);
             INSERT INTO robots VALUES ('https://kabar.example', 1, 200, NULL, x'00ff', 1);
             INSERT INTO source (url, kind, site, checked_at, failures) VALUES ('https://kabar.example/feed', 'feed', 'kabar', 5, 0);
             INSERT INTO cursor VALUES ('harian', 12, 34);
             INSERT INTO place (id, host, site) VALUES (3, 'kabar.example', 'kabar');
             INSERT INTO queue (id, key_hash, place_id, url, via, priority, newest, added_at, tries, title)
                VALUES (41, -9, 3, 'https://kabar.example/baru', 'feed', 1, 0, 5, 0, 'Antre é 新聞');",
        )
        .unwrap();
    world
}

fn address(n: usize) -> String {
    format!("https://kabar.example/berita/{n}")
}

/// Looks at an article, whose text says which time it is.
pub fn seen(world: &mut World, n: usize, time: &str) {
    let title = format!("Kabar ke-{n}, {time}");
    let story: String = (0..60).map(|word| format!("kata{} ", (n * 7 + word * word) % 97)).collect();
    let told =
        article(&title, &["Pedagang di pasar mengeluh.", &format!("Cerita nomor {n} yang {time}."), &story]);
    let frame = "<nav>Beranda Daerah Olahraga</nav><footer>Tentang kami dan pedoman</footer>".repeat(20);
    let raw = Some(format!("<html>{frame}<h1>{title}</h1><p>{n} {time}</p></html>").into_bytes());
    let observation = Observation::Article { article: Box::new(told), raw, reread: None };
    world.record(world.fetch(&address(n)), observation);
}

/// Starts a copy and kills it as soon as `begun` says that rows are there; whether it was caught in time.
pub fn killed(from: &Path, to: &Path, begun: impl Fn() -> bool) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kliping"));
    command.env_clear().args(["copy".as_ref(), from.as_os_str(), to.as_os_str()]);
    let mut copy = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while copy.try_wait().unwrap().is_none() {
        if begun() {
            copy.kill().unwrap();
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    copy.wait().unwrap();
    let list = Command::new(env!("CARGO_BIN_EXE_kliping"))
        .env_clear()
        .args(["list".as_ref(), "--archive".as_ref(), to.as_os_str()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&list.stderr);
    assert!(list.status.success() || said.contains("is a part of a copy, not an archive yet"), "{said}");
    !list.status.success()
}

/// Whether a file holds rows of a table.
pub fn has_rows(path: &Path, table: &str) -> bool {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let Ok(db) = rusqlite::Connection::open_with_flags(path, flags) else { return false };
    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
        .is_ok_and(|n| n > 0)
}

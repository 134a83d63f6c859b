//! The archive in a file, looked into from outside.

use std::time::Duration;

use rusqlite::Connection;

use crate::support::desk::Desk;

/// How a crawl is started that shares its archive.
pub const CRAWL: &[&str] = &["crawl", "--shared", "--new-only"];
/// How often the archive is looked at.
pub const PAUSE: Duration = Duration::from_millis(20);
/// How a crawl may end by itself: well, partly (hosts were left to others), or without any host at all.
pub const ENDS: &[i32] = &[0, 3, 4];

/// A look into the archive.
pub struct View(Connection);

/// Now, in SQL and milliseconds.
pub const NOW: &str = "unixepoch() * 1000";

impl View {
    /// What the configuration says of the archive.
    pub fn config() -> String {
        String::new()
    }

    pub fn open(desk: &Desk) -> Self {
        let db = Connection::open(desk.path("archive/kliping.db")).unwrap();
        db.busy_timeout(Duration::from_secs(30)).unwrap();
        Self(db)
    }

    pub fn number(&self, sql: &str) -> usize {
        let number: i64 = self.0.query_row(sql, [], |row| row.get(0)).unwrap();
        usize::try_from(number).unwrap()
    }

    /// Runs a statement; how many rows it changed.
    pub fn change(&self, sql: &str) -> usize {
        self.0.execute(sql, []).unwrap()
    }

    pub fn lines(&self, sql: &str) -> String {
        let mut rows = self.0.prepare(sql).unwrap();
        let rows = rows.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
    }

    /// Kills the database itself: there is none.
    pub fn kill(&self) {}
}

//! The archive on the server, looked into from outside.

use std::sync::LazyLock;
use std::time::Duration;

use crate::server::Server;
use crate::support::desk::Desk;

/// How a crawl is started that shares its archive.
pub const CRAWL: &[&str] = &["crawl", "--worker", "--new-only"];
/// How often the archive is looked at.
pub const PAUSE: Duration = Duration::from_millis(200);
/// How a crawl may end by itself: also because the database was just dead when it began.
pub const ENDS: &[i32] = &[0, 3, 4, 6];

/// A server that may be killed.
static DURABLE: LazyLock<Option<Server>> = LazyLock::new(Server::start);

/// Whether there is one.
pub fn there_is() -> bool {
    DURABLE.is_some()
}

fn server() -> &'static Server {
    DURABLE.as_ref().unwrap()
}

/// A look into the archive.
pub struct View;

/// Now, in SQL and milliseconds.
pub const NOW: &str = "now_ms()";

impl View {
    /// What the configuration says of the archive.
    pub fn config() -> String {
        format!("archive = \"{}\"\n", server().archive("crowd").display())
    }

    pub fn open(_: &Desk) -> Self {
        Self
    }

    fn ask(&self, sql: &str) -> String {
        server().wait();
        server().sql(&format!("SET search_path = crowd; {sql}")).unwrap()
    }

    pub fn number(&self, sql: &str) -> usize {
        self.ask(sql).parse().unwrap()
    }

    /// Runs a statement; how many rows it changed.
    pub fn change(&self, sql: &str) -> usize {
        self.number(&format!("WITH changed AS ({sql} RETURNING 1) SELECT count(*) FROM changed"))
    }

    pub fn lines(&self, sql: &str) -> String {
        self.ask(sql)
    }

    /// Kills the database itself, as a power cut would.
    pub fn kill(&self) {
        server().kill();
    }
}

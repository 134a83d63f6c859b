//! The crawls: started, killed, stopped, let go on, started again.

use std::fs::OpenOptions;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::support::desk::Desk;
use crate::view;

/// A place for one crawl at a time, as a crontab's line is.
pub struct Place {
    child: Child,
    pub log: PathBuf,
    stopped: bool,
    /// How the crawls here ended that ended by themselves.
    pub ends: Vec<i32>,
}

impl Place {
    pub fn new(desk: &Desk, number: usize) -> Self {
        let log = desk.path(&format!("log-{number}.jsonl"));
        Self { child: start(desk, &log), log, stopped: false, ends: Vec::new() }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether its crawl has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Notes how the last crawl ended and starts the next.
    pub fn start_again(&mut self, desk: &Desk) {
        self.note_end();
        self.child = start(desk, &self.log);
    }

    /// SIGKILL, and a new crawl at once.
    pub fn kill(&mut self, desk: &Desk) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = start(desk, &self.log);
    }

    /// SIGSTOP: as if the machine had fallen asleep, but only for this one.
    pub fn stop(&mut self) {
        self.signal("STOP");
        self.stopped = true;
    }

    /// SIGCONT: it goes on as if no time had passed.
    pub fn go_on(&mut self) {
        self.signal("CONT");
        self.stopped = false;
    }

    /// Waits for the end of its crawl.
    pub fn note_end(&mut self) {
        let status = self.child.wait().unwrap();
        self.ends.push(status.code().unwrap_or(-1));
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.pid().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Place {
    /// A trial that fails leaves nobody behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(desk: &Desk, log: &PathBuf) -> Child {
    let log = OpenOptions::new().create(true).append(true).open(log).unwrap();
    let mut args = vec!["-v", "--log-format", "json"];
    args.extend(view::CRAWL);
    desk.command(&args).stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

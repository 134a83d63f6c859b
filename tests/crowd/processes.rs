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
    /// The network that its crawls are on, where that is not this machine's.
    network: Option<String>,
}

impl Place {
    pub fn new(desk: &Desk, number: usize) -> Self {
        Self::on(desk, number, None)
    }

    /// On a network of its own.
    #[allow(dead_code, reason = "only the trials on a server have networks")]
    pub fn within(desk: &Desk, number: usize, network: &str) -> Self {
        Self::on(desk, number, Some(network.to_owned()))
    }

    fn on(desk: &Desk, number: usize, network: Option<String>) -> Self {
        let log = desk.path(&format!("log-{number}.jsonl"));
        let child = start(desk, &log, network.as_deref());
        Self { child, log, stopped: false, ends: Vec::new(), network }
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
        self.child = start(desk, &self.log, self.network.as_deref());
    }

    /// SIGKILL, and a new crawl at once.
    pub fn kill(&mut self, desk: &Desk) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = start(desk, &self.log, self.network.as_deref());
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

    /// Ends it.
    #[allow(dead_code, reason = "only the trials on a server need it")]
    pub fn end(&mut self) {
        self.signal("TERM");
        self.note_end();
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

fn start(desk: &Desk, log: &PathBuf, network: Option<&str>) -> Child {
    let log = OpenOptions::new().create(true).append(true).open(log).unwrap();
    let mut args = vec!["-v", "--log-format", "json"];
    args.extend(view::CRAWL);
    let mut command = desk.command(&args);
    if let Some(network) = network {
        let program = command.get_program().to_owned();
        command = Command::new("ip");
        command.args(["netns", "exec", network]).arg(program).args(&args).current_dir(desk.folder());
    }
    command.stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

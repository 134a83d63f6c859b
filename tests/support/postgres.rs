//! A PostgreSQL of our own: in a temporary folder, on a Unix socket, gone with the test program.
#![allow(dead_code, reason = "several test programs share it, none uses all of it")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A server that runs. Its watcher ends it, and removes its folder, when the test program has ended,
/// however that was.
pub struct Server {
    pub folder: PathBuf,
    port: u16,
    binaries: PathBuf,
    _watcher: Child,
}

/// The server of all tests of a program that only want an archive; none on this machine, with one line.
pub static SHARED: LazyLock<Option<Server>> = LazyLock::new(Server::start);

/// A fresh archive's address on the shared server.
pub fn archive() -> Option<PathBuf> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    Some(SHARED.as_ref()?.archive(&format!("t{number}")))
}

/// The newest installation's programs: Debian keeps them beside the path.
fn binaries() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .chain(std::env::split_paths(&std::env::var_os("PATH")?))
        .filter(|folder| {
            folder.join("initdb").exists() && folder.join("postgres").exists() && folder.join("psql").exists()
        })
        .collect();
    found.sort();
    found.pop()
}

/// PostgreSQL does not run as root: then it runs as somebody else.
fn as_nobody(program: &Path) -> Command {
    let root = fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0);
    if !root {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
    command
}

impl Server {
    /// Starts one, with the settings that a server has by itself.
    pub fn start() -> Option<Self> {
        Self::with(5432, "listen_addresses = ''\n", |_| {})
    }

    /// Starts one with more settings; `prepare` is given its data folder before it runs.
    pub fn with(port: u16, more: &str, prepare: impl FnOnce(&Path)) -> Option<Self> {
        let Some(binaries) = binaries() else {
            eprintln!("skipped: no PostgreSQL on this machine (Debian: apt-get install postgresql)");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("kliping-pg").tempdir().unwrap().keep();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        let data = folder.join("data");
        let mut init = as_nobody(&binaries.join("initdb"));
        init.args(["-A", "trust", "-U", "kliping", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-D"]);
        let made = init.arg(&data).output().unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let settings = format!(
            "unix_socket_directories = '{}'\nmax_connections = 200\nport = {port}\n{more}",
            folder.display()
        );
        let file = data.join("postgresql.auto.conf");
        fs::write(&file, settings).unwrap();
        prepare(&data);
        let watcher = watch(&binaries, &folder);
        let server = Self { folder, port, binaries, _watcher: watcher };
        server.wait();
        Some(server)
    }

    /// Kills the whole server, as a power cut would, and starts it again.
    pub fn kill(&self) {
        let id = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        let id = id.lines().next().unwrap();
        assert!(Command::new("kill").args(["-9", id]).status().unwrap().success());
        while Path::new(&format!("/proc/{id}")).exists() {
            std::thread::sleep(Duration::from_millis(20));
        }
        // Its children notice, and end; the watcher starts it again.
    }

    /// Waits until it answers.
    pub fn wait(&self) {
        let end = Instant::now() + Duration::from_secs(60);
        while !self.sql("SELECT 1").is_ok_and(|answer| answer == "1") {
            assert!(Instant::now() < end, "PostgreSQL does not start:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What it said.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Asks it as somebody with `psql` would.
    pub fn sql(&self, sql: &str) -> Result<String, String> {
        let args = ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-c", sql];
        self.run("psql", &args)
    }

    /// Runs one of its programs on it.
    pub fn run(&self, program: &str, args: &[&str]) -> Result<String, String> {
        let mut command = Command::new(self.binaries.join(program));
        command.arg("-h").arg(&self.folder).args(["-p", &self.port.to_string(), "-U", "kliping"]);
        let told = command.args(args).output().unwrap();
        if told.status.success() {
            return Ok(String::from_utf8_lossy(&told.stdout).trim().to_owned());
        }
        Err(String::from_utf8_lossy(&told.stderr).trim().to_owned())
    }

    /// Runs a script that calls `psql`, with more variables in its environment.
    pub fn script(&self, script: &str, more: &[(&str, &str)]) -> Result<String, String> {
        let path = std::env::var("PATH").unwrap_or_default();
        let ran = Command::new("sh")
            .arg(script)
            .env("PATH", format!("{}:{path}", self.binaries.display()))
            .env("PGHOST", &self.folder)
            .envs(more.iter().copied())
            .output()
            .unwrap();
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if ran.status.success() { Ok(said(&ran.stdout)) } else { Err(said(&ran.stderr)) }
    }

    /// The address of an archive in a schema of it.
    pub fn archive(&self, schema: &str) -> PathBuf {
        format!("postgres://kliping@/postgres?host={}&schema={schema}", self.folder.display()).into()
    }
}

/// Runs the server, again and again when it is killed, until its own standard input ends.
fn watch(binaries: &Path, folder: &Path) -> Child {
    let script = r#"
        dir=$1; shift
        run() { while [ ! -e "$dir/stop" ]; do
            rm -f "$dir/data/postmaster.pid"
            "$@" >>"$dir/log" 2>&1; sleep 0.3
        done; }
        run "$@" &
        cat >/dev/null
        touch "$dir/stop"
        kill -QUIT "$(head -1 "$dir/data/postmaster.pid")"
        wait
        rm -rf "$dir"
    "#;
    let mut server = as_nobody(&binaries.join("postgres"));
    server.arg("-D").arg(folder.join("data"));
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "watch"]).arg(folder).arg(server.get_program()).args(server.get_args());
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().unwrap()
}

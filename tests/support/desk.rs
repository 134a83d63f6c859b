//! A desk to work at: a folder of its own with configuration and archive, and the binary.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::origin::Origin;

/// A folder with `config.toml`, `selectors/` and `archive/`.
pub struct Desk {
    folder: TempDir,
}

/// How the binary ended.
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Desk {
    /// An empty desk: no configuration.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A desk with one site, `uji`, that is asked every 40 ms at most and has these sources.
    pub fn with_site(origin: &Origin, sources: &str) -> Self {
        let desk = Self::empty();
        let url = origin.url("/");
        desk.write(
            "config.toml",
            &format!(
                "[crawl]\ndelay = \"40ms\"\ntimeout = \"3s\"\nconnect_timeout = \"1s\"\n\n\
                 [recheck]\ngone_after = \"0s\"\n\n\
                 [sites.uji]\nurl = \"{url}\"\n{sources}\n"
            ),
        );
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The binary, with this desk as its working directory and no environment of the developer's.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kliping"));
        command.args(args).current_dir(self.folder.path()).env_clear();
        command
    }

    pub fn run(&self, args: &[&str]) -> Ended {
        ended(self.command(args).output().unwrap())
    }

    /// Runs, expects success, and gives stdout.
    pub fn ok(&self, args: &[&str]) -> String {
        let ended = self.run(args);
        assert_eq!(ended.code, 0, "kliping {args:?}\n{}{}", ended.stdout, ended.stderr);
        ended.stdout
    }

    /// `crawl --summary json` with more arguments: how it ended, and the counters of `uji`.
    pub fn crawl(&self, args: &[&str]) -> (Ended, Value) {
        let mut all = vec!["crawl", "--summary", "json"];
        all.extend(args);
        let ended = self.run(&all);
        let summary: Value = serde_json::from_str(&ended.stdout)
            .unwrap_or_else(|e| panic!("{e}: {}{}", ended.stdout, ended.stderr));
        let counts = summary["sites"]["uji"].clone();
        (ended, counts)
    }

    /// The objects that a verb prints, one a line.
    pub fn json(&self, args: &[&str]) -> Vec<Value> {
        self.ok(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

pub fn ended(output: Output) -> Ended {
    Ended {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

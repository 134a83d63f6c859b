//! `kliping demo` from outside: it ends well, shows what it promises, and what it tells to type works.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

struct Run {
    folder: tempfile::TempDir,
    output: Output,
}

impl Run {
    fn text(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }
}

fn kliping() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kliping"));
    command.stdin(Stdio::null());
    for name in ["KLIPING_CONFIG", "KLIPING_ARCHIVE", "KLIPING_SELECTORS"] {
        command.env_remove(name);
    }
    command
}

/// One run for all tests: it takes its time, by politeness.
fn demo() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let output = kliping().arg("demo").arg("--keep").arg(folder.path().join("press")).output().unwrap();
        Run { output, folder }
    })
}

#[test]
fn the_demo_does_the_whole_job() {
    let run = demo();
    let text = run.text();
    let errors = String::from_utf8_lossy(&run.output.stderr);
    assert_eq!(run.output.status.code(), Some(0), "{errors}\n{text}");
    for shown in [
        "Suara Lembah",
        "Cakrawala",
        "The Harrowmere Gazette",
        "14 articles",
        "Tinggalkan Balasan",
        "Baca juga",
        "Wali Kota Pertimbangkan Menutup Pasar Apung",
        "headline",
        "number",
        "moved",
        "gone",
        "/robots.txt",
    ] {
        assert!(text.contains(shown), "`{shown}` is missing in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "a pipe gets no colours");
}

#[test]
fn the_comment_form_stands_in_no_body() {
    let archive = demo().folder.path().join("press/kliping.db");
    let output = kliping().arg("--archive").arg(archive).args(["export", "--to", "jsonl"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let lines = String::from_utf8(output.stdout).unwrap();
    let articles: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(articles.len(), 15);
    for article in articles {
        let body = article["body"].to_string();
        for words in
            ["Tinggalkan", "Alamat email", "Baca juga", "Bagikan", "IKLAN", "Reply", "Sign up", "Surel Anda"]
        {
            assert!(!body.contains(words), "`{words}` in {body}");
        }
        assert!(article["body"].as_array().is_some_and(|body| body.len() >= 3), "{article}");
        assert!(article["dateline"]["places"][0].is_string(), "{article}");
        assert!(article["published"].is_string() && article["authors"][0].is_string(), "{article}");
    }
}

#[test]
fn every_command_that_the_demo_tells_to_type_works() {
    let run = demo();
    let text = run.text();
    let archive = run.folder.path().canonicalize().unwrap().join("press/kliping.db");
    let commands: Vec<&str> = text.lines().filter(|line| line.contains(archive.to_str().unwrap())).collect();
    assert!(commands.len() >= 6, "{text}");
    for command in commands.iter().filter(|command| !command.contains("sqlite3")) {
        let output = Command::new("sh").arg("-c").arg(command).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{command}\n{errors}");
        assert!(!output.stdout.is_empty(), "{command} prints nothing");
    }
}

#[test]
fn a_folder_with_something_in_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "x").unwrap();
    let output = kliping().arg("demo").arg("--keep").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("not empty") && errors.contains("--keep DIR"), "{errors}");
    let left: Vec<PathBuf> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = kliping()
        .args(["demo", "--keep"])
        .arg(folder.path().join("press"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

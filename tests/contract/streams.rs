//! stdout and stderr: who reads them, who goes away, and what form they have.

use std::process::Stdio;

use serde_json::Value;

use crate::support::desk::{Desk, ended};
use crate::support::press::archived;

/// Every verb that prints, on an archive of two articles.
const VERBS: &[&[&str]] = &[
    &["--help"],
    &["list"],
    &["list", "--help"],
    &["show", "1"],
    &["show", "1", "--format", "html"],
    &["history", "1"],
    &["diff", "1"],
    &["diff", "1", "--format", "html"],
    &["changes"],
    &["search", "perahu"],
    &["export", "--to", "jsonl"],
    &["export", "--to", "csv"],
    &["export", "--to", "md"],
    &["extract", "config.toml"],
    &["sites", "list"],
    &["sites", "check"],
    &["sites", "show", "wordpress"],
    &["sites", "test"],
    &["crawl", "--dry-run"],
    &["crawl", "--summary", "text"],
    &["doctor"],
    &["stats"],
    &["schedule", "--every", "15m"],
    // These speak on stderr.
    &["show", "99"],
    &["crawl", "tiada"],
    &["extract", "tiada.html"],
    &["tiada"],
];

/// A pipe whose reader has gone away.
fn closed_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_never_a_panic() {
    let (_origin, desk) = archived();
    for args in VERBS {
        let by_itself = desk.command(args).output().unwrap();
        let mut command = desk.command(args);
        let headed = ended(command.stdout(closed_pipe()).stderr(Stdio::piped()).output().unwrap());
        assert!(!headed.stderr.contains("panicked"), "{args:?}: {}", headed.stderr);
        if by_itself.stderr.is_empty() {
            assert_eq!((headed.code, headed.stderr.as_str()), (0, ""), "{args:?}");
        }
        // `2>&1 | head`: nobody reads either of the two.
        let mut command = desk.command(args);
        let status = command.stdout(closed_pipe()).stderr(closed_pipe()).status().unwrap();
        assert!([Some(0), by_itself.status.code()].contains(&status.code()), "{args:?}: {status}");
    }
}

#[test]
fn a_full_disk_behind_stdout_is_an_error() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let (_origin, desk) = archived();
    for args in [&["list"][..], &["export", "--to", "jsonl"], &["show", "1"], &["crawl", "--summary", "json"]]
    {
        let output = desk.command(args).stdout(full.try_clone().unwrap()).output().unwrap();
        let done = ended(output);
        assert_eq!(done.code, 4, "{args:?}");
        assert!(done.stderr.contains("cannot write the output"), "{args:?}: {}", done.stderr);
    }
}

#[test]
fn every_line_of_a_json_log_is_json() {
    let (origin, desk) = archived();
    origin.remove("/2");
    desk.write("rusak.toml", "[crawl]\ndelay = 5\nkontak = \"x\"\n");
    for (args, code) in [
        (&["crawl", "-vvv"][..], 0),
        (&["add", &origin.url("/tiada")], 4),
        (&["show", "99"], 4),
        (&["diff", "2"], 0),
        (&["crawl", "tiada"], 2),
        (&["--config", "rusak.toml", "crawl"], 5),
        (&["--archive", "tiada.db", "list"], 6),
        (&["list", "--site", "tiada"], 0),
        (&["list", "--since", "kemarin"], 2),
        (&["tiada"], 2),
        (&["list", "--archive", ""], 2),
    ] {
        let with_flag = |flag: &[&str]| desk.run(&[flag, args].concat());
        for done in
            [with_flag(&["--log-format", "json"]), with_flag(&["--log-format=json", "--color=always"])]
        {
            assert_eq!(done.code, code, "{args:?}: {}", done.stderr);
            assert!(!done.stderr.is_empty(), "{args:?} says nothing");
            for line in done.stderr.lines() {
                let object: Value =
                    serde_json::from_str(line).unwrap_or_else(|e| panic!("{args:?}: {e}: {line}"));
                for key in ["timestamp", "level", "message"] {
                    assert!(object[key].is_string(), "{args:?}: no {key}: {line}");
                }
                assert!(!line.contains("\\u001b"), "{args:?}: {line}");
            }
        }
    }
}

#[test]
fn quiet_and_verbose_change_stderr_only() {
    let (origin, desk) = archived();
    let lines = |args: &[&str]| desk.run(args).stderr.lines().count();
    let address = origin.url("/tiada");
    assert_eq!(lines(&["add", &address]), 1);
    assert_eq!(lines(&["-q", "add", &address]), 0);
    assert!(lines(&["-v", "add", &origin.url("/1")]) > 0);
    assert!(lines(&["-vv", "add", &origin.url("/1")]) > lines(&["-v", "add", &origin.url("/1")]));
    assert_eq!(lines(&["-q", "list", "--site", "tiada"]), 0);
    // An error is told however quiet it is to be.
    assert!(desk.run(&["-q", "show", "99"]).stderr.contains("no article 99"));
    let plain = desk.run(&["list"]);
    let verbose = desk.run(&["-vvv", "list"]);
    assert_eq!((plain.stdout, plain.code), (verbose.stdout, verbose.code));
}

#[test]
fn colours_come_when_they_are_asked_for_only() {
    let (_origin, desk) = archived();
    let colourful = |args: &[&str], no_color: Option<&str>| {
        let mut command = desk.command(args);
        if let Some(value) = no_color {
            command.env("NO_COLOR", value);
        }
        ended(command.output().unwrap()).stdout.contains('\u{1b}')
    };
    for verb in
        [&["list"][..], &["show", "1"], &["diff", "1"], &["history", "1"], &["doctor"], &["search", "waduk"]]
    {
        let with = |color: &'static str| [&["--color", color], verb].concat();
        assert!(!colourful(verb, None), "{verb:?}: stdout is no terminal");
        assert!(!colourful(&with("never"), None));
        assert!(colourful(&with("always"), None), "{verb:?}");
        // Who names the option means it.
        assert!(colourful(&with("always"), Some("1")), "{verb:?}");
        assert!(!colourful(&with("auto"), Some("1")));
    }
}

#[test]
fn an_empty_desk_says_what_to_do_first() {
    let desk = Desk::empty();
    for (args, code, says) in [
        (&["crawl"][..], 4, "kliping sites add"),
        (&["list"], 6, "kliping crawl"),
        (&["sites", "list"], 0, "sites add"),
        (&[], 2, "kliping demo"),
    ] {
        let done = desk.run(args);
        assert_eq!(done.code, code, "{args:?}");
        assert!(format!("{}{}", done.stdout, done.stderr).contains(says), "{args:?}: {}", done.stderr);
    }
    assert_eq!(std::fs::read_dir(desk.folder()).unwrap().count(), 0, "nothing is made on the way");
}

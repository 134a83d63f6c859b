//! Options: who wins, what ends them, what they accept.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::support::desk::{Desk, Ended, ended};
use crate::support::press::{FEED, archived, press};

fn with_env(desk: &Desk, args: &[&str], env: &[(&str, &str)]) -> Ended {
    ended(desk.command(args).envs(env.iter().copied()).output().unwrap())
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_configuration_and_that_over_the_default() {
    let origin = press(1);
    let desk = Desk::with_site(&origin, FEED);
    let config = std::fs::read_to_string(desk.path("config.toml")).unwrap();
    desk.write("b.toml", &format!("archive = \"b.db\"\n{config}"));
    // What each names, and the archive that is made then.
    for (args, env, made) in [
        (&[][..], &[][..], "archive/kliping.db"),
        (&["--config", "b.toml"], &[], "b.db"),
        (&[], &[("KLIPING_CONFIG", "b.toml")], "b.db"),
        (&[], &[("KLIPING_CONFIG", "b.toml"), ("KLIPING_ARCHIVE", "c.db")], "c.db"),
        (&["--archive", "d.db"], &[("KLIPING_CONFIG", "b.toml"), ("KLIPING_ARCHIVE", "c.db")], "d.db"),
        (&["--config", "config.toml"], &[("KLIPING_CONFIG", "b.toml")], "archive/kliping.db"),
        // An empty variable is one that is not set.
        (
            &[],
            &[("KLIPING_CONFIG", ""), ("KLIPING_ARCHIVE", ""), ("KLIPING_SELECTORS", "")],
            "archive/kliping.db",
        ),
    ] {
        let done = with_env(&desk, &[args, &["crawl"]].concat(), env);
        assert_eq!(done.code, 0, "{args:?} {env:?}: {}", done.stderr);
        for name in ["archive/kliping.db", "b.db", "c.db", "d.db"] {
            let path = desk.path(name);
            assert_eq!(path.exists(), name == made, "{args:?} {env:?}: {name}");
            let _ = std::fs::remove_file(path);
        }
    }
}

#[test]
fn site_files_come_from_the_folder_that_is_named() {
    let desk = Desk::empty();
    for folder in ["a", "b", "c"] {
        let text = format!("schema = 1\n[site]\nname = \"{folder}\"\nhosts = [\"{folder}.example\"]\n");
        desk.write(&format!("{folder}/{folder}.toml"), &text);
    }
    desk.write("config.toml", "selectors = \"a\"\n");
    let knows = |args: &[&str], env: &[(&str, &str)]| {
        let known = |id: &&str| with_env(&desk, &[args, &["sites", "show", id]].concat(), env).code == 0;
        ["a", "b", "c"].into_iter().filter(known).collect::<String>()
    };
    assert_eq!(knows(&[], &[]), "a");
    assert_eq!(knows(&[], &[("KLIPING_SELECTORS", "b")]), "b");
    assert_eq!(knows(&["--selectors", "c"], &[("KLIPING_SELECTORS", "b")]), "c");
    // A folder that is named and is not there is a slip: without its files all would read differently.
    for (args, env) in [(&["--selectors", "tiada"][..], &[][..]), (&[], &[("KLIPING_SELECTORS", "tiada")])] {
        let done = with_env(&desk, &[args, &["sites", "list"]].concat(), env);
        assert_eq!(done.code, 5);
        assert!(done.stderr.contains("no folder tiada"), "{}", done.stderr);
    }
}

#[test]
fn a_configuration_that_is_named_must_be_there() {
    let desk = Desk::empty();
    for args in [&["crawl"][..], &["sites", "list"], &["schedule", "--every", "15m"]] {
        for done in [
            desk.run(&[&["--config", "tiada.toml"], args].concat()),
            with_env(&desk, args, &[("KLIPING_CONFIG", "tiada.toml")]),
        ] {
            assert_eq!((done.code, done.stdout.as_str()), (5, ""), "{args:?}");
            assert!(done.stderr.contains("tiada.toml"), "{args:?}: {}", done.stderr);
        }
    }
}

#[test]
fn two_dashes_end_options_and_one_is_stdin() {
    let (_origin, desk) = archived();
    desk.write("-x.html", "<title>Judul dari berkas</title><article><h1>Judul dari berkas</h1><p>Isi berita yang cukup panjang.</p></article>");
    assert!(desk.ok(&["extract", "--", "-x.html"]).contains("Judul dari berkas"));
    assert_eq!(desk.run(&["search", "--", "-waduk"]).code, 0);
    assert_eq!(desk.run(&["search", "-waduk"]).code, 2);
    assert_eq!(desk.run(&["list", "--", "--site"]).code, 2);
    let mut command = assert_cmd::Command::from_std(desk.command(&["extract", "-"]));
    let output = command.write_stdin(std::fs::read(desk.path("-x.html")).unwrap()).output().unwrap();
    assert!(ended(output).stdout.contains("Judul dari berkas"));
    // `-` of an output is stdout.
    assert_eq!(desk.ok(&["export", "--to", "csv", "-o", "-"]), desk.ok(&["export", "--to", "csv"]));
}

#[test]
fn names_of_files_need_not_be_utf8() {
    let origin = press(1);
    let desk = Desk::with_site(&origin, FEED);
    let name = OsStr::from_bytes(b"arsip-\xff.db");
    let run =
        |args: &[&str]| ended(desk.command(&[]).arg("--archive").arg(name).args(args).output().unwrap());
    let done = run(&["crawl"]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    let done = run(&["add", &origin.url("/1")]);
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
    assert!(desk.folder().join(Path::new(name)).exists());
    assert_eq!(run(&["list"]).stdout.lines().count(), 1);
}

#[test]
fn filters_choose_and_a_site_that_is_not_there_is_said() {
    let (_origin, desk) = archived();
    let count = |args: &[&str]| desk.ok(args).lines().count();
    for verb in [&["list", "--format", "jsonl"][..], &["export", "--to", "jsonl"]] {
        for (filter, articles) in [
            (&[][..], 2),
            (&["--limit", "1"], 1),
            (&["--limit", "0"], 0),
            (&["--since", "1h"], 2),
            (&["--until", "1h"], 0),
            (&["--since", "2020-01-01", "--until", "2020-01-02T10:00+07:00"], 0),
            (&["--changed-since", "1h"], 2),
            (&["--state", "live"], 2),
            (&["--state", "gone"], 0),
            (&["--site", "uji"], 2),
            (&["--site", "tiada"], 0),
        ] {
            assert_eq!(count(&[verb, filter].concat()), articles, "{verb:?} {filter:?}");
        }
        let done = desk.run(&[verb, &["--site", "tiada"]].concat());
        assert!(done.stderr.contains("`tiada`") && done.stderr.contains("uji"), "{}", done.stderr);
        for wrong in [["--limit", "x"], ["--since", "kemarin"], ["--state", "x"], ["--until", "2026-13-01"]] {
            assert_eq!(desk.run(&[verb, &wrong].concat()).code, 2, "{wrong:?}");
        }
    }
    assert_eq!(desk.ok(&["list", "--format", "json"]), desk.ok(&["list", "--format", "jsonl"]));
    assert_eq!(desk.ok(&["show", "1", "--format", "jsonl"]), desk.ok(&["show", "1", "--format", "json"]));
}

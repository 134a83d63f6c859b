//! What packagers take: completions and manual pages.

use std::fs;

use crate::kliping::kliping;

#[test]
fn every_shell_gets_completions_for_every_verb() {
    let folder = tempfile::tempdir().unwrap();
    for (shell, mark) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef kliping"),
        ("fish", "complete -c kliping"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
    ] {
        let done = kliping(folder.path(), &["completions", shell]);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{shell}");
        for word in [mark, "reextract", "completions", "incremental"] {
            assert!(done.out.contains(word), "{shell}: no {word}");
        }
    }
    assert_eq!(kliping(folder.path(), &["completions", "tcsh"]).code, 2);
    // bash itself reads it, where it is there.
    fs::write(folder.path().join("k.bash"), kliping(folder.path(), &["completions", "bash"]).out).unwrap();
    if let Ok(read) =
        std::process::Command::new("bash").args(["-n", "k.bash"]).current_dir(folder.path()).status()
    {
        assert!(read.success());
    }
}

/// What `contrib/` starts: the arguments of kliping, with `--help` behind them, are understood.
#[test]
fn what_contrib_starts_is_understood() {
    let read = |name: &str| {
        fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib").join(name))
            .unwrap()
    };
    let unit = read("kliping-worker@.service");
    let line = unit.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/local/bin/kliping ")).unwrap();
    let mut started: Vec<Vec<String>> = vec![line.split(' ').map(str::to_owned).collect()];
    let compose = read("compose.yaml");
    let commands = compose.lines().filter_map(|line| line.trim().strip_prefix("command: "));
    started.extend(
        commands
            .map(|list| serde_json::from_str::<Vec<String>>(list).unwrap())
            .filter(|command| command[0] != "postgres"),
    );
    assert_eq!(started.len(), 3);
    let folder = tempfile::tempdir().unwrap();
    for mut args in started {
        args.push("--help".to_owned());
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let done = kliping(folder.path(), &args);
        assert_eq!(done.code, 0, "{args:?}: {}", done.err);
    }
    let services: Vec<&str> = compose
        .lines()
        .skip_while(|line| *line != "services:")
        .skip(1)
        .take_while(|line| line.is_empty() || line.starts_with(' '))
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|name| !name.starts_with(' '))
        .collect();
    assert_eq!(services, ["db", "crawl", "serve"]);
    assert!(compose.contains("postgres://reader@db/"), "the reading room has a role that only reads");
}

#[test]
fn the_manual_has_a_page_for_each_verb() {
    let folder = tempfile::tempdir().unwrap();
    let page = kliping(folder.path(), &["man"]);
    assert!(
        page.code == 0 && page.out.contains(".TH kliping 1") && page.out.contains("kliping\\-crawl(1)"),
        "{}",
        page.out
    );
    let done = kliping(folder.path(), &["man", "-o", "man1"]);
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (0, "", ""));
    for name in ["kliping.1", "kliping-crawl.1", "kliping-import.1", "kliping-sites-add.1"] {
        let text = fs::read_to_string(folder.path().join("man1").join(name)).unwrap();
        assert!(text.contains(".SH SYNOPSIS") && text.contains(".SH EXAMPLES"), "{name}");
    }
}

//! docs/reference.md says word for word what `--help` says. `KLIPING_BLESS=1 cargo test` rewrites it.

use std::fmt::Write;
use std::process::Command;

const INTRO: &str = "# Command reference\n\n\
    What follows is what `kliping --help` and `kliping VERB --help` print; a test keeps it so.\n\
    Every verb also takes `--parser reference`: pages are cut up by html5ever's own tokenizer, slower, with the same \
    result; to compare in the field.\n\
    Exit codes: 0 done · 1 the answer is no · 2 usage · 3 some pages or sites failed, the rest is stored · \
    4 nothing could be done · 5 configuration or site file invalid · 6 archive unusable · \
    75 another run holds the crawl lock · 130/143 interrupted, after what had been fetched was stored.\n";

/// What `kliping ARGS --help` prints, without colours and at a fixed width.
fn help(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kliping"))
        .args(args)
        .arg("--help")
        .env_clear()
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{args:?} --help failed");
    let text = String::from_utf8(output.stdout).expect("help is UTF-8");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// The subcommands that a help text lists.
fn subcommands(help: &str) -> Vec<String> {
    let mut lines = help.lines().skip_while(|line| line.trim() != "Commands:").skip(1);
    lines
        .by_ref()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help")
        .map(str::to_owned)
        .collect()
}

fn reference() -> String {
    let mut out = INTRO.to_owned();
    let top = help(&[]);
    write!(out, "\n## kliping\n\n```text\n{top}\n```\n").expect("writing to a string");
    for verb in subcommands(&top) {
        let text = help(&[&verb]);
        write!(out, "\n## kliping {verb}\n\n```text\n{text}\n```\n").expect("writing to a string");
        for sub in subcommands(&text) {
            let text = help(&[&verb, &sub]);
            write!(out, "\n### kliping {verb} {sub}\n\n```text\n{text}\n```\n").expect("writing to a string");
        }
    }
    out
}

#[test]
fn the_command_reference_says_what_help_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference.md");
    let now = reference();
    if std::env::var_os("KLIPING_BLESS").is_some() {
        std::fs::write(path, &now).expect("docs/reference.md can be written");
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        stored == now,
        "docs/reference.md is not what --help says: KLIPING_BLESS=1 cargo test --test reference"
    );
}

#[test]
fn every_verb_opens_with_examples() {
    for verb in subcommands(&help(&[])) {
        let text = help(&[&verb]);
        let nested = subcommands(&text);
        if nested.is_empty() {
            assert!(text.starts_with("Examples:"), "`kliping {verb} --help` does not open with examples");
        }
        for sub in nested {
            assert!(
                help(&[&verb, &sub]).starts_with("Examples:"),
                "`kliping {verb} {sub} --help`: no examples"
            );
        }
    }
}

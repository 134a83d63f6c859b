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

//! `kliping sites list|show|check|test`, from outside.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const SITE: &str = "schema = 1\nextends = \"wordpress\"\n[site]\nname = \"Kabar\"\n[[layout]]\nid = \"a\"\nwhen = \"article\"\n\
    [layout.title]\nselect = [\"h1\"]\n[layout.body]\nselect = [\".isi\"]\n";

const PAGE: &str = "<html lang=id><body><article><h1>Pasar Buka Lagi</h1><div class=isi>\
    <p>Pedagang pasar desa kembali berjualan setelah jembatan selesai dibangun.</p>\
    <p>Warga menyambutnya dengan kenduri kecil di balai desa pada sore hari.</p></div></article></body></html>";

/// A folder with a configuration and the site file of `kabar.example`.
fn folder(site: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = "[crawl]\ndelay = \"7s\"\n[sites.kabar]\nurl = \"https://kabar.example/\"\n\
        [sites.lain]\nurl = \"https://lain.example/\"\npreset = \"wordpress\"\nenabled = false\n";
    fs::write(folder.path().join("config.toml"), config).unwrap();
    fs::create_dir_all(folder.path().join("selectors/kabar.example")).unwrap();
    fs::write(folder.path().join("selectors/kabar.example.toml"), site).unwrap();
    fs::write(folder.path().join("selectors/kabar.example/pasar.html"), PAGE).unwrap();
    folder
}

/// Exit code, stdout, stderr.
fn kliping(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("kliping").unwrap();
    for name in ["KLIPING_CONFIG", "KLIPING_ARCHIVE", "KLIPING_SELECTORS"] {
        command.env_remove(name);
    }
    let output = command.current_dir(folder).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn list_says_what_reads_each_site() {
    let folder = folder(SITE);
    let (code, out, _) = kliping(folder.path(), &["sites", "list"]);
    assert_eq!(code, 0);
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        lines[1],
        ["kabar", "https://kabar.example/", "selectors/kabar.example.toml", "over", "wordpress", "7s"]
    );
    assert_eq!(lines[2], ["lain", "(off)", "https://lain.example/", "preset", "wordpress", "7s"]);
    let (_, out, _) = kliping(folder.path(), &["sites", "list", "--format", "jsonl"]);
    let first: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!((&first["id"], &first["read_by"]), (&"kabar".into(), &"kabar.example".into()));
}

#[test]
fn without_a_site_list_shows_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = kliping(folder.path(), &["sites", "list"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("kliping sites add"), "{err}");
}

#[test]
fn what_show_prints_is_a_site_file() {
    let folder = folder(SITE);
    for name in ["kabar", "kabar.example", "www.kabar.example", "https://kabar.example/a"] {
        let (code, out, _) = kliping(folder.path(), &["sites", "show", name]);
        assert!(code == 0 && out.contains("id = \"a\"") && out.contains("id = \"core\""), "{name}: {out}");
        fs::write(folder.path().join("selectors/kabar.example.toml"), out).unwrap();
        assert_eq!(kliping(folder.path(), &["sites", "check"]).0, 0);
    }
    let (code, _, err) = kliping(folder.path(), &["sites", "show", "wordpres"]);
    assert!(code == 2 && err.contains("did you mean `wordpress`?"), "{err}");
}

#[test]
fn check_shows_every_mistake_of_every_file_with_its_place() {
    let folder = folder(
        "schema = 1\nextends = \"wordpres\"\n[layout]\n[clean]\nremove = ['//div', \"p >\"]\ndrop = 1\n",
    );
    fs::write(folder.path().join("selectors/b.toml"), "schema = 1\n[site]\nhosts = ['www.kabar.example']\n")
        .unwrap();
    let config = "[crawl]\ndely = '1s'\n[sites.a]\nurl = 'https://a.example'\npreset = 'drupal'\n";
    fs::write(folder.path().join("config.toml"), config).unwrap();
    let (code, out, err) = kliping(folder.path(), &["sites", "check", "--format", "short"]);
    assert_eq!((code, err.as_str()), (5, ""));
    let places: Vec<&str> = out.lines().map(|line| line.split(": ").next().unwrap()).collect();
    let file = "selectors/kabar.example.toml";
    let wanted = [
        "config.toml:2:1".to_owned(),
        format!("{file}:1:1"),
        format!("{file}:2:11"),
        format!("{file}:3:1"),
        format!("{file}:5:12"),
        format!("{file}:5:23"),
        format!("{file}:6:1"),
    ];
    assert_eq!(places, wanted, "{out}");
    let (_, out, _) = kliping(folder.path(), &["sites", "check"]);
    assert!(
        out.contains("   ^^^^^") && out.contains("help: write `div`") && out.ends_with("7 mistakes\n"),
        "{out}"
    );
    assert!(!out.contains("developer"), "{out}");
    // The other verbs refuse to work with it, and say why.
    let (code, _, err) = kliping(folder.path(), &["sites", "test"]);
    assert!(code == 5 && err.contains("config.toml:2:1"), "{err}");
}

#[test]
fn check_of_one_file_tells_of_that_file_only() {
    let folder = folder("schema = 2\n");
    fs::write(
        folder.path().join("new.toml"),
        "schema = 1\nextends = 'wordpress'\n[site]\nhosts = ['x.example']\n",
    )
    .unwrap();
    let (code, out, _) = kliping(folder.path(), &["sites", "check", "new.toml"]);
    assert_eq!((code, out.as_str()), (0, "no mistakes in 1 site file\n"));
    let (code, out, _) = kliping(folder.path(), &["sites", "check", "./selectors/kabar.example.toml"]);
    assert!(code == 5 && out.contains("version 2 is not known"), "{out}");
    let (code, out, _) = kliping(folder.path(), &["sites", "check", "none.toml", "--format", "jsonl"]);
    assert!(code == 5 && out.contains("\"file\":\"none.toml\""), "{out}");
}

#[test]
fn test_reads_the_stored_pages() {
    let good = "[[test]]\nfixture = \"pasar.html\"\nurl = \"https://kabar.example/a\"\nlayout = \"a\"\ntitle = \"Pasar Buka Lagi\"\n\
        body_starts = \"Pedagang pasar\"\nbody_ends = \"sore hari.\"\nparagraphs = 2\nabsent = [\"Tinggalkan\"]\n";
    let bad = "[[test]]\nfixture = \"pasar.html\"\ntitle = \"Lain\"\nbody_ends = \"pagi.\"\ncomment_form = true\n\
        [[test]]\nfixture = \"none.html\"\ntitle = \"x\"\n";
    let passing = folder(&format!("{SITE}{good}"));
    let (code, out, err) = kliping(passing.path(), &["sites", "test"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        out.contains("ok      kabar.example/pasar.html") && out.ends_with("1 passed, 0 failed\n"),
        "{out}"
    );
    let failing = folder(&format!("{SITE}{good}{bad}"));
    let (code, out, _) = kliping(failing.path(), &["sites", "test", "kabar.example"]);
    assert_eq!(code, 1, "{out}");
    for part in [
        "wanted  Lain",
        "found   Pasar Buka Lagi",
        "body_ends",
        "comment_form",
        "none.html",
        "1 passed, 2 failed",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert_eq!(kliping(failing.path(), &["sites", "test", "nobody"]).0, 2);
}

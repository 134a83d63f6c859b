//! Every verb that reads, over an archive on the server, as a person calls it.

use crate::support::desk::Desk;
use crate::world::{HOUR, World, article};

fn world() -> (World, Desk) {
    let mut world = World::new();
    world.see("https://kabar.example/cabai", &article("Harga cabai naik", &["Pedagang di pasar mengeluh."]));
    world.see("https://kabar.example/ruas", &article("Ruas jalan ditutup", &["Polisi mengalihkan arus."]));
    world.later(HOUR);
    world.see("https://kabar.example/cabai", &article("Harga cabai turun", &["Pedagang di pasar senang."]));
    (world, Desk::empty())
}

fn on(world: &World, desk: &Desk, args: &[&str]) -> String {
    let path = world.path();
    let mut all = vec!["--archive", path.to_str().unwrap()];
    all.extend(args);
    desk.ok(&all)
}

#[test]
fn what_is_archived_is_read_by_every_verb() {
    let (world, desk) = world();
    for (args, wanted) in [
        (&["list"][..], "Harga cabai turun"),
        (&["show", "1"], "senang"),
        (&["show", "1@1"], "mengeluh"),
        (&["history", "1"], "2"),
        (&["diff", "1"], "turun"),
        (&["changes"], "cabai"),
        (&["search", "pedagang"], "Harga"),
        (&["search", "\"pasar senang\""], "cabai"),
        (&["search", "mengeluh", "--versions", "all"], "cabai"),
        (&["search", "--fts", "cabai & (naik | turun)"], "turun"),
        (&["export", "--to", "jsonl"], "kliping.article/1"),
        (&["stats"], "2"),
        (&["verify"], "3 links"),
        (&["reextract"], ""),
        (&["sites", "health"], ""),
    ] {
        let out = on(&world, &desk, args);
        assert!(out.contains(wanted), "{args:?}: {out}");
    }
    let doctor = on(&world, &desk, &["doctor"]);
    if crate::server::SHARED.is_some() {
        assert!(doctor.contains("PostgreSQL"), "{doctor}");
    }
}

#[test]
fn a_backup_is_a_file_with_all_of_it() {
    if crate::server::SHARED.is_none() {
        return;
    }
    let (world, desk) = world();
    on(&world, &desk, &["backup", "copy.db"]);
    let ends = |verified: &str| verified.lines().find(|line| line.starts_with("chain")).unwrap().to_owned();
    let copy = desk.ok(&["--archive", "copy.db", "verify"]);
    assert_eq!(ends(&copy), ends(&on(&world, &desk, &["verify"])));
    let list = ["list", "--format", "jsonl"];
    assert_eq!(desk.ok(&[&["--archive", "copy.db"][..], &list].concat()), on(&world, &desk, &list));
    assert!(desk.ok(&["--archive", "copy.db", "search", "senang"]).contains("cabai"));
    let path = world.path();
    let backup = ["--archive", path.to_str().unwrap(), "backup", "copy.db"];
    let again = desk.run(&backup);
    assert_eq!(again.code, 4, "{}", again.stderr);
    assert!(again.stderr.contains("copy.db exists"), "{}", again.stderr);
    desk.ok(&[&backup[..], &["--force"]].concat());
    let left: Vec<_> =
        std::fs::read_dir(desk.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let copies = left.iter().filter(|name| name.to_string_lossy().contains("copy.db"));
    assert_eq!(copies.count(), 1, "{left:?}");
}

#[test]
fn what_does_not_work_there_says_so() {
    if crate::server::SHARED.is_none() {
        return;
    }
    let desk = Desk::empty();
    let nowhere = desk.run(&["--archive", "postgres://kliping:geheim@127.0.0.1:1/news", "list"]);
    assert_eq!(nowhere.code, 6, "{}", nowhere.stderr);
    assert!(!nowhere.stderr.contains("geheim"), "{}", nowhere.stderr);
    assert_eq!(desk.run(&["--archive", "postgres://h/d?schema=A-b", "list"]).code, 5);
}

/// They are indexed by pairs; a file has what stands between two marks as one word.
#[test]
fn one_character_of_a_script_without_spaces_is_found() {
    let (mut world, desk) = world();
    world.later(HOUR).see("https://kabar.example/tokyo", &article("東京の天気", &["今日は晴れ。"]));
    for text in ["東", "東京", "晴"] {
        let out = on(&world, &desk, &["search", text]);
        assert!(out.contains("天気"), "{text}: {out}");
    }
    let marked = on(&world, &desk, &["search", "東", "--format", "jsonl"]);
    assert!(marked.contains("東京"), "{marked}");
}

#[test]
fn a_password_in_an_address_is_in_no_archive() {
    let Some(server) = crate::server::SHARED.as_ref() else { return };
    let address = server.archive("diam");
    let address = address.to_str().unwrap().replacen("kliping@", "kliping:geheim@", 1);
    let desk = Desk::empty();
    let config = "[crawl]\ncontact = \"red@kabar.example\"\n[sites.kabar]\nurl = \"http://127.0.0.1:9/\"\n";
    desk.write("config.toml", config);
    desk.run(&["crawl", "--archive", &address, "--limit", "0"]);
    desk.run(&["crawl", &format!("--archive={address}"), "--limit", "0"]);
    let args = server.sql("SELECT args FROM diam.run").unwrap();
    assert!(args.contains("postgres://kliping@/") && !args.contains("geheim"), "{args}");
}

/// `contrib/postgres-init.sh` as PostgreSQL's image runs it: one role writes, the other only reads.
#[test]
fn the_role_of_the_reading_room_only_reads() {
    let Some(server) = crate::server::SHARED.as_ref() else { return };
    server.sql("CREATE DATABASE news").unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/contrib/postgres-init.sh");
    let ran = server.script(
        script,
        &[("POSTGRES_USER", "kliping"), ("POSTGRES_DB", "news"), ("READER_PASSWORD", "it's")],
    );
    assert_eq!(ran, Ok(String::new()));
    let (world, desk) = (World::in_file(), Desk::empty());
    world.see("https://kabar.example/cabai", &article("Harga cabai naik", &["Pedagang di pasar mengeluh."]));
    let address = |role: &str| format!("postgres://{role}@/news?host={}", server.folder.display());
    desk.ok(&["copy", world.path().to_str().unwrap(), &address("kliping")]);
    for verb in [&["list"][..], &["search", "pedagang"], &["export", "--to", "jsonl"], &["verify"]] {
        let out = desk.ok(&[&["--archive", &address("reader")], verb].concat());
        assert!(!out.is_empty(), "{verb:?}");
    }
    let refused = desk.run(&["--archive", &address("reader"), "redact", "1", "--reason", "x"]);
    assert_eq!(refused.code, 6, "{}", refused.stderr);
    assert!(refused.stderr.contains("permission denied"), "{}", refused.stderr);
}

#[test]
fn a_text_that_is_taken_out_is_gone() {
    let (world, desk) = world();
    on(&world, &desk, &["redact", "1", "--reason", "permintaan"]);
    let path = world.path();
    let found = desk.run(&["--archive", path.to_str().unwrap(), "search", "pedagang"]);
    assert_eq!((found.code, found.stdout.as_str()), (1, ""), "{}", found.stderr);
    assert!(!on(&world, &desk, &["export", "--to", "jsonl"]).contains("Pedagang"));
}

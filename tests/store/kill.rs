//! What was reported as stored survives the sudden death of the process; a real full disk.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use kliping::model::{ArticleId, VersionSeq};
use kliping::store::{Archive, Claim, Mode};

use crate::world::{World, article, daily, read, url};

const CHILD: &str = "KLIPING_TEST_ARCHIVE";

/// This very test program, as a process that writes to an archive until it is killed: it prints each
/// address when it is told that it is stored.
fn writer(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::writes_until_it_is_killed", "--ignored", "--nocapture"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "run by the tests beside it, in a process of its own"]
fn writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let mut world = World::new();
    world.archive = Archive::open(path, Mode::Create).unwrap();
    let own = std::process::id();
    for n in 0..100_000 {
        let address = format!("https://kabar.example/{own}/{n}");
        let text = format!("Kalimat {n}. ").repeat(n % 500 + 1);
        let page = article(&format!("Berita {own} {n}"), &[text.trim_end()]);
        match world.archive.writer().record(world.fetch(&address), read(&page), daily()).wait() {
            Ok(_) => println!("STORED {address}"),
            Err(error) => {
                println!("FAILED {}", error.code());
                return;
            }
        }
    }
}

/// Reads what the child says until it has said so many lines or ended.
fn listen(child: &mut Child, lines: usize) -> Vec<String> {
    let said = BufReader::new(child.stdout.as_mut().unwrap()).lines().map_while(Result::ok);
    // The test harness prints lines of its own, and may begin a line with the test's name.
    let told = |line: String| {
        let at = line.find("STORED ").or_else(|| line.find("FAILED "))?;
        Some(line[at..].to_owned())
    };
    said.filter_map(told).take(lines).collect()
}

/// Everything that was reported as stored is there, whole, and SQLite finds nothing wrong.
fn all_there(archive: &Archive, told: &[String]) {
    let reader = archive.reader().unwrap();
    for line in told {
        let address = url(line.strip_prefix("STORED ").unwrap());
        let id = reader.known(&address).unwrap().unwrap_or_else(|| panic!("{address} is lost"));
        let version = reader.version(id, VersionSeq(1)).unwrap().unwrap();
        assert_eq!(version.fingerprint, version.article.fingerprint(), "{address}");
    }
    for check in reader.check().unwrap() {
        assert_eq!(check.remedy, None, "{}: {}", check.name, check.found);
    }
}

#[test]
fn a_killed_process_loses_nothing_that_it_reported_as_stored() {
    let world = World::new();
    let mut all = Vec::new();
    for lines in [1, 2, 7, 40] {
        let mut child = writer(&world.path());
        let told = listen(&mut child, lines);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(told.len(), lines);
        all.extend(told);
    }
    let archive = Archive::open(world.path(), Mode::ReadWrite).unwrap();
    all_there(&archive, &all);
    // It goes on as if nothing had happened.
    let host = url("https://kabar.example/").host_key();
    let lease = std::time::Duration::from_secs(60);
    let claim = archive.writer().claim(&host, "next", world.now, lease, lease).wait().unwrap();
    assert!(matches!(claim, Claim::Granted(_)));
    assert_eq!(
        world.see("https://kabar.example/x", &article("X", &["isi"])).article.map(|id| id > ArticleId(49)),
        Some(true)
    );
}

#[test]
fn two_processes_one_killed_and_the_other_goes_on() {
    let world = World::new();
    let (mut first, mut second) = (writer(&world.path()), writer(&world.path()));
    let mut all = listen(&mut first, 20);
    first.kill().unwrap();
    first.wait().unwrap();
    all.extend(listen(&mut second, 40));
    second.kill().unwrap();
    second.wait().unwrap();
    assert_eq!(all.len(), 60);
    all_there(&world.archive, &all);
}

#[test]
fn a_disk_that_is_really_full_is_named_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let tmpfs = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=3m", "kliping-test"])
        .arg(folder.path())
        .stderr(Stdio::null())
        .status();
    if !tmpfs.is_ok_and(|status| status.success()) {
        // Mounting is root's; `faults` has the same test with SQLite's own limit.
        return;
    }
    let path = folder.path().join("kliping.db");
    let mut child = writer(&path);
    let mut told = listen(&mut child, usize::MAX);
    child.wait().unwrap();
    let end = told.pop();
    let result = std::panic::catch_unwind(|| {
        assert_eq!(end.as_deref(), Some("FAILED disk_full"));
        assert!(!told.is_empty());
        // No room even for the log to be folded in: reading must still work.
        all_there(&Archive::open(&path, Mode::ReadOnly).unwrap(), &told);
    });
    assert!(Command::new("umount").arg(folder.path()).status().unwrap().success());
    result.unwrap();
}

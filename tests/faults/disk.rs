//! Disks that are full, that may not be written, and limits on a file's size.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::desk::{Desk, Ended, ended};
use crate::support::origin::Origin;
use crate::support::press::press;

const STORIES: usize = 40;

/// A desk with one site and the shortest leases: who died on a full disk could not give the host back.
fn desk(origin: &Origin) -> Desk {
    let desk = Desk::empty();
    desk.write(
        "config.toml",
        &format!(
            "[crawl]\ndelay = \"5ms\"\ntimeout = \"1s\"\nconnect_timeout = \"200ms\"\nlease = \"1s\"\n\n\
             [sites.uji]\nurl = \"{}\"\nfeeds = [\"/feed.xml\"]\n",
            origin.url("/")
        ),
    );
    desk
}

fn stories(desk: &Desk) -> usize {
    desk.ok(&["list", "--format", "jsonl"]).lines().count()
}

/// Runs under a limit on the size of files, in bytes.
fn limited(desk: &Desk, bytes: u64, args: &[&str]) -> Ended {
    let inner = desk.command(args);
    let mut command = Command::new("/usr/bin/prlimit");
    command.arg(format!("--fsize={bytes}")).arg(inner.get_program()).args(inner.get_args());
    ended(command.current_dir(desk.folder()).env_clear().output().unwrap())
}

#[test]
fn a_limit_on_the_size_of_files_ends_a_crawl_in_good_order() {
    if !Path::new("/usr/bin/prlimit").exists() {
        eprintln!("skipped: there is no /usr/bin/prlimit");
        return;
    }
    let origin = press(STORIES);
    let desk = desk(&origin);
    desk.ok(&["crawl", "--limit", "3"]);
    let size = std::fs::metadata(desk.path("archive/kliping.db")).unwrap().len();
    for limit in [size / 2, size + 20_000] {
        // Not killed by SIGXFSZ (which would be -1 here).
        let done = limited(&desk, limit, &["crawl"]);
        assert_eq!(done.code, 6, "{limit}: {}", done.stderr);
        assert!(done.stderr.contains("the archive"), "{limit}: {}", done.stderr);
        desk.ok(&["verify"]);
    }
    let some = stories(&desk);
    assert!((3..STORIES).contains(&some), "{some}");
    let done = limited(&desk, 100, &["export", "--to", "jsonl", "-o", "semua.jsonl"]);
    assert_eq!(done.code, 4, "{}", done.stderr);
    assert!(!desk.path("semua.jsonl").exists(), "half a file is no export");
    let done = desk.run(&["crawl"]);
    assert_eq!((done.code, stories(&desk)), (0, STORIES), "{}", done.stderr);
}

/// A small file system of its own, as long as this lives.
struct Tmpfs(PathBuf);

impl Tmpfs {
    fn mount(path: PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir_all(&path).unwrap();
        let done = mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "kliping-test"], &path);
        if !done {
            eprintln!("skipped: this user may not mount a file system");
        }
        done.then_some(Self(path))
    }

    fn change(&self, options: &str) {
        assert!(mount(&["-o", &format!("remount,{options}")], &self.0));
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).stderr(Stdio::null()).status();
    }
}

fn mount(args: &[&str], path: &Path) -> bool {
    let status = Command::new("mount").args(args).arg(path).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

#[test]
fn a_crawl_onto_a_full_disk_says_so_and_goes_on_when_there_is_room_and_a_read_only_one_is_read() {
    let origin = press(STORIES);
    let desk = desk(&origin);
    let Some(disk) = Tmpfs::mount(desk.path("archive"), "1m") else { return };
    let done = desk.run(&["crawl"]);
    assert_eq!(done.code, 6, "{}", done.stderr);
    assert!(done.stderr.contains("the disk is full"), "{}", done.stderr);
    assert!(stories(&desk) < STORIES);
    desk.ok(&["verify"]);

    disk.change("size=20m");
    let done = desk.run(&["crawl"]);
    assert_eq!((done.code, stories(&desk)), (0, STORIES), "{}", done.stderr);

    disk.change("ro");
    let asked = origin.hits().len();
    assert_eq!(stories(&desk), STORIES);
    for args in
        [&["verify"][..], &["show", "1"], &["search", "waduk"], &["export", "--to", "csv"], &["stats"]]
    {
        desk.ok(args);
    }
    for args in [&["crawl"][..], &["add", &origin.url("/1")]] {
        let done = desk.run(args);
        assert_eq!(done.code, 6, "{args:?}: {}", done.stderr);
        assert!(done.stderr.contains("help:"), "{args:?}: {}", done.stderr);
    }
    assert_eq!(origin.hits().len(), asked, "nothing is asked for that could not be stored");
}

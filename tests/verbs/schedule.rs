//! `kliping schedule`.

use std::fs;

use crate::kliping::kliping;

#[test]
fn cron_gets_a_line_with_absolute_paths() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    fs::write(folder.join("config.toml"), "").unwrap();
    for (every, fields) in
        [("15m", "*/15 * * * *"), ("1h", "0 * * * *"), ("6h", "0 */6 * * *"), ("1d", "0 0 * * *")]
    {
        let done = kliping(&folder, &["schedule", "--every", every]);
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{every}");
        let lines = done.lines();
        assert!(lines[0].starts_with('#') && lines.len() == 2, "{}", done.out);
        let config = folder.join("config.toml");
        assert!(lines[1].starts_with(&format!("{fields} /")), "{}", done.out);
        assert!(lines[1].ends_with(&format!("/kliping --config {} crawl", config.display())), "{}", done.out);
    }
}

#[test]
fn the_line_runs_in_any_folder() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().canonicalize().unwrap().join("dua kata 'n 100%");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("config.toml"), "").unwrap();
    let done = kliping(&folder, &["--archive", "arsip saya.db", "schedule", "--every", "5m"]);
    let (_, command) = done.lines()[1].split_once("* * * * ").unwrap();
    // What cron makes of it: `\%` is `%`. Instead of crawling, ask what the archive holds.
    let command = command.replace("\\%", "%").replace(" crawl", " list");
    let ran = std::process::Command::new("/bin/sh").args(["-c", &command]).current_dir("/").output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(said.contains(&format!("{}/arsip saya.db", folder.display())), "{command}: {said}");
    assert_eq!(ran.status.code(), Some(6));
}

#[test]
fn systemd_gets_a_service_and_a_timer() {
    let folder = tempfile::tempdir().unwrap();
    let done = kliping(folder.path(), &["schedule", "--every", "45m", "--format", "systemd"]);
    assert_eq!(done.code, 0);
    assert!(done.err.contains("sites add"), "{}", done.err);
    for line in ["[Service]", "Type=oneshot", "[Timer]", "OnUnitActiveSec=45min", "WantedBy=timers.target"] {
        assert!(done.lines().contains(&line), "{line}\n{}", done.out);
    }
    let start = done.lines().into_iter().find(|line| line.starts_with("ExecStart=/")).unwrap().to_owned();
    assert!(start.ends_with("/config.toml crawl"), "{start}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is installed or made");
}

#[test]
fn what_cron_cannot_do_is_said_with_what_it_can() {
    let folder = tempfile::tempdir().unwrap();
    for (every, says) in [
        ("7m", "divide the hour"),
        ("90m", "divide the hour"),
        ("5h", "divide the day"),
        ("2d", "divide the day"),
        ("30s", "whole minutes"),
        ("90s", "whole minutes"),
        ("0m", "whole minutes"),
        ("often", "15m"),
        ("-5m", "--every"),
    ] {
        let done = kliping(folder.path(), &["schedule", "--every", every]);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{every}");
        assert!(done.err.contains(says), "{every}: {}", done.err);
    }
    assert_eq!(kliping(folder.path(), &["schedule"]).code, 2);
    fs::write(folder.path().join("config.toml"), "x = 1\n").unwrap();
    assert_eq!(kliping(folder.path(), &["schedule", "--every", "15m"]).code, 5);
}

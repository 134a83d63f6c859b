//! A crawl that sleeps in the middle of a request, as it does when a lid is closed.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::desk::{Desk, ended};
use crate::support::origin::Reply;
use crate::support::press::{press, story};

#[test]
fn a_crawl_that_slept_alone_goes_on_and_asks_again_for_what_it_was_asking_for() {
    let origin = press(4);
    origin.set("/2", Reply { delay: Duration::from_millis(700), ..story(2) });
    let desk = Desk::empty();
    desk.write(
        "config.toml",
        &format!(
            "[crawl]\ndelay = \"40ms\"\ntimeout = \"1s\"\nconnect_timeout = \"100ms\"\nlease = \"1s\"\n\n\
             [sites.uji]\nurl = \"{}\"\nfeeds = [\"/feed.xml\"]\n",
            origin.url("/")
        ),
    );
    let child = desk
        .command(&["crawl", "--summary", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while origin.asked("/2") == 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "the page is never asked for");
        std::thread::sleep(Duration::from_millis(5));
    }
    let signal = |name: &str| {
        let pid = child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    };
    signal("STOP");
    // The lease is twice the time to connect and a second: 2.2 s.
    std::thread::sleep(Duration::from_millis(2800));
    signal("CONT");
    let done = ended(child.wait_with_output().unwrap());
    assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{}", done.stdout);
    assert_eq!(desk.ok(&["list"]).lines().count(), 4);
    assert_eq!(origin.asked("/2"), 2);
    origin.assert_polite(Duration::from_millis(40));
    desk.ok(&["verify"]);
}

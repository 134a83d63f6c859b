//! `crawl --shard K/N`: every host is asked by one part and by no other, and a part has one process.

use std::path::Path;
use std::time::Duration;

use kliping::pipeline::CrawlLock;

use crate::sites::Sites;
use crate::trial::Trial;

const HOSTS: usize = 7;
const PAGES: usize = 2;
const PARTS: usize = 3;

fn trial() -> Trial {
    let ms = Duration::from_millis;
    Trial {
        processes: PARTS,
        hosts: HOSTS,
        pages: PAGES,
        delay: ms(5),
        answers: ms(1)..ms(2),
        slow_answer: ms(2),
        lease: ms(3000),
        first_fault: ms(0),
        every: ms(0),
        nap: ms(0),
        kills: 0,
        naps: 0,
        outages: 0,
        most: Duration::from_secs(60),
    }
}

/// Crawls the parts one after the other into an archive.
pub fn each_asks_its_part(archive: &Path) {
    let trial = trial();
    let sites = Sites::start(&trial);
    let desk = sites.desk(&trial);
    let run = |args: &[&str]| desk.run(&[&["--archive", archive.to_str().unwrap()], args].concat());
    let mut asked_by: Vec<Vec<usize>> = vec![Vec::new(); HOSTS];
    let mut told = 0;
    for part in 1..=PARTS {
        let before: Vec<usize> = sites.log().iter().map(Vec::len).collect();
        let done = run(&["crawl", "--summary", "json", "--shard", &format!("{part}/{PARTS}")]);
        assert_eq!(done.code, 0, "{}{}", done.stdout, done.stderr);
        let summary: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
        told += summary["sites"].as_object().unwrap().len();
        for (host, hits) in sites.log().iter().enumerate().filter(|(host, hits)| hits.len() > before[*host]) {
            assert!(!hits.is_empty());
            asked_by[host].push(part);
        }
    }
    assert!(asked_by.iter().all(|parts| parts.len() == 1), "asked by: {asked_by:?}");
    assert_eq!(told, HOSTS, "each site stands in one summary");
    assert_eq!(run(&["list"]).stdout.lines().count(), HOSTS * PAGES);
    let held =
        (CrawlLock::share(archive).unwrap(), CrawlLock::shard(archive, "2/3".parse().unwrap()).unwrap());
    let second = run(&["crawl", "--shard", "2/3"]);
    assert_eq!(second.code, 75, "{}", second.stderr);
    assert!(second.stderr.contains("another run is crawling shard 2/3 of this archive"), "{}", second.stderr);
    assert_eq!(run(&["crawl", "--shard", "3/3"]).code, 0);
    assert_eq!(run(&["crawl"]).code, 75, "a crawl of all hosts beside one of a part");
    drop(held);
    assert_eq!(run(&["crawl", "--shard", "2/3"]).code, 0);
    assert_eq!(run(&["crawl", "--shard", "4/3"]).code, 2);
}

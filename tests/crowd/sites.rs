//! Many small papers, each on an address of its own, and the log of what they were asked.

use std::net::Ipv4Addr;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use crate::support::desk::Desk;
use crate::support::origin::{Hit, Reply, Request, rss, server::Server, text};
use crate::support::press;
use crate::trial::Trial;
use crate::view::View;

/// How long a crawl waits for an answer.
pub const WAITS: Duration = Duration::from_millis(1500);

/// So many papers, with so many stories each.
pub struct Sites {
    server: Server,
    pub hosts: usize,
    pub pages: usize,
}

impl Sites {
    pub fn start(trial: &Trial) -> Self {
        // 127.1.0.1, 127.1.0.2, …: all of 127.0.0.0/8 is this machine.
        let addresses: Vec<Ipv4Addr> =
            (1..=trial.hosts).map(|n| Ipv4Addr::from(0x7f01_0000 + u32::try_from(n).unwrap())).collect();
        Self::at(&addresses, trial)
    }

    /// At addresses of this machine, one each.
    pub fn at(addresses: &[Ipv4Addr], trial: &Trial) -> Self {
        let (hosts, pages) = (trial.hosts, trial.pages);
        let (answers, slow) = (trial.answers.clone(), trial.slow_answer);
        let handler = move |request: &Request| Reply {
            delay: think(request, &answers, slow),
            ..answer(request, pages)
        };
        Self { server: Server::on(addresses, Arc::new(handler)).unwrap(), hosts, pages }
    }

    /// A desk with all of them as sites.
    pub fn desk(&self, trial: &Trial) -> Desk {
        self.desk_on(&View::config(), trial)
    }

    /// The same; `archive`: what its configuration says of the archive.
    pub fn desk_on(&self, archive: &str, trial: &Trial) -> Desk {
        let desk = Desk::empty();
        let mut config = archive.to_owned();
        config.push_str(&format!(
            "[crawl]\ndelay = \"{}ms\"\ntimeout = \"{}ms\"\nconnect_timeout = \"500ms\"\nlease = \"{}ms\"\n",
            trial.delay.as_millis(),
            WAITS.as_millis(),
            trial.lease.as_millis(),
        ));
        for host in 0..self.hosts {
            let url = self.server.origin(host);
            config.push_str(&format!("\n[sites.h{host}]\nurl = \"{url}/\"\nfeeds = [\"/feed.xml\"]\n"));
        }
        desk.write("config.toml", &config);
        desk
    }

    /// The addresses of all stories.
    pub fn stories(&self) -> impl Iterator<Item = String> {
        (0..self.hosts)
            .flat_map(move |host| (1..=self.pages).map(move |n| format!("{}/{n}", self.server.origin(host))))
    }

    /// What each paper was asked, in the order in which it was.
    pub fn log(&self) -> Vec<Vec<Hit>> {
        let mut log: Vec<Vec<Hit>> = vec![Vec::new(); self.hosts];
        self.server.hits().into_iter().for_each(|hit| log[hit.site].push(hit));
        log.iter_mut().for_each(|hits| hits.sort_by_key(|hit| hit.started));
        log
    }
}

fn answer(request: &Request, pages: usize) -> Reply {
    match request.target.as_str() {
        "/robots.txt" => text("User-agent: *\nDisallow:\n"),
        "/feed.xml" => {
            let paths: Vec<String> = (1..=pages).map(|n| format!("/{n}")).collect();
            let items: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "Berita")).collect();
            rss(&request.origin(), &items)
        }
        path => {
            let n: usize = path.trim_start_matches('/').parse().unwrap();
            let first = format!("Sebanyak {n} perahu dari desa ke-{} berjualan di waduk.", request.site);
            press::page(&format!("Berita {n} dari desa ke-{}", request.site), &first)
        }
    }
}

/// How long an answer takes: always the same for one page, and for one of a hundred long.
fn think(request: &Request, answers: &Range<Duration>, slow: Duration) -> Duration {
    let mixed = request.target.bytes().fold(request.site, |sum, byte| sum * 31 + usize::from(byte)) % 100;
    if mixed == 99 {
        return slow;
    }
    answers.start + (answers.end - answers.start) * u32::try_from(mixed).unwrap() / 100
}

//! Two workers on networks of their own, one of which is cut off from the database in the middle of the work, and not
//! from the sites: it asks for nothing it has no right to, and the other goes on with all of it.

use std::net::Ipv4Addr;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::judge;
use crate::processes::Place;
use crate::server::Server;
use crate::sites::Sites;
use crate::trial::Trial;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// How long it is cut off: longer than its lease, and than the server waits for a transaction that is left lying.
const CUT: Duration = Duration::from_secs(14);

/// Networks of their own (`ip netns`), gone with it.
struct Networks {
    /// `10.N`: what all addresses begin with.
    net: String,
    names: Vec<String>,
    addresses: Vec<String>,
}

impl Networks {
    /// None where this may not be done.
    fn new(count: usize, hosts: usize) -> Option<Self> {
        let id = std::process::id();
        let mut made =
            Self { net: format!("10.{}", 130 + id % 100), names: Vec::new(), addresses: Vec::new() };
        let net = made.net.clone();
        let own =
            std::iter::once(format!("{net}.0.1/32")).chain((1..=hosts).map(|n| format!("{net}.1.{n}/32")));
        for address in own {
            ip(&["addr", "add", &address, "dev", "lo"])?;
            made.addresses.push(address);
        }
        for n in 0..count {
            let name = format!("kliping{id}-{n}");
            ip(&["netns", "add", &name])?;
            made.names.push(name.clone());
            ip(&["-n", &name, "link", "set", "lo", "up"])?;
            for (kind, third) in [("db", 10 + n), ("web", 20 + n)] {
                let outside = format!("k{kind}{}-{n}", id % 100_000);
                let address = |last: u8| format!("{net}.{third}.{last}/24");
                ip(&["link", "add", &outside, "type", "veth", "peer", "name", kind, "netns", &name])?;
                ip(&["addr", "add", &address(1), "dev", &outside])?;
                ip(&["link", "set", &outside, "up"])?;
                ip(&["-n", &name, "addr", "add", &address(2), "dev", kind])?;
            }
            made.up(n)?;
            ip(&["-n", &name, "link", "set", "web", "up"])?;
            let sites = format!("{net}.1.0/24");
            ip(&["-n", &name, "route", "add", &sites, "via", &format!("{net}.{}.1", 20 + n)])?;
        }
        Some(made)
    }

    /// Pulls the cable to the database.
    fn cut(&self, n: usize) {
        ip(&["-n", &self.names[n], "link", "set", "db", "down"]).unwrap();
    }

    /// Puts it back.
    fn up(&self, n: usize) -> Option<()> {
        ip(&["-n", &self.names[n], "link", "set", "db", "up"])?;
        let (database, via) = (format!("{}.0.1/32", self.net), format!("{}.{}.1", self.net, 10 + n));
        ip(&["-n", &self.names[n], "route", "replace", &database, "via", &via])
    }
}

impl Drop for Networks {
    fn drop(&mut self) {
        for name in &self.names {
            ip(&["netns", "del", name]);
        }
        for address in &self.addresses {
            ip(&["addr", "del", address, "dev", "lo"]);
        }
    }
}

fn ip(args: &[&str]) -> Option<()> {
    let done = Command::new("ip").args(args).output().ok()?;
    done.status.success().then_some(())
}

#[test]
fn a_worker_that_is_cut_off_from_the_database_asks_for_nothing_more() {
    let trial = Trial {
        processes: 2,
        hosts: 8,
        pages: 60,
        delay: ms(80),
        answers: ms(4)..ms(12),
        slow_answer: ms(100),
        lease: ms(3000),
        first_fault: ms(2500),
        every: ms(0),
        nap: CUT,
        kills: 0,
        naps: 1,
        outages: 0,
        most: Duration::from_secs(180),
    };
    let Some(networks) = Networks::new(trial.processes, trial.hosts) else {
        eprintln!("skipped: no networks of our own on this machine (`ip netns`, as root)");
        return;
    };
    let net = &networks.net;
    let settings = format!("listen_addresses = '{net}.0.1'\n");
    let everybody = format!("local all all trust\nhost all all {net}.0.0/16 trust\n");
    let prepare = |data: &std::path::Path| std::fs::write(data.join("pg_hba.conf"), everybody).unwrap();
    let Some(server) = Server::with(5432, &settings, prepare) else { return };
    let addresses: Vec<Ipv4Addr> =
        (1..=trial.hosts).map(|n| format!("{net}.1.{n}").parse().unwrap()).collect();
    let sites = Sites::at(&addresses, &trial);
    let archive = format!("postgres://kliping@{net}.0.1/postgres?sslmode=disable&schema=cut");
    let desk = sites.desk_on(&format!("archive = \"{archive}\"\n"), &trial);
    desk.ok(&["crawl", "--limit", "0", "h0"]);
    let ask = |sql: &str| server.sql(&format!("SET search_path = cut; {sql}")).unwrap();
    let stored = || ask("SELECT count(*) FROM article").parse::<usize>().unwrap();

    let started = Instant::now();
    let mut places = vec![Place::within(&desk, 0, &networks.names[0])];
    let held = format!("SELECT count(*) FROM host WHERE owner LIKE '{}:%'", places[0].pid());
    let hosts = || ask(&held).parse::<usize>().unwrap();
    // The one that is to be cut off comes first, so that there is something that it can lose.
    while hosts() == 0 {
        assert!(started.elapsed() < trial.most, "it takes no host");
        std::thread::sleep(ms(20));
    }
    places.push(Place::within(&desk, 1, &networks.names[1]));
    while stored() < trial.hosts * trial.pages / 4 {
        assert!(started.elapsed() < trial.most, "{} stored", stored());
        std::thread::sleep(ms(100));
    }
    let hosts = hosts();
    networks.cut(0);
    let (cut, mut back) = (Instant::now(), false);
    while stored() < trial.hosts * trial.pages {
        assert!(started.elapsed() < trial.most, "{} stored", stored());
        if !back && cut.elapsed() > CUT {
            networks.up(0).unwrap();
            back = true;
        }
        ask("UPDATE queue SET not_before = 0 WHERE tries > 0 AND not_before > now_ms()");
        for place in &mut places {
            if place.has_ended() {
                place.start_again(&desk);
            }
        }
        std::thread::sleep(ms(200));
    }
    println!("{hosts} hosts were held when the cable was pulled; done after {:.1?}", started.elapsed());
    networks.up(0).unwrap();
    places.iter_mut().for_each(Place::end);
    let verdict = judge::log(&sites, trial.delay);
    println!("{verdict}");
    assert!(hosts > 0, "the worker that was cut off had no host");
    assert!(verdict.is_polite(), "{verdict}");
    judge::archive(&desk, &sites, &places);
}

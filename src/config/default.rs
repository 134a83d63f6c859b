//! What holds when nobody says otherwise.

use std::path::PathBuf;
use std::time::Duration;

use super::{Config, Crawl, Poll, Recheck, Step};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

impl Default for Config {
    fn default() -> Self {
        Self {
            file: None,
            archive: PathBuf::from("archive/kliping.db"),
            selectors: PathBuf::from("selectors"),
            crawl: Crawl::default(),
            poll: Poll::default(),
            recheck: Recheck::default(),
            sites: Vec::new(),
        }
    }
}

impl Default for Crawl {
    fn default() -> Self {
        Self {
            contact: None,
            delay: Duration::from_secs(2),
            max_crawl_delay: Duration::from_secs(60),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            lease: Duration::from_secs(60),
            max_body: 8 << 20,
            max_pages: 1000,
            concurrency: 32,
            max_in_flight: 64 << 20,
            allow_private: false,
            keep_pages: true,
        }
    }
}

impl Default for Poll {
    fn default() -> Self {
        let (min, max) = (Duration::from_secs(5 * MINUTE), Duration::from_secs(DAY));
        Self { min, max, pages: 5, learning: Duration::from_secs(HOUR) }
    }
}

impl Default for Recheck {
    fn default() -> Self {
        let step = |age, every| Step { age: Duration::from_secs(age), every: Duration::from_secs(every) };
        Self {
            ladder: vec![
                step(HOUR, 0),
                step(6 * HOUR, 30 * MINUTE),
                step(DAY, 2 * HOUR),
                step(7 * DAY, DAY),
                step(30 * DAY, 7 * DAY),
                step(365 * DAY, 30 * DAY),
            ],
            gone_after: Duration::from_secs(6 * HOUR),
            max_per_run: 200,
        }
    }
}

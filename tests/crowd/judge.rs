//! The verdict: what the sites saw, and what is in the archive.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::processes::Place;
use crate::sites::{Sites, WAITS};
use crate::support::desk::Desk;

/// What the sites saw.
#[derive(Default)]
pub struct Verdict {
    requests: usize,
    /// Requests that began sooner than the delay after the one before had begun or ended.
    too_soon: Vec<String>,
    /// Requests that began before the one before was answered.
    overlaps: Vec<String>,
    /// Pages that were asked for more than once.
    pub asked_again: usize,
    /// Answers that came when nobody waited for them any more: the client had hung up, and when it did the
    /// site cannot tell.
    late: usize,
    /// The shortest time from the end of one answer to the next request.
    shortest: Option<Duration>,
}

impl Verdict {
    pub fn is_polite(&self) -> bool {
        self.too_soon.is_empty() && self.overlaps.is_empty() && self.late * 50 <= self.requests
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (soon, overlaps) = (self.too_soon.len(), self.overlaps.len());
        write!(f, "{} requests, {} pages asked for again, ", self.requests, self.asked_again)?;
        write!(
            f,
            "{soon} too soon, {overlaps} overlaps, {} late answers, shortest rest {:.1?}",
            self.late,
            self.shortest.unwrap_or_default()
        )?;
        self.too_soon.iter().chain(&self.overlaps).take(20).try_for_each(|line| write!(f, "\n{line}"))
    }
}

/// Reads the sites' logs. A request is noted when its first bytes arrive, an answer's end before its
/// last bytes go: a pause in the log is never shorter than the one that was kept.
pub fn log(sites: &Sites, delay: Duration) -> Verdict {
    let mut verdict = Verdict::default();
    for hits in sites.log() {
        verdict.requests += hits.len();
        let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
        for hit in hits.iter().filter(|hit| hit.target.as_bytes()[1].is_ascii_digit()) {
            *asked.entry(&hit.target).or_default() += 1;
        }
        verdict.asked_again += asked.values().map(|times| times - 1).sum::<usize>();
        for pair in hits.windows(2) {
            if pair[0].ended.duration_since(pair[0].started) > WAITS {
                verdict.late += 1;
                continue;
            }
            let told =
                |what: &str| format!("site {}: {} {what} {}", pair[0].site, pair[1].target, pair[0].target);
            let Some(rest) = pair[1].started.checked_duration_since(pair[0].ended) else {
                verdict.overlaps.push(told("came before the answer to"));
                continue;
            };
            if rest < delay {
                verdict.too_soon.push(told(&format!("came {rest:?} after")));
            }
            verdict.shortest = Some(verdict.shortest.map_or(rest, |shortest| shortest.min(rest)));
        }
    }
    verdict
}

/// A crawl ends well, or says that it left hosts to others (partial) or had none at all.
pub fn ends(places: &[Place]) {
    for place in places {
        assert!(
            place.ends.iter().all(|code| crate::view::ENDS.contains(code)),
            "{:?}: {}",
            place.ends,
            tail(place)
        );
    }
}

/// Every story is there once, in one version; what a crawl told as stored is there, and nothing was
/// told twice.
pub fn archive(desk: &Desk, sites: &Sites, places: &[Place]) {
    let rows = desk.json(&["list", "--format", "jsonl", "--limit", "1000000"]);
    let listed: Vec<&str> = rows.iter().map(|row| row["url"].as_str().unwrap()).collect();
    let there: BTreeSet<String> = listed.iter().map(|url| (*url).to_owned()).collect();
    assert_eq!(listed.len(), there.len(), "an address was stored twice");
    assert_eq!(there, sites.stories().collect::<BTreeSet<_>>());
    assert!(rows.iter().all(|row| row["versions"] == 1), "a story has more than one version");
    let mut told = BTreeSet::new();
    for url in places.iter().flat_map(new_ones) {
        assert!(there.contains(&url), "{url} was told as stored, and is lost");
        assert!(told.insert(url.clone()), "{url} was told as new twice");
    }
    // What was stored in the moment of a kill was not told any more.
    assert!(told.len() * 10 >= there.len() * 9, "{} of {} were told", told.len(), there.len());
    desk.ok(&["verify"]);
}

/// The addresses that a place's crawls told as stored for the first time.
fn new_ones(place: &Place) -> Vec<String> {
    let log = std::fs::read_to_string(&place.log).unwrap();
    // The last line of a killed crawl may be half, and joined to the first of the next.
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines
        .filter(|line| line["message"] == "stored" && line["outcome"] == "New")
        .map(|line| line["url"].as_str().unwrap().to_owned())
        .collect()
}

fn tail(place: &Place) -> String {
    let log = std::fs::read_to_string(&place.log).unwrap_or_default();
    let lines: Vec<&str> = log.lines().filter(|line| !line.contains("INFO")).collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

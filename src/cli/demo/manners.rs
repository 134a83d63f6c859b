//! How polite the crawls were, told from the papers' own access logs.

use std::time::Duration;

use super::server::Hit;

/// What one paper's access log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manners {
    pub requests: usize,
    /// Answers without a body, because the crawler already had it.
    pub not_modified: usize,
    /// Least time from the end of an answer to the next request.
    pub least_pause: Option<Duration>,
    /// Requests that came before the answer to the one before had ended.
    pub at_once: usize,
    /// What was asked for first; robots.txt, if all is well.
    pub first: String,
}

/// Reads the log of one paper.
pub fn of(hits: &[Hit], paper: usize) -> Manners {
    let mut hits: Vec<&Hit> = hits.iter().filter(|hit| hit.site == paper).collect();
    hits.sort_by_key(|hit| hit.started);
    let pauses = || hits.windows(2).map(|pair| pair[1].started.checked_duration_since(pair[0].ended));
    Manners {
        requests: hits.len(),
        not_modified: hits.iter().filter(|hit| hit.status == 304).count(),
        least_pause: pauses().flatten().min(),
        at_once: pauses().filter(Option::is_none).count(),
        first: hits.first().map(|hit| hit.target.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn pauses_are_counted_from_the_end_of_an_answer() {
        let start = Instant::now();
        let hit = |site, target: &str, status, from, to| Hit {
            site,
            target: target.to_owned(),
            status,
            user_agent: String::new(),
            started: start + Duration::from_millis(from),
            ended: start + Duration::from_millis(to),
        };
        let hits = [
            hit(0, "/robots.txt", 200, 0, 5),
            hit(1, "/b", 200, 1, 2),
            hit(0, "/a", 304, 105, 110),
            hit(0, "/c", 200, 190, 250),
            hit(0, "/d", 200, 240, 260),
        ];
        let expected = Manners {
            requests: 4,
            not_modified: 1,
            least_pause: Some(Duration::from_millis(80)),
            at_once: 1,
            first: "/robots.txt".to_owned(),
        };
        assert_eq!(of(&hits, 0), expected);
        assert_eq!(of(&hits, 1).first, "/b");
        assert_eq!(of(&hits, 2).requests, 0);
    }
}

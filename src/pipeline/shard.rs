//! A part of the hosts: `2/4` is the second of four.

use std::fmt;
use std::str::FromStr;

use crate::model::{HostKey, sha256};

/// Shards at most: more processes than this on one archive only wait for each other.
const MOST: u64 = 1000;

/// One of several equal parts of all hosts. Which part a host is in follows from what its politeness is counted
/// by (its registrable domain), and is the same on every machine and in every version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    of: u64,
}

impl Shard {
    /// Whether a host is in this part.
    #[must_use]
    pub fn holds(self, host: &HostKey) -> bool {
        let hash = sha256(host.as_str().as_bytes()).0;
        let first = hash.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        first % self.of == self.number - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let pair =
            text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match pair {
            Some((number, of)) if (1..=of).contains(&number) && of <= MOST => Ok(Self { number, of }),
            _ => Err(format!("write it as K/N: the K-th of N parts, 1/4 to 4/4 (N at most {MOST})")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PageUrl;

    fn host(n: usize) -> HostKey {
        PageUrl::parse(&format!("https://warta{n}.example/")).unwrap().host_key()
    }

    #[test]
    fn every_host_is_in_exactly_one_part_and_parts_are_about_as_large() {
        for of in [1, 2, 3, 7] {
            let parts: Vec<Shard> = (1..=of).map(|k| format!("{k}/{of}").parse().unwrap()).collect();
            let mut sizes = vec![0; of];
            for n in 0..1000 {
                let holders: Vec<usize> = (0..of).filter(|k| parts[*k].holds(&host(n))).collect();
                assert_eq!(holders.len(), 1, "host {n} of {of} parts");
                sizes[holders[0]] += 1;
            }
            let fair = 1000 / of;
            assert!(sizes.iter().all(|size| (fair * 7 / 10..=fair * 13 / 10).contains(size)), "{sizes:?}");
        }
    }

    #[test]
    fn where_a_host_is_does_not_change() {
        let part =
            |n: usize| (1..=4).find(|k| format!("{k}/4").parse::<Shard>().unwrap().holds(&host(n))).unwrap();
        assert_eq!((0..8).map(part).collect::<Vec<_>>(), [2, 3, 3, 4, 3, 4, 4, 1]);
        let www = PageUrl::parse("http://www.warta3.example/a").unwrap().host_key();
        assert!((1..=4).all(|k| {
            let shard: Shard = format!("{k}/4").parse().unwrap();
            shard.holds(&www) == shard.holds(&host(3))
        }));
    }

    #[test]
    fn what_is_no_part_is_refused() {
        for text in ["", "1", "0/4", "5/4", "1/0", "-1/4", "1/4/2", "a/b", "1/1001"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
        assert_eq!("2/4".parse::<Shard>().unwrap().to_string(), "2/4");
    }
}

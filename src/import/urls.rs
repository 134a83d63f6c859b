//! A list of addresses: what the next crawl is to ask for.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::lines::lines;
use super::work::Piece;
use super::{Importer, Told};
use crate::model::{Candidate, PageUrl, Via};
use crate::store::{Reader, StoreError};

/// Addresses that are queued together.
const BATCH: usize = 500;

impl Importer<'_> {
    /// Queues the addresses of a list, one a line; empty lines and those that begin with `#` say nothing.
    /// Only sites of the configuration are crawled, so only their addresses are taken.
    ///
    /// # Errors
    /// As every writing to the archive. What is wrong with a line is told and stepped over.
    pub fn urls(&self, input: impl BufRead + Send, tell: &mut dyn FnMut(Told)) -> Result<(), StoreError> {
        let reader = self.archive.reader()?;
        let mut waiting: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
        for (piece, offset) in lines(input) {
            let (number, line) = match piece {
                Piece::Line(number, line) => (number, line),
                Piece::Damage(place, message) => {
                    tell(Told::Fault { place, message });
                    continue;
                }
                Piece::Record(_) => continue,
            };
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let url = match PageUrl::parse(text) {
                Ok(url) => url,
                Err(error) => {
                    tell(Told::Fault { place: format!("line {number}"), message: error.to_string() });
                    continue;
                }
            };
            let place = self.sites.place(&url);
            if !place.configured {
                tell(Told::Skipped("no_site"));
                continue;
            }
            let site = waiting.entry(place.id.clone()).or_default();
            site.push(Candidate::bare(url, Via::User));
            if site.len() >= BATCH {
                let site = std::mem::take(site);
                self.queue(&reader, place.id, site, tell)?;
                tell(Told::At(offset));
            }
        }
        waiting.into_iter().try_for_each(|(site, candidates)| self.queue(&reader, site, candidates, tell))
    }

    fn queue(
        &self,
        reader: &Reader,
        site: String,
        mut candidates: Vec<Candidate>,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), StoreError> {
        let mut known = 0;
        let mut new = Vec::new();
        for candidate in candidates.drain(..) {
            if reader.is_refused(&candidate.url, self.now)? {
                tell(Told::Stored(crate::store::ImportOutcome::Refused));
            } else if reader.known(&candidate.url)?.is_some() {
                known += 1;
            } else {
                new.push(candidate);
            }
        }
        let queued = if self.dry_run {
            new.len()
        } else {
            let all = new.len();
            let done = self.archive.writer().enqueue(site, new, self.now).wait()?;
            known += all - done.new;
            done.new
        };
        (0..queued).for_each(|_| tell(Told::Queued(true)));
        (0..known).for_each(|_| tell(Told::Queued(false)));
        Ok(())
    }
}

//! How well a site is read over time: which fields its pages used to give and give no longer.
//!
//! Pages are compared in the order in which they were read, not by the calendar: what a site brings in
//! a week may be three articles or three thousand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::FieldName;

/// The latest period: so many pages, and at most a third of all.
const LATEST: usize = 20;
/// In a row, before it can be called gone.
const IN_A_ROW: usize = 3;
/// So unlikely must the row be, were all as before.
const CHANCE: f64 = 0.001;
/// What was on less than this share of pages was never reliable.
const USUAL: f64 = 0.5;
/// A share that falls by this much has fallen …
const FALL: f64 = 0.5;
/// … if so many pages say so, before and lately.
const TELLING: usize = 10;

/// One page that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// When it was fetched.
    pub at: Timestamp,
    /// Its address.
    pub url: String,
    /// What was read; none when the page gave no article. Many pages are read in the same way.
    pub read: Option<Arc<SeenReading>>,
}

/// What an article of a page was read by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenReading {
    /// Identifier of the site file.
    pub site_file: String,
    /// The layout; `generic` when none matched.
    pub layout: String,
    /// The fields that had a value.
    pub fields: BTreeSet<FieldName>,
    /// The site file's body was stepped over: it has rotted.
    pub rotten: bool,
}

/// What is looked for on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// An article at all.
    Article,
    /// A layout of the site's file.
    Layout,
    /// A body by the site's file that is no worse than the generic reader's.
    OwnBody,
    /// A field.
    Field(FieldName),
}

/// So many of so many pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Pages that have it.
    pub with: usize,
    /// Pages on which it was looked for.
    pub of: usize,
}

impl Share {
    fn of<'a>(seen: impl IntoIterator<Item = &'a (bool, &'a Sighting)>) -> Self {
        seen.into_iter().fold(Self::default(), |share, (has, _)| Self {
            with: share.with + usize::from(*has),
            of: share.of + 1,
        })
    }

    /// Between 0 and 1; 0 of no page.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "pages are countable")]
    pub fn ratio(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.with as f64 / self.of as f64 }
    }
}

/// How something was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// It used to be there, and the latest pages have it no longer.
    Vanished,
    /// Far fewer pages have it than before.
    Fell,
    /// Hardly a page ever had it, and all should.
    Missing,
}

/// Something that the latest pages lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// How.
    pub how: Loss,
    /// Since which page.
    pub since: Timestamp,
    /// The latest page without it.
    pub url: String,
}

/// One sign over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// What was looked for.
    pub sign: Sign,
    /// On the pages before.
    pub before: Share,
    /// On the latest pages.
    pub latest: Share,
    /// Set when somebody should look.
    pub lost: Option<Lost>,
}

/// How well a site is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteHealth {
    /// Pages that were looked at.
    pub pages: usize,
    /// How many of them are the latest.
    pub latest: usize,
    /// When the first and the last of them were read.
    pub span: Option<(Timestamp, Timestamp)>,
    /// What was found how often; what no page ever had is left out.
    pub trends: Vec<Trend>,
    /// Site file and layout: how many pages before, how many of the latest.
    pub readers: BTreeMap<(String, String), (usize, usize)>,
}

impl SiteHealth {
    /// What was lost.
    pub fn lost(&self) -> impl Iterator<Item = (&Trend, &Lost)> {
        self.trends.iter().filter_map(|trend| Some((trend, trend.lost.as_ref()?)))
    }
}

/// Judges the pages of one site, the oldest first.
#[must_use]
pub fn site_health(seen: &[Sighting]) -> SiteHealth {
    let latest = (seen.len() / 3).clamp(seen.len().min(1), LATEST);
    let from = seen.len() - latest;
    let signs = [Sign::Article, Sign::Layout, Sign::OwnBody].into_iter();
    let signs = signs.chain(FieldName::ALL.into_iter().map(Sign::Field));
    let mut readers: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for (at, page) in seen.iter().enumerate() {
        let Some(read) = &page.read else { continue };
        let count = readers.entry((read.site_file.clone(), read.layout.clone())).or_default();
        if at < from { count.0 += 1 } else { count.1 += 1 }
    }
    SiteHealth {
        pages: seen.len(),
        latest,
        span: seen.first().zip(seen.last()).map(|(first, last)| (first.at, last.at)),
        trends: signs.filter_map(|sign| trend(sign, seen, from)).collect(),
        readers,
    }
}

fn trend(sign: Sign, seen: &[Sighting], from: usize) -> Option<Trend> {
    let all: Vec<(usize, (bool, &Sighting))> =
        seen.iter().enumerate().filter_map(|(at, page)| Some((at, (has(sign, page)?, page)))).collect();
    let split = all.partition_point(|(at, _)| *at < from);
    let all: Vec<(bool, &Sighting)> = all.into_iter().map(|(_, seen)| seen).collect();
    let (before, latest) = (Share::of(&all[..split]), Share::of(&all[split..]));
    let needed = matches!(sign, Sign::Article | Sign::OwnBody);
    if before.with + latest.with == 0 && !(needed && latest.of > 0) {
        return None;
    }
    let lost = vanished(&all).or_else(|| fell(&all[split..], before, latest, needed));
    Some(Trend { sign, before, latest, lost })
}

/// Whether a page has what is looked for; none where it says nothing about it.
fn has(sign: Sign, page: &Sighting) -> Option<bool> {
    let read = page.read.as_ref();
    match sign {
        Sign::Article => Some(read.is_some()),
        Sign::Layout => read.map(|read| read.layout != "generic"),
        // Another question than whether a layout matched: it did, and its body was worse.
        Sign::OwnBody => {
            read.and_then(|read| (read.rotten || read.layout != "generic").then_some(!read.rotten))
        }
        Sign::Field(name) => read.map(|read| read.fields.contains(&name)),
    }
}

/// The latest pages in a row lack it, and the row is too long for chance.
fn vanished(all: &[(bool, &Sighting)]) -> Option<Lost> {
    let row = all.iter().rev().take_while(|(has, _)| !has).count();
    let before = Share::of(&all[..all.len() - row]);
    if row < IN_A_ROW || before.of < IN_A_ROW || before.ratio() < USUAL {
        return None;
    }
    // Few pages prove little: one with and one without are counted to them.
    let usual = Share { with: before.with + 1, of: before.of + 2 }.ratio();
    let chance = (1.0 - usual).powi(i32::try_from(row).unwrap_or(i32::MAX));
    let (first, last) = (all[all.len() - row].1, all[all.len() - 1].1);
    (chance <= CHANCE).then(|| Lost { how: Loss::Vanished, since: first.at, url: last.url.clone() })
}

/// Far fewer of the latest pages have it, or hardly one that all should have.
fn fell(all: &[(bool, &Sighting)], before: Share, latest: Share, needed: bool) -> Option<Lost> {
    let fallen = before.of >= TELLING && latest.of >= TELLING && before.ratio() - latest.ratio() >= FALL;
    let missing = needed && latest.of >= IN_A_ROW && latest.ratio() < USUAL;
    if !fallen && !missing {
        return None;
    }
    let mut without = all.iter().filter(|(has, _)| !has).map(|(_, page)| *page);
    let first = without.next()?;
    let url = without.next_back().unwrap_or(first).url.clone();
    Some(Lost { how: if fallen { Loss::Fell } else { Loss::Missing }, since: first.at, url })
}

#[cfg(test)]
mod tests;

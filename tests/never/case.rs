//! One page and how it is read, decided by a number; and many of them on all cores.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use kliping::model::PageUrl;
use kliping::read::ReadOptions;
use kliping::site::Catalog;

use crate::mutate::{Rng, mutate};
use crate::pages::{self, Page};
use crate::{check, clock, shrink};

/// No page may take longer to be checked, which is to be read three times and looked through.
const LONGEST: Duration = Duration::from_secs(20);
/// So many faults are enough.
const ENOUGH: usize = 20;

/// The pages and what reads them.
pub struct World {
    pub pages: Vec<Page>,
    pub catalog: Catalog,
    pub now: Timestamp,
    sites: Vec<String>,
    seed: u64,
}

/// Who reads a page.
#[derive(Debug, Clone, Copy)]
enum Reader {
    Own,
    Generic,
    /// The site file with this number, whether it fits or not.
    Site(usize),
}

/// A page, what happens to it, and how it is read.
pub struct Case {
    number: u64,
    page: usize,
    reader: Reader,
    cut: Option<usize>,
    mutated: bool,
    pub header: Option<&'static str>,
    pub twice: bool,
}

impl World {
    pub fn load() -> Self {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"));
        let catalog = Catalog::load(&top.join("selectors")).expect("the shipped site files are sound");
        let sites = catalog.sites().chain(catalog.presets()).map(|site| site.id.clone()).collect();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        Self { pages: pages::all(), catalog, now, sites, seed: crate::seed() }
    }

    /// Checks so many cases.
    pub fn run(&self, count: u64, case: impl Fn(u64) -> Case + Sync) {
        self.run_while(|number| number < count, case);
    }

    /// Checks cases for so many seconds.
    pub fn run_for(&self, seconds: u64, case: impl Fn(u64) -> Case + Sync) {
        let end = Instant::now() + Duration::from_secs(seconds);
        self.run_while(|_| Instant::now() < end, case);
    }

    fn run_while(&self, go_on: impl Fn(u64) -> bool + Sync, case: impl Fn(u64) -> Case + Sync) {
        let (next, faults) = (AtomicU64::new(0), Mutex::new(Vec::new()));
        let slowest = Mutex::new((Duration::ZERO, String::new()));
        let work = || loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if !go_on(number) || faults.lock().unwrap().len() >= ENOUGH {
                return;
            }
            let case = case(number);
            let started = clock::used();
            let fault = self.check(&case);
            faults.lock().unwrap().extend(fault);
            let used = clock::used().zip(started).map_or(Duration::ZERO, |(now, then)| now - then);
            let mut slowest = slowest.lock().unwrap();
            if used > slowest.0 {
                *slowest = (used, format!("{case} {}", self.pages[case.page].name));
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(work);
            }
        });
        let (longest, case) = slowest.into_inner().unwrap();
        println!("{} pages; the slowest took {longest:?} of a processor: {case}", next.into_inner());
        let faults = faults.into_inner().unwrap();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(longest < LONGEST, "{case} took {longest:?} of a processor");
    }

    /// What is wrong with a case, with its page made small.
    fn check(&self, case: &Case) -> Option<String> {
        let bytes = case.bytes(self);
        let fault = check::fault(self, case, &bytes)?;
        let kind =
            |fault: &str| fault.split(':').next().map(|kind| kind.chars().take(12).collect::<String>());
        let small = shrink::shrink(&bytes, |bytes| {
            check::fault(self, case, bytes).is_some_and(|found| kind(&found) == kind(&fault))
        });
        let fault = check::fault(self, case, &small).unwrap_or(fault);
        let written = self.write(case, &small);
        Some(format!("{case} {}\n  {fault}\n  {written}", self.pages[case.page].name))
    }

    fn write(&self, case: &Case, page: &[u8]) -> String {
        let file = std::env::temp_dir().join(format!("kliping-never-{}-{}.html", self.seed, case.number));
        std::fs::write(&file, page).map_or_else(|error| error.to_string(), |()| file.display().to_string())
    }
}

impl Case {
    /// Leaves its page in the folder for temporary files; tells where.
    pub fn keep(&self, world: &World) -> String {
        world.write(self, &self.bytes(world))
    }

    /// A page as it is.
    pub fn whole(page: u64, generic: bool) -> Self {
        let reader = if generic { Reader::Generic } else { Reader::Own };
        Self {
            number: page,
            page: page as usize,
            reader,
            cut: None,
            mutated: false,
            header: None,
            twice: true,
        }
    }

    /// A page cut off anywhere: inside a letter, a tag, JSON-LD.
    pub fn cut(world: &World, number: u64) -> Self {
        let page = number as usize % world.pages.len();
        let mut rng = Rng::new(world.seed.wrapping_add(1), number);
        let reader = if rng.below(2) == 0 { Reader::Own } else { Reader::Generic };
        let cut = Some(rng.below(world.pages[page].bytes.len()));
        Self { number, page, reader, cut, mutated: false, header: None, twice: false }
    }

    /// A page mutated at random.
    pub fn mutated(world: &World, number: u64) -> Self {
        const HEADERS: [&str; 8] = [
            "text/html",
            "text/html; charset=utf-8",
            "text/html; charset=iso-8859-1",
            "text/html; charset=windows-1251",
            "text/html; charset=shift_jis",
            "text/html; charset=gb18030",
            "text/html; charset=utf-16le",
            "text/html; charset=iso-2022-jp",
        ];
        let mut rng = Rng::new(world.seed, number);
        let page = rng.below(world.pages.len());
        let reader = match rng.below(4) {
            0 => Reader::Own,
            1 => Reader::Site(rng.below(world.sites.len())),
            _ => Reader::Generic,
        };
        let header = (rng.below(8) == 0).then(|| *rng.pick(&HEADERS));
        Self { number, page, reader, cut: None, mutated: true, header, twice: rng.below(4) == 0 }
    }

    /// The page after what happened to it.
    fn bytes<'w>(&self, world: &'w World) -> Cow<'w, [u8]> {
        let page = &world.pages[self.page].bytes;
        if self.mutated {
            // Other numbers than those that decided how it is read.
            let mut rng = Rng::new(world.seed ^ 0x5bd1_e995, self.number);
            let other = rng.below(world.pages.len());
            return Cow::Owned(mutate(&mut rng, page, &world.pages[other].bytes));
        }
        Cow::Borrowed(&page[..self.cut.unwrap_or(page.len())])
    }

    pub fn url<'w>(&self, world: &'w World) -> Option<&'w PageUrl> {
        world.pages[self.page].url.as_ref()
    }

    pub fn options<'w>(&self, world: &'w World) -> ReadOptions<'w> {
        let site = match self.reader {
            Reader::Own => world.pages[self.page].site.as_deref(),
            Reader::Generic => None,
            Reader::Site(index) => Some(world.sites[index].as_str()),
        };
        ReadOptions { site, generic: matches!(self.reader, Reader::Generic), ..ReadOptions::default() }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "case {} ({:?}, cut {:?}, {:?})", self.number, self.reader, self.cut, self.header)
    }
}

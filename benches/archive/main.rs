//! Makes a large archive for measurements, the same one each time: articles of about 400 words in a language
//! that does not exist (syllables of Indonesian shape, word frequencies by Zipf's law), of 200 sites, over a
//! year. Three of ten were edited hours later (a number, a headline, a paragraph, a few words), two of a hundred
//! withdrawn. Written by the store's own writer, so that it is an archive like any other.
//!
//!     cargo bench --bench archive -- FILE [ARTICLES [START [MILLISECONDS]]]
//!
//! START: the number of the first article, to add more to an archive; MILLISECONDS: a rest after each, to write as
//! a crawl does. Without a file it says so and does nothing. It may be stopped at any time: what is written stays.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use kliping::model::{
    Article, Block, BlockKind, ExtractorId, FieldName, PageUrl, Reading, SourceKind, Validators, Via, sha256,
};
use kliping::store::{Archive, CheckHistory, FetchRecord, Mode, Observation, Plan};

mod text;

use text::{Dice, Language};

const SITES: u64 = 200;
/// Articles between one and its edit.
const LATER: usize = 700;
/// Jobs that the writer may have before it.
const WINDOW: usize = 512;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(file) = args.next().map(PathBuf::from) else {
        println!("archive: name a file: cargo bench --bench archive -- FILE [ARTICLES]");
        return;
    };
    let count = args.next().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let first: usize = args.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    let rest = args.next().and_then(|text| text.parse().ok()).map(Duration::from_millis);
    let archive = Archive::open(&file, Mode::Create).expect("the archive can be made");
    let start = Instant::now();
    let mut press = Press::new(first, count);
    let plan: Plan =
        Arc::new(|history: &CheckHistory| history.now.checked_add(SignedDuration::from_hours(24)).ok());
    let mut pending = VecDeque::new();
    for n in first..first + count {
        for (fetch, seen) in press.next(n) {
            pending.push_back(archive.writer().record(fetch, seen, Arc::clone(&plan)));
        }
        while pending.len() > WINDOW {
            pending.pop_front().expect("just counted").wait().expect("recorded");
        }
        if let Some(rest) = rest {
            std::thread::sleep(rest);
        }
        if n % 20_000 == 0 {
            println!("{n} articles, {:.0} s", start.elapsed().as_secs_f64());
        }
    }
    for job in pending {
        job.wait().expect("recorded");
    }
    archive.close().expect("closed");
    let bytes = std::fs::metadata(&file).map_or(0, |meta| meta.len());
    println!("{count} articles, {} MB, {:.0} s", bytes / 1_000_000, start.elapsed().as_secs_f64());
}

/// What the newspapers print, in the order of time.
struct Press {
    language: Language,
    dice: Dice,
    start: Timestamp,
    step: i64,
    edits: VecDeque<(usize, u64, Article)>,
    /// The sites of the latest articles.
    sites: VecDeque<u64>,
}

impl Press {
    fn new(first: usize, count: usize) -> Self {
        let year: i64 = 365 * 24 * 3600 * 1000;
        let start = "2025-11-20T00:00:00Z".parse().expect("a time");
        let step = year / i64::try_from((first + count).max(1)).unwrap_or(1);
        Self {
            language: Language::new(60_000),
            dice: Dice(7 + first as u64),
            start,
            step,
            edits: VecDeque::new(),
            sites: VecDeque::new(),
        }
    }

    /// The next article, and what happened to an earlier one.
    fn next(&mut self, n: usize) -> Vec<(FetchRecord, Observation)> {
        // Few sites print much, many print little.
        let site = self.dice.below(SITES).min(self.dice.below(SITES));
        self.sites.push_back(site);
        let old = if self.sites.len() > LATER { self.sites.pop_front() } else { None };
        let article = self.article(site);
        let mut out = vec![(self.fetch(n, n, site, 200), seen(&article))];
        if self.dice.below(10) < 3 {
            self.edits.push_back((n, site, article));
        } else if let Some(old) = old.filter(|_| self.dice.below(100) < 3) {
            let gone = Observation::Missing { status: 410, gone_after: Duration::ZERO };
            out.push((self.fetch(n, n - LATER, old, 410), gone));
        }
        if self.edits.front().is_some_and(|(of, ..)| of + LATER <= n)
            && let Some((of, site, article)) = self.edits.pop_front()
        {
            let edited = self.edited(article);
            out.push((self.fetch(n, of, site, 200), seen(&edited)));
        }
        out
    }

    fn article(&mut self, site: u64) -> Article {
        let title = self.language.headline(&mut self.dice);
        let paragraphs = 9 + self.dice.below(8);
        let body = (0..paragraphs)
            .map(|_| Block { kind: BlockKind::Paragraph, text: self.language.paragraph(&mut self.dice) })
            .collect();
        let fields = [FieldName::Title, FieldName::Body, FieldName::Published, FieldName::Author];
        Article {
            title,
            dateline: None,
            authors: vec![self.language.name(&mut self.dice)],
            section: Some("Berita".to_owned()),
            language: Some("id".to_owned()),
            published: None,
            modified: None,
            canonical_url: None,
            body,
            images: Vec::new(),
            comment_form: None,
            removed: Vec::new(),
            reading: Reading {
                site: format!("situs{site}"),
                layout: "article".to_owned(),
                site_file_sha256: sha256(format!("situs{site}").as_bytes()),
                extractor: ExtractorId("1+aaaaaaaaaaaa".to_owned()),
                fields: fields
                    .into_iter()
                    .map(|field| (field, "css .isi".to_owned()))
                    .collect::<BTreeMap<_, _>>(),
            },
        }
    }

    fn edited(&mut self, mut article: Article) -> Article {
        match self.dice.below(4) {
            0 => article.title = self.language.headline(&mut self.dice),
            1 => article.body.truncate(article.body.len() - 1),
            _ => {}
        }
        let at = usize::try_from(self.dice.below(4)).unwrap_or(0);
        let number = self.dice.below(900) + 10;
        article.body[at].text.push_str(&format!(" Jumlahnya {number} orang."));
        article
    }

    fn fetch(&self, now: usize, of: usize, site: u64, status: u16) -> FetchRecord {
        let at = self.start.as_millisecond() + self.step * i64::try_from(now).unwrap_or(0);
        let site_name = format!("Situs Nomor {site}");
        FetchRecord {
            run: None,
            lease: None,
            site: format!("situs{site:03}"),
            site_name: Some(site_name),
            requested: PageUrl::parse(&format!("https://situs{site}.example/berita/{of}"))
                .expect("an address"),
            url: None,
            at: Timestamp::from_millisecond(at).expect("a time"),
            status: Some(status),
            validators: Validators::default(),
            content_type: Some("text/html; charset=utf-8".to_owned()),
            bytes: 61_234,
            elapsed_ms: 210,
            via: Via::Source(SourceKind::Feed),
        }
    }
}

fn seen(article: &Article) -> Observation {
    Observation::Article { article: Box::new(article.clone()), raw: None, reread: None }
}

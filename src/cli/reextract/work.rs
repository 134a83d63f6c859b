//! Reading on all cores, writing one article at a time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use kliping::model::{Article, Known, Version};
use kliping::read::{self, ReadOptions};
use kliping::site::Catalog;
use kliping::store::{Archive, RawPage, Reader, Reread, Rereadable, StoreError};

use super::super::app::now;

/// What became of one page.
pub enum Written {
    /// Today's extractor has read it already.
    Current,
    /// Its page is not kept.
    NoPage,
    /// It reads as before.
    Same,
    /// It reads otherwise: before, and now.
    Changed(Box<(Version, Article)>),
    /// It gives no article today, or one without text.
    Lost(String),
    /// A crawl was faster.
    Overtaken,
}

pub struct Work<'a> {
    pub archive: &'a Archive,
    pub catalog: &'a Catalog,
    /// Site → the preset its entry names.
    pub presets: HashMap<String, Option<String>>,
    pub dry_run: bool,
}

impl Work<'_> {
    /// Reads all pages; `tell` hears of each, in any order.
    pub fn run(
        &self,
        pages: &[Rereadable],
        mut tell: impl FnMut((&Rereadable, Written)),
    ) -> Result<(), StoreError> {
        let next = AtomicUsize::new(0);
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(pages.len().max(1));
        let (send, receive) = mpsc::sync_channel(64);
        std::thread::scope(|scope| {
            for _ in 0..cores {
                let (send, next) = (send.clone(), &next);
                scope.spawn(move || {
                    let reader = match self.archive.reader() {
                        Ok(reader) => reader,
                        Err(error) => return drop(send.send(Err(error))),
                    };
                    while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let read = self.page(page, &reader).map(|written| (page, written));
                        let failed = read.is_err();
                        if send.send(read).is_err() || failed {
                            return;
                        }
                    }
                });
            }
            drop(send);
            // The first error ends it: the receiver goes, and with it the others.
            receive.into_iter().try_for_each(|read| read.map(&mut tell))
        })
    }

    fn page(&self, page: &Rereadable, reader: &Reader) -> Result<Written, StoreError> {
        let preset = self.presets.get(&page.site).and_then(Option::as_deref);
        let options = ReadOptions { preset, ..ReadOptions::default() };
        let site = read::site_for(self.catalog, Some(&page.url), options);
        let known = reader.known_of(&page.url, &page.site)?;
        // Pages that were stored before the archive knew what stands on all of them are read again, too.
        if read::extractor(&site) == page.extractor && !known.repeated.is_learnt() {
            return Ok(Written::Current);
        }
        if !page.kept {
            return Ok(Written::NoPage);
        }
        let raw = match reader.raw_page(page.article, page.seq) {
            Ok(Some(raw)) => raw,
            Ok(None) => return Ok(Written::NoPage),
            // One damaged page costs no other.
            Err(StoreError::Corrupt(what)) => return Ok(Written::Lost(what)),
            Err(error) => return Err(error),
        };
        match self.read(&raw, known, preset) {
            Ok(article) => self.written(page, article, reader),
            Err(kept) => Ok(kept),
        }
    }

    /// Reads a stored page as it would be read today.
    fn read(&self, raw: &RawPage, mut known: Known, preset: Option<&str>) -> Result<Article, Written> {
        known.repeated = known.repeated.today();
        known.openings = known.openings.today();
        let options = ReadOptions { preset, known: Some(&known), archived: true, ..ReadOptions::default() };
        let kind = raw.content_type.as_deref();
        // "Two hours ago" was said when the page was fetched.
        match read::read(self.catalog, &raw.bytes, kind, Some(&raw.url), options, raw.at) {
            // One page of several does not tell what the article says today.
            Ok(read) if !read.further.is_empty() => Err(Written::NoPage),
            Ok(read) => Ok(read.article),
            Err(error) => Err(Written::Lost(error.to_string())),
        }
    }

    fn written(&self, page: &Rereadable, article: Article, reader: &Reader) -> Result<Written, StoreError> {
        let Some(before) = reader.version(page.article, page.seq)? else { return Ok(Written::NoPage) };
        let same = before.fingerprint.content == article.fingerprint().content;
        if self.dry_run {
            return Ok(if same { Written::Same } else { Written::Changed(Box::new((before, article))) });
        }
        let writer = self.archive.writer();
        Ok(match writer.reread(page.article, page.seq, Box::new(article.clone()), now()).wait()? {
            Reread::Same => Written::Same,
            Reread::Written(_) => Written::Changed(Box::new((before, article))),
            Reread::Kept { reason } => Written::Lost(reason),
            Reread::Overtaken => Written::Overtaken,
        })
    }
}

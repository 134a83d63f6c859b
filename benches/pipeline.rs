//! The whole way of a page: fetch from a site on loopback, read, decide, store.
//!
//! Times mean something only beside each other, in one run: `first_run` archives every page,
//! `second_run` finds every one unchanged (304). Politeness is switched off: the delay is zero.

use std::sync::Arc;
use std::time::Duration;

use divan::Bencher;
use divan::counter::ItemsCount;
use kliping::config::{Config, SiteEntry};
use kliping::model::PageUrl;
use kliping::pipeline::{self, Count, Options, Report, Stop};
use kliping::site::Catalog;
use kliping::store::{Archive, Mode};

#[path = "../src/cli/demo/server/mod.rs"]
#[allow(dead_code, reason = "the bench needs only part of it")]
mod server;

#[path = "press/mod.rs"]
mod press;

use press::page;
use server::{Reply, Request, Server};

/// Articles of the site.
const PAGES: usize = 100;
/// `Last-Modified` of everything.
const SINCE: &str = "Mon, 23 Nov 2026 01:00:00 GMT";

fn main() {
    divan::main();
}

/// A site with a feed of all its articles.
fn site() -> Server {
    let answer = move |request: &Request| match request.target.as_str() {
        "/feed.xml" => {
            let origin = request.origin();
            let items: String = (0..PAGES)
                .map(|n| format!("<item><title>Berita {n}</title><link>{origin}/berita/{n}</link></item>"))
                .collect();
            let xml = format!("<rss version=\"2.0\"><channel><title>Uji</title>{items}</channel></rss>");
            Reply::new(200, "application/rss+xml", xml)
        }
        path => match path.strip_prefix("/berita/").and_then(|n| n.parse().ok()) {
            Some(n) => {
                Reply::new(200, "text/html; charset=utf-8", page(n)).validated(request, "\"a\"", SINCE)
            }
            None => Reply::new(404, "text/plain", "tidak ada"),
        },
    };
    Server::start(1, Arc::new(answer)).expect("loopback has a free port")
}

/// A folder with an archive, and the configuration of the one site.
struct Desk {
    _folder: tempfile::TempDir,
    archive: Arc<Archive>,
    config: Config,
    catalog: Arc<Catalog>,
}

impl Desk {
    fn new(server: &Server) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the archive");
        let path = folder.path().join("kliping.db");
        let archive = Arc::new(Archive::open(path, Mode::Create).expect("a new archive"));
        let mut config = Config::default();
        config.crawl.delay = Duration::ZERO;
        config.sites.push(SiteEntry {
            id: "uji".to_owned(),
            url: PageUrl::parse(&server.origin(0)).expect("the server's address"),
            preset: None,
            feeds: vec!["/feed.xml".to_owned()],
            sitemaps: Vec::new(),
            sections: Vec::new(),
            apis: Vec::new(),
            delay: None,
            max_pages: None,
            enabled: true,
        });
        let catalog =
            Arc::new(Catalog::load(std::path::Path::new("selectors")).expect("the shipped site files"));
        Self { _folder: folder, archive, config, catalog }
    }

    fn crawl(&self) -> Report {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        let (catalog, options) = (Arc::clone(&self.catalog), Options::default());
        let run = pipeline::crawl(&self.config, catalog, &self.archive, options, Stop::default());
        runtime.block_on(run).expect("the run is made")
    }
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn first_run(bencher: Bencher<'_, '_>) {
    let server = site();
    bencher.counter(ItemsCount::new(PAGES)).with_inputs(|| Desk::new(&server)).bench_refs(|desk| {
        let report = desk.crawl();
        assert_eq!(report.total(Count::New), PAGES as u64, "{:?}", report.problems);
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn second_run(bencher: Bencher<'_, '_>) {
    let server = site();
    let desk = Desk::new(&server);
    desk.crawl();
    bencher.counter(ItemsCount::new(PAGES)).bench_local(|| {
        let report = desk.crawl();
        assert_eq!(report.total(Count::NotModified), PAGES as u64, "{:?}", report.problems);
    });
}

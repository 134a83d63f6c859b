//! How well pages are read, on the project's own fixtures: what a site file says of its pages must
//! hold, and the generic reader's scores against the readings of the site files may only rise.
//!
//! `tests/fixtures/quality.toml` holds the scores. After a change for the better, or with new pages,
//! write them anew: `KLIPING_BLESS=1 cargo test --test quality`.

mod score;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use kliping::model::{Article, PageUrl};
use kliping::read::{self, ReadOptions};
use kliping::site::Catalog;
use score::{Part, Score};

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_page_gives_what_its_site_file_says() {
    let mut kliping = assert_cmd::Command::cargo_bin("kliping").unwrap();
    let output =
        kliping.current_dir(top()).args(["--selectors", "selectors", "sites", "test"]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let failed: Vec<&str> = text.lines().filter(|line| !line.starts_with("ok ")).collect();
    assert!(output.status.success(), "{}", failed.join("\n"));
}

#[test]
fn every_stored_page_is_tested() {
    let catalog = Catalog::load(&top().join("selectors")).expect("the shipped site files are sound");
    let mut idle = Vec::new();
    for folder in entries(&top().join("selectors")).into_iter().filter(|path| path.is_dir()) {
        let id = folder.file_name().unwrap().to_string_lossy().into_owned();
        let tests = catalog.site(&id).map(|site| site.tests.clone()).unwrap_or_default();
        let known = |page: &PathBuf| tests.iter().any(|test| page.ends_with(&test.fixture));
        idle.extend(entries(&folder).into_iter().filter(|page| !known(page)));
    }
    assert!(idle.is_empty(), "pages that no [[test]] names: {idle:?}");
}

#[test]
fn the_generic_readers_scores_only_rise() {
    let now = scores();
    if std::env::var_os("KLIPING_BLESS").is_some() {
        return table::write(&now);
    }
    let before = table::read();
    let old = |name: &str| before.iter().find(|(known, _)| known == name).map(|(_, score)| score);
    // Pages that are new, or gone, say nothing of the change.
    let both: Vec<_> = now.iter().filter_map(|(name, new)| Some((name, old(name)?, new))).collect();
    let mean = |part: Part, new: bool| {
        let sum: f64 = both.iter().map(|(_, before, now)| part(if new { now } else { before })).sum();
        sum / both.len().max(1) as f64
    };
    let mut fallen = Vec::new();
    for (what, part) in Score::PARTS {
        let (was, is) = (mean(part, false), mean(part, true));
        println!("{what:12} {was:.4} -> {is:.4}");
        // Scores are written with four digits.
        if is < was - 0.0001 {
            let worse = both.iter().filter(|(_, before, now)| part(now) < part(before) - 0.0001);
            let pages: Vec<String> = worse
                .map(|(name, before, now)| format!("  {name} {:.4} -> {:.4}", part(before), part(now)))
                .collect();
            fallen.push(format!("{what} fell from {was:.4} to {is:.4}\n{}", pages.join("\n")));
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// The score of each stored page, by its place.
fn scores() -> Vec<(String, Score)> {
    let catalog = Catalog::load(&top().join("selectors")).expect("the shipped site files are sound");
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    let mut scores = Vec::new();
    for site in catalog.sites() {
        for test in &site.tests {
            let page = fs::read(top().join("selectors").join(&site.id).join(&test.fixture)).unwrap();
            let url = test.url.as_deref().and_then(|url| PageUrl::parse(url).ok());
            let read = |options: ReadOptions<'_>| -> Option<Article> {
                read::read(&catalog, &page, None, url.as_ref(), options, now).ok().map(|read| read.article)
            };
            let right = read(ReadOptions { site: Some(&site.id), ..ReadOptions::default() });
            let ours = read(ReadOptions { generic: true, ..ReadOptions::default() });
            // The site's own reading is held to its [[test]] by the test above.
            if let Some(right) = right {
                scores.push((format!("{}/{}", site.id, test.fixture), Score::of(&right, ours.as_ref())));
            }
        }
    }
    scores.sort_by(|a, b| a.0.cmp(&b.0));
    scores
}

/// What a folder holds, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

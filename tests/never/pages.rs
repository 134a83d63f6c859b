//! Which pages there are.

use std::fs;
use std::path::{Path, PathBuf};

use kliping::model::PageUrl;
use serde_json::Value;

/// A stored page.
pub struct Page {
    pub name: String,
    pub bytes: Vec<u8>,
    pub url: Option<PageUrl>,
    /// The site file whose fixture it is.
    pub site: Option<String>,
}

/// The pages that `KLIPING_PAGES` names, else the project's own.
pub fn all() -> Vec<Page> {
    let mut pages = Vec::new();
    match std::env::var("KLIPING_PAGES") {
        Ok(paths) => paths.split(':').map(Path::new).for_each(|path| match path.extension() {
            Some(extension) if extension == "jsonl" => listed(path, &mut pages),
            _ => below(path, false, &mut pages),
        }),
        Err(_) => {
            let top = Path::new(env!("CARGO_MANIFEST_DIR"));
            below(&top.join("tests/fixtures/pages"), false, &mut pages);
            below(&top.join("selectors"), true, &mut pages);
        }
    }
    assert!(!pages.is_empty(), "there are no pages");
    pages
}

/// The pages of a list: one JSON object a line, with `file` and `url`.
fn listed(list: &Path, pages: &mut Vec<Page>) {
    let folder = list.parent().unwrap();
    for line in fs::read_to_string(list).unwrap().lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        let path = folder.join(entry["file"].as_str().unwrap());
        let url = entry["url"].as_str().and_then(|url| PageUrl::parse(url).ok());
        pages.push(Page {
            name: path.display().to_string(),
            bytes: fs::read(&path).unwrap(),
            url,
            site: None,
        });
    }
}

/// All pages of a folder, those in its folders too; `sited` says that a folder is named like a site.
fn below(folder: &Path, sited: bool, pages: &mut Vec<Page>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            below(&path, sited, pages);
        } else if path.extension().is_some_and(|extension| extension == "html" || extension == "htm") {
            let site = folder.file_name().filter(|_| sited).map(|name| name.to_string_lossy().into_owned());
            let bytes = fs::read(&path).unwrap();
            pages.push(Page { name: path.display().to_string(), bytes, url: None, site });
        }
    }
}

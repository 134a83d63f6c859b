//! The site files that are built in: each is compiled when a page of its host is first read.
//!
//! They are known to be sound (a test compiles them all), so that only their hosts are looked for
//! when a catalog is made.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::Site;
use super::file::SiteFile;

/// The shipped presets and site files, as `build.rs` lists them: file name and text.
pub(super) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// A site file that is built in.
#[derive(Debug, Clone)]
pub(super) struct BuiltIn {
    /// The name of its file without `.toml`.
    pub(super) id: &'static str,
    text: &'static str,
    /// The hosts it answers for, as they are written.
    pub(super) hosts: Vec<&'static str>,
    site: OnceLock<Arc<Site>>,
}

impl BuiltIn {
    /// All site files that are built in, by name; presets are no site files.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let sites = FILES.iter().filter(|(name, _)| !name.starts_with('_'));
        sites.filter_map(|&(name, text)| {
            let id = name.strip_suffix(".toml")?;
            Some(Self { id, text, hosts: hosts(text).unwrap_or_else(|| vec![id]), site: OnceLock::new() })
        })
    }

    /// Its rules, over one of the presets.
    pub(super) fn site(&self, presets: &[Arc<Site>]) -> Arc<Site> {
        let compile = || {
            let (file, _) = SiteFile::read(Path::new(&format!("{}.toml", self.id)), self.text, true);
            let extends = file.extends.as_ref().map(|name| name.value.clone());
            let preset = extends.and_then(|name| presets.iter().find(|preset| preset.id == name));
            Arc::new(file.into_site(preset.map(Arc::as_ref)))
        };
        Arc::clone(self.site.get_or_init(compile))
    }
}

/// What stands between quotation marks behind `hosts =`.
fn hosts(text: &'static str) -> Option<Vec<&'static str>> {
    let list = text.lines().position(|line| line.starts_with("hosts"))?;
    let start: usize = text.split_inclusive('\n').take(list).map(str::len).sum();
    let list = text[start..].split_once('[')?.1.split(']').next()?;
    Some(list.split('"').skip(1).step_by(2).collect())
}

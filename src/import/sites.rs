//! Which site an address belongs to: one of the configuration, else its registrable domain.

use std::collections::HashMap;

use crate::config::Config;
use crate::model::PageUrl;
use crate::site::Catalog;

/// The sites of a configuration by host.
#[derive(Debug, Clone, Default)]
pub struct Sites {
    by_host: HashMap<String, Place>,
}

/// A site of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its identifier.
    pub(super) id: String,
    /// The preset that its entry names.
    pub(super) preset: Option<String>,
    /// Whether it stands in the configuration.
    pub(super) configured: bool,
}

impl Sites {
    /// The sites of a configuration.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let mut by_host = HashMap::new();
        for entry in &config.sites {
            let place = Place { id: entry.id.clone(), preset: entry.preset.clone(), configured: true };
            // Two entries of one host: the first, as everywhere.
            by_host.entry(entry.url.host_key().as_str().to_owned()).or_insert(place);
        }
        Self { by_host }
    }

    pub(super) fn place(&self, url: &PageUrl) -> Place {
        let host = url.host_key();
        self.by_host.get(host.as_str()).cloned().unwrap_or_else(|| Place {
            id: host.as_str().to_owned(),
            preset: None,
            configured: false,
        })
    }
}

/// The name that a site gives itself, as far as its file knows.
pub(super) fn name(catalog: &Catalog, url: &PageUrl, place: &Place) -> Option<String> {
    catalog.resolve(url, place.preset.as_deref()).name.clone()
}

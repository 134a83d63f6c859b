//! Writes a site into `config.toml` without touching what stands there.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::{Config, ConfigErrors, SiteEntry, units};

const HEADER: &str = "# kliping's configuration. What is not set here has its default.\n";

/// Whether an identifier of a site is fit for the configuration, the archive and the command line.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn check_id(id: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !id.is_empty() && id.chars().all(fits) {
        Ok(())
    } else {
        Err(format!("`{id}` is no identifier for a site"))
    }
}

/// Appends a `[sites.ID]` table. Every byte of the file stays; a missing file is created, with its
/// folder.
///
/// # Errors
/// [`ConfigErrors`] when the file has mistakes or would have one with the new site (an identifier or
/// an address twice); then nothing is written.
pub fn append_site(file: &Path, site: &SiteEntry) -> Result<(), ConfigErrors> {
    let before = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => HEADER.to_owned(),
        Err(source) => return Err(ConfigErrors::Unreadable { file: file.to_owned(), source }),
    };
    let addition = addition(&before, site);
    if let Err(mistakes) = Config::parse(&format!("{before}{addition}"), file) {
        return Err(ConfigErrors::Invalid { file: file.to_owned(), mistakes });
    }
    write(file, &before, &addition)
        .map_err(|source| ConfigErrors::Unwritable { file: file.to_owned(), source })
}

fn write(file: &Path, before: &str, addition: &str) -> io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut out = OpenOptions::new().append(true).create(true).open(file)?;
    let header = if out.metadata()?.len() == 0 { before } else { "" };
    // One call, so that a reader never sees half a table.
    out.write_all(format!("{header}{addition}").as_bytes())?;
    out.sync_all()
}

fn addition(before: &str, site: &SiteEntry) -> String {
    let mut out = String::new();
    if !before.is_empty() {
        out.push_str(if before.ends_with('\n') { "\n" } else { "\n\n" });
    }
    let key = if site.id.contains('.') { toml_text(&site.id) } else { site.id.clone() };
    out.push_str(&format!("[sites.{key}]\n"));
    let mut line = |key: &str, value: String| out.push_str(&format!("{key} = {value}\n"));
    line("url", toml_text(site.url.as_str()));
    if let Some(preset) = &site.preset {
        line("preset", toml_text(preset));
    }
    let lists = [
        ("apis", &site.apis),
        ("feeds", &site.feeds),
        ("sitemaps", &site.sitemaps),
        ("sections", &site.sections),
    ];
    for (key, list) in lists {
        if !list.is_empty() {
            let items: Vec<String> = list.iter().map(|item| toml_text(item)).collect();
            line(key, format!("[{}]", items.join(", ")));
        }
    }
    if let Some(delay) = site.delay {
        line("delay", toml_text(&units::show_duration(delay)));
    }
    if let Some(max) = site.max_pages {
        line("max_pages", max.to_string());
    }
    if !site.enabled {
        line("enabled", "false".to_owned());
    }
    out
}

/// A text as TOML writes it best: one with backslashes between '…'.
#[must_use]
pub fn toml_text(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PageUrl;

    fn entry(id: &str, url: &str) -> SiteEntry {
        SiteEntry {
            id: id.to_owned(),
            url: PageUrl::parse(url).unwrap(),
            preset: Some("wordpress".to_owned()),
            feeds: vec!["/feed/".to_owned()],
            sitemaps: Vec::new(),
            sections: vec!["/a\"b'c".to_owned()],
            apis: vec!["/wp-json/wp/v2/posts".to_owned()],
            delay: Some(std::time::Duration::from_millis(1500)),
            max_pages: Some(7),
            enabled: false,
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/config.toml");
        let (one, two) =
            (entry("satu", "https://satu.example/"), entry("dua.example", "http://127.0.0.1:8080/"));
        append_site(&file, &one).unwrap();
        fs::write(&file, fs::read_to_string(&file).unwrap().trim_end()).unwrap();
        let before = fs::read_to_string(&file).unwrap();
        append_site(&file, &two).unwrap();
        assert!(fs::read_to_string(&file).unwrap().starts_with(&before));
        assert_eq!(Config::load(Some(&file)).unwrap().sites, [one, two]);
    }

    #[test]
    fn nothing_is_written_when_the_file_would_be_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let one = entry("satu", "https://satu.example/");
        append_site(&file, &one).unwrap();
        let before = fs::read(&file).unwrap();
        for wrong in [one, entry("dua", "https://www.satu.example"), entry("a b", "https://ab.example/")] {
            assert_eq!(append_site(&file, &wrong).unwrap_err().code(), "config_invalid");
        }
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}

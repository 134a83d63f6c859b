//! The demo's folder: a configuration, a site file and, after the crawls, an archive.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::newsroom::Newsroom;
use super::paper::{CAKRAWALA, PAPERS};
use crate::cli::{CliError, Exit};

/// Least time between two requests to one paper. A demo is in a hurry.
pub const DELAY: Duration = Duration::from_millis(300);

const CONFIG: &str = include_str!("press/config.toml");
const SITE_FILE: &str = include_str!("press/site.toml");

/// Makes the folder the user named, which must be new or empty, or a new one for temporary files.
pub fn make(named: Option<&Path>) -> Result<PathBuf, CliError> {
    let folder = match named {
        Some(folder) => new_or_empty(folder).map(|()| folder.to_owned()),
        None => fresh(),
    };
    // Whole, so that the commands that are shown at the end work from anywhere.
    folder.and_then(fs::canonicalize).map_err(|error| {
        let place = named.map_or_else(std::env::temp_dir, Path::to_owned);
        let exit = if named.is_some() { Exit::Usage } else { Exit::Nothing };
        CliError::new(exit, format_args!("cannot make the demo's folder in {}: {error}", place.display()))
            .help("name a folder that is new or empty: kliping demo --keep DIR")
    })
}

fn new_or_empty(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is not empty"));
    }
    Ok(())
}

/// The first of `kliping-demo`, `kliping-demo-2`, … that does not exist yet.
fn fresh() -> io::Result<PathBuf> {
    let base = std::env::temp_dir();
    let mut number = 1;
    loop {
        let name = if number == 1 { "kliping-demo".to_owned() } else { format!("kliping-demo-{number}") };
        let folder = base.join(name);
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Writes the configuration and the site file for this newsroom; gives the configuration's path.
pub fn furnish(folder: &Path, newsroom: &Newsroom) -> Result<PathBuf, CliError> {
    let mut config = CONFIG.replace("{{delay}}", &format!("{}ms", DELAY.as_millis()));
    for (at, paper) in PAPERS.iter().enumerate() {
        config = config.replace(&format!("{{{{{}}}}}", paper.id), &newsroom.origin(at));
    }
    let host = newsroom.origin(CAKRAWALA).replace("http://", "");
    let write = || {
        fs::create_dir_all(folder.join("selectors"))?;
        fs::write(folder.join("selectors/cakrawala.toml"), SITE_FILE.replace("{{host}}", &host))?;
        fs::write(folder.join("config.toml"), &config)
    };
    write().map(|()| folder.join("config.toml")).map_err(|error| {
        CliError::new(Exit::Nothing, format_args!("cannot write into {}: {error}", folder.display()))
            .help("name another folder: kliping demo --keep DIR")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_something_in_it_is_left_alone() {
        let top = tempfile::tempdir().unwrap();
        let folder = make(Some(&top.path().join("a/b"))).unwrap();
        assert!(folder.is_absolute() && folder.is_dir());
        fs::write(folder.join("mine"), "x").unwrap();
        let error = make(Some(&folder)).unwrap_err();
        assert_eq!(error.exit, Exit::Usage);
        assert!(error.message.contains("not empty") && error.help.is_some());
    }
}

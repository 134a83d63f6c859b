//! A file to import, or stdin.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use kliping::import::Input;

/// Bytes that are read at once.
const BUFFER: usize = 256 << 10;

pub struct Source {
    pub input: Input,
    /// Its size in bytes, where it has one.
    pub size: Option<u64>,
}

impl Source {
    pub fn open(path: &Path) -> io::Result<Self> {
        if path == Path::new("-") {
            let input = BufReader::with_capacity(BUFFER, io::stdin());
            return Ok(Self { input: Box::new(input), size: None });
        }
        let file = File::open(path)?;
        let meta = file.metadata()?;
        if meta.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        let size = meta.is_file().then_some(meta.len());
        Ok(Self { input: Box::new(BufReader::with_capacity(BUFFER, file)), size })
    }
}

//! A ZIP file (APPNOTE 6.3.10), written front to back without looking back: every entry is whole in memory
//! before its header is written, so no length comes after its bytes. No times, no owners: the same entries
//! give the same bytes.

use std::io::{self, Write};

use flate2::{Compression, Crc, write::DeflateEncoder};

use super::ExportError;

/// Midnight of 1 January 1980, the earliest time that a ZIP file can tell.
const DATE: u16 = 0x0021;
/// At the usual level packing is two thirds of a book's time, for a few per cent of its size; level 1 has no codes of
/// the text's own, and makes it larger by a third.
const LEVEL: Compression = Compression::new(2);
/// Names are UTF-8 (§4.4.4, bit 11).
const FLAGS: u16 = 0x0800;

/// Writes a ZIP file.
pub(super) struct ZipWriter<W: Write> {
    out: W,
    at: u64,
    directory: Vec<u8>,
    entries: u64,
}

impl<W: Write> ZipWriter<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, at: 0, directory: Vec::new(), entries: 0 }
    }

    /// Adds a file as it is.
    pub(super) fn stored(&mut self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.entry(name, 0, bytes, bytes)
    }

    /// Adds a file, compressed.
    pub(super) fn deflated(&mut self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), LEVEL);
        encoder.write_all(bytes)?;
        let packed = encoder.finish()?;
        self.entry(name, 8, bytes, &packed)
    }

    fn entry(&mut self, name: &str, method: u16, bytes: &[u8], packed: &[u8]) -> Result<(), ExportError> {
        let mut crc = Crc::new();
        crc.update(bytes);
        // What is the same in both headers (§4.3.7, §4.3.12).
        let mut common = Vec::with_capacity(26);
        for field in [20_u16, FLAGS, method, 0, DATE] {
            common.extend(field.to_le_bytes());
        }
        for field in [crc.sum(), small(packed.len() as u64)?, small(bytes.len() as u64)?] {
            common.extend(field.to_le_bytes());
        }
        let length = u16::try_from(name.len()).map_err(|_| ExportError::TooLarge)?;
        common.extend(length.to_le_bytes());
        common.extend([0, 0]);

        self.directory.extend(b"PK\x01\x02\x14\x03");
        self.directory.extend(&common);
        // Comment, disk, attributes: none.
        self.directory.extend([0; 10]);
        self.directory.extend(small(self.at)?.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.entries += 1;

        for part in [b"PK\x03\x04", common.as_slice(), name.as_bytes(), packed] {
            self.write(part)?;
        }
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    /// Writes the directory (§4.3.16).
    pub(super) fn finish(mut self) -> Result<(), ExportError> {
        let start = small(self.at)?;
        let directory = std::mem::take(&mut self.directory);
        let entries = u16::try_from(self.entries).map_err(|_| ExportError::TooLarge)?;
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend(entries.to_le_bytes());
        end.extend(entries.to_le_bytes());
        end.extend(small(directory.len() as u64)?.to_le_bytes());
        end.extend(start.to_le_bytes());
        end.extend([0, 0]);
        self.write(&directory)?;
        self.write(&end)?;
        Ok(self.out.flush()?)
    }
}

/// Four bytes are all there is without ZIP64, which readers of books do not know.
fn small(n: u64) -> Result<u32, ExportError> {
    u32::try_from(n).map_err(|_| ExportError::TooLarge)
}

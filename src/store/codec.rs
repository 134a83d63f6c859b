//! How the bytes of pages are packed.

use std::cell::RefCell;
use std::io::{self, Read, Write};

use zstd::bulk::Compressor;
use zstd::stream::{read, write};

use super::StoreError;

/// zstd's level for a page by itself: level 5 leaves a twentieth less of it, and takes twice as long.
const ALONE: i32 = 3;
/// For what a site has one of, its first page and its reference: a tenth less than at level 3.
const RARE: i32 = 12;
/// And for a page with its reference: of 36 real pages (406 kB each) 11.5 kB are left a page, at level 3 13.3 kB.
const REFERRED: i32 = 7;
/// And to find out whether a reference is of use at all.
const TRIED: i32 = 1;

/// 8 MiB: a large page and its reference together.
const WINDOW_LOG: u32 = 23;

/// Bytes as they are stored.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) codec: &'static str,
    pub(super) data: Vec<u8>,
}

thread_local! {
    /// What packs by itself, kept from page to page: to set up its tables took a fifth of its time.
    static PACKER: RefCell<io::Result<Compressor<'static>>> = RefCell::new(Compressor::new(ALONE));
}

/// Packs a page by itself, if that makes it smaller.
pub(super) fn pack(bytes: &[u8]) -> Packed {
    let packed = PACKER.with_borrow_mut(|packer| packer.as_mut().ok().map(|packer| packer.compress(bytes)));
    smaller(bytes, packed.and_then(Result::ok))
}

/// Packs what a site has one of: smaller, and it takes its time.
pub(super) fn pack_rare(bytes: &[u8]) -> Packed {
    smaller(bytes, zstd::bulk::compress(bytes, RARE).ok())
}

/// Packing fails only for want of memory; the page itself is what counts.
fn smaller(bytes: &[u8], packed: Option<Vec<u8>>) -> Packed {
    match packed.filter(|data| data.len() < bytes.len()) {
        Some(data) => Packed { codec: "zstd", data },
        None => Packed { codec: "raw", data: bytes.to_vec() },
    }
}

/// Packs a page with a reference that is needed again to unpack it.
pub(super) fn pack_with(bytes: &[u8], reference: &[u8]) -> io::Result<Packed> {
    Ok(Packed { codec: "zstd-ref", data: referred(bytes, reference, REFERRED)? })
}

/// About how many bytes would be left of a page with a reference; found in a sixth of the time.
pub(super) fn tried_with(bytes: &[u8], reference: &[u8]) -> io::Result<usize> {
    referred(bytes, reference, TRIED).map(|data| data.len())
}

fn referred(bytes: &[u8], reference: &[u8], level: i32) -> io::Result<Vec<u8>> {
    let mut encoder = write::Encoder::with_ref_prefix(Vec::new(), level, reference)?;
    encoder.window_log(WINDOW_LOG)?;
    encoder.set_pledged_src_size(Some(bytes.len() as u64))?;
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Unpacks a page of a known size.
pub(super) fn unpack(
    codec: &str,
    data: Vec<u8>,
    size: usize,
    reference: Option<&[u8]>,
) -> Result<Vec<u8>, StoreError> {
    let damaged = |e: io::Error| StoreError::Corrupt(format!("a stored page cannot be unpacked: {e}"));
    let bytes = match (codec, reference) {
        ("raw", _) => data,
        ("zstd", _) => inflate(read::Decoder::new(&data[..]).map_err(damaged)?, size).map_err(damaged)?,
        ("zstd-ref", Some(reference)) => {
            let decoder = read::Decoder::with_ref_prefix(&data[..], reference).map_err(damaged)?;
            inflate(decoder, size).map_err(damaged)?
        }
        ("zstd-ref", None) => {
            return Err(StoreError::Corrupt("the reference of a stored page is missing".to_owned()));
        }
        (other, _) => return Err(StoreError::Corrupt(format!("a stored page is packed as `{other}`"))),
    };
    if bytes.len() == size {
        Ok(bytes)
    } else {
        Err(StoreError::Corrupt(format!("a stored page has {} bytes instead of {size}", bytes.len())))
    }
}

/// Reads one byte more than there should be: damage must not fill the memory.
fn inflate(decoder: impl Read, size: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    decoder.take((size as u64).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back_as_it_went_in() {
        for page in [&b""[..], b"x", &b"<p>Kabar</p>".repeat(500)] {
            let packed = pack(page);
            assert_eq!(unpack(packed.codec, packed.data, page.len(), None).unwrap(), page);
            for reference in [&b""[..], b"<p>Ka", &b"<p>Kabar</p>".repeat(90_000)] {
                let packed = pack_with(page, reference).unwrap();
                assert_eq!(unpack(packed.codec, packed.data, page.len(), Some(reference)).unwrap(), page);
            }
        }
    }

    #[test]
    fn damage_is_named() {
        let page = b"<p>Kabar</p>".repeat(500);
        let plain = pack(&page).data;
        let with = pack_with(&page, &page).unwrap().data;
        let bomb = pack(&vec![0; 1 << 20]).data;
        for (codec, data, size, reference) in [
            ("zstd", plain[..plain.len() / 2].to_vec(), page.len(), None),
            ("zstd", plain.clone(), page.len() - 1, None),
            ("zstd", bomb, 10, None),
            ("raw", page.clone(), 3, None),
            ("lzma", page.clone(), page.len(), None),
            ("zstd-ref", with.clone(), page.len(), None),
            ("zstd-ref", with[..with.len() - 1].to_vec(), page.len(), Some(&page[..])),
        ] {
            assert_eq!(unpack(codec, data, size, reference).unwrap_err().code(), "corrupt", "{codec}");
        }
    }
}

//! gzip files (RFC 1952): sitemaps are published as files of that kind, which the HTTP client does not
//! unpack, because to HTTP they are the content and not its coding.

use std::io::{ErrorKind, Read};

use flate2::bufread::GzDecoder;

/// Why a file does not unpack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The file ends too early.
    Cut,
    /// The file is damaged.
    Corrupt,
    /// It unpacks to more than the cap.
    TooLarge,
}

/// Whether these bytes start a gzip file.
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// Unpacks a gzip file of one or more members to at most `cap` bytes, because a few kilobytes can unpack
/// to gigabytes. What stands behind the last member (padding) is left.
pub(super) fn unpack(mut data: &[u8], cap: usize) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    while is_gzip(data) {
        let mut member = GzDecoder::new(data);
        // One byte more than there may be tells "too large" from "just fits".
        let room = (cap - out.len()) as u64 + 1;
        member.by_ref().take(room).read_to_end(&mut out).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => Fault::Cut,
            _ => Fault::Corrupt,
        })?;
        if out.len() > cap {
            return Err(Fault::TooLarge);
        }
        data = member.into_inner();
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect()
    }

    /// `gzip -9n` of "kabar kabar kabar kabar\n": fixed codes and a copy.
    const KABAR: &str = "1f8b0800000000000203cb4e4c4a2c52c84627b900a3e3a55918000000";
    /// Dynamic codes: `gzip -9n` of the numbers from 1 to 400, one a line.
    const NUMBERS: &str = "\
        1f8b08000000000002031dd4c915c3300c03d13baa3100c996fa6f2cc3dcf9b2cca76845d5d2d6ab4f47577e64\
        cb912b2f79cbaffcc947becaa358895265295b79954f39ca551fd52a1f5975a95b7dd54f3dead57ab4ac152dbe\
        71696dad57ebd33a5a57fbd1b676b4abcd0fdadaaff6a77db4afde47aff5466ff52ebdfcde57efa7f7e8bdfa1e\
        7dd6177dd5b7f46d7dfc9d4fdfd177751e1deb44a73a4b67ebbc3afcdba373751f5deb46b7ba4b77ebbeba9f2e\
        31a606391e7a3c047928f290e4a1c94394872a0f591ee6fed9989b70536ed24dbb8937f5261ffd4c4067fa3247\
        4313d15434194d4713d29434294d4b77209823a7e969829aa226a9696aa29aaa26abd78831475993d6b435714d\
        5d93d7f435814d61efa1658ec8a6b2c96c3a9bd0a6b4496d5a9bd87e670798a3b7096e8a9be4a6b9896eaa9bec\
        a6bbbf5916e6486fda9bf8a6bec96ffa1b002360087c66ab9843c13018070361240c85b1301846c377d66ff68f\
        05c42378048fe0113c8247f0081ec1239e45650e8fe0113c8247f0081ec123b3cfb3d0ff8d666e767a967ab67a\
        d67af67a161b8fe0113cd2597de6f0081ec12378048fe0113c8247f0c89a37c21c1ec12378048fe0113c8247f0\
        081ed9f39898c32378048fe0113c8247f0081ec123efbc3ae6f0081ec12378048fe0113c8247f0c837cf93393c\
        8247f0081ec12378048fe0113c72e61d338747f0081ec12378048fe0113c8247ee3cf879f13c793c8a47f1281e\
        c5a378148fe2513cea390dcce1513c8a47f1281ec5a378148fe2d1cc0d610e8fe2513c8a47f1281e9d4b33a766\
        6ecdffd83037e766eecd1c9cb9387372f0281ec5a37874cd55620e8fe2513c8a47f1281ec5a378148fee395fcc\
        e1513c8a47f1281ec5a378148fe2d177ee1c7378148fe2513c8a47f1281ec5a378f49b83c81c1ec5a378148fe2\
        513c8a47f1281e3d733999c3a378148fe2513c8a47f1281ec5a3774eecdcd8473f2186ddd6d4050000";

    #[test]
    fn files_unpack_to_what_was_packed() {
        let kabar = b"kabar kabar kabar kabar\n";
        let numbers: String = (1..=400).map(|n| format!("{n}\n")).collect();
        assert_eq!(unpack(&hex(KABAR), 1000).unwrap(), kabar);
        assert_eq!(unpack(&hex(NUMBERS), 2000).unwrap(), numbers.as_bytes());
        // Two members, the second of them stored with a name, and padding.
        let mut two = hex(KABAR);
        two.extend([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]);
        two.extend(b"nama.xml\0\x01\x05\x00\xfa\xffkabar");
        two.extend(0x22e4_749f_u32.to_le_bytes()); // CRC-32 of `kabar`
        two.extend([5, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(unpack(&two, 1000).unwrap(), [&kabar[..], b"kabar"].concat());
    }

    #[test]
    fn what_is_cut_corrupt_or_too_large_is_refused() {
        let numbers = hex(NUMBERS);
        for cut in 3..numbers.len() {
            assert!(unpack(&numbers[..cut], 2000).is_err(), "{cut}");
        }
        assert_eq!(unpack(&numbers, 1000), Err(Fault::TooLarge));
        for at in 10..numbers.len() {
            let mut bad = numbers.clone();
            bad[at] ^= 0x10;
            assert!(unpack(&bad, 100_000).is_err(), "{at}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let _ = unpack(&[&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], bytes.as_slice()].concat(), 10_000);
        }
    }
}

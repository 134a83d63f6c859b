//! Names for things that have none: the same thing has the same name in every archive and export.

use crate::model::sha256;

/// A UUID of version 8 (RFC 9562) out of what names a thing.
pub(super) fn urn(parts: &[&str]) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&sha256(parts.join("\n").as_bytes()).0[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

//! Durations and sizes as people write them.

use std::time::Duration;

/// The longest duration: ten years. Enough for everything here, and far from any overflow.
const MAX_SECONDS: u64 = 3652 * 86_400;

const DURATIONS: &[(&str, u64)] = &[
    ("ms", 1),
    ("s", 1000),
    ("m", 60_000),
    ("min", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
    ("w", 604_800_000),
];

const SIZES: &[(&str, u64)] = &[
    ("b", 1),
    ("kb", 1000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
];

/// Reads `500ms`, `5s`, `15m`, `6h`, `7d`, `2w`, `1h 30m`.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn duration(text: &str) -> Result<Duration, String> {
    let millis = sum(text, DURATIONS, "5s, 15m, 6h or 7d")?;
    if millis > MAX_SECONDS * 1000 {
        return Err("this is longer than ten years".to_owned());
    }
    Ok(Duration::from_millis(millis))
}

/// Reads `900 B`, `64 KiB`, `8 MiB`, `1 GB` into bytes.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn size(text: &str) -> Result<u64, String> {
    sum(text, SIZES, "900 B, 64 KiB, 8 MiB or 1 GiB")
}

/// Writes a duration as [`duration`] reads it, in the largest units that keep it exact.
#[must_use]
pub fn show_duration(duration: Duration) -> String {
    let mut left = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let mut parts = Vec::new();
    for (unit, millis) in DURATIONS.iter().rev().filter(|(unit, _)| !matches!(*unit, "w" | "min")) {
        if left >= *millis {
            parts.push(format!("{}{unit}", left / millis));
            left %= millis;
        }
    }
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

fn sum(text: &str, units: &[(&str, u64)], examples: &str) -> Result<u64, String> {
    let mut rest = text.trim();
    let mut total = 0u64;
    if rest.is_empty() {
        return Err(format!("this is empty; write for example {examples}"));
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = &rest[..digits];
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = &rest[..letters];
        rest = rest[letters..].trim_start();
        if number.is_empty() {
            return Err(format!("`{}` is not understood; write for example {examples}", text.trim()));
        }
        let Some((_, factor)) = units.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)) else {
            return Err(if unit.is_empty() {
                format!("`{number}` has no unit; write for example {examples}")
            } else {
                format!("the unit `{unit}` is not known; write for example {examples}")
            });
        };
        let part = number.parse::<u64>().ok().and_then(|n| n.checked_mul(*factor));
        total = part.and_then(|part| total.checked_add(part)).ok_or("this is too large")?;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_written() {
        for (text, millis) in [
            ("0s", Ok(0)),
            ("500ms", Ok(500)),
            ("5s", Ok(5000)),
            (" 15 m ", Ok(900_000)),
            ("1h 30m", Ok(5_400_000)),
            ("1h30m", Ok(5_400_000)),
            ("7d", Ok(604_800_000)),
            ("2W", Ok(1_209_600_000)),
            ("5", Err("no unit")),
            ("5x", Err("unit `x`")),
            ("", Err("empty")),
            ("fast", Err("`fast`")),
            ("1.5h", Err("no unit")),
            ("99999999999999999999s", Err("too large")),
            ("9999d", Err("ten years")),
        ] {
            match (duration(text), millis) {
                (Ok(found), Ok(wanted)) => assert_eq!(found.as_millis(), wanted, "{text}"),
                (Err(found), Err(part)) => assert!(found.contains(part), "{text}: {found}"),
                (found, _) => panic!("{text}: {found:?}"),
            }
        }
    }

    #[test]
    fn sizes_are_read_as_written() {
        for (text, bytes) in
            [("8 MiB", 8 << 20), ("64KiB", 64 << 10), ("900 b", 900), ("1 GB", 1_000_000_000)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        assert!(size("8").unwrap_err().contains("no unit"));
    }

    #[test]
    fn what_is_shown_can_be_read() {
        for text in ["0s", "500ms", "2s", "1m 30s", "6h", "7d", "365d"] {
            assert_eq!(show_duration(duration(text).unwrap()), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_explained(text in "([0-9]{0,25}|[a-z]{0,3}|\\PC){0,6}") {
            let _ = (duration(&text), size(&text));
        }
    }
}

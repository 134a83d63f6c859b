//! What is known by name: agencies, places, words that are neither.

use std::collections::HashSet;
use std::sync::LazyLock;

static AGENCIES: LazyLock<HashSet<String>> =
    LazyLock::new(|| include_str!("agencies.txt").lines().map(str::to_lowercase).collect());

static PLACES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("places.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(';'))
        .map(str::to_lowercase)
        .collect()
});

/// Whether a name in brackets or slashes is an agency's: known, made of known ones (`APA/dpa`), an
/// outlet of this page, or a web address.
pub(super) fn is_agency(name: &str, outlets: &[String]) -> bool {
    let known = |name: &str| {
        let lower = name.trim().to_lowercase();
        AGENCIES.contains(&lower) || outlets.iter().any(|outlet| outlet.to_lowercase() == lower)
    };
    known(name) || is_site(name) || (name.contains('/') && name.split('/').all(known))
}

/// `KOMPAS.com`, `Liputan6.com`, `REPUBLIKA.CO.ID`: a name that ends like a host.
pub(super) fn is_site(name: &str) -> bool {
    const ENDS: &[&str] = &[
        "am", "asia", "at", "au", "br", "ca", "ch", "cn", "co", "com", "cz", "de", "dk", "es", "eu", "fi",
        "fr", "hk", "hu", "id", "ie", "in", "info", "io", "it", "jp", "kr", "media", "my", "net", "news",
        "nl", "no", "nz", "online", "org", "ph", "pl", "press", "pt", "ro", "ru", "se", "sg", "site", "th",
        "tl", "today", "tr", "tv", "tw", "ua", "uk", "us", "vn", "za",
    ];
    let mut labels = name.split('.').rev();
    let Some(last) = labels.next() else { return false };
    let rest: Vec<&str> = labels.collect();
    ENDS.contains(&last.to_ascii_lowercase().as_str())
        && !rest.is_empty()
        && rest.iter().all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && rest.iter().any(|l| l.chars().count() > 2)
}

/// Whether a place is in the gazetteer, by itself or as part of one that is (`Kota Bandung`, `Aceh
/// Timur`), or ends as place names of its language do.
pub(super) fn is_place(name: &str) -> bool {
    const BEFORE: [&str; 8] =
        ["kota ", "kabupaten ", "kab. ", "pulau ", "provinsi ", "desa ", "kecamatan ", "east "];
    const BEHIND: [&str; 12] = [
        " timur",
        " barat",
        " selatan",
        " utara",
        " tengah",
        " tenggara",
        " city",
        " besar",
        " raya",
        " jaya",
        " pusat",
        " kota",
    ];
    // German and Scandinavian endings that hardly anything but a place has.
    const ENDINGS: [&str; 9] =
        ["mingen", "lingen", "hausen", "kirchen", "stadt", "furt", "münde", "hafen", "weiler"];
    let lower = name.to_lowercase();
    if PLACES.contains(&lower) {
        return true;
    }
    let bare = BEFORE.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let bare = BEHIND.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    PLACES.contains(bare)
        || (!bare.contains(' ')
            && ENDINGS.iter().any(|end| bare.ends_with(end) && bare.len() > end.len() + 2))
}

/// Words that open a paragraph before a dash and are no place: labels and weekdays.
pub(super) fn is_label(name: &str) -> bool {
    const LABELS: [&str; 48] = [
        "breaking",
        "update",
        "exclusive",
        "exklusiv",
        "eksklusif",
        "live",
        "video",
        "watch",
        "foto",
        "photo",
        "opinion",
        "opini",
        "analysis",
        "analyse",
        "analisis",
        "news",
        "berita",
        "headline",
        "kommentar",
        "komentar",
        "note",
        "correction",
        "koreksi",
        "ralat",
        "senin",
        "selasa",
        "rabu",
        "kamis",
        "jumat",
        "sabtu",
        "minggu",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
        "vs",
        "urgent",
        "flash",
    ];
    name.split(|c: char| !c.is_alphanumeric()).any(|word| LABELS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        assert!(
            is_agency("APA/dpa", &[])
                && is_agency("ANTARA", &[])
                && is_agency("Kabar Kita", &["Kabar Kita".into()])
        );
        assert!(is_site("KOMPAS.com") && is_site("REPUBLIKA.CO.ID") && !is_site("N.Y.") && !is_site("D.C"));
        assert!(
            is_place("Aceh Timur")
                && is_place("Kota Bandung")
                && is_place("PYONGYANG")
                && !is_place("Kritik")
        );
        assert!(is_label("BREAKING NEWS") && is_label("Senin"));
    }
}

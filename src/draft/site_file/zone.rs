//! The time zone of a site, by the offsets of its times and its language.

use std::collections::BTreeSet;

use super::look::Look;

/// The zone whose offsets the pages' times have, in the language of the site.
pub(super) fn of(looks: &[Look], language: Option<&str>) -> Option<&'static str> {
    const ZONES: [(&str, i32, i32, &str); 22] = [
        ("id", 7, 7, "Asia/Jakarta"),
        ("de", 1, 2, "Europe/Berlin"),
        ("fr", 1, 2, "Europe/Paris"),
        ("es", 1, 2, "Europe/Madrid"),
        ("it", 1, 2, "Europe/Rome"),
        ("nl", 1, 2, "Europe/Amsterdam"),
        ("pl", 1, 2, "Europe/Warsaw"),
        ("da", 1, 2, "Europe/Copenhagen"),
        ("sv", 1, 2, "Europe/Stockholm"),
        ("nb", 1, 2, "Europe/Oslo"),
        ("no", 1, 2, "Europe/Oslo"),
        ("cs", 1, 2, "Europe/Prague"),
        ("en", -5, -4, "America/New_York"),
        ("en", 5, 5, "Asia/Kolkata"),
        ("tr", 3, 3, "Europe/Istanbul"),
        ("uk", 2, 3, "Europe/Kyiv"),
        ("ja", 9, 9, "Asia/Tokyo"),
        ("ko", 9, 9, "Asia/Seoul"),
        ("zh", 8, 8, "Asia/Shanghai"),
        ("vi", 7, 7, "Asia/Ho_Chi_Minh"),
        ("ms", 8, 8, "Asia/Kuala_Lumpur"),
        ("fi", 2, 3, "Europe/Helsinki"),
    ];
    let times = looks.iter().flat_map(|look| look.article.published.iter().chain(&look.article.modified));
    let stated = times.filter(|when| when.zone_from == crate::model::ZoneFrom::Stated);
    let offsets: BTreeSet<i32> = stated.map(|when| when.offset_seconds / 3600).collect();
    let tag = language?.split(['-', '_']).next()?.to_ascii_lowercase();
    let fits = |(language, winter, summer, _): &&(&str, i32, i32, &str)| {
        *language == tag
            && !offsets.is_empty()
            && offsets.iter().all(|offset| offset == winter || offset == summer)
    };
    ZONES.iter().find(fits).map(|(.., zone)| *zone)
}

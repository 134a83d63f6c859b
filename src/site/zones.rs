//! Which time zone was probably meant.

use crate::config::suggest;

/// Short names that newspapers print, and the zone of the database.
const SHORT: &[(&str, &str)] = &[
    ("WIB", "Asia/Jakarta"),
    ("WITA", "Asia/Makassar"),
    ("WIT", "Asia/Jayapura"),
    ("MYT", "Asia/Kuala_Lumpur"),
    ("SGT", "Asia/Singapore"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("KST", "Asia/Seoul"),
    ("CET", "Europe/Berlin"),
    ("MSK", "Europe/Moscow"),
    ("BST", "Europe/London"),
    ("GMT", "Europe/London"),
    ("EST", "America/New_York"),
    ("PST", "America/Los_Angeles"),
    ("GMT+7", "Asia/Jakarta"),
    ("UTC+7", "Asia/Jakarta"),
    ("+07:00", "Asia/Jakarta"),
    ("Jakarta", "Asia/Jakarta"),
];

/// What to write instead of an unknown zone.
pub(super) fn meant(name: &str) -> String {
    if let Some((_, zone)) = SHORT.iter().find(|(short, _)| short.eq_ignore_ascii_case(name.trim())) {
        return format!("write the name of the IANA database, here probably `{zone}`");
    }
    let names: Vec<String> = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    let city = names.iter().find(|zone| {
        zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name.trim().replace(' ', "_")))
    });
    match city.map(String::as_str).or_else(|| suggest::nearest(name, names.iter().map(String::as_str))) {
        Some(zone) => format!("did you mean `{zone}`?"),
        None => "write a name of the IANA database, e.g. `Asia/Jakarta`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_that_was_meant_is_offered() {
        for (name, zone) in [
            ("WIB", "Asia/Jakarta"),
            ("Asia/Jakarata", "Asia/Jakarta"),
            ("asia/jakarta", "Asia/Jakarta"),
            ("makassar", "Asia/Makassar"),
            ("new york", "America/New_York"),
            ("Mars/Base", "e.g."),
        ] {
            assert!(meant(name).contains(zone), "{name}: {}", meant(name));
        }
    }
}

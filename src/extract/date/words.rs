//! The words of dates: months, zones, units, in many languages. The table is data (`words.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word can mean in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// A month; the value is its number.
    Month,
    /// A time zone; the value is its offset from UTC in minutes.
    Zone,
    /// A unit of time; the value is its length in seconds.
    Unit,
    /// A word that turns a span into the past.
    Ago,
    /// A whole day; the value is how many days before today.
    Day,
}

struct Entry {
    value: i32,
    languages: &'static str,
}

static WORDS: LazyLock<HashMap<(Kind, &'static str), Vec<Entry>>> = LazyLock::new(|| {
    let mut words: HashMap<_, Vec<Entry>> = HashMap::new();
    for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(kind), Some(value), Some(languages), Some(list)) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let kind = match kind {
            "month" => Kind::Month,
            "zone" => Kind::Zone,
            "unit" => Kind::Unit,
            "ago" => Kind::Ago,
            _ => Kind::Day,
        };
        let value = value.parse().unwrap_or_default();
        for word in list.split(' ') {
            words.entry((kind, word)).or_default().push(Entry { value, languages });
        }
    }
    words
});

/// The number of the month that a lower-case word names. A short form such as `ago` or `set` counts
/// only in a text of its own language, since English uses them for other things.
pub(super) fn month(word: &str, language: Option<&str>) -> Option<u8> {
    let entries = WORDS.get(&(Kind::Month, word))?;
    let spoken = |entry: &&Entry, tag: &str| entry.languages.split(' ').any(|l| l == tag);
    let tag = language.map(primary);
    let own = tag.and_then(|tag| entries.iter().find(|e| spoken(e, tag)));
    let entry = own.or_else(|| {
        let english = entries.iter().find(|e| spoken(e, "en"));
        let long = || entries.first().filter(|_| word.chars().count() > 3 || tag.is_none());
        english.or_else(long)
    })?;
    u8::try_from(entry.value).ok()
}

/// The value of a word of another kind.
pub(super) fn value(kind: Kind, word: &str) -> Option<i32> {
    WORDS.get(&(kind, word)).and_then(|entries| entries.first()).map(|entry| entry.value)
}

/// How many days before today a word means. Short words mean other things in other languages: `hier`
/// is yesterday in French only.
pub(super) fn day(word: &str, language: Option<&str>) -> Option<i32> {
    const LONG: usize = 5;
    let entries = WORDS.get(&(Kind::Day, word))?;
    let spoken = |entry: &&Entry| {
        language.is_none_or(|tag| entry.languages.split(' ').any(|l| l == primary(tag)))
            || word.chars().count() >= LONG
            || !word.is_ascii() && word.chars().all(|c| !c.is_lowercase())
    };
    entries.iter().find(spoken).map(|entry| entry.value)
}

/// Whether a lower-case word means anything in a date.
pub(super) fn is_known(word: &str) -> bool {
    [Kind::Month, Kind::Zone, Kind::Unit, Kind::Ago, Kind::Day]
        .into_iter()
        .any(|kind| WORDS.contains_key(&(kind, word)))
}

/// The primary subtag of a language tag: `pt` of `pt-BR`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Whether people who write this language put the month before the day in `6/7/2024`.
pub(super) fn month_first(language: Option<&str>) -> bool {
    let Some(tag) = language.map(str::to_ascii_lowercase) else { return false };
    let mut parts = tag.split(['-', '_']);
    matches!(
        (parts.next(), parts.next()),
        (Some("en"), None | Some("us" | "ph" | "ca")) | (Some("tl" | "fil"), _)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_count_in_their_own_language_only() {
        assert_eq!(month("ago", Some("es")), Some(8));
        assert_eq!(month("ago", Some("en")), None);
        assert_eq!(month("agustus", Some("en")), Some(8));
        assert_eq!(month("listopada", Some("hr")), Some(10));
        assert_eq!(month("listopada", Some("pl-PL")), Some(11));
        assert_eq!(month("jun", None), Some(6));
        assert_eq!((day("hier", Some("fr-CA")), day("hier", Some("de"))), (Some(1), None));
        assert_eq!((day("kemarin", Some("en")), day("昨天", Some("en"))), (Some(1), Some(1)));
    }
}

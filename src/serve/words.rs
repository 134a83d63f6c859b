//! What the pages say, in two languages. The phrases are data: `words.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Indonesian.
    Id,
}

static PHRASES: LazyLock<HashMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| {
    include_str!("words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, [cells.next()?, cells.next()?]))
        })
        .collect()
});

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::En, Self::Id];

    /// The tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Id => "id",
        }
    }

    /// Reads the tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The language that a browser likes best (`Accept-Language`, RFC 9110 §12.5.4); English when it likes
    /// neither.
    pub fn accepted(header: &str) -> Self {
        let mut best = (0.0, Self::En);
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let tag =
                parts.next().unwrap_or_default().split('-').next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            // `in` is what Indonesian was called before 1989; old systems still say it.
            let lang = if tag == "in" { Some(Self::Id) } else { Self::parse(&tag) };
            if let Some(lang) = lang.filter(|_| quality > best.0) {
                best = (quality, lang);
            }
        }
        best.1
    }

    /// A phrase; its name when there is none.
    pub fn say(self, name: &'static str) -> &'static str {
        self.find(name).unwrap_or(name)
    }

    /// A phrase by a name that is put together.
    pub fn find(self, name: &str) -> Option<&'static str> {
        PHRASES.get(name).map(|phrases| phrases[self as usize])
    }

    /// A phrase with `{}` filled in, one after the other.
    pub fn fill(self, name: &'static str, values: &[&str]) -> String {
        let mut out = String::new();
        let mut values = values.iter();
        for (n, part) in self.say(name).split("{}").enumerate() {
            if n > 0 {
                out.push_str(values.next().copied().unwrap_or_default());
            }
            out.push_str(part);
        }
        out
    }

    /// A number with its noun: `name` names the phrase for many, `name.1` the one for one.
    pub fn count(self, name: &'static str, n: i64) -> String {
        let one = if n == 1 { self.find(&format!("{name}.1")) } else { None };
        one.map_or_else(|| self.fill(name, &[&self.number(n)]), str::to_owned)
    }

    /// A number with its thousands apart.
    pub fn number(self, n: i64) -> String {
        let mark = match self {
            Self::En => ',',
            Self::Id => '.',
        };
        let digits = n.unsigned_abs().to_string();
        let mut out = String::from(if n < 0 { "−" } else { "" });
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    /// A share of 1 in percent.
    pub fn percent(self, share: f64) -> String {
        match self {
            Self::En => format!("{:.0}%", share * 100.0),
            Self::Id => format!("{:.0} %", share * 100.0),
        }
    }

    /// Bytes in a unit that people read.
    pub fn bytes(self, n: u64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"];
        #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
        let mut value = n as f64;
        let mut unit = 0;
        while value >= 999.5 && unit + 1 < units.len() {
            value /= 1000.0;
            unit += 1;
        }
        let text = if unit == 0 || value >= 99.95 { format!("{value:.0}") } else { format!("{value:.1}") };
        let text = if self == Self::Id { text.replace('.', ",") } else { text };
        format!("{text} {}", units[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sources of this room.
    fn sources() -> String {
        let mut out = String::new();
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/serve"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|end| end == "rs") {
                    out.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        out
    }

    #[test]
    fn every_phrase_is_there_in_both_languages_and_used() {
        let sources = sources();
        let calls = [".say(\"", ".fill(\"", ".count(\""];
        let names: Vec<&str> = calls
            .iter()
            .flat_map(|call| sources.split(call).skip(1).filter_map(|rest| rest.split('"').next()))
            .collect();
        assert!(names.len() > 100, "{}", names.len());
        for name in &names {
            for lang in Lang::ALL {
                assert!(lang.find(name).is_some_and(|phrase| !phrase.is_empty()), "`{name}` in {lang:?}");
            }
        }
        for (name, [en, id]) in PHRASES.iter() {
            let family = ["kind.", "state.", "event.", "cause.", "field.", "notice."];
            let known = family.iter().any(|start| name.starts_with(start))
                || sources.contains(&format!("\"{}\"", name.trim_end_matches(".1")));
            assert!(known, "`{name}` is said nowhere");
            assert_eq!(en.matches("{}").count(), id.matches("{}").count(), "`{name}`");
        }
    }

    #[test]
    fn everything_that_has_a_name_has_words() {
        use crate::model::{ArticleState, ChangeKind, EventKind, FieldName};
        let names = (ChangeKind::ALL.iter().map(|k| format!("kind.{}", k.as_str())))
            .chain(EventKind::ALL.iter().map(|k| format!("event.{}", k.as_str())))
            .chain(
                ArticleState::ALL
                    .iter()
                    .filter(|s| **s != ArticleState::Live)
                    .map(|s| format!("state.{}", s.as_str())),
            )
            .chain(FieldName::ALL.iter().map(|f| format!("field.{}", f.as_str())));
        for name in names {
            assert!(Lang::Id.find(&name).is_some(), "{name}");
        }
    }

    #[test]
    fn the_browsers_wish_counts() {
        for (header, lang) in [
            ("id", Lang::Id),
            ("in-ID,en;q=0.8", Lang::Id),
            ("en-GB,id;q=0.9", Lang::En),
            ("id;q=0.3, en;q=0.7", Lang::En),
            ("fr, de;q=0.5", Lang::En),
            ("fr, id;q=0.1", Lang::Id),
            ("id;q=0", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(Lang::accepted(header), lang, "{header}");
        }
    }

    #[test]
    fn numbers_are_written_as_each_language_does() {
        assert_eq!(
            (Lang::En.number(1_234_567), Lang::Id.number(-1_234)),
            ("1,234,567".into(), "−1.234".into())
        );
        assert_eq!(
            (Lang::En.bytes(1_530_000), Lang::Id.bytes(1_530_000)),
            ("1.5 MB".into(), "1,5 MB".into())
        );
        assert_eq!((Lang::En.bytes(999), Lang::En.bytes(999_700)), ("999 B".into(), "1.0 MB".into()));
    }
}

//! Authors out of bylines.

mod words;

use super::words::tidy;
use words::{Kind, words};

/// Whether a lower-case word opens bylines or names a role.
pub(super) fn is_known(word: &str) -> bool {
    words(Kind::Opener).iter().any(|opener| opener.split(' ').any(|part| part == word))
        || words(Kind::Role).contains(&word)
}

/// The names in byline texts, in order, each once. What is no name (roles, addresses, times) is left
/// out, unless nothing else is there; editors and photographers are no authors.
pub(super) fn authors(texts: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut roles: Vec<String> = Vec::new();
    for text in texts {
        for piece in pieces(text) {
            let list = if is_name(&piece) { &mut names } else { &mut roles };
            let same = |name: &String| name.to_lowercase() == piece.to_lowercase();
            if !list.iter().any(same) {
                list.push(piece);
            }
        }
    }
    if names.is_empty() {
        names = roles.into_iter().filter(|piece| is_role(piece)).take(1).collect();
    }
    names
}

/// The parts of a byline: opener off, then cut at commas and the words for "and".
fn pieces(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in text.split(['\n', '\r', '|', ';', '•', '·', '/', '»']) {
        if opens_with(line.trim(), Kind::Other).is_some() {
            continue;
        }
        let line = without_opener(line.trim());
        // What stands in brackets is an outlet or a role.
        let line = line.split(['(', '<', '[']).next().unwrap_or(line);
        for part in line.split([',', '，', '、']) {
            for name in split_and(part) {
                let name = without_opener(name.trim_matches(|c: char| {
                    c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.' | '"')
                }));
                let mut name = without_role(&without_time(name)).to_owned();
                // Metadata may hold any character.
                if name.contains(char::is_control) {
                    name = tidy(&name, false);
                }
                if !name.is_empty() {
                    out.push(name);
                }
            }
        }
    }
    out
}

/// A name without the role glued behind it: `신현주 기자` is `신현주`.
fn without_role(text: &str) -> &str {
    let bare = words(Kind::Behind).iter().find_map(|role| text.strip_suffix(role)).map(str::trim_end);
    bare.filter(|bare| bare.chars().count() > 1).unwrap_or(text)
}

/// A name without the date or the address behind it: `Sari Dewi am 21. April` is `Sari Dewi`.
fn without_time(text: &str) -> String {
    let mut parts: Vec<&str> = text.split_whitespace().collect();
    if let Some(end) = parts.iter().position(|word| word.contains(|c: char| c.is_ascii_digit() || c == '@')) {
        if end == 0 {
            return parts.join(" ");
        }
        parts.truncate(end);
    }
    let is_time = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        bare.is_empty() || words(Kind::Time).contains(&bare.as_str())
    };
    // `August` and `Mai` are names, too: one word alone behind a first name stays.
    while parts.len() > 2 && parts.last().is_some_and(|word| is_time(word))
        || parts.len() == 2 && is_mark(parts[1])
    {
        parts.pop();
    }
    parts.join(" ").trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ':')).to_owned()
}

/// Words behind a single name that are never its second half.
fn is_mark(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.chars().all(|c| !c.is_alphanumeric())
        || matches!(
            lower.as_str(),
            "am" | "on"
                | "at"
                | "um"
                | "pada"
                | "publiziert"
                | "veröffentlicht"
                | "published"
                | "posted"
                | "updated"
        )
}

fn without_opener(text: &str) -> &str {
    opens_with(text, Kind::Opener).unwrap_or(text)
}

/// What stands behind a word of a kind that opens a text.
fn opens_with(text: &str, kind: Kind) -> Option<&str> {
    let lower = text.to_lowercase();
    // Lower-casing may change lengths; the prefix is cut by bytes.
    words(kind).iter().find_map(|opener| {
        let rest = lower.strip_prefix(opener)?;
        let bounded = rest.starts_with([' ', ':', '：', '\u{a0}', '/'])
            || opener.chars().any(|c| !c.is_ascii() && !c.is_lowercase());
        // `Foto Kita` may be a name; `Foto: Sari` is none.
        let labelled =
            kind != Kind::Other || rest.trim_start().starts_with([':', '：']) || opener.contains(' ');
        (bounded && labelled && lower.len() == text.len())
            .then(|| text[opener.len()..].trim_start_matches([' ', ':', '：', '\u{a0}', '/']))
    })
}

fn split_and(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for word in words(Kind::And) {
        let joint = format!(" {word} ");
        parts = parts.into_iter().flat_map(|part| part.split(joint.as_str())).collect();
    }
    parts
}

fn is_name(text: &str) -> bool {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let plain = text.chars().count() <= 50
        && (1..=6).contains(&parts.len())
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '=' | '?' | '{' | '_'))
        && !text.contains("://")
        && text.chars().any(char::is_alphabetic);
    plain
        && !parts.iter().any(|word| {
            words(Kind::Role)
                .contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
        })
}

/// A role that may stand where no name is given: "Redaksi", "Staff Writer".
fn is_role(text: &str) -> bool {
    text.chars().count() <= 40
        && text.starts_with(char::is_alphabetic)
        && !text.contains(['@', ':'])
        && !text.split_whitespace().any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_out_of_bylines() {
        for (byline, names) in [
            ("By Sari Dewi and John O'Neil", &["Sari Dewi", "John O'Neil"][..]),
            ("Oleh: Budi Santoso", &["Budi Santoso"]),
            ("Reporter: Budi Santoso | Editor: Sari Dewi", &["Budi Santoso"]),
            ("Editor: Sari Dewi", &[]),
            ("Sari Dewi; Foto: Budi Santoso", &["Sari Dewi"]),
            ("Erstellt von Sari Dewi", &["Sari Dewi"]),
            ("Sari.Dewi am Samstag, 19.10.2019", &["Sari.Dewi"]),
            ("Sari Dewi - January 9, 2020", &["Sari Dewi"]),
            ("Sari August", &["Sari August"]),
            ("신현주 기자", &["신현주"]),
            ("Von Max Muster, Anna Amsel und Otto Ohm", &["Max Muster", "Anna Amsel", "Otto Ohm"]),
            ("Sari Dewi, Staff Writer\n12 June 2024", &["Sari Dewi"]),
            ("Sari Dewi (Kabar Kita)", &["Sari Dewi"]),
            ("sari@kabar.example", &[]),
            ("VON SARI DEWI am 21. April 2020", &["SARI DEWI"]),
            ("Sari Dewi @saridewi", &["Sari Dewi"]),
            ("Redaksi", &["Redaksi"]),
            ("Sari\0 Dewi, \u{1}", &["Sari Dewi"]),
            ("Byron Smith", &["Byron Smith"]),
            ("", &[]),
        ] {
            assert_eq!(authors(&[byline.to_owned()]), names, "{byline}");
        }
        assert_eq!(authors(&["Sari".to_owned(), "sari".to_owned(), "Budi".to_owned()]), ["Sari", "Budi"]);
    }
}

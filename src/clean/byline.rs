//! Authors out of bylines.

/// Words that open a byline, in many languages; compared in lower case.
const OPENERS: [&str; 42] = [
    "written by",
    "posted by",
    "published by",
    "reported by",
    "story by",
    "by",
    "oleh",
    "penulis",
    "reporter",
    "pewarta",
    "editor",
    "laporan",
    "kontributor",
    "author",
    "authors",
    "autor",
    "autorin",
    "autoren",
    "von",
    "text",
    "par",
    "por",
    "escrito por",
    "da",
    "di",
    "door",
    "av",
    "af",
    "tekst",
    "auteur",
    "autore",
    "yazan",
    "автор",
    "текст",
    "от",
    "od",
    "przez",
    "tác giả",
    "著者",
    "文",
    "作者",
    "記者",
];

/// Words that make a piece no name: roles, agencies' notes, invitations.
const NOT_NAMES: [&str; 46] = [
    "staff",
    "writer",
    "correspondent",
    "reporter",
    "editor",
    "contributor",
    "contributing",
    "senior",
    "associate",
    "news",
    "redaksi",
    "redaktion",
    "redaktur",
    "redacción",
    "rédaction",
    "redakcja",
    "redazione",
    "updated",
    "published",
    "posted",
    "follow",
    "subscribe",
    "email",
    "e-mail",
    "twitter",
    "facebook",
    "http",
    "https",
    "www",
    "wartawan",
    "koresponden",
    "journalist",
    "journalistin",
    "autor",
    "columnist",
    "minutes",
    "read",
    "min",
    "comments",
    "comment",
    "share",
    "view",
    "more",
    "posts",
    "profile",
    "admin",
];

/// Whether a lower-case word opens bylines or names a role.
pub(super) fn is_known(word: &str) -> bool {
    OPENERS.iter().any(|opener| opener.split(' ').any(|part| part == word)) || NOT_NAMES.contains(&word)
}

/// The names in byline texts, in order, each once. What is no name (roles, addresses, times) is left
/// out, unless nothing else is there.
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
    for line in text.split(['\n', '\r', '|', ';', '•', '·', '/']) {
        let line = without_opener(line.trim());
        // What stands in brackets is an outlet or a role.
        let line = line.split(['(', '<', '[']).next().unwrap_or(line);
        for part in line.split([',', '，', '、']) {
            for name in split_and(part) {
                let name = without_opener(name.trim_matches(|c: char| {
                    c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.' | '"')
                }));
                let name = without_time(name);
                if !name.is_empty() {
                    out.push(name);
                }
            }
        }
    }
    out
}

/// A name without the date or the address behind it: `Sari Dewi am 21. April` is `Sari Dewi`.
fn without_time(text: &str) -> String {
    const BEFORE_TIME: [&str; 12] =
        ["am", "on", "at", "um", "le", "el", "il", "pada", "den", "updated", "posted", "published"];
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if let Some(end) = words.iter().position(|word| word.contains(|c: char| c.is_ascii_digit() || c == '@')) {
        if end == 0 {
            return words.join(" ");
        }
        words.truncate(end);
        while words.len() > 1
            && words.last().is_some_and(|word| BEFORE_TIME.contains(&word.to_lowercase().as_str()))
        {
            words.pop();
        }
    }
    words.join(" ").trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ':')).to_owned()
}

fn without_opener(text: &str) -> &str {
    let lower = text.to_lowercase();
    // Lower-casing may change lengths; the prefix is cut by characters.
    for opener in OPENERS {
        let Some(rest) = lower.strip_prefix(opener) else { continue };
        let bounded = rest.starts_with([' ', ':', '：', '\u{a0}', '/'])
            || opener.chars().any(|c| !c.is_ascii() && !c.is_lowercase());
        if bounded && lower.len() == text.len() {
            return text[opener.len()..].trim_start_matches([' ', ':', '：', '\u{a0}', '/']);
        }
    }
    text
}

fn split_and(text: &str) -> Vec<&str> {
    const AND: [&str; 11] =
        [" and ", " & ", " und ", " dan ", " et ", " y ", " og ", " och ", " en ", " i ", " и "];
    let mut parts = vec![text];
    for word in AND {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    parts
}

fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = text.chars().count() <= 50
        && (1..=6).contains(&words.len())
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '=' | '?' | '{' | '_'))
        && !text.contains("://")
        && text.chars().any(char::is_alphabetic);
    plain
        && !words.iter().any(|word| {
            NOT_NAMES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
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
            ("Reporter: Budi Santoso | Editor: Sari Dewi", &["Budi Santoso", "Sari Dewi"]),
            ("Von Max Muster, Anna Amsel und Otto Ohm", &["Max Muster", "Anna Amsel", "Otto Ohm"]),
            ("Sari Dewi, Staff Writer\n12 June 2024", &["Sari Dewi"]),
            ("Sari Dewi (Kabar Kita)", &["Sari Dewi"]),
            ("sari@kabar.example", &[]),
            ("VON SARI DEWI am 21. April 2020", &["SARI DEWI"]),
            ("Sari Dewi @saridewi", &["Sari Dewi"]),
            ("Redaksi", &["Redaksi"]),
            ("Byron Smith", &["Byron Smith"]),
            ("", &[]),
        ] {
            assert_eq!(authors(&[byline.to_owned()]), names, "{byline}");
        }
        assert_eq!(authors(&["Sari".to_owned(), "sari".to_owned(), "Budi".to_owned()]), ["Sari", "Budi"]);
    }
}

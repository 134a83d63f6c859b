//! The place of an article in a folder of files: `SITE/YYYY/MM/slug-ID.md`. It never changes, whatever
//! becomes of title, date and address later: it is made of the first version. It never leaves the folder.

use unicode_normalization::UnicodeNormalization;

use crate::model::Version;
use crate::store::ArticleRow;

/// The longest slug in bytes: with number and ending far below the 255 of most file systems.
const LONGEST: usize = 80;

/// The relative path of an article, with `/` between its parts. `first` is its first version; `which` names
/// one version of several (`slug-12@3.md`).
#[must_use]
pub fn article_path(row: &ArticleRow, first: &Version, which: Option<&Version>) -> String {
    let stated = first.article.published.as_ref().map(ToString::to_string);
    let date = stated.unwrap_or_else(|| row.first_seen.to_string());
    // RFC 3339 starts with the year and the month; a year before 1 or beyond 9999 is nobody's.
    let (year, month) = match (date.get(0..4), date.get(5..7)) {
        (Some(year), Some(month)) if date.is_ascii() && date.as_bytes()[4] == b'-' => (year, month),
        _ => ("0000", "00"),
    };
    let site = match slug(&row.site) {
        name if name.is_empty() => "site".to_owned(),
        name => name,
    };
    let id = match which {
        Some(version) => format!("{}@{}", row.id, version.seq),
        None => row.id.to_string(),
    };
    format!("{site}/{year}/{month}/{}-{id}.md", name(first))
}

/// The address's own words, else the title's.
fn name(first: &Version) -> String {
    let last = first.url.path().rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    let last = decoded(last);
    let bare = last.rsplit_once('.').map_or(last.as_str(), |(bare, ending)| {
        if ending.len() <= 5 && ending.chars().all(|c| c.is_ascii_alphabetic()) {
            bare
        } else {
            last.as_str()
        }
    });
    let words = |slug: &str| slug.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    [slug(bare), slug(&first.article.title)]
        .into_iter()
        .find(|slug| words(slug))
        .unwrap_or_else(|| "article".to_owned())
}

/// A name for a file: letters and digits in lower case, `-` for all else: no dot, no slash, no blank, no control character.
/// Latin letters lose their accents; other scripts stay.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    let mut end = out.len().min(LONGEST);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    // Composed again, so that every file system keeps the same bytes.
    out.trim_end_matches('-').nfc().collect()
}

/// `%C3%A9` → `é`; what is no UTF-8 stays as it is.
fn decoded(part: &str) -> String {
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| part.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixtures::{row, version, when};
    use crate::model::PageUrl;

    fn path(site: &str, url: &str, title: &str) -> String {
        let mut row = row(12, 1);
        row.site = site.to_owned();
        let mut first = version(1, title, &["x"]);
        first.url = PageUrl::parse(url).unwrap();
        article_path(&row, &first, None)
    }

    #[test]
    fn paths_are_made_of_site_date_words_and_number() {
        let long = "a".repeat(300);
        let wide = "報".repeat(100);
        for (site, url, title, expected) in [
            ("kabar", "https://k.example/2025/10/panen-raya/", "x", "kabar/2025/10/panen-raya-12.md"),
            ("kabar", "https://k.example/a/Panen_Raya.html", "x", "kabar/2025/10/panen-raya-12.md"),
            ("kabar", "https://k.example/?p=12", "Harga “Naik”!", "kabar/2025/10/harga-naik-12.md"),
            ("kabar", "https://k.example/read/8812345", "Déjà vu", "kabar/2025/10/deja-vu-12.md"),
            (
                "kabar",
                "https://k.example/%E5%A0%B1%E9%81%93%E5%86%99%E7%9C%9F",
                "x",
                "kabar/2025/10/報道写真-12.md",
            ),
            (
                "kabar",
                "https://k.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "x",
                "kabar/2025/10/etc-passwd-12.md",
            ),
            ("kabar", "https://k.example/%00%0a", "\u{202e}", "kabar/2025/10/article-12.md"),
            ("../../tmp", "https://k.example/", "../../../root/x.sh", "tmp/2025/10/root-x-sh-12.md"),
            ("..", "https://k.example/", "CON", "site/2025/10/article-12.md"),
            ("/", "https://k.example/", "-rf /home", "site/2025/10/rf-home-12.md"),
            ("k", &format!("https://k.example/{long}"), "x", &format!("k/2025/10/{}-12.md", "a".repeat(80))),
            ("k", "https://k.example/", &wide, &format!("k/2025/10/{}-12.md", "報".repeat(26))),
        ] {
            assert_eq!(path(site, url, title), expected);
        }
    }

    #[test]
    fn the_stated_date_of_the_first_version_names_the_folder() {
        let mut first = version(1, "Panen raya", &["x"]);
        first.article.published = when("2024-12-31T20:00:00Z", 7);
        assert_eq!(article_path(&row(3, 2), &first, None), "kabar/2025/01/panen-raya-3.md");
        assert_eq!(
            article_path(&row(3, 2), &first, Some(&version(2, "x", &[]))),
            "kabar/2025/01/panen-raya-3@2.md"
        );
    }
}

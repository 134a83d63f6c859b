//! Canonical text and the hashes that decide "new version?".
//!
//! What is folded is what no editor means: Unicode composition, kinds of white space, invisible
//! characters, the shape of quotation marks and dashes. Nothing else is: no digit, no letter, no
//! quotation mark is ever dropped, so that `5 tewas` → `15 tewas` and a removed quotation mark
//! always make a version. Noise such as "2 jam lalu" is taken out by site files, where it leaves a
//! trace, and not here.

use std::fmt;

use sha2::Digest;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::Article;

/// A SHA-256 digest; prints as lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The digest stored in a database column.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The digest written as 64 hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digit = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(digit).collect();
        // `from_str_radix` takes a sign, too.
        Self::from_slice(&bytes?).filter(|_| text.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The SHA-256 of some bytes (FIPS 180-4).
#[must_use]
pub fn sha256(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

/// Text in the form in which two versions are compared: NFC, white space folded to single blanks,
/// invisible characters gone, curly quotes straight, all dashes one dash. Idempotent.
#[must_use]
pub fn canonical_text(text: &str) -> String {
    tidy(text, |c| match c {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    })
}

/// A line in 64 bits, by which lines are counted: equal for texts that no editor would tell apart.
#[must_use]
pub fn line_hash(text: &str) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&sha256(canonical_text(text).as_bytes()).0[..8]);
    i64::from_be_bytes(first)
}

/// Text in the form in which two versions are shown side by side: as [`canonical_text`], but
/// quotation marks and dashes keep their shape. No control character is left, so it is safe on a
/// terminal. Idempotent.
#[must_use]
pub fn readable_text(text: &str) -> String {
    tidy(text, |c| c)
}

/// Whether a text is all of plain letters with single blanks between words: there is nothing to tidy.
#[must_use]
pub fn is_tidy_ascii(text: &str) -> bool {
    let mut blank = true;
    for &byte in text.as_bytes() {
        let is_blank = byte == b' ';
        if (is_blank && blank) || !(b' '..=b'~').contains(&byte) {
            return false;
        }
        blank = is_blank;
    }
    !blank || text.is_empty()
}

/// Whether a text has nothing to compose (NFC) once some characters are left out: one of Latin letters and
/// typographic marks, or one of which Unicode's quick check says so. Most texts are, and are done in one walk.
#[must_use]
pub fn is_composed(text: &str, left_out: fn(char) -> bool) -> bool {
    text.chars().all(|c| matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{2027}'))
        || is_nfc_quick(text.chars().filter(|&c| !left_out(c))) == IsNormalized::Yes
}

fn tidy(text: &str, shape: fn(char) -> char) -> String {
    if is_tidy_ascii(text) {
        // No shape changes an ASCII character.
        return text.to_owned();
    }
    if is_composed(text, is_invisible) {
        return fold(text, shape);
    }
    // The invisible go first: one between a letter and its accent would hide their composition.
    let composed: String = text.chars().filter(|&c| !is_invisible(c)).nfc().collect();
    fold(&composed, shape)
}

fn fold(text: &str, shape: fn(char) -> char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    let mut separate = |out: &mut String, next: bool| {
        if std::mem::replace(&mut blank, next) && !next && !out.is_empty() {
            out.push(' ');
        }
    };
    let mut chars = text.chars();
    loop {
        // Whole words at once, where they are of ASCII.
        let rest = chars.as_str();
        let (word, rest) = rest.split_at(rest.bytes().take_while(u8::is_ascii_graphic).count());
        if !word.is_empty() {
            separate(&mut out, false);
            out.push_str(word);
        }
        chars = rest.chars();
        let Some(c) = chars.next() else { return out };
        if c.is_whitespace() || c.is_control() {
            separate(&mut out, true);
        } else if !is_invisible(c) {
            separate(&mut out, false);
            out.push(shape(c));
        }
    }
}

/// Soft hyphen, zero-width characters, bidi marks and isolates, word joiner, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A hash per field, and one over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// Headline.
    pub title: Sha256,
    /// Dateline.
    pub dateline: Sha256,
    /// Authors, in order.
    pub authors: Sha256,
    /// Section.
    pub section: Sha256,
    /// Stated time of publication.
    pub published: Sha256,
    /// Paragraphs, in order.
    pub body: Sha256,
    /// Over all the others: a version is new when this differs.
    pub content: Sha256,
}

impl Fingerprint {
    /// The hashes of an article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let title = field([article.title.as_str()]);
        let dateline = field(article.dateline.iter().map(|d| d.raw.as_str()));
        let authors = field(article.authors.iter().map(String::as_str));
        let section = field(article.section.as_deref());
        let published = field(article.published.as_ref().map(ToString::to_string).as_deref());
        let body = field(article.body.iter().map(|block| block.text.as_str()));
        let mut all = sha2::Sha256::new();
        for part in [&title, &dateline, &authors, &section, &published, &body] {
            all.update(part.0);
        }
        Self { title, dateline, authors, section, published, body, content: Sha256(all.finalize().into()) }
    }
}

/// The hash of a list of texts; the length before each keeps `["ab"]` and `["a", "b"]` apart.
fn field<'a>(texts: impl IntoIterator<Item = &'a str>) -> Sha256 {
    let mut hash = sha2::Sha256::new();
    for text in texts {
        let text = canonical_text(text);
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    Sha256(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_no_editor_means() {
        for (a, b) in [
            ("“Kami” bekerja – terus", "\"Kami\" bekerja - terus"),
            ("dua\u{a0}kata\n lagi ", "dua kata lagi"),
            ("ker\u{ad}ja\u{200b}", "kerja"),
            ("cafe\u{200b}\u{301}", "café"),
            ("cafe\u{301}", "café"),
        ] {
            assert_eq!(canonical_text(a), canonical_text(b));
        }
    }

    #[test]
    fn keeps_what_an_editor_means() {
        for (a, b) in [
            ("5 tewas", "15 tewas"),
            ("5,95 persen", "59,5 persen"),
            ("“Kami”", "Kami"),
            ("tidak salah", "salah"),
            ("Menteri", "menteri"),
            ("2 jam lalu", "3 jam lalu"),
        ] {
            assert_ne!(canonical_text(a), canonical_text(b));
        }
    }

    proptest::proptest! {
        #[test]
        fn canonical_text_is_idempotent(text in ".{0,80}") {
            let once = canonical_text(&text);
            proptest::prop_assert_eq!(canonical_text(&once), once.clone());
            proptest::prop_assert_eq!(canonical_text(&readable_text(&text)), once);
        }
    }
}

//! Words of our own in place of a page's: the same word always gets the same stand-in, of about its
//! length, in its script and case.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Vocabulary by script; scripts that are written without blanks have single characters.
static VOCABULARY: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(name, list)| (name, split(list))).collect()
});

/// Words at blanks; a list without blanks is one of characters.
fn split(list: &'static str) -> Vec<&'static str> {
    if list.contains(' ') {
        return list.split(' ').collect();
    }
    list.split("").filter(|c| !c.is_empty()).collect()
}

/// Compounds are made for longer words.
const LONGEST: usize = 13;

/// The script of a letter, as the vocabulary calls it.
fn script(c: char) -> &'static str {
    match c as u32 {
        0x41..=0x24f | 0x1e00..=0x1eff => "latin",
        0x370..=0x3ff | 0x1f00..=0x1fff => "greek",
        0x400..=0x52f => "cyrillic",
        0x530..=0x58f => "armenian",
        0x590..=0x5ff => "hebrew",
        0x600..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => "arabic",
        0x900..=0x97f => "devanagari",
        0x980..=0x9ff => "bengali",
        0xb80..=0xbff => "tamil",
        0xc00..=0xc7f => "telugu",
        0xe00..=0xe7f => "thai",
        0x10a0..=0x10ff => "georgian",
        0x3041..=0x3096 => "hiragana",
        0x30a1..=0x30fa => "katakana",
        0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff => "han",
        0xac00..=0xd7a3 => "hangul",
        _ => "",
    }
}

/// Whether a script is written without blanks, so that its characters are replaced one by one.
fn is_charwise(script: &str) -> bool {
    matches!(script, "han" | "hiragana" | "katakana" | "hangul" | "")
}

/// Whether a character belongs to a word: letters and the marks on them.
pub(super) fn is_letter(c: char) -> bool {
    let mark = matches!(c as u32,
        0x300..=0x36f | 0x591..=0x5c7 | 0x64b..=0x65f | 0x900..=0x963 | 0x971..=0xd7f | 0xe31..=0xe4e
        | 0xf71..=0xfbc | 0x102b..=0x103e | 0x17b4..=0x17d3 | 0x200c | 0x200d);
    (c.is_alphabetic() || mark) && !c.is_numeric()
}

/// A run of letters, or of anything else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) is_word: bool,
}

/// Cuts a text into runs of letters and what stands between them.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let (mut start, mut was) = (0, None);
    for (at, c) in text.char_indices() {
        let is = is_letter(c);
        if was.is_some_and(|was| was != is) {
            out.push(Token { text: &text[start..at], is_word: !is });
            start = at;
        }
        was = Some(is);
    }
    if let Some(is_word) = was {
        out.push(Token { text: &text[start..], is_word });
    }
    out
}

/// The words of a text in lower case.
pub(super) fn folded(text: &str) -> Vec<String> {
    tokens(text).into_iter().filter(|token| token.is_word).map(|token| token.text.to_lowercase()).collect()
}

/// How texts are replaced.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Runs of words that stay wherever they stand: the names of the site, what rules look for.
    phrases: Vec<Vec<String>>,
    /// Words that stay everywhere.
    pub(super) kept: HashSet<String>,
}

impl Words {
    /// Lets a phrase stay wherever it stands.
    pub(super) fn keep_phrase(&mut self, phrase: &str) {
        let words = folded(phrase);
        if !words.is_empty() && !self.phrases.contains(&words) {
            self.phrases.push(words);
        }
    }

    /// The text in words of our own, without those in `kept`.
    pub(super) fn replace(&self, text: &str, kept: &HashSet<String>) -> String {
        self.replace_all(&[text.to_owned()], kept).concat()
    }

    /// The same for texts that stand in one line; a drop cap and the rest of its word are one.
    pub(super) fn replace_all(&self, texts: &[String], kept: &HashSet<String>) -> Vec<String> {
        let whole = texts.concat();
        let mut tokens: Vec<Token<'_>> = Vec::new();
        let (mut start, mut end) = (0, 0);
        for (at, text) in texts.iter().enumerate() {
            end += text.len();
            let drop_cap = text.trim_start().chars().count() == 1 && at + 1 < texts.len();
            if !drop_cap {
                tokens.extend(self::tokens(&whole[start..end]));
                start = end;
            }
        }
        let stays = self.stays(&tokens, kept);
        // A short line with numbers may be a date in signs: those stay.
        let dated = whole.chars().count() <= 40 && whole.chars().any(|c| c.is_ascii_digit());
        let mut out = vec![String::new(); texts.len()];
        let (mut at, mut left) = (0, texts.first().map_or(0, String::len));
        for (token, stays) in tokens.iter().zip(stays) {
            let text =
                if token.is_word && !stays { stand_in(token.text, dated) } else { token.text.to_owned() };
            let mut letters = text.chars();
            for c in token.text.chars() {
                while left == 0 && at + 1 < texts.len() {
                    at += 1;
                    left = texts[at].len();
                }
                left = left.saturating_sub(c.len_utf8());
                out[at].extend(letters.next());
            }
            out[at].extend(letters);
        }
        out
    }

    /// Which of the tokens stay as they are.
    fn stays(&self, tokens: &[Token<'_>], kept: &HashSet<String>) -> Vec<bool> {
        let lower: Vec<String> = tokens.iter().map(|token| token.text.to_lowercase()).collect();
        let words: Vec<usize> = (0..tokens.len()).filter(|&i| tokens[i].is_word).collect();
        let mut stays = vec![false; tokens.len()];
        for (nth, &i) in words.iter().enumerate() {
            stays[i] |= kept.contains(&lower[i]) || self.kept.contains(&lower[i]);
            for phrase in &self.phrases {
                let run = words.get(nth..nth + phrase.len());
                if let Some(run) =
                    run.filter(|run| run.iter().zip(phrase).all(|(&i, word)| lower[i] == *word))
                {
                    run.iter().for_each(|&i| stays[i] = true);
                }
            }
        }
        stays
    }
}

/// What stands in for a run of letters.
pub(super) fn stand_in(word: &str, dated: bool) -> String {
    const DATE_SIGNS: &str = "年月日時分秒号時点點午前後后上下년월일시분오전후";
    let first = word.chars().next().map(script).unwrap_or_default();
    if word.chars().any(|c| is_charwise(script(c))) {
        let keeps = |c: char| !c.is_alphabetic() || (dated && DATE_SIGNS.contains(c));
        return word.chars().map(|c| if keeps(c) { c } else { letter(c) }).collect();
    }
    let length = word.chars().count();
    // Articles, prepositions, initials: they are nobody's.
    if length < 2 || (length == 2 && word.chars().all(char::is_lowercase) && first == "latin") {
        return word.to_owned();
    }
    let list = VOCABULARY.get(first).map_or(&[][..], Vec::as_slice);
    let lower = word.to_lowercase();
    let hash = hash(&lower);
    let mut out = pick(list, length.min(LONGEST), hash);
    while out.chars().count() + 3 < length && !out.is_empty() {
        let left = length - out.chars().count();
        out.push_str(&pick(list, left.clamp(3, LONGEST), hash.rotate_left(17)));
    }
    in_case_of(word, out)
}

/// A word of about that length.
fn pick(list: &[&str], length: usize, hash: u64) -> String {
    let distance = |word: &&str| word.chars().count().abs_diff(length);
    let least = list.iter().map(distance).min().unwrap_or(0);
    let near: Vec<&&str> = list.iter().filter(|word| distance(word) <= least.max(1)).collect();
    let at = usize::try_from(hash % (near.len().max(1) as u64)).unwrap_or(0);
    near.get(at).map(|word| (**word).to_owned()).unwrap_or_default()
}

/// One sign for another of its script.
fn letter(c: char) -> char {
    let hash = hash(&c.to_string());
    let list = VOCABULARY.get(script(c)).map_or(&[][..], Vec::as_slice);
    let at = usize::try_from(hash % (list.len().max(1) as u64)).unwrap_or(0);
    if let Some(other) = list.get(at).and_then(|text| text.chars().next()) {
        return other;
    }
    // A script without vocabulary: another letter near it in the alphabet.
    let window = (c as u32) & !0x1f;
    let steps = u32::try_from(hash % 32).unwrap_or(0);
    let others = (0..32).filter_map(|i| char::from_u32(window + (steps + i) % 32));
    others.into_iter().find(|other| other.is_alphabetic()).unwrap_or(c)
}

fn in_case_of(word: &str, text: String) -> String {
    let mut letters = word.chars();
    if !letters.next().is_some_and(char::is_uppercase) {
        return text;
    }
    if letters.next().is_some() && word.chars().all(|c| !c.is_lowercase()) {
        return text.to_uppercase();
    }
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// FNV-1a: the same in every run and on every machine.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

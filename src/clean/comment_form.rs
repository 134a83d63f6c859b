//! The comment form by what it says: whole lines made of nothing but its phrases, in any language.
//!
//! A phrase inside an author's sentence is never touched: a line goes only when known phrases cover
//! it from end to end. One-word labels (`Nama`, `Email`) go only beside a line that is sure.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::words::{bare, folded};

/// How many words a name in `Logged in as %s` may have.
const MOST_NAME_WORDS: usize = 8;
/// A line that starts with a name ("%s says") is not longer, in bytes.
const LONGEST_WITH_NAME: usize = 200;
/// A line of more words is no line of a form.
const MOST_WORDS: usize = 70;

/// A known word of so many characters is a sentence in a script without spaces.
const LONG_WORD: usize = 12;

/// What a line is to a comment form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Made of the form's phrases.
    Form,
    /// A label that many forms have, and other lines too.
    Label,
    /// Anything else.
    Text,
}

struct Phrase {
    words: Vec<String>,
    label: bool,
}

/// The phrases by their first word; those that start with a name under `%`.
static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::new();
    for line in include_str!("comment_form.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(kind), Some(text)) = (columns.next(), columns.nth(1)) else { continue };
        // The asterisk of "required fields are marked %" is folded away in the line, too.
        let text = if kind == "note" { text.replace('%', "*") } else { text.to_owned() };
        let words: Vec<String> = folded(&text)
            .into_iter()
            .map(|word| if word.contains('%') { "%".to_owned() } else { word })
            .collect();
        // A name needs at least two known words beside it; else it would cover any text. A label is a
        // line of its own beside others, where one will do.
        let known: Vec<&String> = words.iter().filter(|word| *word != "%").collect();
        // Without spaces a sentence is one word.
        let one = known.len() < 2 && known.iter().all(|word| word.chars().count() < LONG_WORD);
        if known.is_empty() || (one && known.len() < words.len() && kind != "label") {
            continue;
        }
        let Some(first) = words.first().cloned() else { continue };
        phrases.entry(first).or_default().push(Phrase { words, label: kind == "label" });
    }
    phrases
});

/// The words that stand behind the name at the beginning of a phrase.
static BEHIND_NAME: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let named = PHRASES.get("%").into_iter().flatten();
    named.filter_map(|phrase| phrase.words.get(1)).map(String::as_str).collect()
});

/// Whether a line may open as a phrase does, or with a name that a phrase goes on behind. The first words
/// tell most lines: folding them whole would cost more than all else here.
fn may_open(line: &str) -> bool {
    let mut words = line.split_whitespace().flat_map(folded);
    let Some(first) = words.next() else { return false };
    let mut behind = words.take(MOST_NAME_WORDS);
    PHRASES.contains_key(first.as_str())
        || line.len() < LONGEST_WITH_NAME
            && (BEHIND_NAME.contains("%") || behind.any(|word| BEHIND_NAME.contains(word.as_str())))
}

/// A phrase in which a name stands inside a word, or between words without spaces.
struct Around {
    before: String,
    behind: String,
    label: bool,
}

/// Longer lines (characters) have no such phrase.
const LONGEST_AROUND: usize = 60;

static AROUND: LazyLock<Vec<Around>> = LazyLock::new(|| {
    let lines = include_str!("comment_form.tsv").lines().filter(|line| !line.starts_with('#'));
    let phrases = lines.filter_map(|line| {
        let mut columns = line.split('\t');
        let (kind, text) = (columns.next()?, columns.nth(1)?);
        // A note's sign is the asterisk.
        let inside = kind != "note" && folded(text).iter().any(|word| word != "%" && word.contains('%'));
        let (before, behind) = text.split_once('%').filter(|_| inside)?;
        Some(Around { before: bare(before), behind: bare(behind), label: kind == "label" })
    });
    phrases.filter(|around| around.before.len() + around.behind.len() >= 6).collect()
});

/// What a line is in which a name may stand between other letters.
fn around(line: &str) -> Line {
    if line.chars().count() > LONGEST_AROUND {
        return Line::Text;
    }
    let line = bare(line);
    let fits = |around: &&Around| {
        let rest = line.strip_prefix(around.before.as_str());
        rest.and_then(|rest| rest.strip_suffix(around.behind.as_str())).is_some_and(|name| !name.is_empty())
    };
    match AROUND.iter().find(fits) {
        Some(around) if around.label => Line::Label,
        Some(_) => Line::Form,
        None => Line::Text,
    }
}

/// What a line is.
pub(super) fn classify(line: &str) -> Line {
    match by_words(line) {
        Line::Text => around(line),
        found => found,
    }
}

/// What a line is, word by word.
fn by_words(line: &str) -> Line {
    if line.len() > 1200 || !may_open(line) {
        return Line::Text;
    }
    let words = folded(line);
    if words.len() > MOST_WORDS {
        return Line::Text;
    }
    match covered(&words) {
        Some(true) => Line::Form,
        Some(false) => Line::Label,
        None => Line::Text,
    }
}

/// Whether phrases cover all words, and whether more than labels do.
fn covered(words: &[String]) -> Option<bool> {
    // best[i]: whether the words from i on are covered, and whether by more than labels.
    let mut best: Vec<Option<bool>> = vec![None; words.len() + 1];
    best[words.len()] = Some(false);
    for start in (0..words.len()).rev() {
        // A name that starts a phrase starts the line.
        let named = if start == 0 { PHRASES.get("%") } else { None };
        for phrases in [PHRASES.get(words[start].as_str()), named].into_iter().flatten() {
            for phrase in phrases {
                // A label with a name in it is a line of its own.
                let alone = phrase.label && phrase.words.iter().any(|word| word == "%");
                for end in ends(&phrase.words, words, start) {
                    if alone && (start > 0 || end < words.len()) {
                        continue;
                    }
                    if let Some(sure) = best[end] {
                        let sure = sure || !phrase.label;
                        best[start] = Some(best[start].unwrap_or(false) || sure);
                    }
                }
            }
        }
    }
    best[0]
}

/// Where a phrase that starts at a word can end.
fn ends(phrase: &[String], words: &[String], start: usize) -> Vec<usize> {
    let mut at = vec![start];
    for (index, part) in phrase.iter().enumerate() {
        let last = index + 1 == phrase.len();
        at = if part == "%" {
            let from = at.first().copied().unwrap_or(start);
            let most = words.len().min(from + MOST_NAME_WORDS);
            // A name at the end of a phrase reaches to the end of the line.
            if last {
                (most == words.len()).then_some(words.len()).into_iter().collect()
            } else {
                (from + 1..=most).collect()
            }
        } else {
            at.into_iter().filter(|&i| words.get(i) == Some(part)).map(|i| i + 1).collect()
        };
        if at.is_empty() {
            break;
        }
    }
    at
}

/// Which of the lines belong to a comment form: those made of its phrases, and the labels next to
/// them.
pub(super) fn lines<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<bool> {
    let kinds: Vec<Line> = texts.map(classify).collect();
    let mut form: Vec<bool> = kinds.iter().map(|kind| *kind == Line::Form).collect();
    for _ in 0..2 {
        for i in 1..kinds.len() {
            form[i] |= form[i - 1] && kinds[i] == Line::Label;
        }
        for i in (1..kinds.len()).rev() {
            form[i - 1] |= form[i] && kinds[i - 1] == Line::Label;
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_form_are_known_in_many_languages() {
        for line in [
            "Tinggalkan Balasan",
            "Tinggalkan Balasan Batalkan balasan",
            "Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *",
            "Alamat surel Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *",
            "Leave a Reply Cancel reply",
            "Your email address will not be published. Required fields are marked *",
            "Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert",
            "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
            "メールアドレスが公開されることはありません。 * が付いている欄は必須項目です",
            "Comments are closed.",
            "Simpan nama, email, dan situs web saya pada peramban ini untuk komentar saya berikutnya.",
            "Name * Email * Website Post Comment",
        ] {
            assert_eq!(classify(line), Line::Form, "{line}");
        }
    }

    #[test]
    fn the_form_is_known_line_by_line_in_every_locale() {
        let table = include_str!("comment_form_lines.tsv").lines().filter(|line| !line.starts_with('#'));
        let mut locales = std::collections::HashSet::new();
        for row in table {
            let columns: Vec<&str> = row.split('\t').collect();
            let [locale, kind, line] = columns[..] else { panic!("{row}") };
            locales.insert(locale);
            let found = classify(line);
            let right = found == Line::Form || (kind == "label" && found == Line::Label);
            assert!(right, "{locale} {line}: {found:?}");
        }
        assert!(locales.len() >= 65, "{}", locales.len());
    }

    #[test]
    fn a_phrase_in_a_sentence_is_no_form() {
        for line in [
            "Leave a comment below if you disagree with me.",
            "Silakan tinggalkan balasan di bawah tulisan ini.",
            "Presiden mengatakan alamat email Anda tidak akan dipublikasikan oleh pemerintah.",
            "",
            "*",
        ] {
            assert_eq!(classify(line), Line::Text, "{line}");
        }
        assert_eq!(classify("Email *"), Line::Label);
    }

    #[test]
    fn labels_go_only_beside_the_form() {
        let text = ["Website", "Isi berita.", "Leave a Reply", "Comment", "Name *", "Isi lagi.", "Reply"];
        assert_eq!(lines(text.into_iter()), [false, false, true, true, true, false, false]);
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_classified(line in "((Leave|a|Reply|to|%|Name|Email|Logged|in|as|\\PC{0,3}) ?){0,20}") {
            let _ = classify(&line);
        }
    }
}

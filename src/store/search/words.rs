//! The user's words as an expression of FTS5: nothing in them is syntax, all must be there.

use std::collections::HashSet;

use crate::store::engine::{Connection, OptionalExtension};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::marks::Marks;
use super::{affix, unspaced};

/// More words than anybody means; past them a text pasted by accident only costs time.
const MOST_WORDS: usize = 200;
/// So many words of a query are also looked for in other forms.
pub(super) const MOST_INFLECTED: usize = 12;

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Term {
    /// A word: other forms of its root will do.
    Word(String),
    /// Words that stood in quotation marks: these, in this order.
    Phrase(String),
}

/// The parts of what the user wrote.
pub(super) fn terms(text: &str) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut add = |term: Term| {
        let (Term::Word(text) | Term::Phrase(text)) = &term;
        // What has no letter or digit has no token: it would be looked for and never found.
        if text.chars().any(is_token) && terms.len() < MOST_WORDS && !terms.contains(&term) {
            terms.push(term);
        }
    };
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, quoted) = match rest.split_once('"') {
            Some((plain, behind)) => match behind.split_once('"') {
                Some((phrase, behind)) => {
                    rest = behind;
                    (plain, Some(phrase))
                }
                // A mark without its other half is a mark.
                None => {
                    rest = behind;
                    (plain, None)
                }
            },
            None => (std::mem::take(&mut rest), None),
        };
        for word in plain.split(|c: char| c.is_whitespace() || c.is_control()) {
            add(Term::Word(word.to_owned()));
        }
        if let Some(phrase) = quoted {
            add(Term::Phrase(phrase.replace(char::is_control, " ")));
        }
    }
    terms
}

/// Whether FTS5's tokenizer keeps a character: letters and digits, no marks.
pub(super) fn is_token(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c)
}

/// A query for FTS5.
#[derive(Debug, Default)]
pub(super) struct Expression {
    /// What is asked; empty when nothing can be found.
    pub(super) fts: String,
    /// Of each term the forms of which one must stand in a text, folded; of some terms that is not told.
    pub(super) forms: Vec<Vec<String>>,
    /// What is marked in a text that was found.
    pub(super) marks: Marks,
}

/// The expression of a query.
pub(super) fn expression(db: &Connection, text: &str) -> rusqlite::Result<Expression> {
    let (mut parts, mut forms, mut marks) = (Vec::new(), Vec::new(), Marks::default());
    let mut inflected = 0;
    for term in terms(text) {
        parts.push(match term {
            Term::Phrase(phrase) => {
                forms.extend(
                    phrase.split(|c| !is_token(c)).filter(|w| !w.is_empty()).map(|w| vec![folded(w)]),
                );
                marks.add([phrase.as_str()]);
                quoted(&phrase)
            }
            Term::Word(word) if word.chars().any(unspaced::is) => {
                marks.add([word.as_str()]);
                unspaced::expression(db, &word)?
            }
            Term::Word(word) => {
                let mut all = vec![quoted(&word)];
                let bare = folded(word.trim_matches(|c| !is_token(c)));
                inflected += 1;
                let kin = if inflected > MOST_INFLECTED { Vec::new() } else { kin(db, &bare)? };
                all.extend(kin.iter().map(|form| quoted(form)));
                marks.add(std::iter::once(word.as_str()).chain(kin.iter().map(String::as_str)));
                if bare.chars().all(is_token) {
                    forms.push(std::iter::once(bare).chain(kin).collect());
                }
                if all.len() == 1 { all.remove(0) } else { format!("({})", all.join(" OR ")) }
            }
        });
    }
    // AND by name: parentheses beside each other are not understood.
    Ok(Expression { fts: parts.join(" AND "), forms, marks })
}

/// A text in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A text as the index folds it: small letters without accents.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Other forms of a word that the index holds.
fn kin(db: &Connection, word: &str) -> rusqlite::Result<Vec<String>> {
    affix::kin(word, |forms| in_use(db, forms))
}

/// Which of some words, in their order, the index holds. It is asked for its next word from one on, which tells of all
/// before that one that there are none: forms of a root stand close together.
fn in_use(db: &Connection, words: &[&str]) -> rusqlite::Result<HashSet<String>> {
    let mut next = db.prepare_cached("SELECT term FROM temp.places WHERE term >= ?1 LIMIT 1")?;
    let mut known = HashSet::new();
    let mut left = words;
    while let Some((first, behind)) = left.split_first() {
        let Some(term) = next.query_row([first], |row| row.get::<_, String>(0)).optional()? else { break };
        left = &behind[behind.partition_point(|word| *word < term.as_str())..];
        if term == **first {
            known.insert(term);
        }
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases_are_told_apart() {
        let word = |text: &str| Term::Word(text.to_owned());
        let phrase = |text: &str| Term::Phrase(text.to_owned());
        for (text, wanted) in [
            ("gempa bumi", vec![word("gempa"), word("bumi")]),
            ("say \"no way\" NEAR(", vec![word("say"), phrase("no way"), word("NEAR(")]),
            ("-ruas title:x a*", vec![word("-ruas"), word("title:x"), word("a*")]),
            ("\"gempa", vec![word("gempa")]),
            ("\"\"\"gempa\"", vec![phrase("gempa")]),
            ("gempa gempa", vec![word("gempa")]),
            ("\" * ^ - (", vec![]),
            ("ruas\0x", vec![word("ruas"), word("x")]),
            ("\"a\0b\"", vec![phrase("a b")]),
            ("\u{301}", vec![]),
            ("  ", vec![]),
        ] {
            assert_eq!(terms(text), wanted, "{text:?}");
        }
    }
}

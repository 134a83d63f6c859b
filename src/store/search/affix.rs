//! Indonesian words of one root: `mengendalikan`, `pengendalian`, `terkendali` and `dikendalikan` are all
//! *kendali*. Pure: the caller says which words there are.
//!
//! The rules are those of the confix-stripping stemmers (Nazief and Adriani 1996; Asian 2007): particles and
//! possessives come off first, then a suffix, then up to two prefixes, with the nasal of me- and pe- undone;
//! some pairs of prefix and suffix do not go together. Where these use a dictionary of roots, the words of the
//! archive itself are asked: the root is the one of which most forms are in use.

use std::collections::{BTreeSet, HashSet};

/// A root has so many letters, but for those that are listed.
const LEAST: usize = 4;
const SHORT_ROOTS: &[&str] = &["adu", "aju", "aku", "ibu", "isi", "uji", "uap", "ubi", "upah"];
/// Words with more letters than any has are no words.
const MOST: usize = 30;
/// Forms of a word that are looked for with it.
pub(super) const MOST_FORMS: usize = 12;

/// What stands behind the suffix.
const ENDINGS: &[&str] = &["lah", "kah", "tah", "pun", "nya", "ku", "mu"];
const SUFFIXES: &[&str] = &["kan", "an", "i"];

/// Prefixes that stand before any root. (`be` and `te` stand before some roots with an r; `pe` without its nasal
/// makes one who does it: pekerja, petani.)
const PLAIN: &[&str] =
    &["di", "ke", "se", "ber", "ter", "per", "memper", "diper", "bel", "be", "te", "pe", "pel"];

/// me- and pe- with their nasal: what the root begins with behind it, and the letter that the nasal ate.
const NASAL: &[(&str, &str, &str)] = &[
    ("meny", "aeiou", "s"),
    ("meng", "aeioughkx", ""),
    ("meng", "aeiou", "k"),
    ("menge", "bcdfghjklmnpqrstvwxyz", ""),
    ("mem", "bfpv", ""),
    ("mem", "aeiou", "p"),
    ("men", "cdjstz", ""),
    ("men", "aeiou", "t"),
    ("me", "lmnrwy", ""),
];

/// Pairs that do not go together.
const NEVER: &[(&str, &str)] = &[
    ("ber", "i"),
    ("di", "an"),
    ("ke", "i"),
    ("ke", "kan"),
    ("me", "an"),
    ("se", "i"),
    ("se", "kan"),
    ("ter", "an"),
];

/// The forms in which a root is looked for: prefix (`me` and `pe` stand for their nasal forms, `pe=` for
/// the one without), suffix.
const FORMS: &[(&str, &str)] = &[
    ("", ""),
    ("me", ""),
    ("me", "kan"),
    ("me", "i"),
    ("di", ""),
    ("di", "kan"),
    ("di", "i"),
    ("pe", ""),
    ("pe", "an"),
    ("ter", ""),
    ("ter", "kan"),
    ("ter", "i"),
    ("ber", ""),
    ("ber", "an"),
    ("", "an"),
    ("", "kan"),
    ("", "i"),
    ("ke", "an"),
    ("per", "an"),
    ("memper", ""),
    ("memper", "kan"),
    ("memper", "i"),
    ("diper", ""),
    ("diper", "kan"),
    ("diper", "i"),
    ("pe=", ""),
    ("pe=", "an"),
    ("", "nya"),
    ("pe", "annya"),
    ("ke", "annya"),
    ("", "annya"),
    ("per", ""),
    ("se", ""),
    ("ke", ""),
];

/// The words that are looked for beside `word`, at most [`MOST_FORMS`]; none when it has no affix that
/// other words of its root show. `in_use`: which of some words there are, which come in order and each once.
pub(super) fn kin<E>(
    word: &str,
    in_use: impl FnOnce(&[&str]) -> Result<HashSet<String>, E>,
) -> Result<Vec<String>, E> {
    if word.len() < LEAST || word.len() > MOST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(Vec::new());
    }
    let families: Vec<(String, Vec<String>)> = roots(word)
        .into_iter()
        .map(|root| {
            let forms = forms(&root);
            (root, forms)
        })
        .collect();
    let asked: BTreeSet<&str> = families.iter().flat_map(|(_, forms)| forms).map(String::as_str).collect();
    let known = in_use(&asked.into_iter().collect::<Vec<_>>())?;
    let mut best: Vec<String> = Vec::new();
    for (root, mut forms) in families {
        forms.retain(|form| form != word && known.contains(form));
        forms.truncate(MOST_FORMS);
        if is_told(word, &root, &forms) && forms.len() > best.len() {
            best = forms;
        }
    }
    Ok(best)
}

/// Whether the forms in use tell that the word is of this root. Two words may look alike by chance
/// (`percent`, `cent`): then both must carry an affix, or a third must stand beside them.
fn is_told(word: &str, root: &str, found: &[String]) -> bool {
    match found {
        [] => false,
        [one] => {
            let derived = one != root && word != root;
            let verb =
                ["me", "pe", "ber"].iter().any(|prefix| word.starts_with(prefix) || one.starts_with(prefix));
            let both = word.len().max(one.len()) >= root.len() + 4;
            both || root.len() > LEAST && (derived || verb)
        }
        _ => true,
    }
}

/// The roots that a word may have, itself first.
pub(super) fn roots(word: &str) -> Vec<String> {
    let mut roots: Vec<String> = Vec::new();
    let mut add = |root: &str| {
        let long = root.len() >= LEAST || SHORT_ROOTS.contains(&root);
        if long
            && root.bytes().any(|byte| b"aeiou".contains(&byte))
            && !roots.iter().any(|known| known == root)
        {
            roots.push(root.to_owned());
        }
    };
    for bare in without_endings(word) {
        for (stem, suffix) in std::iter::once((bare, ""))
            .chain(SUFFIXES.iter().filter_map(|s| Some((bare.strip_suffix(s)?, *s))))
        {
            add(stem);
            for (once, prefix) in without_prefix(stem) {
                if NEVER.contains(&(prefix, suffix)) {
                    continue;
                }
                add(&once);
                for (twice, _) in without_prefix(&once) {
                    add(&twice);
                }
            }
        }
    }
    roots
}

fn without_endings(word: &str) -> Vec<&str> {
    let mut bare = vec![word];
    for ending in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending).filter(|rest| rest.len() >= LEAST) {
            bare.push(rest);
        }
    }
    bare
}

/// What stands behind a prefix, and which it was.
fn without_prefix(word: &str) -> Vec<(String, &'static str)> {
    let mut rests = Vec::new();
    for (nasal, opens, eaten) in NASAL {
        for (prefix, name) in [("me", "me"), ("pe", "pe")] {
            let whole = format!("{prefix}{}", &nasal[2..]);
            if let Some(rest) = word.strip_prefix(&whole)
                && rest.starts_with(|c| opens.contains(c))
            {
                rests.push((format!("{eaten}{rest}"), name));
            }
        }
    }
    for prefix in PLAIN {
        let Some(rest) = word.strip_prefix(prefix) else { continue };
        // be-, te- and bel-: bekerja, terasa (of rasa), belajar.
        let fits = match *prefix {
            "be" => rest.as_bytes().get(1..3) == Some(b"er"),
            "te" => rest.starts_with('r'),
            "bel" | "pel" => rest == "ajar",
            _ => true,
        };
        if fits {
            rests.push((rest.to_owned(), prefix));
        }
    }
    rests
}

/// All forms of a root, the plainest first.
fn forms(root: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::with_capacity(FORMS.len());
    for (prefix, suffix) in FORMS {
        let form = match *prefix {
            "me" | "pe" => format!("{prefix}{}{suffix}", nasal(root)),
            "pe=" if root == "ajar" => format!("pelajar{suffix}"),
            "pe=" => format!("pe{root}{suffix}"),
            "ber" if root == "ajar" => format!("belajar{suffix}"),
            "ber" if root.starts_with('r') || root.as_bytes().get(1..3) == Some(b"er") => {
                format!("be{root}{suffix}")
            }
            "ter" if root.starts_with('r') => format!("te{root}{suffix}"),
            prefix => format!("{prefix}{root}{suffix}"),
        };
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// The root behind me- or pe-: with its nasal, and without the letter that it eats.
fn nasal(root: &str) -> String {
    let cluster = root.as_bytes().get(1).is_some_and(|second| !b"aeiou".contains(second));
    match root.as_bytes().first() {
        Some(b'l' | b'm' | b'n' | b'r' | b'w' | b'y') => root.to_owned(),
        Some(b'b' | b'f' | b'v') => format!("m{root}"),
        Some(b'p') if cluster => format!("m{root}"),
        Some(b'p') => format!("m{}", &root[1..]),
        Some(b'c' | b'd' | b'j' | b'z') => format!("n{root}"),
        Some(b't') if cluster => format!("n{root}"),
        Some(b't') => format!("n{}", &root[1..]),
        Some(b's') if cluster => format!("n{root}"),
        Some(b's') => format!("ny{}", &root[1..]),
        Some(b'k') if cluster => format!("ng{root}"),
        Some(b'k') => format!("ng{}", &root[1..]),
        _ => format!("ng{root}"),
    }
}

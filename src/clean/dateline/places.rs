//! The places of a dateline, and the outlets that stand beside them.

use super::names;
use super::scan::Scan;

/// A name that stands where an agency would, and the cursor behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outlet<'a> {
    pub(super) name: &'a str,
    pub(super) end: Scan<'a>,
}

/// Small words inside the names of places.
const SMALL: [&str; 20] = [
    "de", "la", "le", "les", "las", "los", "del", "von", "der", "am", "an", "of", "the", "and", "do", "dos",
    "da", "al", "el", "es",
];

/// The longest name of a place, in words: a sentence that starts with capitals is no place.
const MOST_WORDS: usize = 4;

/// One or more places: `BEIRUT/THE HAGUE`, `CHARLESTON, Ill.`, `SAN FRANCISCO & TEL AVIV, Israel`,
/// `MONOPOLI (BARI)`.
pub(super) fn places<'a>(start: Scan<'a>, outlets: &[String]) -> Option<(Vec<String>, Scan<'a>)> {
    let mut at = place(start)?;
    let mut names = vec![at.since(start).to_owned()];
    while names.len() < 5 {
        let next = at.take("/").or_else(|| at.take(" & ")).or_else(|| {
            at.take_any(&[',', '،'])
                .map(Scan::blanks)
                .filter(|next| next.date().is_none() && outlet_at(*next, outlets).is_none())
        });
        if let Some(next) = next
            && let Some(end) = place(next)
        {
            names.push(end.since(next).to_owned());
            at = end;
            continue;
        }
        match at.blanks().bracketed('(', ')', 30) {
            Some((inside, end)) if names::is_place(inside) => {
                names.push(inside.to_owned());
                at = end;
            }
            _ => break,
        }
    }
    Some((names, at))
}

/// A place: up to four words with a capital, or in a script that has none.
fn place(start: Scan<'_>) -> Option<Scan<'_>> {
    let mut at = start;
    let mut end = None;
    for count in 0..MOST_WORDS {
        let from = if count == 0 { at } else { at.take(" ")? };
        let Some(word) = word(from) else { break };
        let text = word.since(from);
        if !opens_a_name(text) {
            // A small word counts only when a name follows.
            if count == 0 || !SMALL.contains(&text) {
                break;
            }
            at = word;
        } else {
            at = word;
            end = Some(word);
        }
        if at.peek() != Some(' ') {
            break;
        }
    }
    end
}

fn opens_a_name(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// A word without digits; a dot ends it only as that of an abbreviation (`St.`, `N.Y.`, `Mass.`).
fn word(start: Scan<'_>) -> Option<Scan<'_>> {
    let mut at = start;
    while let Some(c) = at.peek() {
        let inside = c.is_alphabetic() || matches!(c, '\'' | '’' | '`' | '\u{64b}'..='\u{65f}');
        let mut following = at.rest().chars().skip(1);
        let hyphen = c == '-' && at.at > start.at && following.next().is_some_and(char::is_alphabetic);
        if !inside && !hyphen {
            break;
        }
        at = Scan { at: at.at + c.len_utf8(), ..at };
    }
    let letters = at.since(start).chars().count();
    let dot = at.take(".").filter(|_| (1..=5).contains(&letters));
    if let Some(dotted) = dot {
        let more = dotted.peek().is_some_and(char::is_alphabetic);
        return if more && letters <= 2 {
            word(dotted)
        } else if more {
            None
        } else {
            Some(dotted)
        };
    }
    let digit = at.peek().is_some_and(|c| c.is_numeric());
    (letters > 0 && !digit).then_some(at)
}

/// A web address at the head: `Liputan6.com`.
pub(super) fn site(start: Scan<'_>) -> Option<Outlet<'_>> {
    let rest = start.rest();
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '،' | '–' | '—' | ')' | '/'))
        .unwrap_or(rest.len());
    let name = rest.get(..end)?.trim_end_matches('-');
    (name.len() <= 40 && names::is_site(name))
        .then(|| Outlet { name, end: Scan { at: start.at + name.len(), ..start } })
}

/// An outlet here, by the list of agencies, by the names of the page or by its address.
fn outlet_at<'a>(at: Scan<'a>, outlets: &[String]) -> Option<Outlet<'a>> {
    named(at, outlets).or_else(|| site(at))
}

/// `, KOMPAS.com` or `, CNN Indonesia` behind a place.
pub(super) fn outlet<'a>(at: Scan<'a>, outlets: &[String]) -> Option<Outlet<'a>> {
    outlet_at(at.take_any(&[',', '،'])?.blanks(), outlets)
}

/// ` | kabar.example` behind a place.
pub(super) fn outlet_behind_bar(at: Scan<'_>) -> Option<Outlet<'_>> {
    site(at.blanks().take_any(&['|', '/'])?.blanks())
}

/// The longest run of up to three words that is an agency's name and is followed by a separator.
fn named<'a>(at: Scan<'a>, outlets: &[String]) -> Option<Outlet<'a>> {
    let rest = at.rest();
    let ends = rest.char_indices().take(40).filter(|&(_, c)| c.is_whitespace()).map(|(end, _)| end).take(3);
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().rev().find_map(|end| {
        let name = &rest[..end];
        let end = Scan { at: at.at + end, ..at };
        (names::is_agency(name, outlets) && end.separator().is_some()).then_some(Outlet { name, end })
    })
}

/// As many words as the gazetteer knows, followed by a capital or a quotation mark.
pub(super) fn known_prefix(start: Scan<'_>) -> Option<Scan<'_>> {
    let mut at = start;
    let mut best = None;
    for _ in 0..3 {
        let Some(end) = word(at) else { break };
        if names::is_place(end.since(start)) {
            best = Some(end);
        }
        match end.take(" ") {
            Some(next) => at = next,
            None => break,
        }
    }
    let next = best?.take(" ")?.blanks().peek()?;
    (next.is_uppercase() || matches!(next, '"' | '“')).then_some(best?)
}

/// Whether every first place is written in capitals and is longer than an acronym.
pub(super) fn in_capitals(names: &[String]) -> bool {
    names.first().is_some_and(|name| {
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        letters > 4 && name.chars().all(|c| !c.is_lowercase()) && name.chars().any(char::is_uppercase)
    })
}

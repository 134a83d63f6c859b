//! Scripts that are written without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
//!
//! The index holds of them what stands between two marks as one word, so a word of the user's is a part of
//! a word of the index. Those parts are looked up among the index's words; words of other scripts are left
//! aside, since they come before in its order.

use crate::store::engine::{Connection, params};

use super::super::sql::most_of;
use super::words::{is_token, quoted};

/// Words of the index that a part may stand in. Each stands in at least one article, so more of them add
/// nothing to the first hits.
const MOST: usize = 400;

/// The first character of these scripts: Thai stands before all others.
const FIRST: &str = "\u{e01}";

/// Whether a character belongs to such a script.
pub(super) fn is(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// An expression that finds a word inside of what the index holds as words.
pub(super) fn expression(db: &Connection, word: &str) -> rusqlite::Result<String> {
    // Marks part the words of the index, also vowels that stand above or below.
    let folded = word.to_lowercase();
    let pieces: Vec<&str> = folded.split(|c| !is_token(c)).filter(|piece| !piece.is_empty()).collect();
    let Some((first, rest)) = pieces.split_first() else { return Ok(quoted(word)) };
    let found = standing_in(db, first, !rest.is_empty())?;
    let whole = quoted(word);
    let alternatives: Vec<String> = found
        .iter()
        .map(|term| match rest {
            [] => quoted(term),
            // The first piece ends a word of the index, the last one begins one.
            rest => format!("{} *", quoted(&format!("{term} {}", rest.join(" ")))),
        })
        .chain(std::iter::once(whole))
        .collect();
    Ok(format!("({})", alternatives.join(" OR ")))
}

/// Words of the index that hold a piece, or end with it; the shortest first.
fn standing_in(db: &Connection, piece: &str, ends: bool) -> rusqlite::Result<Vec<String>> {
    let from = if piece.chars().all(is) { FIRST } else { "" };
    let mut statement = db.prepare_cached(
        "SELECT term FROM temp.terms WHERE term >= ?1
            AND CASE WHEN ?3 THEN substr(term, -length(?2)) = ?2 ELSE instr(term, ?2) > 0 END
         ORDER BY length(term), term LIMIT ?4",
    )?;
    statement.query_map(params![from, piece, ends, most_of(MOST)], |row| row.get(0))?.collect()
}

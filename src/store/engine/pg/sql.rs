//! The store's SQL in the words of PostgreSQL: what differs mechanically.

/// A statement in PostgreSQL's words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Translated {
    /// Its text.
    pub(super) sql: String,
    /// What is given to each of its places, by number (`?1`) or by name (`:name`).
    pub(super) places: Vec<String>,
    /// Whether `RETURNING id` was added: it answers with the number of the row that it inserts.
    pub(super) gives_id: bool,
}

/// Tables whose rows are numbered by the database.
const NUMBERED: &[&str] =
    &["site", "run", "article", "blob", "fetch", "reading", "version", "event", "place", "queue", "taken"];

/// Puts a statement into PostgreSQL's words:
/// `?1` and `:name` become `$1`, names that are its keywords are quoted, hints to SQLite's planner go.
pub(super) fn translate(sql: &str) -> Translated {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut places: Vec<String> = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => 2 + rest[1..].find(first).unwrap_or(rest.len().saturating_sub(2)),
            '?' => 1 + digits(&rest[1..]),
            ':' if rest[1..].starts_with(':') => 2,
            ':' if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => 1 + word(&rest[1..]),
            _ if first.is_ascii_alphabetic() || first == '_' => word(rest),
            _ => first.len_utf8(),
        };
        let (token, behind) = rest.split_at(length.min(rest.len()));
        rest = behind;
        match token {
            "fetch" => out.push_str("\"fetch\""),
            "json_each" => out.push_str("each_of"),
            // PostgreSQL orders the tables itself.
            "CROSS" => rest = rest.trim_start(),
            "NOT" if rest.trim_start().starts_with("INDEXED") => {
                rest = &rest.trim_start()["INDEXED".len()..];
            }
            "INDEXED" => {
                // INDEXED BY name
                rest = rest.trim_start();
                rest = rest[word(rest)..].trim_start();
                rest = &rest[word(rest)..];
            }
            "LIMIT" if rest.trim_start().starts_with("-1") => {
                out.push_str("LIMIT ALL");
                rest = &rest.trim_start()[2..];
            }
            // A place that is never used would have no type: places are counted anew.
            _ if token.len() > 1 && token != "::" && (first == '?' || first == ':') => {
                let at = places.iter().position(|place| place == token).unwrap_or(places.len());
                if at == places.len() {
                    places.push(token.to_owned());
                }
                out.push_str(&format!("${}", at + 1));
            }
            _ => out.push_str(token),
        }
    }
    let gives_id = numbers_its_row(sql);
    if gives_id {
        out.push_str(" RETURNING id");
    }
    Translated { sql: out, places, gives_id }
}

fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())
}

fn numbers_its_row(sql: &str) -> bool {
    let Some(behind) = sql.trim_start().strip_prefix("INSERT INTO ") else { return false };
    NUMBERED.contains(&&behind[..word(behind)]) && !sql.contains("RETURNING")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_put_into_other_words() {
        for (sql, wanted) in [
            (
                "SELECT a FROM fetch WHERE id = ?1 AND b = ?12",
                "SELECT a FROM \"fetch\" WHERE id = $1 AND b = $2",
            ),
            ("SELECT 'fetch ?1 ''x''' FROM fetches", "SELECT 'fetch ?1 ''x''' FROM fetches"),
            (
                "SELECT id FROM a CROSS JOIN b ON b.id = a.id LIMIT -1",
                "SELECT id FROM a JOIN b ON b.id = a.id LIMIT ALL",
            ),
            ("SELECT id FROM version INDEXED BY version_observed", "SELECT id FROM version "),
            ("SELECT id FROM a NOT INDEXED CROSS JOIN b", "SELECT id FROM a  JOIN b"),
            ("SELECT :since, :site, :since::text", "SELECT $1, $2, $1::text"),
            ("x IN (SELECT value FROM json_each(?2))", "x IN (SELECT value FROM each_of($1))"),
            ("'unfinished", "'unfinished"),
            ("SELECT 'Ä' || \"fetch\"", "SELECT 'Ä' || \"fetch\""),
        ] {
            assert_eq!(translate(sql).sql, wanted);
        }
        assert_eq!(translate("SELECT :b, :a, :b").places, [":b", ":a"]);
        assert_eq!(translate("SELECT ?7, ?2, ?7").places, ["?7", "?2"]);
    }

    #[test]
    fn a_numbered_row_tells_its_number() {
        let told = translate("INSERT INTO event (at) VALUES (?1)");
        assert_eq!(
            (told.sql.as_str(), told.gives_id),
            ("INSERT INTO event (at) VALUES ($1) RETURNING id", true)
        );
        assert!(!translate("INSERT INTO head (at) VALUES (?1)").gives_id);
        assert!(!translate("INSERT INTO queue (at) VALUES (?1) RETURNING url").gives_id);
    }
}

//! The project's own source, read as text: what the tests of its layout look at.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One source file.
pub struct Source {
    /// Its path from the top of the package, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The text with comments and literals blanked, and test-only items too; same length. Empty when
    /// the whole file is a test.
    pub code: String,
}

impl Source {
    /// All `.rs` files below a folder of the package, sorted by path.
    pub fn below(folder: &str) -> Vec<Self> {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths = Vec::new();
        collect(&top.join(folder), &mut paths);
        paths.sort();
        let read = |path: PathBuf| {
            let text = fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/");
            let code = if is_test(&path) { String::new() } else { without_tests(&blanked(&text)) };
            Self { path, text, code }
        };
        paths.into_iter().map(read).collect()
    }

    /// Where a word stands in the code, on its own and not as part of a longer name.
    pub fn places(&self, word: &str) -> Vec<usize> {
        let ident = |c: char| c.is_alphanumeric() || c == '_';
        let part_of_more = |at: usize| {
            let (before, behind) = (&self.code[..at], &self.code[at + word.len()..]);
            before.ends_with(ident) && word.starts_with(ident)
                || behind.starts_with(ident) && word.ends_with(ident)
        };
        self.code.match_indices(word).map(|(at, _)| at).filter(|at| !part_of_more(*at)).collect()
    }

    /// `path:line` of a place.
    pub fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path, self.text[..at].matches('\n').count() + 1)
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            into.push(path);
        }
    }
}

/// Whether a file is there for tests only: `src/room/tests.rs`, `src/room/tests/…`, `…_tests.rs`.
fn is_test(path: &str) -> bool {
    let inside = path.strip_prefix("src/").unwrap_or_default();
    inside.ends_with("tests.rs") || inside.contains("/tests/")
}

/// The text with everything blanked that is no code, byte for byte.
fn blanked(text: &str) -> String {
    let mut out = text.as_bytes().to_vec();
    let mut at = 0;
    while at < text.len() {
        let span = not_code(text, at);
        match span {
            Some(end) => {
                out[at..end].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
                at = end;
            }
            None => at += 1,
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Where the comment or literal that begins at this place ends.
fn not_code(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    let find = |needle: &str, from: usize| {
        let found = rest[from..].windows(needle.len()).position(|w| w == needle.as_bytes());
        at + found.map_or(rest.len(), |i| from + i + needle.len())
    };
    let in_name =
        at > 0 && (text.as_bytes()[at - 1].is_ascii_alphanumeric() || text.as_bytes()[at - 1] == b'_');
    match rest {
        [b'/', b'/', ..] => Some(find("\n", 2).min(text.len())),
        [b'/', b'*', ..] => Some(find("*/", 2)),
        [b'r', b'"' | b'#', ..] if !in_name => {
            let hashes = rest[1..].iter().take_while(|b| **b == b'#').count();
            // `r#type` is a name, no string.
            let quoted = rest.get(1 + hashes) == Some(&b'"');
            quoted.then(|| find(&format!("\"{}", "#".repeat(hashes)), 2 + hashes))
        }
        [b'"', ..] => Some(at + quoted_length(rest, b'"')),
        // A character, not a lifetime: it is closed again after one character or an escape.
        [b'\'', b'\\', ..] => Some(at + quoted_length(rest, b'\'')),
        [b'\'', ..] => {
            let mut chars = text[at + 1..].char_indices();
            let _character = chars.next()?;
            let (length, close) = chars.next()?;
            (close == '\'').then_some(at + 1 + length + 1)
        }
        _ => None,
    }
}

fn quoted_length(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b if b == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// Blanks every item behind `#[cfg(test)]`, up to its closing brace or semicolon.
fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find("#[cfg(test)]") {
        let end = item_end(&out, start);
        let blank: String = out[start..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        out.replace_range(Range { start, end }, &blank);
    }
    out
}

fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0usize;
    for (at, b) in code.bytes().enumerate().skip(start + "#[cfg(test)]".len()) {
        match b {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            b';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn comments_literals_and_tests_are_no_code() {
    let text = "use a; // b\nlet c = \"d \\\" e\"; let f = 'g'; fn h<'i>() { r#\"j\"# }\n#[cfg(test)]\nmod k { l(); }\nm";
    let code = without_tests(&blanked(text));
    assert_eq!(code.len(), text.len());
    let words: Vec<&str> = code.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    assert_eq!(words, ["use", "a", "let", "c", "let", "f", "fn", "h", "i", "m"]);
}

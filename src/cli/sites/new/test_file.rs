//! Puts a `[[test]]` into a site file and leaves every other byte of it as it is.

use std::fs;
use std::io;
use std::path::Path;

/// The file's text with the block at its end; a block of the same fixture goes.
pub fn with_test(text: &str, fixture: &str, block: &str) -> String {
    let mut out = without_test(text, fixture).trim_end().to_owned();
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    out.push_str(block.trim_end());
    out.push('\n');
    out
}

/// The text without the `[[test]]` that names a fixture.
fn without_test(text: &str, fixture: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut block = String::new();
    let mut in_test = false;
    let named = |block: &str| {
        block.lines().any(|line| {
            let value = line
                .split_once('=')
                .filter(|(key, _)| key.trim() == "fixture")
                .map(|(_, value)| value.trim());
            value.is_some_and(|value| {
                value.split('#').next().unwrap_or(value).trim().trim_matches(['"', '\'']) == fixture
            })
        })
    };
    for line in text.split_inclusive('\n') {
        let header = line.trim_start().starts_with('[') && !line.trim_start().starts_with("[ ");
        if header {
            if !(in_test && named(&block)) {
                out.push_str(&block);
            }
            block.clear();
            in_test = line.trim_start().starts_with("[[test]]");
        }
        block.push_str(line);
    }
    if !(in_test && named(&block)) {
        out.push_str(&block);
    }
    out
}

/// Writes a file whole: beside it first, so that nobody reads half of it.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new~");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_added_and_replaced_and_the_rest_stays() {
        let before =
            "schema = 1 # satu\n\n[[test]]\nfixture = \"a.html\"\n\n[clean] # dua\nremove = [\n  '.x',\n]\n";
        let added = with_test(before, "b.html", "[[test]]\nfixture = \"b.html\"\ntitle = \"B\"\n");
        assert_eq!(added, format!("{before}\n[[test]]\nfixture = \"b.html\"\ntitle = \"B\"\n"));
        let again = with_test(&added, "b.html", "[[test]]\nfixture = \"b.html\"\ntitle = \"C\"\n");
        assert_eq!(again, added.replace("\"B\"", "\"C\""));
        let first = with_test(before, "a.html", "[[test]]\nfixture = \"a.html\"\ntitle = \"A\"");
        assert!(
            first.starts_with("schema = 1 # satu\n\n[clean] # dua") && first.matches("a.html").count() == 1
        );
    }
}

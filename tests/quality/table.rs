//! The recorded scores.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use crate::score::Score;

fn path() -> PathBuf {
    super::top().join("tests/fixtures/quality.toml")
}

/// Writes the scores, one line a page.
pub fn write(scores: &[(String, Score)]) {
    let mut text = String::from(
        "# How the generic reader reads the stored pages, against the readings of their site files.\n\
         # Written by `KLIPING_BLESS=1 cargo test --test quality`; the means may only rise.\n",
    );
    let names: Vec<&str> = Score::PARTS.iter().map(|(name, _)| *name).collect();
    let _ = writeln!(text, "parts = {names:?}\n\n[pages]");
    for (page, score) in scores {
        let values: Vec<String> =
            Score::PARTS.iter().map(|(_, part)| format!("{:.4}", part(score))).collect();
        let _ = writeln!(text, "{page:?} = [{}]", values.join(", "));
    }
    fs::write(path(), text).unwrap();
}

/// The scores that were written last.
pub fn read() -> Vec<(String, Score)> {
    let text = fs::read_to_string(path()).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let pages = table["pages"].as_table().unwrap();
    let score = |row: &toml::Value| {
        let value = |at: usize| row[at].as_float().unwrap();
        Score {
            words: value(0),
            paragraphs: value(1),
            title: value(2),
            date: value(3),
            author: value(4),
            clean: value(5),
            formless: value(6),
        }
    };
    pages.iter().map(|(page, row)| (page.clone(), score(row))).collect()
}

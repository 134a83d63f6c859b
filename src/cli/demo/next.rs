//! What to type next.

use std::env;
use std::fs;
use std::path::Path;

use kliping::model::ArticleId;

/// The commands that work on the demo's archive, each with what it does. `edited` is an article that
/// has two versions.
pub fn commands(archive: &Path, edited: ArticleId) -> Vec<(String, &'static str)> {
    let kliping = format!("{} --archive {}", program(), quoted(&archive.to_string_lossy()));
    let line = |verb: &str, what| (format!("{kliping} {verb}"), what);
    vec![
        line("list", "everything in the archive"),
        line("changes", "what editors changed, over all sites"),
        line(&format!("history {edited}"), "one article's life"),
        line(&format!("diff {edited} --format side-by-side"), "what the editor changed"),
        line("search 'pasar apung'", "full text, all sites"),
        line(&format!("show {edited}@first --format json"), "a version as it was, for scripts"),
        line("export --to csv", "a table for the spreadsheet"),
        (
            format!(
                "sqlite3 {} 'SELECT id, state, versions, title FROM articles'",
                quoted(&archive.to_string_lossy())
            ),
            "no kliping needed",
        ),
    ]
}

/// How the user can call this program: by name if that name leads here, else by path.
pub fn program() -> String {
    let Ok(here) = env::current_exe() else { return "kliping".to_owned() };
    let by_name = env::var_os("PATH").and_then(|path| {
        env::split_paths(&path).map(|folder| folder.join("kliping")).find(|file| file.is_file())
    });
    if by_name.and_then(|file| fs::canonicalize(file).ok()) == fs::canonicalize(&here).ok() {
        return "kliping".to_owned();
    }
    let folder = env::current_dir().unwrap_or_default();
    let near = here.strip_prefix(&folder).map(Path::to_owned).unwrap_or(here);
    quoted(&near.to_string_lossy())
}

/// A word as a POSIX shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=@,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_where_a_shell_would_trip() {
        assert_eq!(quoted("/tmp/kliping-demo/kliping.db"), "/tmp/kliping-demo/kliping.db");
        assert_eq!(quoted("/tmp/a b/it's.db"), r"'/tmp/a b/it'\''s.db'");
    }
}

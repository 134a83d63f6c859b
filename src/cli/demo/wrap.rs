//! Lines of a terminal, broken at words; colours do not count, and go on in the next line.

/// Breaks a line before `width` columns; what follows is indented by `indent`.
pub fn wrapped(line: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    let mut style = String::new();
    for word in line.split_inclusive(' ') {
        let columns = visible(word);
        if column > indent && column + columns.saturating_sub(usize::from(word.ends_with(' '))) > width {
            while out.ends_with(' ') {
                out.pop();
            }
            let reset = if style.is_empty() { "" } else { "\u{1b}[0m" };
            out.push_str(&format!("{reset}\n{}{style}", " ".repeat(indent)));
            column = indent;
        }
        out.push_str(word);
        column += columns;
        style = styled(style, word);
    }
    out
}

/// How many columns a word takes, without its escape sequences.
fn visible(word: &str) -> usize {
    let mut inside = false;
    let shown = |c: &char| match *c {
        '\u{1b}' => {
            inside = true;
            false
        }
        'm' if inside => {
            inside = false;
            false
        }
        _ => !inside,
    };
    word.chars().filter(shown).count()
}

/// The style that holds behind a word, as the escape sequences that set it.
fn styled(mut style: String, word: &str) -> String {
    for sequence in word.split('\u{1b}').skip(1) {
        let Some((code, _)) = sequence.split_once('m') else { continue };
        if matches!(code, "[0" | "[") {
            style.clear();
        } else {
            style.push_str(&format!("\u{1b}{code}m"));
        }
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_words_and_colours_go_on() {
        for (line, wanted) in [
            ("short", "short"),
            ("one two three four", "one two\n  three\n  four"),
            (
                "one \u{1b}[31mtwo three\u{1b}[0m four",
                "one \u{1b}[31mtwo\u{1b}[0m\n  \u{1b}[31mthree\u{1b}[0m\n  four",
            ),
            ("one verylongwordindeed x", "one\n  verylongwordindeed\n  x"),
            ("  ~ 1 two three", "  ~ 1\n  two\n  three"),
            ("", ""),
        ] {
            assert_eq!(wrapped(line, 8, 2), wanted, "{line:?}");
        }
    }
}

//! An article as Markdown (CommonMark).

use kliping::model::{BlockKind, Version};
use kliping::store::ArticleRow;

use crate::cli::text::{plain, plain_lines};

pub fn page(row: &ArticleRow, version: &Version) -> String {
    let article = &version.article;
    let mut out = format!("# {}\n\n", escape(&plain(&article.title)));
    let site = row.site_name.as_deref().unwrap_or(&row.site);
    let mut about = vec![escape(&plain(site))];
    about.extend(article.authors.iter().map(|author| escape(&plain(author))));
    about.extend(article.published.as_ref().map(ToString::to_string));
    out.push_str(&format!("*{}*  \n<{}>\n", about.join(" · "), version.url));
    for (n, block) in article.body.iter().enumerate() {
        let raw =
            article.dateline.as_ref().filter(|_| n == 0).map(|d| plain_lines(&d.raw)).unwrap_or_default();
        let text = escape(&format!("{raw}{}", plain(&block.text)));
        let before = n.checked_sub(1).map(|n| article.body[n].kind);
        if block.kind != BlockKind::ListItem || before != Some(BlockKind::ListItem) {
            out.push('\n');
        }
        out.push_str(&match block.kind {
            BlockKind::Paragraph | BlockKind::TableRow => format!("{text}\n"),
            BlockKind::Heading => format!("## {text}\n"),
            BlockKind::Quote => format!("> {text}\n"),
            BlockKind::ListItem => format!("- {text}\n"),
            BlockKind::Preformatted => {
                plain_lines(&block.text).lines().map(|line| format!("    {line}\n")).collect()
            }
        });
    }
    out
}

/// Text in which nothing is Markdown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let starts = at == 0;
        let special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~')
            || (starts && matches!(c, '#' | '-' | '+' | '='))
            // `1.` and `1)` at the beginning of a line would be a list.
            || (matches!(c, '.' | ')') && at > 0 && at < 10 && text[..at].bytes().all(|b| b.is_ascii_digit()));
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_stays_text() {
        for (text, escaped) in [
            ("# bukan judul", "\\# bukan judul"),
            ("a * b_c [d](e) <f>", "a \\* b\\_c \\[d\\](e) \\<f\\>"),
            ("1. bukan daftar", "1\\. bukan daftar"),
            ("harga 1.500 naik - turun", "harga 1.500 naik - turun"),
            ("- bukan daftar", "\\- bukan daftar"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }
}

//! What XML and HTML share: text, languages, directions, and an article's body as XHTML.

pub(super) use crate::model::escaped as escape;
use crate::model::{Article, Block, BlockKind};

/// A language tag that is well-formed (BCP 47), in the form of the standard: `id_ID` → `id-ID`.
pub(super) fn language(tag: Option<&str>) -> Option<String> {
    let tag = tag?.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let primary = matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let rest =
        parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (primary && rest).then_some(tag)
}

/// Languages whose usual script runs from right to left.
const RIGHT_TO_LEFT: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];

/// `lang`, for XHTML `xml:lang`, and `dir` of a text. Without a language, the text's first letters tell
/// its direction.
pub(super) fn attributes(tag: Option<&str>, xhtml: bool) -> String {
    let Some(tag) = language(tag) else { return " dir=\"auto\"".to_owned() };
    let xml = if xhtml { format!(" xml:lang=\"{tag}\"") } else { String::new() };
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    // A script in the tag says more than the language: `ku-Arab`, `ar-Latn`.
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let rtl = match script.map(str::to_ascii_lowercase).as_deref() {
        Some("arab" | "hebr" | "syrc" | "thaa" | "nkoo" | "adlm") => true,
        Some(_) => false,
        None => RIGHT_TO_LEFT.contains(&primary.as_str()),
    };
    let dir = if rtl { " dir=\"rtl\"" } else { " dir=\"ltr\"" };
    format!(" lang=\"{tag}\"{xml}{dir}")
}

/// The body as XHTML that HTML reads the same; `heading` is the level of its headings.
pub(super) fn prose(article: &Article, heading: u8) -> String {
    let mut out = String::new();
    let dateline = article.dateline.as_ref().map(|line| line.raw.trim()).filter(|raw| !raw.is_empty());
    let mut lead = dateline.map(|raw| format!("<span class=\"dateline\">{}</span> ", escape(raw)));
    let mut blocks = article.body.as_slice();
    while let Some(first) = blocks.first() {
        // The items of a list and the rows of a table stand together.
        let joined = matches!(first.kind, BlockKind::ListItem | BlockKind::TableRow);
        let run = blocks.iter().take_while(|block| block.kind == first.kind).count();
        let (now, rest) = blocks.split_at(if joined { run } else { 1 });
        // The dateline opens the first paragraph; before anything else it stands alone.
        let lead = match lead.take() {
            Some(lead) if first.kind == BlockKind::Paragraph => lead,
            Some(lead) => {
                out.push_str(&format!("<p>{}</p>\n", lead.trim_end()));
                String::new()
            }
            None => String::new(),
        };
        let each = |open: &str, close: &str| -> String {
            now.iter().map(|block| format!("{open}{}{close}\n", escape(&block.text))).collect()
        };
        out.push_str(&match first.kind {
            BlockKind::Paragraph => format!("<p>{lead}{}</p>\n", escape(&first.text)),
            BlockKind::Heading => format!("<h{heading}>{}</h{heading}>\n", escape(&first.text)),
            BlockKind::Quote => format!("<blockquote><p>{}</p></blockquote>\n", escape(&first.text)),
            // HTML drops a line break right behind `<pre>`.
            BlockKind::Preformatted => format!("<pre>\n{}</pre>\n", escape(&first.text)),
            BlockKind::ListItem => format!("<ul>\n{}</ul>\n", each("<li>", "</li>")),
            BlockKind::TableRow => table(now),
        });
        blocks = rest;
    }
    if let Some(lead) = lead {
        out.push_str(&format!("<p>{}</p>\n", lead.trim_end()));
    }
    out
}

/// Rows whose cells stand between ` | `; short ones are filled up, so that every row has every column.
fn table(rows: &[Block]) -> String {
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.text.split(" | ").collect()).collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(1);
    let mut out = String::from("<table>\n<tbody>\n");
    for row in cells {
        out.push_str("<tr>");
        for column in 0..columns {
            out.push_str(&format!("<td>{}</td>", escape(row.get(column).copied().unwrap_or_default())));
        }
        out.push_str("</tr>\n");
    }
    out + "</tbody>\n</table>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixtures::version;
    use crate::model::Dateline;

    #[test]
    fn tags_are_well_formed_or_left_out() {
        for (tag, expected) in [
            ("id", Some("id")),
            ("id_ID", Some("id-ID")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("bahasa indonesia", None),
            ("\"><script>", None),
            ("i", None),
            ("", None),
        ] {
            assert_eq!(language(Some(tag)).as_deref(), expected, "{tag}");
        }
        for (tag, expected) in [
            (Some("ar"), " lang=\"ar\" dir=\"rtl\""),
            (Some("ur-PK"), " lang=\"ur-PK\" dir=\"rtl\""),
            (Some("ar-Latn"), " lang=\"ar-Latn\" dir=\"ltr\""),
            (Some("ku-Arab"), " lang=\"ku-Arab\" dir=\"rtl\""),
            (Some("zh"), " lang=\"zh\" dir=\"ltr\""),
            (None, " dir=\"auto\""),
        ] {
            assert_eq!(attributes(tag, false), expected);
        }
        assert_eq!(attributes(Some("he"), true), " lang=\"he\" xml:lang=\"he\" dir=\"rtl\"");
    }

    #[test]
    fn a_body_is_well_formed_whatever_stands_in_it() {
        let mut version = version(1, "x", &["a < b & \u{0}c\u{b}", "d"]);
        let article = &mut version.article;
        article.dateline = Some(Dateline { raw: "JAKARTA – ".to_owned(), ..Dateline::default() });
        for (kind, text) in [
            (BlockKind::ListItem, "satu"),
            (BlockKind::ListItem, "dua"),
            (BlockKind::TableRow, "a | b"),
            (BlockKind::TableRow, "c"),
            (BlockKind::Preformatted, "\nx\n  y"),
            (BlockKind::Heading, "H"),
            (BlockKind::Quote, "Q"),
        ] {
            article.body.push(Block { kind, text: text.to_owned() });
        }
        let html = prose(article, 3);
        assert_eq!(
            html,
            "<p><span class=\"dateline\">JAKARTA –</span> a &lt; b &amp; c</p>\n<p>d</p>\n\
             <ul>\n<li>satu</li>\n<li>dua</li>\n</ul>\n\
             <table>\n<tbody>\n<tr><td>a</td><td>b</td></tr>\n<tr><td>c</td><td></td></tr>\n</tbody>\n</table>\n\
             <pre>\n\nx\n  y</pre>\n<h3>H</h3>\n<blockquote><p>Q</p></blockquote>\n"
        );
        article.body.remove(0);
        article.body.remove(0);
        assert!(prose(article, 2).starts_with("<p><span class=\"dateline\">JAKARTA –</span></p>\n<ul>"));
    }
}

//! An article as a page of its own: no script, nothing loaded from anywhere.

use kliping::model::{Article, Block, BlockKind, Version, escaped};
use kliping::store::ArticleRow;

use crate::cli::text::plain_lines;

const STYLE: &str = "\
body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 Georgia,serif;color:#1a1a1a;background:#fff}
h1{line-height:1.2}h2{margin-top:2rem}.about,footer{color:#666;font:.85rem/1.5 system-ui,sans-serif}
.dateline{font-weight:bold}blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #ccc}pre{overflow:auto}table{border-collapse:collapse}td{border:1px solid #ccc;padding:.2rem .6rem}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}.about,footer{color:#999}a{color:#8ab4f8}}";

pub fn page(row: &ArticleRow, version: &Version) -> String {
    let article = &version.article;
    let title = escape(&article.title);
    let language =
        article.language.as_deref().map(|l| format!(" lang=\"{}\"", escape(l))).unwrap_or_default();
    let mut about = vec![escape(row.site_name.as_deref().unwrap_or(&row.site))];
    about.extend(article.authors.iter().map(|author| escape(author)));
    if let Some(when) = &article.published {
        about.push(format!("<time datetime=\"{when}\">{}</time>", escape(&when.raw)));
    }
    let mut out = format!(
        "<!doctype html>\n<html{language}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<article>\n<h1>{title}</h1>\n\
         <p class=\"about\">{}</p>\n",
        about.join(" · ")
    );
    body(&version.article, &mut out);
    out.push_str(&format!(
        "</article>\n<footer>\n<p>Article {}, version {} of {}, as it was at <time>{:.0}</time>: <a rel=\"external\" \
         href=\"{url}\">{url}</a></p>\n</footer>\n</body>\n</html>\n",
        row.id,
        version.seq,
        row.versions,
        version.observed,
        url = escape(version.url.as_str()),
    ));
    out
}

fn body(article: &Article, out: &mut String) {
    let dateline = article.dateline.as_ref();
    let mut lead = dateline.map(|line| format!("<span class=\"dateline\">{}</span>", escape(&line.raw)));
    let mut blocks = article.body.as_slice();
    while let Some(first) = blocks.first() {
        // The items of a list and the rows of a table stand together.
        let run = match first.kind {
            BlockKind::ListItem | BlockKind::TableRow => {
                blocks.iter().take_while(|b| b.kind == first.kind).count()
            }
            _ => 1,
        };
        let (now, rest) = blocks.split_at(run);
        let lines: Vec<String> = now.iter().map(|b| lead.take().unwrap_or_default() + &inner(b)).collect();
        out.push_str(&match first.kind {
            BlockKind::Paragraph => format!("<p>{}</p>\n", lines.concat()),
            BlockKind::Heading => format!("<h2>{}</h2>\n", lines.concat()),
            BlockKind::Quote => format!("<blockquote><p>{}</p></blockquote>\n", lines.concat()),
            BlockKind::Preformatted => format!("<pre>{}</pre>\n", lines.concat()),
            BlockKind::ListItem => format!("<ul>\n<li>{}</li>\n</ul>\n", lines.join("</li>\n<li>")),
            BlockKind::TableRow => format!("<table>\n<tr>{}</tr>\n</table>\n", lines.join("</tr>\n<tr>")),
        });
        blocks = rest;
    }
}

/// What stands inside the element of a block.
fn inner(block: &Block) -> String {
    match block.kind {
        BlockKind::TableRow => {
            block.text.split(" | ").map(|cell| format!("<td>{}</td>", escape(cell))).collect()
        }
        _ => escape(&block.text),
    }
}

/// Text in which nothing is HTML.
fn escape(text: &str) -> String {
    escaped(&plain_lines(text))
}

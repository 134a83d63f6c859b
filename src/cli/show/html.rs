//! An article as a page of its own: no script, nothing loaded from anywhere.

use kliping::model::{BlockKind, Version};
use kliping::store::ArticleRow;

use crate::cli::text::plain_lines;

const STYLE: &str = "\
body{max-width:40rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 Georgia,serif;color:#1a1a1a;background:#fff}
h1{line-height:1.2}h2{margin-top:2rem}.about,footer{color:#666;font:.85rem/1.5 system-ui,sans-serif}
.dateline{font-weight:bold}blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #ccc}pre{overflow:auto}
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
    let mut list = false;
    for (n, block) in article.body.iter().enumerate() {
        let item = block.kind == BlockKind::ListItem;
        if item != list {
            out.push_str(if item { "<ul>\n" } else { "</ul>\n" });
            list = item;
        }
        let raw = article.dateline.as_ref().filter(|_| n == 0);
        let raw =
            raw.map(|d| format!("<span class=\"dateline\">{}</span>", escape(&d.raw))).unwrap_or_default();
        let text = escape(&block.text);
        out.push_str(&match block.kind {
            BlockKind::Paragraph | BlockKind::TableRow => format!("<p>{raw}{text}</p>\n"),
            BlockKind::Heading => format!("<h2>{raw}{text}</h2>\n"),
            BlockKind::Quote => format!("<blockquote><p>{raw}{text}</p></blockquote>\n"),
            BlockKind::ListItem => format!("<li>{raw}{text}</li>\n"),
            BlockKind::Preformatted => format!("<pre>{raw}{text}</pre>\n"),
        });
    }
    if list {
        out.push_str("</ul>\n");
    }
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

/// Text in which nothing is HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain_lines(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

//! The text of a version, in pages when it is long.

use maud::{Markup, html};

use super::parts::language;
use crate::model::{Article, Block, BlockKind};
use crate::serve::cut;

/// The blocks of a text, each as its own element; runs of list items and of table rows stand together.
/// What is very long is cut into pieces.
pub fn blocks(article: &Article) -> Vec<Markup> {
    let mut out = Vec::new();
    let mut rest = article.body.as_slice();
    let mut dateline = article.dateline.as_ref().map(|line| line.raw.as_str());
    while let Some(first) = rest.first() {
        let together = matches!(first.kind, BlockKind::ListItem | BlockKind::TableRow);
        // Small runs only: a list of ten thousand items has pages too.
        let run =
            if together { rest.iter().take(40).take_while(|b| b.kind == first.kind).count() } else { 1 };
        let (now, later) = rest.split_at(run);
        if run > 1 {
            out.push(run_of(now, dateline.take()));
        } else {
            for piece in cut::pieces(&first.text) {
                out.push(block(first.kind, piece, dateline.take()));
            }
        }
        rest = later;
    }
    out
}

/// The attribute `lang` of an article's text.
pub fn lang_of(article: &Article) -> Option<&str> {
    language(article.language.as_deref())
}

fn block(kind: BlockKind, text: &str, dateline: Option<&str>) -> Markup {
    let inner = html! { (lead(dateline)) (text) };
    match kind {
        BlockKind::Paragraph => html! { p dir="auto" data-key="item" { (inner) } },
        BlockKind::Heading => html! { h2 dir="auto" { (inner) } },
        BlockKind::Quote => html! { blockquote dir="auto" { p { (inner) } } },
        BlockKind::Preformatted => html! { pre dir="auto" tabindex="0" { (inner) } },
        BlockKind::ListItem => html! { ul dir="auto" { li { (inner) } } },
        BlockKind::TableRow => {
            html! { div class="table" tabindex="0" { table { tbody { (row(text, dateline)) } } } }
        }
    }
}

fn run_of(blocks: &[Block], dateline: Option<&str>) -> Markup {
    let text = |n: usize| cut::clip(&blocks[n].text, cut::PIECE);
    let line = |n: usize| dateline.filter(|_| n == 0);
    match blocks[0].kind {
        BlockKind::TableRow => html! {
            div class="table" tabindex="0" { table { tbody { @for n in 0..blocks.len() { (row(&text(n), line(n))) } } } }
        },
        _ => html! { ul dir="auto" { @for n in 0..blocks.len() { li { (lead(line(n))) (text(n)) } } } },
    }
}

fn row(text: &str, dateline: Option<&str>) -> Markup {
    html! { tr { @for (n, cell) in text.split(" | ").enumerate() { td dir="auto" { (lead(dateline.filter(|_| n == 0))) (cell) } } } }
}

/// The dateline, where the text begins with one.
fn lead(dateline: Option<&str>) -> Markup {
    html! { @if let Some(line) = dateline { span class="dateline" { (cut::clip(line, 200)) } } }
}

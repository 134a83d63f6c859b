//! The job by `scraper`, as its documentation shows it.

use scraper::{ElementRef, Html, Selector};

use crate::wanted::{BODY, DATE, ENOUGH, OUT, PARAGRAPHS, TITLE};

pub struct Job {
    title: Vec<Selector>,
    date: Vec<(Selector, &'static str)>,
    out: Vec<Selector>,
    body: Vec<Selector>,
    paragraphs: Selector,
}

fn compiled(css: &str) -> Selector {
    Selector::parse(css).expect("a sound selector")
}

impl Job {
    pub fn new() -> Self {
        Self {
            title: TITLE.iter().map(|css| compiled(css)).collect(),
            date: DATE.iter().map(|(css, attribute)| (compiled(css), *attribute)).collect(),
            out: OUT.iter().map(|css| compiled(css)).collect(),
            body: BODY.iter().map(|css| compiled(css)).collect(),
            paragraphs: compiled(PARAGRAPHS),
        }
    }

    pub fn run(&self, text: &str) -> usize {
        let mut html = Html::parse_document(text);
        let title =
            self.title.iter().find_map(|css| html.select(css).map(folded).find(|text| !text.is_empty()));
        let date = self.date.iter().find_map(|(css, name)| html.select(css).find_map(|node| node.attr(name)));
        let found = title.map_or(0, |text| text.len()) + date.map_or(0, str::len);
        for css in &self.out {
            let nodes: Vec<_> = html.select(css).map(|node| node.id()).collect();
            for id in nodes {
                if let Some(mut node) = html.tree.get_mut(id) {
                    node.detach();
                }
            }
        }
        let body = self.body.iter().find_map(|css| {
            let paragraphs: Vec<String> =
                html.root_element().select(css).next()?.select(&self.paragraphs).map(folded).collect();
            let letters: usize = paragraphs.iter().map(String::len).sum();
            (letters >= ENOUGH).then_some(letters)
        });
        found + body.unwrap_or(0)
    }
}

fn folded(node: ElementRef<'_>) -> String {
    node.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

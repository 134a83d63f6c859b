//! The job by kliping's tree.

use kliping::dom::{Document, Flow, NodeSet, Query, Selector, Step, charset};

use crate::wanted::{BODY, DATE, ENOUGH, OUT, PARAGRAPHS, TITLE};

pub struct Job {
    title: Vec<Query>,
    date: Vec<Query>,
    out: Selector,
    body: Vec<Selector>,
    paragraphs: Selector,
}

fn compiled(css: &str) -> Selector {
    Selector::parse(css).expect("a sound selector")
}

fn query(text: &str) -> Query {
    Query::parse(text).expect("a sound query")
}

impl Job {
    pub fn new() -> Self {
        Self {
            title: TITLE.iter().map(|css| query(css)).collect(),
            date: DATE.iter().map(|(css, name)| query(&format!("{css}::attr({name})"))).collect(),
            out: compiled(&OUT.join(", ")),
            body: BODY.iter().map(|css| compiled(css)).collect(),
            paragraphs: compiled(PARAGRAPHS),
        }
    }

    pub fn run(&self, bytes: &[u8]) -> usize {
        let doc = Document::parse(&charset::decode(bytes, None).0);
        let first = |queries: &[Query]| {
            queries
                .iter()
                .find_map(|query| doc.select(&query.selector).find_map(|node| node.take(&query.take)))
        };
        let found = [&self.title, &self.date].map(|queries| first(queries).map_or(0, |text| text.len()));
        let mut out = NodeSet::default();
        doc.select(&self.out).for_each(|node| {
            out.insert(node);
        });
        let body = self.body.iter().find_map(|css| {
            let container = doc.select(css).find(|node| !out.covers(*node))?;
            let nodes = container.select(&self.paragraphs).filter(|node| !out.covers(*node));
            let letters: usize = nodes.map(|node| folded(node, &out).len()).sum();
            (letters >= ENOUGH).then_some(letters)
        });
        found[0] + found[1] + body.unwrap_or(0)
    }
}

/// The text of an element without what is out.
fn folded(node: kliping::dom::Node<'_>, out: &NodeSet) -> String {
    let (mut text, mut hidden) = (Flow::default(), 0usize);
    for step in node.walk() {
        match step {
            Step::Enter(node) => hidden += usize::from(out.has(node)),
            Step::Leave(node) => hidden -= usize::from(out.has(node)),
            Step::Text(run) if hidden == 0 => text.push(run),
            Step::Text(_) => {}
        }
    }
    text.finish()
}

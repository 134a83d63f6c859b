//! Every tree must be html5ever's, as `scraper` holds it.

use html5ever::tree_builder::{TreeBuilder, TreeSink};
use scraper::Html;

use super::Spare;
use super::cases::CASES;
use crate::dom::Parser;
use crate::dom::engine::limited;
use crate::dom::tree::{Names, Sink, Tree};

/// What two trees have in common must be all.
fn compare(html: &str) {
    for parser in [Parser::Fast, Parser::Reference] {
        let reference = Html::parse_document(&limited(html));
        assert!(parser.tree(html).is_of(&reference), "within limits: {html:?}");
    }
    let (fast, reference) = (unlimited(html), Html::parse_document(html));
    assert!(fast.is_of(&reference), "{html:?}\n fast: {fast:?}\n html5ever: {:?}", reference.tree);
}

fn unlimited(html: &str) -> Tree {
    let (names, spare) = (Names::default(), Spare::default());
    let builder = TreeBuilder::new(Sink::new(&names, &spare, 0), Default::default());
    super::feed(html, builder, None, &spare).sink.finish().finished(names)
}

#[test]
fn trees_that_differ_are_told_apart() {
    let differs = |one: &str, other: &str| !Parser::Fast.tree(one).is_of(&Html::parse_document(other));
    assert!(differs("<p>a", "<p>b") && differs("<p a=b>", "<p a=c>") && differs("<p>", "<!doctype html><p>"));
}

#[test]
fn every_state_leads_to_the_tree_that_html5ever_builds() {
    for (state, pages) in CASES {
        for html in *pages {
            println!("{state}");
            compare(html);
            compare(&format!("<!DOCTYPE html><p>{html}"));
            compare(&format!("{html}<p>x&amp;y</p>"));
        }
    }
}

#[test]
fn a_page_that_ends_anywhere_is_read_alike() {
    for html in CASES.iter().flat_map(|(_, pages)| *pages) {
        for (end, _) in html.char_indices() {
            compare(&html[..end]);
        }
    }
}

/// Pieces that pages are made of here: whatever a state of the tokenizer waits for.
const PIECES: &str = "< </ > /> <!-- --> --!> -- - ! <! <? <![CDATA[ ]]> ] <!doctype html public system script <script> \
    </script> </SCRIPT title <title> </title> <style> </style textarea <textarea> <pre> svg <svg> </svg> math desc \
    <plaintext> table <table> <td> <select> <template> b p div <meta\tcharset=x> & &amp &amp; &not &nbsp; ; # x &# &#x \
    &#10 65 = ' \" / a B 1 é 語 \0 \u{feff}";

/// Numbers as if at random (a linear congruential generator with Knuth's factor).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn any_text_becomes_the_tree_that_html5ever_builds() {
    let pieces: Vec<&str> = PIECES.split(' ').chain([" ", "\n", "\r", "\t", "\x0c", "\r\n", ""]).collect();
    let mut numbers = Numbers(42);
    let rounds = std::env::var("KLIPING_TOKENS").ok().and_then(|n| n.parse().ok()).unwrap_or(4000);
    for _ in 0..rounds {
        let length = numbers.below(40);
        compare(&(0..length).map(|_| pieces[numbers.below(pieces.len())]).collect::<String>());
    }
}

//! How long a comparison takes. Bars: 1,000 words with five edits at most 0.5 ms, two unrelated texts of
//! 20,000 words at most 100 ms.

use std::collections::BTreeMap;
use std::hint::black_box;

use kliping::diff::{Change, compare};
use kliping::model::{Article, Block, BlockKind, ExtractorId, Reading, sha256};

fn main() {
    divan::main();
}

/// Text of so many words, in paragraphs of 45: common words mixed with rare ones, some numbers and names.
fn text(seed: u64, words: usize, paragraph: usize) -> Vec<String> {
    const COMMON: [&str; 16] = [
        "yang",
        "di",
        "dan",
        "itu",
        "dengan",
        "untuk",
        "pada",
        "ini",
        "dari",
        "dalam",
        "tidak",
        "akan",
        "warga",
        "pemerintah",
        "desa",
        "kabupaten",
    ];
    let mut state = seed;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut word = move |at: usize| {
        let word = match next(20) {
            0 => format!("{},{}", next(90), next(90)),
            1 => format!("Nama{}", next(300)),
            n if n < 9 => COMMON[next(COMMON.len())].to_owned(),
            _ => format!("kata{}", next(8_000)),
        };
        if at % 12 == 11 { format!("{word}.") } else { word }
    };
    let all: Vec<String> = (0..words).map(&mut word).collect();
    all.chunks(paragraph).map(|words| words.join(" ")).collect()
}

fn article(body: &[String]) -> Article {
    let block = |text: &String| Block { kind: BlockKind::Paragraph, text: text.clone() };
    Article {
        title: "Panen raya di lereng gunung".to_owned(),
        dateline: None,
        authors: Vec::new(),
        section: None,
        language: None,
        published: None,
        modified: None,
        canonical_url: None,
        body: body.iter().map(block).collect(),
        images: Vec::new(),
        comment_form: None,
        removed: Vec::new(),
        reading: Reading {
            site: String::new(),
            layout: String::new(),
            site_file_sha256: sha256(b""),
            extractor: ExtractorId(String::new()),
            fields: BTreeMap::new(),
        },
    }
}

fn compared(a: &[String], b: &[String], bencher: divan::Bencher<'_, '_>) {
    let (a, b) = (article(a), article(b));
    bencher.bench(|| -> Change { compare(black_box(&a), black_box(&b)) });
}

#[divan::bench]
fn a_thousand_words_with_five_edits(bencher: divan::Bencher<'_, '_>) {
    let old = text(1, 1_000, 45);
    let mut new = old.clone();
    for (n, paragraph) in [1, 5, 9, 14, 20].into_iter().enumerate() {
        new[paragraph] = new[paragraph].replacen("kata", "lain", 1) + &format!(" {n}");
    }
    compared(&old, &new, bencher);
}

#[divan::bench]
fn twenty_thousand_words_edited_everywhere(bencher: divan::Bencher<'_, '_>) {
    let old = text(1, 20_000, 45);
    let new: Vec<String> = old.iter().map(|paragraph| paragraph.replace("kata1", "lain1")).collect();
    compared(&old, &new, bencher);
}

#[divan::bench]
fn twenty_thousand_unrelated_words(bencher: divan::Bencher<'_, '_>) {
    compared(&text(1, 20_000, 45), &text(2, 20_000, 45), bencher);
}

#[divan::bench]
fn twenty_thousand_unrelated_words_in_one_paragraph(bencher: divan::Bencher<'_, '_>) {
    compared(&text(1, 20_000, 20_000), &text(2, 20_000, 20_000), bencher);
}

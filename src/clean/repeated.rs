//! Furniture by repetition: lines that stand in many articles of the site.
//!
//! A sentence that an editor uses again ("did not answer questions") stands in some articles of
//! thousands, a box on every tenth page or more: how often decides, and where. Nothing goes when it
//! would be much of the text: then the newspaper has printed a story again.

use std::ops::RangeInclusive;

use crate::model::{Article, Block, BlockKind, Often, Removal, Repeated, is_letter, line_hash};

/// So many other articles must have the line.
const ARTICLES: u32 = 3;
/// Of fewer articles half must have it: then a series of some stories would look like furniture.
const FEW: u32 = 20;
/// So many of a hundred articles must have it, inside the text, and at its edges.
const INSIDE: u32 = 15;
const EDGE: u32 = 5;
/// A shorter line goes only at the edges, and when nearly half of the articles have it.
const SHORT: usize = 30;
const SHORT_SHARE: u32 = 40;
/// How many blocks from the start, and before the end, are the edges.
const EDGES: (usize, usize) = (2, 4);
/// At most this share of the text goes: one in so many characters.
const MOST: usize = 3;

/// Cuts what stands in many articles of the site; `summary` is what the article's own source says of
/// it, and stays.
pub fn cut_repeated(article: &mut Article, known: &Repeated, summary: Option<&str>) {
    if known.lines.is_empty() && known.cut.is_empty() {
        return;
    }
    let body = &article.body;
    let hashes: Vec<i64> = body.iter().map(|block| line_hash(&block.text)).collect();
    let stays = |block: &Block| summary.is_some_and(|summary| summary.contains(block.text.as_str()));
    let mut goes: Vec<bool> = (0..body.len())
        .map(|at| {
            let edge = at < EDGES.0 || at + EDGES.1 >= body.len();
            let often = known.lines.get(&hashes[at]).copied();
            let furniture = often.is_some_and(|often| is_furniture(&body[at], often, edge));
            known.cut.contains(&hashes[at])
                || (furniture && !known.own.contains(&hashes[at]) && !stays(&body[at]))
        })
        .collect();
    for at in (1..body.len()).rev() {
        // The heading of a box goes with it.
        let headed = goes[at] && body[at - 1].kind == BlockKind::Heading;
        let often = known.lines.get(&hashes[at - 1]);
        goes[at - 1] |= headed
            && !known.own.contains(&hashes[at - 1])
            && often.is_some_and(|often| often.articles >= ARTICLES && share(*often) >= INSIDE);
    }
    let chars = |take: &dyn Fn(usize) -> bool| -> usize {
        (0..body.len()).filter(|&at| take(at)).map(|at| body[at].text.chars().count()).sum()
    };
    if chars(&|at| goes[at]) * MOST > chars(&|_| true) {
        return;
    }
    let mut at = 0;
    let Article { body, removed, .. } = article;
    body.retain(|block| {
        let (gone, often) = (goes[at], known.lines.get(&hashes[at]));
        at += 1;
        if gone {
            let articles = often.map_or(ARTICLES, |often| often.articles);
            removed.push(Removal {
                rule: format!("{} {articles} pages", Repeated::RULE),
                chars: block.text.chars().count(),
                text: block.text.clone(),
            });
        }
        !gone
    });
}

fn is_furniture(block: &Block, often: Often, edge: bool) -> bool {
    const LETTERS: RangeInclusive<usize> = 0..=2;
    if matches!(block.kind, BlockKind::Heading | BlockKind::Preformatted) || often.articles < ARTICLES {
        return false;
    }
    // `***` parts chapters, and an interviewer asks the same of everybody.
    let letters = block.text.chars().filter(|&c| is_letter(c)).count();
    let question = block.text.trim_end_matches(['"', '”', '»']).ends_with(['?', '？', '؟']);
    if LETTERS.contains(&letters) || (question && !edge) {
        return false;
    }
    // What somebody said stands in every story of an affair, on a young site soon in half of them; and
    // in a short story every place is near an edge.
    let quoted = block.kind == BlockKind::Quote;
    if quoted && often.of < FEW {
        return false;
    }
    let edge = edge && !quoted;
    let least = match (block.text.chars().count() < SHORT, edge) {
        (true, false) => return false,
        (true, true) => SHORT_SHARE,
        (false, true) => EDGE,
        (false, false) => INSIDE,
    };
    share(often) >= if often.of < FEW { least.max(50) } else { least }
}

/// Of a hundred articles.
fn share(often: Often) -> u32 {
    often.articles.saturating_mul(100) / often.of.max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::clean::clean;
    use crate::clean::plain_text;
    use crate::site::Site;

    const BOX: &str = "Dukung kami: berlangganan koran ini mulai dari tiga puluh ribu rupiah sebulan.";

    fn article(lines: &[&str]) -> Article {
        clean(&Site::empty(), plain_text(&format!("Judul\n\n{}", lines.join("\n\n"))))
    }

    fn story(count: usize) -> Vec<String> {
        (0..count)
            .map(|i| format!("Paragraf {i} bercerita tentang warga desa dan hutan di lereng gunung itu."))
            .collect()
    }

    fn known(line: &str, articles: u32, of: u32) -> Repeated {
        Repeated { lines: HashMap::from([(line_hash(line), Often { articles, of })]), ..Repeated::default() }
    }

    /// Whether a line that stands at `at` of ten is cut.
    fn is_cut(line: &str, at: usize, known: &Repeated, summary: Option<&str>) -> bool {
        let mut lines = story(9);
        lines.insert(at, line.to_owned());
        let mut article = article(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        cut_repeated(&mut article, known, summary);
        let told = Repeated::cut_from(&article).count();
        assert_eq!(article.body.len() + told, 10, "what is cut is told");
        told == 1
    }

    #[test]
    fn how_often_and_where_a_line_stands_decides() {
        for (what, line, at, articles, of, cut) in [
            ("on every page", BOX, 5, 4, 4, true),
            ("on three of four", BOX, 5, 3, 4, true),
            ("on two", BOX, 5, 2, 2, false),
            ("on every fifth of many", BOX, 5, 20, 100, true),
            ("a sentence used again", BOX, 5, 8, 400, false),
            ("a series of some stories among few", BOX, 5, 4, 12, false),
            ("on every tenth, inside", BOX, 5, 10, 100, false),
            ("on every tenth, at the end", BOX, 9, 10, 100, true),
            ("three stars", "* * *", 5, 90, 100, false),
            ("three stars at the end", "***", 9, 90, 100, false),
            ("a question", "Apa rencana Anda untuk tahun yang akan datang?", 5, 90, 100, false),
            ("a short line inside", "Ringkasan berita", 5, 90, 100, false),
            ("a short line at the end", "Redaksi Kabar Lereng", 9, 90, 100, true),
        ] {
            assert_eq!(is_cut(line, at, &known(line, articles, of), None), cut, "{what}");
        }
    }

    #[test]
    fn a_quotation_that_some_stories_share_is_no_furniture() {
        let mut article = article(&story(9).iter().map(String::as_str).collect::<Vec<_>>());
        article.body[7].kind = BlockKind::Quote;
        let line = article.body[7].text.clone();
        for (articles, of) in [(4, 6), (3, 33)] {
            cut_repeated(&mut article, &known(&line, articles, of), None);
            assert_eq!(article.body.len(), 9, "{articles} of {of}");
        }
        cut_repeated(&mut article, &known(&line, 20, 40), None);
        assert_eq!(article.body.len(), 8);
    }

    #[test]
    fn what_the_source_says_of_the_article_stays() {
        let often = known(BOX, 9, 10);
        assert!(!is_cut(BOX, 1, &often, Some(&format!("Ringkasan. {BOX} Selesai."))));
        assert!(is_cut(BOX, 1, &often, Some("Ringkasan.")));
    }

    #[test]
    fn what_is_archived_stays_as_it_is() {
        let archived = |line: &str| Repeated { own: [line_hash(line)].into(), ..known(BOX, 9, 10) };
        assert!(!is_cut(BOX, 5, &archived(BOX), None), "it stands in the archived version");
        assert!(is_cut(BOX, 5, &archived("lain"), None));
        assert!(is_cut(BOX, 5, &archived(BOX).today(), None), "unless it is asked for");
        let forgotten = Repeated { cut: [line_hash(BOX)].into(), ..Repeated::default() };
        assert!(is_cut(BOX, 5, &forgotten, None), "it was cut from the archived version");
    }

    #[test]
    fn a_story_printed_again_loses_nothing() {
        let lines = story(6);
        let often = Often { articles: 5, of: 5 };
        let known = Repeated {
            lines: lines.iter().map(|line| (line_hash(line), often)).collect(),
            ..Repeated::default()
        };
        let mut article = article(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        cut_repeated(&mut article, &known, None);
        assert_eq!((article.body.len(), article.removed.len()), (6, 0));
    }
}

//! The words of a page: long paragraphs shortened, every word replaced.

use super::cut::Measure;
use super::known::Voice;
use super::tree::{Kind, Tree, is_inline};
use super::words::{is_letter, tokens};

/// Words at the end of a shortened paragraph, where signatures stand.
const TAIL: usize = 3;
/// What forms and fields keep of their words.
const FIELD: usize = 60;

/// Shortens and replaces all texts of a tree.
pub(super) fn rewrite(tree: &mut Tree, measure: &Measure, voice: &Voice<'_>) {
    for run in runs(tree) {
        let whole: String = run.iter().filter_map(|at| text(tree, *at)).collect();
        let kept = voice.kept(&whole);
        let limit = limit(tree, &run, measure);
        let texts: Vec<&str> = run.iter().filter_map(|at| text(tree, *at)).collect();
        let shortened = clip(&texts, limit, TAIL);
        let folded: Vec<String> =
            run.iter().zip(&shortened).map(|(at, text)| folded_space(tree, *at, text)).collect();
        for (at, text) in run.into_iter().zip(voice.words.replace_all(&folded, &kept)) {
            tree.items[at].kind = Kind::Text(text);
        }
    }
}

fn text(tree: &Tree, at: usize) -> Option<&str> {
    if let Kind::Text(text) = &tree.items[at].kind { Some(text) } else { None }
}

/// White space as one blank; a blank line stays one, since it may part paragraphs.
fn folded_space(tree: &Tree, at: usize, text: &str) -> String {
    if tree.ancestors(at).any(|around| matches!(tree.items[around].name(), "pre" | "textarea")) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut blank = String::new();
    for c in text.chars() {
        if c.is_whitespace() {
            blank.push(c);
            continue;
        }
        out.push_str(space(&blank));
        blank.clear();
        out.push(c);
    }
    out.push_str(space(&blank));
    out
}

fn space(blank: &str) -> &'static str {
    match blank.matches('\n').count() {
        _ if blank.is_empty() => "",
        0 | 1 => " ",
        _ => "\n\n",
    }
}

/// The texts of each line or paragraph, in document order.
fn runs(tree: &Tree) -> Vec<Vec<usize>> {
    let (mut out, mut run) = (Vec::new(), Vec::new());
    // A block ends the run when it starts and when it ends; the mark for its end is a second visit.
    let mut open = vec![(0, false)];
    while let Some((at, leaving)) = open.pop() {
        let item = &tree.items[at];
        match &item.kind {
            Kind::Text(text) if !text.trim().is_empty() => run.push(at),
            Kind::Text(_) => {}
            Kind::Element(name, _) => {
                if !is_inline(name) || name == "br" {
                    out.extend(Some(std::mem::take(&mut run)).filter(|run| !run.is_empty()));
                }
                if !leaving && name != "script" {
                    open.push((at, true));
                    open.extend(item.children.iter().rev().map(|child| (*child, false)));
                }
            }
        }
    }
    out.extend(Some(run).filter(|run| !run.is_empty()));
    out
}

/// How many words a run keeps.
fn limit(tree: &Tree, run: &[usize], measure: &Measure) -> usize {
    let Some(&first) = run.first() else { return 0 };
    let parent = &tree.items[tree.items[first].parent];
    let around: Vec<usize> = tree.ancestors(first).take(3).collect();
    let named = |names: &[&str]| around.iter().any(|at| names.contains(&tree.items[*at].name()));
    let story = run.iter().any(|at| tree.items[*at].mark.story > 0);
    let (own, near, far) = measure.words;
    if parent.name() == "title" || named(&["h1", "h2", "h3"]) {
        FIELD.max(near)
    } else if story {
        own
    } else if parent.mark.form || parent.mark.needed {
        FIELD.max(far)
    } else if parent.mark.near {
        near
    } else {
        far
    }
}

/// Shortens texts that stand in one line: so many words, the last few of them from the end.
pub(super) fn clip(texts: &[&str], limit: usize, tail: usize) -> Vec<String> {
    let whole = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let atoms: Vec<(usize, &str)> =
        texts.iter().enumerate().flat_map(|(at, text)| atoms(text).map(move |atom| (at, atom))).collect();
    let weights: Vec<usize> = atoms.iter().map(|(_, atom)| weight(atom)).collect();
    let all: usize = weights.iter().sum();
    if all <= limit * 5 {
        return whole(texts);
    }
    let (head, from) = (limit.saturating_sub(tail) * 5, all.saturating_sub(tail * 5));
    let mut out = vec![String::new(); texts.len()];
    let (mut before, mut gap) = (0, false);
    for ((at, atom), weight) in atoms.into_iter().zip(weights) {
        let keeps = before < head || (tail > 0 && before + weight > from) || (tail > 0 && before >= all);
        if keeps {
            if gap && !out[at].ends_with(' ') {
                out[at].push(' ');
            }
            gap = false;
            out[at].push_str(atom);
        } else {
            gap = weight > 0 || gap;
        }
        before += weight;
    }
    out
}

/// Words, signs of scripts without blanks, and what stands between them.
fn atoms(text: &str) -> impl Iterator<Item = &str> {
    tokens(text).into_iter().flat_map(|token| {
        let signs = token.is_word && token.text.chars().any(|c| c as u32 >= 0x3000 && is_letter(c));
        if signs {
            token.text.split("").filter(|sign| !sign.is_empty()).collect::<Vec<_>>()
        } else {
            vec![token.text]
        }
    })
}

/// In fifths of a word.
fn weight(atom: &str) -> usize {
    match atom.chars().next() {
        Some(c) if !is_letter(c) => 0,
        Some(c) if c as u32 >= 0x3000 => 2,
        _ => 5,
    }
}

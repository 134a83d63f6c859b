//! From a draft to an article: boilerplate out and kept as evidence, dateline and authors taken
//! apart, text in one form. Pure: the same draft gives the same article.

mod boilerplate;
mod byline;
mod comment_form;
pub mod dateline;
mod plain;
mod repeated;
mod words;

use crate::model::{
    Article, Block, BlockKind, CommentForm, Dateline, DatelinePrior, Draft, DraftBlock, FieldName, Found,
    Image, Openings, Removal,
};
use crate::site::Site;

pub use plain::plain_text;
pub use repeated::cut_repeated;

/// Whether a line is made of nothing but phrases of comment forms.
#[must_use]
pub fn is_form_line(line: &str) -> bool {
    comment_form::classify(line) == comment_form::Line::Form
}

/// Whether a paragraph that is one link would be left out for what it says.
#[must_use]
pub fn is_boilerplate(line: &str) -> bool {
    let link_chars = line.chars().count();
    let block = DraftBlock { kind: BlockKind::Paragraph, text: line.to_owned(), link_chars };
    boilerplate::rule(&block).is_some()
}

/// The names in byline texts, each once, in order.
#[must_use]
pub fn names(texts: &[String]) -> Vec<String> {
    byline::authors(texts)
}

/// Whether a lower-case word of a byline is none of a name: what opens it, a role.
#[must_use]
pub fn is_byline_word(word: &str) -> bool {
    byline::is_known(word)
}

/// Cleans a draft. What the page's own rules removed stands in `draft.removed` already; what is
/// removed here is added to it, each with its rule.
#[must_use]
pub fn clean(site: &Site, draft: Draft) -> Article {
    let mut removed = draft.removed;
    let title = draft.title.as_ref().map(|found| words::tidy(&found.value, false)).unwrap_or_default();
    let mut fields = draft.reading.fields.clone();
    let mut note = |field: FieldName, source: Option<&str>| {
        if let Some(source) = source {
            fields.insert(field, source.to_owned());
        }
    };
    note(FieldName::Title, source(draft.title.as_ref()));
    note(FieldName::Author, source(draft.authors.as_ref()));
    note(FieldName::Published, source(draft.published.as_ref()));
    note(FieldName::Modified, source(draft.modified.as_ref()));
    note(FieldName::Section, source(draft.section.as_ref()));
    note(FieldName::Language, source(draft.language.as_ref()));
    note(FieldName::Body, source(draft.body.as_ref()));
    note(FieldName::CommentForm, source(draft.comment_form.as_ref()));

    let mut blocks: Vec<DraftBlock> = draft.body.map(|found| found.value).unwrap_or_default();
    for block in &mut blocks {
        block.text = words::tidy(&block.text, block.kind == BlockKind::Preformatted);
    }
    blocks.retain(|block| !block.text.is_empty());
    let phrases = take_form(&mut blocks, &mut removed);
    take_boilerplate(&mut blocks, site, &mut removed);
    cut_tail(&mut blocks, site, &mut removed);
    take_title(&mut blocks, &title, &mut removed);
    let outlets: Vec<String> = site.name.iter().cloned().chain(draft.site_names).collect();
    let dateline = take_dateline(&mut blocks, draft.dateline.as_ref(), &outlets, draft.dateline_prior);
    if let Some((_, from)) = &dateline {
        fields.insert(FieldName::Dateline, from.clone());
    }
    let comment_form = draft
        .comment_form
        .map(|found| CommentForm { text: found.value, rule: found.source })
        .or_else(|| phrases.map(|text| CommentForm { text, rule: "comment_form.phrase".to_owned() }));
    Article {
        title,
        dateline: dateline.map(|(line, _)| line),
        authors: draft.authors.map(|found| byline::authors(&found.value)).unwrap_or_default(),
        section: draft.section.map(|found| words::tidy(&found.value, false)),
        language: draft.language.map(|found| found.value),
        published: draft.published.map(|found| found.value),
        modified: draft.modified.map(|found| found.value),
        canonical_url: draft.canonical_url,
        body: blocks.into_iter().map(|block| Block { kind: block.kind, text: block.text }).collect(),
        images: draft.images.into_iter().map(tidy_image).collect(),
        comment_form,
        removed,
        reading: crate::model::Reading { fields, ..draft.reading },
    }
}

fn source<T>(found: Option<&Found<T>>) -> Option<&str> {
    found.map(|found| found.source.as_str())
}

fn tidy_image(image: Image) -> Image {
    let caption = image.caption.map(|text| words::tidy(&text, false)).filter(|text| !text.is_empty());
    Image { caption, ..image }
}

/// Takes blocks out and notes why.
fn drop_where(
    blocks: &mut Vec<DraftBlock>,
    removed: &mut Vec<Removal>,
    mut rule: impl FnMut(usize, &DraftBlock) -> Option<String>,
) {
    let mut index = 0;
    blocks.retain(|block| {
        let found = rule(index, block);
        index += 1;
        match found {
            Some(rule) => {
                removed.push(Removal { rule, chars: block.text.chars().count(), text: block.text.clone() });
                false
            }
            None => true,
        }
    });
}

/// Takes the lines of a comment form out; they are returned as its text.
fn take_form(blocks: &mut Vec<DraftBlock>, removed: &mut Vec<Removal>) -> Option<String> {
    let form = comment_form::lines(blocks.iter().map(|block| block.text.as_str()));
    let lines: Vec<&str> = blocks
        .iter()
        .zip(&form)
        .filter(|(_, is_form)| **is_form)
        .map(|(block, _)| block.text.as_str())
        .collect();
    let text = (!lines.is_empty()).then(|| lines.join("\n"));
    drop_where(blocks, removed, |index, _| form[index].then(|| "comment_form.phrase".to_owned()));
    text
}

fn take_boilerplate(blocks: &mut Vec<DraftBlock>, site: &Site, removed: &mut Vec<Removal>) {
    drop_where(blocks, removed, |_, block| {
        site.clean
            .drops(block)
            .or_else(|| boilerplate::rule(block).map(|phrase| format!("boilerplate {phrase}")))
    });
}

/// A headline printed again, over the text or anywhere in it, is no part of it.
fn take_title(blocks: &mut Vec<DraftBlock>, title: &str, removed: &mut Vec<Removal>) {
    let title = words::bare(title);
    if title.is_empty() {
        return;
    }
    drop_where(blocks, removed, |_, block| {
        words::says(&block.text, &title).then(|| "title repeated".to_owned())
    });
}

/// Cuts what the site's rules name off the end of the text.
fn cut_tail(blocks: &mut Vec<DraftBlock>, site: &Site, removed: &mut Vec<Removal>) {
    for pattern in &site.clean.strip_tail {
        let Some(last) = blocks.last_mut() else { return };
        let Some(end) = pattern.find_iter(&last.text).last().filter(|found| found.end() == last.text.len())
        else {
            continue;
        };
        let cut = last.text.split_off(end.start());
        removed.push(Removal {
            rule: format!("strip_tail {}", pattern.as_str()),
            chars: cut.chars().count(),
            text: cut,
        });
        let kept = last.text.trim_end().len();
        last.text.truncate(kept);
        if last.text.is_empty() {
            blocks.pop();
        }
    }
}

/// Splits the dateline off the first paragraph, so that its raw text and the paragraph are what the
/// page said; returns also what found it.
fn take_dateline(
    blocks: &mut Vec<DraftBlock>,
    pointed: Option<&Found<String>>,
    outlets: &[String],
    prior: DatelinePrior,
) -> Option<(Dateline, String)> {
    let index = blocks.iter().position(|block| block.kind == BlockKind::Paragraph)?;
    let first = &mut blocks[index];
    let hints =
        dateline::Hints { outlets, prior: if pointed.is_some() { DatelinePrior::Always } else { prior } };
    let by_rule = pointed.and_then(|found| {
        let text = words::tidy(&found.value, false);
        let words = text.trim_end_matches([' ', '-', '–', '—']);
        // The grammar takes it apart best where it names an agency or a date.
        let line = dateline::split(&first.text, &hints)
            .filter(|line| line.raw.starts_with(words) && (line.agency.is_some() || line.date.is_some()));
        let line = line.or_else(|| dateline::pointed(&first.text, &text))?;
        Some((line, found.source.clone()))
    });
    if by_rule.is_none()
        && let Some(alone) = pointed.and_then(|found| dateline_alone(blocks, found))
    {
        return Some(alone);
    }
    let first = blocks.get_mut(index)?;
    let (line, from) = by_rule.or_else(|| {
        let line = dateline::split(&first.text, &hints)?;
        // What only the habit of the site made one says so.
        let alone = dateline::Hints { outlets, ..dateline::Hints::default() };
        let by_habit = dateline::split(&first.text, &alone).as_ref() != Some(&line);
        let mark = if by_habit { Openings::MARK } else { "" };
        Some((line, format!("dateline grammar{mark}")))
    })?;
    first.text.drain(..line.raw.len());
    Some((line, from))
}

/// The dateline that is an element of its own: a rule left it out of the text, or it is a paragraph,
/// which goes. What opens a paragraph further down is part of that.
fn dateline_alone(blocks: &mut Vec<DraftBlock>, found: &Found<String>) -> Option<(Dateline, String)> {
    let text = words::tidy(&found.value, false);
    let line = dateline::alone(&text)?;
    let same = blocks.iter().position(|block| block.text == text);
    if same.is_none() && blocks.iter().any(|block| block.text.starts_with(&text)) {
        return None;
    }
    if let Some(index) = same.filter(|_| blocks.len() > 1) {
        blocks.remove(index);
    }
    Some((line, found.source.clone()))
}

#[cfg(test)]
mod tests;

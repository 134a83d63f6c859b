//! What must hold of every reading.

use kliping::clean;
use kliping::model::{Article, BlockKind, Draft, DraftBlock, Found};
use kliping::read::{self, ReadError};

use crate::case::{Case, World};
use crate::shown::Shown;

/// What does not hold of a page's reading; none when all is well.
pub fn fault(world: &World, case: &Case, bytes: &[u8]) -> Option<String> {
    let read = || {
        let (url, options) = (case.url(world), case.options(world));
        read::read(&world.catalog, bytes, case.header, url, options, world.now)
    };
    let first = read();
    let article = match &first {
        Err(ReadError::Panicked) => return Some("it panics".to_owned()),
        Err(_) => return None,
        Ok(read) => &read.article,
    };
    if case.twice && read() != first {
        return Some("the second reading is another".to_owned());
    }
    untidy(article)
        .or_else(|| titled(article))
        .or_else(|| {
            let mut shown = Shown::of(bytes, case.header);
            invented(article, &shown)?;
            // The text may stand in data for scripts, which are seldom worth reading.
            shown.add_scripts(bytes, case.header);
            invented(article, &shown)
        })
        .or_else(|| cleaned_again(world, article))
}

/// Empty blocks, blanks that are not folded.
fn untidy(article: &Article) -> Option<String> {
    if article.title.is_empty() || article.body.is_empty() {
        return Some("an article without a headline or a text".to_owned());
    }
    let blocks = article.body.iter().filter(|block| block.kind != BlockKind::Preformatted);
    let texts = blocks.map(|block| block.text.as_str()).chain([article.title.as_str()]);
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut bad = texts.filter(|text| text.trim().is_empty() || folded(text) != *text);
    bad.next().map(|text| format!("not tidy: {text:?}"))
}

/// The headline among the paragraphs.
fn titled(article: &Article) -> Option<String> {
    let bare = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let title = bare(&article.title);
    let mut texts = whole_texts(article).into_iter().map(|block| block.text);
    texts
        .find(|text| !title.is_empty() && bare(text) == title)
        .map(|text| format!("the headline in the body: {text:?}"))
}

/// Words that do not stand on the page.
fn invented(article: &Article, shown: &Shown) -> Option<String> {
    let blocks = whole_texts(article).into_iter().map(|block| ("body", block.text));
    let authors = article.authors.iter().map(|name| ("author", name.clone()));
    let section = article.section.iter().map(|name| ("section", name.clone()));
    // Evidence may be cut off in the middle of a word.
    let uncut =
        |text: &str| text.rsplit_once(char::is_whitespace).map_or(String::new(), |(head, _)| head.to_owned());
    let form = article.comment_form.iter().map(|form| ("comment form", uncut(&form.text)));
    let title = ("title", article.title.clone());
    let mut all = blocks.chain(authors).chain(section).chain(form).chain([title]);
    all.find_map(|(what, text)| {
        let word = shown.missing(&text)?;
        let excerpt: String = text.chars().take(200).collect();
        Some(format!("{what} holds {word:?}, which is not on the page: {excerpt:?}"))
    })
}

/// The body with the dateline back in its place.
fn whole_texts(article: &Article) -> Vec<DraftBlock> {
    let mut raw = article.dateline.as_ref().map(|line| line.raw.clone()).unwrap_or_default();
    let block = |kind, text| DraftBlock { kind, text, link_chars: 0 };
    let whole = |part: &kliping::model::Block| {
        let raw = if part.kind == BlockKind::Paragraph { std::mem::take(&mut raw) } else { String::new() };
        // It may be a line of its own.
        match raw.strip_suffix('\n') {
            Some(line) => vec![block(part.kind, line.to_owned()), block(part.kind, part.text.clone())],
            None => vec![block(part.kind, raw + &part.text)],
        }
    };
    article.body.iter().flat_map(whole).collect()
}

/// Cleaning what is clean changes nothing.
fn cleaned_again(world: &World, article: &Article) -> Option<String> {
    let found = |value| Found { value, source: String::new() };
    let before = whole_texts(article);
    let draft = Draft {
        title: Some(Found { value: article.title.clone(), source: String::new() }),
        dateline: None,
        dateline_prior: kliping::model::DatelinePrior::Unknown,
        authors: None,
        published: None,
        modified: None,
        section: None,
        language: None,
        body: Some(found(before.clone())),
        images: Vec::new(),
        comment_form: None,
        canonical_url: None,
        removed: Vec::new(),
        reading: article.reading.clone(),
        site_names: Vec::new(),
        findings: Vec::new(),
    };
    let again = clean::clean(&world.catalog.generic(), draft);
    let after = whole_texts(&again);
    if after == before {
        return None;
    }
    let lost = again.removed.first().map(|removal| format!("{}: {:?}", removal.rule, removal.text));
    Some(format!("cleaning it again changes it: {}", lost.unwrap_or_default()))
}

//! A page as the statement takes it: the fields of `pg_temp.fresh`, in their order.

pub(super) use crate::store::engine::Value;

use super::super::super::meta::{Meta, body_text};
use super::super::super::pages::Page;
use super::super::super::{StoreError, chain, lines, queue, search};
use super::super::{Job, head, identity, version};
use super::base::Packing;
use crate::model::{Article, Opening, Simhash};

/// What there is of a page: itself, and how it was packed.
type Kept<'p> = Option<(&'p Page, &'p Packing)>;

/// None: a text holds what the server's texts cannot, and its hash would be of another.
pub(super) fn of(job: &Job, article: &Article, kept: Kept<'_>) -> Result<Option<Vec<Value>>, StoreError> {
    let fingerprint = article.fingerprint();
    let mut row = request(job, article);
    row.extend(page(kept));
    row.extend(reading(article));
    let text = text(job, article)?;
    let hash = chain::text_of(text.iter().map(Into::into));
    // The address is the request's, which has it already.
    row.extend(text.into_iter().skip(1));
    row.push(fingerprint.content.0.to_vec().into());
    row.push(version::field_hashes(&fingerprint).into());
    row.push(hash.0.to_vec().into());
    row.extend(derived(article));
    let holds_nul = |value: &Value| matches!(value, Value::Text(text) if text.contains('\0'));
    Ok((!row.iter().any(holds_nul)).then_some(row))
}

/// Whose lease it is, and how the request went.
fn request(job: &Job, article: &Article) -> Vec<Value> {
    let fetch = &job.fetch;
    let url = fetch.answered();
    let canonical = identity::canonical(article, url);
    let (at, key) = (fetch.at.as_millisecond(), url.key());
    vec![
        fetch.lease.as_ref().map(|lease| lease.host.as_str().to_owned()).into(),
        fetch.lease.as_ref().map(|lease| lease.token).into(),
        fetch.site.clone().into(),
        fetch.site_name.clone().into(),
        fetch.run.map(|run| run.0).into(),
        url.as_str().to_owned().into(),
        key.clone().into(),
        queue::key_hash(&key).into(),
        canonical.as_ref().map(|url| url.as_str().to_owned()).into(),
        canonical.as_ref().map(|url| url.key()).into(),
        url.host_key().as_str().to_owned().into(),
        at.into(),
        fetch.status.map(i64::from).into(),
        fetch.validators.etag.clone().into(),
        fetch.validators.last_modified.clone().into(),
        fetch.content_type.clone().into(),
        integer(fetch.bytes),
        integer(fetch.elapsed_ms),
        fetch.via.as_str().to_owned().into(),
        head::next_check(&job.plan, fetch.at, (at, at), 0, false).into(),
    ]
}

fn page(kept: Kept<'_>) -> Vec<Value> {
    let Some((page, Packing { fit, first, reference, made })) = kept else { return vec![Value::Null; 14] };
    let repacked = made.as_ref().and_then(|made| made.repacked.as_ref());
    vec![
        page.sha256.0.to_vec().into(),
        integer(page.bytes.len() as u64),
        fit.packed.codec.to_owned().into(),
        fit.base.into(),
        fit.packed.data.clone().into(),
        (*reference).into(),
        i64::from(fit.helped).into(),
        i64::from(*first).into(),
        made.as_ref().map(|made| made.sha256.0.to_vec()).into(),
        made.as_ref().and_then(|made| i64::try_from(made.size).ok()).into(),
        made.as_ref().map(|made| made.packed.codec.to_owned()).into(),
        made.as_ref().map(|made| made.packed.data.clone()).into(),
        made.as_ref().map(|made| made.last.0.to_vec()).into(),
        repacked.map(|packed| packed.data.clone()).into(),
    ]
}

fn reading(article: &Article) -> Vec<Value> {
    let reading = &article.reading;
    vec![
        reading.extractor.0.clone().into(),
        reading.site.clone().into(),
        reading.layout.clone().into(),
        reading.site_file_sha256.0.to_vec().into(),
        version::sources(reading).into(),
    ]
}

/// The columns of a version that its text's hash is over, in the order in which they are hashed.
fn text(job: &Job, article: &Article) -> Result<Vec<Value>, StoreError> {
    let meta = serde_json::to_string(&Meta::of(article))
        .map_err(|e| StoreError::Io(format!("a version cannot be written as JSON: {e}")))?;
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    Ok(vec![
        job.fetch.answered().as_str().to_owned().into(),
        article.canonical_url.clone().into(),
        article.title.clone().into(),
        article.dateline.as_ref().map(|dateline| dateline.raw.clone()).into(),
        authors.into(),
        article.section.clone().into(),
        article.language.clone().into(),
        article.published.as_ref().map(ToString::to_string).into(),
        article.published.as_ref().map(|when| when.at.as_millisecond()).into(),
        article.modified.as_ref().map(ToString::to_string).into(),
        article.modified.as_ref().map(|when| when.at.as_millisecond()).into(),
        body_text(article).into(),
        integer(article.words() as u64),
        meta.into(),
    ])
}

/// What follows from the text: words for the search, bits of likeness, how it opens, its lines.
fn derived(article: &Article) -> Vec<Value> {
    let (hashes, lengths): (Vec<i64>, Vec<usize>) = lines::lines_of(article).into_iter().unzip();
    vec![
        search::vector_of(&article.title, &body_text(article)).into(),
        Simhash::of(article).map(|bits| bits.0.cast_signed()).into(),
        Opening::of(article).as_str().to_owned().into(),
        list(&hashes).into(),
        list(&lengths).into(),
    ]
}

/// As PostgreSQL reads an array.
fn list<T: ToString>(values: &[T]) -> String {
    format!("{{{}}}", values.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

fn integer(n: u64) -> Value {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

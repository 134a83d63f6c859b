//! Pages in the archive: each kept once, packed with what the pages of its site have in common.

use crate::store::engine::{Connection, OptionalExtension, params};

use super::codec::{self, Packed};
use super::sql::unreadable;
use super::{StoreError, guard, template};
use crate::model::{ArticleId, Sha256, sha256};

/// A reference is made anew after so many pages or days: sites change slowly, but they do.
pub(super) const MOST_PAGES: i64 = 500;
pub(super) const OLDEST_MS: i64 = 30 * 24 * 3600 * 1000;
/// And when it did little for so many pages in a row: the site has a new face.
pub(super) const MOST_MISSES: i64 = 3;
/// A reference of fewer bytes would be of no use.
pub(super) const SMALLEST: usize = 256;
/// Of a site that has a new face every time, a reference is made so rarely.
pub(super) const VAIN_MISSES: i64 = 50;
/// And tried with one of so many pages.
const TRIES: i64 = 8;
/// A page that a reference makes smaller than one in so many bytes needs no trying without.
const WELL_PACKED: usize = 10;

/// A page's bytes, hashed, ready to be written.
pub(super) struct Page {
    pub(super) sha256: Sha256,
    pub(super) bytes: Vec<u8>,
}

impl Page {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { sha256: sha256(&bytes), bytes }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// The reference of a site.
struct Reference {
    blob: Option<i64>,
    made_at: i64,
    pages: i64,
    misses: i64,
    article: ArticleId,
    page: i64,
}

impl Reference {
    /// The reference that the next page is packed with.
    fn to_try(&self) -> Option<i64> {
        self.blob.filter(|_| is_tried(self.misses))
    }
}

/// Whether the next page is packed with a reference that did little for so many pages in a row.
pub(super) fn is_tried(misses: i64) -> bool {
    misses < MOST_MISSES || misses % TRIES == 0
}

/// Writes a page once, however often it came; gives its row. Only the page of an article helps to
/// make the site's reference: what could not be read may be an error page or a consent wall.
pub(super) fn write(
    db: &Connection,
    page: &Page,
    site: i64,
    article: Option<ArticleId>,
    at: i64,
) -> Result<i64, StoreError> {
    // A page that was taken out stays out, also when it comes again.
    let known = db
        .prepare_cached("SELECT id FROM blob WHERE sha256 = ?1")?
        .query_row([page.sha256.0], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    let mut reference = reference(db, site)?;
    if let (Some(old), Some(article)) = (&mut reference, article)
        && worn(old, at)
        && old.article != article
        && let Some(last) = read(db, old.page)?
    {
        let common = template::common(&page.bytes, &last);
        old.blob = make(db, &common)?;
        (old.made_at, old.pages, old.misses) = (at, 0, 0);
        if let Some(blob) = old.blob {
            repack(db, old.page, &last, (blob, &common))?;
        }
    }
    let base = match reference.as_ref().and_then(Reference::to_try) {
        Some(blob) => read(db, blob)?.map(|bytes| (blob, bytes)),
        None => None,
    };
    let base = base.as_ref().map(|(blob, bytes)| (*blob, bytes.as_slice()));
    let fit = match &reference {
        None => Fit::first(&page.bytes),
        Some(reference) => Fit::of(&page.bytes, base, reference.misses),
    };
    if let Some(reference) = reference.as_mut().filter(|reference| reference.blob.is_some()) {
        reference.pages += 1;
        reference.misses = if fit.helped { 0 } else { reference.misses + 1 };
    }
    let id = insert(db, page.sha256, page.bytes.len(), &fit.packed, fit.base)?;
    note(db, site, reference, article.map(|article| (article, id)), at)?;
    Ok(id)
}

/// A page packed as small as it goes.
pub(super) struct Fit {
    pub(super) packed: Packed,
    /// The reference that it is packed with.
    pub(super) base: Option<i64>,
    /// Whether a reference did much for it.
    pub(super) helped: bool,
}

impl Fit {
    /// The first page of a site, which may stay the only one.
    pub(super) fn first(bytes: &[u8]) -> Self {
        Self { packed: codec::pack_rare(bytes), base: None, helped: false }
    }

    /// With a reference that did little for so many pages before: tried quickly first.
    pub(super) fn of(bytes: &[u8], base: Option<(i64, &[u8])>, misses: i64) -> Self {
        if misses > 0 { Self::doubted(bytes, base) } else { Self::packed(bytes, base) }
    }

    fn doubted(bytes: &[u8], base: Option<(i64, &[u8])>) -> Self {
        let alone = Self::packed(bytes, None);
        let tried = |(_, base): &(i64, &[u8])| codec::tried_with(bytes, base).ok();
        match base.filter(|base| tried(base).is_some_and(|left| helps(left, alone.packed.data.len()))) {
            Some(base) => Self::packed(bytes, Some(base)),
            None => alone,
        }
    }

    fn packed(bytes: &[u8], base: Option<(i64, &[u8])>) -> Self {
        let with = base.and_then(|(blob, base)| Some((blob, codec::pack_with(bytes, base).ok()?)));
        let Some((blob, with)) = with else {
            return Self { packed: codec::pack(bytes), base: None, helped: false };
        };
        if with.data.len() * WELL_PACKED < bytes.len() {
            return Self { packed: with, base: Some(blob), helped: true };
        }
        let alone = codec::pack(bytes);
        let helped = helps(with.data.len(), alone.data.len());
        if with.data.len() < alone.data.len() {
            Self { packed: with, base: Some(blob), helped }
        } else {
            Self { packed: alone, base: None, helped }
        }
    }
}

/// Whether what a reference leaves of a page is much less than what is left without.
const fn helps(with: usize, alone: usize) -> bool {
    with * 10 <= alone * 7
}

fn worn(reference: &Reference, at: i64) -> bool {
    reference.blob.is_none()
        || reference.pages >= MOST_PAGES
        || reference.misses >= if reference.misses < reference.pages { MOST_MISSES } else { VAIN_MISSES }
        || at.saturating_sub(reference.made_at) > OLDEST_MS
}

fn reference(db: &Connection, site: i64) -> Result<Option<Reference>, StoreError> {
    Ok(db
        .prepare_cached("SELECT * FROM page_reference WHERE site_id = ?1")?
        .query_row([site], |row| {
            Ok(Reference {
                blob: row.get("blob_id")?,
                made_at: row.get("made_at")?,
                pages: row.get("pages")?,
                misses: row.get("misses")?,
                article: ArticleId(row.get("article_id")?),
                page: row.get("page_id")?,
            })
        })
        .optional()?)
}

/// Remembers how the reference does, and the last page of an article.
fn note(
    db: &Connection,
    site: i64,
    reference: Option<Reference>,
    last: Option<(ArticleId, i64)>,
    at: i64,
) -> Result<(), StoreError> {
    let (blob, made_at, pages, misses, before) = match reference {
        Some(r) => (r.blob, r.made_at, r.pages, r.misses, Some((r.article, r.page))),
        None => (None, at, 0, 0, None),
    };
    let Some((article, page)) = last.or(before) else { return Ok(()) };
    // As `lines::count`: a REPLACE would make FTS5 write.
    db.prepare_cached("DELETE FROM page_reference WHERE site_id = ?1")?.execute([site])?;
    db.prepare_cached(
        "INSERT INTO page_reference (site_id, blob_id, made_at, pages, misses, article_id, page_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![site, blob, made_at, pages, misses, article.0, page])?;
    Ok(())
}

/// Writes a reference; none when it would be too small to be of use.
fn make(db: &Connection, bytes: &[u8]) -> Result<Option<i64>, StoreError> {
    if bytes.len() < SMALLEST {
        return Ok(None);
    }
    let hash = sha256(bytes);
    let known: Option<(i64, bool)> = db
        .prepare_cached("SELECT id, base_id IS NULL AND data IS NOT NULL FROM blob WHERE sha256 = ?1")?
        .query_row([hash.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match known {
        // A page can be its own site's template; one that needs a reference itself is of no use.
        Some((id, whole)) => Ok(whole.then_some(id)),
        None => insert(db, hash, bytes.len(), &codec::pack_rare(bytes), None).map(Some),
    }
}

/// Packs the page that came before its site's reference with it, too, when that makes it smaller. Its hash
/// and its bytes stay what they are.
fn repack(db: &Connection, page: i64, bytes: &[u8], reference: (i64, &[u8])) -> Result<(), StoreError> {
    let alone = db
        .prepare_cached(
            "SELECT 1 FROM blob WHERE id = ?1 AND codec <> 'zstd-ref'
                AND NOT EXISTS (SELECT 1 FROM blob WHERE base_id = ?1)",
        )?
        .exists([page])?;
    if !alone || page == reference.0 {
        return Ok(());
    }
    let Fit { packed, base: Some(base), .. } = Fit::of(bytes, Some(reference), 0) else { return Ok(()) };
    guard::lifted(db, "compact", || {
        db.prepare_cached("UPDATE blob SET codec = ?2, base_id = ?3, data = ?4 WHERE id = ?1")?
            .execute(params![page, packed.codec, base, packed.data])?;
        Ok(())
    })
}

fn insert(
    db: &Connection,
    hash: Sha256,
    size: usize,
    packed: &Packed,
    base: Option<i64>,
) -> Result<i64, StoreError> {
    db.prepare_cached("INSERT INTO blob (sha256, size, codec, base_id, data) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![hash.0, i64::try_from(size).unwrap_or(i64::MAX), packed.codec, base, packed.data])?;
    Ok(db.last_insert_rowid())
}

/// The bytes of a page or reference; none when they were taken out.
pub(super) fn read(db: &Connection, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let found = db
        .prepare_cached("SELECT codec, base_id, data, size FROM blob WHERE id = ?1 AND data IS NOT NULL")?
        .query_row([id], |row| {
            let size: i64 = row.get("size")?;
            let size = usize::try_from(size).map_err(|_| unreadable("size", "a negative size"))?;
            let base: Option<i64> = row.get("base_id")?;
            Ok((row.get::<_, String>("codec")?, base, row.get("data")?, size))
        })
        .optional()?;
    let Some((codec, base, data, size)) = found else { return Ok(None) };
    // Depth 1: a reference has no reference.
    let base = match base.filter(|base| *base != id) {
        Some(base) => whole(db, base)?,
        None => None,
    };
    codec::unpack(&codec, data, size, base.as_deref()).map(Some)
}

/// The bytes of a reference.
fn whole(db: &Connection, id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let found: Option<(String, Vec<u8>, i64)> = db
        .prepare_cached(
            "SELECT codec, data, size FROM blob WHERE id = ?1 AND data IS NOT NULL AND base_id IS NULL",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((codec, data, size)) = found else { return Ok(None) };
    codec::unpack(&codec, data, usize::try_from(size).unwrap_or(0), None).map(Some)
}

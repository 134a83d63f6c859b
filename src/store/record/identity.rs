//! Which article a page is: the question behind every redirect, AMP page, print view and new slug.
//!
//! An address belongs to one article for good. A page at an unknown address is a known article when
//! its canonical address or a redirect says so *and* its title or text agrees: WordPress guesses at
//! slugs, and broken themes name their front page as canonical on every page. Taking two articles
//! for one would overwrite a good text; keeping two rows for one harms nobody.

use crate::store::engine::{Connection, OptionalExtension, params};

use super::super::{StoreError, alike};
use super::Ctx;
use super::head::HeadRow;
use crate::model::{Article, ArticleId, ArticleState, Fingerprint, PageUrl, Simhash};

/// A text this long is not the same by accident.
const TELLING_WORDS: usize = 50;

/// Which article a page is.
pub(super) enum Kind {
    /// One that the archive does not have.
    New,
    /// A known one, at an address it is known by.
    Known(Box<HeadRow>),
    /// A known one, at the address that its old one leads to.
    Moved(Box<HeadRow>),
    /// A known one, at an address beside the one it is asked by: nothing to compare.
    Mirror(Box<HeadRow>),
    /// As `Mirror`, but nobody names the other address: look there whether it moved.
    Twin(Box<HeadRow>),
}

/// Which article a page is, what it is to be called, and which other article led here.
pub(super) struct Identity {
    pub(super) kind: Kind,
    /// The canonical address, when it may name the article.
    pub(super) canonical: Option<PageUrl>,
    /// Another article whose address led to this page.
    pub(super) left: Option<Box<HeadRow>>,
}

/// The article that an address belongs to.
pub(super) fn by_key(db: &Connection, key: &str) -> Result<Option<ArticleId>, StoreError> {
    Ok(db
        .prepare_cached("SELECT article_id FROM address WHERE key = ?1")?
        .query_row([key], |row| row.get(0).map(ArticleId))
        .optional()?)
}

pub(super) fn find(
    ctx: &Ctx<'_>,
    article: &Article,
    fingerprint: &Fingerprint,
) -> Result<Identity, StoreError> {
    let answered = ctx.fetch.answered();
    let (answered_key, requested_key) = (answered.key(), ctx.fetch.requested.key());
    let canonical = canonical(article, answered);
    let canonical_key = canonical.as_ref().map(PageUrl::key);
    let load = |key: &str| -> Result<Option<HeadRow>, StoreError> {
        by_key(ctx.db, key)?.map_or(Ok(None), |id| HeadRow::load(ctx, id))
    };
    let asker = if requested_key == answered_key { None } else { load(&requested_key)? };

    if let Some(row) = load(&answered_key)? {
        return at_own_address(ctx, row, asker, canonical);
    }

    // A redirect, seen in this request or in one before.
    let mut left = None;
    let mover = match asker {
        Some(row) => Some(row),
        None => pointing_at(ctx, &answered_key)?,
    };
    if let Some(row) = mover {
        if agrees(ctx, &row, article, fingerprint)? {
            let canonical = free_or_of(ctx.db, canonical, row.article)?;
            return Ok(Identity { kind: Kind::Moved(Box::new(row)), canonical, left: None });
        }
        left = Some(Box::new(row));
    }

    if let Some(key) = &canonical_key
        && let Some(row) = load(key)?
    {
        if agrees(ctx, &row, article, fingerprint)? {
            let mirror = row.state() == ArticleState::Live && row.ask_url.key() == *key;
            let row = Box::new(row);
            let kind = if mirror { Kind::Mirror(row) } else { Kind::Known(row) };
            return Ok(Identity { kind, canonical, left });
        }
        return Ok(Identity { kind: Kind::New, canonical: None, left });
    }

    if let Some(row) = twin(ctx, article, fingerprint)? {
        let live = row.state() == ArticleState::Live;
        let row = Box::new(row);
        // What is gone at its old address and reads the same at another has moved.
        let kind = if live { Kind::Twin(row) } else { Kind::Moved(row) };
        return Ok(Identity { kind, canonical, left });
    }
    Ok(Identity { kind: Kind::New, canonical, left })
}

/// The address that answered is known.
fn at_own_address(
    ctx: &Ctx<'_>,
    row: HeadRow,
    asker: Option<HeadRow>,
    canonical: Option<PageUrl>,
) -> Result<Identity, StoreError> {
    let (answered, requested) = (ctx.fetch.answered().key(), ctx.fetch.requested.key());
    let canonical_key = canonical.as_ref().map(PageUrl::key);
    let left = asker.filter(|asker| asker.article != row.article).map(Box::new);
    let canonical = free_or_of(ctx.db, canonical, row.article)?;
    let ask = row.ask_url.key();
    let mirror = row.state() == ArticleState::Live && ask != answered && canonical_key.as_ref() == Some(&ask);
    // The address it was asked by leads to another of its own: a slug was changed, and the new
    // address had been seen before.
    let moved = left.is_none() && requested != answered && ask == requested;
    let row = Box::new(row);
    let kind = if mirror {
        Kind::Mirror(row)
    } else if moved {
        Kind::Moved(row)
    } else {
        Kind::Known(row)
    };
    Ok(Identity { kind, canonical, left })
}

/// The page's canonical address, when it can be the name of this page: of the same registrable domain
/// (a mobile page names one of another host), and not the front page on a page that is none.
pub(super) fn canonical(article: &Article, answered: &PageUrl) -> Option<PageUrl> {
    let canonical = answered.join(article.canonical_url.as_deref()?).ok()?.without_tracking();
    let house = |url: &PageUrl| (url.host_key(), url.as_url().port());
    let front = |url: &PageUrl| url.path_and_query() == "/";
    (house(&canonical) == house(answered) && (!front(&canonical) || front(answered))).then_some(canonical)
}

/// The canonical address, unless it belongs to another article.
fn free_or_of(
    db: &Connection,
    canonical: Option<PageUrl>,
    article: ArticleId,
) -> Result<Option<PageUrl>, StoreError> {
    let Some(url) = canonical else { return Ok(None) };
    let owner = by_key(db, &url.key())?;
    Ok(owner.is_none_or(|owner| owner == article).then_some(url))
}

/// An article whose address was seen to lead to this key.
fn pointing_at(ctx: &Ctx<'_>, key: &str) -> Result<Option<HeadRow>, StoreError> {
    let id: Option<i64> = ctx
        .db
        .prepare_cached("SELECT article_id FROM head WHERE moved_to = ?1 ORDER BY article_id LIMIT 1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    id.map_or(Ok(None), |id| HeadRow::load(ctx, ArticleId(id)))
}

/// An article of the same site that reads the same in every field.
fn twin(ctx: &Ctx<'_>, article: &Article, fingerprint: &Fingerprint) -> Result<Option<HeadRow>, StoreError> {
    let words = article.words();
    if words == 0 || (article.published.is_none() && words < TELLING_WORDS) {
        return Ok(None);
    }
    let id: Option<i64> = ctx
        .db
        .prepare_cached(
            "SELECT a.id FROM version v JOIN head h ON h.version_id = v.id JOIN article a ON a.id = h.article_id
             WHERE v.content_sha256 = ?1 AND a.site_id = ?2 AND h.state <> 'redacted' ORDER BY a.id LIMIT 1",
        )?
        .query_row(params![fingerprint.content.0, ctx.site], |row| row.get(0))
        .optional()?;
    id.map_or(Ok(None), |id| HeadRow::load(ctx, ArticleId(id)))
}

/// Whether a page and an article are the same story: the same text, nearly the same text, or the same
/// title over a text that is not another. A column that is called the same every day is many stories.
fn agrees(ctx: &Ctx<'_>, row: &HeadRow, article: &Article, new: &Fingerprint) -> Result<bool, StoreError> {
    let old = &row.head.fingerprint;
    if row.head.words > 0 && old.body == new.body {
        return Ok(true);
    }
    let same_title = old.title == new.title;
    Ok(match (alike::of(ctx.db, row.article)?, Simhash::of(article)) {
        (Some(old), Some(new)) => old.distance(new) <= if same_title { Simhash::AKIN } else { Simhash::NEAR },
        // Too short to say anything.
        _ => same_title,
    })
}

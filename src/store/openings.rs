//! How the stories of a site open: counted when an article is first stored, a derived table of three
//! rows a site.

use crate::store::engine::{Connection, params};

use super::{StoreError, versions};
use crate::model::{Article, ArticleId, Opening, Openings, VersionSeq};

/// So many articles are remembered: then all counts are halved, so that the latest weigh most.
pub(super) const MEMORY: i64 = 200;

/// Counts how a new article opens.
pub(super) fn count(db: &Connection, site: i64, article: &Article) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO opening (site_id, shape, articles) VALUES (?1, ?2, 1)
         ON CONFLICT (site_id, shape) DO UPDATE SET articles = opening.articles + 1",
    )?
    .execute(params![site, Opening::of(article).as_str()])?;
    let all: i64 = db
        .prepare_cached("SELECT sum(articles) FROM opening WHERE site_id = ?1")?
        .query_row([site], |row| row.get(0))?;
    if all >= MEMORY {
        db.prepare_cached("UPDATE opening SET articles = articles / 2 WHERE site_id = ?1")?
            .execute([site])?;
    }
    Ok(())
}

/// Counts the articles of an archive anew: the first versions of the latest of each site.
pub(super) fn rebuild(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch("DELETE FROM opening;")?;
    let sites: Vec<i64> = db
        .prepare("SELECT id FROM site")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut latest = db.prepare("SELECT id FROM article WHERE site_id = ?1 ORDER BY id DESC LIMIT ?2")?;
    for site in sites {
        let articles: Vec<i64> = latest
            .query_map(params![site, MEMORY / 2], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in articles {
            if let Some(version) = versions::one(db, ArticleId(id), VersionSeq(1))? {
                count(db, site, &version.article)?;
            }
        }
    }
    Ok(())
}

/// How the articles of a site open.
pub(super) fn of(db: &Connection, site: &str) -> Result<Openings, StoreError> {
    let mut openings = Openings::default();
    let mut rows = db.prepare_cached(
        "SELECT o.shape, o.articles FROM site s JOIN opening o ON o.site_id = s.id WHERE s.key = ?1",
    )?;
    let rows = rows.query_map([site], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)))?;
    for row in rows {
        let (shape, articles) = row?;
        set(&mut openings, &shape, articles);
    }
    Ok(openings)
}

fn set(openings: &mut Openings, shape: &str, articles: u32) {
    match Opening::ALL.into_iter().find(|opening| opening.as_str() == shape) {
        Some(Opening::Dateline) => openings.dateline = articles,
        Some(Opening::Borderline) => openings.borderline = articles,
        _ => openings.text = articles,
    }
}

/// As [`of`], from a text: shape and number, with commas between them.
#[cfg(feature = "postgres")]
pub(super) fn from_text(text: Option<String>) -> Openings {
    let mut openings = Openings::default();
    for (shape, articles) in
        text.iter().flat_map(|text| text.split(',')).filter_map(|part| part.split_once(' '))
    {
        articles.parse().into_iter().for_each(|articles| set(&mut openings, shape, articles));
    }
    openings
}

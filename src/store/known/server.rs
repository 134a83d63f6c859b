//! What a server knows of pages that nobody has read yet: of several, in one statement.

use serde_json::{Value, json};

use crate::store::engine::{Connection, params};

use super::super::{StoreError, lines, openings, queue, sql};
use super::listed;
use crate::model::{Known, PageUrl};

/// Of an article's page nothing but that it is one. `LIMIT` and `OFFSET` keep the server from reading whole tables once
/// instead of a row for each page.
const KNOWN: &str = "SELECT n, known, q.url, q.via, q.title, q.published_at, q.content,
        (SELECT counted FROM lines_of WHERE NOT known AND site_id = of_site) AS counted,
        (SELECT string_agg(hash || ' ' || articles || ' ' || first_n, ',') FROM line
            WHERE NOT known AND site_id = of_site AND articles >= 3) AS lines,
        (SELECT string_agg(shape || ' ' || articles, ',') FROM opening WHERE NOT known AND site_id = of_site) AS openings
     FROM (SELECT c.n, c.hash, (SELECT 1 FROM address a WHERE a.key = c.key LIMIT 1) IS NOT NULL AS known,
            (SELECT id FROM site s WHERE s.key = c.site) AS of_site
        FROM ROWS FROM (jsonb_to_recordset(?1::text::jsonb) AS (key TEXT, hash BIGINT, site TEXT))
            WITH ORDINALITY AS c (key, hash, site, n) OFFSET 0) page
        LEFT JOIN LATERAL (SELECT * FROM queue WHERE key_hash = page.hash OFFSET 0) q ON NOT known";

/// Of each page, with the key of its site: none, if it is an article's.
pub(in crate::store) fn of_new(
    db: &Connection,
    pages: &[(PageUrl, String)],
) -> Result<Vec<Option<Known>>, StoreError> {
    let keys: Vec<String> = pages.iter().map(|(url, _)| url.key()).collect();
    let asked = keys.iter().zip(pages).map(|(key, (_, site))| {
        let hash = queue::key_hash(key);
        json!({ "key": key, "hash": hash, "site": site })
    });
    let asked = Value::from_iter(asked).to_string();
    let mut answers = vec![None; pages.len()];
    let mut statement = db.prepare_cached(KNOWN)?;
    let mut rows = statement.query(params![asked])?;
    while let Some(row) = rows.next()? {
        let n: i64 = row.get("n")?;
        let place = usize::try_from(n - 1).ok().and_then(|at| Some((keys.get(at)?, answers.get_mut(at)?)));
        let Some((key, answer)) = place else { continue };
        if row.get("known")? {
            continue;
        }
        if answer.is_none() {
            let repeated = lines::from_text(row.get("counted")?, row.get("lines")?);
            let openings = openings::from_text(row.get("openings")?);
            *answer = Some(Known { repeated, openings, ..Known::default() });
        }
        // Two keys may have one hash.
        let waits = row.get::<_, Option<String>>("url")?.is_some() && sql::url(&row, "url")?.key() == *key;
        if let Some(known) = answer.as_mut().filter(|_| waits) {
            known.listed = listed(&row)?;
        }
    }
    Ok(answers)
}

//! Whether the crawl goes well, by what it wrote into the archive.

use crate::store::engine::{Connection, params};
use jiff::Timestamp;

use super::sql::{DAY, time};
use super::{Check, StoreError};
use crate::model::Instead;

/// Shares are told only of so many pages: two of three is an accident.
const TELLING: i64 = 20;
/// So many walls of a site in a day, and a fifth of its answers, are worth a word.
const MANY: i64 = 3;

pub(super) fn health(db: &Connection, now: Timestamp) -> Result<Vec<Check>, StoreError> {
    let now = now.as_millisecond();
    let mut checks = vec![clock(db, now)?, runs(db, now)?, lists(db)?, overdue(db, now)?];
    checks.extend(readings(db, now)?);
    checks.extend(walls(db, now)?);
    Ok(checks)
}

fn clock(db: &Connection, now: i64) -> Result<Check, StoreError> {
    let latest: Option<i64> = db.query_row("SELECT max(at) FROM fetch", [], |row| row.get(0))?;
    Ok(match latest {
        Some(latest) if latest > now + 60_000 => Check::warn(
            "clock",
            format!("the archive's last request was at {:.0}, which is yet to come", time(latest)),
            "set the clock (chrony, systemd-timesyncd): schedules follow it",
        ),
        _ => Check::ok("clock", "not behind the archive"),
    })
}

fn runs(db: &Connection, now: i64) -> Result<Check, StoreError> {
    let last: Option<(i64, Option<i64>, Option<i64>)> = db
        .prepare("SELECT started_at, ended_at, exit_code FROM run ORDER BY id DESC LIMIT 1")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .next()
        .transpose()?;
    Ok(match last {
        None => Check::warn("runs", "the archive was never crawled for", "kliping crawl"),
        Some((started, _, _)) if now - started > 2 * DAY => Check::warn(
            "runs",
            format!("the last run was at {:.0}", time(started)),
            "`kliping schedule --every 15m --format cron` prints the line for crontab",
        ),
        Some((started, None, _)) if now - started > DAY => Check::warn(
            "runs",
            format!("the last run, of {:.0}, did not end", time(started)),
            "nothing is lost: the next run goes on where it stopped",
        ),
        Some((started, _, code)) => {
            let end = code.map_or("under way or stopped".to_owned(), |code| format!("exit {code}"));
            Check::ok("runs", format!("the last run was at {:.0}, {end}", time(started)))
        }
    })
}

/// Feeds, sitemaps, sections: without them nothing new is found.
fn lists(db: &Connection) -> Result<Check, StoreError> {
    let (lists, next, failing): (i64, Option<i64>, i64) = db.query_row(
        "SELECT count(*), min(next_at), coalesce(sum(failures >= 3), 0) FROM source",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    if failing == 0 {
        let next = next.map(|next| format!(", the next is due at {:.0}", time(next))).unwrap_or_default();
        return Ok(Check::ok("lists", format!("{lists} that articles are found by{next}")));
    }
    let (url, trouble): (String, Option<String>) = db.query_row(
        "SELECT url, trouble FROM source WHERE failures >= 3 ORDER BY failures DESC, url LIMIT 1",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let trouble = trouble.unwrap_or_default();
    Ok(Check::warn(
        "lists",
        format!("{failing} of {lists} cannot be had for some time; the first: {url}: {trouble}"),
        "`kliping crawl SITE` asks for them at once; if they moved, name the new addresses",
    ))
}

fn overdue(db: &Connection, now: i64) -> Result<Check, StoreError> {
    let (due, late): (i64, i64) = db.query_row(
        "SELECT count(*), coalesce(sum(?1 - next_check_at > 2 * max(next_check_at - last_checked_at, 3600000)), 0)
         FROM head WHERE next_check_at <= ?1 AND state <> 'redacted'",
        [now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(if late >= TELLING {
        Check::warn(
            "rechecks",
            format!("{late} articles wait for more than twice the time they should"),
            "run more often, or raise `max_per_run` in [recheck]",
        )
    } else {
        Check::ok("rechecks", format!("{due} due, {late} long overdue"))
    })
}

/// Sites whose pages can no longer be read as they could: the layout changed.
fn readings(db: &Connection, now: i64) -> Result<Vec<Check>, StoreError> {
    // What a wall hides says nothing about the site's file.
    let unread = format!("(f.outcome = 'extract_failed' AND coalesce(f.error, '') NOT IN ({}))", shown());
    let mut statement = db.prepare(&format!(
        "SELECT s.key,
            sum(f.at >= ?1) AS new, coalesce(sum({unread} AND f.at >= ?1), 0) AS new_failed,
            sum(f.at < ?1) AS old, coalesce(sum({unread} AND f.at < ?1), 0) AS old_failed
         FROM fetch f JOIN site s ON s.id = f.site_id
         WHERE f.at >= ?2 AND f.outcome IN ('new', 'changed', 'same', 'kept', 'extract_failed')
         GROUP BY s.id ORDER BY s.key",
    ))?;
    let rows = statement.query_map(params![now - DAY, now - 30 * DAY], |row| {
        Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
    })?;
    let mut checks = Vec::new();
    for row in rows {
        let (site, new, new_failed, old, old_failed): (String, i64, i64, i64, i64) = row?;
        let share = |failed: i64, of: i64| if of == 0 { 0.0 } else { 100.0 * failed as f64 / of as f64 };
        let (today, before) = (share(new_failed, new), share(old_failed, old));
        if new >= TELLING && today >= 10.0 && today >= 2.0 * before {
            checks.push(Check::warn(
                "reading",
                format!("{site}: {today:.0} % of the pages of the last day could not be read (before: {before:.0} %)"),
                format!("`kliping sites health {site}` tells since when, `kliping extract URL --explain` why"),
            ));
        }
    }
    if checks.is_empty() {
        checks.push(Check::ok("reading", "pages are read as before"));
    }
    Ok(checks)
}

/// The names of what pages show instead of articles, as SQL.
pub(super) fn shown() -> String {
    let names = Instead::ALL.iter().filter(|what| **what != Instead::Empty);
    names.map(|what| format!("'{}'", what.as_str())).collect::<Vec<_>>().join(", ")
}

/// Sites that show walls where articles should be.
fn walls(db: &Connection, now: i64) -> Result<Vec<Check>, StoreError> {
    let mut statement = db.prepare(&format!(
        "SELECT s.key, f.error, count(*),
            (SELECT count(*) FROM fetch o WHERE o.site_id = s.id AND o.at >= ?1 AND o.outcome <> 'robots')
         FROM fetch f JOIN site s ON s.id = f.site_id
         WHERE f.at >= ?1 AND f.error IN ({})
         GROUP BY s.id, f.error ORDER BY s.key, f.error",
        shown()
    ))?;
    let rows = statement.query_map([now - DAY], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?))
    })?;
    let mut checks = Vec::new();
    for row in rows {
        let (site, code, shown, of): (String, String, i64, i64) = row?;
        let Some(what) = Instead::from_stored(&code).filter(|_| shown >= MANY && shown * 5 >= of) else {
            continue;
        };
        checks.push(Check::warn(
            "walls",
            format!("{site}: {shown} of {of} answers of the last day were {} ({code})", what.what()),
            match what {
                Instead::Soft404 | Instead::FrontPage => "look whether the site's addresses changed",
                Instead::Paywalled | Instead::LoginPage => "what is for subscribers cannot be archived",
                Instead::Maintenance | Instead::Truncated => "later runs try again by themselves",
                _ => "raise `delay` for the site, and set `contact`; some sites let nobody but browsers in",
            },
        ));
    }
    if checks.is_empty() {
        checks.push(Check::ok("walls", "no site shows walls instead of articles"));
    }
    Ok(checks)
}

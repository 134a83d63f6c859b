//! The changes of the articles instead of the articles: a feed, as `changes --format atom` and `serve` have it.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::Timestamp;
use kliping::export::{Logged, atom};
use kliping::store::{ChangeQuery, ChangeRow, Filter, Reader};

use super::job::into_place;
use crate::cli::CliError;

/// Writes the changes that are meant to their place, oldest first.
pub fn write(
    reader: &Reader,
    filter: &Filter,
    place: Option<&Path>,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    into_place(place, out, |out| feed(reader, filter, out))
}

fn feed(reader: &Reader, filter: &Filter, out: &mut dyn Write) -> Result<(), CliError> {
    let mut query = query(reader, filter)?;
    // What is recorded meanwhile is of a later time, or belongs to the next export.
    let newest = reader.changes(&query, true, None, filter.limit.unwrap_or(1).max(1))?;
    let updated = newest.first().map_or(Timestamp::UNIX_EPOCH, |row| row.key.time());
    let whose = filter.site.as_deref().unwrap_or("all sites");
    out.write_all(atom::head(&format!("Changes at {whose}"), updated).as_bytes())?;
    if let Some(limit) = filter.limit {
        newest[..limit.min(newest.len())].iter().rev().try_for_each(|row| entry(reader, row, out))?;
    } else if let Some(last) = newest.first() {
        query.until = query.until.min(last.key.at.saturating_add(1));
        reader.each_change(&query, false, |row| {
            entry(reader, row, out)?;
            Ok::<_, CliError>(ControlFlow::Continue(()))
        })?;
    }
    Ok(out.write_all(atom::foot().as_bytes())?)
}

fn entry(reader: &Reader, row: &ChangeRow, out: &mut dyn Write) -> Result<(), CliError> {
    if let Some(entry) = reader.log_entry(row)? {
        out.write_all(atom::entry(&Logged::of(entry)).as_bytes())?;
    }
    Ok(())
}

fn query(reader: &Reader, filter: &Filter) -> Result<ChangeQuery, CliError> {
    let ms = |at: Option<Timestamp>, none| at.map_or(none, Timestamp::as_millisecond);
    Ok(ChangeQuery {
        site: reader.site_asked(filter.site.as_deref())?,
        flaps: false,
        redacted: false,
        since: ms(filter.since, i64::MIN),
        until: ms(filter.until, i64::MAX),
        ..ChangeQuery::ALL
    })
}

//! Memento (RFC 7089): an address as it was at a time. `/timemap/link/URL` lists the versions, `/web/URL` leads to
//! the one that `Accept-Datetime` asks for, `/web/20260301120000/URL` to the one of that time.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::tz::TimeZone;

use super::page::Visit;
use super::problem::Problem;
use super::reply::{Kind, Reply};
use crate::model::{PageUrl, Version};
use crate::store::ArticleRow;

/// Versions that a TimeMap names.
const MOST: usize = 1000;

/// The answer, when the path is one of Memento's. The address stands in the path as it is, query and all.
///
/// # Errors
/// `bad_parameter`, `no_address`, and as every reading of the archive.
pub fn answer(visit: &Visit<'_>) -> Result<Option<Reply>, Problem> {
    let path = visit.ask.path.as_str();
    let query = if visit.ask.query.is_empty() { String::new() } else { format!("?{}", visit.ask.query) };
    if let Some(rest) = path.strip_prefix("/timemap/link/") {
        let (url, row) = known(visit, &format!("{rest}{query}"))?;
        return timemap(visit, &url, &row).map(Some);
    }
    let Some(rest) = path.strip_prefix("/web/") else { return Ok(None) };
    let (at, address) = match rest.split_once('/') {
        Some((at, address)) if at.len() >= 4 && at.bytes().all(|b| b.is_ascii_digit()) => {
            (Some(stamp(at).ok_or(Problem::Wrong("time"))?), address)
        }
        _ => (None, rest),
    };
    let (url, row) = known(visit, &format!("{address}{query}"))?;
    let negotiated = at.is_none();
    let at = match (at, &visit.ask.datetime) {
        (Some(at), _) => at,
        (None, Some(asked)) => {
            let asked = jiff::fmt::rfc2822::parse(asked).map_err(|_| Problem::Wrong("Accept-Datetime"))?;
            asked.timestamp()
        }
        (None, None) => Timestamp::MAX,
    };
    let seq = nearest(visit, &row, at)?;
    let reply = Reply::redirect(302, &format!("/a/{}/v/{seq}", row.id)).header("link", links(url.as_str()));
    Ok(Some(if negotiated { reply.header("vary", "accept-datetime") } else { reply }))
}

/// The version that was observed nearest to an instant (RFC 7089 §4.5.3 leaves the choice to us).
fn nearest(visit: &Visit<'_>, row: &ArticleRow, at: Timestamp) -> Result<i64, Problem> {
    let before = visit.reader.version_at(row.id, at)?.map_or(1, |seq| seq.0);
    let next = before + 1;
    let observed = |seq| -> Result<Option<Timestamp>, Problem> {
        Ok(visit
            .reader
            .version_lines(row.id, Some(crate::model::VersionSeq(seq + 1)), 1)?
            .first()
            .map(|v| v.observed))
    };
    if next > row.versions {
        return Ok(before);
    }
    let (Some(a), Some(b)) = (observed(before)?, observed(next)?) else { return Ok(before) };
    let far = |other: Timestamp| other.duration_since(at).abs();
    Ok(if far(b) < far(a) { next } else { before })
}

fn timemap(visit: &Visit<'_>, url: &PageUrl, row: &ArticleRow) -> Result<Reply, Problem> {
    let base = visit.ask.origin();
    let mut versions = visit.reader.version_lines(row.id, None, MOST)?;
    versions.reverse();
    let mut out = vec![
        format!("<{url}>; rel=\"original\""),
        format!("<{base}/web/{url}>; rel=\"timegate\""),
        format!("<{base}/timemap/link/{url}>; rel=\"self\"; type=\"application/link-format\""),
    ];
    let last = versions.len().saturating_sub(1);
    for (n, version) in versions.iter().enumerate() {
        let rel = match (n == 0, n == last) {
            (true, true) => "first last memento",
            (true, false) => "first memento",
            (false, true) => "last memento",
            (false, false) => "memento",
        };
        out.push(format!(
            "<{base}/a/{}/v/{}>; rel=\"{rel}\"; datetime=\"{}\"",
            row.id,
            version.seq,
            date(version.observed)
        ));
    }
    Ok(Reply::new(Kind::LinkFormat, out.join(",\n") + "\n"))
}

/// The article of an address in a path. Proxies and people lose a slash of `https://`.
fn known(visit: &Visit<'_>, address: &str) -> Result<(PageUrl, ArticleRow), Problem> {
    let whole = match address.split_once(":/") {
        Some((scheme @ ("http" | "https"), rest)) => format!("{scheme}://{}", rest.trim_start_matches('/')),
        _ => format!("https://{address}"),
    };
    let url = PageUrl::parse(&whole).map_err(|_| Problem::NoAddress)?;
    let id = visit.reader.known(&url)?.ok_or(Problem::NoAddress)?;
    let row = visit.reader.article(id)?.ok_or(Problem::NoAddress)?;
    Ok((url, row))
}

/// An instant of 4 to 14 digits, in UTC: its end where it is not said to the second.
fn stamp(digits: &str) -> Option<Timestamp> {
    const END: &str = "99991231235959";
    if !matches!(digits.len(), 4 | 6 | 8 | 10 | 12 | 14) {
        return None;
    }
    let number = |text: &str| text.parse::<i8>().ok();
    let part = |at: usize| {
        if digits.len() >= at + 2 { number(&digits[at..at + 2]) } else { number(&END[at..at + 2]) }
    };
    let year: i16 = digits[..4].parse().ok()?;
    let month = part(4)?;
    let last = jiff::civil::Date::new(year, month, 1).ok()?.days_in_month();
    let day = if digits.len() >= 8 { part(6)? } else { last };
    let civil = DateTime::new(year, month, day, part(8)?, part(10)?, part(12)?, 0).ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// A date as HTTP writes it (RFC 9110 §5.6.7).
fn date(at: Timestamp) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}

/// Where the address is, and where its versions are found.
fn links(url: &str) -> String {
    format!(
        "<{url}>; rel=\"original\", </web/{url}>; rel=\"timegate\", </timemap/link/{url}>; rel=\"timemap\"; type=\"application/link-format\""
    )
}

/// A page that shows the latest text of an address.
pub fn original(reply: Reply, row: &ArticleRow) -> Reply {
    reply.header("link", links(row.url.as_str()))
}

/// A page that shows the text of a time.
pub fn memento(reply: Reply, row: &ArticleRow, version: &Version) -> Reply {
    reply.header("memento-datetime", date(version.observed)).header("link", links(row.url.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_few_digits_is_its_end() {
        for (digits, at) in [
            ("20260301120005", Some("2026-03-01T12:00:05Z")),
            ("20260301", Some("2026-03-01T23:59:59Z")),
            ("202602", Some("2026-02-28T23:59:59Z")),
            ("2026", Some("2026-12-31T23:59:59Z")),
            ("202613", None),
            ("20260231", None),
            ("20261", None),
        ] {
            assert_eq!(stamp(digits).map(|at| at.to_string()).as_deref(), at, "{digits}");
        }
        assert_eq!(date("2026-03-01T12:00:05Z".parse().unwrap()), "Sun, 01 Mar 2026 12:00:05 GMT");
    }
}

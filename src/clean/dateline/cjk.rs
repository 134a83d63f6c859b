//! Datelines of East Asian agencies, which have shapes of their own.

use super::scan::Scan;
use super::{Hints, names};
use crate::model::Dateline;

/// `【テヘラン=共同】`, `［ワシントン　１１日　ロイター］ - `, `(서울=연합뉴스) … 기자 = `,
/// `新华社天津5月19日电（记者…）`.
pub(super) fn split(text: &str, hints: &Hints<'_>) -> Option<Dateline> {
    let start = Scan::new(text);
    equals(start, hints).or_else(|| bracketed_day(start)).or_else(|| telegram(start))
}

/// Agencies that stand right behind a place.
const AGENCIES: [&str; 6] = ["AFP＝時事", "AFP時事", "ロイター", "共同", "時事", "新華社"];

/// How Korean media call themselves: media, news, daily paper, paper, broadcasting, telegraph.
const MEDIA: [&str; 6] = ["미디어", "뉴스", "일보", "신문", "방송", "통신"];

/// A place and an agency joined by an equals sign, in brackets. What has a medium before the sign, or
/// somebody's column behind it, is a label.
fn equals(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let (inside, end) = [('【', '】'), ('(', ')'), ('（', '）'), ('［', '］'), ('[', ']')]
        .into_iter()
        .find_map(|(open, close)| start.bracketed(open, close, 40))?;
    // Kyodo's own datelines have no sign between: `【大阪共同】`.
    let unsigned = || AGENCIES.iter().find_map(|agency| Some((inside.strip_suffix(agency)?, *agency)));
    let (places, agency) = inside.split_once(['=', '＝']).or_else(unsigned)?;
    let uncased = |name: &str| !name.is_empty() && name.chars().all(|c| !c.is_lowercase() && !c.is_numeric());
    if !uncased(places.trim()) || agency.trim().is_empty() {
        return None;
    }
    let medium =
        |name: &str| MEDIA.iter().any(|word| name.ends_with(word)) || names::is_agency(name, hints.outlets);
    if medium(places.trim()) || agency.contains("의 ") {
        return None;
    }
    Some(Dateline {
        raw: reporters(end).since(start).to_owned(),
        places: places.split(['·', '、', '/']).map(|p| p.trim().to_owned()).collect(),
        agency: Some(agency.trim().to_owned()),
        date: None,
    })
}

/// Korean bylines go on behind the bracket: `강태현 기자 = `.
fn reporters(end: Scan<'_>) -> Scan<'_> {
    let rest = end.rest();
    let byline = rest.char_indices().take(60).find(|&(_, c)| c == '=').map(|(at, _)| &rest[..at]);
    match byline {
        Some(names) if names.trim_end().ends_with("기자") || names.trim_end().ends_with("특파원") => {
            Scan { at: end.at + names.len() + 1, ..end }.blanks()
        }
        _ => end.blanks(),
    }
}

/// `［place　day日　agency］ - `
fn bracketed_day(start: Scan<'_>) -> Option<Dateline> {
    let (inside, end) = start.bracketed('［', '］', 40)?;
    let parts: Vec<&str> = inside.split_whitespace().collect();
    let [place, day, agency] = parts.as_slice() else { return None };
    if !day.ends_with('日') {
        return None;
    }
    let end = end.separator().unwrap_or(end.blanks());
    Some(Dateline {
        raw: end.since(start).to_owned(),
        places: vec![(*place).to_owned()],
        agency: Some((*agency).to_owned()),
        date: Some((*day).to_owned()),
    })
}

/// `新华社` + place + date + `电`, with the reporters in brackets behind it.
fn telegram(start: Scan<'_>) -> Option<Dateline> {
    let head: String = start.rest().chars().take(30).collect();
    let agency_end = ["社", "网", "網", "報", "报"]
        .iter()
        .filter_map(|mark| head.find(mark).map(|at| at + mark.len()))
        .filter(|&end| (2..=6).contains(&head[..end].chars().count()))
        .min()?;
    let (agency, rest) = head.split_at(agency_end);
    let day = rest.find(|c: char| c.is_ascii_digit())?;
    let wire = ["日电", "日電", "日讯", "日訊"]
        .iter()
        .find_map(|mark| rest.find(mark).map(|at| (at, mark.len())))?;
    let (place, date) = (&rest[..day], rest.get(day..wire.0 + "日".len())?);
    let names = place.chars().count();
    let numeric = date.chars().all(|c| c.is_ascii_digit() || matches!(c, '月' | '日' | '年'));
    if !numeric || !(2..=8).contains(&names) || place.contains(['，', '。']) {
        return None;
    }
    // `（中央社記者王小明台北5日電）`: the reporter's name has three characters.
    let agency = agency.trim_start_matches('（');
    let reporter =
        place.strip_prefix("記者").and_then(|rest| rest.char_indices().nth(3).map(|(at, _)| &rest[at..]));
    let place = reporter.filter(|rest| !rest.is_empty()).unwrap_or(place);
    let end = Scan { at: agency_end + wire.0 + wire.1, ..start };
    let end = end.take("）").unwrap_or(end);
    let end = end.bracketed('（', '）', 60).map_or(end, |(_, end)| end).blanks();
    Some(Dateline {
        raw: end.since(start).to_owned(),
        places: vec![place.to_owned()],
        agency: Some(agency.to_owned()),
        date: Some(date.to_owned()),
    })
}

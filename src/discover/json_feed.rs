//! JSON Feed 1.0 and 1.1.

use serde_json::Value;

use super::error::DiscoverError;
use super::feed::{Entries, Feed, plain, story};
use super::parse_date;
use crate::model::{Candidate, PageUrl, SourceKind, Via};

const WANTED: &str = "feed";

pub(super) fn read(text: &str, base: &PageUrl) -> Result<Feed, DiscoverError> {
    let json: Value = serde_json::from_str(text)
        .map_err(|error| DiscoverError::Broken { wanted: WANTED, reason: error.to_string() })?;
    let items = json.get("items").and_then(Value::as_array);
    let items = items
        .ok_or_else(|| DiscoverError::Other { wanted: WANTED, found: "JSON without `items`".to_owned() })?;
    let mut entries = Entries::default();
    items.iter().filter_map(|item| candidate(item, base)).for_each(|found| entries.push(found));
    Ok(Feed {
        title: string(&json, "title").and_then(plain),
        language: string(&json, "language").map(str::to_owned),
        home: string(&json, "home_page_url").and_then(|href| base.join(href).ok()),
        next: string(&json, "next_url").and_then(|href| base.join(href).ok()),
        is_wordpress: false,
        candidates: entries.list,
        broken: None,
    })
}

fn candidate(item: &Value, base: &PageUrl) -> Option<Candidate> {
    let by_id = || string(item, "id").and_then(|id| PageUrl::parse(id).ok());
    let url = string(item, "url").and_then(|href| base.join(href).ok()).or_else(by_id)?;
    Some(Candidate {
        url,
        via: Via::Source(SourceKind::Feed),
        published: string(item, "date_published").and_then(parse_date),
        modified: string(item, "date_modified").and_then(parse_date),
        title: string(item, "title").and_then(plain),
        content: string(item, "content_html").and_then(story),
    })
}

fn string<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

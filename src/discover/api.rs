//! WordPress' REST interface: the posts that changed since a time, a hundred of them in one answer.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::DateTime};
use serde_json::Value;

use super::error::DiscoverError;
use super::feed::{Entries, plain};
use crate::model::{Candidate, PageUrl, SourceKind, Via};

/// What WordPress gives of itself for a site's posts.
const COLLECTION: &str = "wp/v2/posts";
/// The most that it gives in one answer.
const PER_PAGE: &str = "100";
const FIELDS: &str = "id,link,date_gmt,modified_gmt,slug,title";
const WANTED: &str = "list of posts";

/// A list of posts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posts {
    /// The posts that have an address.
    pub candidates: Vec<Candidate>,
    /// The latest time of change among them, by the server's clock.
    pub latest: Option<Timestamp>,
}

/// The collection of posts, from the address of the whole interface (`/wp-json/`, or
/// `/index.php?rest_route=/` where addresses are plain).
#[must_use]
pub fn posts_of(interface: &PageUrl) -> Option<PageUrl> {
    let text = interface.as_str();
    let slash = if text.ends_with('/') { "" } else { "/" };
    PageUrl::parse(&format!("{text}{slash}{COLLECTION}")).ok()
}

/// What to ask for, to be told of all posts that changed after a time, the latest first.
#[must_use]
pub fn query(collection: &PageUrl, after: Option<Timestamp>) -> PageUrl {
    let mut url = collection.as_url().clone();
    url.query_pairs_mut()
        .append_pair("per_page", PER_PAGE)
        .append_pair("orderby", "modified")
        .append_pair("order", "desc")
        .append_pair("_fields", FIELDS);
    if let Some(after) = after {
        // With its zone: without, it would be taken as the site's local time.
        url.query_pairs_mut().append_pair("modified_after", &format!("{after:.0}"));
    }
    PageUrl::parse(url.as_str()).unwrap_or_else(|_| collection.clone())
}

/// Reads an answer.
///
/// # Errors
/// [`DiscoverError`] when it is no list of posts.
pub fn read(bytes: &[u8], base: &PageUrl) -> Result<Posts, DiscoverError> {
    if bytes.trim_ascii().is_empty() {
        return Err(DiscoverError::Empty { wanted: WANTED });
    }
    let json: Value =
        serde_json::from_slice(bytes).map_err(|error| match bytes.trim_ascii_start().first() {
            Some(b'<') => DiscoverError::Other { wanted: WANTED, found: "an HTML page".to_owned() },
            _ => DiscoverError::Broken { wanted: WANTED, reason: error.to_string() },
        })?;
    let posts = json.as_array().ok_or_else(|| DiscoverError::Other {
        wanted: WANTED,
        found: json.get("code").and_then(Value::as_str).unwrap_or("other JSON").to_owned(),
    })?;
    let mut entries = Entries::default();
    posts.iter().filter_map(|post| candidate(post, base)).for_each(|found| entries.push(found));
    let latest = entries.list.iter().filter_map(|found| found.modified).max();
    Ok(Posts { candidates: entries.list, latest })
}

fn candidate(post: &Value, base: &PageUrl) -> Option<Candidate> {
    let text = |key: &str| post.get(key).and_then(Value::as_str);
    let title = post.get("title").and_then(|title| title.get("rendered")).and_then(Value::as_str);
    Some(Candidate {
        title: title.and_then(plain),
        published: text("date_gmt").and_then(utc),
        modified: text("modified_gmt").and_then(utc),
        ..Candidate::bare(base.join(text("link")?).ok()?, Via::Source(SourceKind::Api))
    })
}

/// `2026-11-23T08:15:00`, which is in UTC without saying so; `0000-00-00T00:00:00` is no time.
fn utc(text: &str) -> Option<Timestamp> {
    let time: DateTime = text.parse().ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> PageUrl {
        PageUrl::parse(text).unwrap()
    }

    #[test]
    fn posts_are_asked_for_by_the_time_of_their_change() {
        let posts = posts_of(&url("https://kabar.example/wp-json/")).unwrap();
        assert_eq!(posts, url("https://kabar.example/wp-json/wp/v2/posts"));
        let plain = posts_of(&url("https://kabar.example/index.php?rest_route=/")).unwrap();
        assert_eq!(plain, url("https://kabar.example/index.php?rest_route=/wp/v2/posts"));
        let after = "2026-11-23T08:15:00Z".parse().unwrap();
        let asked = query(&plain, Some(after)).as_url().query_pairs().collect::<Vec<_>>().len();
        assert_eq!(asked, 6);
        let asked = query(&posts, Some(after));
        let wanted = "/wp-json/wp/v2/posts?per_page=100&orderby=modified&order=desc&_fields=id%2Clink%2Cdate_gmt\
                      %2Cmodified_gmt%2Cslug%2Ctitle&modified_after=2026-11-23T08%3A15%3A00Z";
        assert_eq!(asked.path_and_query(), wanted);
    }

    #[test]
    fn posts_are_read_with_their_times() {
        let json = r#"[{"id":7,"link":"https:\/\/kabar.example\/satu\/","date_gmt":"2026-11-22T01:00:00",
            "modified_gmt":"2026-11-23T08:15:00","slug":"satu","title":{"rendered":"Harga &#8220;naik&#8221;"}},
            {"id":8,"link":"https://kabar.example/dua/","date_gmt":null,"modified_gmt":"0000-00-00T00:00:00"},
            {"id":9},7]"#;
        let posts = read(json.as_bytes(), &url("https://kabar.example/wp-json/wp/v2/posts")).unwrap();
        assert_eq!(posts.candidates.len(), 2);
        let first = &posts.candidates[0];
        assert_eq!((first.url.path(), first.title.as_deref()), ("/satu/", Some("Harga “naik”")));
        assert_eq!(first.published, Some("2026-11-22T01:00:00Z".parse().unwrap()));
        assert_eq!((first.modified, posts.candidates[1].modified), (posts.latest, None));
        assert_eq!(posts.latest, Some("2026-11-23T08:15:00Z".parse().unwrap()));
    }

    #[test]
    fn what_is_no_list_of_posts_says_what_it_is() {
        let base = url("https://kabar.example/");
        for (body, code, says) in [
            ("", "source_empty", "empty"),
            ("<!DOCTYPE html>", "source_other", "an HTML page"),
            ("{\"code\":\"rest_no_route\",\"message\":\"x\"}", "source_other", "rest_no_route"),
            ("[{\"id\":", "source_broken", "EOF"),
        ] {
            let error = read(body.as_bytes(), &base).unwrap_err();
            assert_eq!(error.code(), code, "{body}");
            assert!(error.to_string().contains(says), "{error}");
        }
        assert_eq!(read(b"[]", &base), Ok(Posts::default()));
    }
}

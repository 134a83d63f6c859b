//! Short stand-ins for addresses: the same host and shape, other words.

use super::words::stand_in;

/// A path keeps so many parts.
const PARTS: usize = 5;
/// A part made of words keeps so many.
const WORDS: usize = 4;

/// Where the first part of a path is somebody's account.
const SOCIAL: [&str; 7] =
    ["//x.com", "twitter.com", "facebook.com", "instagram.com", "threads.net", "t.me", "youtube.com"];
/// Behind these parts of a path stands a person.
const PERSONS: [&str; 8] = ["author", "authors", "autor", "autoren", "auteur", "by", "profile", "journalist"];
/// What is no account there: buttons to share.
const SHARES: [&str; 9] =
    ["sharer", "sharer.php", "share", "intent", "dialog", "watch", "embed", "shareArticle", "channel"];

/// Whether a text is an address, absolute or rooted.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && (text.starts_with("http://") || text.starts_with("https://") || text.starts_with('/'))
}

/// What is known of the addresses of a page.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// The page's own host.
    pub(super) host: String,
    /// Parts that hold one of these stay.
    pub(super) needles: Vec<String>,
    /// Parts that are one of these do not: the names of authors, folded.
    pub(super) names: Vec<String>,
}

impl Place {
    /// Whether a host is the page's, or one that rules may look for.
    fn keeps_host(&self, host: &str) -> bool {
        const KNOWN: [&str; 10] = [
            "schema.org",
            "facebook",
            "twitter",
            "x.com",
            "instagram",
            "youtube",
            "whatsapp",
            "t.me",
            "google",
            "linkedin",
        ];
        let own = self.host.trim_start_matches("www.");
        (!own.is_empty() && host.contains(own))
            || KNOWN.iter().any(|known| host.contains(known))
            || self.needles.iter().any(|needle| host.contains(needle.as_str()))
    }

    /// Whether a part of a path names an author.
    fn is_name(&self, part: &str) -> bool {
        let part: String =
            part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        part.len() > 3 && self.names.iter().any(|name| part.contains(name.as_str()) || name.contains(&part))
    }
}

/// The stand-in for an address on a page.
pub(super) fn short(address: &str, place: &Place) -> String {
    let address = address.trim();
    let scheme = address.split(':').next().unwrap_or_default();
    if scheme.len() < address.len()
        && !matches!(scheme, "http" | "https")
        && !scheme.contains(['/', '?', '#', '.'])
    {
        // `data:`, `javascript:`, `mailto:`, `tel:`.
        return "#".to_owned();
    }
    let (before, rest) = match address.find("//").filter(|at| *at == 0 || address[..*at].ends_with(':')) {
        Some(at) => {
            let host = at + 2;
            let end = address[host..].find(['/', '?', '#']).map_or(address.len(), |end| host + end);
            address.split_at(end)
        }
        None => ("", address),
    };
    let (path, tail) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let parts: Vec<&str> = path.split('/').collect();
    let skip = parts.len().saturating_sub(PARTS + 1).min(parts.len());
    let keeps = |part: &str| place.needles.iter().any(|needle| part.contains(needle.as_str()));
    let shown = parts.iter().enumerate().filter(|(i, part)| *i == 0 || *i > skip || keeps(part));
    let social = SOCIAL.iter().any(|host| before.contains(host));
    let person = |i: usize| {
        let behind = i > 0 && PERSONS.contains(&parts[i - 1]);
        let account = (social && i == 1) || (before.contains("linkedin.") && i == 2);
        behind || parts[i].starts_with('@') || (account && !SHARES.contains(&parts[i]))
    };
    let shown = shown.map(|(i, part)| match part {
        part if keeps(part) => clip(part),
        part if !part.is_empty() && !PERSONS.contains(part) && person(i) => "nama".to_owned(),
        part if place.is_name(part) => "nama".to_owned(),
        part => self::part(part),
    });
    let path: Vec<String> = shown.collect();
    let tail = if keeps(tail) || is_number(tail) { clip(tail) } else { String::new() };
    let foreign = before.len() > 2 && !place.keeps_host(before);
    let before = if foreign { "https://lain.example" } else { before };
    format!("{before}{}{tail}", path.join("/"))
}

/// `?p=123` names an article.
fn is_number(tail: &str) -> bool {
    tail.len() <= 24
        && tail.split_once('=').is_some_and(|(_, value)| value.bytes().all(|b| b.is_ascii_digit()))
}

fn clip(text: &str) -> String {
    text.chars().take(60).collect()
}

/// One part of a path: numbers, short names and endings stay, words become others.
fn part(part: &str) -> String {
    let (stem, ending) = match part.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 => (stem, format!(".{ending}")),
        _ => (part, String::new()),
    };
    if stem.chars().count() <= 12 && !stem.contains(['-', '_', '%', '+']) {
        return clip(part);
    }
    let mark = if stem.contains('-') { '-' } else { '_' };
    let pieces: Vec<&str> = stem.split(['-', '_', '+', '~']).filter(|piece| !piece.is_empty()).collect();
    let is_word = |piece: &&str| !piece.bytes().any(|b| b.is_ascii_digit()) && !piece.contains('%');
    let mut words = 0;
    let shown = pieces.iter().filter_map(|piece| {
        if !is_word(piece) {
            // The number of an article.
            let digits = piece.contains('%') || piece.len() > 16;
            return (!digits).then(|| (*piece).to_owned());
        }
        words += 1;
        (words <= WORDS).then(|| plain(&stand_in(piece, false)))
    });
    let shown: Vec<String> = shown.collect();
    let text = if shown.is_empty() { "halaman".to_owned() } else { shown.join(&mark.to_string()) };
    format!("{text}{ending}")
}

/// Only what may stand in an address as it is.
fn plain(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { "laman".to_owned() }
}

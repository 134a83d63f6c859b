//! From the bytes of a robots.txt to the rules for one crawler.

use std::borrow::Cow;
use std::time::Duration;

use super::Robots;
use super::rule::Rule;

/// What is read of a file (RFC 9309 §2.5).
const LIMIT: usize = 500 * 1024;
/// `Sitemap` lines that are kept.
const SITEMAPS: usize = 1000;

/// The rules for `*` and for us are kept apart until the end of the file: any line may still name us.
#[derive(Default)]
struct Groups {
    own: Rules,
    any: Rules,
    /// Which of the two the current group speaks to.
    to_own: bool,
    to_any: bool,
    /// A group names us, be it without a single rule.
    named: bool,
    /// A rule has been read since the last `User-agent`: the next one starts a group.
    in_rules: bool,
}

#[derive(Default)]
struct Rules {
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
}

pub(super) fn parse(body: &[u8], product: &str) -> Robots {
    let text = decode(head(body));
    let mut groups = Groups::default();
    let mut sitemaps: Vec<String> = Vec::new();
    for line in text.split(|&byte| matches!(byte, b'\n' | b'\r')) {
        let Some((field, value)) = field(line) else { continue };
        match Field::of(field) {
            Field::UserAgent => groups.user_agent(value, product),
            Field::Allow => groups.rule(true, value),
            Field::Disallow => groups.rule(false, value),
            Field::CrawlDelay => groups.crawl_delay(value),
            Field::Sitemap if sitemaps.len() < SITEMAPS => {
                let url = String::from_utf8_lossy(value).into_owned();
                if !url.is_empty() && !sitemaps.contains(&url) {
                    sitemaps.push(url);
                }
            }
            Field::Sitemap | Field::Other => {}
        }
    }
    let Rules { rules, crawl_delay } = if groups.named { groups.own } else { groups.any };
    Robots { rules, crawl_delay, sitemaps }
}

impl Groups {
    fn user_agent(&mut self, value: &[u8], product: &str) {
        if self.in_rules {
            (self.to_own, self.to_any, self.in_rules) = (false, false, false);
        }
        if matches!(value, [b'*'] | [b'*', b' ' | b'\t', ..]) {
            self.to_any = true;
        }
        // `Kliping/1.0 (news)` names `Kliping`; tokens have letters, `-` and `_` only.
        let end = value.iter().position(|b| !b.is_ascii_alphabetic() && !matches!(b, b'-' | b'_'));
        let token = &value[..end.unwrap_or(value.len())];
        if !token.is_empty() && token.eq_ignore_ascii_case(product.as_bytes()) {
            (self.to_own, self.named) = (true, true);
        }
    }

    fn addressed(&mut self) -> impl Iterator<Item = &mut Rules> {
        let own = self.to_own.then_some(&mut self.own);
        own.into_iter().chain(self.to_any.then_some(&mut self.any))
    }

    fn rule(&mut self, allow: bool, value: &[u8]) {
        // Even a rule that says nothing ends the list of user agents.
        self.in_rules = true;
        if let Some(rule) = Rule::new(allow, value) {
            self.addressed().for_each(|group| group.rules.push(rule.clone()));
        }
    }

    /// Belongs to the agents named so far, and does not end their list (RFC 9309 §2.2.4).
    fn crawl_delay(&mut self, value: &[u8]) {
        let seconds = std::str::from_utf8(value).ok().and_then(|text| text.parse::<f64>().ok());
        let Some(delay) = seconds.and_then(|s| Duration::try_from_secs_f64(s).ok()) else { return };
        self.addressed().for_each(|group| group.crawl_delay = group.crawl_delay.max(Some(delay)));
    }
}

/// What a line is about.
enum Field {
    UserAgent,
    Allow,
    Disallow,
    CrawlDelay,
    Sitemap,
    Other,
}

impl Field {
    /// With the misspellings that are common enough for Google to accept them.
    fn of(name: &[u8]) -> Self {
        let name = name.to_ascii_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| name.starts_with(word.as_bytes()));
        if is(&["user-agent", "useragent", "user agent"]) {
            Self::UserAgent
        } else if is(&["disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"]) {
            Self::Disallow
        } else if is(&["allow"]) {
            Self::Allow
        } else if is(&["crawl-delay", "crawldelay", "crawl delay"]) {
            Self::CrawlDelay
        } else if is(&["sitemap", "site-map"]) {
            Self::Sitemap
        } else {
            Self::Other
        }
    }
}

/// `field: value # comment`. A blank instead of the colon is accepted where there are exactly two
/// words, because people write that.
fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.split(|&b| b == b'#').next().unwrap_or_default().trim_ascii();
    if let Some(colon) = line.iter().position(|&b| b == b':') {
        return Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()));
    }
    let blank = line.iter().position(|b| matches!(b, b' ' | b'\t'))?;
    let (name, value) = (&line[..blank], line[blank..].trim_ascii());
    (!value.iter().any(|b| matches!(b, b' ' | b'\t'))).then_some((name, value))
}

/// What counts of a file: not the line that the limit cuts, which may say the opposite of the whole.
fn head(body: &[u8]) -> &[u8] {
    let Some(head) = body.get(..LIMIT).filter(|head| head.len() < body.len()) else { return body };
    let end = head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    &head[..end.unwrap_or(0)]
}

/// Takes a byte order mark off; UTF-16, which only such a mark can announce, becomes UTF-8.
fn decode(body: &[u8]) -> Cow<'_, [u8]> {
    let utf16 = |tail: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = tail.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
    };
    match body {
        [0xef, 0xbb, 0xbf, tail @ ..] => Cow::Borrowed(tail),
        [0xff, 0xfe, tail @ ..] => utf16(tail, u16::from_le_bytes),
        [0xfe, 0xff, tail @ ..] => utf16(tail, u16::from_be_bytes),
        _ => Cow::Borrowed(body),
    }
}

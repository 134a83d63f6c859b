//! One rule, and whether it matches a path.

/// `Allow` or `Disallow` with its pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) allow: bool,
    pattern: Pattern,
    /// The pattern with needless percent-encoding taken out, where that makes a difference.
    plain: Option<Pattern>,
    /// `Allow: /berita/index.html` allows `/berita/` too.
    directory: Option<Pattern>,
}

/// A path in both spellings.
pub(super) struct Path {
    exact: String,
    plain: String,
}

impl Path {
    pub(super) fn new(path_and_query: &str) -> Self {
        let path = path_and_query.split('#').next().unwrap_or_default();
        let slash = if path.starts_with('/') { "" } else { "/" };
        // In a pattern `*` and `$` are signs, and stand for themselves only as escapes (§2.2.3).
        let exact = format!("{slash}{}", upper_hex(path)).replace('*', "%2A").replace('$', "%24");
        Self { plain: decode_unreserved(&exact), exact }
    }
}

impl Rule {
    /// A rule with the pattern as it stands in the file; `None` for an empty one, which matches
    /// nothing.
    pub(super) fn new(allow: bool, pattern: &[u8]) -> Option<Self> {
        if pattern.is_empty() {
            return None;
        }
        let exact = encode(pattern);
        let plain = decode_unreserved(&exact);
        let slash = exact.rfind('/').filter(|&at| allow && exact[at..].starts_with("/index.htm"));
        Some(Self {
            allow,
            plain: (plain != exact).then(|| Pattern::new(&plain)),
            directory: slash.map(|at| Pattern::new(&format!("{}$", &exact[..=at]))),
            pattern: Pattern::new(&exact),
        })
    }

    /// The number of octets of the pattern if it matches.
    ///
    /// RFC 9309 §2.2.2 compares with unreserved characters decoded, Google's parser without: they
    /// disagree about `/%62%61%7A` and `/baz`. The stricter reading holds: a `Disallow` matches by
    /// either, an `Allow` only as it is spelt.
    pub(super) fn matches(&self, path: &Path) -> Option<usize> {
        let by_spelling = self.pattern.matches(&path.exact)
            || (!self.allow && self.plain.as_ref().unwrap_or(&self.pattern).matches(&path.plain));
        if by_spelling {
            return Some(self.pattern.length);
        }
        self.directory.as_ref().filter(|directory| directory.matches(&path.exact)).map(|d| d.length)
    }
}

/// A pattern, cut at its `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    parts: Vec<String>,
    /// It ended in `$`: nothing may follow.
    anchored: bool,
    length: usize,
}

impl Pattern {
    fn new(text: &str) -> Self {
        let (body, anchored) = text.strip_suffix('$').map_or((text, false), |body| (body, true));
        let mut parts: Vec<String> = body.split('*').map(|part| part.replace('$', "%24")).collect();
        // `**` is `*`; without this, a line of stars would cost one search a star.
        let last = parts.len() - 1;
        let mut at = 0;
        parts.retain(|part| {
            at += 1;
            at == 1 || at > last || !part.is_empty()
        });
        Self { parts, anchored, length: text.len() }
    }

    /// Taking each part at its first possible place is right, because what lies between is free; so
    /// no part is looked for twice.
    fn matches(&self, path: &str) -> bool {
        let [first, rest @ ..] = self.parts.as_slice() else { return false };
        let Some(mut path) = path.strip_prefix(first.as_str()) else { return false };
        let Some((last, middle)) = rest.split_last() else {
            return !self.anchored || path.is_empty();
        };
        for part in middle {
            match path.find(part.as_str()) {
                Some(at) => path = &path[at + part.len()..],
                None => return false,
            }
        }
        if self.anchored { path.ends_with(last.as_str()) } else { path.contains(last.as_str()) }
    }
}

/// Bytes outside ASCII percent-encoded, escapes in upper case.
fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            0x21..=0x7e => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    upper_hex(&out)
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

/// `%e3` → `%E3`.
fn upper_hex(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for at in 0..bytes.len() {
        if is_escape(&bytes[at..]) {
            bytes[at + 1..at + 3].make_ascii_uppercase();
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// `%7E` → `~`: what RFC 3986 §2.3 calls unreserved never needs an escape.
fn decode_unreserved(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = is_escape(rest)
            .then(|| std::str::from_utf8(&rest[1..3]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten()
            .filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'));
        match decoded {
            Some(byte) => {
                out.push(byte);
                rest = &rest[3..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

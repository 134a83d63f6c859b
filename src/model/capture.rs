//! What a site sent.

use jiff::Timestamp;

use super::PageUrl;

/// What a server gave to ask by next time (RFC 9110 §13).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// The `ETag` header, in the form that it is sent back in: see [`Validators::answering`].
    pub etag: Option<String>,
    /// The `Last-Modified` header, as sent.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is nothing to ask by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }

    /// These validators of an answer, as they are to be sent back, after a request with those.
    ///
    /// A weak tag is compared without its mark (RFC 9110 §13.1.2), and is sent back without it: WordPress
    /// behind a compressing proxy knows its tag only so and would answer 200 for ever. A server that
    /// answers the tag it just gave with a whole page (`whole`) compares letter by letter: it gets the
    /// other form, and that one for its next tags, too.
    #[must_use]
    pub fn answering(self, asked: &Self, whole: bool) -> Self {
        let Some(tag) = self.etag.as_deref().and_then(|tag| tag.strip_prefix("W/")) else { return self };
        let asked_bare = asked.etag.as_deref().map(|asked| asked.strip_prefix("W/").unwrap_or(asked));
        let as_given = asked.etag.as_deref().is_some_and(|asked| asked.starts_with("W/"));
        let in_vain = whole && asked_bare == Some(tag);
        let etag = if as_given == in_vain { tag.to_owned() } else { format!("W/{tag}") };
        Self { etag: Some(etag), ..self }
    }
}

/// One answer of a site, whole: a capture exists only when the body arrived to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The address that was asked for first.
    pub requested: PageUrl,
    /// The address that answered, after redirects.
    pub url: PageUrl,
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// Validators for a conditional request next time.
    pub validators: Validators,
    /// The `Link` headers (RFC 8288), joined by commas.
    pub links: Option<String>,
    /// The body after content decoding (gzip, brotli, zstd), before charset decoding.
    pub body: Vec<u8>,
    /// When the last byte arrived.
    pub at: Timestamp,
    /// From sending the request to the last byte, in milliseconds.
    pub elapsed_ms: u64,
}

/// Whether a page opens `<html` or `<body` and closes neither: it was cut off. (Leaving all four out is
/// valid HTML.)
#[must_use]
pub fn has_no_end(html: &[u8]) -> bool {
    let begins = |at: &[u8], tag: &[u8]| at.get(..tag.len()).is_some_and(|is| is.eq_ignore_ascii_case(tag));
    let has = |part: &[u8], tag: &[u8]| {
        let mut ats = part.iter().enumerate().filter(|(_, byte)| **byte == b'<');
        ats.any(|(at, _)| begins(&part[at..], tag))
    };
    let head = &html[..html.len().min(4096)];
    // Nearly every page ends where it should: the whole is gone through only when it does not.
    let tail = &html[html.len().saturating_sub(4096)..];
    let closes = |part| has(part, b"</html") || has(part, b"</body");
    (has(head, b"<html") || has(head, b"<body")) && !closes(tail) && !closes(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weak_tag_is_sent_back_in_the_form_that_the_server_knows() {
        let tag = |etag: &str| Validators {
            etag: Some(etag.to_owned()).filter(|tag| !tag.is_empty()),
            last_modified: Some("Mon, 01 Jan 2024 00:00:00 GMT".to_owned()),
        };
        for (asked, given, whole, sent) in [
            ("", "W/\"a\"", true, "\"a\""),
            ("", "\"a\"", true, "\"a\""),
            ("\"a\"", "W/\"a\"", false, "\"a\""),
            ("\"a\"", "W/\"b\"", true, "\"b\""),
            // In vain without the mark: with it, and that holds for the next tag, too.
            ("\"a\"", "W/\"a\"", true, "W/\"a\""),
            ("W/\"a\"", "W/\"a\"", false, "W/\"a\""),
            ("W/\"a\"", "W/\"b\"", true, "W/\"b\""),
            // In vain with it: without.
            ("W/\"a\"", "W/\"a\"", true, "\"a\""),
            ("W/\"a\"", "\"b\"", true, "\"b\""),
            ("\"a\"", "", true, ""),
        ] {
            let answered = tag(given).answering(&tag(asked), whole);
            assert_eq!(answered, tag(sent), "asked by {asked}, got {given}");
        }
    }
}

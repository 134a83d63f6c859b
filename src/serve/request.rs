//! A request, as far as the room looks at it.

use url::form_urlencoded;

use super::words::Lang;

/// The longest path and the longest query, in bytes, as sent.
pub const LONGEST: usize = 4096;

/// How the page is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the reader's system is.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The name in the cookie and in the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark].into_iter().find(|theme| theme.as_str() == text)
    }
}

/// A request.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The path as sent.
    pub path: String,
    /// The query as sent, without `?`.
    pub query: String,
    /// `Host`, as sent.
    pub host: String,
    /// Whether a proxy says that it was asked over TLS.
    pub tls: bool,
    /// The language of the page.
    pub lang: Lang,
    /// The colours of the page.
    pub theme: Theme,
    /// `Accept-Datetime` (RFC 7089 §2.1.1), as sent.
    pub datetime: Option<String>,
    /// `If-None-Match`, as sent.
    pub none_match: Option<String>,
    /// The value of the room's cookie.
    pub cookie: Option<String>,
    /// The secret word of `Authorization`: a bearer's, or the password of Basic.
    pub word: Option<String>,
}

impl Ask {
    /// `http://HOST` or `https://HOST`, without a slash at its end: for what is read elsewhere.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.tls { "https" } else { "http" }, self.host)
    }

    /// The parts of the path between slashes, decoded.
    pub fn parts(&self) -> Vec<String> {
        self.path.trim_matches('/').split('/').map(decoded).collect()
    }

    /// A parameter of the query; an empty one is none.
    pub fn param(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .find(|(key, value)| key == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim().to_owned())
    }

    /// All values of a parameter, those between commas too.
    pub fn params(&self, name: &str) -> Vec<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .filter(|(key, _)| key == name)
            .flat_map(|(_, value)| value.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>())
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// This path with other parameters in the query: `None` takes one out.
    pub fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let changed = |key: &str| changes.iter().any(|(name, _)| *name == key);
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (key, value) in form_urlencoded::parse(self.query.as_bytes()) {
            if !changed(&key) && !value.is_empty() {
                query.append_pair(&key, &value);
            }
        }
        for (key, value) in changes {
            if let Some(value) = value {
                query.append_pair(key, value);
            }
        }
        let query = query.finish();
        // A path that begins with two slashes would name another host.
        let path = format!("/{}", self.path.trim_start_matches('/'));
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }
}

/// Percent-encodings undone (RFC 3986 §2.1); what is no UTF-8 then is shown by its replacement.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
impl Ask {
    /// A plain request in English, for tests.
    pub fn get(target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            path: path.to_owned(),
            query: query.to_owned(),
            host: "127.0.0.1:8420".to_owned(),
            tls: false,
            lang: Lang::En,
            theme: Theme::Auto,
            datetime: None,
            none_match: None,
            cookie: None,
            word: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_parameters_are_decoded() {
        let ask = Ask::get("/sites/kabar%20kota/?kind=number,date&kind=quote&q=harga+beras&site=");
        assert_eq!(ask.parts(), ["sites", "kabar kota"]);
        assert_eq!(ask.params("kind"), ["number", "date", "quote"]);
        assert_eq!(ask.param("q").as_deref(), Some("harga beras"));
        assert_eq!(ask.param("site"), None);
        assert_eq!(Ask::get("/%zz/%ff/%").parts(), ["%zz", "\u{fffd}", "%"]);
    }

    #[test]
    fn links_keep_what_they_do_not_change() {
        let ask = Ask::get("/?kind=number&before=9&q=a%26b");
        assert_eq!(ask.with(&[("before", None)]), "/?kind=number&q=a%26b");
        assert_eq!(ask.with(&[("before", Some("7"))]), "/?kind=number&q=a%26b&before=7");
        assert_eq!(Ask::get("//evil.example/").with(&[]), "/evil.example/");
    }
}

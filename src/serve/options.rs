//! What the caller decides.

use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::ServeError;
use crate::model::{Sha256, sha256};

/// How the reading room is run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The archive's file.
    pub archive: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// What opens the door; needed for any address but loopback.
    pub token: Option<Token>,
    /// Names by which the room is asked, besides those of loopback: a proxy's.
    pub hosts: Vec<String>,
    /// Threads that read, each with a connection of its own.
    pub threads: usize,
    /// The clock.
    pub now: fn() -> Timestamp,
    /// The zone that times are shown in.
    pub zone: TimeZone,
}

/// A secret word, kept as hashes: comparing them tells nothing by how long it takes.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    word: Sha256,
    cookie: Sha256,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

/// Shorter words are guessed.
const SHORTEST: usize = 16;

impl Token {
    /// A token of a word.
    ///
    /// # Errors
    /// `serve_token` when the word is shorter than 16 characters.
    pub fn new(word: &str) -> Result<Self, ServeError> {
        let word = word.trim();
        let length = word.chars().count();
        if length < SHORTEST {
            return Err(ServeError::ShortToken(length));
        }
        // The cookie is another word: who reads a browser's cookies does not learn the token.
        let cookie = sha256(format!("cookie of the reading room\n{word}").as_bytes());
        Ok(Self { word: sha256(word.as_bytes()), cookie: sha256(cookie.to_string().as_bytes()) })
    }

    /// The cookie of a browser that showed this word; none when it is the wrong one.
    #[must_use]
    pub fn cookie_of(&self, word: &str) -> Option<String> {
        let cookie = sha256(format!("cookie of the reading room\n{word}").as_bytes()).to_string();
        same(&self.word, &sha256(word.as_bytes())).then_some(cookie)
    }

    /// Whether a browser's cookie is the right one.
    #[must_use]
    pub fn knows(&self, cookie: &str) -> bool {
        same(&self.cookie, &sha256(cookie.as_bytes()))
    }
}

/// Looks at every byte, whatever the first ones say.
fn same(a: &Sha256, b: &Sha256) -> bool {
    a.0.iter().zip(b.0).fold(0, |different, (a, b)| different | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_word_and_its_cookie_open() {
        let token = Token::new(" kata-rahasia-panjang\n").unwrap();
        let cookie = token.cookie_of("kata-rahasia-panjang").unwrap();
        assert!(token.knows(&cookie) && !token.knows("kata-rahasia-panjang") && !token.knows(""));
        assert_eq!(token.cookie_of("kata-rahasia-panjanG"), None);
        assert_eq!(token.cookie_of(&cookie), None);
        assert!(!cookie.contains("rahasia") && !format!("{token:?}").contains("rahasia"));
        assert_eq!(Token::new("pendek").unwrap_err().code(), "serve_token");
    }
}

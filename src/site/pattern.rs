//! A regular expression that is checked at once and compiled when it is first asked.
//!
//! A hundred site files hold some hundreds of them, and a run asks those of a few sites: compiling
//! them all would cost ten times what reading the files costs.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use regex::{Error, Regex, RegexBuilder};

/// A sound regular expression. Clones share what is compiled.
#[derive(Clone)]
pub struct Pattern(Arc<Inner>);

struct Inner {
    text: Box<str>,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// Checks a pattern.
    ///
    /// # Errors
    /// What [`Regex::new`] says of it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let compiled = OnceLock::new();
        // Without room for the program the builder reads the pattern and gives up at once.
        match RegexBuilder::new(text).size_limit(0).build() {
            Err(Error::CompiledTooBig(_)) if !may_be_large(text) => {}
            Ok(_) | Err(Error::CompiledTooBig(_)) => drop(compiled.set(Regex::new(text)?)),
            Err(error) => return Err(error),
        }
        Ok(Self(Arc::new(Inner { text: text.into(), compiled })))
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }
}

/// Whether a pattern counts so high (`\w{1000}`) that there may be no room for its program.
fn may_be_large(text: &str) -> bool {
    let counts = text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
    let mut numbers = counts.flat_map(|count| count.split(','));
    text.len() > 5000 || numbers.any(|number| number.len() > 2 && number.bytes().all(|b| b.is_ascii_digit()))
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.0.compiled.get_or_init(|| {
            // It was found sound and small; if that was wrong, it matches nothing.
            Regex::new(&self.0.text)
                .or_else(|_| Regex::new(r"[^\s\S]"))
                .expect("a class without members is a pattern")
        })
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_checked_at_once_and_compiled_when_asked() {
        let pattern = Pattern::parse(r"^/\d{4}/(?<value>[\w-]+)$").unwrap();
        assert!(pattern.0.compiled.get().is_none());
        let clone = pattern.clone();
        assert_eq!(&clone.captures("/2024/harga-cabai").unwrap()["value"], "harga-cabai");
        assert!(pattern.0.compiled.get().is_some() && pattern.as_str().starts_with("^/"));
    }

    #[test]
    fn what_is_wrong_with_it_is_said_at_once() {
        for text in ["(", "a{2,1}", r"\8", "(?=a)", "[z-a]", r"\w{1000000}", r"(\w{500}){500}"] {
            let (ours, theirs) = (Pattern::parse(text).unwrap_err(), Regex::new(text).unwrap_err());
            assert_eq!(ours.to_string(), theirs.to_string(), "{text}");
        }
    }
}

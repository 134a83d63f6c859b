//! Who may come in.
//!
//! On loopback only names of loopback are answered to: a foreign page that has its own name resolved to
//! 127.0.0.1 (DNS rebinding) sends that name as `Host`. Where a token is set it must be shown, whatever the name.

use std::net::IpAddr;

use super::options::Options;
use super::problem::Problem;
use super::reply::{Kind, Reply};
use super::request::Ask;

/// The name of the cookie that stands for the token.
pub const COOKIE: &str = "kliping";

/// What the door says.
pub enum Entry {
    /// Come in.
    Welcome,
    /// An answer at once.
    Answer(Reply),
}

/// Decides about a request.
///
/// # Errors
/// `unknown_host`, `no_token`.
pub fn enter(options: &Options, ask: &Ask) -> Result<Entry, Problem> {
    let Some(token) = &options.token else {
        return if known(&options.hosts, &ask.host) { Ok(Entry::Welcome) } else { Err(Problem::Stranger) };
    };
    if ask.cookie.as_deref().is_some_and(|cookie| token.knows(cookie))
        || ask.word.as_deref().is_some_and(|word| token.cookie_of(word).is_some())
    {
        return Ok(Entry::Welcome);
    }
    let Some(word) = ask.param("token") else { return Err(Problem::Locked) };
    let Some(cookie) = token.cookie_of(&word) else { return Err(Problem::Locked) };
    if feeds(&ask.path) {
        // A feed reader keeps its address, and often no cookies.
        return Ok(Entry::Welcome);
    }
    // The word leaves the address bar, and with it the history and what is copied.
    let there = ask.with(&[("token", None)]);
    let secure = if ask.tls { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}");
    Ok(Entry::Answer(Reply::redirect(303, &there).header("set-cookie", cookie)))
}

/// Whether programs ask for this rather than people.
pub fn feeds(path: &str) -> bool {
    path.ends_with("/feed.atom") || path.starts_with("/api/")
}

/// How a program is told that a token is needed: a browser would show a box of its own for it.
pub fn challenge(path: &str) -> &'static str {
    if feeds(path) { "Basic realm=\"kliping\", charset=\"UTF-8\"" } else { "Bearer realm=\"kliping\"" }
}

/// The secret word of an `Authorization` header: a bearer's (RFC 6750), or the password of Basic (RFC 7617),
/// whatever the user is called.
pub fn word(header: &str) -> Option<String> {
    let (scheme, rest) = header.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    let user = scheme.eq_ignore_ascii_case("basic").then(|| base64(rest.trim()))??;
    user.split_once(':').map(|(_, word)| word.to_owned())
}

/// Base64 (RFC 4648 §4) of a text.
fn base64(text: &str) -> Option<String> {
    let mut out = Vec::new();
    let (mut bits, mut held) = (0u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let digit = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    String::from_utf8(out).ok()
}

/// Whether a name in `Host` is one of ours.
fn known(hosts: &[String], host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        || hosts.iter().any(|known| known.eq_ignore_ascii_case(&name) || known.eq_ignore_ascii_case(host))
}

/// The answer to a stranger: plain text, because nothing about the archive is said.
pub fn stranger(host: &str) -> Reply {
    let host: String = host.chars().take(200).filter(|c| !c.is_control()).collect();
    let text = format!(
        "421: this archive is not called \"{host}\".\nAsk for it by 127.0.0.1 or localhost, or start it with \
         --host NAME when a proxy passes that name on.\n"
    );
    Reply::new(Kind::Text, text).status(421)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_off_both_schemes() {
        for (header, read) in [
            ("Bearer kata-rahasia", Some("kata-rahasia")),
            ("basic c2l0aTprYXRhLXJhaGFzaWE=", Some("kata-rahasia")),
            ("Basic OmthdGE6cmFoYXNpYQ==", Some("kata:rahasia")),
            ("Basic c2l0aQ==", None),
            ("Basic %%%", None),
            ("Digest x", None),
            ("kata", None),
        ] {
            assert_eq!(word(header).as_deref(), read, "{header}");
        }
    }

    #[test]
    fn only_names_of_loopback_and_those_that_were_given() {
        let hosts = vec!["arsip.example".to_owned()];
        for (host, welcome) in [
            ("127.0.0.1:8420", true),
            ("127.0.0.9", true),
            ("localhost:8420", true),
            ("LOCALHOST.", true),
            ("kliping.localhost:1", true),
            ("[::1]:8420", true),
            ("arsip.example", true),
            ("Arsip.Example:443", true),
            ("evil.example:8420", false),
            ("127.0.0.1.evil.example", false),
            ("evil.example:127.0.0.1", false),
            ("192.168.1.4:8420", false),
            ("localhost.evil.example", false),
            ("", false),
        ] {
            assert_eq!(known(&hosts, host), welcome, "{host}");
        }
    }
}

//! One request to one host, and the manners around it.
//!
//! [`Client::get`] asks once: no redirect is followed and nothing is tried again in here, so that
//! every request that a site sees went through a [`HostGate`] first. [`robots`] says what may be
//! asked for at all.

mod answer;
mod backoff;
mod client;
mod error;
mod failure;
mod gate;
mod guard;
mod lease;
mod pace;
mod retry_after;
pub mod robots;

pub use client::{Accept, Client, FetchSettings, Request};
pub use error::FetchError;
pub use gate::HostGate;
pub use lease::{LeaseDeadline, lease_length};

/// The product token: what robots.txt files call us (RFC 9309 §2.2.1).
pub const PRODUCT: &str = "kliping";

/// The `User-Agent` header: `kliping/0.1.0 (+CONTACT)`. Whoever finds it in a log can write to the
/// contact; characters that a header cannot carry are left out of it.
#[must_use]
pub fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let contact: String = contact
        .unwrap_or_default()
        .chars()
        .filter(|c| matches!(c, ' '..='~') && !matches!(c, '(' | ')' | '\\'))
        .collect();
    match contact.trim() {
        "" => format!("{PRODUCT}/{version}"),
        contact => format!("{PRODUCT}/{version} (+{contact})"),
    }
}

#[cfg(test)]
mod tests {
    use super::user_agent;

    #[test]
    fn the_user_agent_names_the_contact_and_stays_a_header() {
        let head = format!("kliping/{}", env!("CARGO_PKG_VERSION"));
        for (contact, tail) in [
            (None, ""),
            (Some("  "), ""),
            (Some("https://kabar.example/bot"), " (+https://kabar.example/bot)"),
            (Some("redaksi@kabar.example\r\nX-Evil: 1"), " (+redaksi@kabar.exampleX-Evil: 1)"),
            (Some("Bé (redaksi)"), " (+B redaksi)"),
        ] {
            assert_eq!(user_agent(contact), format!("{head}{tail}"));
        }
    }
}

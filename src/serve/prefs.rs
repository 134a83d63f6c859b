//! Language and colours: a link of the footer sets a cookie and leads back, without any script.

use super::reply::Reply;
use super::request::{Ask, Theme};
use super::words::Lang;

/// The cookie of the language.
pub const LANG: &str = "kliping-lang";
/// The cookie of the colours.
pub const THEME: &str = "kliping-theme";

/// The answer to a request that sets something; none when it does not.
pub fn set(ask: &Ask) -> Option<Reply> {
    let lang = ask.param("lang").as_deref().and_then(Lang::parse);
    let theme = ask.param("theme").as_deref().and_then(Theme::parse);
    if lang.is_none() && theme.is_none() {
        return None;
    }
    let mut reply = Reply::redirect(303, &ask.with(&[("lang", None), ("theme", None)]));
    for (name, value) in [(LANG, lang.map(Lang::tag)), (THEME, theme.map(Theme::as_str))] {
        if let Some(value) = value {
            let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000");
            reply = reply.header("set-cookie", cookie);
        }
    }
    Some(reply)
}

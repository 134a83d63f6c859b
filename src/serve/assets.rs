//! The style sheet, the script and the icon: files of our own, under addresses with the hash of their
//! content, so that browsers keep them for good.

use std::sync::LazyLock;

use super::reply::{Cache, Kind, Reply};
use crate::model::sha256;

const STYLE: &str = include_str!("assets/style.css");
const KEYS: &str = include_str!("assets/keys.js");
const ICON: &str = include_str!("assets/icon.svg");

/// The address of the style sheet.
pub static STYLE_PATH: LazyLock<String> = LazyLock::new(|| path("style", STYLE, "css"));
/// The address of the script.
pub static KEYS_PATH: LazyLock<String> = LazyLock::new(|| path("keys", KEYS, "js"));
/// The address of the icon.
pub static ICON_PATH: LazyLock<String> = LazyLock::new(|| path("icon", ICON, "svg"));

fn path(name: &str, text: &str, suffix: &str) -> String {
    format!("/assets/{name}-{}.{suffix}", &sha256(text.as_bytes()).to_string()[..12])
}

/// The file at an address.
pub fn find(path: &str) -> Option<Reply> {
    let files: [(&str, Kind, &str); 3] =
        [(&STYLE_PATH, Kind::Css, STYLE), (&KEYS_PATH, Kind::Script, KEYS), (&ICON_PATH, Kind::Svg, ICON)];
    let (_, kind, text) = files.into_iter().find(|(known, ..)| *known == path)?;
    let mut reply = Reply::new(kind, text);
    reply.cache = Cache::Forever;
    Some(reply)
}

//! What addresses say: a redirect that leads to no article.

use super::signs::SIGNS;
use crate::model::{Instead, PageUrl};

/// Whether an address is that of a site's front page, or of the front page in one language.
#[must_use]
pub fn is_front(url: &PageUrl) -> bool {
    let path = url.path().trim_matches('/');
    let letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase());
    let language = |path: &str| path.split(['-', '_']).all(|part| letters(&part.to_ascii_lowercase()));
    let index =
        matches!(path, "" | "home" | "index.html" | "index.htm" | "index.php" | "index.asp" | "index.aspx");
    // `/?p=12` is an article's address.
    let asks = url.without_tracking().as_url().query().is_some();
    !asks && (index || language(path))
}

/// What a redirect leads to, when its address says that it is a detour: a consent wall, a page to log
/// in, a trial for robots.
#[must_use]
pub fn detour(asked: &PageUrl, to: &PageUrl) -> Option<Instead> {
    let (path, query) = to.path_and_query().split_once('?').unwrap_or((to.path_and_query(), ""));
    let labels = to.host().split('.').take(to.host().split('.').count().saturating_sub(2));
    let parts = labels.chain(path.split('/')).map(str::to_ascii_lowercase);
    let own = |part: &str| {
        asked.path().split('/').chain(asked.host().split('.')).any(|own| own.eq_ignore_ascii_case(part))
    };
    let found =
        parts.filter(|part| !own(part)).find_map(|part| SIGNS.addresses.get(part.as_str()).copied())?;
    // An article may stand at `/login/`, but nobody who moves it there says where it was.
    let depth = path.split('/').filter(|part| !part.is_empty()).count();
    (depth <= 2 || returns(asked, query)).then_some(found)
}

/// Whether a query says where to go on to.
fn returns(asked: &PageUrl, query: &str) -> bool {
    let path = asked.path().trim_matches('/');
    let query = query.replace("%2F", "/").replace("%2f", "/").replace("%252F", "/");
    !path.is_empty() && query.contains(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> PageUrl {
        PageUrl::parse(text).unwrap()
    }

    #[test]
    fn front_pages_are_known_by_their_address() {
        for (address, front) in [
            ("https://kabar.example/", true),
            ("https://kabar.example/?utm_source=x", true),
            ("https://kabar.example/id/", true),
            ("https://kabar.example/en-US", true),
            ("https://kabar.example/index.php", true),
            ("https://kabar.example/?p=12", false),
            ("https://kabar.example/index.php?id=12", false),
            ("https://kabar.example/berita/", false),
            ("https://kabar.example/2026/", false),
        ] {
            assert_eq!(is_front(&url(address)), front, "{address}");
        }
    }

    #[test]
    fn detours_are_known_by_their_address() {
        let asked = url("https://kabar.example/2026/11/harga-cabai/");
        for (to, what) in [
            (
                "https://consent.kabar.example/?redirectUri=https%3A%2F%2Fkabar.example%2F2026",
                Some(Instead::ConsentWall),
            ),
            ("https://kabar.example/privacy-gate?next=/2026/11/harga-cabai/", Some(Instead::ConsentWall)),
            ("https://kabar.example/login?return=%2F2026%2F11%2Fharga-cabai%2F", Some(Instead::LoginPage)),
            ("https://sso.penerbit.example/a/b/c?u=%2F2026%2F11%2Fharga-cabai%2F", Some(Instead::LoginPage)),
            ("https://kabar.example/cdn-cgi/trial", Some(Instead::BotChallenge)),
            ("https://kabar.example/2026/11/harga-cabai-naik/", None),
            ("https://kabar.example/2026/11/login-baru/", None),
            ("https://kabar.example/berita/2026/login/", None),
        ] {
            assert_eq!(detour(&asked, &url(to)), what, "{to}");
        }
    }
}

//! The address of an archive on a server as text: what may be shown of it.

/// The schema that holds an archive when the address names none.
pub(super) const SCHEMA: &str = "kliping";

/// How such addresses begin.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// Whether a text is the address of a server.
pub(super) fn is_address(text: &str) -> bool {
    SCHEMES.iter().any(|scheme| text.starts_with(scheme))
}

/// An address without its password, also where other words stand before it, as in an option of a command line; any
/// other text as it is.
#[must_use]
pub fn shown(text: &str) -> String {
    let Some((at, scheme)) = SCHEMES.iter().find_map(|scheme| Some((text.find(scheme)?, scheme))) else {
        return text.to_owned();
    };
    let (before, rest) = text.split_at(at + scheme.len());
    // The last one: a password may hold others.
    let (who, place) = rest.rsplit_once('@').map_or((None, rest), |(who, place)| (Some(who), place));
    let who = who.map(|who| format!("{}@", who.split(':').next().unwrap_or_default()));
    let (place, query) = place.split_once('?').unwrap_or((place, ""));
    let hide = |pair: &&str| !pair.starts_with("password=");
    let query: Vec<&str> = query.split('&').filter(hide).filter(|pair| !pair.is_empty()).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{before}{}{place}{mark}{}", who.unwrap_or_default(), query.join("&"))
}

/// The schema that an address names.
pub(super) fn schema(address: &str) -> &str {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    query.split('&').find_map(|pair| pair.strip_prefix("schema=")).unwrap_or(SCHEMA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (text, wanted) in [
            ("postgres://desk:geheim@db.example/news", "postgres://desk@db.example/news"),
            (
                "postgres://db.example:5433/news?password=geheim&schema=a",
                "postgres://db.example:5433/news?schema=a",
            ),
            ("postgresql:///news?host=/run/postgresql", "postgresql:///news?host=/run/postgresql"),
            ("postgres://a:b@c@db.example/news", "postgres://a@db.example/news"),
            ("postgres://a:b?c@db.example/news?schema=a", "postgres://a@db.example/news?schema=a"),
            ("--archive=postgres://a:b@db.example/news", "--archive=postgres://a@db.example/news"),
            ("archive/kliping.db", "archive/kliping.db"),
        ] {
            assert_eq!(shown(text), wanted);
        }
    }

    #[test]
    fn an_address_names_its_schema() {
        assert_eq!(schema("postgres://h/d?host=/run&schema=berita"), "berita");
        assert_eq!(schema("postgres://h/d"), "kliping");
    }
}

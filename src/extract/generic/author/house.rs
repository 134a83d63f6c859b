//! Names that are no person's: the paper's own, an agency's, a role's.

use crate::extract::generic::lead::key;

/// Roles and desks, folded.
const ROLES: [&str; 22] = [
    "admin",
    "administrator",
    "wordpressadmin",
    "webmaster",
    "redaktion",
    "redaksi",
    "redazione",
    "redacción",
    "rédaction",
    "redakcja",
    "toimitus",
    "redaktionen",
    "редакция",
    "editor",
    "staff",
    "newsroom",
    "news desk",
    "editorial team",
    "agencies",
    "agenturen",
    "online",
    "news",
];

/// Whether a name is the paper's own, an agency's or that of a role.
pub(super) fn is_house(name: &str, site_names: &[String]) -> bool {
    let folded = key(name);
    let is_role = ROLES.iter().any(|role| key(role) == folded);
    // `dpa`, `LTO`, `AFP`: an agency or the paper, in short.
    let short = !name.contains(' ') && name.len() <= 5 && name.chars().skip(1).all(|c| !c.is_lowercase());
    let address = name.contains('.') && !name.contains(' ') && name.chars().any(char::is_alphabetic);
    is_role
        || short
        || address
        || site_names.iter().any(|site| key(site) == folded || opens(site, name) || opens(name, site))
}

/// Whether a longer name begins with a shorter one, at the end of a word.
fn opens(long: &str, short: &str) -> bool {
    let (long, short) = (long.to_lowercase(), short.to_lowercase());
    short.chars().count() > 3
        && long
            .strip_prefix(short.as_str())
            .is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_own_names_are_no_persons() {
        let site = ["Kabar Kita".to_owned(), "kabar.example".to_owned()];
        for name in ["Kabar Kita", "Kabar Kita – Koran Desa", "Redaksi", "AFP", "kabar.example", "admin"] {
            assert!(is_house(name, &site), "{name}");
        }
        for name in ["Sari Dewi", "Kabarudin", "Budi"] {
            assert!(!is_house(name, &site), "{name}");
        }
    }
}

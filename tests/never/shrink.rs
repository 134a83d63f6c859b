//! A page that breaks something, as small as it goes.

/// Most attempts.
const ATTEMPTS: usize = 1500;

/// Takes stretches out of a page as long as it stays `broken`.
pub fn shrink(page: &[u8], broken: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut page = page.to_vec();
    let mut attempts = 0;
    let mut size = page.len() / 2;
    while size > 0 {
        let mut at = 0;
        let mut smaller = false;
        while at < page.len() && attempts < ATTEMPTS {
            attempts += 1;
            let mut candidate = page.clone();
            candidate.drain(at..(at + size).min(page.len()));
            if broken(&candidate) {
                page = candidate;
                smaller = true;
            } else {
                at += size;
            }
        }
        if attempts >= ATTEMPTS {
            break;
        }
        if !smaller || size > page.len() {
            size /= 2;
        }
    }
    page
}

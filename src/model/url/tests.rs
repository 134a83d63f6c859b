//! Addresses and their keys.

use super::*;

fn url(text: &str) -> PageUrl {
    PageUrl::parse(text).unwrap()
}

#[test]
fn one_article_has_one_key() {
    let key = url("https://kabar.example/a/b").key();
    for other in [
        "http://kabar.example/a/b",
        "https://www.kabar.example/a/b/",
        "https://kabar.example/a/b?utm_source=x&fbclid=1#komentar",
        "https://kabar.example:443/a/b",
    ] {
        assert_eq!(url(other).key(), key, "{other}");
    }
    assert_ne!(url("https://kabar.example/a/b?p=2").key(), key);
    assert_ne!(url("https://kabar.example/A/b").key(), key);
}

#[test]
fn politeness_is_counted_by_registrable_domain_or_by_address_and_port() {
    for (text, key) in [
        ("https://www.kompas.com/x", "kompas.com"),
        ("http://news.detik.com", "detik.com"),
        ("https://a.b.go.id", "b.go.id"),
        ("http://127.0.0.1:8087/", "127.0.0.1:8087"),
        ("http://localhost:3000/", "localhost:3000"),
        ("http://[::1]/", "[::1]:80"),
    ] {
        assert_eq!(url(text).host_key().as_str(), key);
    }
}

#[test]
fn only_web_pages_have_addresses() {
    assert_eq!(PageUrl::parse("mailto:a@b.c").unwrap_err().code(), "url_scheme");
    assert_eq!(PageUrl::parse("/relative").unwrap_err().code(), "url_syntax");
    assert_eq!(url("https://u:p@kabar.example/x#y").as_str(), "https://kabar.example/x");
}

#[test]
fn what_a_standard_calls_equivalent_and_what_tools_add_is_no_other_article() {
    for (a, b) in [
        ("https://kabar.example/%7eredaksi/a%2db", "https://kabar.example/~redaksi/a-b"),
        ("https://kabar.example/berita%2fsatu", "https://kabar.example/berita%2Fsatu"),
        ("https://kabar.example./a", "https://kabar.example/a"),
        ("https://KABAR.example/a/../b", "https://kabar.example/b"),
        ("https://kabar.example/a;jsessionid=0F1B.n1?p=2", "https://kabar.example/a?p=2"),
        ("https://kabar.example/a;JSESSIONID=0F1B/b", "https://kabar.example/a/b"),
        ("https://kabar.example/a?PHPSESSID=9&p=2", "https://kabar.example/a?p=2"),
        ("https://kabar.example/a?share=facebook&nb=1", "https://kabar.example/a"),
        ("https://kabar.example/a?at_custom1=x&mtm_kwd=y&xtor=RSS-3", "https://kabar.example/a"),
        ("https://kabar.example/a?&&", "https://kabar.example/a"),
        ("https://kabar.example/a?b=2&a=1", "https://kabar.example/a?a=1&b=2"),
    ] {
        assert_eq!(url(a).key(), url(b).key(), "{a}");
    }
}

#[test]
fn what_may_be_another_page_has_another_key() {
    for (a, b) in [
        ("https://kabar.example/a/amp/", "https://kabar.example/a/"),
        ("https://m.kabar.example/a", "https://kabar.example/a"),
        ("https://kabar.example//a", "https://kabar.example/a"),
        ("https://kabar.example/a%2Fb", "https://kabar.example/a/b"),
        ("https://kabar.example/a?share=12", "https://kabar.example/a"),
        ("https://kabar.example/a?nb=2", "https://kabar.example/a"),
        ("https://kabar.example/a?id=%2526", "https://kabar.example/a?id=%26"),
        ("https://kabar.example/index.html", "https://kabar.example/"),
        ("https://kabar.example:8443/a", "https://kabar.example/a"),
    ] {
        assert_ne!(url(a).key(), url(b).key(), "{a}");
    }
}

proptest::proptest! {
    #[test]
    fn dropping_trackers_twice_is_dropping_them_once(q in "[a-z_=&%0-9;]{0,40}") {
        let once = url(&format!("https://kabar.example/a;{q}?{q}")).without_tracking();
        proptest::prop_assert_eq!(once.without_tracking(), once.clone());
        proptest::prop_assert_eq!(once.key(), once.without_tracking().key());
    }

    #[test]
    fn the_key_of_a_key_is_the_key(tail in "(/|[a-zA-Z%0-9.~;=é ?&_+-]){0,40}") {
        if let Ok(page) = PageUrl::parse(&format!("https://kabar.example/{tail}")) {
            let key = page.key();
            proptest::prop_assert_eq!(url(&format!("https://{key}")).key(), key);
        }
    }
}

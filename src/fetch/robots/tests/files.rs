//! Lines and groups, encodings, and what else a robots.txt holds.

use std::time::Duration;

use super::super::Robots;
use super::check;

#[test]
fn lines_are_recognised_as_their_authors_meant_them() {
    let all = "/x/y";
    check(&[
        ("user-agent: kliping\ndisallow: /\n", &[("kliping", all, false)]),
        ("foo: kliping\nbar: /\n", &[("kliping", all, true)]),
        ("user-agent kliping\ndisallow /\n", &[("kliping", all, false)]),
        ("user-agent kliping\ndisallow / now\n", &[("kliping", all, true)]),
        (
            "USER-AGENT: kliping\nALLOW: /x/\nDISALLOW: /\n",
            &[("kliping", all, true), ("kliping", "/a/b", false)],
        ),
        (
            "uSeR-aGeNt: kliping\nAlLoW: /x/\ndIsAlLoW: /\n",
            &[("kliping", all, true), ("kliping", "/a/b", false)],
        ),
        ("user-agent: kliping\rdisallow: /\r", &[("kliping", all, false)]),
        ("user-agent: kliping\r\ndisallow: /\r\n", &[("kliping", all, false)]),
        ("  user-agent :\tkliping \n\tdisallow:/", &[("kliping", all, false)]),
        ("Useragent: kliping\nDissallow: /\n", &[("kliping", all, false)]),
        ("User agent: kliping\nDisalow: /\n", &[("kliping", all, false)]),
        ("<!DOCTYPE html>\n<p>User-agent: *<br>Disallow: /</p>\n", &[("kliping", all, true)]),
        (":\n::\n: :\n#\nuser-agent:\ndisallow:\n\0\n", &[("kliping", all, true), ("", all, true)]),
    ]);
}

#[test]
fn a_group_speaks_to_all_the_crawlers_above_it() {
    let three = "allow: /foo/bar/\n\nuser-agent: kliping\ndisallow: /\nallow: /x/\nuser-agent: dua\n\
                 disallow: /\nallow: /y/\n\n\nallow: /w/\nuser-agent: tiga\n\nuser-agent: kliping\nallow: /z/\n\
                 disallow: /\n";
    check(&[
        (
            three,
            &[
                ("kliping", "/x/b", true),
                ("kliping", "/z/d", true),
                ("kliping", "/y/c", false),
                ("dua", "/y/c", true),
                ("dua", "/w/a", true),
                ("dua", "/z/d", false),
                ("tiga", "/z/d", true),
                // A rule above the first group speaks to nobody.
                ("kliping", "/foo/bar/", false),
                ("dua", "/foo/bar/", false),
                ("tiga", "/foo/bar/", false),
            ],
        ),
        // Other records do not end the list of crawlers (RFC 9309 §2.2.4).
        (
            "User-agent: dua\nSitemap: https://kabar.example/sitemap\nUser-agent: *\nDisallow: /\n",
            &[("kliping", "/", false), ("dua", "/", false)],
        ),
        (
            "User-agent: kliping\nWhatever: else\nUser-agent: *\nDisallow: /\n",
            &[("kliping", "/", false), ("dua", "/", false)],
        ),
        // RFC 9309 §5.1.
        (
            "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n\
             User-Agent: satu\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n\
             User-Agent: dua\nUser-Agent: tiga\nDisallow: /example/page.html\n\nUser-Agent: empat\n",
            &[
                ("satu", "/example/page.html", true),
                ("satu", "/example/allowed.gif", true),
                ("satu", "/publications/", false),
                ("dua", "/example/page.html", false),
                ("tiga", "/example/page.html", false),
                ("tiga", "/example/a.gif", true),
                ("empat", "/example/page.html", true),
                ("kliping", "/publications/", true),
                ("kliping", "/publications/a.gif", true),
                ("kliping", "/a.gif", false),
                ("kliping", "/example/page.html", false),
            ],
        ),
    ]);
}

#[test]
fn the_crawlers_own_group_replaces_the_one_for_all() {
    let x = "/x/y";
    check(&[
        ("", &[("kliping", x, true)]),
        (
            "user-agent: *\nallow: /\nuser-agent: kliping\ndisallow: /\n",
            &[("kliping", x, false), ("dua", x, true)],
        ),
        (
            "user-agent: satu\nallow: /\nuser-agent: dua\ndisallow: /\nuser-agent: tiga\ndisallow: /\n",
            &[("kliping", x, true)],
        ),
        (
            "User-agent: *\nDisallow: /x/\nUser-agent: kliping\nDisallow: /y/\n",
            &[("kliping", "/x/page", true), ("kliping", "/y/page", false)],
        ),
        ("User-agent: *\nDisallow: /\nUser-agent: kliping\n", &[("kliping", x, true)]),
        ("User-agent: * \nDisallow: /\n", &[("kliping", x, false)]),
        ("User-agent: *bot\nDisallow: /\n", &[("kliping", x, true)]),
    ]);
}

#[test]
fn a_crawler_is_known_by_its_token_up_to_the_first_other_sign() {
    let x = "/x/y";
    for name in ["KLIPING SATU", "kliping satu", "KliPing sAtu", "kliping/1.0", "kliping;"] {
        for product in ["kliping", "Kliping"] {
            let text = format!("User-Agent: {name}\nAllow: /x/\nDisallow: /\n");
            check(&[(&text, &[(product, x, true), (product, "/a/b", false)])]);
        }
    }
    check(&[
        (
            "User-Agent: *\nDisallow: /\nUser-Agent: Kliping Satu\nAllow: /x/\nDisallow: /\n",
            &[("kliping", x, true), ("kliping satu", x, false)],
        ),
        ("User-agent: kliping-images\nDisallow: /\n", &[("kliping", x, true)]),
        ("User-agent: klip\nDisallow: /\n", &[("kliping", x, true)]),
    ]);
}

#[test]
fn crawl_delay_belongs_to_a_crawler_and_sitemaps_to_all() {
    let text = "Sitemap: https://kabar.example/a.xml\nUser-agent: dua\nCrawl-delay: 10\nUser-agent: tiga\n\
                Disallow: /p/\nSitemap: /b.xml\n\nUser-agent: *\nCrawl-delay: 0.5\nAllow: /\n\
                SITEMAP: https://kabar.example/a.xml\nUser-agent: *\nCrawl-delay: 3\n";
    for (product, delay) in [("dua", Some(10.0)), ("tiga", None), ("kliping", Some(3.0))] {
        let robots = Robots::parse(text.as_bytes(), product);
        assert_eq!(robots.crawl_delay(), delay.map(Duration::from_secs_f64), "{product}");
        assert_eq!(robots.sitemaps(), ["https://kabar.example/a.xml", "/b.xml"]);
    }
    for bad in ["-1", "soon", "", "NaN", "inf", "1e300", "1,5"] {
        let robots = Robots::parse(format!("User-agent: *\nCrawl-delay: {bad}\n").as_bytes(), "kliping");
        assert_eq!(robots.crawl_delay(), None, "{bad}");
    }
}

#[test]
fn byte_order_marks_and_utf_16_are_understood() {
    let text = "User-agent: *\r\nDisallow: /x/\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    for bytes in [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [b"\xff\xfe", utf16(u16::to_le_bytes).as_slice()].concat(),
        [b"\xfe\xff", utf16(u16::to_be_bytes).as_slice()].concat(),
    ] {
        let robots = Robots::parse(&bytes, "kliping");
        assert_eq!((robots.allows("/x/y"), robots.allows("/y")), (false, true));
    }
    let latin1 = Robots::parse(b"User-agent: *\nDisallow: /caf\xe9\n", "kliping");
    assert!(!latin1.allows("/caf%E9") && latin1.allows("/caf%C3%A9"));
}

#[test]
fn hostile_files_end_and_only_their_first_500_kib_count() {
    let head = "User-agent: *\n";
    let path = "/a".repeat(4_000);
    for rules in [
        "Disallow: *ab\n".repeat(60_000),
        format!("Disallow: {}b\n", "*a".repeat(400_000)),
        format!("Disallow: /{}b\n", "*".repeat(900_000)),
        format!("Disallow: {}\n", "/a".repeat(400_000)),
        "User-agent: kliping\n".repeat(60_000),
    ] {
        assert!(Robots::parse(format!("{head}{rules}").as_bytes(), "kliping").allows(&path));
    }
    let late = format!("{head}{}Disallow: /\n", "# long\n".repeat(80_000));
    assert!(Robots::parse(late.as_bytes(), "kliping").allows("/x"));
}

proptest::proptest! {
    #[test]
    fn no_bytes_and_no_path_make_it_panic(
        body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), path in ".{0,40}",
    ) {
        let _ = Robots::parse(&body, "kliping").allows(&path);
    }

    #[test]
    fn lines_that_look_like_rules_do_not_make_it_panic(
        lines in "((user-agent|disallow|allow|crawl-delay|sitemap)[ :*$%/a-fé]{0,9}[\\r\\n]){0,12}",
        path in "/[a-f%*$/é]{0,9}",
    ) {
        let _ = Robots::parse(lines.as_bytes(), "a").allows(&path);
    }
}

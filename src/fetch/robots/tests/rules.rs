//! Which rule decides about a path.

use super::check;

#[test]
fn the_longest_rule_decides_and_allow_wins_a_tie() {
    check(&[
        ("user-agent: kliping\ndisallow: /x/page.html\nallow: /x/\n", &[("kliping", "/x/page.html", false)]),
        (
            "user-agent: kliping\nallow: /x/page.html\ndisallow: /x/\n",
            &[("kliping", "/x/page.html", true), ("kliping", "/x/", false)],
        ),
        ("user-agent: kliping\ndisallow: \nallow: \n", &[("kliping", "/x/page.html", true)]),
        ("user-agent: kliping\ndisallow: /\nallow: /\n", &[("kliping", "/x/page.html", true)]),
        (
            "user-agent: kliping\ndisallow: /x\nallow: /x/\n",
            &[("kliping", "/x", false), ("kliping", "/x/", true)],
        ),
        (
            "user-agent: kliping\ndisallow: /x/page.html\nallow: /x/page.html\n",
            &[("kliping", "/x/page.html", true)],
        ),
        (
            "user-agent: kliping\nallow: /page\ndisallow: /*.html\n",
            &[("kliping", "/page.html", false), ("kliping", "/page", true)],
        ),
        (
            "user-agent: kliping\nallow: /x/page.\ndisallow: /*.html\n",
            &[("kliping", "/x/page.html", true), ("kliping", "/x/y.html", false)],
        ),
        ("user-agent: kliping\nallow: /p\ndisallow: /\n", &[("kliping", "/page", true)]),
        ("user-agent: kliping\nallow: /folder\ndisallow: /folder\n", &[("kliping", "/folder/page", true)]),
        ("user-agent: kliping\nallow: /page\ndisallow: /*.htm\n", &[("kliping", "/page.htm", false)]),
        (
            "user-agent: kliping\nallow: /$\ndisallow: /\n",
            &[("kliping", "/", true), ("kliping", "/page.html", false), ("kliping", "/?p=1", false)],
        ),
        // RFC 9309 §5.2.
        (
            "User-Agent: kliping\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n",
            &[
                ("kliping", "/example/page/", true),
                ("kliping", "/example/page/a.gif", true),
                ("kliping", "/example/page/disallowed.gif", false),
            ],
        ),
    ]);
}

#[test]
fn a_rule_is_a_prefix_with_an_eye_for_case() {
    let fish = |rule: &str| format!("user-agent: kliping\ndisallow: /\nallow: {rule}\n");
    for rule in ["/fish", "/fish*"] {
        check(&[(
            &fish(rule),
            &[
                ("kliping", "/bar", false),
                ("kliping", "/fish", true),
                ("kliping", "/fish.html", true),
                ("kliping", "/fish/salmon.html", true),
                ("kliping", "/fishheads", true),
                ("kliping", "/fishheads/yummy.html", true),
                ("kliping", "/fish.html?id=anything", true),
                ("kliping", "/Fish.asp", false),
                ("kliping", "/catfish", false),
                ("kliping", "/?id=fish", false),
            ],
        )]);
    }
    check(&[
        (
            &fish("/fish/"),
            &[
                ("kliping", "/bar", false),
                ("kliping", "/fish/", true),
                ("kliping", "/fish/salmon", true),
                ("kliping", "/fish/?salmon", true),
                ("kliping", "/fish/salmon.html", true),
                ("kliping", "/fish/?id=anything", true),
                ("kliping", "/fish", false),
                ("kliping", "/fish.html", false),
                ("kliping", "/Fish/Salmon.html", false),
            ],
        ),
        ("user-agent: kliping\ndisallow: /x/\n", &[("kliping", "/x/y", false)]),
        ("user-agent: kliping\ndisallow: /X/\n", &[("kliping", "/x/y", true)]),
    ]);
}

#[test]
fn a_star_is_anything_and_a_dollar_is_the_end() {
    let php = |rule: &str| format!("user-agent: kliping\ndisallow: /\nallow: {rule}\n");
    check(&[
        (
            &php("/*.php"),
            &[
                ("kliping", "/bar", false),
                ("kliping", "/filename.php", true),
                ("kliping", "/folder/filename.php", true),
                ("kliping", "/folder/filename.php?parameters", true),
                ("kliping", "//folder/any.php.file.html", true),
                ("kliping", "/filename.php/", true),
                ("kliping", "/index?f=filename.php/", true),
                ("kliping", "/php/", false),
                ("kliping", "/index?php", false),
                ("kliping", "/windows.PHP", false),
            ],
        ),
        (
            &php("/*.php$"),
            &[
                ("kliping", "/bar", false),
                ("kliping", "/filename.php", true),
                ("kliping", "/folder/filename.php", true),
                ("kliping", "/filename.php?parameters", false),
                ("kliping", "/filename.php/", false),
                ("kliping", "/filename.php5", false),
                ("kliping", "/php/", false),
                ("kliping", "/filename?php", false),
                ("kliping", "/aaaphpaaa", false),
                ("kliping", "//windows.PHP", false),
            ],
        ),
        (
            &php("/fish*.php"),
            &[
                ("kliping", "/bar", false),
                ("kliping", "/fish.php", true),
                ("kliping", "/fishheads/catfish.php?parameters", true),
                ("kliping", "/Fish.PHP", false),
            ],
        ),
        (
            "User-agent: kliping\nDisallow: /foo/bar/quz\nAllow: /foo/*/qux\n",
            &[
                ("kliping", "/foo/bar/quz", false),
                ("kliping", "/foo/quz", true),
                ("kliping", "/foo//quz", true),
                ("kliping", "/foo/bax/quz", true),
            ],
        ),
        (
            "User-agent: kliping\nDisallow: /foo/bar$\nAllow: /foo/bar/qux\n",
            &[
                ("kliping", "/foo/bar", false),
                ("kliping", "/foo/bar/qux", true),
                ("kliping", "/foo/bar/", true),
                ("kliping", "/foo/bar/baz", true),
            ],
        ),
        // The last part must be found behind the others, not in them.
        (
            "User-agent: *\nDisallow: /a*ab*b$\n",
            &[("kliping", "/aabb", false), ("kliping", "/aab", true), ("kliping", "/aabcb", false)],
        ),
        ("User-agent: *\nDisallow: *.gif$\n", &[("kliping", "/a.gif", false), ("kliping", "/a.gif?b", true)]),
        ("User-agent: *\nDisallow: ***/x***y\n", &[("kliping", "/x/y", false), ("kliping", "/y/x", true)]),
        ("User-agent: *\nDisallow: *\n", &[("kliping", "/", false)]),
        ("User-agent: *\nDisallow: $\n", &[("kliping", "/", true)]),
    ]);
}

#[test]
fn a_number_sign_starts_a_comment() {
    check(&[(
        "User-agent: kliping\n# Disallow: /\nDisallow: /foo/quz#qux\nAllow: /\n",
        &[("kliping", "/foo/bar", true), ("kliping", "/foo/quz", false)],
    )]);
}

#[test]
fn percent_encoding_is_compared_by_the_stricter_of_two_readings() {
    let allow = |rule: &str| format!("User-agent: kliping\nDisallow: /\nAllow: {rule}\n");
    let question = "/foo/bar?qux=taz&baz=http://foo.bar?tar&par";
    check(&[
        (&allow(question), &[("kliping", question, true)]),
        (
            &allow("/foo/bar/ツ"),
            &[("kliping", "/foo/bar/%E3%83%84", true), ("kliping", "/foo/bar/ツ", false)],
        ),
        (
            &allow("/foo/bar/%E3%83%84"),
            &[
                ("kliping", "/foo/bar/%E3%83%84", true),
                ("kliping", "/foo/bar/%e3%83%84", true),
                ("kliping", "/foo/bar/ツ", false),
            ],
        ),
        (&allow("/%62%61%7A"), &[("kliping", "/baz", false), ("kliping", "/%62%61%7A", true)]),
        // RFC 9309 §2.2.2: what needs no escape is the same with one.
        (
            "User-agent: kliping\nDisallow: /foo/bar/%62%61%7A\n",
            &[("kliping", "/foo/bar/baz", false), ("kliping", "/foo/bar/%62a%7a", false)],
        ),
        ("User-agent: kliping\nDisallow: /~siti\n", &[("kliping", "/%7Esiti/", false)]),
        ("User-agent: kliping\nDisallow: /a%2Fb\n", &[("kliping", "/a/b", true)]),
        // RFC 9309 §2.2.3: a sign that stands for itself.
        (
            "User-agent: kliping\nDisallow: /a%2A.html\n",
            &[("kliping", "/a*.html", false), ("kliping", "/ab.html", true)],
        ),
        ("User-agent: kliping\nDisallow: /a%24\n", &[("kliping", "/a$", false), ("kliping", "/a$b", false)]),
        ("User-agent: kliping\nDisallow: /a$b\n", &[("kliping", "/a$b", false), ("kliping", "/a", true)]),
    ]);
}

#[test]
fn an_index_page_that_is_allowed_allows_its_folder() {
    check(&[(
        "User-Agent: *\nAllow: /berita/index.html\nDisallow: /\n",
        &[
            ("kliping", "/berita/", true),
            ("kliping", "/berita/index.htm", false),
            ("kliping", "/berita/index.html", true),
            ("kliping", "/lain", false),
        ],
    )]);
}

#[test]
fn a_path_that_is_missing_is_the_root() {
    check(&[
        ("", &[("kliping", "", true), ("", "", true)]),
        (
            "user-agent: kliping\ndisallow: /\n",
            &[("", "", true), ("kliping", "", false), ("kliping", "x", false)],
        ),
    ]);
}

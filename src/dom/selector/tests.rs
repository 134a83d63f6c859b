use crate::dom::Selector;

#[test]
fn each_mistake_is_explained_where_it_stands() {
    for (css, span, message, help) in [
        ("", 0..0, "empty", "CSS selector"),
        ("  ", 0..2, "empty", "CSS selector"),
        ("//div", 0..5, "this is XPath", "write `div`"),
        ("//div[last()]", 0..13, "this is XPath", "in CSS"),
        ("p:contains('Baca juga')", 1..10, "`:contains` is not CSS", "drop_paragraph"),
        ("li:first", 2..8, "`:first` is not CSS", ":first-of-type"),
        ("a:hover", 1..7, "needs a browser", "class"),
        ("p:frist-child", 1..13, "is not known", ":first-child"),
        ("p::before", 1..9, "`::before`", ""),
        ("h1::text, h2", 2..8, "only at the end", "one source for each"),
        ("div >", 4..5, "nothing stands after `>`", "direct child"),
        ("div.a > , p", 6..7, "nothing stands after `>`", ""),
        ("> p", 0..1, "nothing stands before `>`", ""),
        ("h1, ", 2..3, "nothing stands after `,`", ""),
        (", h1", 0..1, "nothing stands before `,`", ""),
        ("div:has(> )", 8..9, "nothing stands after `>`", ""),
        ("a[href", 1..2, "`[` is never closed", "`]`"),
        ("div:not(.a", 7..8, "`(` is never closed", "`)`"),
        ("div)", 3..4, "`)` closes nothing", ""),
        ("a[href=\"x]", 7..10, "never closed", ""),
        (".2kolom", 0..7, "may not start with a digit", "[class~=\"2kolom\"]"),
        ("#12", 0..3, "", "[id=\"12\"]"),
        ("a[href=/feed/]", 1..14, "needs quotation marks", "[href=\"/feed/\"]"),
        ("a@href", 1..2, "`@` means nothing", "::attr(href)"),
        ("<h1>", 0..1, "`<` means nothing", "without `<`"),
        ("div { color: red }", 4..5, "`{` means nothing", ""),
        ("class=isi", 5..6, "`=` means nothing", "brackets"),
        ("p:", 1..2, "a name must follow", ""),
        ("div..a", 0..6, "a name must follow", ""),
    ] {
        let error = Selector::parse(css).expect_err(css);
        assert_eq!(error.span, span, "{css}: {error}");
        assert!(error.message.contains(message), "{css}: {error}");
        assert!(error.help.as_deref().unwrap_or_default().contains(help), "{css}: {:?}", error.help);
    }
}

#[test]
fn what_is_css_is_taken() {
    for css in [
        "h1",
        "h1.judul, h2",
        "div > p + p ~ ul",
        "a[href*='/tag/']",
        "[data-x=\"a > b, c\"]",
        "p:nth-child(2n+1)",
        "p:nth-child( 2n + 1 )",
        "div:has(> strong > a[href*='baca-juga'])",
        "p:has(> a.x, > b > a.y)",
        ":is(h1, h2):not(.a)",
        ".td-a-rec",
        "p:first-of-type > strong:first-child",
        "ins.adsbygoogle",
        "[id^=\"comment\" i]",
        ".\\32 kolom",
        "*",
        ":root",
        "vf-conversations",
        "form[action*=\"wp-comments-post.php\"]",
        "#id-é",
        "a[rel~=author]",
    ] {
        assert!(Selector::parse(css).is_ok(), "{css}: {:?}", Selector::parse(css));
    }
}

#[test]
fn selectors_may_cross_threads() {
    fn check<T: Send + Sync>() {}
    check::<Selector>();
}

proptest::proptest! {
    #[test]
    fn any_text_compiles_or_is_explained(css in "([a-z.#:>+~,()\\[\\]='\"*\\\\@/0-9 -]|contains|::attr|\\PC){0,30}") {
        if let Err(error) = Selector::parse(&css) {
            proptest::prop_assert!(!error.message.contains("developer"));
            proptest::prop_assert!(css.get(error.span.clone()).is_some());
        }
        let _ = crate::dom::Query::parse(&css);
    }
}

//! What happens when a site file says something wrong.

use super::*;

/// A whole file around the part that a test is about.
pub(super) fn file(part: &str) -> String {
    format!("schema = 1\n[site]\nhosts = [\"kabar.example\"]\n{part}")
}

#[test]
fn each_mistake_has_its_place_and_a_remedy() {
    let mut faults = Vec::new();
    let layout = |part: &str| file(&format!("[[layout]]\nid = \"a\"\n{part}"));
    let title = |part: &str| layout(&format!("[layout.title]\n{part}"));
    for (text, line, column, message, help) in [
        ("[site]\nhosts = ['a.example']".to_owned(), 1, 1, "which version", "`schema = 1`"),
        (
            "schema = 2\n[site]\nhosts = ['a.example']".to_owned(),
            1,
            10,
            "version 2 is not known",
            "version 1",
        ),
        ("schema = 1".to_owned(), 1, 1, "which hosts", "`hosts = ["),
        (file("[layot]"), 4, 2, "`layot` is not known", "did you mean `layout`?"),
        (file("[clean]\nremvoe = []"), 5, 1, "`remvoe` is not known under [clean]", "did you mean `remove`?"),
        (file("[clean]\ndelay = '2s'"), 5, 1, "`delay` is not known", "belongs under [crawl]"),
        (file("[clean]\nremove = [\"div.a >\"]"), 5, 18, "nothing stands after `>`", "direct child"),
        (file("[clean]\nremove = ['//div']"), 5, 12, "this is XPath", "write `div`"),
        (
            file("[clean]\nremove = ['h1', \"p:contains('x')\"]"),
            5,
            19,
            "`:contains` is not CSS",
            "drop_paragraph",
        ),
        (file("[clean]\nremove = ['...']"), 5, 11, "extends none", ""),
        (file("[clean]\nremove = '.a'"), 5, 10, "wants a list", "`remove = ['.a']`"),
        (file("[clean]\ndrop_paragraph = ['^(Baca']"), 5, 21, "unclosed group", "needs its `)`"),
        (file("[clean]\ndrop_paragraph = [\"^\\d\"]"), 5, 22, "starts an escape", "between '…'"),
        (file("[clean]\ndrop_paragraph = ['']"), 5, 19, "matches everything", ""),
        (file("[clean]\nstrip_tail = ['(?=a)b']"), 5, 16, "look-around", "two patterns"),
        (
            file("[discover]\narticles = ['^https://a.example/']"),
            5,
            13,
            "path and query",
            "begin with the path",
        ),
        (file("[discover]\nfeeds = ['feed']"), 5, 10, "neither a path", "`/feed`"),
        (file("[crawl]\ndelay = '5'"), 5, 9, "no unit", ""),
        (
            "schema=1\n[site]\nhosts=['a.example']\ntimezone = 'WIB'".to_owned(),
            4,
            12,
            "`WIB` is not known",
            "Asia/Jakarta",
        ),
        (
            "schema=1\n[site]\nhosts=['a.example']\nlanguage = 'id_ID'".to_owned(),
            4,
            12,
            "not a language tag",
            "`id-ID`",
        ),
        ("schema=1\n[site]\nhosts=['https://a.example/x']".to_owned(), 3, 8, "is not a host", "`a.example`"),
        (
            "schema=1\nextends='wordpres'\n[site]\nhosts=['a.example']".to_owned(),
            2,
            9,
            "is not there",
            "`wordpress`",
        ),
        (file("[layout]\nid = 'a'"), 4, 1, "list of tables", "`[[layout]]`"),
        (file("[[layout]]\n[layout.title]\nselect=['h1']"), 4, 1, "no `id`", "name it"),
        (layout("when = 'div'"), 4, 1, "reads nothing", "[layout.title]"),
        (
            layout("titel = 1\n[layout.title]\nselect=['h1']"),
            6,
            1,
            "`titel` is not known under [layout]",
            "`title`",
        ),
        (
            layout("from = '2024-01-01'\n[layout.title]\nselect=['h1']"),
            6,
            8,
            "wants a date",
            "without quotation marks",
        ),
        (
            layout("from = 2024-02-01\nuntil = 2024-01-01\n[layout.title]\nselect=['h1']"),
            7,
            9,
            "before `from`",
            "",
        ),
        (
            title("requierd = true\nselect=['h1']"),
            7,
            1,
            "`requierd` is not known under [layout.title]",
            "`required`",
        ),
        (title("required = 'true'\nselect=['h1']"), 7, 12, "true or false", "without quotation marks"),
        (title("select = 'h1'"), 7, 10, "wants a list of sources", "`select = ['h1']`"),
        (title("select = ['h1', 5]"), 7, 17, "a CSS selector or a table", ""),
        (title("select = []"), 7, 1, "no source", ""),
        (title("required = true"), 6, 1, "no source", ""),
        (
            title("select = [{ mata = 'og:title' }]"),
            7,
            13,
            "`mata` is not known in a source",
            "did you mean `meta`?",
        ),
        (title("select = ['og:title']"), 7, 11, "not a CSS selector", "{ meta = \"og:title\" }"),
        (title("select = ['meta og:title']"), 7, 11, "not a CSS selector", "{ meta = \"og:title\" }"),
        (title("select = ['h1::attr']"), 7, 14, "in parentheses", ""),
        (title("select = ['h1']\nformats = ['%d']"), 8, 1, "`formats` is not known", "[layout.published]"),
        (layout("[layout.published]\nselect=['time']\nformats=['%d %! %B']"), 8, 10, "date format", "%d %B"),
        (layout("[layout.body]\nselect=['div::attr(id)']"), 7, 9, "wants an element", ""),
        (
            title("select=['h1']\n[[layout]]\nid='b'\n[layout.title]\nselect=['h2']"),
            8,
            1,
            "never used",
            "put it last",
        ),
        (
            file(
                "[[layout]]\nid='a'\nwhen='p'\n[layout.title]\nselect=['h1']\n[[layout]]\nid='a'\n[layout.title]\nselect=['h2']",
            ),
            10,
            1,
            "two layouts",
            "",
        ),
        (file("[[test]]\ntitle = 'x'"), 4, 1, "no `fixture`", ""),
        (file("[[test]]\nfixture = 'x.html'"), 4, 1, "expects nothing", ""),
        (file("[[test]]\nfixture = '../x.html'\ntitle='x'"), 5, 11, "in the folder", ""),
        (file("[[test]]\nfixture = 'x.html'\npublished = 2024-06-02"), 6, 13, "with its offset", "+07:00"),
    ] {
        let mistakes = catalog(&[("s/a.toml", &text)]).err().unwrap_or_default();
        let fits = |mistake: &Diagnostic| {
            mistake.position() == (line, column)
                && mistake.message.contains(message)
                && mistake.help.as_deref().unwrap_or_default().contains(help)
                && mistake.render(false).contains(&format!(".toml:{line}:{column}"))
        };
        if mistakes.len() != 1 || !fits(&mistakes[0]) {
            let shown: Vec<String> = mistakes.iter().map(|mistake| mistake.render(false)).collect();
            faults.push(format!("wanted {line}:{column} {message} / {help}\n{text}\n{}", shown.join("\n")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn every_mistake_gives_a_diagnostic_in_the_order_of_the_file() {
    let text = "schema = 1\nextends = 'wordpres'\n[site]\nhosts = ['a.example']\ntimezone = 'Asia/Jakarat'\n[[layout]]\nid = 'x'\n\
                [layout.title]\nrequierd = true\nselect = ['//h1', 'h1 >', 7]\n[clean]\ndrop_paragraph = ['[a-']\n";
    let mistakes = catalog(&[("s/a.toml", text)]).unwrap_err();
    let places: Vec<_> = mistakes.iter().map(Diagnostic::position).collect();
    assert_eq!(places, [(2, 11), (5, 12), (9, 1), (10, 12), (10, 23), (10, 27), (12, 20)]);
    assert!(
        mistakes.iter().all(|mistake| mistake.help.is_some() && !mistake.render(true).contains("developer"))
    );
}

#[test]
fn two_files_for_one_host_are_a_mistake_of_the_second() {
    let one = "schema = 1\n[site]\nhosts = ['kabar.example']";
    let two = "schema = 1\n[site]\nhosts = ['lain.example', 'www.kabar.example']";
    let mistakes = catalog(&[("s/a.toml", one), ("s/b.toml", two)]).unwrap_err();
    assert_eq!((mistakes.len(), mistakes[0].position()), (1, (3, 26)));
    assert!(
        mistakes[0].file == Path::new("s/b.toml") && mistakes[0].help.as_ref().unwrap().contains("s/a.toml")
    );
    assert_eq!(catalog(&[("s/_a.toml", "schema=1\n[site]\nhosts=['x.example']")]).unwrap_err().len(), 1);
    assert_eq!(catalog(&[("s/_a.toml", "schema=1\nextends='wordpress'")]).unwrap_err().len(), 1);
}

//! What `config.toml` may say, and what happens when it says something else.

use std::path::Path;
use std::time::Duration;

use super::diagnostic::Diagnostic;
use super::*;

const SHIPPED: &str = include_str!("../../config.toml");

fn parse(text: &str) -> Result<Config, Vec<diagnostic::Diagnostic>> {
    Config::parse(text, Path::new("config.toml"))
}

#[test]
fn the_shipped_file_equals_the_defaults() {
    let shipped = parse(SHIPPED).unwrap();
    assert_eq!(shipped, Config { file: shipped.file.clone(), ..Config::default() });
    assert_eq!(parse("").unwrap(), shipped);
}

#[test]
fn the_shipped_file_names_every_key() {
    // The names are taken from the types themselves, so that a new field cannot be forgotten.
    let site = SiteEntry {
        id: "x".to_owned(),
        url: PageUrl::parse("https://a.example/").unwrap(),
        preset: None,
        feeds: Vec::new(),
        sitemaps: Vec::new(),
        sections: Vec::new(),
        apis: Vec::new(),
        delay: None,
        max_pages: None,
        enabled: true,
    };
    let debug = format!("{:#?}{:#?}", Config::default(), site);
    for name in debug.lines().filter_map(|line| line.trim().split_once(": ")).map(|(name, _)| name) {
        // `learning` is no key: only a worker sets it.
        if matches!(name, "file" | "id" | "age" | "every" | "learning") {
            continue;
        }
        let named = SHIPPED.lines().any(|line| {
            let line = line.trim_start_matches("# ").trim();
            line.starts_with(&format!("{name} =")) || line.starts_with(&format!("[{name}"))
        });
        assert!(named, "config.toml does not name `{name}`");
    }
}

#[test]
fn the_example_of_the_shipped_file_is_sound() {
    let example: Vec<&str> = SHIPPED
        .lines()
        .skip_while(|line| !line.starts_with("# [sites."))
        .filter_map(|line| line.strip_prefix("# "))
        .collect();
    let config = parse(&example.join("\n")).unwrap();
    assert_eq!(config.sites.len(), 1);
}

#[test]
fn everything_can_be_set() {
    let config = parse(
        "archive = 'x/y.db'\nselectors = '/s'\n[crawl]\ncontact = 'a@b.example'\ndelay = '500ms'\nmax_body = '1 MiB'\n\
         concurrency = 4\nallow_private = true\n[recheck]\nladder = [{ age = '1d', every = '1h' }]\nmax_per_run = 0\n\
         [sites.b]\nurl = 'https://b.example'\n[sites.\"a.example\"]\nurl = 'https://a.example'\nenabled = false\nfeeds = ['/f', 'https://x.example/f']",
    )
    .unwrap();
    assert_eq!(
        (config.archive.as_path(), config.selectors.as_path()),
        (Path::new("x/y.db"), Path::new("/s"))
    );
    assert_eq!((config.crawl.delay, config.crawl.max_body), (Duration::from_millis(500), 1 << 20));
    assert_eq!(
        config.recheck.ladder,
        [Step { age: Duration::from_secs(86400), every: Duration::from_secs(3600) }]
    );
    let ids: Vec<&str> = config.sites.iter().map(|site| site.id.as_str()).collect();
    assert_eq!(ids, ["b", "a.example"]);
    assert!(config.sites[0].enabled && !config.sites[1].enabled);
}

#[test]
fn paths_count_from_the_folder_of_the_file() {
    let config = Config::parse("archive = 'a.db'", Path::new("/etc/kliping/config.toml")).unwrap();
    assert_eq!(config.archive, Path::new("/etc/kliping/a.db"));
    assert_eq!(config.selectors, Path::new("/etc/kliping/selectors"));
}

#[test]
fn each_mistake_has_its_place_and_a_remedy() {
    let mut faults = Vec::new();
    for (text, line, column, message, help) in [
        ("[crawl]\ndely = '2s'", 2, 1, "`dely` is not known under [crawl]", "did you mean `delay`?"),
        ("delay = '2s'", 1, 1, "at the top of the file", "belongs under [crawl]"),
        ("[crawler]", 1, 2, "`crawler` is not known", "did you mean `crawl`?"),
        ("[crawl]\ndelay = 2", 2, 9, "wants a duration", "`delay = \"2…\"`"),
        ("[crawl]\ndelay = '2'", 2, 9, "no unit", ""),
        ("[crawl]\ntimeout = '0s'", 2, 11, "may not be zero", ""),
        ("[crawl]\nconcurrency = '4'", 2, 15, "wants a whole number, not a text", "without quotation marks"),
        ("[crawl]\nconcurrency = -4", 2, 15, "wants a whole number", ""),
        ("[crawl]\nconcurrency = 0", 2, 15, "at least 1", ""),
        ("[crawl]\nkeep_pages = 'yes'", 2, 14, "true or false", ""),
        ("[crawl]\nmax_in_flight = '1 MiB'", 2, 1, "smaller than `max_body`", "at least as large"),
        ("[recheck]\nladder = ['1h']", 2, 11, "wants tables", ""),
        ("[recheck]\nladder = [{ age = '1h' }]", 2, 11, "no `every`", "every = "),
        (
            "[recheck]\nladder = [{ age='2h', every='1h' }, { age='1h', every='1h' }]",
            2,
            39,
            "never used",
            "in order",
        ),
        ("[sites.a]", 1, 8, "has no `url`", "front page"),
        ("[sites.a]\nurl = 'a.example'", 2, 7, "a.example", "whole address"),
        ("[sites.a]\nurl = 'https://a.example'\nfeeds = '/feed/'", 3, 9, "wants a list", "['/feed/']"),
        ("[sites.a]\nurl = 'https://a.example'\nfeeds = ['feed']", 3, 10, "addresses or paths", "`/feed`"),
        ("[sites.'a b']\nurl = 'https://a.example'", 1, 8, "no identifier", "letters"),
        (
            "[sites.a]\nurl='http://a.example'\n[sites.b]\nurl='https://www.a.example/'",
            4,
            1,
            "same address",
            "",
        ),
        ("[[sites]]\nurl = 'https://a.example'", 1, 1, "`[sites]`", ""),
        ("archive = ''", 1, 11, "is empty", ""),
        ("archive = 5", 1, 11, "a text in quotation marks", ""),
        ("archive 'x'", 1, 9, "no value", "key = "),
        ("archive = x", 1, 11, "quotation marks", "straight"),
        ("archive = “x”", 1, 11, "quotation marks", "straight"),
        ("archive = 'x", 1, 13, "does not end", "`'`"),
        ("archive = 'it's'", 1, 15, "after the value", "other kind"),
        ("archive: 'x'", 1, 8, "no name of a key", "key = "),
        ("[crawl", 1, 7, "not closed", "`[name]`"),
        ("[sites.a]\nurl='https://a.example'\nfeeds=['/a' '/b']", 3, 13, "comma is missing", ""),
        ("archive = 'x'\narchive = 'y'", 2, 1, "second time", "keep one"),
    ] {
        let mistakes = parse(text).err().unwrap_or_default();
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
fn a_mistake_is_drawn_with_carets() {
    let mistakes = parse("# ä\n[crawl]\ndely = '2s'\ntimeout = 5").unwrap_err();
    assert_eq!(mistakes.len(), 2);
    let drawn = mistakes[0].render(false);
    for part in ["config.toml:3:1", "dely = '2s'", "^^^^", "help: did you mean `delay`?"] {
        assert!(drawn.contains(part), "{drawn}");
    }
    assert!(mistakes[0].render(true).contains("\u{1b}["));
}

#[test]
fn a_file_that_is_not_there_or_not_text_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.toml");
    assert_eq!(Config::load(Some(&missing)).unwrap_err().code(), "config_unreadable");
    let binary = folder.path().join("binary.toml");
    std::fs::write(&binary, b"archive = '\xff\xfe'").unwrap();
    let error = Config::load(Some(&binary)).unwrap_err();
    assert!(error.render(false).contains("binary.toml:1:12"), "{}", error.render(false));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_explained(text in "(\\[+(crawl|sites|recheck)[.a]{0,2}\\]*|delay|ladder|url|=|'|\"|\n|[0-9]|[{}\\[\\],# \\\\]|\\PC){0,40}") {
        if let Err(mistakes) = parse(&text) {
            for mistake in mistakes {
                let _ = (mistake.render(false), mistake.to_string());
            }
        }
    }
}

#[test]
fn the_rhythm_of_lists_has_bounds() {
    let config = parse("[poll]\nmin = '0s'\nmax = '2h'\npages = 1").unwrap();
    assert_eq!((config.poll.min, config.poll.max), (Duration::ZERO, Duration::from_secs(7200)));
    assert_eq!(config.poll.pages, 1);
    for wrong in ["[poll]\nmax = '1m'", "[poll]\nmin = '2d'", "[poll]\npages = 0", "[poll]\nevery = '1h'"] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
}

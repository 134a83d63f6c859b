//! `docs/selectors.md` and the README tell the truth about site files.

use std::path::PathBuf;

use kliping::site::Catalog;

const DOC: &str = include_str!("../docs/selectors.md");
const README: &str = include_str!("../README.md");

/// The TOML blocks of a page that are site files.
fn site_files(page: &str) -> Vec<String> {
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.filter(|block| block.contains("schema")).map(str::to_owned).collect()
}

#[test]
fn every_example_is_a_sound_site_file() {
    let examples: Vec<String> = site_files(DOC).into_iter().chain(site_files(README)).collect();
    assert!(examples.len() >= 2);
    for example in examples {
        let catalog = Catalog::of(vec![(PathBuf::from("selectors/news.example.toml"), example.clone())]);
        let mistakes = catalog.err().unwrap_or_default();
        let shown: Vec<String> = mistakes.iter().map(|mistake| mistake.render(false)).collect();
        assert!(shown.is_empty(), "{example}\n{}", shown.join("\n"));
    }
}

#[test]
fn every_key_is_described() {
    // What is known is what the reader names when a key is unknown.
    let tables = [
        "zzz = 1\n",
        "[site]\nzzz = 1\n",
        "[crawl]\nzzz = 1\n",
        "[discover]\nzzz = 1\n",
        "[clean]\nzzz = 1\n",
    ];
    let fields =
        ["published", "comment_form"].map(|field| format!("[[layout]]\n[layout.{field}]\nzzz = 1\n"));
    let others = ["[[layout]]\nzzz = 1\n".to_owned(), "[[test]]\nzzz = 1\n".to_owned()];
    for table in tables.into_iter().map(str::to_owned).chain(fields).chain(others) {
        let mistakes = Catalog::of(vec![(PathBuf::from("a.toml"), table.clone())]).unwrap_err();
        let known = mistakes
            .iter()
            .filter(|mistake| mistake.message.contains("`zzz`"))
            .find_map(|mistake| mistake.help.as_deref()?.split_once(": ").map(|(_, keys)| keys.to_owned()));
        for key in known.expect("an unknown key lists the known ones").split(", ") {
            let named =
                [format!("`{key}`"), format!("{key} "), format!("[{key}]"), format!("[layout.{key}]")];
            assert!(
                named.iter().any(|name| DOC.contains(name)),
                "docs/selectors.md does not name `{key}` of\n{table}"
            );
        }
    }
}

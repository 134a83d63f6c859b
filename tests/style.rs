//! House rules that a reader would otherwise have to check by hand.

mod support;

use support::source::Source;

/// No file is longer: one job each.
const MAX_LINES: usize = 300;

fn everything() -> Vec<Source> {
    ["src", "tests", "benches"].iter().flat_map(|folder| Source::below(folder)).collect()
}

#[test]
fn no_file_is_longer_than_one_job_needs() {
    let long: Vec<String> = everything()
        .iter()
        .map(|file| (file.text.lines().count(), &file.path))
        .filter(|(lines, _)| *lines > MAX_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split what is longer than {MAX_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut faults = Vec::new();
    for file in Source::below("src") {
        faults.extend(file.places(".unwrap()").into_iter().map(|at| file.place(at)));
        for at in file.places(".expect(") {
            // The reason why it cannot fail stands in the message, as a literal.
            let message = file.text[at..].trim_start_matches(".expect(").trim_start();
            let reason = message.strip_prefix('"').and_then(|text| text.split('"').next());
            if reason.is_none_or(|reason| reason.split_whitespace().count() < 3) {
                faults.push(format!("{} (say why it cannot fail)", file.place(at)));
            }
        }
    }
    assert!(faults.is_empty(), "unwrap or expect outside tests:\n{}", faults.join("\n"));
}

#[test]
fn the_library_prints_nothing() {
    let mut faults = Vec::new();
    for file in
        Source::below("src").iter().filter(|f| !f.path.starts_with("src/cli/") && f.path != "src/main.rs")
    {
        for word in ["println!", "eprintln!", "print!", "eprint!", "dbg!"] {
            faults.extend(file.places(word).into_iter().map(|at| file.place(at)));
        }
    }
    assert!(faults.is_empty(), "the library prints:\n{}", faults.join("\n"));
}

#[test]
fn nothing_is_left_unfinished() {
    let mut faults = Vec::new();
    for file in everything() {
        for word in ["todo!", "unimplemented!"] {
            faults.extend(file.places(word).into_iter().map(|at| file.place(at)));
        }
    }
    assert!(faults.is_empty(), "unfinished:\n{}", faults.join("\n"));
}

#[test]
fn every_dependency_has_its_reason() {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table =
        std::fs::read_to_string(top.join("Cargo.toml")).unwrap().parse().expect("cargo has read it");
    let reasons = std::fs::read_to_string(top.join("docs/decisions/0001-dependencies.md")).unwrap();
    let names: Vec<&str> = manifest["dependencies"].as_table().unwrap().keys().map(String::as_str).collect();
    // What a feature brings does not count: it can be left out.
    let optional = |name: &&&str| {
        let spec = manifest["dependencies"].get(**name).and_then(toml::Value::as_table);
        spec.and_then(|spec| spec.get("optional")).and_then(toml::Value::as_bool) == Some(true)
    };
    let always = names.iter().filter(|name| !optional(name)).count();
    assert!(always <= 36, "{always} runtime dependencies: one must go");
    let table = reasons.split("\n## ").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(rows.collect::<Vec<_>>(), names, "the table of docs/decisions/0001-dependencies.md");
    for name in manifest["dev-dependencies"].as_table().unwrap().keys() {
        assert!(reasons.contains(&format!("`{name}`")), "`{name}` (for tests) is not named there");
    }
}

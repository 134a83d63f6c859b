//! `docs/faults.md` and the tests: whoever names a fault there names a test that exists.

use std::path::Path;

#[test]
fn every_fault_in_the_table_has_its_test() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let doc = std::fs::read_to_string(top.join("docs/faults.md")).unwrap();
    let rows: Vec<&str> = doc
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| fault |") && !line.starts_with("| ---"))
        .collect();
    assert!(rows.len() > 30, "{} rows", rows.len());
    for row in rows {
        let cells = row.replace("\\|", "/");
        let cells: Vec<&str> = cells.trim_matches('|').split('|').map(str::trim).collect();
        let [fault, _, tests] = cells[..] else { panic!("three columns: {row}") };
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "{fault}: no test is named");
        for name in named {
            let (file, test) = name.split_once("::").unwrap_or_else(|| panic!("{name}: FILE::TEST"));
            let text = std::fs::read_to_string(top.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
            let there =
                [format!("fn {test}("), format!("def {test}(")].iter().any(|head| text.contains(head));
            assert!(there, "{fault}: {file} has no {test}");
        }
    }
}

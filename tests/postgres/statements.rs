//! What a crawl asks of the server: its own log is counted.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::server::Server;
use crate::sites::Sites;
use crate::trial::Trial;

/// What a server says of each statement, and of whom it came.
const LOGGED: &str = "listen_addresses = ''\nlog_statement = 'all'\nlog_line_prefix = '%a: '\n";
/// So many statements a page at most, of all kinds, where hosts answer at once.
const MOST: f64 = 1.3;

#[test]
fn a_new_page_takes_few_statements() {
    let Some(server) = Server::with(5432, LOGGED, |_| {}) else { return };
    let none = Duration::ZERO;
    let trial = Trial {
        hosts: 16,
        delay: none,
        answers: none..Duration::from_millis(1),
        slow_answer: none,
        lease: Duration::from_secs(20),
        ..Trial::small()
    };
    let sites = Sites::start(&trial);
    let archive = format!("archive = \"{}\"\n", server.archive("counted").display());
    let desk = sites.desk_on(&archive, &trial);
    desk.ok(&["crawl", "--limit", "0"]);
    let before = asked(&server.log());
    desk.ok(&["crawl", "--new-only"]);
    let after = asked(&server.log());
    let pages = trial.hosts * trial.pages;
    assert_eq!(server.sql("SELECT count(*) FROM counted.version").unwrap(), pages.to_string());
    let mut all: Vec<(usize, &str)> = after
        .iter()
        .map(|(sql, times)| (times - before.get(sql).unwrap_or(&0), sql.as_str()))
        .filter(|(times, _)| *times > 0)
        .collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    let statements: usize = all.iter().map(|(times, _)| times).sum();
    let of_each = statements as f64 / pages as f64;
    println!("{of_each:.2} statements a page");
    all.iter().take(25).for_each(|(times, sql)| println!("{times:6} {sql}"));
    assert!(statements > 0 && of_each <= MOST, "{of_each:.2} for each of {pages} pages");
}

/// How often kliping asked each statement, by how it begins.
fn asked(log: &str) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for line in log.lines() {
        let Some(told) = line.strip_prefix("kliping: LOG:  ") else { continue };
        // `statement: …`, or `execute s12: …` of one that is prepared.
        let Some((kind, sql)) = told.split_once(": ") else { continue };
        if kind == "statement" || kind.starts_with("execute ") {
            *asked.entry(sql.chars().take(100).collect()).or_default() += 1;
        }
    }
    asked
}

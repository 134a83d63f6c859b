//! What a crawl asks of the server: its own log is counted.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::server::Server;
use crate::sites::Sites;
use crate::trial::Trial;

/// What a server says of each statement, and of whom it came.
const LOGGED: &str = "listen_addresses = ''\nlog_statement = 'all'\nlog_line_prefix = '%a: '\n";
/// What is asked for each new page: what is known of it, and to store it, or several of them at once.
const OF_PAGES: [&str; 2] = ["SELECT known, ", "SELECT told FROM unnest(pg_temp.store_fresh("];
/// What is asked for a host besides: its turn, robots.txt, its list, and its first two pages, which are stored step by
/// step.
const OF_A_HOST: usize = 130;

#[test]
fn a_new_page_takes_few_statements() {
    let Some(server) = Server::with(5432, LOGGED, |_| {}) else { return };
    let none = Duration::ZERO;
    let trial = Trial {
        pages: 50,
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
    let sum = |of_pages: bool| -> usize {
        let wanted = |sql: &str| OF_PAGES.iter().any(|begin| sql.starts_with(begin)) == of_pages;
        all.iter().filter(|(_, sql)| wanted(sql)).map(|(times, _)| times).sum()
    };
    let (of_pages, others) = (sum(true), sum(false));
    println!(
        "{:.2} statements a page, {} a host besides",
        of_pages as f64 / pages as f64,
        others / trial.hosts
    );
    all.iter().take(25).for_each(|(times, sql)| println!("{times:6} {sql}"));
    // Fewer by what was stored together.
    assert!(of_pages > pages && of_pages <= 2 * pages, "{of_pages} for {pages} pages");
    assert!(others <= OF_A_HOST * trial.hosts, "{others} for {} hosts", trial.hosts);
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

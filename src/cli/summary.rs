//! What a run did, for people.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use kliping::pipeline::{Count, Report, Tally};

use super::app::App;
use super::exit::CliError;

/// The counters worth a column, and their heads.
const COLUMNS: [(Count, &str); 9] = [
    (Count::New, "new"),
    (Count::Changed, "changed"),
    (Count::Same, "same"),
    (Count::NotModified, "304"),
    (Count::Gone, "gone"),
    (Count::Fetched, "fetched"),
    (Count::ExtractFailed, "unread"),
    (Count::RobotsDenied, "denied"),
    (Count::Errors, "errors"),
];

/// One line for a terminal.
pub fn line(report: &Report) -> String {
    let seconds = report.ms / 1000;
    let counts: Vec<String> = COLUMNS
        .iter()
        .map(|(count, name)| (report.total(*count), name))
        .filter(|(n, _)| *n > 0)
        .map(|(n, name)| format!("{n} {name}"))
        .collect();
    let what = if counts.is_empty() { "nothing to do".to_owned() } else { counts.join(", ") };
    format!("\r\x1b[Krun {}: {what} ({seconds} s)", report.run)
}

/// A table, one line a site.
pub fn print(report: &Report, app: &mut App) -> Result<(), CliError> {
    let width = report.sites.keys().map(|id| id.chars().count()).max().unwrap_or(0).max(4);
    write!(app.out, "{:width$}", "site")?;
    for (_, name) in COLUMNS {
        write!(app.out, " {name:>8}")?;
    }
    writeln!(app.out)?;
    for id in report.sites.keys() {
        write!(app.out, "{id:width$}")?;
        for (count, _) in COLUMNS {
            write!(app.out, " {:>8}", report.of(id, count))?;
        }
        writeln!(app.out)?;
    }
    for (site, shows) in &report.shows {
        let shows: Vec<String> = shows.iter().map(|(what, n)| format!("{n} {what}")).collect();
        writeln!(app.out, "{site}: shown instead of articles: {}", shows.join(", "))?;
    }
    writeln!(app.out, "run {} took {:.1} s", report.run, report.ms as f64 / 1000.0)?;
    Ok(())
}

/// Whether the terminal's last line tells of progress.
static TOLD: AtomicBool = AtomicBool::new(false);

/// Takes the last line of the terminal from the progress: whether it must be wiped first.
pub fn takes_line() -> bool {
    TOLD.swap(false, Ordering::Relaxed)
}

/// A line on the terminal that is written over as the run goes on.
pub fn progress(tally: &Tally) {
    let (sites, problems) = tally.snapshot();
    let sum = |count: Count| sites.values().map(|counts| counts[count as usize]).sum::<u64>();
    let text = format!(
        "{} sites  {} asked  {} new  {} changed  {} failed",
        sites.len(),
        sum(Count::Fetched) + sum(Count::NotModified) + sum(Count::Gone),
        sum(Count::New),
        sum(Count::Changed),
        problems.len(),
    );
    TOLD.store(true, Ordering::Relaxed);
    // A terminal that went away is no reason to end a crawl.
    let _ = write!(io::stderr(), "\r\x1b[K{text}");
}

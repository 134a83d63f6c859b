//! What a run did, for people.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use kliping::pipeline::{Count, Progress, Report, Tally};

use super::app::App;
use super::exit::CliError;
use super::text::count;

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
    let text = bar(&tally.progress());
    TOLD.store(true, Ordering::Relaxed);
    // Without wrapping: in a narrow terminal the end of the line is cut, and nothing scrolls. A terminal
    // that went away is no reason to end a crawl.
    let _ = write!(io::stderr(), "\r\x1b[?7l{text}\x1b[K\x1b[?7h");
}

/// Columns of the bar itself.
const BAR: usize = 20;

/// `[=====>    ] 142/380  2.1/s  3 hosts  12 new  3 changed  1 failed  2m left`
fn bar(progress: &Progress) -> String {
    let Progress { hosts, done, left, rate, .. } = *progress;
    let all = done + left;
    let full = (done * BAR).checked_div(all).unwrap_or(0);
    let head = if full < BAR { ">" } else { "" };
    let bar = format!("{}{head}", "=".repeat(full));
    let hosts = count(i64::try_from(hosts).unwrap_or(i64::MAX), "host", "hosts");
    let mut text = format!("[{bar:BAR$}] {done}/{all}  {rate:.1}/s  {hosts}");
    for (n, what) in
        [(progress.new, "new"), (progress.changed, "changed"), (progress.failed as u64, "failed")]
    {
        text.push_str(&format!("  {n} {what}"));
    }
    if let Some(time) = progress.time_left {
        text.push_str(&format!("  {} left", rough(time.as_secs())));
    }
    text
}

/// A time as one says it: `40s`, `12m`, `3h 20m`.
fn rough(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{}s", seconds.max(1)),
        60..3600 => format!("{}m", seconds.div_ceil(60)),
        _ => format!("{}h {}m", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_bar_grows_and_tells_what_came() {
        let mut progress = Progress { hosts: 3, done: 95, left: 285, rate: 2.06, ..Progress::default() };
        (progress.new, progress.failed) = (12, 1);
        progress.time_left = Some(Duration::from_secs(110));
        let text = bar(&progress);
        assert_eq!(
            text,
            "[=====>              ] 95/380  2.1/s  3 hosts  12 new  0 changed  1 failed  2m left"
        );
        let done = bar(&Progress { hosts: 1, done: 4, ..Progress::default() });
        assert!(done.starts_with("[====================] 4/4  0.0/s  1 host "), "{done}");
        assert!(bar(&Progress::default()).starts_with("[>                   ] 0/0"));
        assert_eq!([9, 60, 61, 3700].map(rough), ["9s", "1m", "2m", "1h 1m"]);
    }
}

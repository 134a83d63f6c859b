//! How far an import has come: one line, redrawn, and only on a terminal.

use std::io::{IsTerminal, Write, stderr};
use std::path::Path;
use std::time::{Duration, Instant};

use kliping::import::{Report, Told};

use crate::cli::text::plain;

/// Not redrawn sooner.
const EVERY: Duration = Duration::from_millis(200);

pub struct Progress {
    name: String,
    size: Option<u64>,
    watched: bool,
    drawn: Option<Instant>,
}

impl Progress {
    pub fn new(path: &Path, size: Option<u64>, quiet: bool) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        Self { name: plain(&name), size, watched: stderr().is_terminal() && !quiet, drawn: None }
    }

    /// Draws the line anew, now and then.
    pub fn show(&mut self, told: &Told, report: &Report) {
        let Told::At(offset) = told else { return };
        if !self.watched || self.drawn.is_some_and(|at| at.elapsed() < EVERY) {
            return;
        }
        let share = match self.size {
            Some(size) if size > 0 => format!("{} %", offset.saturating_mul(100) / size),
            _ => format!("{} MB", offset >> 20),
        };
        // Nobody is left to be told that nobody watches.
        let _ = write!(stderr(), "\r\x1b[K{}: {share}, {}", self.name, sentence(report, false));
        let _ = stderr().flush();
        self.drawn = Some(Instant::now());
    }

    /// Takes the line away, for another.
    pub fn pause(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}

/// The figures that say something, and their names.
pub fn figures(report: &Report) -> Vec<(&'static str, u64)> {
    let all = [
        ("new article", "new articles", report.new),
        ("later version", "later versions", report.later),
        ("earlier version", "earlier versions", report.earlier),
        ("known text seen again", "known texts seen again", report.same),
        ("there already", "there already", report.known),
        ("queued for the next crawl", "queued for the next crawl", report.queued),
        ("refused: redacted here", "refused: redacted here", report.refused),
        ("broken", "broken", report.broken),
    ];
    let told = all.into_iter().filter(|(.., n)| *n > 0);
    told.map(|(one, many, n)| (if n == 1 { one } else { many }, n)).collect()
}

/// The figures in a line.
pub fn sentence(report: &Report, dry_run: bool) -> String {
    let mut parts: Vec<String> = figures(report).iter().map(|(name, n)| format!("{n} {name}")).collect();
    let skipped: u64 = report.skipped.values().sum();
    if skipped > 0 {
        parts.push(format!("{skipped} skipped"));
    }
    let what = if parts.is_empty() { "nothing to import".to_owned() } else { parts.join(" · ") };
    if dry_run { format!("{what} (nothing written)") } else { what }
}

//! The health of a site, for people.

use std::io::{self, Write};

use kliping::model::{Loss, Lost, Share, Sign, SiteHealth, Trend};

use crate::cli::app::App;
use crate::cli::style;
use crate::cli::text::{count, left, plain, right, short};

/// The column of names.
const NAMES: usize = 14;

/// A site with all that was looked for.
pub fn site(site: &str, health: &SiteHealth, app: &mut App) -> io::Result<()> {
    let pages = i64::try_from(health.pages).unwrap_or(i64::MAX);
    let span = health.span.map(|(first, last)| format!(", {} to {}", short(first), short(last)));
    let title = app.paint(style::NAME, &plain(site));
    writeln!(app.out, "{title}  {}{}", count(pages, "page", "pages"), span.unwrap_or_default())?;
    let before = health.pages - health.latest;
    let head = format!(
        "  {}{}{}",
        left("", NAMES),
        right(&format!("{before} before"), 12),
        right(&format!("{} latest", health.latest), 12)
    );
    writeln!(app.out, "{}", app.paint(style::QUIET, &head))?;
    for trend in &health.trends {
        row(trend, app)?;
    }
    for ((file, layout), (before, latest)) in &health.readers {
        let name = format!("{} {}", plain(file), plain(layout));
        let line = format!("  read by {name}: {before} before, {latest} of the latest");
        writeln!(app.out, "{}", app.paint(style::QUIET, &line))?;
    }
    Ok(())
}

fn row(trend: &Trend, app: &mut App) -> io::Result<()> {
    let figures = format!("{}{}", right(&percent(trend.before), 12), right(&percent(trend.latest), 12));
    let (name, figures) = (left(name(trend.sign), NAMES), figures.trim_end().to_owned());
    let Some(lost) = &trend.lost else { return writeln!(app.out, "  {name}{figures}") };
    let told = app.paint(style::BAD, &told(lost));
    writeln!(app.out, "  {name}{figures}  {told}")?;
    // The address has a line of its own: it is long, and copied.
    writeln!(app.out, "  {}{}", left("", NAMES), plain(&lost.url))
}

/// Only what a site lost, one a line.
pub fn lost(site: &str, health: &SiteHealth, app: &mut App) -> io::Result<()> {
    for (trend, lost) in health.lost() {
        let told = app.paint(style::BAD, &told(lost));
        writeln!(app.out, "{}: {} {told}: {}", plain(site), name(trend.sign), plain(&lost.url))?;
    }
    Ok(())
}

fn told(lost: &Lost) -> String {
    let since = short(lost.since);
    match lost.how {
        Loss::Vanished => format!("gone since {since}"),
        Loss::Fell => format!("fallen since {since}"),
        Loss::Missing => format!("missing, at least since {since}"),
    }
}

fn name(sign: Sign) -> &'static str {
    match sign {
        Sign::Article => "an article",
        Sign::Layout => "a layout",
        Sign::OwnBody => "body by file",
        Sign::Field(name) => name.as_str(),
    }
}

fn percent(share: Share) -> String {
    if share.of == 0 { "–".to_owned() } else { format!("{:.0} %", 100.0 * share.ratio()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::text::width;

    #[test]
    fn every_name_fits_its_column() {
        let fields = kliping::model::FieldName::ALL.into_iter().map(Sign::Field);
        for sign in fields.chain([Sign::Article, Sign::Layout, Sign::OwnBody]) {
            assert!(width(name(sign)) < NAMES, "{}", name(sign));
        }
    }
}

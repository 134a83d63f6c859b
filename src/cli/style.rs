//! The few colours of the output, each with one meaning.

use clap::builder::styling::{AnsiColor, Style};

/// Headlines.
pub const TITLE: Style = Style::new().bold();
/// What is not the point: times, addresses, headings of columns.
pub const QUIET: Style = Style::new().dimmed();
/// Good, or added.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Bad, gone, or removed.
pub const BAD: Style = AnsiColor::Red.on_default();
/// Somebody should look.
pub const WARN: Style = AnsiColor::Yellow.on_default();
/// What was searched for.
pub const FOUND: Style = AnsiColor::Yellow.on_default().bold();
/// Names: sites, kinds of change.
pub const NAME: Style = AnsiColor::Cyan.on_default();

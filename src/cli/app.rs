//! What every verb needs: the global options, the configuration, the archive, the output.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::styling::Style;

/// Options that every verb takes.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// Configuration file
    #[arg(long, global = true, value_name = "FILE", env = "KLIPING_CONFIG", help_heading = "Global options")]
    pub config: Option<PathBuf>,
    /// Archive file [default: from the configuration, archive/kliping.db]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "KLIPING_ARCHIVE",
        help_heading = "Global options"
    )]
    pub archive: Option<PathBuf>,
    /// Folder of site files [default: from the configuration, selectors]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "KLIPING_SELECTORS",
        help_heading = "Global options"
    )]
    pub selectors: Option<PathBuf>,
    /// Say less: errors only
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// Say more (-v information, -vv debug, -vvv everything)
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Global options")]
    pub verbose: u8,
    /// How log lines are written to stderr
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "text",
        help_heading = "Global options"
    )]
    pub log_format: LogFormat,
    /// When to colour the output (NO_COLOR is honoured)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Global options")]
    pub color: Color,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// What a verb works with.
pub struct App {
    /// The global options.
    pub global: Global,
    /// Buffered stdout; flushed at the end by `main`.
    pub out: BufWriter<StdoutLock<'static>>,
    /// Whether stdout is coloured.
    pub color: bool,
}

impl App {
    /// Takes stdout.
    pub fn new(global: Global) -> Self {
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
            }
        };
        Self { global, out: BufWriter::new(io::stdout().lock()), color }
    }

    /// Text in a style, if stdout is coloured.
    pub fn paint(&self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Writes what is buffered.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

//! What every verb needs: the global options, the configuration, the archive, the output.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use clap::builder::styling::Style;
use clap::builder::{OsStringValueParser, TypedValueParser};
use kliping::config::Config;
use kliping::dom::Parser;
use kliping::site::Catalog;
use kliping::store::{Archive, Mode, StoreError};

use super::exit::{CliError, Exit};

/// Options that every verb takes.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// Configuration file
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "KLIPING_CONFIG",
        value_parser = path(),
        help_heading = "Global options"
    )]
    pub config: Option<PathBuf>,
    /// Archive: a file, or postgres://… for one on a server [default: from the configuration, archive/kliping.db]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "KLIPING_ARCHIVE",
        value_parser = path(),
        help_heading = "Global options"
    )]
    pub archive: Option<PathBuf>,
    /// Folder of site files [default: from the configuration, selectors]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "KLIPING_SELECTORS",
        value_parser = path(),
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
    /// Who cuts pages into tags and texts: `reference` is html5ever's own tokenizer, to compare with
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        default_value = "fast",
        hide = true,
        help_heading = "Global options"
    )]
    pub parser: ParserName,
}

/// A path; an empty one, too, because an empty variable of the environment is one that is not set.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

impl Global {
    /// The options with empty variables of the environment taken as absent.
    pub fn settled(mut self) -> Result<Self, CliError> {
        let paths = [
            ("--config", "KLIPING_CONFIG", &mut self.config),
            ("--archive", "KLIPING_ARCHIVE", &mut self.archive),
            ("--selectors", "KLIPING_SELECTORS", &mut self.selectors),
        ];
        for (flag, variable, path) in paths {
            if path.as_ref().is_some_and(|path| path.as_os_str().is_empty()) {
                if std::env::var_os(variable).is_none_or(|value| !value.is_empty()) {
                    return Err(CliError::new(Exit::Usage, format_args!("`{flag}` names nothing"))
                        .help(format!("write `{flag} PATH`, or leave it out")));
                }
                *path = None;
            }
        }
        Ok(self)
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// Who cuts pages into tags and texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ParserName {
    Fast,
    Reference,
}

impl ParserName {
    /// Has all pages parsed by it from now on.
    pub fn choose(self) {
        match self {
            Self::Fast => Parser::Fast.choose(),
            Self::Reference => Parser::Reference.choose(),
        }
    }
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
    config: Option<Config>,
}

impl App {
    /// Takes stdout.
    pub fn new(global: Global) -> Self {
        let color = wants_color(global.color, io::stdout().is_terminal());
        Self { global, out: BufWriter::new(io::stdout().lock()), color, config: None }
    }

    /// The configuration, read when it is first asked for.
    pub fn config(&mut self) -> Result<&Config, CliError> {
        if self.config.is_none() {
            let config = Config::load(self.global.config.as_deref())
                .map_err(|errors| CliError::new(Exit::Config, errors.render(self.stderr_color())))?;
            self.config = Some(config);
        }
        // Filled just above.
        self.config.as_ref().ok_or_else(|| CliError::new(Exit::Config, "no configuration"))
    }

    /// The archive's file: flag or environment, then configuration, then default.
    pub fn archive_path(&mut self) -> Result<PathBuf, CliError> {
        match &self.global.archive {
            Some(path) => Ok(path.clone()),
            None => Ok(self.config()?.archive.clone()),
        }
    }

    /// The folder of the site files.
    pub fn selectors(&mut self) -> Result<PathBuf, CliError> {
        match &self.global.selectors {
            // A folder that is named is meant: without its files every page would read differently.
            Some(folder) if !folder.is_dir() => {
                Err(CliError::new(Exit::Config, format_args!("there is no folder {}", folder.display()))
                    .help("`--selectors` names the folder of the site files"))
            }
            Some(folder) => Ok(folder.clone()),
            None => Ok(self.config()?.selectors.clone()),
        }
    }

    /// The site files and presets.
    pub fn catalog(&mut self) -> Result<Arc<Catalog>, CliError> {
        let folder = self.selectors()?;
        let color = self.stderr_color();
        Catalog::load(&folder).map(Arc::new).map_err(|mistakes| {
            let shown: Vec<String> = mistakes.iter().map(|mistake| mistake.render(color)).collect();
            CliError::new(Exit::Config, shown.join("\n\n"))
        })
    }

    /// Opens the archive.
    pub fn open_archive(&mut self, mode: Mode) -> Result<Archive, CliError> {
        Archive::open(self.archive_path()?, mode).map_err(CliError::from)
    }

    /// Whether messages on stderr are coloured.
    pub fn stderr_color(&self) -> bool {
        self.global.log_format == LogFormat::Text
            && wants_color(self.global.color, io::stderr().is_terminal())
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

fn wants_color(color: Color, terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            terminal
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
        }
    }
}

/// An error of the archive, with the contract's exit code and what to do about it.
impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let exit = match error {
            StoreError::Query(_) | StoreError::OnlyFile => Exit::Usage,
            StoreError::Address(_) => Exit::Config,
            _ => Exit::Archive,
        };
        let (help, code) = (error.help(), error.code());
        Self { help: help.map(Into::into), ..Self::new(exit, error).code(code) }
    }
}

/// The clock, looked at where a verb needs it.
#[allow(clippy::disallowed_methods, reason = "a verb may look at the clock")]
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

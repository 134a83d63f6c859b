//! How a command ends: the exit codes of the contract, and errors that a user can act on.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// How a command ended, by the contract's exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// The answer is no.
    No,
    /// The command line is wrong.
    Usage,
    /// Some pages or sites failed; the rest is stored.
    Partial,
    /// Nothing could be done.
    Nothing,
    /// Configuration or a site file is invalid.
    Config,
    /// The archive cannot be used.
    Archive,
    /// Another run holds the archive's crawl lock.
    Locked,
    /// Interrupted (SIGINT), after what had been fetched was stored.
    Interrupted,
    /// Terminated (SIGTERM), after what had been fetched was stored.
    Terminated,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Usage => 2,
            Self::Partial => 3,
            Self::Nothing => 4,
            Self::Config => 5,
            Self::Archive => 6,
            Self::Locked => 75,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// An error as the user sees it: what happened, what to do, and the exit code.
#[derive(Debug)]
pub struct CliError {
    /// How the process ends.
    pub exit: Exit,
    /// What happened; may have several lines (diagnostics with carets).
    pub message: String,
    /// What to do about it, in one line.
    pub help: Option<String>,
    /// What scripts know it by, where the library has a code for it.
    pub code: Option<&'static str>,
    /// Nothing is to be said: the reader of our output went away (`| head`), or the user interrupted.
    pub quiet: bool,
}

impl CliError {
    /// An error with a message.
    pub fn new(exit: Exit, message: impl fmt::Display) -> Self {
        Self { exit, message: message.to_string(), help: None, code: None, quiet: false }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what scripts know it by.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }
}

/// Writing to stdout failed: quiet when the reader went away.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self { quiet: true, ..Self::new(Exit::Done, "") }
        } else {
            Self::new(Exit::Nothing, format_args!("cannot write the output: {error}"))
        }
    }
}

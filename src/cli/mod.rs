//! The command line: one verb, one file, each with its `Args` and its `run`.

mod app;
mod exit;

use clap::{Parser, Subcommand};

pub use app::{App, Global};
pub use exit::{CliError, Exit};

/// A polite news archiver.
#[derive(Debug, Parser)]
#[command(name = "kliping", version, propagate_version = true, subcommand_required = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs, in the order in which a newcomer meets them. (One line a verb; keep them in order.)
#[derive(Debug, Subcommand)]
pub enum Verb {}

/// Runs one verb.
pub fn run(verb: &Verb, _app: &mut App) -> Result<Exit, CliError> {
    match *verb {}
}

//! `kliping completions`: what a shell needs to complete our words.

use std::io::Write;

use clap::{CommandFactory, ValueEnum};
use clap_complete::aot;

use super::app::App;
use super::exit::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  kliping completions bash > /etc/bash_completion.d/kliping
  kliping completions zsh > ~/.zfunc/_kliping
  kliping completions fish > ~/.config/fish/completions/kliping.fish";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let shell = match args.shell {
        Shell::Bash => aot::Shell::Bash,
        Shell::Elvish => aot::Shell::Elvish,
        Shell::Fish => aot::Shell::Fish,
        Shell::Powershell => aot::Shell::PowerShell,
        Shell::Zsh => aot::Shell::Zsh,
    };
    // Written whole: the generator would panic when nobody reads.
    let mut script = Vec::new();
    aot::generate(shell, &mut super::Cli::command(), "kliping", &mut script);
    app.out.write_all(&script)?;
    Ok(Exit::Done)
}

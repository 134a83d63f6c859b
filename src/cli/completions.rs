//! `kliping completions`: what a shell needs to complete our words.

use std::io::Write;

use clap::CommandFactory;
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
    shell: aot::Shell,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    // Written whole: the generator would panic when nobody reads.
    let mut script = Vec::new();
    aot::generate(args.shell, &mut super::Cli::command(), "kliping", &mut script);
    app.out.write_all(&script)?;
    Ok(Exit::Done)
}

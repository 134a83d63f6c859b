//! `kliping sites`: the configured sites and the files that read them.

mod add;
mod check;
mod expectations;
mod health;
mod list;
mod new;
mod show;
mod test;

use clap::Subcommand;

use super::app::App;
use super::exit::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  kliping sites add https://news.example/   look at a site and write it into config.toml
  kliping sites list                        the sites, and what reads each of them
  kliping sites show news.example           the rules that hold for a site, preset included
  kliping sites check                       every mistake of every file, with line and column
  kliping sites test                        read the stored pages of the [[test]] blocks
  kliping sites new one.html two.html       draft a site file from saved pages, with its [[test]] blocks
  kliping sites health                      which fields vanish from a site's pages, and since when";

/// The configured sites, and the files that read them
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What is done about sites: one line an action.
#[derive(Debug, Subcommand)]
enum Action {
    /// The configured sites and what reads them
    List(list::Args),
    /// The rules that hold for a site, its preset put in
    Show(show::Args),
    /// Look at a site and write it into config.toml
    Add(add::Args),
    /// Find every mistake in config.toml and the site files
    Check(check::Args),
    /// Read stored pages and compare them with the [[test]] blocks
    Test(test::Args),
    /// Draft a site file from saved pages, or make a fixture of one
    New(new::Args),
    /// Tell which fields vanish, by what the archive read off each site's pages
    Health(health::Args),
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    match &args.action {
        Action::List(args) => list::run(args, app),
        Action::Show(args) => show::run(args, app),
        Action::Add(args) => add::run(args, app),
        Action::Check(args) => check::run(args, app),
        Action::Test(args) => test::run(args, app),
        Action::New(args) => new::run(args, app),
        Action::Health(args) => health::run(args, app),
    }
}

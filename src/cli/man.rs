//! `kliping man`: the manual's pages, for packagers.

use std::io::Write;
use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use kliping::export::write_if_changed;

use super::app::App;
use super::exit::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  kliping man | man -l -                            read it
  kliping man -o /usr/local/share/man/man1          a page for each verb: kliping.1, kliping-crawl.1, …";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Write a page for each verb into this folder [default: the first page to stdout]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let mut command = super::Cli::command().disable_help_subcommand(true);
    // Gives the verbs their full names: `kliping-sites-add`.
    command.build();
    let Some(folder) = &args.output else {
        let page = page(&command)?;
        app.out.write_all(&page)?;
        return Ok(Exit::Done);
    };
    let mut commands = vec![command];
    while let Some(command) = commands.pop() {
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        let page = page(&command)?;
        write_if_changed(&folder.join(format!("{name}.1")), &page)
            .map_err(|error| CliError::new(Exit::Nothing, error))?;
        commands.extend(command.get_subcommands().filter(|verb| verb.get_name() != "help").cloned());
    }
    Ok(Exit::Done)
}

fn page(command: &Command) -> Result<Vec<u8>, CliError> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    if let Some(examples) = command.get_before_help() {
        let text = examples.to_string();
        let lines = text.lines().filter(|line| *line != "Examples:").map(verbatim);
        writeln!(page, ".SH EXAMPLES\n.nf\n{}\n.fi", lines.collect::<Vec<_>>().join("\n"))?;
    }
    Ok(page)
}

/// A line as it stands: a backslash would be a command of roff, and so would a dot or a quotation mark at
/// the head. A hyphen is one that can be typed.
fn verbatim(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    if line.starts_with('.') { format!("\\&{line}") } else { line }
}

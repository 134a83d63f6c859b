//! The `kliping` command.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use cli::{App, Cli, CliError, say};

fn main() -> ExitCode {
    let Cli { global, verb } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return say::usage(&error).into(),
    };
    let format = global.log_format;
    cli::outlive_file_size_limits();
    let end = global.settled().and_then(|global| {
        cli::log::init(&global);
        global.parser.choose();
        let mut app = App::new(global);
        let exit = cli::run(&verb, &mut app)?;
        app.flush().map_err(CliError::from)?;
        Ok(exit)
    });
    match end {
        Ok(exit) => exit.into(),
        Err(error) if error.quiet => error.exit.into(),
        Err(error) => {
            say::failure(format, &error);
            error.exit.into()
        }
    }
}

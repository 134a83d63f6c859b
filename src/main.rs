//! The `kliping` command.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use cli::{App, Cli, Exit};

fn main() -> ExitCode {
    let Cli { global, verb } = Cli::parse();
    cli::log::init(&global);
    let mut app = App::new(global);
    let end = cli::run(&verb, &mut app).and_then(|exit| app.flush().map(|()| exit).map_err(Into::into));
    match end {
        Ok(exit) => exit.into(),
        Err(error) if error.quiet => Exit::Done.into(),
        Err(error) => {
            eprintln!("kliping: {}", error.message);
            if let Some(help) = &error.help {
                eprintln!("  help: {help}");
            }
            error.exit.into()
        }
    }
}

//! `kliping serve`: the archive in a browser.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use kliping::pipeline::StopReason;
use kliping::serve::{self, Options, ServeError, Token};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::{runtime, say};

const EXAMPLES: &str = "\
Examples:
  kliping serve                                  read the archive at http://127.0.0.1:8420/
  kliping serve --listen 127.0.0.1:0             any free port; the address is printed
  kliping serve --listen 0.0.0.0:8420 --token-file token    for others, who must know the token
  kliping serve --host archive.example           behind a proxy that passes this name on";

/// Read the archive in a browser: changes, articles, search, the state of the crawl
///
/// Read-only: nothing is ever written, and it works while a crawl runs. Only this machine can reach it, unless
/// another address is given; then whoever comes must show the token: once as `?token=…`, which a cookie
/// remembers, or in `Authorization` (Bearer, or the password of Basic). The address is printed on stdout.
/// Ctrl-C ends it.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// A file whose first line is the token that visitors must show
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The token itself
    #[arg(
        long,
        value_name = "TOKEN",
        env = "KLIPING_TOKEN",
        hide_env_values = true,
        conflicts_with = "token_file"
    )]
    token: Option<String>,
    /// Answer to this name, too, besides 127.0.0.1 and localhost
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let options = Options {
        archive: app.archive_path()?,
        listen: args.listen,
        token: token(args)?,
        hosts: args.hosts.clone(),
        threads: std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8)),
        now,
        zone: TimeZone::system(),
    };
    let reason = runtime::run(None, |stop| async move {
        let room = serve::bind(options).await.map_err(failed)?;
        let address = room.address().map_err(|e| CliError::new(Exit::Nothing, e))?;
        writeln!(app.out, "http://{address}/")?;
        app.flush()?;
        if super::text::on_terminal() {
            say::note(&app.global, "the reading room is open; Ctrl-C closes it");
        }
        room.serve(stop.requested()).await;
        Ok::<_, CliError>(stop.reason())
    })??;
    Ok(match reason {
        Some(StopReason::Interrupted) => Exit::Interrupted,
        Some(StopReason::Terminated) => Exit::Terminated,
        _ => Exit::Done,
    })
}

fn token(args: &Args) -> Result<Option<Token>, CliError> {
    let word = match (&args.token_file, &args.token) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(path).map_err(|e| {
                CliError::new(Exit::Usage, format_args!("cannot read the token in {}: {e}", path.display()))
                    .help("`openssl rand -hex 16 > token` makes one")
            })?;
            text.lines().next().unwrap_or_default().to_owned()
        }
        (None, Some(word)) if !word.is_empty() => word.clone(),
        _ => return Ok(None),
    };
    Token::new(&word).map(Some).map_err(failed)
}

fn failed(error: ServeError) -> CliError {
    let exit = match error {
        ServeError::Store(error) => return error.into(),
        ServeError::Open(_) | ServeError::ShortToken(_) => Exit::Usage,
        _ => Exit::Nothing,
    };
    let help = error.help();
    let shown = CliError::new(exit, error);
    match help {
        Some(help) => shown.help(help),
        None => shown,
    }
}

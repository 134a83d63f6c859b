//! What a command says on stderr in words of its own: hints, and the error it ends with. One line a
//! thing in JSON when the user asked for JSON; and never a panic, should nobody read stderr any more.

use std::ffi::OsString;
use std::io::{self, Write};

use kliping::store::shown;
use serde_json::{Value, json};

use super::app::{Global, LogFormat, now};
use super::exit::CliError;

/// Something worth knowing, unless the user asked for quiet.
pub fn note(global: &Global, text: &str) {
    if global.quiet {
        return;
    }
    match global.log_format {
        LogFormat::Text => line(format_args!("kliping: {text}")),
        LogFormat::Json => line(object("INFO", text, &[])),
    }
}

/// The error that a command ends with.
pub fn failure(format: LogFormat, error: &CliError) {
    match format {
        LogFormat::Text => {
            line(format_args!("kliping: {}", error.message));
            if let Some(help) = &error.help {
                line(format_args!("  help: {help}"));
            }
        }
        LogFormat::Json => {
            let help = error.help.as_deref().map_or(Value::Null, Value::from);
            let code = error.code.map_or(Value::Null, Value::from);
            let told = [("code", code), ("help", help), ("exit", error.exit.code().into())];
            line(object("ERROR", &error.message, &told));
        }
    }
}

/// A command line that clap does not understand, or its answer to `--help`: the exit code.
pub fn usage(error: &clap::Error) -> u8 {
    // The options could not be read, so whether JSON was asked for is read off the words themselves.
    let words: Vec<OsString> = std::env::args_os().collect();
    let json = words.iter().any(|word| word == "--log-format=json")
        || words.windows(2).any(|pair| pair[0] == "--log-format" && pair[1] == "json");
    if json && error.use_stderr() {
        let text = error.render().to_string();
        let text = text.trim().trim_start_matches("error: ");
        line(object("ERROR", text, &[("exit", error.exit_code().into())]));
    } else {
        // Nobody is left to be told that nobody listens.
        let _ = error.print();
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// The command line as text, for the archive's log of runs, which others read: without passwords. File names need not
/// be UTF-8.
pub fn command_line() -> String {
    let words = std::env::args_os().skip(1).map(|word| shown(&word.to_string_lossy()));
    words.collect::<Vec<_>>().join(" ")
}

fn object(level: &str, message: &str, more: &[(&str, Value)]) -> Value {
    let mut object = json!({ "timestamp": now().to_string(), "level": level, "message": message });
    for (key, value) in more {
        object[*key] = value.clone();
    }
    object
}

/// One line on stderr. `eprintln!` would panic when its reader is gone.
pub fn line(text: impl std::fmt::Display) {
    let _ = writeln!(io::stderr(), "{text}");
}

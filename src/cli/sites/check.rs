//! `kliping sites check`: every mistake of every file.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use kliping::config::diagnostic::Diagnostic;
use kliping::config::{Config, ConfigErrors};
use kliping::site::Catalog;
use serde_json::json;

use super::super::app::App;
use super::super::exit::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  kliping sites check                    config.toml and every site file
  kliping sites check selectors/a.toml   what is wrong with one file
  kliping sites check --format short     one line a mistake, file:line:column, for editors";

/// Find every mistake in config.toml and the site files; exit code 5 when there are any
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Only the mistakes of these site files
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How mistakes are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the line and carets
    Text,
    /// One line each
    Short,
    /// One JSON object each
    #[value(alias = "json")]
    Jsonl,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let mut mistakes = Vec::new();
    let config = if args.files.is_empty() { config(app, &mut mistakes)? } else { None };
    let catalog = catalog(args, app, config.as_ref());
    match &catalog {
        Ok(catalog) => mistakes.extend(config.iter().flat_map(|config| unknown_presets(config, catalog))),
        Err(found) => mistakes.extend(found.iter().cloned()),
    }
    if !args.files.is_empty() {
        let named: Vec<_> = args.files.iter().filter_map(|file| file.canonicalize().ok()).collect();
        mistakes.retain(|mistake| {
            mistake
                .file
                .canonicalize()
                .map_or_else(|_| args.files.contains(&mistake.file), |f| named.contains(&f))
        });
    }
    let color = app.color;
    for mistake in &mistakes {
        match args.format {
            Format::Text => writeln!(app.out, "{}\n", mistake.render(color))?,
            Format::Short => writeln!(app.out, "{mistake}")?,
            Format::Jsonl => writeln!(app.out, "{}", object(mistake))?,
        }
    }
    match (mistakes.len(), args.format) {
        (0, Format::Text) => {
            let files = catalog.map_or(0, |catalog| catalog.sites().count());
            let files = if args.files.is_empty() { files } else { args.files.len() };
            writeln!(app.out, "no mistakes in {files} site file{}", if files == 1 { "" } else { "s" })?;
        }
        (1, Format::Text) => writeln!(app.out, "1 mistake")?,
        (count, Format::Text) => writeln!(app.out, "{count} mistakes")?,
        _ => {}
    }
    Ok(if mistakes.is_empty() { Exit::Done } else { Exit::Config })
}

/// The configuration, or its mistakes. One that cannot be read at all is an error of its own.
fn config(app: &App, mistakes: &mut Vec<Diagnostic>) -> Result<Option<Config>, CliError> {
    match Config::load(app.global.config.as_deref()) {
        Ok(config) => Ok(Some(config)),
        Err(ConfigErrors::Invalid { mistakes: found, .. }) => {
            mistakes.extend(found);
            Ok(None)
        }
        Err(error) => Err(CliError::new(Exit::Config, error)),
    }
}

/// The site files of the folder, and those that are named.
fn catalog(args: &Args, app: &App, config: Option<&Config>) -> Result<Catalog, Vec<Diagnostic>> {
    let folder = match (&app.global.selectors, config) {
        (Some(folder), _) => folder.clone(),
        (None, Some(config)) => config.selectors.clone(),
        (None, None) => Config::load(app.global.config.as_deref()).unwrap_or_default().selectors,
    };
    Catalog::load_with(&folder, &args.files)
}

/// Presets that the configuration names and that are not there.
fn unknown_presets(config: &Config, catalog: &Catalog) -> Vec<Diagnostic> {
    let Some(file) = &config.file else { return Vec::new() };
    let source = std::fs::read_to_string(file).unwrap_or_default();
    let unknown = config.sites.iter().filter_map(|entry| {
        let preset = entry.preset.as_deref().filter(|preset| catalog.preset(preset).is_none())?;
        // The value stands somewhere after its key; the text was read once without mistakes.
        let at = source.find(&format!("\"{preset}\"")).or_else(|| source.find(&format!("'{preset}'")));
        let start = at.unwrap_or_default();
        let known: Vec<&str> = catalog.presets().map(|preset| preset.id.as_str()).collect();
        Some(Diagnostic {
            message: format!("the preset `{preset}` of the site `{}` is not there", entry.id),
            file: file.clone(),
            source: source.as_str().into(),
            span: start..at.map_or(start, |at| at + preset.len() + 2),
            help: Some(format!("known are: {}", known.join(", "))),
        })
    });
    unknown.collect()
}

fn object(mistake: &Diagnostic) -> serde_json::Value {
    let (line, column) = mistake.position();
    json!({
        "file": mistake.file.display().to_string(),
        "line": line,
        "column": column,
        "message": mistake.message,
        "help": mistake.help,
    })
}

//! The command line: one verb, one file, each with its `Args` and its `run`.

mod add;
mod app;
mod backup;
mod changes;
mod completions;
mod copy;
mod crawl;
mod demo;
mod diff;
mod doctor;
mod dry_run;
mod duplicates;
mod exit;
mod export;
mod extract;
mod history;
mod import;
mod list;
pub mod log;
mod man;
mod pick;
mod prune;
mod rebuild;
mod redact;
mod reextract;
mod runtime;
pub mod say;
mod schedule;
mod search;
mod serve;
mod show;
mod sites;
mod stats;
mod style;
mod summary;
mod text;
mod verify;
mod visit;
mod worker;

use clap::{Parser, Subcommand};

pub use app::{App, Global};
pub use exit::{CliError, Exit};
pub use runtime::outlive_file_size_limits;

/// Archives news: crawls politely, reads articles, keeps every version, shows what an editor changed
#[derive(Debug, Parser)]
#[command(name = "kliping", version, propagate_version = true, subcommand_required = true)]
#[command(arg_required_else_help = true, max_term_width = 100, before_help = EXAMPLES)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Verb,
}

const EXAMPLES: &str = "\
Examples:
  kliping demo                               the whole job, on a newsroom inside the command
  kliping sites add https://news.example/    look at a site and write it into config.toml
  kliping crawl                              one run over all sites; silent when all is well
  kliping list --since 24h                   what is new in the archive
  kliping diff 12                            what the editor changed last in article 12
  kliping search 'harga beras'               full text";

/// The verbs, in the order in which a newcomer meets them: one line a verb, in the contract's order.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Demo(demo::Args),
    /// Crawl the configured sites once: discover, fetch what is new, look again at what is due
    Crawl(crawl::Args),
    /// Archive these pages now, known or not
    Add(add::Args),
    /// Read an article off a page and print it; nothing is stored
    Extract(extract::Args),
    /// List what is archived, newest first
    List(list::Args),
    /// Show one version of an article
    Show(show::Args),
    /// Show all versions of an article, and what happened in between
    History(history::Args),
    /// Show what an editor changed: the latest version against the one before
    Diff(diff::Args),
    Changes(changes::Args),
    Duplicates(duplicates::Args),
    Search(search::Args),
    Serve(serve::Args),
    Export(export::Args),
    Import(import::Args),
    Reextract(reextract::Args),
    /// The configured sites, and the files that read them
    Sites(sites::Args),
    Redact(redact::Args),
    Prune(prune::Args),
    Verify(verify::Args),
    Rebuild(rebuild::Args),
    /// Look at configuration, site files and archive; say what to do about what is wrong
    Doctor(doctor::Args),
    /// Show figures: articles, versions, pages, bytes, by site
    Stats(stats::Args),
    Backup(backup::Args),
    Copy(copy::Args),
    /// Print the lines for crontab or a systemd timer; installs nothing
    Schedule(schedule::Args),
    /// Print the completions of a shell
    Completions(completions::Args),
    /// Print the manual
    Man(man::Args),
}

/// Runs one verb.
pub fn run(verb: &Verb, app: &mut App) -> Result<Exit, CliError> {
    match verb {
        Verb::Demo(args) => demo::run(args, app),
        Verb::Crawl(args) => crawl::run(args, app),
        Verb::Add(args) => add::run(args, app),
        Verb::Extract(args) => extract::run(args, app),
        Verb::List(args) => list::run(args, app),
        Verb::Show(args) => show::run(args, app),
        Verb::History(args) => history::run(args, app),
        Verb::Diff(args) => diff::run(args, app),
        Verb::Changes(args) => changes::run(args, app),
        Verb::Duplicates(args) => duplicates::run(args, app),
        Verb::Search(args) => search::run(args, app),
        Verb::Serve(args) => serve::run(args, app),
        Verb::Export(args) => export::run(args, app),
        Verb::Import(args) => import::run(args, app),
        Verb::Reextract(args) => reextract::run(args, app),
        Verb::Sites(args) => sites::run(args, app),
        Verb::Redact(args) => redact::run(args, app),
        Verb::Prune(args) => prune::run(args, app),
        Verb::Verify(args) => verify::run(args, app),
        Verb::Rebuild(args) => rebuild::run(args, app),
        Verb::Doctor(args) => doctor::run(args, app),
        Verb::Stats(args) => stats::run(args, app),
        Verb::Backup(args) => backup::run(args, app),
        Verb::Copy(args) => copy::run(args, app),
        Verb::Schedule(args) => schedule::run(args, app),
        Verb::Completions(args) => completions::run(args, app),
        Verb::Man(args) => man::run(args, app),
    }
}

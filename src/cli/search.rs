//! `kliping search`: full text.

use std::io::Write;

use clap::ValueEnum;
use kliping::config::Since;
use kliping::export;
use kliping::store::{Hit, Mode, SearchField, SearchQuery, Versions};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::list::{Format, shown_state, state_style};
use super::pick;
use super::say;
use super::style;
use super::text::{left, on_terminal, plain, right, short_stated, width, wrap};

const EXAMPLES: &str = "\
Examples:
  kliping search harga beras                    both words, in any order
  kliping search '\"harga beras\"'                these words, in this order and form
  kliping search --versions all 'lima tewas'    also in what was edited away since
  kliping search --in title banjir --since 7d
  kliping search --fts 'beras NEAR/5 impor*'    FTS5's own syntax
  kliping search --format jsonl pilkada | jq -r .url";

/// Search the text of the latest versions, or of all
///
/// All words must be there; letter case and accents do not count. Best first; of more than 2,000 finds the newest
/// first. Indonesian words are found in other forms of their root, too (mengendalikan: pengendalian, terkendali,
/// kendali), as far as the archive uses them; words in quotation marks only as they are. Chinese, Japanese and Thai
/// words are found inside of sentences. Exits with 1 when nothing is found.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Words, all of which must be there; "in quotation marks": a phrase
    #[arg(required = true, value_name = "QUERY")]
    words: Vec<String>,
    /// The query is FTS5 syntax (AND, OR, NOT, NEAR, "a phrase", prefix*)
    #[arg(long)]
    fts: bool,
    /// Which versions; of older ones every text is read, which takes seconds in a large archive
    #[arg(long, value_name = "WHICH", default_value = "latest")]
    versions: Which,
    /// Where to look [default: everywhere]
    #[arg(long = "in", value_name = "FIELD", value_delimiter = ',')]
    fields: Vec<Field>,
    /// Only of this site
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// First archived since then: 24h, 7d, 2026-03-01
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    since: Option<Since>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// Which versions are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    Latest,
    All,
}

/// Where a search looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Field {
    Title,
    Body,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let query = SearchQuery {
        text: args.words.join(" "),
        raw_fts: args.fts,
        fields: args
            .fields
            .iter()
            .map(|field| match field {
                Field::Title => SearchField::Title,
                Field::Body => SearchField::Body,
            })
            .collect(),
        site: args.site.clone(),
        since: args.since.map(|since| since.at(now())),
        limit: args.limit,
        behind: None,
    };
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    pick::look_for_site(args.site.as_deref(), &reader, app)?;
    let which = match args.versions {
        Which::Latest => Versions::Latest,
        Which::All => Versions::All,
    };
    let hits = reader.search_in(&query, which)?;
    for (n, hit) in hits.iter().enumerate() {
        match args.format {
            Format::Jsonl => writeln!(app.out, "{}", export::hit(hit))?,
            Format::Text => text(hit, n == 0, which, app)?,
        }
    }
    if hits.is_empty() && on_terminal() {
        say::note(&app.global, "nothing found");
    }
    Ok(if hits.is_empty() { Exit::No } else { Exit::Done })
}

fn text(hit: &Hit, first: bool, which: Versions, app: &mut App) -> Result<(), CliError> {
    if !first {
        writeln!(app.out)?;
    }
    let id = match which {
        Versions::Latest => right(&hit.article.to_string(), 4),
        Versions::All => right(&format!("{}@{}", hit.article, hit.seq), 6),
    };
    let indent = " ".repeat(width(&id) + 2);
    let title = marked(&hit.title_marked, app, |app, text| app.paint(style::TITLE, text));
    let state = match shown_state(hit.state) {
        "" => String::new(),
        state => format!("  {}", app.paint(state_style(hit.state), state)),
    };
    let published = hit.published.as_deref().map(short_stated).unwrap_or_default();
    let site = app.paint(style::NAME, &plain(&hit.site));
    let about = app.paint(
        style::QUIET,
        &format!("{}{}", left(&published, if published.is_empty() { 0 } else { 12 }), hit.url),
    );
    writeln!(app.out, "{id}  {title}{state}")?;
    let snippet = marked(&hit.snippet, app, |_, text| text.to_owned());
    if !snippet.is_empty() {
        // Wrapping counts the columns of colours too: only plain text is wrapped.
        if app.color {
            writeln!(app.out, "{indent}{snippet}")?;
        } else {
            write!(app.out, "{}", wrap(&snippet, if on_terminal() { 100 } else { usize::MAX }, &indent))?;
        }
    }
    writeln!(app.out, "{indent}{site}  {about}")?;
    Ok(())
}

/// Pieces as one text, the found words in colour.
fn marked(pieces: &[(String, bool)], app: &App, rest: impl Fn(&App, &str) -> String) -> String {
    // Made harmless as a whole: an escape sequence may begin in one piece and end in the next. The
    // marks are characters that Unicode gives to nobody.
    let whole: String = pieces
        .iter()
        .map(|(text, hit)| if *hit { format!("\u{e000}{text}\u{e001}") } else { text.clone() })
        .collect();
    let mut out = String::new();
    let mut inside = false;
    for piece in plain(&whole).split_inclusive(['\u{e000}', '\u{e001}']) {
        let text = piece.trim_end_matches(['\u{e000}', '\u{e001}']);
        if !text.is_empty() {
            out.push_str(&if inside { app.paint(style::FOUND, text) } else { rest(app, text) });
        }
        inside = piece.ends_with('\u{e000}');
    }
    out
}

//! Log lines on stderr: one failure, one line. Cron mails them, people read them, `--log-format
//! json` gives them to machines.

use std::fmt::{self, Write};
use std::io;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, filter};

use super::app::{Global, LogFormat};
use super::summary;

/// Sends log lines to stderr, as many as `-q` and `-v` ask for.
pub fn init(global: &Global) {
    let level = match (global.quiet, global.verbose) {
        (true, _) => LevelFilter::ERROR,
        (_, 0) => LevelFilter::WARN,
        (_, 1) => LevelFilter::INFO,
        (_, 2) => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    // Other people's crates speak only when everything is asked for.
    let others = if global.verbose > 2 { LevelFilter::DEBUG } else { LevelFilter::ERROR };
    let targets = filter::Targets::new().with_default(others).with_target("kliping", level);
    // An error of stderr itself has nowhere to be told.
    let layer = tracing_subscriber::fmt::layer().with_writer(io::stderr).log_internal_errors(false);
    let layer = match global.log_format {
        LogFormat::Json => layer.json().flatten_event(true).boxed(),
        LogFormat::Text => layer.event_format(Line).boxed(),
    };
    tracing_subscriber::registry().with(layer.with_filter(targets)).init();
}

/// `kliping: SITE: URL: message (code)`, the parts that an event has.
struct Line;

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut parts = Parts::default();
        event.record(&mut parts);
        let prefix = match *event.metadata().level() {
            Level::ERROR => "kliping: error: ",
            Level::WARN => "kliping: ",
            Level::INFO => "info: ",
            Level::DEBUG => "debug: ",
            Level::TRACE => "trace: ",
        };
        if summary::takes_line() {
            out.write_str("\r\x1b[K")?;
        }
        out.write_str(prefix)?;
        for part in [&parts.site, &parts.url].into_iter().flatten() {
            write!(out, "{part}: ")?;
        }
        out.write_str(&parts.message)?;
        out.write_str(&parts.rest)?;
        if let Some(code) = &parts.code {
            write!(out, " ({code})")?;
        }
        writeln!(out)
    }
}

/// The fields of an event, told apart.
#[derive(Default)]
struct Parts {
    message: String,
    site: Option<String>,
    url: Option<String>,
    code: Option<String>,
    rest: String,
}

impl Parts {
    fn take(&mut self, name: &str, value: String) {
        // A page can put control characters into an address or a title; a terminal must not obey.
        let value: String = value.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        match name {
            "message" => self.message = value,
            "site" => self.site = Some(value),
            "url" => self.url = Some(value),
            "code" => self.code = Some(value),
            _ => {
                let _ = write!(self.rest, " {name}={value}");
            }
        }
    }
}

impl Visit for Parts {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.take(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.take(field.name(), format!("{value:?}"));
    }
}

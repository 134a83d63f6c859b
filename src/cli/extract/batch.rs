//! `--batch`: many pages on all cores, one JSON object a line, in the order of the list.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use jiff::Timestamp;
use kliping::export::json;
use kliping::model::PageUrl;
use kliping::read::{self, ReadOptions};
use kliping::site::Catalog;
use serde_json::{Value, json};

use super::super::app::App;
use super::super::exit::{CliError, Exit};

/// Lines that wait for an earlier one, at most; then the others wait, too.
const AHEAD: usize = 64;

/// Runs a list. A page that fails gives `{"id","error"}`, and the run goes on.
pub fn run(
    list: &Path,
    catalog: &Catalog,
    options: ReadOptions<'_>,
    now: Timestamp,
    app: &mut App,
) -> Result<Exit, CliError> {
    let text = load(list)
        .map_err(|e| CliError::new(Exit::Nothing, format_args!("cannot read {}: {e}", list.display())))?;
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
    let lines: Vec<&[u8]> =
        text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).collect();
    let folder = list.parent().unwrap_or(Path::new(""));
    let failed = in_order(&lines, |line| page(line, folder, catalog, options, now), app)?;
    Ok(match failed {
        0 => Exit::Done,
        n if n == lines.len() => Exit::Nothing,
        _ => Exit::Partial,
    })
}

/// Reads all lines on all cores and writes what they give in their order; how many of them failed.
fn in_order(lines: &[&[u8]], page: impl Fn(&[u8]) -> Value + Sync, app: &mut App) -> Result<usize, CliError> {
    let (next, page) = (AtomicUsize::new(0), &page);
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(lines.len().max(1));
    let (send, receive) = mpsc::sync_channel::<(usize, Value)>(AHEAD);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(line) = lines.get(index) else { return };
                    // The receiver is gone when the output is: nobody wants the rest.
                    if send.send((index, page(line))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let (mut due, mut failed) = (0, 0);
        // Taken by value: it must be gone before the threads are waited for.
        let receive = receive;
        for (index, value) in &receive {
            waiting.insert(index, value);
            while let Some(value) = waiting.remove(&due) {
                failed += usize::from(value.get("error").is_some());
                writeln!(app.out, "{value}")?;
                due += 1;
            }
        }
        Ok(failed)
    })
}

/// The list; `-` is stdin, and its files are looked for here.
fn load(list: &Path) -> std::io::Result<Vec<u8>> {
    if list != Path::new("-") {
        return std::fs::read(list);
    }
    let mut text = Vec::new();
    std::io::stdin().lock().read_to_end(&mut text).map(|_| text)
}

/// One line of the list.
fn page(line: &[u8], folder: &Path, catalog: &Catalog, options: ReadOptions<'_>, now: Timestamp) -> Value {
    let entry: Value = match serde_json::from_slice(line) {
        Ok(entry) => entry,
        Err(error) => return failure(&Value::Null, "list", &format!("not JSON: {error}")),
    };
    let id = entry.get("id").cloned().unwrap_or(Value::Null);
    let Some(file) = entry.get("file").and_then(Value::as_str) else {
        return failure(&id, "list", "the line has no \"file\"");
    };
    let path: PathBuf = folder.join(file);
    let body = match std::fs::read(&path) {
        Ok(body) => body,
        Err(error) => return failure(&id, "io", &format!("cannot read {}: {error}", path.display())),
    };
    let url = entry.get("url").and_then(Value::as_str).and_then(|url| PageUrl::parse(url).ok());
    match read::extract_article(catalog, &body, None, url.as_ref(), options, now) {
        Ok((article, _)) => {
            let known = json::Page {
                id: Some(&id),
                url: url.as_ref(),
                raw_sha256: Some(kliping::model::sha256(&body)),
                ..json::Page::default()
            };
            json::extracted(&article, &known)
        }
        Err(error) => failure(&id, error.code(), &error.to_string()),
    }
}

fn failure(id: &Value, code: &str, message: &str) -> Value {
    json!({ "id": id, "error": message, "code": code })
}

//! Values of `config.toml` that are more than a text or a number.

use std::time::Duration;

use super::toml_file::{Mistakes, Spanned, Table};
use super::units;

pub(super) fn duration(table: &Table<'_>, key: &str, mistakes: &mut Mistakes) -> Option<Duration> {
    in_units(table, key, "a duration such as \"5s\"", units::duration, mistakes).map(|found| found.value)
}

pub(super) fn positive(table: &Table<'_>, key: &str, mistakes: &mut Mistakes) -> Option<Duration> {
    let found = in_units(table, key, "a duration such as \"5s\"", units::duration, mistakes)?;
    if found.value.is_zero() {
        mistakes.add(found.span, format!("`{key}` may not be zero"), "");
        return None;
    }
    Some(found.value)
}

pub(super) fn size(table: &Table<'_>, key: &str, mistakes: &mut Mistakes) -> Option<u64> {
    let found = in_units(table, key, "a size such as \"8 MiB\"", units::size, mistakes)?;
    if found.value == 0 {
        mistakes.add(found.span, format!("`{key}` may not be zero"), "");
        return None;
    }
    Some(found.value)
}

fn in_units<T>(
    table: &Table<'_>,
    key: &str,
    wanted: &str,
    read: fn(&str) -> Result<T, String>,
    mistakes: &mut Mistakes,
) -> Option<Spanned<T>> {
    let value = table.get(key)?;
    if value.get_ref().as_str().is_none() {
        let written = mistakes.source().get(value.span()).unwrap_or_default().to_owned();
        let help = format!("write it with its unit: `{key} = \"{written}…\"`");
        mistakes.add(value.span(), format!("`{key}` wants {wanted}"), help);
        return None;
    }
    let text = table.text(key, mistakes)?;
    match read(&text.value) {
        Ok(value) => Some(Spanned { value, span: text.span }),
        Err(message) => {
            mistakes.add(text.span, format!("`{key}`: {message}"), "");
            None
        }
    }
}

pub(super) fn at_least_one(table: &Table<'_>, key: &str, mistakes: &mut Mistakes) -> Option<usize> {
    let count = table.count(key, mistakes)?;
    if count.value == 0 {
        mistakes.add(count.span, format!("`{key}` must be at least 1"), "");
        return None;
    }
    Some(count.value)
}

//! A table of a TOML file, asked key by key.

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use super::{Mistakes, Place};
use crate::config::suggest;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place in the file.
    pub span: Place,
}

/// A value as TOML has it.
pub type Value<'t> = toml::Spanned<DeValue<'t>>;

/// One table: what a `[header]` or `{ … }` holds.
#[derive(Clone)]
pub struct Table<'t> {
    table: &'t DeTable<'t>,
    /// The place of its header or braces.
    pub span: Place,
    /// Its name as a user writes it, e.g. `layout.title`; empty for the file itself,
    /// `a source` for a table without a head of its own.
    pub name: String,
}

impl<'t> Table<'t> {
    pub(super) fn new(table: &'t DeTable<'t>, span: Place, name: String) -> Self {
        Self { table, span, name }
    }

    /// Every key that is not in `known` is a mistake. `elsewhere` says of keys of other tables where
    /// they belong.
    pub fn only(&self, known: &[&str], elsewhere: &[(&str, &str)], mistakes: &mut Mistakes) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let here = match self.name.as_str() {
                "" => "at the top of the file".to_owned(),
                // A table without a head of its own.
                name if name.contains(' ') => format!("in {name}"),
                name => format!("under [{name}]"),
            };
            let help = match elsewhere.iter().find(|(key, _)| *key == name) {
                Some((_, place)) => format!("`{name}` belongs under {place}"),
                None => match suggest::nearest(name, known.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("known {here}: {}", known.join(", ")),
                },
            };
            mistakes.add(key.span(), format!("the key `{name}` is not known {here}"), help);
        }
    }

    /// The place of a key, or of the table when the key is not there.
    #[must_use]
    pub fn key_span(&self, key: &str) -> Place {
        let found = self.table.keys().find(|k| k.get_ref() == key);
        found.map_or_else(|| self.span.clone(), toml::Spanned::span)
    }

    /// The keys, in the order of the file.
    #[must_use]
    pub fn keys(&self) -> Vec<Spanned<&'t str>> {
        let mut keys: Vec<_> = self
            .table
            .keys()
            .map(|key| Spanned { value: key.get_ref().as_ref(), span: key.span() })
            .collect();
        keys.sort_by_key(|key| key.span.start);
        keys
    }

    /// Whether a key is set.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A value, whatever it is.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'t Value<'t>> {
        self.table.get(key)
    }

    /// A text.
    pub fn text(&self, key: &str, mistakes: &mut Mistakes) -> Option<Spanned<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Spanned { value: text.to_string(), span: value.span() }),
            _ => wrong(key, "a text in quotation marks", value, mistakes),
        }
    }

    /// A list of texts.
    pub fn texts(&self, key: &str, mistakes: &mut Mistakes) -> Option<Vec<Spanned<String>>> {
        let items = self.list(key, "texts", mistakes)?;
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push(Spanned { value: text.to_string(), span: item.span() }),
                _ => wrong::<()>(key, "texts in quotation marks", item, mistakes).unwrap_or_default(),
            }
        }
        Some(texts)
    }

    /// A list of anything; `of` names its members for the message.
    pub fn list(&self, key: &str, of: &str, mistakes: &mut Mistakes) -> Option<Vec<&'t Value<'t>>> {
        let value = self.get(key)?;
        if let DeValue::Array(items) = value.get_ref() {
            return Some(items.iter().collect());
        }
        let written = mistakes.source().get(value.span()).unwrap_or_default().to_owned();
        let help = if written.len() < 60 { format!("write `{key} = [{written}]`") } else { String::new() };
        mistakes.add(value.span(), format!("`{key}` wants a list of {of}, not {}", kind(value)), help);
        None
    }

    /// True or false.
    pub fn flag(&self, key: &str, mistakes: &mut Mistakes) -> Option<bool> {
        let value = self.get(key)?;
        value.get_ref().as_bool().or_else(|| wrong(key, "true or false", value, mistakes))
    }

    /// A whole number that is not negative.
    pub fn count(&self, key: &str, mistakes: &mut Mistakes) -> Option<Spanned<usize>> {
        let value = self.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok());
        match number {
            Some(number) => Some(Spanned { value: number, span: value.span() }),
            None => wrong(key, "a whole number", value, mistakes),
        }
    }

    /// A calendar day.
    pub fn date(&self, key: &str, mistakes: &mut Mistakes) -> Option<Spanned<Date>> {
        let value = self.get(key)?;
        let date = value.get_ref().as_datetime().and_then(|datetime| datetime.to_string().parse().ok());
        match date {
            Some(date) => Some(Spanned { value: date, span: value.span() }),
            None => wrong(key, "a date such as 2024-06-20", value, mistakes),
        }
    }

    /// A table inside this one.
    pub fn table(&self, key: &str, mistakes: &mut Mistakes) -> Option<Self> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Self::new(table, value.span(), self.inner(key))),
            _ => wrong(key, &format!("a table: `[{}]`", self.inner(key)), value, mistakes),
        }
    }

    /// A list of tables inside this one: `[[key]]`.
    pub fn tables(&self, key: &str, mistakes: &mut Mistakes) -> Vec<Self> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let inner = self.inner(key);
        let DeValue::Array(items) = value.get_ref() else {
            let help = format!("write `[[{inner}]]` with two brackets; there may be several");
            mistakes.add(
                value.span(),
                format!("`{inner}` wants a list of tables, not {}", kind(value)),
                help,
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match Self::of(item, &inner) {
                Some(table) => tables.push(table),
                None => {
                    wrong::<()>(key, &format!("tables: `[[{inner}]]`"), item, mistakes).unwrap_or_default()
                }
            }
        }
        tables
    }

    /// The table that a value is.
    #[must_use]
    pub fn of(value: &'t Value<'t>, name: &str) -> Option<Self> {
        let table = value.get_ref().as_table()?;
        Some(Self::new(table, value.span(), name.to_owned()))
    }

    fn inner(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

/// What a value is, for messages.
#[must_use]
pub(super) fn kind(value: &Value<'_>) -> &'static str {
    match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn wrong<T>(key: &str, wanted: &str, value: &Value<'_>, mistakes: &mut Mistakes) -> Option<T> {
    let quoted = matches!(value.get_ref(), DeValue::String(_)) && !wanted.contains("text");
    let help = if quoted && !wanted.contains("table") { "write it without quotation marks" } else { "" };
    mistakes.add(value.span(), format!("`{key}` wants {wanted}, not {}", kind(value)), help);
    None
}

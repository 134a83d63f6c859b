//! Which articles are meant.

use crate::store::engine::Value;
use jiff::Timestamp;

use crate::model::ArticleState;

/// Which articles to list or to export. The default means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only of this site.
    pub site: Option<String>,
    /// First seen at or after.
    pub since: Option<Timestamp>,
    /// First seen before.
    pub until: Option<Timestamp>,
    /// With a version or an event at or after.
    pub changed_since: Option<Timestamp>,
    /// Only in this state.
    pub state: Option<ArticleState>,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Filter {
    /// The condition in SQL over `a` (article), `h` (head) and `s` (site), and its values; without the limit.
    pub(super) fn condition(&self) -> (String, Vec<Value>) {
        let ms = |at: Option<Timestamp>| at.map(|at| Value::from(at.as_millisecond()));
        let asked = [
            ("s.key =", self.site.clone().map(Value::from)),
            ("a.first_seen_at >=", ms(self.since)),
            ("a.first_seen_at <", ms(self.until)),
            ("h.last_changed_at >=", ms(self.changed_since)),
            ("h.state =", self.state.map(|state| Value::from(state.as_str().to_owned()))),
        ];
        let mut sql = String::from("TRUE");
        let mut values = Vec::new();
        for (text, value) in asked {
            if let Some(value) = value {
                values.push(value);
                sql.push_str(&format!(" AND {text} ?{}", values.len()));
            }
        }
        (sql, values)
    }
}

/// Which versions of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Versions {
    /// The latest only.
    #[default]
    Latest,
    /// All, oldest first.
    All,
}

/// Where a search looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchField {
    /// In titles.
    Title,
    /// In bodies.
    Body,
}

/// What to search for.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchQuery {
    /// The user's words.
    pub text: String,
    /// The words are FTS5 syntax; else all must be there, each in some form of its root.
    pub raw_fts: bool,
    /// Where to look; empty: everywhere.
    pub fields: Vec<SearchField>,
    /// Only of this site.
    pub site: Option<String>,
    /// First seen at or after.
    pub since: Option<Timestamp>,
    /// At most so many.
    pub limit: usize,
    /// Only what comes behind this place.
    pub behind: Option<Behind>,
}

/// A place among finds: behind it the next page begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Behind {
    /// How well the find before it fits.
    pub score: f64,
    /// The row of its version.
    pub row: i64,
}

impl Behind {
    /// Whether finds come by their time, the newest first, because they are too many to be compared.
    pub(super) fn is_by_time(self) -> bool {
        self.score == 0.0
    }
}

//! The dateline: the place line at the head of a story ("Pyongyang –"). It is *not* the date.

/// A dateline as the page prints it, and what it says.
///
/// `raw` is the exact prefix of the first paragraph, separator and following blanks included, so
/// that `raw` + the first paragraph of the body is what the page said. A place line in an element of
/// its own, which is no part of a paragraph, ends with a line break in `raw`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dateline {
    /// The exact prefix that was cut, e.g. `"JAKARTA (ANTARA) - "`.
    pub raw: String,
    /// The places, in the order of the text.
    pub places: Vec<String>,
    /// The agency or outlet named in the dateline.
    pub agency: Option<String>,
    /// The date named in the dateline, as text (`"18/6"`, `"19 Juni"`).
    pub date: Option<String>,
}

/// What is known of the datelines of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DatelinePrior {
    /// Too little: a line is judged by itself.
    #[default]
    Unknown,
    /// Its stories open with one: a borderline one is believed.
    Always,
    /// None of its stories has any: a borderline one is not believed.
    Never,
}

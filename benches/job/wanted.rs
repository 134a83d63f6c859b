//! What every engine takes off a page.

/// The headline: the first that is found.
pub const TITLE: &[&str] = &["article h1", "h1"];
/// The date, and the attribute that holds it.
pub const DATE: &[(&str, &str)] =
    &[("meta[property='article:published_time']", "content"), ("time[datetime]", "datetime")];
/// What is left out.
pub const OUT: &[&str] = &[
    "script",
    "style",
    "noscript",
    "nav",
    "footer",
    "aside",
    "form",
    "figure",
    ".related",
    ".share",
    ".comments",
    ".advertisement",
];
/// Where the text may be.
pub const BODY: &[&str] = &["div[itemprop=articleBody]", ".entry-content", "article", "main"];
/// What its paragraphs are.
pub const PARAGRAPHS: &str = "p, h2, h3, h4";
/// A container with less text is none (characters).
pub const ENOUGH: usize = 200;

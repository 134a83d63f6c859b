//! The nouns of kliping, and the pure rules that belong to them.
//!
//! Five types follow a page through the house: a [`Capture`] is what the site sent, a [`Draft`] is
//! what the selectors found in it, an [`Article`] is clean and typed, a [`Version`] is an article
//! as it was read from one capture by one extractor, and [`Intent`] says what the archive should
//! write. Nothing here does I/O, and nothing here looks at a clock: `now` is an argument.

mod article;
mod calendar;
mod candidate;
mod canonical;
mod capture;
mod change;
mod dateline;
mod decide;
mod draft;
mod escape;
mod health;
mod instead;
mod known;
mod letter;
mod near;
mod opening;
mod outcome;
mod reference;
mod repeated;
mod simhash;
mod url;
mod version;
mod when;
mod words;

pub use article::{Article, Block, BlockKind, CommentForm, Image, Reading, Removal};
pub use calendar::{DAYS_ID, MONTHS_EN, MONTHS_ID};
pub use candidate::{Candidate, SourceKind, Via};
pub use canonical::{
    Fingerprint, Sha256, canonical_text, is_composed, is_tidy_ascii, line_hash, readable_text, sha256,
};
pub use capture::{Capture, Validators, has_no_end};
pub use change::{Cause, ChangeKind, ChangeKinds};
pub use dateline::{Dateline, DatelinePrior};
pub use decide::{Head, Intent, decide};
pub use draft::{Draft, DraftBlock, FieldName, Finding, Found};
pub use escape::escaped;
pub use health::{Loss, Lost, SeenReading, Share, Sighting, Sign, SiteHealth, Trend, site_health};
pub use instead::Instead;
pub use known::{Archived, Known, Listed};
pub use letter::{is_letter, is_letter_or_digit};
pub use near::{Joined, near_pairs};
pub use opening::{Opening, Openings};
pub use outcome::{ErrorPage, Failure, Outcome, Retry};
pub use reference::{AsOf, RefError, Reference, Subject, VersionSelector};
pub use repeated::{Often, Repeated};
pub use simhash::{Simhash, share_in_common};
pub use url::{HostKey, PageUrl, UrlError};
pub use version::{ArticleId, ArticleState, EventKind, ExtractorId, RunId, Version, VersionSeq};
pub use when::{Precision, When, ZoneFrom};
pub use words::{each_word, is_spaceless, words};

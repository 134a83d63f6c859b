//! The one place of the library that looks at a clock.

use jiff::Timestamp;

/// Now. Whatever decides takes it as an argument.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that the pure rooms are given the time from"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

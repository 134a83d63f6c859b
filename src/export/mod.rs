//! Out of the archive: JSON as the contract has it, and files that others can read. The same input
//! gives the same bytes.

pub mod json;

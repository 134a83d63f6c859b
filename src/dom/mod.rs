//! From bytes to a tree, and what can be asked of it: CSS queries, `<meta>`, `<link>`, JSON-LD.
//!
//! This room alone names the HTML parser. Three habits of that parser are kept from the others:
//! its quadratic time on deep nesting (see [`Document::parse`]), its selection in the order of
//! creation instead of document order, and its matching inside `<template>`.

pub mod blank;
pub mod charset;
mod document;
mod engine;
mod hash;
mod head;
mod index;
mod json_ld;
mod limits;
mod loose_json;
mod names;
mod node;
mod node_set;
mod query;
mod script_data;
mod selector;
mod text;
mod tokenizer;
mod tree;

pub use document::Document;
pub use engine::Parser;
pub use hash::{FastHasher, FastMap, FastState};
pub use head::Link;
pub use json_ld::{JsonLd, unescape};
pub use names::NameGroups;
pub use node::{Node, NodeId, Step};
pub use node_set::NodeSet;
pub use query::{Query, Take};
pub use selector::{Key, Selector, SelectorError};
pub use text::{BLOCKS, Edge, Flow};

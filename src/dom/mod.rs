//! From bytes to a tree, and what can be asked of it: CSS queries, `<meta>`, `<link>`, JSON-LD.
//!
//! This room alone names the HTML parser. Its quadratic time on deep nesting is kept from the others (see
//! [`Document::parse`]); selection is in document order, and never inside `<template>`.

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
mod role;
mod script_data;
mod select;
mod selector;
mod text;
mod tokenizer;
mod tree;
mod walk;

pub use document::Document;
pub use engine::Parser;
pub use hash::{FastHasher, FastMap, FastState};
pub use head::Link;
pub use json_ld::{JsonLd, unescape};
pub use names::NameGroups;
pub use node::{Node, NodeId};
pub use node_set::NodeSet;
pub use query::{Query, Take};
pub use selector::{Key, Selector, SelectorError};
pub use text::{Edge, Flow};
pub use walk::Step;

//! The frameworks that threats are named after, as versioned data: what an id
//! stands for, how ids of different editions and frameworks relate, and whether
//! a text cites them rightly. With them the two lists that models are written
//! in: kinds and controls.
//!
//! Nothing here knows a framework by heart: all facts come from the files under
//! `catalog/`, which callers hand in as text or as decoded values.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::iter_over_hash_type)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod catalog;
mod controls;
mod crosswalk;
mod framework;
pub mod import;
pub mod lint;
mod parse;
#[cfg(test)]
mod shipped;
mod unseen;
mod vocabulary;
mod vocabulary_builder;
mod words;

pub use catalog::{Catalog, Counterpart, EntryRef, FrameworkSource, Hit, IdProblem, Translation, UsedIn};
pub use controls::{Control, ControlMaps, Controls, parse_controls};
pub use crosswalk::{Crosswalk, Relation, Review, Row, RowEnd, Rows, SameIds, parse_crosswalk};
pub use framework::{Entry, EntryType, Framework, Past, PastHow, Step, check_integrity};
pub use unseen::{Unseen, UnseenEntries, parse_unseen};
pub use vocabulary::{Kind, Kinds, parse_kinds};
pub use vocabulary_builder::build_vocabulary;

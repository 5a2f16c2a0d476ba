//! The declaration of the model language, the system graph, and reading text into it.
//!
//! Callers hand in text and get values back: this crate touches no file,
//! clock, network or environment. Reading never fails hard; it returns what
//! could be read and a list of diagnostics.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::iter_over_hash_type)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod bits;
pub mod check;
pub mod declaration;
pub mod graph;
pub mod hash;
pub mod ids;
pub mod model;
pub mod read;
pub mod schema;
pub mod threads;
pub mod vocabulary;

pub use graph::Graph;
pub use model::Model;
pub use read::{Loader, NoLoader, Reading, read};
pub use vocabulary::Vocabulary;

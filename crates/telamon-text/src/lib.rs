//! Texts and what is said about them: sources, spans, YAML that knows where it
//! stands, diagnostics with a fix, suggestions for misspelt words, and edits
//! that leave the rest of a file alone.
//!
//! Nothing here touches a file, a clock or the environment: callers hand in
//! text and get values and diagnostics back.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::iter_over_hash_type)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod diagnostic;
pub mod edit;
pub mod report;
mod source;
pub mod suggest;
pub mod yaml;

pub use diagnostic::{Code, Diagnostic, Fix, Level, has_errors, sort};
pub use source::{Position, SourceId, Sources, Span};

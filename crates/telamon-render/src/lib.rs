//! What a person or another tool is shown of an analysis.
//!
//! Every renderer is a function from [`telamon_engine::analysis::Analysis`]
//! to text. None of them touches a file, clock, network or environment, so
//! the same analysis gives the same bytes.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::iter_over_hash_type)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod csv;
pub mod diagram;
pub mod filter;
#[cfg(test)]
mod fixture;
pub mod gate;
pub mod html;
pub mod json;
pub mod layout;
pub mod markdown;
pub mod methods;
pub mod sarif;
pub mod terminal;
mod words;

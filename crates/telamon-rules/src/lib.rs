//! The rule language: parse, type-check, compile.
//!
//! A rule is one entry of a YAML file. Its condition is one typed expression
//! over components, flows and data: boolean algebra plus "has a neighbour
//! that". Everything is checked when a rule is loaded, so that no rule can
//! fail while a model is analysed.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::iter_over_hash_type)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod attributes;
pub mod check;
pub mod expr;
pub mod parse;
pub mod plan;
pub mod read;
pub mod rule;

pub use plan::Plan;
pub use read::{RuleFile, read_rules};
pub use rule::{Rule, RuleSet};

//! Labels, evaluation, threats, risk and decisions.
//!
//! The engine is a function of a model, a vocabulary, rules, a catalog,
//! weights and a date. It touches no file, clock, network or environment.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::iter_over_hash_type)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod accounting;
pub mod analysis;
pub mod analyze;
mod cases;
mod closure;
mod coverage;
pub mod decide;
mod decisions;
mod diff;
pub mod digest;
pub mod eval;
pub mod facts;
mod gate;
mod incidents;
pub mod labels;
pub mod locate;
pub mod prove;
mod questions;
mod sensitivity;
mod surface;
mod threats;
pub mod weights;

pub use accounting::{Accounted, accounting};
pub use analyze::{Inputs, analyze};
pub use cases::{Case, CaseStep, StepState, cases};
pub use closure::{Attackers, Loss, Profile, holes};
pub use diff::{Diff, ElementChange, ThreatChange, diff};
pub use gate::{Breach, Permission, Policy, Required, gate};
pub use sensitivity::{SensitivityRow, sensitivity};

//! Tasks of development, run as `cargo xtask TASK`.
//!
//! `check` is what must pass before a change is merged. Everything that is
//! generated in this repository is made by `gen`, and only from data.

pub mod bench;
pub mod check;
pub mod deny;
pub mod fuzz;
pub mod generate;
pub mod generated;
pub mod quality;
pub mod random;
pub mod run;

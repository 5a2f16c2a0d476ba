//! Labels, evaluation, threats, risk and decisions.
//!
//! The engine is a function of a model, a vocabulary, rules, a catalog,
//! weights and a date. It touches no file, clock, network or environment.

pub mod analysis;

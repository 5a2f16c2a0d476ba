//! One file for each command.

pub mod analyze;
pub mod catalog;
pub mod catalog_import;
pub mod check;
pub mod decide;
pub mod diagram;
pub mod diff;
pub mod explain;
pub mod gate;
pub mod incidents;
pub mod init;
pub mod official;
pub mod questions;
pub mod report;
pub mod rules;
pub mod shell;
pub mod words;

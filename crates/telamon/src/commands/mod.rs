//! One file for each command.

pub mod analyze;
pub mod catalog;
pub mod check;
pub mod decide;
pub mod diagram;
pub mod explain;
pub mod init;
pub mod questions;
pub mod report;
pub mod rules;
pub mod shell;
pub mod words;

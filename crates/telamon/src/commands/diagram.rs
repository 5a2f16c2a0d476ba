//! placeholder while the drawing is written
use crate::cli::DiagramArgs;
use crate::output::{Done, Output};
pub fn run(_args: &DiagramArgs, _output: &Output) -> Done { Err("not built yet".into()) }

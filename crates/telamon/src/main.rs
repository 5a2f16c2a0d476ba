//! The command line of Telamon: the only crate that prints, reads the environment and sets exit codes.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![deny(clippy::print_stdout, clippy::print_stderr, clippy::iter_over_hash_type)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod baseline;
mod cli;
mod codes;
mod commands;
mod input;
mod output;
mod page;
mod rulebook;
mod setup;

use clap::Parser;
use cli::{Cli, Command};
use output::{Failure, Output};
use std::process::ExitCode;

/// A model becomes millions of small pieces: names, spans, nodes of a tree. This allocator makes them faster.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Nothing is wrong.
const FINE: u8 = 0;
/// There are findings at or above `--fail-on`.
const FINDINGS: u8 = 1;
/// The input is wrong.
const WRONG: u8 = 2;
/// The program is wrong.
const BUG: u8 = 3;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|info| {
        Output::error(&format!(
            "this is a bug in telamon: {info}\nplease report it with the model, or the smallest part of it that shows the bug"
        ));
        std::process::exit(i32::from(BUG));
    }));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for; everything else is a wrong call.
            let code = if error.use_stderr() { WRONG } else { FINE };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let output = Output::new(cli.color);
    let done = match cli.command {
        Command::Analyze(args) => commands::analyze::run(&args, &output),
        Command::Check(args) => commands::check::run(&args, &output),
        Command::Explain(args) => commands::explain::run(&args, &output),
        Command::Catalog(args) => commands::catalog::run(&args, &output),
        Command::Kinds(args) => commands::words::kinds(&args, &output),
        Command::Controls(args) => commands::words::controls(&args, &output),
        Command::Rules(args) => commands::rules::run(&args, &output),
        Command::Decide(args) => commands::decide::run(&args, &output),
        Command::Diagram(args) => commands::diagram::run(&args, &output),
        Command::Report(args) => commands::report::run(&args, &output),
        Command::Diff(args) => commands::diff::run(&args, &output),
        Command::Gate(args) => commands::gate::run(&args, &output),
        Command::Incidents(args) => commands::incidents::run(&args, &output),
        Command::Questions(args) => commands::questions::run(&args, &output),
        Command::Init(args) => commands::init::run(&args, &output),
        Command::Schema(args) => commands::shell::schema(&args, &output),
        Command::Completions(args) => commands::shell::completions(&args, &output),
        Command::Man(args) => commands::shell::man(&args, &output),
    };
    match done {
        Ok(true) => ExitCode::from(FINE),
        Ok(false) => ExitCode::from(FINDINGS),
        Err(Failure::Said) => ExitCode::from(WRONG),
        Err(Failure::Message(message)) => {
            Output::error(&format!("error: {message}"));
            ExitCode::from(WRONG)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BUG;
    use std::process::Command;

    /// Set for the copy of the test program that is to come to grief.
    const DOOMED: &str = "TELAMON_TEST_DOOMED";

    #[test]
    fn a_panic_is_a_bug_and_exit_code_3() {
        if std::env::var_os(DOOMED).is_some() {
            // The arguments of the test are no command, so that only what comes before is done.
            let _ = super::main();
            panic!("made by a test");
        }
        let out = Command::new(std::env::current_exe().expect("the test program"))
            .args(["--exact", "tests::a_panic_is_a_bug_and_exit_code_3", "--nocapture"])
            .env(DOOMED, "yes")
            .output()
            .expect("it starts again");
        let error = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(i32::from(BUG)), "{error}");
        assert!(error.contains("this is a bug in telamon") && error.contains("made by a test"), "{error}");
        assert!(error.contains("please report it"), "{error}");
    }
}

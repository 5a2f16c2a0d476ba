//! The page of commands: what `--help` prints.

use super::Page;
use super::markdown::fence;
use clap::{Command, CommandFactory};
use std::fmt::Write;

// The arguments are declared in the command line, whose crate is a program and
// cannot be depended on.
#[path = "../../../crates/telamon/src/cli.rs"]
#[allow(dead_code, reason = "the command line reads the values; this page needs the declaration")]
mod cli;

pub(super) fn page() -> Page {
    let mut command = cli::Cli::command().term_width(100).disable_version_flag(true);
    command.build();
    let mut out = String::from(
        "# Commands\n\n\
         What `telamon COMMAND --help` prints. A model is a file, a folder with a `telamon.yaml` in it, or `-` for \
         standard input; without one, the current folder is taken.\n\n\
         | exit code | meaning |\n| --- | --- |\n\
         | 0 | nothing to report |\n\
         | 1 | findings at or above `--fail-on` |\n\
         | 2 | the input or the call is wrong |\n\
         | 3 | a bug in telamon |\n",
    );
    one(&mut command, &mut out);
    Page::reference("commands", &out)
}

fn one(command: &mut Command, out: &mut String) {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned();
    let help = command.render_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    let _ = write!(out, "\n## `{name}`\n\n{}", fence("text", &help.join("\n")));
    for inner in command.get_subcommands_mut().filter(|inner| inner.get_name() != "help") {
        one(inner, out);
    }
}

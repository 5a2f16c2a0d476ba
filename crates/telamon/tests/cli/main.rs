//! The program as a user calls it: what it prints, what it writes, how it exits.

mod accounts;
mod changes;
mod codes;
mod decisions;
mod errors;
mod explained;
mod gate;
mod import;
mod mistakes;
mod outputs;
mod streams;
mod words;
mod written;

use assert_cmd::Command;
use std::path::{Path, PathBuf};

/// The program with a scrubbed environment, in a folder.
fn telamon(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("telamon").expect("the program is built");
    command.env_clear().env("COLUMNS", "100").current_dir(folder);
    command
}

/// Exit code, standard output and error stream.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let out = telamon(folder).args(args).output().expect("the program starts");
    (
        out.status.code().unwrap_or(-1),
        String::from_utf8(out.stdout).expect("output is UTF-8"),
        String::from_utf8(out.stderr).expect("errors are UTF-8"),
    )
}

/// A folder with a telamon.yaml.
fn folder(model: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("telamon.yaml"), model).expect("a file can be written");
    folder
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

const CHAT: &str = "system: Chat
components:
  user: { kind: customer, zone: internet }
  bot:  { kind: llm-app, zone: app } # answers
  gpt:  { kind: llm, zone: vendor }
flows:
  - user -> bot: question
  - bot -> gpt: prompt
";

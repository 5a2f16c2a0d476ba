//! Where the repository is, and running other programs.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a task did not succeed.
#[derive(Debug)]
pub struct Failure {
    /// What to tell.
    pub message: String,
    /// Exit code: 1 something is wrong with the repository, 2 the task cannot run.
    pub code: u8,
}

impl Failure {
    /// The repository is not as it should be.
    pub fn wrong(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }

    /// The task cannot run here.
    pub fn cannot(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 2 }
    }
}

/// What a task gives.
pub type Done = Result<(), Failure>;

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The folder for what is built, as cargo sees it.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Cargo, started in the root.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// Runs a program to its end.
pub fn run(command: &mut Command) -> Done {
    let says = describe(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::wrong(format!("`{says}` failed ({status})"))),
        Err(error) => Err(Failure::cannot(format!("cannot run `{says}`: {error}"))),
    }
}

/// Runs a program to its end, showing each line of its output and passing it on.
pub fn watch(command: &mut Command, mut line: impl FnMut(&str)) -> Done {
    let says = describe(command);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::cannot(format!("cannot run `{says}`: {error}")))?;
    if let Some(output) = child.stdout.take() {
        for text in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{text}");
            line(&text);
        }
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::wrong(format!("`{says}` failed ({status})"))),
        Err(error) => Err(Failure::cannot(format!("`{says}` was lost: {error}"))),
    }
}

fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

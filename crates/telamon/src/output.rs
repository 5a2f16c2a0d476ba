//! The one place that prints.

use crate::cli::Color;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Why a command ends without a result.
pub enum Failure {
    /// What is wrong was printed already.
    Said,
    /// One sentence.
    Message(String),
}

impl<T: Into<String>> From<T> for Failure {
    fn from(message: T) -> Self {
        Self::Message(message.into())
    }
}

/// What commands give: true when fine, false when there are findings.
pub type Done = Result<bool, Failure>;

/// How to print on this terminal.
pub struct Output {
    /// Colour is wanted and the terminal shows it.
    pub color: bool,
    /// Columns.
    pub width: usize,
}

impl Output {
    /// Looks at the terminal and the environment.
    pub fn new(color: Color) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
        let width = columns.or_else(|| terminal.then(terminal_width).flatten()).unwrap_or(100).clamp(40, 160);
        Self { color, width }
    }

    /// Prints a text. When nobody reads any more, the program ends quietly.
    pub fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
            std::process::exit(0);
        }
    }

    /// Prints a line.
    pub fn line(&self, text: &str) {
        self.print(&format!("{text}\n"));
    }

    /// Prints to the error stream; who does not read it is no failure.
    pub fn error(text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
    }

    /// Writes a file, or prints where none is named.
    pub fn write(&self, path: Option<&Path>, text: &str) -> Result<(), Failure> {
        match path {
            None => {
                self.print(text);
                Ok(())
            }
            Some(path) => std::fs::write(path, text)
                .map_err(|error| format!("cannot write `{}`: {error}", path.display()).into()),
        }
    }
}

/// Columns of the terminal, where `stty` tells.
fn terminal_width() -> Option<usize> {
    let out = std::process::Command::new("stty").arg("size").stdin(std::process::Stdio::inherit()).output().ok()?;
    String::from_utf8(out.stdout).ok()?.split_whitespace().nth(1)?.parse().ok().filter(|width| *width > 0)
}

//! The one place that prints.

use crate::cli::Color;
use std::cell::Cell;
use std::io::{ErrorKind, IsTerminal, Write};
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
    /// Colour is wanted on the output, and what reads it shows it.
    pub color: bool,
    /// The same for the error stream.
    pub error_color: bool,
    /// Columns.
    pub width: usize,
    /// Nobody reads the output any more.
    closed: Cell<bool>,
}

impl Output {
    /// Looks at the terminal and the environment.
    pub fn new(color: Color) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let wanted = |terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && !plain,
        };
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self {
            color: wanted(std::io::stdout().is_terminal()),
            error_color: wanted(std::io::stderr().is_terminal()),
            width: columns.or_else(terminal).unwrap_or(100).clamp(40, 160),
            closed: Cell::new(false),
        }
    }

    /// Prints a text. When nobody reads any more, the rest is dropped and the
    /// exit code is that of the whole, so that `| head` hides no finding.
    pub fn print(&self, text: &str) {
        if self.closed.get() {
            return;
        }
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.closed.set(true),
            Err(error) => {
                Self::error(&format!("error: cannot write the output: {error}"));
                std::process::exit(2);
            }
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

    /// Writes a file and says so, or prints where none, or `-`, is named.
    pub fn write(&self, path: Option<&Path>, text: &str) -> Result<(), Failure> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            self.print(text);
            return Ok(());
        };
        std::fs::write(path, text).map_err(|error| cannot_write(path, &error))?;
        Self::error(&format!("wrote {}", path.display()));
        Ok(())
    }
}

/// Puts a text in the place of a file in one step: a full disk or a crash
/// leaves the old text. A link is followed, and rights are kept.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let target = path.canonicalize().map_err(|error| cannot_write(path, &error))?;
    let about = target.metadata().map_err(|error| cannot_write(path, &error))?;
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = target.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let done = std::fs::write(&beside, text)
        .and_then(|()| std::fs::set_permissions(&beside, about.permissions()))
        .and_then(|()| std::fs::rename(&beside, &target));
    done.map_err(|error| {
        // What is left of the attempt is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
        cannot_write(path, &error)
    })
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    format!("cannot write `{}`: {error}", path.display()).into()
}

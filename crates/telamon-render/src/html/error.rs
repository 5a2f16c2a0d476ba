//! What can go wrong while a report is made.

use std::fmt;

/// Why a report could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// A template could not be read or filled in.
    Template {
        /// Name of the template.
        name: String,
        /// Line in it, where it is known.
        line: Option<usize>,
        /// What is wrong.
        message: String,
    },
}

impl fmt::Display for RenderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template { name, line, message } => {
                write!(out, "template `{name}`")?;
                if let Some(line) = line {
                    write!(out, " line {line}")?;
                }
                write!(out, ": {message}")
            }
        }
    }
}

impl std::error::Error for RenderError {}

impl From<minijinja::Error> for RenderError {
    fn from(error: minijinja::Error) -> Self {
        let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        Self::Template { name: error.name().unwrap_or("report.html").to_owned(), line: error.line(), message }
    }
}

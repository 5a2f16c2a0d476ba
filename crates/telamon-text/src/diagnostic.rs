//! What is said about a text: a code, a sentence, a place, and how to mend it.

use std::borrow::Cow;
use std::fmt;

use crate::source::Span;

/// The stable name of a kind of diagnostic, such as `unknown-kind`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Cow<'static, str>);

impl Code {
    /// A code known when the program is built.
    pub const fn new(code: &'static str) -> Self {
        Self(Cow::Borrowed(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Code {
    fn from(code: &'static str) -> Self {
        Self::new(code)
    }
}

impl From<String> for Code {
    fn from(code: String) -> Self {
        Self(Cow::Owned(code))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// How serious a diagnostic is; the most serious comes first in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The input cannot be used as it is.
    Error,
    /// The input is probably not what was meant.
    Warning,
    /// Something worth knowing.
    Note,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// A change of the text that mends a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
    /// What the change does, for people: "write `agent`".
    pub says: String,
}

/// One thing that is said about the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of what is wrong.
    pub code: Code,
    /// How serious it is.
    pub level: Level,
    /// The sentence: lower case, no full stop, input in backticks.
    pub message: String,
    /// The offending words, where there are any.
    pub span: Option<Span>,
    /// Text under the underline; may be empty.
    pub label: String,
    /// Other places that matter, each with a text.
    pub related: Vec<(Span, String)>,
    /// Further sentences: reasons, what would be right.
    pub notes: Vec<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A diagnostic of a given level.
    pub fn new(level: Level, code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            level,
            message: message.into(),
            span: None,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            fix: None,
        }
    }

    /// An error.
    pub fn error(code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self::new(Level::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, code, message)
    }

    /// A remark.
    pub fn remark(code: impl Into<Code>, message: impl Into<String>) -> Self {
        Self::new(Level::Note, code, message)
    }

    /// Sets the offending place: a span or an optional one.
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Sets the text under the underline.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place that matters.
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text.into()));
        self
    }

    /// Adds a further sentence.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Sets the change that mends it.
    pub fn fix(mut self, span: Span, replacement: impl Into<String>, says: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into(), says: says.into() });
        self
    }

    /// Whether it makes the input unusable.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// Puts diagnostics into the order of the text: by source, place, level, code.
/// Those without a place come first.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| (a.span, a.level, &a.code, &a.message).cmp(&(b.span, b.level, &b.code, &b.message)));
}

#[cfg(test)]
mod tests;

//! Places in the model files, for outputs.

use crate::analysis::Location;
use telamon_text::{Sources, Span};

/// Turns spans into lines and columns.
pub struct Locator<'s> {
    sources: &'s Sources,
}

impl<'s> Locator<'s> {
    /// Of these sources.
    pub fn new(sources: &'s Sources) -> Self {
        Self { sources }
    }

    /// Line and column of a span.
    pub fn place(&self, span: Span) -> Option<Location> {
        let file = self.sources.name(span.source);
        if file.is_empty() {
            return None;
        }
        let start = self.sources.position(span.source, span.start);
        let end = self.sources.position(span.source, span.end);
        Some(Location {
            file: file.to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        })
    }
}

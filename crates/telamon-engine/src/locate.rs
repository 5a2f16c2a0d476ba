//! Places in the model files, for outputs.

use crate::analysis::Location;
use telamon_text::{Position, Sources, Span};

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
        // What stands on one line ends on it: then the search for its end is a count of its letters.
        let text = self.sources.slice(span);
        let end = if text.is_empty() || text.contains(['\n', '\r']) {
            self.sources.position(span.source, span.end)
        } else {
            let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            Position { column: start.column.saturating_add(letters), ..start }
        };
        Some(Location {
            file: file.to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        })
    }
}

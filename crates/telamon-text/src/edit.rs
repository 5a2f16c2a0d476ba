//! Edits at spans that keep everything else byte for byte.

use std::fmt;

use crate::source::Span;

/// One replacement; an empty span inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

impl Edit {
    /// Replaces what a span covers.
    pub fn new(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }
}

/// Why edits cannot be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The span ends behind the text, or before it starts.
    OutOfRange(Span),
    /// The span begins or ends inside a character.
    InsideCharacter(Span),
    /// Two edits change the same bytes.
    Overlap(Span, Span),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange(span) => {
                write!(f, "the edit of bytes {} to {} lies outside the text", span.start, span.end)
            }
            Self::InsideCharacter(span) => {
                write!(f, "the edit of bytes {} to {} cuts a character", span.start, span.end)
            }
            Self::Overlap(first, second) => write!(
                f,
                "the edits of bytes {} to {} and {} to {} overlap",
                first.start, first.end, second.start, second.end
            ),
        }
    }
}

impl std::error::Error for EditError {}

/// Applies edits in any order. Several insertions at one place keep their
/// order; an insertion at the edge of a replacement does not overlap it.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    // Stable: insertions at one place stay in the order given, before a
    // replacement that starts there.
    ordered.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len() + edits.iter().map(|edit| edit.replacement.len()).sum::<usize>());
    let mut done = 0;
    let mut last: Option<Span> = None;
    for edit in ordered {
        let range = edit.span.range();
        if range.start > range.end || range.end > text.len() {
            return Err(EditError::OutOfRange(edit.span));
        }
        if !text.is_char_boundary(range.start) || !text.is_char_boundary(range.end) {
            return Err(EditError::InsideCharacter(edit.span));
        }
        if let Some(last) = last
            && range.start < last.end as usize
        {
            return Err(EditError::Overlap(last, edit.span));
        }
        result.push_str(text.get(done..range.start).unwrap_or(""));
        result.push_str(&edit.replacement);
        done = range.end;
        last = Some(edit.span);
    }
    result.push_str(text.get(done..).unwrap_or(""));
    Ok(result)
}

#[cfg(test)]
mod tests;

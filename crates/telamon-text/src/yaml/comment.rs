//! Comments that follow a value: ` #` ends a plain scalar, which cuts a
//! caption short without a word.

use crate::source::Span;

/// The comment behind a span on the same line, from `#` to the end of the line.
pub fn comment_after(text: &str, span: Span) -> Option<Span> {
    let end = span.end as usize;
    let rest = text.get(end..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let comment = rest.get(blanks..)?;
    if blanks == 0 || !comment.starts_with('#') {
        return None;
    }
    let length = comment.find(['\n', '\r']).unwrap_or(comment.len());
    Some(Span::new(span.source, end + blanks, end + blanks + length))
}

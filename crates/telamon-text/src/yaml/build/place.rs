//! Places that the parser gives otherwise than people see them.

use crate::source::Span;

/// A block scalar from its `|` or `>` to its last word. The parser leaves out
/// the head and counts the line breaks at the end.
pub(super) fn block(text: &str, after: usize, span: Span, mark: char) -> Span {
    let words = text.get(span.range()).unwrap_or("").trim_end();
    let content = span.start as usize;
    let end = content + words.len();
    let before = text.get(after..content).unwrap_or("");
    let start = before
        .match_indices(mark)
        .map(|(at, _)| at)
        .find(|at| before.get(at + 1..).is_some_and(|rest| is_head(rest, words)))
        .map_or(content, |at| after + at);
    // Without any words only the head remains.
    let head = text.get(start..end).unwrap_or("").trim_end().len();
    Span::new(span.source, start, start + head)
}

/// Whether this is what stands between a mark and the words of its block:
/// indicators, perhaps a comment, then blank lines.
fn is_head(rest: &str, words: &str) -> bool {
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || "+-".contains(letter));
    let (line, below) = rest.split_once(['\n', '\r']).unwrap_or((rest, ""));
    let comment = line.trim_start_matches([' ', '\t']);
    let ends = comment.is_empty() || (comment.starts_with('#') && comment.len() < line.len());
    ends && (below.trim().is_empty() || words.is_empty())
}

/// A value that is left out stands behind the colon of its key.
pub(super) fn left_out(text: &str, span: Span) -> Span {
    let at = span.start as usize;
    let colon = text.get(at..).is_some_and(|rest| rest.starts_with(':'));
    let at = at + usize::from(colon);
    Span::new(span.source, at, at)
}

/// A list's dash. For one that is indented no deeper than its key, the parser
/// gives the place behind it.
pub(super) fn dash(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or("").trim_end();
    match text.get(start..) {
        Some(rest) if rest.starts_with('-') => start,
        _ if before.ends_with('-') => before.len() - 1,
        _ => start,
    }
}

/// The start of the character that a byte belongs to.
pub(in super::super) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A size for people.
pub(in super::super) fn size(bytes: usize) -> String {
    const MIB: usize = 1 << 20;
    if bytes >= MIB && bytes.is_multiple_of(MIB) { format!("{} MiB", bytes / MIB) } else { format!("{bytes} bytes") }
}

//! A part of a file in which words can be found again.

use telamon_text::yaml::Node;
use telamon_text::{SourceId, Span};

/// A part of a source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'t> {
    source: SourceId,
    start: usize,
    text: &'t str,
}

impl<'t> Stretch<'t> {
    /// A part that begins at a byte.
    pub(super) fn new(source: SourceId, start: usize, text: &'t str) -> Self {
        Self { source, start, text }
    }

    /// The part that a node covers.
    pub(super) fn of_node(node: &Node<'_>, whole: &'t str) -> Self {
        Self { source: node.span.source, start: node.span.start as usize, text: node.raw(whole) }
    }

    /// Where words stand; the beginning when they are written in another way.
    pub(super) fn place(&self, words: &str) -> Span {
        let (at, length) = match self.text.find(words) {
            Some(at) => (at, words.len()),
            None => (0, self.text.chars().next().map_or(0, char::len_utf8)),
        };
        Span::new(self.source, self.start + at, self.start + at + length)
    }
}

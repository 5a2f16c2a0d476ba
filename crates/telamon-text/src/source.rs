//! The texts of a run and positions in them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Which of the texts in [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A range of bytes in one source; `end` is exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text it lies in.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`; an end before the start is moved to it.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX).max(start);
        Self { source, start, end }
    }

    /// The smallest span that covers both. Spans of different sources cannot
    /// be joined: the first one is returned unchanged.
    pub fn join(self, other: Self) -> Self {
        if self.source != other.source {
            return self;
        }
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether it covers no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// A place as people count: both numbers start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// All texts of a run. Texts are added through a shared reference and never
/// move, so that nodes which borrow from one text stay valid while the files
/// it includes are added.
#[derive(Debug, Default)]
pub struct Sources {
    /// Bucket `n` holds `16 << n` texts: growing never moves an older one.
    buckets: [OnceLock<Box<[OnceLock<Source>]>>; BUCKETS],
    count: AtomicU32,
}

const BUCKETS: usize = 24;
const FIRST: usize = 16;

#[derive(Debug)]
struct Source {
    name: String,
    text: String,
    lines: OnceLock<Lines>,
}

impl Sources {
    /// No texts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name that reports show for it.
    pub fn add(&self, name: impl Into<String>, text: String) -> SourceId {
        let index = self.count.fetch_add(1, Ordering::Relaxed);
        let (bucket, slot) = place(index as usize);
        if let Some(cell) = self.buckets.get(bucket) {
            let slots = cell.get_or_init(|| (0..FIRST << bucket).map(|_| OnceLock::new()).collect());
            if let Some(cell) = slots.get(slot) {
                // The counter hands out each index once: the slot is free.
                let _ = cell.set(Source { name: name.into(), text, lines: OnceLock::new() });
            }
        }
        SourceId(index)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.count.load(Ordering::Relaxed) as usize
    }

    /// Whether no text was added.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name a text was added under; empty for an unknown id.
    pub fn name(&self, id: SourceId) -> &str {
        self.source(id).map_or("", |source| &source.name)
    }

    /// The whole text; empty for an unknown id.
    pub fn text(&self, id: SourceId) -> &str {
        self.source(id).map_or("", |source| &source.text)
    }

    /// The text a span covers; empty where the span does not fit the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.source).get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte. The first call for a text indexes it; each
    /// later one costs a binary search, however long the lines are.
    pub fn position(&self, id: SourceId, byte: u32) -> Position {
        let Some(source) = self.source(id) else {
            return Position { line: 1, column: 1 };
        };
        let byte = (byte as usize).min(source.text.len());
        let lines = source.lines();
        let line = lines.at(byte);
        let start = lines.start(line);
        let column = lines.chars_before(&source.text, byte) - lines.chars_before(&source.text, start);
        Position { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// The bytes of a line (from 1) without its line break.
    pub fn line(&self, id: SourceId, line: u32) -> Span {
        let Some(source) = self.source(id) else {
            return Span::new(id, 0, 0);
        };
        let lines = source.lines();
        let index = (line as usize).saturating_sub(1);
        let start = lines.start(index).min(source.text.len());
        let end = lines.start(index + 1).min(source.text.len());
        let text = source.text.get(start..end).unwrap_or("");
        Span::new(id, start, start + text.trim_end_matches(['\n', '\r']).len())
    }

    /// How many lines a text has; an empty one has one.
    pub fn line_count(&self, id: SourceId) -> u32 {
        self.source(id).map_or(1, |source| source.lines().starts.len() as u32)
    }

    fn source(&self, id: SourceId) -> Option<&Source> {
        let (bucket, slot) = place(id.0 as usize);
        self.buckets.get(bucket)?.get()?.get(slot)?.get()
    }
}

/// The bucket of an index and its place in there.
fn place(index: usize) -> (usize, usize) {
    let bucket = ((index / FIRST) + 1).ilog2() as usize;
    (bucket, index - FIRST * ((1 << bucket) - 1))
}

impl Source {
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }
}

/// Where lines start, and how many characters precede each block of bytes, so
/// that a column in a line of many megabytes costs no more than any other.
#[derive(Debug)]
struct Lines {
    starts: Vec<u32>,
    /// Characters before each block of [`BLOCK`] bytes; empty for ASCII.
    chars: Vec<u32>,
}

const BLOCK: usize = 1024;

impl Lines {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at as u32 + 1);
            }
        }
        let mut chars = Vec::new();
        if !text.is_ascii() {
            let mut sum = 0;
            for block in bytes.chunks(BLOCK) {
                chars.push(sum);
                sum += count_chars(block) as u32;
            }
        }
        Self { starts, chars }
    }

    fn at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= byte).saturating_sub(1)
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line).map_or(usize::MAX, |start| *start as usize)
    }

    fn chars_before(&self, text: &str, byte: usize) -> usize {
        if self.chars.is_empty() {
            return byte;
        }
        let block = byte / BLOCK;
        let (block, known) = match self.chars.get(block) {
            Some(known) => (block, *known),
            None => (block - 1, self.chars.last().copied().unwrap_or(0)),
        };
        known as usize + text.as_bytes().get(block * BLOCK..byte).map_or(0, count_chars)
    }
}

fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests;

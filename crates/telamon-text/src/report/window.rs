//! The few lines of a source that a report shows, cut where they are long.

use std::ops::Range;

use crate::source::{Sources, Span};

/// A place to underline.
pub(super) struct Mark {
    span: Span,
    /// Bytes within the extract's text.
    pub range: Range<usize>,
    pub label: String,
    pub primary: bool,
}

impl Mark {
    pub fn new(span: Span, label: &str, primary: bool) -> Self {
        Self { span, range: 0..0, label: label.to_owned(), primary }
    }
}

/// Some lines of one source with the places to underline.
pub(super) struct Extract {
    pub name: String,
    pub text: String,
    pub first_line: u32,
    last_line: u32,
    /// Where the first mark begins, as the header says it.
    pub line: u32,
    pub column: u32,
    pub marks: Vec<Mark>,
    /// A window into a long line stands alone.
    windowed: bool,
}

/// A span over more lines than this is underlined on its first line only.
const TALL: u32 = 6;
/// Places of one source that lie this near share an extract.
const NEAR: u32 = 8;

impl Extract {
    pub fn of(sources: &Sources, mark: Mark, width: usize) -> Self {
        let source = mark.span.source;
        let length = sources.text(source).len();
        let start = floor(sources.text(source), (mark.span.start as usize).min(length));
        let end = floor(sources.text(source), (mark.span.end as usize).clamp(start, length));
        let from = sources.position(source, start as u32);
        // The end is exclusive: a span that ends with a line break does not
        // reach into the next line.
        let inside = end.saturating_sub(1).max(start);
        let to = sources.position(source, inside as u32);
        let first = sources.line(source, from.line);
        let (last_line, end) =
            if to.line - from.line > TALL { (from.line, first.end as usize) } else { (to.line, end) };
        let mut extract = Self {
            name: super::printable(sources.name(source)),
            text: String::new(),
            first_line: from.line,
            last_line,
            line: from.line,
            column: from.column,
            marks: vec![Mark { span: Span::new(source, start, end), ..mark }],
            windowed: false,
        };
        if longest(sources, source, from.line, last_line) > LONG.max(width * 2) {
            extract.cut(sources, width);
        } else {
            extract.fill(sources);
        }
        extract
    }

    /// Whether another extract can be shown in this one.
    pub fn takes(&self, other: &Self) -> bool {
        let source = |extract: &Self| extract.marks.first().map(|mark| mark.span.source);
        source(self) == source(other)
            && !self.windowed
            && !other.windowed
            && other.first_line <= self.last_line.saturating_add(NEAR)
            && self.first_line <= other.last_line.saturating_add(NEAR)
            && self.last_line.max(other.last_line) - self.first_line.min(other.first_line) < 3 * NEAR
    }

    /// Shows another extract's places in this one.
    pub fn add(&mut self, sources: &Sources, other: Self) {
        self.first_line = self.first_line.min(other.first_line);
        self.last_line = self.last_line.max(other.last_line);
        self.marks.extend(other.marks);
        self.fill(sources);
    }

    /// The column within a window into a long line, and the real one.
    pub fn shifted(&self) -> Option<(usize, usize)> {
        let mark = self.marks.first().filter(|_| self.windowed)?;
        let before = self.text.get(..mark.range.start)?;
        Some((before.chars().count() + 1, self.column as usize))
    }

    /// Takes whole lines.
    fn fill(&mut self, sources: &Sources) {
        let Some(source) = self.marks.first().map(|mark| mark.span.source) else {
            return;
        };
        let start = sources.line(source, self.first_line).start as usize;
        let end = sources.line(source, self.last_line).end as usize;
        // A lone carriage return ends a line for YAML but not for the renderer.
        self.text = normal(sources.text(source).get(start..end).unwrap_or(""));
        let length = self.text.len();
        for mark in &mut self.marks {
            let range = mark.span.range();
            mark.range = range.start.saturating_sub(start).min(length)..range.end.saturating_sub(start).min(length);
        }
    }

    /// Takes a part of a long line around the first mark.
    fn cut(&mut self, sources: &Sources, width: usize) {
        self.windowed = true;
        let Some(mark) = self.marks.first_mut() else {
            return;
        };
        let text = sources.text(mark.span.source);
        let line = sources.line(mark.span.source, self.first_line).range();
        let at = mark.span.range();
        let from = floor(text, at.start.saturating_sub(width / 3).max(line.start));
        let stop = at.end.min(line.end).min(at.start + width);
        let to = floor(text, (stop + width / 3).min(line.end)).max(from);
        let before = if from > line.start { "..." } else { "" };
        let after = if to < line.end { "..." } else { "" };
        let shown = normal(text.get(from..to).unwrap_or(""));
        let start = before.len() + at.start.saturating_sub(from).min(shown.len());
        let end = before.len() + floor(text, stop).saturating_sub(from).min(shown.len());
        mark.range = start..end.max(start);
        self.last_line = self.first_line;
        self.text = format!("{before}{shown}{after}");
    }
}

/// Lines up to this many bytes are shown whole (the renderer trims them).
const LONG: usize = 240;

fn longest(sources: &Sources, source: crate::SourceId, first: u32, last: u32) -> usize {
    (first..=last).map(|line| sources.line(source, line).len()).max().unwrap_or(0)
}

/// The same bytes with every carriage return as a blank or line feed.
fn normal(text: &str) -> String {
    text.replace("\r\n", " \n").replace('\r', "\n")
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

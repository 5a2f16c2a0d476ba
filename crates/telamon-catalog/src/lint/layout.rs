//! How a text is laid out: headings, blocks, tables. A word counts for what
//! stands under it.

use super::mention::{Mask, Mentioned};
use super::scan::{Event, LineStarts};

/// What sort of text it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextKind {
    /// Prose, Markdown, YAML, JSON, code: what a line looks like decides.
    #[default]
    Text,
    /// A table with one record on each line.
    Csv,
}

impl TextKind {
    /// By the ending of a file's name.
    pub fn of_name(name: &str) -> Self {
        let ending = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        if matches!(ending.as_str(), "csv" | "tsv") { Self::Csv } else { Self::Text }
    }
}

/// What is known of a line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// First event on it.
    pub first: usize,
    /// Number of the heading above it (or itself); 0 is "none".
    pub heading: usize,
    /// Number of its block: lines without a blank one between them.
    pub block: usize,
    /// Its table, and what separates the cells.
    pub table: Option<(usize, char)>,
}

/// A heading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heading {
    /// Heading above it.
    pub parent: usize,
    /// Depth of nesting.
    pub level: usize,
    /// Event numbers of the heading's own mentions.
    pub mentions: Vec<usize>,
}

/// The layout of a text.
pub(crate) struct Layout {
    pub lines: Vec<Line>,
    pub headings: Vec<Heading>,
    /// For each table the mentions of its header, by column.
    pub tables: Vec<Vec<(usize, usize)>>,
}

impl Layout {
    pub(crate) fn of(text: &str, kind: TextKind, starts: &LineStarts, events: &[Event<'_>]) -> Self {
        let mut layout = Self { lines: Vec::new(), headings: vec![Heading::default()], tables: Vec::new() };
        let mut first = 0;
        let mut heading = 0;
        let mut block = 0;
        let mut table: Option<(usize, char)> = None;
        for number in 0..starts.count() {
            let line = starts.text(text, number);
            let end = starts.start(number + 1);
            let mut next = first;
            while events.get(next).is_some_and(|event| event.start() < end) {
                next += 1;
            }
            let mentions = |from: usize, to: usize| {
                (from..to).filter(|at| matches!(events.get(*at), Some(Event::Mention(_)))).collect::<Vec<_>>()
            };
            if line.trim().is_empty() {
                block += 1;
                table = None;
            }
            let level = heading_level(line);
            if kind == TextKind::Text && level > 0 {
                block += 1;
                heading = layout.open(heading, level, mentions(first, next));
            }
            table = match (kind, separator(kind, line)) {
                (TextKind::Csv, Some(_)) if table.is_some() => table,
                (_, None) => table.filter(|_| kind == TextKind::Csv),
                (_, Some(separator)) if table.is_some_and(|(_, known)| known == separator) => table,
                (_, Some(separator)) => {
                    let start = starts.start(number);
                    let columns = mentions(first, next)
                        .into_iter()
                        .filter_map(|at| {
                            let offset = events.get(at)?.start().checked_sub(start)?;
                            Some((column(line, offset, separator), at))
                        })
                        .collect();
                    layout.tables.push(columns);
                    Some((layout.tables.len() - 1, separator))
                }
            };
            layout.lines.push(Line { first, heading, block, table });
            first = next;
        }
        layout
    }

    fn open(&mut self, last: usize, level: usize, mentions: Vec<usize>) -> usize {
        let mut parent = last;
        while let Some(above) = self.headings.get(parent)
            && parent != 0
            && above.level >= level
        {
            parent = above.parent;
        }
        let spare = mentions.len().saturating_sub(MENTIONS_OF_A_HEADING);
        self.headings.push(Heading { parent, level, mentions: mentions.into_iter().skip(spare).collect() });
        self.headings.len() - 1
    }

    /// The mentions of the headings above a line, nearest first.
    pub(crate) fn under(&self, line: usize) -> impl Iterator<Item = usize> {
        let mut at = self.lines.get(line).map_or(0, |line| line.heading);
        std::iter::from_fn(move || {
            let heading = self.headings.get(at).filter(|_| at != 0)?;
            at = heading.parent;
            Some(heading.mentions.iter().rev().copied())
        })
        .flatten()
    }
}

/// More than anyone writes; they are gone through for each id below.
const MENTIONS_OF_A_HEADING: usize = 8;

/// 1 to 6 for a Markdown heading, 0 for any other line.
fn heading_level(line: &str) -> usize {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    let blank = line.as_bytes().get(marks).is_some_and(u8::is_ascii_whitespace);
    if (1..=6).contains(&marks) && blank { marks } else { 0 }
}

/// Longer lines are no rows of a table; looking for the cell of each id in them
/// would cost the square of their length.
const LONGEST_ROW: usize = 8192;

/// What separates the cells of a line, where it belongs to a table.
fn separator(kind: TextKind, line: &str) -> Option<char> {
    if line.len() > LONGEST_ROW {
        return None;
    }
    match kind {
        TextKind::Text => (line.bytes().filter(|byte| *byte == b'|').take(2).count() == 2).then_some('|'),
        TextKind::Csv => {
            let count = |separator: char| line.chars().filter(|letter| *letter == separator).count();
            let most = [',', ';', '\t'].into_iter().max_by_key(|separator| (count(*separator), *separator == ','))?;
            (count(most) > 0).then_some(most)
        }
    }
}

/// Number of the cell that a byte of a line lies in.
pub(crate) fn column(line: &str, offset: usize, separator: char) -> usize {
    let before = line.get(..offset).unwrap_or(line);
    let mut quoted = false;
    let mut cells = 0;
    for letter in before.chars() {
        match letter {
            '"' if separator != '|' => quoted = !quoted,
            letter if letter == separator && !quoted => cells += 1,
            _ => {}
        }
    }
    cells
}

/// The mention behind an event number.
pub(crate) fn mention<'e>(events: &'e [Event<'_>], at: usize) -> Option<&'e Mentioned> {
    match events.get(at)? {
        Event::Mention(mention) => Some(mention),
        Event::Id(_) => None,
    }
}

/// All frameworks that a text names.
pub(crate) fn named(events: &[Event<'_>]) -> Mask {
    events.iter().fold(0, |mask, event| match event {
        Event::Mention(mention) => mask | 1 << mention.framework,
        Event::Id(_) => mask,
    })
}

//! One walk over a text: ids, mentions of frameworks, lines.

use super::mention::{Mask, MentionWords, Mentioned};
use super::shape::{Cited, Shape, id_at};
use crate::catalog::Catalog;

/// Something in the text that matters.
#[derive(Debug, Clone)]
pub(crate) enum Event<'t> {
    Mention(Mentioned),
    Id(Cited<'t>),
}

impl Event<'_> {
    pub(crate) fn start(&self) -> usize {
        match self {
            Self::Mention(mention) => mention.start,
            Self::Id(cited) => cited.start,
        }
    }

    pub(crate) fn end(&self) -> usize {
        match self {
            Self::Mention(mention) => mention.end,
            Self::Id(cited) => cited.end,
        }
    }
}

/// All events of a text in its order; they do not overlap.
pub(crate) fn events<'t>(text: &'t str, shapes: &[Shape], words: &MentionWords, catalog: &Catalog) -> Vec<Event<'t>> {
    let mut out: Vec<Event<'t>> = Vec::new();
    let mut before = ' ';
    let mut taken = 0;
    for (at, letter) in text.char_indices() {
        let free = at >= taken && !before.is_alphanumeric();
        before = letter;
        if !free || !letter.is_ascii_alphanumeric() {
            continue;
        }
        let id = if follows_dot(text, at) { None } else { id_at(text, at, shapes, catalog) };
        let event = match id {
            Some(cited) => Some(Event::Id(cited)),
            None => words.at(text, at, catalog).map(Event::Mention),
        };
        if let Some(event) = event {
            taken = event.end();
            out.push(event);
        }
    }
    join(text, &mut out);
    out
}

/// The part behind the dot of a longer name is no id of its own.
fn follows_dot(text: &str, at: usize) -> bool {
    let mut before = text.get(..at).unwrap_or("").chars().rev();
    before.next() == Some('.') && before.next().is_some_and(char::is_alphanumeric)
}

/// Frameworks named in one breath are meant together.
fn join(text: &str, events: &mut [Event<'_>]) {
    let mut start = 0;
    while start < events.len() {
        let mut together: Mask = 0;
        let mut end = start;
        while let Some(Event::Mention(mention)) = events.get(end) {
            let joined = end == start
                || events.get(end - 1).and_then(|last| text.get(last.end()..mention.start)).is_some_and(is_joint);
            if !joined {
                break;
            }
            together |= mention.together;
            end += 1;
        }
        for event in events.get_mut(start..end).unwrap_or_default() {
            if let Event::Mention(mention) = event {
                mention.together = together;
            }
        }
        start = end.max(start + 1);
    }
}

fn is_joint(between: &str) -> bool {
    let bare = between.trim_matches(|letter: char| letter.is_whitespace() || "*_`\"'()".contains(letter));
    between.len() <= 12
        && !between.contains('\n')
        && matches!(bare, "/" | "," | "&" | "+" | "-" | "and" | "or" | ", and" | "and/or")
}

/// Where lines begin.
pub(crate) struct LineStarts(Vec<usize>);

impl LineStarts {
    pub(crate) fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    /// Number of the line of a byte, from 0.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at).saturating_sub(1)
    }

    pub(crate) fn start(&self, line: usize) -> usize {
        self.0.get(line).copied().unwrap_or(usize::MAX)
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// A line without its line break.
    pub(crate) fn text<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let start = self.start(line).min(text.len());
        let end = self.start(line + 1).min(text.len());
        text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }
}

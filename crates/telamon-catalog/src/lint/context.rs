//! Which framework, and which edition of it, a text means at a place.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{Layout, column, mention, named};
use super::mention::{Mask, Mentioned};
use super::scan::{Event, LineStarts};
use super::shape::Cited;
use crate::catalog::Catalog;

/// How near to an id the words stand that say what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Near {
    /// Right beside it.
    Beside,
    /// In the same line or cell.
    Line,
    /// In the heading of the column.
    Column,
    /// In the same paragraph, list or section of a file.
    Block,
    /// In a heading above.
    Heading,
    /// Somewhere in the text.
    Text,
}

impl Near {
    /// For people.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Beside | Self::Line => "beside the id",
            Self::Column => "in the heading of the column",
            Self::Block => "above the id",
            Self::Heading => "in the heading above",
            Self::Text => "in the text",
        }
    }
}

/// The mentions that matter for the ids of a text; moves along with them.
pub(crate) struct Context<'a, 't> {
    text: &'t str,
    events: &'a [Event<'t>],
    starts: &'a LineStarts,
    layout: &'a Layout,
    /// Last mention of each framework so far, and last one with an edition.
    last: BTreeMap<usize, usize>,
    last_edition: BTreeMap<usize, usize>,
    all: Mask,
    editions: BTreeMap<usize, BTreeSet<String>>,
    /// Editions that ids in the text are cited with.
    cited: BTreeMap<usize, BTreeSet<String>>,
}

impl<'a, 't> Context<'a, 't> {
    pub(crate) fn of(
        text: &'t str,
        events: &'a [Event<'t>],
        starts: &'a LineStarts,
        layout: &'a Layout,
        catalog: &Catalog,
    ) -> Self {
        let prepared = catalog.prepared();
        let frameworks = &prepared.words.frameworks;
        let mut editions: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let mut cited = editions.clone();
        for event in events {
            let (framework, edition, set) = match event {
                Event::Mention(Mentioned { framework, edition: Some(edition), .. }) => {
                    (Some(*framework), edition.as_str(), &mut editions)
                }
                Event::Id(Cited { shape, edition: Some(edition), .. }) => {
                    let shape = prepared.shapes.get(*shape);
                    let framework = shape.and_then(|shape| frameworks.iter().position(|id| *id == shape.framework));
                    (framework, *edition, &mut cited)
                }
                _ => continue,
            };
            if let Some(framework) = framework
                && let Some(known) = frameworks.get(framework).and_then(|id| catalog.get(id, Some(edition)))
            {
                set.entry(framework).or_default().insert(known.edition.clone());
            }
        }
        Self {
            text,
            events,
            starts,
            layout,
            last: BTreeMap::new(),
            last_edition: BTreeMap::new(),
            all: named(events),
            editions,
            cited,
        }
    }

    /// To be called for each event in turn, after it was looked at.
    pub(crate) fn pass(&mut self, at: usize) {
        if let Some(mention) = mention(self.events, at) {
            self.last.insert(mention.framework, at);
            if mention.edition.is_some() {
                self.last_edition.insert(mention.framework, at);
            }
        }
    }

    /// The nearest words that name one of these frameworks, and all that are
    /// named in the same breath. In the whole text they only count when none
    /// of the others is named anywhere.
    pub(crate) fn framework(&self, at: usize, of: Mask) -> Option<(Mask, Near)> {
        let found = self.nearest(at, of, &self.last, |_| true);
        if let Some((event, near)) = found {
            return mention(self.events, event).map(|mention| (mention.together & of, near));
        }
        let all = self.all & of;
        all.is_power_of_two().then_some((all, Near::Text))
    }

    /// Whether an id stands under the key of its framework in a file.
    pub(crate) fn is_under_key(&self, at: usize, framework: usize) -> bool {
        let found = self.nearest(at, 1 << framework, &self.last, |_| true);
        found.and_then(|(event, _)| mention(self.events, event)).is_some_and(|mention| mention.key)
    }

    /// Whether the text names one of these frameworks at all.
    pub(crate) fn names(&self, of: Mask) -> bool {
        self.all & of != 0
    }

    /// The edition of a framework that is meant for the id of an event.
    pub(crate) fn edition(&self, at: usize, framework: usize) -> Option<&str> {
        let of = 1 << framework;
        let found = self.nearest(at, of, &self.last_edition, |mention| mention.edition.is_some());
        if let Some((event, _)) = found {
            return mention(self.events, event)?.edition.as_deref();
        }
        let editions = self.editions.get(&framework).filter(|editions| editions.len() == 1)?;
        editions.first().map(String::as_str)
    }

    /// The edition that all ids of a framework which name one are cited with.
    pub(crate) fn cited_edition(&self, framework: usize) -> Option<&str> {
        let editions = self.cited.get(&framework).filter(|editions| editions.len() == 1)?;
        editions.first().map(String::as_str)
    }

    fn nearest(
        &self,
        at: usize,
        of: Mask,
        last: &BTreeMap<usize, usize>,
        wanted: impl Fn(&Mentioned) -> bool,
    ) -> Option<(usize, Near)> {
        let fits = |event: usize| {
            mention(self.events, event).is_some_and(|mention| 1 << mention.framework & of != 0 && wanted(mention))
        };
        let start = self.events.get(at)?.start();
        let number = self.starts.line(start);
        let line = self.layout.lines.get(number)?;
        if fits(at + 1) && self.is_beside(at) {
            return Some((at + 1, Near::Beside));
        }
        let before = last.iter().filter(|(_, event)| fits(**event)).map(|(_, event)| *event).max();
        let line_of = |event: usize| self.events.get(event).map_or(usize::MAX, |event| self.starts.line(event.start()));
        let same_line = before.filter(|event| *event >= line.first && line_of(*event) == number);
        let cell = |event: usize| self.cell(event, number, line.table);
        if let Some(event) = same_line
            && cell(event) == cell(at)
        {
            return Some((event, Near::Line));
        }
        if let Some((table, _)) = line.table {
            let header = self.layout.tables.get(table)?;
            let own = cell(at);
            if let Some((_, event)) = header.iter().rev().find(|(column, event)| Some(*column) == own && fits(*event)) {
                return Some((*event, Near::Column));
            }
        }
        if let Some(event) = same_line {
            return Some((event, Near::Line));
        }
        let behind = (at + 1..at + 5).find(|event| fits(*event) && line_of(*event) == number);
        if let Some(event) = behind {
            return Some((event, Near::Line));
        }
        let block_of = |event: usize| self.layout.lines.get(line_of(event)).map(|line| line.block);
        if let Some(event) = before.filter(|event| block_of(*event) == Some(line.block)) {
            return Some((event, Near::Block));
        }
        self.layout.under(number).find(|event| fits(*event)).map(|event| (event, Near::Heading))
    }

    /// Whether the next event belongs to this one: `T1190 (ATT&CK)`, `T1190 in ATLAS`.
    fn is_beside(&self, at: usize) -> bool {
        let (Some(id), Some(next)) = (self.events.get(at), self.events.get(at + 1)) else {
            return false;
        };
        let Some(between) = self.text.get(id.end()..next.start()) else { return false };
        if between.len() > 16 || between.contains('\n') {
            return false;
        }
        let bare = between.trim_matches(|letter: char| letter.is_whitespace() || "()[]`*_\"'".contains(letter));
        matches!(bare, "" | "in" | "of" | "from" | "in the" | "of the" | "https://" | "](https://" | "@")
    }

    /// The column of an event on a line of a table.
    fn cell(&self, event: usize, line: usize, table: Option<(usize, char)>) -> Option<usize> {
        let (_, separator) = table?;
        let offset = self.events.get(event)?.start().checked_sub(self.starts.start(line))?;
        Some(column(self.starts.text(self.text, line), offset, separator))
    }
}

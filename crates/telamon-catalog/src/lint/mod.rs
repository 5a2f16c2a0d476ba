//! The id lint: finds the ids of all frameworks in any text and says which are
//! not cited rightly, with the citation that would be right.
//!
//! An id is judged by itself (does it exist, in which edition), by the words
//! that say which framework is meant, and by the name that stands beside it.
//! What ids look like and what people call the frameworks is learnt from the
//! catalog. The work grows with the length of the text and no faster.

mod claim;
mod common;
mod context;
mod finding;
mod hints;
mod judge;
mod layout;
mod mention;
mod names;
mod naming;
mod propose;
mod scan;
pub(crate) mod shape;
pub(crate) mod unknown;

use std::collections::BTreeMap;

use telamon_text::{SourceId, Span};

pub use finding::{CODES, IdProblem, LintFinding};
pub use hints::{Hints, Mention, Topic};
pub use layout::TextKind;

use crate::catalog::Catalog;
use context::Context;
use judge::Judge;
use layout::Layout;
use scan::{Event, LineStarts};

/// What the lint learns from a catalog, once.
#[derive(Default)]
pub(crate) struct Prepared {
    pub(crate) shapes: Vec<shape::Shape>,
    words: mention::MentionWords,
    names: names::Names,
    pub(crate) twins: propose::Twins,
}

impl Prepared {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        Self {
            shapes: shape::learn(catalog),
            words: mention::MentionWords::of(catalog),
            names: names::Names::of(catalog),
            twins: propose::Twins::of(catalog),
        }
    }
}

/// How a text is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintOptions {
    /// The text's number among the sources, for the spans.
    pub source: SourceId,
    /// What sort of text it is.
    pub kind: TextKind,
    /// Editions that are meant where the text names none, by framework.
    pub editions: BTreeMap<String, String>,
    /// At most so many findings.
    pub limit: usize,
}

impl Default for LintOptions {
    fn default() -> Self {
        Self { source: SourceId(0), kind: TextKind::Text, editions: BTreeMap::new(), limit: 10_000 }
    }
}

/// All ids in a text that are not cited rightly, in the order of the text.
pub fn lint(text: &str, catalog: &Catalog, options: &LintOptions) -> Vec<LintFinding> {
    let prepared = catalog.prepared();
    let mut events = scan::events(text, &prepared.shapes, &prepared.words, catalog);
    common::leave_out(&mut events, prepared);
    if !events.iter().any(|event| matches!(event, Event::Id(_))) {
        return Vec::new();
    }
    let starts = LineStarts::of(text);
    let layout = Layout::of(text, options.kind, &starts, &events);
    let mut context = Context::of(text, &events, &starts, &layout, catalog);
    let judge = Judge { text, catalog, prepared, events: &events, editions: &options.editions };
    let mut findings = Vec::new();
    for (at, event) in events.iter().enumerate() {
        if let Event::Id(cited) = event
            && let Some(problem) = judge.judge(at, cited, &context)
        {
            let span = Span::new(options.source, cited.start, cited.end);
            findings.push(problem.at(span, text.get(cited.start..cited.end).unwrap_or("")));
            if findings.len() >= options.limit {
                break;
            }
        }
        context.pass(at);
    }
    findings
}

#[cfg(test)]
mod tests;

//! What the id lint says.

use std::borrow::Cow;

use telamon_text::{Diagnostic, Level, Span};

/// The codes of the id lint, each with what it means. Where an id of one
/// framework is cited as one of another, the code names both, as in
/// `attack-id-as-atlas`: any two frameworks may stand in it.
pub const CODES: [(&str, &str); 11] = [
    ("attack-id-as-atlas", "an id of ATT&CK is cited as one of ATLAS"),
    ("atlas-id-as-attack", "an id of ATLAS is cited as one of ATT&CK"),
    ("incomplete-id", "an id lacks the letters in front that tell its framework"),
    ("missing-edition", "an id means something else in each edition, and none is named"),
    ("renamed-entry", "the name is one that the entry had in an earlier release"),
    ("retired-id", "the id belongs to an earlier release"),
    ("unknown-edition", "the framework has no such edition"),
    ("unknown-framework", "the catalog has no such framework"),
    ("unknown-id", "the framework has no such id"),
    ("wrong-edition", "the name belongs to this id in another edition"),
    ("wrong-name", "the name belongs to another id"),
];

/// One id that is not cited rightly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintFinding {
    /// The id with its edition, as it stands in the text.
    pub span: Span,
    /// Stable name of what is wrong, one of [`CODES`].
    pub code: Cow<'static, str>,
    /// Error: the id is wrong. Warning: it can be misread. Note: it could be better.
    pub level: Level,
    /// What stands there.
    pub found: String,
    /// The sentence: lower case, no full stop, input in backticks.
    pub message: String,
    /// The right citation, id and name.
    pub proposal: Option<String>,
    /// Other citations that may be meant.
    pub alternatives: Vec<String>,
    /// The text that should stand in place of the span.
    pub replacement: Option<String>,
    /// The reason for the proposal.
    pub because: String,
}

impl LintFinding {
    /// The finding as a diagnostic with its fix.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut out = Diagnostic::new(self.level, self.code.clone().into_owned(), self.message.clone()).at(self.span);
        if let Some(proposal) = &self.proposal {
            out = out.label(format!("did you mean `{proposal}`?"));
        }
        if !self.because.is_empty() {
            out = out.note(self.because.clone());
        }
        if !self.alternatives.is_empty() {
            out = out.note(format!("or: {}", self.alternatives.join(", ")));
        }
        if let Some(replacement) = &self.replacement {
            out = out.fix(self.span, replacement.clone(), format!("write `{replacement}`"));
        }
        out
    }
}

/// Why an id does not stand for an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdProblem {
    /// Stable name of what is wrong, one of [`CODES`].
    pub code: Cow<'static, str>,
    /// Error: the id is wrong. Warning: it can be misread. Note: it could be better.
    pub level: Level,
    /// The sentence: lower case, no full stop, input in backticks.
    pub message: String,
    /// The right citation, id and name.
    pub proposal: Option<String>,
    /// Other citations that may be meant.
    pub alternatives: Vec<String>,
    /// What should stand in place of the id.
    pub replacement: Option<String>,
    /// The reason for the proposal.
    pub because: String,
}

impl IdProblem {
    pub(crate) fn new(code: impl Into<Cow<'static, str>>, level: Level, message: String) -> Self {
        Self {
            code: code.into(),
            level,
            message,
            proposal: None,
            alternatives: Vec::new(),
            replacement: None,
            because: String::new(),
        }
    }

    pub(crate) fn because(mut self, reason: impl Into<String>) -> Self {
        self.because = reason.into();
        self
    }

    /// Sets the proposal to the first of these and the alternatives to the others.
    pub(crate) fn propose<'c>(mut self, entries: impl IntoIterator<Item = crate::EntryRef<'c>>) -> Self {
        let mut entries = entries.into_iter();
        if let Some(first) = entries.next() {
            self.proposal = Some(first.citation());
            self.replacement = Some(first.cite());
        }
        self.alternatives = entries.take(MOST_ALTERNATIVES).map(crate::EntryRef::citation).collect();
        self
    }

    pub(crate) fn at(self, span: Span, found: &str) -> LintFinding {
        LintFinding {
            span,
            code: self.code,
            level: self.level,
            found: found.to_owned(),
            message: self.message,
            proposal: self.proposal,
            alternatives: self.alternatives,
            replacement: self.replacement,
            because: self.because,
        }
    }
}

/// More choices are no help.
const MOST_ALTERNATIVES: usize = 4;

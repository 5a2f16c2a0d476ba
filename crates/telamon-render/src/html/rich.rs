//! Running text with the little markup that a report needs.
//!
//! The renderers decide what a piece looks like; text stays plain text until
//! it is escaped by one of them.

use serde::Serialize;
use telamon_engine::analysis::Severity;

use crate::words;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Words.
    Text,
    /// An id, a name in the model, a file.
    Code,
    /// Words that matter.
    Strong,
    /// The state of a control.
    State,
    /// From one severity to another.
    Arrow,
    /// A severity word in its colour.
    Severity,
    /// Words that lead to another place of the same document.
    Link,
    /// A date.
    Date,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// The text.
    pub text: String,
    /// Anchor of a link; the class of a severity.
    pub target: String,
}

/// Pieces of text in a row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Rich(pub Vec<Piece>);

impl Rich {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Words alone.
    pub fn of(text: impl AsRef<str>) -> Self {
        Self::new().text(text)
    }

    /// True where there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds words.
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.push(Kind::Text, text.as_ref(), String::new())
    }

    /// Adds an id or a name in the model.
    pub fn code(self, text: impl AsRef<str>) -> Self {
        self.push(Kind::Code, text.as_ref(), String::new())
    }

    /// Adds words that matter.
    pub fn strong(self, text: impl AsRef<str>) -> Self {
        self.push(Kind::Strong, text.as_ref(), String::new())
    }

    /// Adds the state of a control.
    pub fn state(self, text: impl AsRef<str>) -> Self {
        self.push(Kind::State, text.as_ref(), String::new())
    }

    /// Adds a date.
    pub fn date(self, text: impl AsRef<str>) -> Self {
        self.push(Kind::Date, text.as_ref(), String::new())
    }

    /// Adds a severity word in its colour.
    pub fn severity(self, severity: Severity) -> Self {
        let word = words::severity(severity);
        self.push(Kind::Severity, &capital(word), word.to_owned())
    }

    /// Adds words that lead to an anchor of the same document.
    pub fn link(self, text: impl AsRef<str>, anchor: impl Into<String>) -> Self {
        self.push(Kind::Link, text.as_ref(), anchor.into())
    }

    /// Adds what a severity turns into: `critical → medium`, `stays low`.
    pub fn arrow(self, before: Severity, after: Severity) -> Self {
        let text = if after == before {
            format!("stays {}", words::severity(before))
        } else {
            format!("{} → {}", words::severity(before), words::severity(after))
        };
        self.push(Kind::Arrow, &text, String::new())
    }

    /// Adds other text.
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Adds ids with commas between them.
    pub fn codes<'a>(self, ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = self;
        for (index, id) in ids.into_iter().enumerate() {
            if index > 0 {
                all = all.text(", ");
            }
            all = all.code(id);
        }
        all
    }

    /// Adds texts with commas between them.
    pub fn list(self, parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = self;
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                all = all.text(", ");
            }
            all = all.then(part);
        }
        all
    }

    /// The words without any markup.
    pub fn plain(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The same with its first letter as a capital, unless it is an id.
    pub fn capital(mut self) -> Self {
        if let Some(first) = self.0.first_mut()
            && first.kind != Kind::Code
        {
            first.text = capital(&first.text);
        }
        self
    }

    fn push(mut self, kind: Kind, text: &str, target: String) -> Self {
        let text = words::plain(text);
        if !text.is_empty() {
            self.0.push(Piece { kind, text, target });
        }
        self
    }
}

/// A sentence in which words between backticks, and the given ids where they
/// stand as words of their own, are shown as names.
pub fn prose(text: &str, ids: &[&str]) -> Rich {
    let mut all = Rich::new();
    for (index, part) in text.split('`').enumerate() {
        all = if index % 2 == 1 { all.code(part) } else { names(all, part, ids) };
    }
    all
}

fn names(mut all: Rich, text: &str, ids: &[&str]) -> Rich {
    let mut rest = text;
    while let Some((before, id, after)) = next_name(rest, ids) {
        all = all.text(before).code(id);
        rest = after;
    }
    all.text(rest)
}

/// The first of the ids that stands in the text as a word, the longer first.
fn next_name<'t>(text: &'t str, ids: &[&str]) -> Option<(&'t str, &'t str, &'t str)> {
    let inside = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
    ids.iter()
        .filter(|id| !id.is_empty())
        .filter_map(|id| {
            text.match_indices(id).find_map(|(start, found)| {
                let before = text.get(..start)?;
                let after = text.get(start + found.len()..)?;
                let alone = !before.ends_with(inside) && !after.starts_with(inside);
                alone.then_some((before, found, after))
            })
        })
        .min_by_key(|(before, found, _)| (before.len(), usize::MAX - found.len()))
}

/// The text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(rich: &Rich) -> Vec<(Kind, &str)> {
        rich.0.iter().map(|piece| (piece.kind, piece.text.as_str())).collect()
    }

    #[test]
    fn names_are_marked_only_as_whole_words() {
        let rich = prose("send from mail-tool, not from mail-tool-2 or chat", &["mail-tool"]);
        assert_eq!(
            kinds(&rich),
            [(Kind::Text, "send from "), (Kind::Code, "mail-tool"), (Kind::Text, ", not from mail-tool-2 or chat"),]
        );
    }

    #[test]
    fn backticks_mark_names_and_an_open_one_loses_nothing() {
        assert_eq!(prose("read `kb` now", &[]).plain(), "read kb now");
        assert_eq!(prose("read `kb now", &[]).plain(), "read kb now");
    }

    #[test]
    fn a_capital_leaves_ids_alone() {
        assert_eq!(Rich::new().code("kb").text(" is").capital().plain(), "kb is");
        assert_eq!(Rich::of("ändern").capital().plain(), "Ändern");
    }
}

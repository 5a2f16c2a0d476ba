//! A value with its place.

use std::borrow::Cow;

use crate::source::Span;

/// A value with its place in the text.
///
/// The span of a scalar covers its quotes; that of `[...]` and `{...}` covers
/// the brackets; that of a block runs from its first entry to the end of its
/// last. A value that is left out has an empty span behind its key's colon.
/// A value that was copied through an alias has the span of the alias, its
/// children those of the anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'s> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value<'s>,
}

/// What a node is. Numbers and booleans are plain scalars: the reader decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'s> {
    /// Nothing, `~` or `null`.
    Null,
    /// A text.
    Scalar {
        /// The text without quotes and escapes.
        text: Cow<'s, str>,
        /// How it was written.
        style: Style,
    },
    /// A list.
    Seq(Vec<Node<'s>>),
    /// A map, in the order of the text; no key comes twice.
    Map(Vec<(Node<'s>, Node<'s>)>),
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'single'`
    Single,
    /// `"double"`
    Double,
    /// A `|` block.
    Literal,
    /// A `>` block.
    Folded,
}

/// What a text may cost at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Lists and maps within each other.
    pub depth: usize,
    /// Nodes, copies through aliases included.
    pub nodes: usize,
    /// Bytes of one scalar.
    pub scalar: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 512 << 20, depth: 64, nodes: 40_000_000, scalar: 1 << 20 }
    }
}

impl<'s> Node<'s> {
    /// The text of a scalar.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// How a scalar is written.
    pub fn style(&self) -> Option<Style> {
        match &self.value {
            Value::Scalar { style, .. } => Some(*style),
            _ => None,
        }
    }

    /// Whether it is a scalar without quotes (a number, a boolean, a word).
    pub fn is_plain(&self) -> bool {
        self.style() == Some(Style::Plain)
    }

    /// Whether it is nothing, `~` or `null`.
    pub fn is_plain_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.get_entry(key).map(|(_, value)| value)
    }

    /// Key and value of a map by the key.
    pub fn get_entry(&self, key: &str) -> Option<&(Node<'s>, Node<'s>)> {
        self.entries().iter().find(|(name, _)| name.as_str() == Some(key))
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[(Node<'s>, Node<'s>)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node<'s>] {
        match &self.value {
            Value::Seq(items) => items,
            _ => &[],
        }
    }

    /// Whether it is a map.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// Whether it is a list.
    pub fn is_seq(&self) -> bool {
        matches!(self.value, Value::Seq(_))
    }

    /// What it is, for messages: "a list", "a map", "a text", "a number", "nothing".
    pub fn describe(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Seq(_) => "a list",
            Value::Map(_) => "a map",
            Value::Scalar { text, style: Style::Plain } => match text.as_ref() {
                "true" | "false" => "a boolean",
                text if text.parse::<f64>().is_ok() => "a number",
                _ => "a text",
            },
            Value::Scalar { .. } => "a text",
        }
    }

    /// The words in the text, quotes included.
    pub fn raw<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span.range()).unwrap_or("")
    }

    /// The comment that follows on the line where the node ends: ` # like this`.
    pub fn comment_after(&self, text: &str) -> Option<Span> {
        super::comment::comment_after(text, self.span)
    }

    /// How many lists and maps lie within each other; 0 for a scalar.
    pub(super) fn height(&self) -> usize {
        match &self.value {
            Value::Null | Value::Scalar { .. } => 0,
            Value::Seq(items) => 1 + items.iter().map(Node::height).max().unwrap_or(0),
            Value::Map(entries) => {
                let height = |(key, value): &(Node, Node)| key.height().max(value.height());
                1 + entries.iter().map(height).max().unwrap_or(0)
            }
        }
    }

    /// What a copy costs: its nodes, with long texts counted as more than one.
    pub(super) fn cost(&self) -> usize {
        1 + match &self.value {
            Value::Null => 0,
            Value::Scalar { text, .. } => text.len() / 64,
            Value::Seq(items) => items.iter().map(Node::cost).sum(),
            Value::Map(entries) => entries.iter().map(|(key, value)| key.cost() + value.cost()).sum(),
        }
    }
}

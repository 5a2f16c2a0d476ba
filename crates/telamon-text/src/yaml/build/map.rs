//! The entries of a map: keys that are texts and come once.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

use super::super::node::{Node, Style, Value};
use super::Builder;

/// Up to so many entries are compared with each other, more are hashed.
const FEW: usize = 12;

impl<'s> Builder<'s, '_> {
    /// Pairs keys with values. Entries that mean nothing (a second one with the
    /// same key, a merge key) are said and left out.
    pub(super) fn entries(&mut self, children: Vec<Node<'s>>, flow: bool) -> Vec<(Node<'s>, Node<'s>)> {
        let mut entries: Vec<(Node<'s>, Node<'s>)> = Vec::with_capacity(children.len().div_ceil(2));
        let mut children = children.into_iter();
        while let Some(key) = children.next() {
            let value =
                children.next().unwrap_or(Node { span: Span { start: key.span.end, ..key.span }, value: Value::Null });
            let (key, value) = if flow { self.unglue(key, value) } else { (key, value) };
            if self.check_key(&key) {
                entries.push((key, value));
            }
        }
        self.without_duplicates(entries)
    }

    fn check_key(&mut self, key: &Node<'s>) -> bool {
        match &key.value {
            Value::Scalar { text, style: Style::Plain } if text == "<<" => {
                self.say(
                    Diagnostic::error("merge-key", "merge key `<<` is not supported")
                        .at(key.span)
                        .note("write the keys out, or let one component name the other"),
                );
                false
            }
            Value::Scalar { .. } => true,
            _ => {
                let what = key.describe();
                self.say(
                    Diagnostic::error("key-not-text", format!("a key must be a text, this is {what}")).at(key.span),
                );
                false
            }
        }
    }

    /// `{kind:llm}` is one key without a value for YAML, but never meant so.
    fn unglue(&mut self, key: Node<'s>, value: Node<'s>) -> (Node<'s>, Node<'s>) {
        let Some((left, right)) = glued(&key, &value) else {
            return (key, value);
        };
        let span = key.span;
        let (left, right) = (left.to_owned(), right.to_owned());
        let split = span.start as usize + left.len();
        self.say(
            Diagnostic::error("missing-space", format!("`{left}:{right}` lacks a space after the colon"))
                .at(span)
                .label("YAML reads this as one key without a value")
                .fix(Span::new(span.source, split, split + 1), ": ", format!("write `{left}: {right}`")),
        );
        let node = |text: String, start: usize, end: usize| Node {
            span: Span::new(span.source, start, end),
            value: Value::Scalar { text: Cow::Owned(text), style: Style::Plain },
        };
        (node(left, span.start as usize, split), node(right, split + 1, span.end as usize))
    }

    fn without_duplicates(&mut self, entries: Vec<(Node<'s>, Node<'s>)>) -> Vec<(Node<'s>, Node<'s>)> {
        let mut repeated: Vec<(usize, usize)> = Vec::new();
        if entries.len() <= FEW {
            for (at, (key, _)) in entries.iter().enumerate() {
                let same = |(known, _): &(Node, Node)| known.as_str() == key.as_str();
                if let Some(first) = entries.iter().take(at).position(same) {
                    repeated.push((at, first));
                }
            }
        } else {
            let mut known: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
            for (at, (key, _)) in entries.iter().enumerate() {
                if let Some(text) = key.as_str() {
                    let first = *known.entry(text).or_insert(at);
                    if first != at {
                        repeated.push((at, first));
                    }
                }
            }
        }
        if repeated.is_empty() {
            return entries;
        }
        for (at, first) in &repeated {
            if let (Some((second, _)), Some((first, _))) = (entries.get(*at), entries.get(*first)) {
                let text = shortened(second.as_str().unwrap_or(""));
                self.say(
                    Diagnostic::error("duplicate-key", format!("key `{text}` stands twice in one map"))
                        .at(second.span)
                        .label("second time here")
                        .related(first.span, "first here"),
                );
            }
        }
        let mut repeated = repeated.iter().map(|(at, _)| *at).peekable();
        entries
            .into_iter()
            .enumerate()
            .filter(|(at, _)| repeated.next_if_eq(at).is_none())
            .map(|(_, entry)| entry)
            .collect()
    }
}

/// Both halves of a key that is a word, a colon and a value without a space.
fn glued<'n>(key: &'n Node<'_>, value: &Node<'_>) -> Option<(&'n str, &'n str)> {
    if !key.is_plain() || !value.is_plain_null() || !value.span.is_empty() {
        return None;
    }
    let text = key.as_str()?;
    let (left, right) = text.split_once(':')?;
    let word = left.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && left.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    // The halves must stand in the text as they are (no folded lines), and an
    // address is not a key.
    let literal = key.span.len() == text.len();
    (word && literal && !right.is_empty() && !right.starts_with("//") && !right.contains(char::is_whitespace))
        .then_some((left, right))
}

fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(60) {
        Some((at, _)) => Cow::Owned(format!("{}...", text.get(..at).unwrap_or(""))),
        None => Cow::Borrowed(text),
    }
}

//! What the reader makes of texts.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources, Span};

mod anything;
mod data;
mod limits;
mod nodes;
mod syntax;

const SOURCE: SourceId = SourceId(0);

/// Reads a text that is fine.
fn good(text: &str) -> Node<'_> {
    let (reading, diagnostics) = all(text);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    assert!(!reading.patched);
    reading.root.unwrap()
}

fn all(text: &str) -> (Reading<'_>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let reading = read_all(SOURCE, text, &Limits::default(), &mut diagnostics);
    (reading, diagnostics)
}

/// Code and message of each diagnostic with its line and the words it points at.
fn said(text: &str) -> Vec<String> {
    let (_, diagnostics) = all(text);
    said_of(text, &diagnostics)
}

fn said_of(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let sources = Sources::new();
    let id = sources.add("a.yaml", text.to_owned());
    diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.span.map_or_else(String::new, |span| {
                let line = sources.position(id, span.start).line;
                format!(" @{line} `{}`", sources.slice(span))
            });
            format!("{}: {}{place}", diagnostic.code, diagnostic.message)
        })
        .collect()
}

/// Whether a tree's spans lie within the text and cut no character.
fn check_spans(node: &Node<'_>, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "{:?} in {text:?}", node.span);
    for item in node.items() {
        check_spans(item, text);
    }
    for (key, value) in node.entries() {
        check_spans(key, text);
        check_spans(value, text);
    }
}

fn check_diagnostic(diagnostic: &Diagnostic, text: &str) {
    let related = diagnostic.related.iter().map(|(span, _)| *span);
    let fix = diagnostic.fix.iter().map(|fix| fix.span);
    for span in diagnostic.span.into_iter().chain(related).chain(fix) {
        assert!(text.get(span.range()).is_some(), "{span:?} of {diagnostic:?} in {text:?}");
    }
}

/// The text after all proposed changes.
fn mended(text: &str) -> String {
    let (_, diagnostics) = all(text);
    let edits: Vec<_> = diagnostics
        .into_iter()
        .filter_map(|diagnostic| diagnostic.fix)
        .map(|fix| crate::edit::Edit::new(fix.span, fix.replacement))
        .collect();
    assert!(!edits.is_empty());
    crate::edit::apply(text, &edits).unwrap()
}

fn span_of(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(SOURCE, start, start + words.len())
}

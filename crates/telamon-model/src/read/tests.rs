//! What reading says about small texts, and what it makes of them.

mod flows;
mod shapes;
mod texts;

use super::{NoLoader, Reading, read};
use crate::vocabulary::{Acts, Control, Inherited, Kind, Vocabulary};
use telamon_text::edit::{Edit, apply};
use telamon_text::yaml::Limits;

/// Two kinds and two controls.
fn vocabulary() -> Vocabulary {
    let kind = |id: &str| Kind {
        id: id.into(),
        parent: None,
        element: "process".into(),
        class: 0,
        ai: false,
        line: String::new(),
        which: String::new(),
        stride: Vec::new(),
    };
    let control = |id: &str| Control {
        id: id.into(),
        name: String::new(),
        says: String::new(),
        ask: String::new(),
        kinds: vec![0, 1],
        classes: Vec::new(),
        on_flow: true,
        on_zone: true,
        on_data: true,
        acts: Acts::Own,
        strength: [None; 16],
        inherited: Inherited::No,
        cost: "low".into(),
        effect: "prevents".into(),
    };
    let mut words = Vocabulary::default();
    words.kinds = vec![kind("llm"), kind("llm-app")];
    words.controls = vec![control("human-approval"), control("rate-limiting")];
    words.classes = vec!["any".into()];
    words.indexed()
}

fn reading(text: &str) -> Reading {
    read("model.yaml", text.to_owned(), &vocabulary(), &mut NoLoader, &Limits::default())
}

/// What is said: code, message, line and column, the words underlined.
fn said(text: &str) -> Vec<String> {
    let reading = reading(text);
    let one = |diagnostic: &telamon_text::Diagnostic| {
        let place = diagnostic.span.map_or_else(String::new, |span| {
            let at = reading.sources.position(span.source, span.start);
            format!(" @{}:{} `{}`", at.line, at.column, reading.sources.slice(span))
        });
        format!("{}: {}{place}", diagnostic.code, diagnostic.message)
    };
    reading.diagnostics.iter().map(one).collect()
}

/// The text after the first proposed change.
fn mended(text: &str) -> String {
    let reading = reading(text);
    let fix = reading.diagnostics.iter().find_map(|diagnostic| diagnostic.fix.clone()).expect("a fix");
    apply(text, &[Edit { span: fix.span, replacement: fix.replacement }]).expect("one change fits")
}

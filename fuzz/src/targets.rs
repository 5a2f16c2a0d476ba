//! What is fuzzed: one function for each parser, given any bytes.
//!
//! This file is compiled twice: here, under libFuzzer, and in a test of
//! telamon-data that replays the corpus. A target must return on every input; what
//! it asserts holds for every input.

use telamon_catalog::lint::{LintOptions, TextKind, lint};
use telamon_engine::{Inputs, analyze};
use telamon_model::{Graph, NoLoader, Reading, check, read};
use telamon_rules::expr::Sort;
use telamon_text::report::{RenderOptions, render};
use telamon_text::yaml::{self, Limits, Node};
use telamon_text::{Diagnostic, Sources};

/// A target: its name and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 5] =
    [("yaml", yaml_reader), ("model", model), ("analysis", analysis), ("rules", rules), ("lint", id_lint)];

/// Every span of every node and diagnostic lies in the text, and every diagnostic can be shown.
fn show(sources: &Sources, diagnostics: &[Diagnostic]) {
    for span in diagnostics.iter().filter_map(|diagnostic| diagnostic.span) {
        assert!(span.start <= span.end && span.end as usize <= sources.text(span.source).len(), "{span:?}");
    }
    render(sources, diagnostics, &RenderOptions::default());
}

fn walk(node: &Node<'_>, text: &str) {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    assert!(text.get(start..end).is_some(), "a node at {start}..{end}");
    for (key, value) in node.entries() {
        walk(key, text);
        walk(value, text);
    }
    for item in node.items() {
        walk(item, text);
    }
}

/// The YAML reader.
pub fn yaml_reader(data: &[u8]) {
    let Ok(text) = yaml::decode(data) else { return };
    let sources = Sources::new();
    let source = sources.add("input.yaml", text);
    let mut diagnostics = Vec::new();
    let text = sources.text(source);
    if let Some(root) = yaml::read(source, text, &Limits::default(), &mut diagnostics) {
        walk(&root, text);
    }
    show(&sources, &diagnostics);
}

fn reading(data: &[u8]) -> Option<Reading> {
    let text = yaml::decode(data).ok()?;
    Some(read("input.yaml", text, telamon_data::vocabulary(), &mut NoLoader, &Limits::default()))
}

/// The model reader, the graph and the warnings.
pub fn model(data: &[u8]) {
    let Some(mut reading) = reading(data) else { return };
    let graph = Graph::build(&reading.model, telamon_data::vocabulary());
    check::warnings(&graph, &mut reading.diagnostics);
    show(&reading.sources, &reading.diagnostics);
}

/// The whole analysis of whatever could be read.
pub fn analysis(data: &[u8]) {
    let Some(reading) = reading(data) else { return };
    let inputs = Inputs {
        vocabulary: telamon_data::vocabulary(),
        catalog: telamon_data::catalog(),
        rules: telamon_data::rules(),
        weights: telamon_data::weights(),
        as_of: "2026-11-25",
        file: "input.yaml",
        version: "0.0.0",
        detail: 1,
        limit: 20,
        elements: true,
    };
    let analysis = analyze(&reading, &inputs);
    let counted: usize = analysis.summary.by_status.values().sum();
    assert_eq!(counted, analysis.summary.threats, "every threat has one status");
}

/// The reader of rule files, and the parser of conditions on the bare text.
pub fn rules(data: &[u8]) {
    let Ok(text) = yaml::decode(data) else { return };
    for sort in [Sort::Component, Sort::Flow, Sort::Data] {
        if let Err(error) = telamon_rules::parse::parse(&text, sort, telamon_data::vocabulary()) {
            assert!(error.start <= error.end && error.end <= text.len(), "{error:?} in {} bytes", text.len());
        }
    }
    let sources = Sources::new();
    let source = sources.add("input.yaml", text);
    let file = telamon_rules::read_rules(&sources, source, telamon_data::vocabulary());
    show(&sources, &file.diagnostics);
}

/// The id lint, on prose and on a table.
pub fn id_lint(data: &[u8]) {
    let Ok(text) = yaml::decode(data) else { return };
    for kind in [TextKind::Text, TextKind::Csv] {
        let options = LintOptions { kind, ..LintOptions::default() };
        for finding in lint(&text, telamon_data::catalog(), &options) {
            let (start, end) = (finding.span.start as usize, finding.span.end as usize);
            assert_eq!(text.get(start..end), Some(finding.found.as_str()), "{finding:?}");
        }
    }
}

//! `telamon check`: what is wrong, or probably wrong, with a model.

use crate::cli::CheckArgs;
use crate::output::{Done, Output};
use crate::{input, setup};
use serde_json::json;
use telamon_catalog::lint::{LintOptions, TextKind, lint};
use telamon_model::Graph;
use telamon_text::{Diagnostic, Level, SourceId};

/// Runs the command.
pub fn run(args: &CheckArgs, output: &Output) -> Done {
    if !matches!(args.format.as_str(), "text" | "json") {
        return Err(format!("`{}` is no format of `check`; write `text` or `json`", args.format).into());
    }
    let loaded = input::model(args.model.model.as_deref())?;
    let reading = &loaded.reading;
    let mut diagnostics = reading.diagnostics.clone();
    let graph = Graph::build(&reading.model, telamon_data::vocabulary());
    if !reading.has_errors() {
        telamon_model::check::warnings(&graph, &mut diagnostics);
        setup::rules_for(&loaded, &args.model, output)?;
    }
    for at in 0..reading.sources.len() {
        let source = SourceId(u32::try_from(at).unwrap_or(0));
        let options = LintOptions { source, kind: TextKind::of_name("model.yaml"), ..LintOptions::default() };
        let found = lint(reading.sources.text(source), telamon_data::catalog(), &options);
        diagnostics.extend(found.iter().map(telamon_catalog::lint::LintFinding::diagnostic));
    }
    telamon_text::sort(&mut diagnostics);
    let count = |level: Level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    if args.format == "json" {
        output.print(&as_json(&loaded, &diagnostics));
    } else {
        if !diagnostics.is_empty() {
            input::say(&reading.sources, &diagnostics, output);
        }
        let what = format!(
            "{}: {}, {}, {}",
            loaded.name,
            counted(graph.components.len(), "component"),
            counted(graph.flows.len(), "flow"),
            counted(graph.data.len(), "data asset"),
        );
        let said = match (errors, warnings) {
            (0, 0) => "nothing wrong".to_owned(),
            _ => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        };
        output.line(&format!("{what}; {said}"));
    }
    if errors > 0 { Err(crate::output::Failure::Said) } else { Ok(true) }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn as_json(loaded: &input::Loaded, diagnostics: &[Diagnostic]) -> String {
    let sources = &loaded.reading.sources;
    let list: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.span.map(|span| {
                let start = sources.position(span.source, span.start);
                let end = sources.position(span.source, span.end);
                json!({
                    "file": sources.name(span.source),
                    "line": start.line,
                    "column": start.column,
                    "end_line": end.line,
                    "end_column": end.column,
                })
            });
            json!({
                "code": diagnostic.code.as_str(),
                "severity": match diagnostic.level { Level::Error => "error", Level::Warning => "warning", Level::Note => "note" },
                "message": diagnostic.message,
                "label": diagnostic.label,
                "notes": diagnostic.notes,
                "fix": diagnostic.fix.as_ref().map(|fix| json!({ "replacement": fix.replacement, "says": fix.says })),
                "location": place,
            })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&json!({ "file": loaded.name, "diagnostics": list })).unwrap_or_default();
    text.push('\n');
    text
}

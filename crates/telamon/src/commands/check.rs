//! `telamon check`: what is wrong, or probably wrong, with a model.

use crate::cli::CheckArgs;
use crate::input::{self, Loaded};
use crate::output::{Done, Failure, Output};
use crate::rulebook::Rulebook;
use crate::setup;
use serde_json::{Value, json};
use telamon_catalog::lint::{LintFinding, LintOptions, TextKind, lint};
use telamon_model::Graph;
use telamon_model::model::Target;
use telamon_rules::RuleSet;
use telamon_text::{Diagnostic, Level, SourceId, Sources, Span, suggest};

/// Runs the command.
pub fn run(args: &CheckArgs, output: &Output) -> Done {
    let loaded = input::model(args.model.model.as_deref())?;
    let reading = &loaded.reading;
    let mut found = reading.diagnostics.clone();
    let graph = Graph::build(&reading.model, telamon_data::vocabulary());
    let mut book = Rulebook::of(&loaded, &args.model.rules)?;
    found.append(&mut book.wrong_in_model);
    if !telamon_text::has_errors(&found) {
        telamon_model::check::warnings(&graph, &mut found);
        found.extend(of_decisions(&loaded, &book.set));
    }
    cited(&reading.sources, &mut found);
    cited(&book.sources, &mut book.wrong);
    let all = || found.iter().chain(&book.wrong);
    let count = |level: Level| all().filter(|diagnostic| diagnostic.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    if args.format == "json" {
        let list: Vec<Value> = found
            .iter()
            .map(|diagnostic| as_json(&reading.sources, diagnostic))
            .chain(book.wrong.iter().map(|diagnostic| as_json(&book.sources, diagnostic)))
            .collect();
        let value = json!({ "version": 1, "file": loaded.name, "diagnostics": list });
        output.line(&serde_json::to_string_pretty(&value).unwrap_or_default());
    } else {
        for (sources, list) in [(&reading.sources, &found), (&book.sources, &book.wrong)] {
            if !list.is_empty() {
                input::say(sources, list, output);
            }
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
    if errors > 0 { Err(Failure::Said) } else { Ok(true) }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Adds what the id lint finds in the texts, and puts everything in order. What is underlined already is not
/// said twice.
fn cited(sources: &Sources, found: &mut Vec<Diagnostic>) {
    for at in 0..sources.len() {
        let source = SourceId(u32::try_from(at).unwrap_or(0));
        let options = LintOptions { source, kind: TextKind::of_name(sources.name(source)), ..LintOptions::default() };
        for finding in lint(sources.text(source), telamon_data::catalog(), &options) {
            if !found.iter().any(|other| other.span == Some(finding.span)) {
                found.push(LintFinding::diagnostic(&finding));
            }
        }
    }
    telamon_text::sort(found);
}

/// How many ids are compared at most to propose similar ones.
const COMPARED: usize = 300_000;

/// What is to be said of decisions, which only an analysis can know.
fn of_decisions(loaded: &Loaded, rules: &RuleSet) -> Vec<Diagnostic> {
    let written = &loaded.reading.model.decisions;
    if written.is_empty() {
        return Vec::new();
    }
    let Ok(as_of) = setup::date(None) else { return Vec::new() };
    let analysis = setup::analysis(loaded, rules, &as_of, usize::MAX);
    let mut list = Vec::new();
    let mut compared = 0;
    for (decision, def) in analysis.decisions.iter().zip(written) {
        if decision.state == "unused" {
            let label = match &def.target {
                // Over a large model, the similar id is looked for only for the first of many.
                Target::Threat(id) if compared < COMPARED => {
                    compared += analysis.threats.len();
                    let near = suggest::closest(id, analysis.threats.iter().map(|threat| threat.id.as_str()));
                    near.map_or("take it out, or mend the id".to_owned(), |near| format!("did you mean `{near}`?"))
                }
                Target::Threat(_) => "take it out, or mend the id".to_owned(),
                _ => "take it out, or mend `match`".to_owned(),
            };
            list.push(
                Diagnostic::warning("unused-decision", "no threat matches this decision").at(def.span).label(label),
            );
        } else if def.saw.is_none() && !decision.threats.is_empty() {
            list.push(
                Diagnostic::warning("unseen-decision", "this decision does not say what it saw")
                    .at(def.span)
                    .label("`telamon decide --refresh` fills it in"),
            );
        }
    }
    list
}

fn as_json(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    json!({
        "code": diagnostic.code.as_str(),
        "severity": diagnostic.level.to_string(),
        "message": diagnostic.message,
        "label": diagnostic.label,
        "notes": diagnostic.notes,
        "fix": diagnostic.fix.as_ref().map(|fix| json!({
            "replacement": fix.replacement,
            "says": fix.says,
            "location": place(sources, fix.span),
        })),
        "location": diagnostic.span.map(|span| place(sources, span)),
    })
}

fn place(sources: &Sources, span: Span) -> Value {
    let start = sources.position(span.source, span.start);
    let end = sources.position(span.source, span.end);
    json!({
        "file": sources.name(span.source),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}

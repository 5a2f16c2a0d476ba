//! `telamon catalog`: search the frameworks, check the ids cited in any text.

use crate::cli::{CatalogArgs, CatalogCommand};
use crate::input;
use crate::output::{Done, Failure, Output};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use telamon_catalog::lint::{CODES, LintFinding, LintOptions, TextKind, lint};
use telamon_text::{Level, Sources};

/// Runs the command.
pub fn run(args: &CatalogArgs, output: &Output) -> Done {
    match &args.command {
        CatalogCommand::List => list(output),
        CatalogCommand::Search { words, framework, top } => search(words, framework.as_deref(), *top, output),
        CatalogCommand::Lint { files, format } => check(files, format, output),
    }
}

fn list(output: &Output) -> Done {
    let mut text = String::new();
    for framework in telamon_data::catalog().frameworks() {
        let mark = if framework.default { "*" } else { " " };
        let _ = writeln!(
            text,
            "{mark} {:<20} {:<44} {:>5} entries  {}  {}",
            framework.key(),
            framework.name,
            framework.entries.len(),
            framework.released,
            framework.licence
        );
    }
    text.push_str("\n* the edition that is meant when none is named\n");
    output.print(&text);
    Ok(true)
}

fn search(words: &[String], framework: Option<&str>, top: usize, output: &Output) -> Done {
    let hits = telamon_data::catalog().search(&words.join(" "), framework);
    if hits.is_empty() {
        output.line("nothing found; try fewer or other words");
        return Ok(true);
    }
    let mut text = String::new();
    for hit in hits.iter().take(top) {
        let _ = writeln!(text, "{:<16} {}", hit.entry.cite(), hit.entry.name());
        if !hit.entry.entry.summary.is_empty() {
            let _ = writeln!(text, "{:<16} {}", "", hit.entry.entry.summary);
        }
    }
    if hits.len() > top {
        let _ = writeln!(text, "\n… and {} more: --top {}", hits.len() - top, hits.len());
    }
    output.print(&text);
    Ok(true)
}

fn check(files: &[PathBuf], format: &str, output: &Output) -> Done {
    if !matches!(format, "text" | "json" | "sarif") {
        return Err(format!("`{format}` is no format of the lint; write `text`, `json` or `sarif`").into());
    }
    let sources = Sources::new();
    let mut findings = Vec::new();
    for file in files {
        let text = input::text(file)?;
        let name = if file == Path::new("-") { "stdin".to_owned() } else { file.display().to_string() };
        let kind = TextKind::of_name(&name);
        let source = sources.add(name, text);
        let options = LintOptions { source, kind, ..LintOptions::default() };
        findings.extend(lint(sources.text(source), telamon_data::catalog(), &options));
    }
    match format {
        "json" => output.print(&pretty(&as_json(&findings, &sources))),
        "sarif" => output.print(&pretty(&as_sarif(&findings, &sources))),
        _ => {
            let diagnostics: Vec<_> = findings.iter().map(LintFinding::diagnostic).collect();
            if !diagnostics.is_empty() {
                let options =
                    telamon_text::report::RenderOptions { color: output.color, width: output.width, limit: 200 };
                output.line(telamon_text::report::render(&sources, &diagnostics, &options).trim_end());
            }
            let many = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
            output.line(&format!("{} checked: {}", many(files.len(), "file"), match findings.len() {
                0 => "every id is cited rightly".to_owned(),
                count => many(count, "finding"),
            }));
        }
    }
    let wrong = findings.iter().any(|finding| finding.level != Level::Note);
    if wrong { Ok(false) } else { Ok::<bool, Failure>(true) }
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn region(finding: &LintFinding, sources: &Sources) -> Value {
    let start = sources.position(finding.span.source, finding.span.start);
    let end = sources.position(finding.span.source, finding.span.end);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn as_json(findings: &[LintFinding], sources: &Sources) -> Value {
    let list: Vec<Value> = findings
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code,
                "severity": word(finding.level),
                "file": sources.name(finding.span.source),
                "region": region(finding, sources),
                "found": finding.found,
                "message": finding.message,
                "proposal": finding.proposal,
                "alternatives": finding.alternatives,
                "replacement": finding.replacement,
                "because": finding.because,
            })
        })
        .collect();
    json!({ "version": 1, "findings": list })
}

fn as_sarif(findings: &[LintFinding], sources: &Sources) -> Value {
    let rules: Vec<Value> = CODES
        .iter()
        .map(|code| json!({ "id": code.0, "shortDescription": { "text": code.1 } }))
        .collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let proposal = finding.proposal.as_ref().map_or(String::new(), |right| format!("; did you mean `{right}`?"));
            json!({
                "ruleId": finding.code,
                "level": word(finding.level),
                "message": { "text": format!("{}{proposal}", finding.message) },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": sources.name(finding.span.source) },
                        "region": region(finding, sources),
                    }
                }],
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "telamon catalog lint", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "results": results,
        }],
    })
}

//! `telamon catalog`: search the frameworks, check the ids cited in any text.

use crate::cli::{CatalogArgs, CatalogCommand};
use crate::input;
use crate::output::{Done, Failure, Output};
use crate::page::Page;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use telamon_catalog::lint::{CODES, LintFinding, LintOptions, TextKind, lint};
use telamon_text::{Level, Sources};

/// Runs the command.
pub fn run(args: &CatalogArgs, output: &Output) -> Done {
    match &args.command {
        CatalogCommand::List => list(output),
        CatalogCommand::Show { framework, of } => show(framework, of.as_deref(), output),
        CatalogCommand::Search { words, framework, top } => search(words, framework.as_deref(), *top, output),
        CatalogCommand::Lint { files, format } => check(files, format, output),
        CatalogCommand::Import { file, output: folder, edition } => {
            super::catalog_import::run(file, folder.as_deref(), edition.as_deref(), output)
        }
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

fn show(key: &str, of: Option<&str>, output: &Output) -> Done {
    let catalog = telamon_data::catalog();
    let Some(framework) = catalog.by_key(key) else { return Err(no_framework(key)) };
    let mut page = Page::new(output.width);
    page.paragraph(&format!("{} {} · {}", framework.name, framework.edition, framework.licence)).gap();
    for entry in framework.entries.iter().filter(|entry| of.is_none_or(|of| entry.kind.as_str() == of)) {
        page.aligned(&framework.cite(&entry.id), 17, entry.display_name());
    }
    output.print(&page.finish());
    Ok(true)
}

/// What to say of a framework that the catalog does not have.
fn no_framework(key: &str) -> Failure {
    let catalog = telamon_data::catalog();
    let keys: Vec<String> = catalog.all_editions().map(|(id, edition, _)| format!("{id}@{edition}")).collect();
    let names = keys.iter().map(String::as_str).chain(catalog.framework_ids());
    let hint = telamon_text::suggest::closest(key, names)
        .map_or("`telamon catalog list` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
    format!("there is no framework `{key}`; {hint}").into()
}

fn search(words: &[String], framework: Option<&str>, top: usize, output: &Output) -> Done {
    if let Some(key) = framework
        && telamon_data::catalog().by_key(key).is_none()
    {
        return Err(no_framework(key));
    }
    let hits = telamon_data::catalog().search(&words.join(" "), framework);
    if hits.is_empty() {
        output.line("nothing found; try fewer or other words");
        return Ok(true);
    }
    let mut page = Page::new(output.width);
    for hit in hits.iter().take(top) {
        page.aligned(&hit.entry.cite(), 17, hit.entry.name());
        page.aligned("", 17, &hit.entry.entry.summary);
    }
    if hits.len() > top {
        page.gap();
        page.line(&format!("… and {} more: --top {}", hits.len() - top, hits.len()));
    }
    output.print(&page.finish());
    Ok(true)
}

fn check(files: &[PathBuf], format: &str, output: &Output) -> Done {
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
            let many =
                |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
            output.line(&format!(
                "{} checked: {}",
                many(files.len(), "file"),
                match findings.len() {
                    0 => "every id is cited rightly".to_owned(),
                    count => many(count, "finding"),
                }
            ));
        }
    }
    let wrong = findings.iter().any(|finding| finding.level != Level::Note);
    Ok(!wrong)
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
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
                "severity": finding.level.to_string(),
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
    let rules: Vec<Value> =
        CODES.iter().map(|(code, means)| json!({ "id": code, "shortDescription": { "text": means } })).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let proposal =
                finding.proposal.as_ref().map_or(String::new(), |right| format!("; did you mean `{right}`?"));
            json!({
                "ruleId": finding.code,
                "level": finding.level.to_string(),
                "message": { "text": format!("{}{proposal}", finding.message) },
                "locations": [{
                    "physicalLocation": {
                        "artifactLocation": { "uri": uri(sources.name(finding.span.source)) },
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
            // Columns of regions count characters.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A path as a relative reference: everything that a URI gives a meaning is escaped.
fn uri(path: &str) -> String {
    let mut text = String::new();
    for byte in path.bytes() {
        match byte {
            b'\\' => text.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => text.push(char::from(byte)),
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

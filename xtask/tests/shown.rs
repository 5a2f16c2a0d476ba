//! What the documents show is true: models and rules in them are read, commands in them exist.

use clap::Parser;
use std::fs;
use telamon_engine::analysis::{Analysis, Severity, Status};
use telamon_engine::{Inputs, analyze};
use telamon_model::{NoLoader, Reading, read};
use telamon_rules::{RuleSet, read_rules};
use telamon_text::Sources;
use telamon_text::yaml::Limits;
use xtask::run::root;

#[path = "../../crates/telamon/src/cli.rs"]
#[allow(dead_code, missing_docs, reason = "only whether a call can be parsed matters here")]
mod cli;

fn markdown_below(folder: &str, into: &mut Vec<String>) {
    let mut names: Vec<_> = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names {
        let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            markdown_below(&name, into);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            into.push(name);
        }
    }
}

/// Every document of the repository: its path and its text.
fn documents() -> Vec<(String, String)> {
    let mut names: Vec<String> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(String::from).into();
    markdown_below("docs/src", &mut names);
    markdown_below("examples", &mut names);
    names
        .into_iter()
        .map(|name| {
            let text = fs::read_to_string(root().join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, text)
        })
        .collect()
}

/// Blocks of code, fenced or indented, without their indentation.
fn blocks(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            found.push(String::new());
            continue;
        }
        let code = if fenced { Some(line) } else { line.strip_prefix("    ") };
        match (code, found.last_mut()) {
            (Some(code), Some(block)) => {
                block.push_str(code);
                block.push('\n');
            }
            // An empty line may stand in an indented block.
            (None, Some(block)) if line.is_empty() && !block.is_empty() => block.push('\n'),
            _ => found.push(String::new()),
        }
    }
    found.retain(|block| !block.trim().is_empty());
    found
}

fn reading(text: &str) -> Reading {
    read("shown.yaml", text.to_owned(), telamon_data::vocabulary(), &mut NoLoader, &Limits::default())
}

#[test]
fn every_model_that_is_shown_reads_without_errors() {
    let mut shown = 0;
    for (name, text) in documents() {
        for block in blocks(&text).iter().filter(|block| block.starts_with("system:")) {
            let reading = reading(block);
            assert!(!reading.has_errors(), "{name}: {:#?}\n{block}", reading.diagnostics);
            shown += 1;
        }
    }
    assert!(shown > 100, "{shown}");
}

fn analysis(model: &str, rules: &RuleSet) -> Analysis {
    let inputs = Inputs {
        vocabulary: telamon_data::vocabulary(),
        catalog: telamon_data::catalog(),
        rules,
        weights: telamon_data::weights(),
        as_of: "2026-11-25",
        file: "shown.yaml",
        version: "test",
        // As the command line does: questions go by the effect of remedies.
        elements: true,
        detail: 60,
        limit: usize::MAX,
    };
    let reading = reading(model);
    assert!(!reading.has_errors(), "{:#?}\n{model}", reading.diagnostics);
    analyze(&reading, &inputs)
}

fn is_open(rule: &str, model: &str, rules: &RuleSet) -> bool {
    let threats = analysis(model, rules).threats;
    threats.iter().any(|threat| threat.rule == rule && threat.status != Status::Mitigated)
}

#[test]
fn the_rule_that_is_shown_does_what_its_examples_say() {
    let page = fs::read_to_string(root().join("docs/src/rules.md")).unwrap();
    let text = blocks(&page).into_iter().find(|block| block.starts_with("- id:")).expect("a rule");
    let sources = Sources::new();
    let source = sources.add("shown.yaml", text);
    let file = read_rules(&sources, source, telamon_data::vocabulary());
    assert!(file.diagnostics.is_empty(), "{:#?}", file.diagnostics);
    let mut rules = RuleSet::default();
    rules.extend(file.rules);
    for example in file.examples {
        assert!(is_open(&example.rule, &example.fires, &rules), "{} is silent", example.rule);
        assert!(!is_open(&example.rule, &example.silent, &rules), "{} is open", example.rule);
    }
}

/// A line such as `HIGH      Title of a threat`.
fn threat_line(line: &str) -> Option<(Severity, &str)> {
    let words = [
        ("CRITICAL ", Severity::Critical),
        ("HIGH ", Severity::High),
        ("MEDIUM ", Severity::Medium),
        ("LOW ", Severity::Low),
    ];
    words.into_iter().find_map(|(word, severity)| Some((severity, line.strip_prefix(word)?.trim())))
}

/// A line such as ` 2  Does the store ...?`, with the place of the question.
fn question_line(line: &str) -> Option<(usize, &str)> {
    let (number, ask) = line.trim_start().split_once("  ")?;
    ask.ends_with(['?', '.']).then_some(())?;
    Some((number.parse().ok()?, ask))
}

#[test]
fn the_tour_shows_what_its_template_gives() {
    let template = fs::read_to_string(root().join("examples/templates/rag.yaml")).unwrap();
    let analysis = analysis(&template, telamon_data::rules());
    let (mut threats, mut questions) = (0, 0);
    for page in ["tour", "threats"] {
        let text = fs::read_to_string(root().join(format!("docs/src/{page}.md"))).unwrap();
        for line in blocks(&text).iter().flat_map(|block| block.lines()) {
            if let Some((severity, title)) = threat_line(line) {
                let there = analysis.threats.iter().any(|threat| threat.severity == severity && threat.title == title);
                assert!(there, "{page}: no threat is {severity:?} and reads `{title}`");
                threats += 1;
            }
            if let Some((number, shown)) = question_line(line) {
                let asked = analysis.questions.get(number - 1).map(|question| question.ask.as_str());
                assert_eq!(asked, Some(shown), "{page}: question {number}");
                questions += 1;
            }
        }
    }
    assert!(threats >= 4 && questions >= 1, "{threats} threats and {questions} questions are shown");
}

/// The words of a call as a shell would split them; a comment ends it.
fn words(call: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in call.chars() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted && words.last().is_some_and(String::is_empty) => break,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Calls of `telamon` in the blocks of a text; a backslash continues a line.
fn calls(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for block in blocks(text) {
        for line in block.replace("\\\n", " ").lines() {
            let line = line.trim_start_matches("- run: ").trim_start_matches("$ ").trim();
            let line = line.strip_prefix("cargo run -- ").map_or(line.to_owned(), |rest| format!("telamon {rest}"));
            // A name in a drawing is followed by blanks.
            if line.strip_prefix("telamon ").is_some_and(|rest| !rest.starts_with(' ')) {
                found.push(words(&line));
            }
        }
    }
    found
}

#[test]
fn every_command_that_is_shown_exists() {
    let mut wrong = Vec::new();
    let mut shown = 0;
    // The pages of the reference show help texts, which are made from the commands.
    for (name, text) in documents().into_iter().filter(|(name, _)| !name.contains("/reference/")) {
        for call in calls(&text) {
            shown += 1;
            if call.iter().any(|word| word == "...") {
                continue;
            }
            if let Err(error) = cli::Cli::try_parse_from(&call) {
                wrong.push(format!("{name}: {}\n{error}", call.join(" ")));
            }
        }
    }
    assert!(shown > 30, "{shown}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! Every example of the language declaration is a model that reads and analyses.

use telamon_engine::{Inputs, analyze};
use telamon_model::declaration::SECTIONS;
use telamon_model::{NoLoader, read};
use telamon_text::yaml::Limits;

fn inputs() -> Inputs<'static> {
    Inputs {
        vocabulary: telamon_data::vocabulary(),
        catalog: telamon_data::catalog(),
        rules: telamon_data::rules(),
        weights: telamon_data::weights(),
        as_of: "2026-11-25",
        file: "example.yaml",
        version: "test",
        detail: 1,
        elements: true,
        limit: usize::MAX,
    }
}

#[test]
fn every_section_has_an_example_that_analyses() {
    let mut wrong = Vec::new();
    for section in SECTIONS {
        let name = section.name;
        if section.example.is_empty() {
            wrong.push(format!("{name}: has a page and no example"));
            continue;
        }
        let reading =
            read("example.yaml", section.example.to_owned(), inputs().vocabulary, &mut NoLoader, &Limits::default());
        if reading.has_errors() {
            wrong.push(format!("{name}: {:#?}", reading.diagnostics));
            continue;
        }
        let analysis = analyze(&reading, &inputs());
        if analysis.threats.len() != analysis.summary.threats {
            wrong.push(format!(
                "{name}: {} threats written, {} counted",
                analysis.threats.len(),
                analysis.summary.threats
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_example_shows_its_own_section() {
    for section in SECTIONS {
        // The section of the file itself is shown by its first key.
        let key = if section.name == "model" { "system" } else { section.name };
        let shown = section.example.lines().any(|line| line.starts_with(&format!("{key}:")));
        assert!(shown, "the example of `{}` has no `{key}:`", section.name);
    }
}

#[test]
fn threats_and_decisions_of_the_examples_are_seen() {
    let analysis = |name: &str| {
        let section = SECTIONS.into_iter().find(|section| section.name == name).unwrap();
        let text = section.example.to_owned();
        analyze(&read("example.yaml", text, inputs().vocabulary, &mut NoLoader, &Limits::default()), &inputs())
    };
    let own = analysis("threats");
    assert!(own.threats.iter().any(|threat| threat.id == "own:bribed-reviewer"));
    let decided = analysis("decisions");
    let threat = decided.threats.iter().find(|threat| threat.id == "direct-prompt-injection@bot").unwrap();
    assert_eq!(threat.status, telamon_engine::analysis::Status::Accepted);
    let rules = analysis("rules");
    assert!(rules.threats.iter().all(|threat| threat.rule != "no-audit-trail"));
}

//! Every rule fires on its `fires` example and is not open on its `silent` one.

use telamon_engine::analysis::Status;
use telamon_engine::{Inputs, analyze};
use telamon_model::{NoLoader, read};

/// Ids of open threats of the rule in a model.
fn open(rule: &str, model: &str) -> Vec<String> {
    let vocabulary = telamon_data::vocabulary();
    let reading = read("example.yaml", model.to_owned(), vocabulary, &mut NoLoader, &Default::default());
    assert!(!reading.has_errors(), "the example of `{rule}` has errors: {:#?}\n{model}", reading.diagnostics);
    let inputs = Inputs {
        vocabulary,
        catalog: telamon_data::catalog(),
        rules: telamon_data::rules(),
        weights: telamon_data::weights(),
        as_of: "2026-11-25",
        file: "example.yaml",
        version: "test",
        detail: 0,
        elements: true,
        limit: usize::MAX,
    };
    analyze(&reading, &inputs)
        .threats
        .into_iter()
        .filter(|threat| threat.rule == rule && threat.status != Status::Mitigated)
        .map(|threat| threat.id)
        .collect()
}

#[test]
fn every_rule_shows_when_it_fires_and_when_not() {
    let examples = telamon_data::rule_examples();
    assert_eq!(examples.len(), telamon_data::rules().rules.len());
    let mut wrong = Vec::new();
    for example in &examples {
        if example.fires.is_empty() || example.silent.is_empty() {
            wrong.push(format!("{}: an example is missing", example.rule));
            continue;
        }
        if open(&example.rule, &example.fires).is_empty() {
            wrong.push(format!("{}: silent on `fires`", example.rule));
        }
        let still = open(&example.rule, &example.silent);
        if !still.is_empty() {
            wrong.push(format!("{}: open on `silent`: {}", example.rule, still.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn framework_ids_of_rules_exist() {
    let catalog = telamon_data::catalog();
    let mut wrong = Vec::new();
    for rule in &telamon_data::rules().rules {
        for mapping in &rule.maps {
            let edition = (!mapping.edition.is_empty()).then_some(mapping.edition.as_str());
            for id in &mapping.ids {
                if catalog.check_id(&mapping.framework, edition, id).is_err() {
                    wrong.push(format!("{}: {}@{} has no `{id}`", rule.id, mapping.framework, mapping.edition));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

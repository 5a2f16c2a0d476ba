//! Whole messages, as a person sees them.

use super::{CHAT, folder, run};

/// What `check` says of a model.
fn said(model: &str) -> String {
    let folder = folder(model);
    let (_, out, error) = run(folder.path(), &["check"]);
    format!("{error}{out}")
}

#[test]
fn a_kind() {
    insta::assert_snapshot!(said(&CHAT.replace("llm-app", "vectorstore")), @"");
}

#[test]
fn a_flow() {
    insta::assert_snapshot!(said(&CHAT.replace("user -> bot:", "user => bot:")), @"");
}

#[test]
fn a_tab() {
    insta::assert_snapshot!(said("system: Chat\ncomponents:\n\tbot: { kind: llm }\n"), @"");
}

#[test]
fn an_id_that_is_given_twice() {
    insta::assert_snapshot!(said(&CHAT.replace("  gpt:", "  bot:")), @"");
}

#[test]
fn a_flow_to_nowhere() {
    insta::assert_snapshot!(said(&CHAT.replace("-> gpt:", "-> gtp:")), @"");
}

#[test]
fn a_circle_of_includes() {
    insta::assert_snapshot!(said(&format!("include: telamon.yaml\n{CHAT}")), @"");
}

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(said(""), @"");
}

#[test]
fn an_id_of_another_framework() {
    let own = "threats:\n  drift:\n    title: Data is poisoned\n    component: bot\n    likelihood: likely\n    impact: major\n    frameworks: { atlas: [T1565] }\n";
    insta::assert_snapshot!(said(&format!("{CHAT}{own}")), @"");
}

#[test]
fn a_decision_on_a_threat_that_is_not_there() {
    let decision =
        "decisions:\n  - { threat: direct-prompt-injecton@bot, response: mitigate, why: soon, due: 2027-01-31 }\n";
    insta::assert_snapshot!(said(&format!("{CHAT}{decision}")), @"");
}

#[test]
fn a_folder_of_rules_outside() {
    insta::assert_snapshot!(said(&format!("{CHAT}rules:\n  folders: [../rules]\n  disabled: [evasoin]\n")), @"");
}

#[test]
fn a_rule_with_a_wrong_id() {
    let folder = folder(CHAT);
    std::fs::create_dir(folder.path().join("own")).expect("a folder");
    let rule = "- id: night-shift\n  title: \"{component} is unwatched\"\n  at: [llm-app]\n  when: receives(from(is(customer)))\n  stride: [repudiation]\n  cia: [integrity]\n  harm: [reputation]\n  maps: { atlas: [AML.T9999] }\n  likelihood: possible\n  summary: Nobody looks.\n  remedy: Look.\n  verify: Ask at midnight.\n  benign: Somebody looks.\n  fires: |\n    system: A\n  silent: |\n    system: A\n";
    std::fs::write(folder.path().join("own/night.yaml"), rule).expect("a file");
    let (code, out, error) = run(folder.path(), &["check", "--rules", "own"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(format!("{error}{out}"), @"");
    let (code, _, error) = run(folder.path(), &["analyze", "--rules", "own"]);
    assert_eq!(code, 2);
    assert!(error.contains("AML.T9999"), "{error}");
}

//! What `explain` and `catalog` say beyond the first line.

use super::{CHAT, example, folder, run};

fn explained(args: &[&str]) -> String {
    let (code, out, error) = run(&example("support-rag"), args);
    assert_eq!(code, 0, "{args:?}: {error}");
    out
}

#[test]
fn an_id_that_differs_by_edition_is_explained_in_each() {
    let out = explained(&["explain", "LLM06"]);
    for wanted in [
        "LLM06:1.1  Sensitive Information Disclosure",
        "LLM06:2025  Excessive Agency",
        "LLM06:2026  Unbounded Consumption",
        "LLM02:2025 Sensitive Information Disclosure (same)",
    ] {
        assert!(out.contains(wanted), "`{wanted}` is missing in\n{out}");
    }
}

#[test]
fn a_word_that_is_several_things_is_explained_as_each() {
    let out = explained(&["explain", "monitoring"]);
    assert!(out.contains("monitoring: a kind of component"), "{out}");
    assert!(out.contains("monitoring: Monitoring"), "{out}");
}

#[test]
fn keys_labels_and_frameworks_are_explained() {
    let out = explained(&["explain", "autonomy"]);
    assert!(out.contains("a key of components") && out.contains("suggest, approve, mixed, act"), "{out}");
    let out = explained(&["explain", "untrusted-text"]);
    assert!(out.contains("context-isolation (strong)"), "{out}");
    let out = explained(&["explain", "owasp-llm@2025"]);
    assert!(out.contains("10 entries") && out.contains("owasp-llm@1.1"), "{out}");
}

#[test]
fn an_attack_technique_names_what_was_made_from_it() {
    let out = explained(&["explain", "T1190"]);
    assert!(out.contains("AML.T0049"), "{out}");
}

#[test]
fn an_incident_shows_its_steps_in_order() {
    let out = explained(&["explain", "AML.CS0009"]);
    let steps: Vec<&str> = out.lines().filter(|line| line.starts_with("step ")).collect();
    assert_eq!(steps.len(), 4, "{out}");
    assert!(steps[2].contains("AML.T0020 Poison Training Data"), "{out}");
    assert!(out.contains("2016-03-23"), "{out}");
}

#[test]
fn why_not_says_what_an_entry_came_to() {
    let (code, out, error) = run(&example("spam-classifier"), &["explain", "--why-not", "LLM01:2025"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("ruled out") && out.contains("because"), "{out}");
    let out = explained(&["explain", "--why-not", "LLM01:2025"]);
    assert!(out.contains("applies") && out.contains("direct-prompt-injection@assistant"), "{out}");
    let (code, _, error) = run(&example("spam-classifier"), &["explain", "--why-not", "vector-store"]);
    assert_eq!(code, 2);
    assert!(error.contains("no id of a framework"), "{error}");
}

#[test]
fn what_nobody_knows_gets_the_nearest_word() {
    let folder = folder(CHAT);
    for (id, wanted) in [
        ("LLM06:2024", "LLM06:2025 Excessive Agency"),
        ("indirect-promt-injection", "did you mean `indirect-prompt-injection`?"),
        ("direct-promt-injection@bot", "did you mean `direct-prompt-injection@bot`?"),
        ("xyzzy", "catalog search"),
    ] {
        let (code, _, error) = run(folder.path(), &["explain", id]);
        assert_eq!(code, 2, "{id}");
        assert!(error.contains(wanted), "{id}: {error}");
    }
}

#[test]
fn a_framework_is_shown_entry_by_entry() {
    let out = explained(&["catalog", "show", "owasp-llm@2025"]);
    assert_eq!(out.lines().filter(|line| line.starts_with("LLM")).count(), 10, "{out}");
    let out = explained(&["catalog", "show", "atlas", "--type", "tactic"]);
    assert!(out.contains("AML.TA0002") && !out.contains("AML.T0051"), "{out}");
    let (code, _, error) = run(&example("support-rag"), &["catalog", "show", "owasp-lm"]);
    assert_eq!(code, 2);
    assert!(error.contains("did you mean"), "{error}");
}

#[test]
fn own_rules_are_explained_too() {
    let folder = folder(CHAT);
    std::fs::create_dir(folder.path().join("own")).expect("a folder");
    let rule = "- id: evasion\n  title: Ours\n  at: [model]\n  when: receives(carries(features))\n  stride: [tampering]\n  cia: [integrity]\n  harm: [wrong-decision]\n  likelihood: possible\n  summary: Our own words.\n  remedy: Look.\n  verify: Ask.\n  benign: Never.\n  fires: |\n    system: A\n  silent: |\n    system: A\n";
    std::fs::write(folder.path().join("own/rules.yaml"), rule).expect("a file");
    let (code, out, error) = run(folder.path(), &["explain", "evasion", "--rules", "own"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("Our own words."), "{out}");
}

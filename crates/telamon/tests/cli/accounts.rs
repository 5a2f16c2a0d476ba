//! What is told of frameworks, incidents and open questions, and what each of their entries came to.

use super::{CHAT, example, folder, run};
use serde_json::Value;

fn json(args: &[&str]) -> Value {
    let (code, out, error) = run(&example("support-rag"), &[args, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{args:?}: {error}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn an_incident_is_told_step_by_step() {
    for name in ["AML.CS0020", "aml.cs0020", "cs0020"] {
        let (code, out, error) = run(&example("support-rag"), &["incidents", "--case", name]);
        assert_eq!(code, 0, "{error}");
        assert!(out.starts_with("AML.CS0020 "), "{out}");
        assert!(out.contains("! AML.T0051.001") && out.contains("indirect-prompt-injection@assistant"), "{out}");
        assert!(out.contains("  AML.T0017") && out.contains("on the attacker's side"), "{out}");
    }
    let list = json(&["incidents", "--case", "AML.CS0020"]);
    let case = &list[0];
    assert_eq!(list.as_array().map(Vec::len), Some(1));
    let steps = case["steps"].as_array().expect("steps");
    let count = |state: &str| steps.iter().filter(|step| step["state"] == state).count();
    assert_eq!(case["open"], count("open"));
    assert_eq!(case["inside"], steps.len() - count("outside"));
    assert!(count("open") > 0);
}

#[test]
fn a_system_without_language_models_allows_other_incidents() {
    let open = |model: &str| {
        let (code, out, error) = run(&example(model), &["incidents", "--case", "AML.CS0020", "--format", "json"]);
        assert_eq!(code, 0, "{error}");
        let list: Value = serde_json::from_str(&out).expect("JSON");
        list[0]["steps"]
            .as_array()
            .expect("steps")
            .iter()
            .any(|step| step["technique"] == "AML.T0051.001" && step["state"] == "open")
    };
    assert!(open("support-rag"));
    assert!(!open("spam-classifier"));
}

#[test]
fn wrong_incidents_and_models_are_refused() {
    let folder = folder(CHAT);
    for (args, wanted) in [
        (["incidents", "--case", "AML.CS0O20"].as_slice(), "did you mean `AML.CS0020`"),
        (&["incidents", "--case", "nothing"], "there is no incident `nothing`"),
        (&["incidents", "nope"], "there is no file `nope`"),
        (&["incidents", "--format", "yaml"], "possible values"),
    ] {
        let (code, out, error) = run(folder.path(), args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {error}");
        assert!(error.contains(wanted), "{args:?}: {error}");
    }
}

#[test]
fn why_not_answers_for_entries_of_every_list() {
    let analysis = json(&["analyze"]);
    let coverage = analysis["coverage"].as_array().expect("coverage");
    // Every twenty-ninth and the first of each list: all of them would take minutes.
    let mut last = "";
    let mut tried = 0;
    for (at, entry) in coverage.iter().enumerate() {
        let text = |key: &str| entry[key].as_str().unwrap_or_default();
        let list = text("framework");
        if at % 29 != 0 && list == last {
            continue;
        }
        last = list;
        tried += 1;
        let id = text("id");
        let (code, out, error) = run(&example("support-rag"), &["explain", "--why-not", id]);
        assert_eq!(code, 0, "{id}: {error}");
        let state = text("state").replace('-', " ");
        let told: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("came to")).map(str::trim).collect();
        assert!(told.contains(&state.as_str()), "{id}: {state}\n{out}");
        assert!(out.contains("because "), "{out}");
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn why_not_says_by_what_else_models_are_measured() {
    for (id, wanted) in [
        ("AML.TA0002", "not by its tactics"),
        ("AML.M0029", "rules coverage --framework atlas"),
        ("AML.CS0020", "telamon incidents --case AML.CS0020"),
        ("CWE-1427", "is looked up, not accounted for"),
    ] {
        let (code, out, error) = run(&example("support-rag"), &["explain", "--why-not", id]);
        assert_eq!(code, 0, "{id}: {error}");
        assert!(out.contains(wanted), "{id}: {out}");
    }
}

#[test]
fn a_threat_says_what_is_absent_and_what_only_nobody_stated() {
    let (code, out, error) = run(&example("support-rag"), &["explain", "indirect-prompt-injection@assistant"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("output-filtering on assistant (absent)"), "{out}");
    assert!(out.contains("context-isolation on assistant (not stated)"), "{out}");
}

#[test]
fn questions_are_given_to_programs_too() {
    let list = json(&["questions"]);
    let list = list.as_array().expect("a list");
    let (_, text, _) = run(&example("support-rag"), &["questions"]);
    assert!(!list.is_empty());
    for (question, block) in list.iter().zip(text.split("\n\n")) {
        let ask = question["ask"].as_str().expect("a sentence");
        assert!(block.contains(ask) && !question["threats"].as_array().expect("threats").is_empty(), "{question}");
    }
    let silent = folder("system: Nothing\ncomponents:\n  user: { kind: customer }\n");
    let (code, out, _) = run(silent.path(), &["questions", "--format", "json"]);
    assert_eq!((code, out.as_str()), (0, "[]\n"));
}

#[test]
fn coverage_of_rules_names_the_rules_of_an_entry() {
    let (code, out, error) = run(&example("support-rag"), &["rules", "coverage", "--framework", "owasp-llm@2025"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("LLM01") && out.contains("indirect-prompt-injection"), "{out}");
    let (code, _, error) = run(&example("support-rag"), &["rules", "coverage", "--framework", "owasp-lm"]);
    assert_eq!(code, 2, "{error}");
}

#[test]
fn a_persona_that_is_named_counts_for_programs_too() {
    let everybody = json(&["analyze"])["threats"].as_array().map_or(0, Vec::len);
    let regular = json(&["analyze", "--persona", "regular"])["threats"].as_array().map_or(0, Vec::len);
    assert!(0 < regular && regular < everybody, "{regular} of {everybody}");
}

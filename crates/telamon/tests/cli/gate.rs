//! `telamon gate`: what stops a model, what a policy may say, and what a code host gets.

use super::{CHAT, example, folder, run};
use serde_json::Value;
use std::path::Path;

const STRICT: &str = "name: strict
max-open: { low: low, moderate: low, high: low, critical: low }
disabled-rules: forbid
decisions: [expired, review]
required:
  - { kinds: [llm-app], any-of: [audit-log], because: nobody could look into it }
";
const EASY: &str = "name: easy\nmax-open: { low: critical, moderate: critical, high: critical, critical: critical }\n";

fn with(policy: &str, model: &str) -> tempfile::TempDir {
    let folder = folder(model);
    std::fs::write(folder.path().join("policy.yaml"), policy).expect("a file");
    folder
}

fn gate(folder: &Path, more: &[&str]) -> (i32, String, String) {
    let args = [&["gate", "--policy", "policy.yaml", "--as-of", "2026-11-25"], more].concat();
    run(folder, &args)
}

fn breaches(folder: &Path, more: &[&str]) -> Vec<(String, String)> {
    let (_, out, error) = gate(folder, &[&["--format", "json"], more].concat());
    let value: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{error}"));
    let list = value["breaches"].as_array().expect("a list");
    assert_eq!(value["passes"], list.is_empty());
    let text = |breach: &Value, key: &str| breach[key].as_str().unwrap_or_default().to_owned();
    list.iter().map(|breach| (text(breach, "check"), text(breach, "about"))).collect()
}

#[test]
fn a_model_passes_or_is_stopped() {
    let folder = with(EASY, CHAT);
    let (code, out, error) = gate(folder.path(), &[]);
    assert_eq!((code, out.as_str()), (0, "passes the policy `easy`\n"), "{error}");
    let folder = with(STRICT, CHAT);
    let (code, out, error) = gate(folder.path(), &[]);
    assert_eq!(code, 1, "{error}");
    assert!(out.contains("direct-prompt-injection@bot"), "{out}");
    assert!(out.contains("is open, and nothing above low may be"), "{out}");
    assert!(out.contains("required-control\n  bot "), "{out}");
    assert!(out.contains("stopped by the policy `strict`: "), "{out}");
}

#[test]
fn the_built_in_policy_judges_where_none_is_named() {
    let (code, out, error) = run(&example("support-rag"), &["gate", "--as-of", "2026-11-25"]);
    assert_eq!(code, 1, "{error}");
    assert!(out.contains("stopped by the policy `built-in`"), "{out}");
}

#[test]
fn rules_that_are_switched_off_stop_the_gate() {
    let folder = with(STRICT, &format!("{CHAT}rules: {{ disabled: [direct-prompt-injection] }}\n"));
    let list = breaches(folder.path(), &[]);
    assert!(list.contains(&("disabled-rule".into(), "direct-prompt-injection".into())), "{list:?}");
    assert!(!list.iter().any(|(_, about)| about == "direct-prompt-injection@bot"), "{list:?}");
}

#[test]
fn an_acceptance_counts_until_its_end() {
    let decided = format!(
        "{CHAT}decisions:\n  - {{ threat: direct-prompt-injection@bot, response: accept, why: holds nothing, by: owner, until: 2027-05-31 }}\n"
    );
    let folder = with(STRICT, &decided);
    let list = breaches(folder.path(), &[]);
    assert!(!list.iter().any(|(_, about)| about == "direct-prompt-injection@bot"), "{list:?}");
    let (_, out, _) = run(folder.path(), &["gate", "--policy", "policy.yaml", "--as-of", "2027-06-01"]);
    assert!(out.contains("the decision is expired: "), "{out}");
    assert!(out.lines().any(|line| line.starts_with("  direct-prompt-injection@bot")), "{out}");
}

#[test]
fn a_baseline_lets_known_threats_pass_and_nothing_else() {
    let folder = with(STRICT, CHAT);
    let (code, _, error) = run(folder.path(), &["analyze", "--format", "json", "-o", "base.json"]);
    assert_eq!(code, 0, "{error}");
    let known = breaches(folder.path(), &["--baseline", "base.json"]);
    assert_eq!(known, [("required-control".into(), "bot".into())]);
    let model = std::fs::read_to_string(folder.path().join("telamon.yaml")).expect("the model");
    let wider = model
        .replace("flows:\n", "  page: { kind: public-web, zone: internet }\nflows:\n  - page -> bot [context]: text\n");
    std::fs::write(folder.path().join("telamon.yaml"), wider).expect("a file");
    let new = breaches(folder.path(), &["--baseline", "base.json"]);
    assert!(
        new.iter().any(|(check, about)| check == "max-open" && about == "indirect-prompt-injection@bot"),
        "{new:?}"
    );
    let all = breaches(folder.path(), &[]);
    assert!(new.len() < all.len(), "{new:?}\n{all:?}");
}

#[test]
fn a_list_that_is_untold_stops_the_gate_and_an_answered_one_does_not() {
    let list = format!("{EASY}checklists: [cia, owasp-llm@2025]\n");
    let folder = with(&list, CHAT);
    for (check, about) in breaches(folder.path(), &[]) {
        assert_eq!(check, "checklist");
        assert!(about.starts_with("cia@") || about.starts_with("owasp-llm@2025: "), "{about}");
    }
}

#[test]
fn wrong_words_of_a_policy_are_shown_on_their_lines() {
    let policy = "name: mine
max-open: { lowish: high, low: high, moderate: high, high: high, critical: low }
decisions:
  - expird
checklists:
  - owasp-lm
  - owasp-llm@2024
required:
  - kinds: [agnt]
    any-of: [audit-lgo]
    because: so
";
    let folder = with(policy, CHAT);
    let (code, out, error) = gate(folder.path(), &[]);
    assert_eq!((code, out.as_str()), (2, ""), "{error}");
    for (line, text) in [
        (2, "`lowish` in `max-open` is no criticality"),
        (4, "did you mean `expired`?"),
        (6, "`owasp-lm` is no checklist"),
        (7, "there is no checklist `owasp-llm@2024`"),
        (9, "did you mean `agent`?"),
        (10, "did you mean `audit-log`?"),
    ] {
        assert!(error.contains(text), "`{text}` is missing in\n{error}");
        assert!(error.contains(&format!("policy.yaml:{line}:")), "line {line} is missing in\n{error}");
    }
}

#[test]
fn a_policy_that_leaves_a_criticality_out_lets_nothing_pass() {
    let folder = with("name: mine\nmax-open: { low: high }\n", CHAT);
    let (code, _, error) = gate(folder.path(), &[]);
    assert_eq!(code, 2);
    assert!(error.contains("does not say what may be open at: moderate, high, critical"), "{error}");
}

#[test]
fn what_is_no_policy_is_refused() {
    for (policy, wanted) in [
        ("", "the file is empty"),
        (CHAT, "unknown key `system`"),
        ("name: mine\n", "max-open"),
        ("name: mine\nmax-open: { low: mediun }\n", "did you mean `medium`?"),
        ("name: [\n", "opened here"),
    ] {
        let folder = with(policy, CHAT);
        let (code, out, error) = gate(folder.path(), &[]);
        assert_eq!((code, out.as_str()), (2, ""), "{policy}: {error}");
        assert!(error.contains(wanted), "{policy}: {error}");
    }
}

#[test]
fn missing_files_are_named() {
    let folder = with(EASY, CHAT);
    for args in [
        ["gate", "--policy", "nope.yaml"].as_slice(),
        &["gate", "--baseline", "nope.json"],
        &["gate", "nope.yaml"],
        &["gate", "--baseline", "telamon.yaml"],
    ] {
        let (code, out, error) = run(folder.path(), args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {error}");
        assert!(error.contains(args.last().expect("an argument")), "{args:?}: {error}");
    }
    let (code, _, error) = run(folder.path(), &["gate", "--policy", "policy.yaml", "-o", "telamon.yaml"]);
    assert_eq!(code, 2);
    assert!(error.contains("is the model"), "{error}");
}

#[test]
fn sarif_has_a_rule_and_a_region_for_each_breach() {
    let folder = with(STRICT, CHAT);
    let (code, _, error) = gate(folder.path(), &["--format", "sarif", "-o", "gate.sarif"]);
    assert_eq!(code, 1, "{error}");
    let text = std::fs::read_to_string(folder.path().join("gate.sarif")).expect("the file");
    let log: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules: Vec<&Value> =
        run["tool"]["driver"]["rules"].as_array().expect("rules").iter().map(|rule| &rule["id"]).collect();
    assert!(rules.iter().any(|id| *id == "gate/max-open") && rules.iter().any(|id| *id == "gate/required-control"));
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), breaches(folder.path(), &[]).len());
    let lines = CHAT.lines().count() as u64;
    for result in results {
        assert!(rules.contains(&&result["ruleId"]), "{result}");
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "telamon.yaml");
        let line = place["region"]["startLine"].as_u64().expect("a line");
        assert!((1..=lines).contains(&line), "{result}");
    }
    let bot = results.iter().find(|result| result["ruleId"] == "gate/required-control").expect("a breach");
    assert_eq!(bot["locations"][0]["physicalLocation"]["region"]["startLine"], 4);
}

//! The catalog, the words and the starters.

use super::{folder, run, telamon};

#[test]
fn explain_knows_every_sort_of_id() {
    let folder = folder(super::CHAT);
    for (id, wanted) in [
        ("AML.T0051.001", "our rules"),
        ("LLM06:2025", "Excessive Agency"),
        ("AML.M0029", "against"),
        ("AML.CS0009", "step 1"),
        ("direct-prompt-injection", "remedy"),
        ("human-approval", "stands on"),
        ("vector-store", "which one?"),
        ("unknown-kind", "There is no kind"),
        ("missing-edition", "edition"),
        ("direct-prompt-injection@bot", "factor"),
    ] {
        let (code, out, error) = run(folder.path(), &["explain", id]);
        assert_eq!(code, 0, "{id}: {error}");
        assert!(out.contains(wanted), "{id}: {out}");
    }
}

#[test]
fn the_lint_proposes_the_right_ids() {
    let folder = tempfile::tempdir().expect("a folder");
    for (text, right) in [
        ("data poisoning via MITRE ATLAS T1595", "AML.T0020"),
        ("In ATLAS: Reconnaissance (TA0043)", "AML.TA0002"),
        ("ML Model Access (TA0000)", "AML.TA0000"),
        ("LLM06: Sensitive Information Disclosure", "LLM02:2026"),
        ("ATLAS T1565 Data Manipulation", "AML.T0059"),
        ("ATLAS T1190", "AML.T0049"),
        ("training data poisoning (ATLAS T1486)", "AML.T0020"),
    ] {
        std::fs::write(folder.path().join("text.md"), text).expect("a file");
        let (code, out, _) = run(folder.path(), &["catalog", "lint", "text.md"]);
        assert_eq!(code, 1, "{text}");
        assert!(out.contains(right), "{text}: {out}");
        for format in ["json", "sarif"] {
            let (code, out, _) = run(folder.path(), &["catalog", "lint", "text.md", "--format", format]);
            assert_eq!(code, 1);
            assert!(out.contains(right), "{format}: {out}");
        }
    }
    std::fs::write(folder.path().join("fine.md"), "ATT&CK T1190, AML.T0051.001, LLM01:2025, CWE-79").expect("a file");
    let (code, out, _) = run(folder.path(), &["catalog", "lint", "fine.md"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn lists_can_be_searched() {
    let folder = tempfile::tempdir().expect("a folder");
    for (args, wanted) in [
        (vec!["kinds"], "vector-store"),
        (vec!["kinds", "retriev"], "retriever"),
        (vec!["controls", "approval"], "human-approval"),
        (vec!["rules", "list"], "indirect-prompt-injection"),
        (vec!["rules", "show", "evasion"], "silent on"),
        (vec!["catalog", "list"], "atlas@5.6.0"),
        (vec!["catalog", "search", "membership", "inference"], "AML.T0024.000"),
        (vec!["schema"], "\"vector-store\""),
        (vec!["schema", "analysis"], "\"threats\""),
        (vec!["completions", "bash"], "telamon"),
        (vec!["man"], "telamon"),
    ] {
        let (code, out, error) = run(folder.path(), &args);
        assert_eq!(code, 0, "{args:?}: {error}");
        assert!(out.contains(wanted), "{args:?}");
    }
}

#[test]
fn every_template_passes_check() {
    let folder = tempfile::tempdir().expect("a folder");
    for template in ["rag", "classifier", "agent", "mcp", "training-pipeline", "fine-tuning", "edge"] {
        let (code, _, error) =
            run(folder.path(), &["init", template, "--template", template, "--name", "A \"quoted\" name"]);
        assert_eq!(code, 0, "{error}");
        let (code, out, error) = run(folder.path(), &["check", template]);
        assert_eq!(code, 0, "{template}: {error}");
        assert!(out.contains("nothing wrong"), "{template}: {out}{error}");
        let (code, _, error) = run(folder.path(), &["init", template, "--template", template]);
        assert_eq!(code, 2, "a model that is there is not replaced");
        assert!(error.contains("--force"), "{error}");
    }
}

#[test]
fn init_asks_five_questions() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = telamon(folder.path())
        .arg("init")
        .write_stdin("Mail sorter\n2\nproduction\n3\nhead of mail\n")
        .output()
        .expect("it runs");
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let model = std::fs::read_to_string(folder.path().join("telamon.yaml")).expect("it was written");
    for wanted in ["\"Mail sorter\"", "lifecycle: production", "criticality: high", "head of mail"] {
        assert!(model.contains(wanted), "`{wanted}` is missing in\n{model}");
    }
    let (code, _, error) = run(folder.path(), &["check"]);
    assert_eq!(code, 0, "{error}");
}

#[test]
fn own_rules_are_checked_run_and_shown() {
    let folder = folder(super::CHAT);
    std::fs::create_dir(folder.path().join("mine")).expect("a folder");
    let rule = "- id: chat-after-hours\n  title: \"{component} answers at night\"\n  at: [llm-app]\n  when: receives(from(is(customer)))\n  stride: [repudiation]\n  cia: [integrity]\n  harm: [reputation]\n  likelihood: possible\n  summary: \"{component} answers when nobody watches.\"\n  remedy: \"Close {component} at night.\"\n  verify: Ask at midnight.\n  benign: Somebody watches at night.\n  fires: |\n    system: A\n    components:\n      u: { kind: customer, zone: internet }\n      b: { kind: llm-app }\n    flows:\n      - u -> b\n  silent: |\n    system: A\n    components:\n      u: { kind: employee, zone: app }\n      b: { kind: llm-app }\n    flows:\n      - u -> b\n";
    std::fs::write(folder.path().join("mine/night.yaml"), rule).expect("a file");
    let (code, out, error) = run(folder.path(), &["rules", "test", "--rules", "mine"]);
    assert_eq!(code, 0, "{out}{error}");
    let (_, out, _) = run(folder.path(), &["analyze", "--rules", "mine", "--format", "json"]);
    assert!(out.contains("chat-after-hours@bot"), "{out}");
    assert!(out.contains("\"changed\": [\n      \"chat-after-hours\""), "own rules are shown");
    std::fs::write(folder.path().join("mine/night.yaml"), rule.replace("is(customer)", "guarded(authentication)"))
        .expect("a file");
    let (code, _, error) = run(folder.path(), &["rules", "test", "--rules", "mine"]);
    assert_eq!(code, 2);
    assert!(error.contains("error["), "{error}");
    std::fs::write(
        folder.path().join("telamon.yaml"),
        format!("{}rules:\n  disabled: [direct-prompt-injection]\n", super::CHAT),
    )
    .expect("a file");
    let (_, out, _) = run(folder.path(), &["analyze", "--format", "json"]);
    assert!(!out.contains("direct-prompt-injection@bot"));
    assert!(out.contains("\"disabled\": [\n      \"direct-prompt-injection\""), "a rule that is off is shown");
}

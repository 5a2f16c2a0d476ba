//! Formats, filters and exit codes.

use super::{CHAT, example, folder, run};
use serde_json::Value;

fn json(folder: &std::path::Path, args: &[&str]) -> Value {
    let (code, out, error) = run(folder, args);
    assert_eq!(code, 0, "{error}");
    serde_json::from_str(&out).expect("the output is JSON")
}

#[test]
fn the_terminal_shows_verdict_paths_and_what_to_do_first() {
    let (code, out, error) = run(&example("support-rag"), &["analyze", "--as-of", "2026-11-25"]);
    assert_eq!(code, 0, "{error}");
    for wanted in [
        "Support assistant",
        "almost certain",
        "open threats",
        "CRITICAL",
        "reviews → indexer → kb → assistant",
        "missing",
        "first",
        "next: telamon explain",
    ] {
        assert!(out.contains(wanted), "`{wanted}` is missing in\n{out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 100), "a line is wider than the terminal");
    assert!(!out.contains('\u{1b}'), "colour without a terminal");
}

#[test]
fn json_has_the_published_keys() {
    let folder = folder(CHAT);
    let analysis = json(folder.path(), &["analyze", "--format", "json", "--as-of", "2026-11-25"]);
    for key in [
        "version",
        "tool",
        "model",
        "as_of",
        "catalog",
        "rules",
        "weights",
        "summary",
        "zones",
        "components",
        "flows",
        "data",
        "threats",
        "decisions",
        "assumptions",
        "coverage",
        "assets",
        "attack_surface",
        "questions",
        "incidents",
        "diagnostics",
    ] {
        assert!(analysis.get(key).is_some(), "`{key}` is missing");
    }
    let threat = &analysis["threats"][0];
    for key in [
        "id",
        "rule",
        "title",
        "summary",
        "component",
        "components",
        "flows",
        "severity",
        "likelihood",
        "impact",
        "risk",
        "confidence",
        "persona",
        "stride",
        "cia",
        "harm",
        "frameworks",
        "paths",
        "more_paths",
        "controls",
        "remedies",
        "evidence",
        "incidents",
        "status",
        "decision",
        "location",
    ] {
        assert!(threat.get(key).is_some(), "`{key}` is missing in a threat");
    }
}

#[test]
fn the_same_bytes_come_out_twice() {
    let args = ["analyze", "--format", "json", "--as-of", "2026-11-25"];
    assert_eq!(run(&example("agent-mcp"), &args), run(&example("agent-mcp"), &args));
}

#[test]
fn several_formats_get_their_endings() {
    let folder = folder(CHAT);
    let formats = ["text", "json", "markdown", "sarif", "csv", "html"];
    let mut args = vec!["analyze", "-o", "out"];
    for format in formats {
        args.extend(["--format", format]);
    }
    let (code, _, error) = run(folder.path(), &args);
    assert_eq!(code, 0, "{error}");
    for ending in ["txt", "json", "md", "sarif", "csv", "html"] {
        let text = std::fs::read_to_string(folder.path().join(format!("out.{ending}"))).expect("it was written");
        assert!(text.contains("direct-prompt-injection"), "{ending}");
    }
}

#[test]
fn sarif_points_at_the_line_of_the_component() {
    let folder = folder(CHAT);
    let log = json(folder.path(), &["analyze", "--format", "sarif"]);
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let of_bot =
        results.iter().find(|result| result["ruleId"] == "direct-prompt-injection").expect("the threat is a result");
    let place = &of_bot["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "telamon.yaml");
    assert_eq!(place["region"]["startLine"], 4);
}

#[test]
fn fail_on_is_the_same_for_every_format() {
    let folder = folder(CHAT);
    for format in ["text", "json", "sarif", "csv", "markdown"] {
        let (code, _, _) = run(folder.path(), &["analyze", "--format", format, "--fail-on", "medium"]);
        assert_eq!(code, 1, "{format}");
        let (code, _, _) = run(folder.path(), &["analyze", "--format", format, "--fail-on", "critical"]);
        assert_eq!(code, 0, "{format}");
    }
}

#[test]
fn filters_narrow_and_say_so() {
    let rag = example("support-rag");
    let all = json(&rag, &["analyze", "--format", "json"])["threats"].as_array().expect("threats").len();
    let some = json(&rag, &["analyze", "--format", "json", "--stride", "I", "--min-severity", "medium"]);
    let shown = some["threats"].as_array().expect("threats");
    assert!(!shown.is_empty() && shown.len() < all);
    assert!(shown.iter().all(|threat| {
        threat["stride"].as_array().is_some_and(|words| words.iter().any(|word| word == "information-disclosure"))
    }));
    assert_eq!(some["hidden"]["threats"].as_u64(), Some((all - shown.len()) as u64));
    for framework in ["atlas", "owasp-llm@1.1", "owasp-llm@2025", "owasp-llm@2026", "owasp-asi", "stride", "cia"] {
        let part = json(&rag, &["analyze", "--format", "json", "--framework", framework]);
        assert!(!part["threats"].as_array().expect("threats").is_empty(), "{framework}");
    }
    let (code, out, error) = run(&rag, &["analyze", "--tactic", "AML.TA0002"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("Reconnaissance"), "{out}");
    let (code, out, error) = run(&rag, &["analyze", "--group-by", "component"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("assistant"), "{out}");
}

#[test]
fn reports_of_every_method() {
    let rag = example("support-rag");
    for method in ["stride", "pasta", "owasp", "full"] {
        let (code, out, error) = run(&rag, &["report", "--method", method, "--format", "markdown"]);
        assert_eq!(code, 0, "{error}");
        assert!(out.starts_with("# "), "{method}: {out}");
    }
    let (code, out, error) = run(&rag, &["report"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.starts_with("<!doctype html>"));
    assert!(out.contains("class=\"dfd"), "the diagram is in the page");
    assert!(!out.contains("src=\"http"), "the page loads nothing");
}

#[test]
fn diagrams_of_every_format() {
    let rag = example("support-rag");
    for (format, wanted) in [("svg", "<svg"), ("mermaid", "flowchart"), ("d2", "->"), ("dot", "digraph")] {
        let (code, out, error) = run(&rag, &["diagram", "--format", format]);
        assert_eq!(code, 0, "{error}");
        assert!(out.contains(wanted), "{format}: {out}");
    }
}

#[test]
fn sensitivity_names_threats_and_rows() {
    let (code, out, error) = run(&example("spam-classifier"), &["analyze", "--sensitivity"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("evasion@classifier") && out.contains("→"), "{out}");
}

#[test]
fn pinned_positions_stay_and_reach_the_report() {
    let folder = folder(CHAT);
    let (code, before, error) = run(folder.path(), &["diagram", "--pin"]);
    assert_eq!(code, 0, "{error}");
    let sidecar = folder.path().join("telamon.layout.yaml");
    let text = std::fs::read_to_string(&sidecar).expect("the positions");
    for id in ["user", "bot", "gpt"] {
        assert!(text.contains(id), "{text}");
    }
    assert_eq!(run(folder.path(), &["diagram"]).1, before, "pinned as drawn, it is drawn the same");
    let (code, page, error) = run(folder.path(), &["report", "--as-of", "2026-11-25"]);
    assert_eq!(code, 0, "{error}");
    let (_, again, _) = run(folder.path(), &["analyze", "--format", "html", "--as-of", "2026-11-25"]);
    assert!(page.contains("<svg") && again.contains("<svg"));
    std::fs::write(&sidecar, "nonsense: [").expect("a file");
    for args in [vec!["diagram"], vec!["report"], vec!["analyze", "--format", "html"]] {
        let (code, _, error) = run(folder.path(), &args);
        assert_eq!(code, 2, "{args:?}");
        assert!(error.contains("telamon.layout.yaml"), "{args:?}: {error}");
    }
    let out =
        super::telamon(folder.path()).args(["diagram", "-", "--pin"]).write_stdin(CHAT).output().expect("it runs");
    assert_eq!(out.status.code(), Some(2), "there is no place beside standard input");
}

#[test]
fn a_misspelt_threat_of_a_diagram_is_proposed() {
    let folder = folder(CHAT);
    let (code, _, error) = run(folder.path(), &["diagram", "--threat", "direct-promt-injection@bot"]);
    assert_eq!(code, 2);
    assert!(error.contains("did you mean `direct-prompt-injection@bot`?"), "{error}");
}

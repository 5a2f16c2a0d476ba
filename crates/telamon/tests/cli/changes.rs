//! What changed: `telamon diff`, and `--baseline` of an analysis.

use super::{CHAT, folder, run};
use serde_json::Value;
use std::path::Path;

/// `CHAT`, and beside it the same with two controls.
fn two() -> tempfile::TempDir {
    let folder = folder(CHAT);
    let new = CHAT.replace("zone: app }", "zone: app, controls: [rate-limiting, output-filtering] }");
    assert_ne!(new, CHAT);
    std::fs::write(folder.path().join("new.yaml"), new).expect("a file");
    folder
}

fn diff(folder: &Path, args: &[&str]) -> Value {
    let (code, out, error) = run(folder, &[&["diff", "--format", "json"], args].concat());
    assert_eq!(code, 0, "{args:?}: {error}");
    serde_json::from_str(&out).expect("JSON")
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|change| change["id"].as_str()).collect()
}

#[test]
fn a_model_does_not_differ_from_itself() {
    let folder = two();
    let value = diff(folder.path(), &["telamon.yaml", "telamon.yaml"]);
    for part in ["new", "changed", "gone", "elements"] {
        assert!(ids(&value[part]).is_empty(), "{part}: {value}");
    }
    assert!(value["same"].as_u64().is_some_and(|same| same > 0));
    let (code, out, _) = run(folder.path(), &["diff", "telamon.yaml", "."]);
    assert_eq!(code, 0);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("0 new, 0 changed, 0 gone, "), "{out}");
}

#[test]
fn the_control_that_changed_is_named() {
    let folder = two();
    let value = diff(folder.path(), &["telamon.yaml", "new.yaml"]);
    assert_eq!(ids(&value["elements"]), ["bot"]);
    let changes = value["elements"][0]["changes"].to_string();
    assert!(changes.contains("control rate-limiting: now implemented"), "{changes}");
    let moved: Vec<&Value> =
        ["changed", "gone"].iter().flat_map(|part| value[part].as_array().expect("a list")).collect();
    assert!(!moved.is_empty(), "{value}");
    for change in moved {
        assert!(change["because"].to_string().contains("component bot: control "), "{change}");
    }
    let (_, text, _) = run(folder.path(), &["diff", "telamon.yaml", "new.yaml"]);
    assert!(text.contains("because component bot: control "), "{text}");
    let (_, text, _) = run(folder.path(), &["diff", "telamon.yaml", "new.yaml", "--format", "markdown"]);
    assert!(text.starts_with("## Threats of Chat: ") && text.contains("| component `bot` | control "), "{text}");
}

#[test]
fn the_other_way_round_new_and_gone_change_places() {
    let folder = two();
    let there = diff(folder.path(), &["telamon.yaml", "new.yaml"]);
    let back = diff(folder.path(), &["new.yaml", "telamon.yaml"]);
    assert_eq!(ids(&there["new"]), ids(&back["gone"]));
    assert_eq!(ids(&there["gone"]), ids(&back["new"]));
    let (code, ..) = run(folder.path(), &["diff", "telamon.yaml", "new.yaml", "--fail-on", "medium"]);
    assert_eq!(code, 0, "what remains behind a control is low");
    let (code, ..) = run(folder.path(), &["diff", "new.yaml", "telamon.yaml", "--fail-on", "medium"]);
    assert_eq!(code, 1);
    let (code, ..) = run(folder.path(), &["diff", "new.yaml", "telamon.yaml"]);
    assert_eq!(code, 0, "without --fail-on nothing fails");
}

#[test]
fn an_analysis_stands_for_its_model() {
    let folder = two();
    let write = ["analyze", "--format", "json", "-o", "old.json"];
    assert_eq!(run(folder.path(), &write).0, 0);
    let models = diff(folder.path(), &["telamon.yaml", "new.yaml"]);
    assert_eq!(diff(folder.path(), &["old.json", "new.yaml"]), models);
    assert!(ids(&diff(folder.path(), &["old.json", "."])["elements"]).is_empty());
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let folder = two();
    std::fs::write(folder.path().join("half.json"), "{\"threats\": [], \"summary\": {}}").expect("a file");
    std::fs::write(folder.path().join("broken.json"), "{").expect("a file");
    for (args, wanted) in [
        (["diff", "nope.yaml", "."].as_slice(), "`nope.yaml`"),
        (&["diff", ".", "nope.json"], "`nope.json`"),
        (&["diff", "half.json", "."], "is no analysis that this version can read"),
        (&["diff", "broken.json", "."], "broken.json:1:1"),
        (&["diff", "."], "required"),
        (&["diff", ".", ".", "--fail-on", "hi"], "possible values: low, medium, high, critical"),
        (&["diff", ".", ".", "--as-of", "soon"], "is no date"),
    ] {
        let (code, out, error) = run(folder.path(), args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {error}");
        assert!(error.contains(wanted), "{args:?}: {error}");
    }
}

#[test]
fn a_baseline_hides_what_was_there() {
    let folder = two();
    let path = folder.path();
    assert_eq!(run(path, &["analyze", "--format", "json", "-o", "base.json"]).0, 0);
    assert_eq!(run(path, &["analyze", "-q", "--fail-on", "low"]).0, 1);
    let (code, out, error) = run(path, &["analyze", "--baseline", "base.json", "--fail-on", "low"]);
    assert_eq!(code, 0, "{out}{error}");
    assert!(error.contains("stand in the baseline"), "{error}");
    assert!(!out.contains("direct-prompt-injection@bot"), "{out}");
    // What controls held in the baseline is open in the model without them.
    assert_eq!(run(path, &["analyze", "new.yaml", "--format", "json", "-o", "better.json"]).0, 0);
    let (code, out, _) = run(path, &["analyze", "--baseline", "better.json", "--fail-on", "low", "--format", "json"]);
    assert_eq!(code, 1, "{out}");
    let analysis: Value = serde_json::from_str(&out).expect("JSON");
    let diff = diff(path, &["new.yaml", "telamon.yaml"]);
    for id in ids(&diff["new"]).into_iter().chain(ids(&diff["changed"])) {
        assert!(ids(&analysis["threats"]).contains(&id), "{id}");
    }
}

#[test]
fn a_baseline_knows_a_threat_only_while_its_decision_holds() {
    let accepted = format!(
        "{CHAT}decisions:\n  - {{ threat: direct-prompt-injection@bot, response: accept, why: holds nothing, by: owner, until: 2027-05-31 }}\n"
    );
    let folder = folder(&accepted);
    let path = folder.path();
    let write = ["analyze", "--as-of", "2026-11-25", "--format", "json", "-o", "base.json"];
    assert_eq!(run(path, &write).0, 0);
    let shown = |as_of: &str| {
        let args = ["analyze", "--baseline", "base.json", "--as-of", as_of, "--format", "json"];
        run(path, &args).1.contains("\"id\": \"direct-prompt-injection@bot\"")
    };
    assert!(!shown("2026-11-26"), "accepted, as it was");
    assert!(shown("2027-06-01"), "the acceptance is over");
}

#[test]
fn a_model_is_no_baseline() {
    let folder = two();
    for baseline in ["telamon.yaml", "nope.json", "."] {
        let (code, out, error) = run(folder.path(), &["analyze", "--baseline", baseline]);
        assert_eq!((code, out.as_str()), (2, ""), "{error}");
        assert!(error.contains(&format!("`{baseline}`")), "{error}");
    }
    let (_, _, error) = run(folder.path(), &["analyze", "--baseline", "telamon.yaml"]);
    assert!(error.contains("is no baseline; write one with `telamon analyze --format json"), "{error}");
    assert!(!error.contains("-o telamon.yaml"), "nobody is told to write over the model: {error}");
}

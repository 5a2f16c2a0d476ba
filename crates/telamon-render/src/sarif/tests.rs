use std::collections::BTreeSet;

use telamon_engine::analysis::Status;

use super::*;
use crate::filter::{Filter, Tactics};
use crate::fixture;

fn all(analysis: &Analysis) -> Value {
    serde_json::from_str(&render(analysis, &Selection::all(analysis))).unwrap()
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

fn result<'a>(log: &'a Value, id: &str) -> &'a Value {
    let found = results(log).iter().find(|result| result["properties"]["threatId"] == id);
    found.unwrap()
}

#[test]
fn the_fixed_analysis_gives_the_golden_file() {
    let analysis = fixture::analysis();
    let text = render(&analysis, &Selection::all(&analysis));
    fixture::golden("analysis.sarif", &text);
}

#[test]
fn every_reference_points_at_what_it_names() {
    let log = all(&fixture::analysis());
    let run = &log["runs"][0];
    let rules = &run["tool"]["driver"]["rules"];
    let points_right = |reference: &Value| {
        let component = reference["toolComponent"]["index"].as_u64().unwrap() as usize;
        let entry = reference["index"].as_u64().unwrap() as usize;
        let taxonomy = &run["taxonomies"][component];
        assert_eq!(taxonomy["taxa"][entry]["id"], reference["id"]);
        assert_eq!(taxonomy["name"], reference["toolComponent"]["name"]);
    };
    for result in results(&log) {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        result["taxa"].as_array().unwrap().iter().for_each(points_right);
    }
    for rule in rules.as_array().unwrap() {
        for relationship in rule["relationships"].as_array().unwrap() {
            points_right(&relationship["target"]);
        }
    }
}

#[test]
fn a_host_finds_line_level_and_fingerprint_of_each_threat() {
    let log = all(&fixture::analysis());
    let mut hashes = BTreeSet::new();
    for result in results(&log) {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "examples/support-rag/telamon.yaml");
        assert!(place["region"]["startLine"].as_u64().unwrap() > 1);
        hashes.insert(result["partialFingerprints"]["primaryLocationLineHash"].to_string());
    }
    assert_eq!(hashes.len(), 15);
    let worst = result(&log, "indirect-prompt-injection@assistant");
    assert_eq!(worst["level"], "error");
    assert_eq!(worst["rank"], 80);
    assert_eq!(worst["locations"][0]["physicalLocation"]["region"]["startLine"], 20);
    assert_eq!(worst["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap().len(), 5);
    assert_eq!(result(&log, "no-record@assistant")["level"], "note");
}

#[test]
fn a_fingerprint_does_not_change_with_the_place() {
    let mut analysis = fixture::analysis();
    let before = all(&analysis);
    for threat in &mut analysis.threats {
        threat.location.as_mut().unwrap().line += 100;
        threat.title.push('!');
    }
    let after = all(&analysis);
    for (before, after) in results(&before).iter().zip(results(&after)) {
        assert_eq!(before["partialFingerprints"], after["partialFingerprints"]);
        assert_ne!(before["locations"], after["locations"]);
    }
}

#[test]
fn mitigated_and_decided_threats_are_suppressed_and_others_not() {
    let mut analysis = fixture::analysis();
    let review = analysis.threats.iter().position(|threat| threat.status == Status::Review);
    let id = analysis.threats[review.unwrap()].id.clone();
    let log = all(&analysis);
    assert!(result(&log, &id).get("suppressions").is_none());
    assert!(result(&log, "cost-harvesting@assistant").get("suppressions").is_none());
    let held = result(&log, "stolen-session@chat");
    assert_eq!((&held["kind"], &held["level"]), (&json!("pass"), &json!("none")));
    assert_eq!(
        held["suppressions"][0]["justification"],
        "held by controls in place: authentication on chat (verified)"
    );

    analysis.threats[review.unwrap()].status = Status::Accepted;
    let log = all(&analysis);
    let suppression = &result(&log, &id)["suppressions"][0];
    assert_eq!(suppression["kind"], "inSource");
    assert_eq!(suppression["status"], "accepted");
    assert_eq!(suppression["location"]["physicalLocation"]["region"]["startLine"], 47);
    assert!(suppression["justification"].as_str().unwrap().starts_with("accepted by product owner"));
    assert_eq!(result(&log, &id)["kind"], "fail");
}

#[test]
fn a_threat_without_a_place_stands_at_its_component_or_the_top() {
    let mut analysis = fixture::analysis();
    analysis.threats[0].location = None;
    analysis.threats[1].location = None;
    analysis.threats[1].component = "nowhere".into();
    analysis.threats[1].paths[0].hops[0].location = None;
    let log = all(&analysis);
    let line = |index: usize| results(&log)[index]["locations"][0]["physicalLocation"]["region"]["startLine"].clone();
    assert_eq!(line(0), 20);
    assert_eq!(line(1), 1);
    let steps = &results(&log)[1]["codeFlows"][0]["threadFlows"][0]["locations"];
    assert_eq!(steps.as_array().unwrap().len(), 3);
}

#[test]
fn a_rule_takes_the_worst_severity_of_its_live_threats() {
    let mut analysis = fixture::analysis();
    let mut other = analysis.threats[9].clone();
    other.id = "no-record@chat".into();
    other.severity = telamon_engine::analysis::Severity::High;
    analysis.threats.push(other);
    let log = all(&analysis);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "no-record").unwrap();
    assert_eq!(rule["properties"]["security-severity"], "8.0");
    assert!(rule["properties"]["tags"].as_array().unwrap().contains(&json!("external/cwe/cwe-778")));
}

#[test]
fn what_is_hidden_is_said_and_nothing_found_is_a_result_too() {
    let analysis = fixture::analysis();
    let filter = Filter { framework: Some("owasp-ml".parse().unwrap()), ..Filter::default() };
    let selection = filter.select(&analysis, &Tactics::default());
    let log: Value = serde_json::from_str(&render(&analysis, &selection)).unwrap();
    assert_eq!(log["runs"][0]["results"], json!([]));
    assert_eq!(log["runs"][0]["properties"]["hiddenThreats"], 15);
    assert!(log["runs"][0].get("taxonomies").is_none());
}

#[test]
fn brackets_in_a_title_make_no_link() {
    let mut analysis = fixture::analysis();
    analysis.threats[0].title = "see [here](1)".into();
    let log = all(&analysis);
    let text = results(&log)[0]["message"]["text"].as_str().unwrap();
    assert!(text.starts_with(r"see \[here\](1)."));
}

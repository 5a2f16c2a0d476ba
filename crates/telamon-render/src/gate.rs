//! Breaches of a policy as SARIF 2.1.0: one result each, on the line of the model that it is about.

use crate::sarif::place;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use telamon_engine::Breach;
use telamon_engine::analysis::Analysis;

/// What each part of a policy asks for.
const CHECKS: [(&str, &str); 5] = [
    ("max-open", "No open threat is above the severity that the policy allows"),
    ("decision", "No decision is expired, overdue or to be reviewed"),
    ("disabled-rule", "No rule is switched off"),
    ("checklist", "Every entry of the lists is accounted for"),
    ("required-control", "Components of some kinds state the controls that they must have"),
];

/// A SARIF log with one run, indented, ended by a line feed.
pub fn sarif(analysis: &Analysis, breaches: &[Breach]) -> String {
    let used: BTreeSet<&str> = breaches.iter().map(|breach| breach.check.as_str()).collect();
    let rules: Vec<Value> = CHECKS
        .iter()
        .filter(|(id, _)| used.contains(id))
        .map(|(id, says)| json!({ "id": format!("gate/{id}"), "shortDescription": { "text": says } }))
        .collect();
    let results: Vec<Value> = breaches
        .iter()
        .map(|breach| {
            let start = place::start_of(&analysis.model.file);
            json!({
                "ruleId": format!("gate/{}", breach.check),
                "level": "error",
                "message": { "text": format!("{}: {}", breach.about, breach.says) },
                "locations": [place::location(breach.location.as_ref().unwrap_or(&start))],
                "partialFingerprints": { "telamonGate/v1": format!("{}:{}", breach.check, breach.about) },
            })
        })
        .collect();
    let log = json!({
        "$schema": crate::sarif::SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": analysis.tool.name,
                "version": analysis.tool.version,
                "semanticVersion": analysis.tool.version,
                "rules": rules,
            } },
            "automationDetails": { "id": format!("gate/{}/", place::uri(&analysis.model.file)) },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

//! The analysis as SARIF 2.1.0, the format in which code hosts and scanners
//! exchange findings. A host shows each threat on the line of the model file
//! where its component is written.
//!
//! - A live threat is a result of kind `fail`. A mitigated one is kept with
//!   kind `pass`, level `none` and a suppression, so that hosts which know no
//!   kinds do not raise an alert for it.
//! - A decided threat is suppressed in source, with the reason. A decision
//!   that is to be reviewed suppresses nothing.
//! - The fingerprint is made from the threat id: an alert stays the same one
//!   while the model is rearranged.

pub(crate) mod place;
mod result;
mod rules;

use serde_json::{Map, Value, json};
use telamon_engine::analysis::{Analysis, DiagnosticInfo};

use crate::filter::Selection;
use crate::words;
use rules::{Rules, Taxonomies};

pub(crate) const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The selected threats as a SARIF log with one run, indented, ended by a
/// line feed.
pub fn render(analysis: &Analysis, selection: &Selection) -> String {
    let mut text = serde_json::to_string_pretty(&log(analysis, selection)).unwrap_or_default();
    text.push('\n');
    text
}

fn log(analysis: &Analysis, selection: &Selection) -> Value {
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [run(analysis, selection)],
    })
}

fn run(analysis: &Analysis, selection: &Selection) -> Value {
    let taxonomies = Taxonomies::of(analysis, &selection.shown);
    let rules = Rules::of(analysis, &selection.shown);
    let results: Vec<Value> =
        selection.shown.iter().map(|threat| result::of(analysis, threat, &rules, &taxonomies)).collect();
    let notifications: Vec<Value> = analysis.diagnostics.iter().map(notification).collect();
    let mut run = json!({
        "tool": {
            "driver": {
                "name": words::plain(&analysis.tool.name),
                "version": words::plain(&analysis.tool.version),
                "semanticVersion": words::plain(&analysis.tool.version),
                "rules": rules.descriptors(&taxonomies),
                "supportedTaxonomies": taxonomies.references(),
            }
        },
        // One category for each model, so that two models of one repository
        // do not close each other's alerts.
        "automationDetails": { "id": format!("threat-model/{}/", place::uri(&analysis.model.file)) },
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": true,
            "toolExecutionNotifications": notifications,
        }],
        // Stays even when empty: the run was made and found nothing.
        "results": results,
        "properties": properties(analysis, selection),
    });
    let components = taxonomies.components();
    if let (Some(map), false) = (run.as_object_mut(), components.is_empty()) {
        map.insert("taxonomies".into(), components.into());
    }
    run
}

fn properties(analysis: &Analysis, selection: &Selection) -> Value {
    let mut bag = Map::new();
    bag.insert("system".into(), words::plain(&analysis.model.system).into());
    bag.insert("asOf".into(), words::plain(&analysis.as_of).into());
    bag.insert("modelDigest".into(), analysis.model.digest.clone().into());
    bag.insert("rulesDigest".into(), analysis.rules.digest.clone().into());
    bag.insert("rulesDisabled".into(), analysis.rules.disabled.clone().into());
    bag.insert("rulesChanged".into(), analysis.rules.changed.clone().into());
    if selection.hidden() > 0 {
        bag.insert("hiddenThreats".into(), selection.hidden().into());
        bag.insert("hiddenBecause".into(), selection.says().into());
    }
    Value::Object(bag)
}

fn notification(diagnostic: &DiagnosticInfo) -> Value {
    let level = match diagnostic.severity.as_str() {
        "error" => "error",
        "note" => "note",
        _ => "warning",
    };
    let mut value = json!({
        "descriptor": { "id": words::plain(&diagnostic.code) },
        "level": level,
        "message": { "text": result::message(&diagnostic.message) },
    });
    if let (Some(map), Some(at)) = (value.as_object_mut(), &diagnostic.location) {
        map.insert("locations".into(), json!([place::location(at)]));
    }
    value
}

#[cfg(test)]
#[path = "sarif/tests.rs"]
mod tests;

//! One threat as a SARIF result.

use serde_json::{Map, Value, json};
use telamon_engine::analysis::{Analysis, Location, Path, Severity, Status, Threat};

use super::place;
use super::rules::{Rules, Taxonomies};
use crate::words;

pub fn of(analysis: &Analysis, threat: &Threat, rules: &Rules, taxonomies: &Taxonomies) -> Value {
    let mitigated = threat.status == Status::Mitigated;
    let severity = words::effective(threat);
    let at = location(analysis, threat);
    let mut result = Map::new();
    result.insert("ruleId".into(), words::plain(&threat.rule).into());
    if let Some(index) = rules.index(&threat.rule) {
        result.insert("ruleIndex".into(), index.into());
    }
    result.insert("kind".into(), if mitigated { "pass" } else { "fail" }.into());
    // The format allows no other level for what is not a failure.
    let level = if mitigated { "none" } else { level(severity) };
    result.insert("level".into(), level.into());
    result.insert("message".into(), json!({ "text": says(threat) }));
    result.insert(
        "locations".into(),
        json!([{
            "physicalLocation": place::physical(&at),
            "logicalLocations": [{
                "name": words::plain(&threat.component),
                "fullyQualifiedName": words::plain(&threat.component),
                "kind": "component",
            }],
        }]),
    );
    result.insert("partialFingerprints".into(), fingerprints(&threat.id));
    let flows: Vec<Value> = threat.paths.iter().filter_map(code_flow).collect();
    if !flows.is_empty() {
        result.insert("codeFlows".into(), flows.into());
    }
    if let Some(suppression) = suppression(analysis, threat) {
        result.insert("suppressions".into(), json!([suppression]));
    }
    let taxa: Vec<Value> = threat.frameworks.iter().filter_map(|entry| taxonomies.reference(entry)).collect();
    if !taxa.is_empty() {
        result.insert("taxa".into(), taxa.into());
    }
    let (likelihood, impact) = words::effective_cell(threat);
    let rank = u32::from(likelihood.min(5)) * u32::from(impact.min(5)) * 4;
    result.insert("rank".into(), rank.into());
    result.insert("properties".into(), properties(threat, severity));
    Value::Object(result)
}

/// The place of the threat, or of its component, or the top of the model.
fn location(analysis: &Analysis, threat: &Threat) -> Location {
    let component = || {
        let mut components = analysis.components.iter();
        components.find(|component| component.id == threat.component)
    };
    threat
        .location
        .clone()
        .or_else(|| component().and_then(|component| component.location.clone()))
        .unwrap_or_else(|| place::start_of(&analysis.model.file))
}

/// The level that hosts show for a severity.
pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// Plain text for a message. A bracket would begin a link there, so it is
/// escaped as the format demands.
pub fn message(text: &str) -> String {
    words::plain(text).replace('[', "\\[").replace(']', "\\]")
}

fn says(threat: &Threat) -> String {
    let mut sentences = vec![sentence(&threat.title)];
    if !threat.summary.is_empty() {
        sentences.push(message(&threat.summary));
    }
    let missing: Vec<String> = threat
        .controls
        .missing
        .iter()
        .map(|control| format!("{} on {} ({})", control.id, control.on, words::spoken(&control.stated)))
        .collect();
    if !missing.is_empty() {
        sentences.push(sentence(&format!("Missing: {}", missing.join(", "))));
    }
    if let Some(remedy) = threat.remedies.first() {
        sentences.push(sentence(&format!("First: {}", remedy.says)));
    }
    sentences.join(" ")
}

/// A message with one full stop at its end.
fn sentence(text: &str) -> String {
    format!("{}.", message(text.trim_end_matches('.')))
}

/// The id in clear for tools that compare runs, and as a number under the
/// name by which hosts follow an alert through changes of the file.
fn fingerprints(id: &str) -> Value {
    json!({
        "threatId/v1": words::plain(id),
        "primaryLocationLineHash": format!("{:016x}:1", fnv1a(id)),
    })
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): short, and the same everywhere.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A path as steps on the lines where its elements are written. A hop whose
/// place is not known is left out: hosts refuse a step without one.
fn code_flow(path: &Path) -> Option<Value> {
    let steps: Vec<Value> = path
        .hops
        .iter()
        .enumerate()
        .filter_map(|(index, hop)| {
            let at = hop.location.as_ref()?;
            let mut text = message(&hop.element);
            if hop.unguarded {
                text.push_str(": entered without a control");
            }
            Some(json!({
                "executionOrder": index + 1,
                "importance": if hop.unguarded { "essential" } else { "important" },
                "location": {
                    "physicalLocation": place::physical(at),
                    "message": { "text": text },
                },
            }))
        })
        .collect();
    if steps.is_empty() {
        return None;
    }
    let label = words::spoken(&path.label);
    let hops = words::hops(path).join(" → ");
    Some(json!({
        "message": { "text": message(&format!("{label}: {hops}")) },
        "threadFlows": [{ "locations": steps }],
    }))
}

/// Why nobody has to act; none for what is live.
fn suppression(analysis: &Analysis, threat: &Threat) -> Option<Value> {
    if words::is_live(threat.status) {
        return None;
    }
    let mut because = words::decided(analysis, threat).unwrap_or_default();
    if threat.status == Status::Mitigated {
        let present: Vec<String> = threat
            .controls
            .present
            .iter()
            .map(|control| format!("{} on {} ({})", control.id, control.on, control.state))
            .collect();
        let held = words::plain(&format!("held by controls in place: {}", present.join(", ")));
        because = if because.is_empty() { held } else { format!("{held}; {because}") };
    }
    let mut suppression = json!({
        // Controls and decisions stand in the model file itself.
        "kind": "inSource",
        "status": "accepted",
        "justification": because,
    });
    let decision = words::decision(analysis, threat);
    let at = decision.and_then(|decision| decision.location.as_ref());
    if let (Some(map), Some(at)) = (suppression.as_object_mut(), at) {
        map.insert("location".into(), place::location(at));
    }
    Some(suppression)
}

fn properties(threat: &Threat, severity: Severity) -> Value {
    let (likelihood, impact) = words::effective_cell(threat);
    json!({
        "threatId": words::plain(&threat.id),
        "severity": words::severity(severity),
        "likelihood": likelihood,
        "impact": impact,
        "inherentSeverity": words::severity(threat.risk.inherent.severity),
        "targetSeverity": words::severity(threat.risk.target.severity),
        "status": words::status(threat.status),
        "confidence": words::confidence(threat.confidence),
        "persona": crate::filter::persona_word(threat.persona),
        "stride": threat.stride,
    })
}

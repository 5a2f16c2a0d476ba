//! What changed between two analyses: threats that are new, gone or weigh otherwise, and the elements behind it.

use crate::analysis::{Analysis, Severity, StatedControl, Status, Threat};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What changed from one analysis to a later one.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Diff {
    /// Elements that changed, by id.
    pub elements: Vec<ElementChange>,
    /// Threats that only the later one has open.
    pub new: Vec<ThreatChange>,
    /// Threats that only the earlier one has open.
    pub gone: Vec<ThreatChange>,
    /// Threats open in both that weigh otherwise.
    pub changed: Vec<ThreatChange>,
    /// Threats open in both that are as they were.
    pub same: usize,
    /// True when the rules differ, so that a change may come from them.
    pub other_rules: bool,
}

/// An element that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElementChange {
    /// Id: of a component, a flow, a zone or a data asset.
    pub id: String,
    /// component, flow, zone, data.
    pub sort: String,
    /// What differs, one line each: `added`, `removed`, `control rate-limiting: absent, now implemented`.
    pub changes: Vec<String>,
}

/// A threat that differs.
#[derive(Debug, Clone, Serialize)]
pub struct ThreatChange {
    /// Threat id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Severity before; none for a new one.
    pub before: Option<Severity>,
    /// Severity after; none for one that is gone.
    pub after: Option<Severity>,
    /// Status after, or before where it is gone.
    pub status: Status,
    /// Changes of elements on the threat or on its paths.
    pub because: Vec<String>,
}

/// Compares two analyses of a system.
pub fn diff(old: &Analysis, new: &Analysis) -> Diff {
    let elements = elements(old, new);
    let why: BTreeMap<&str, &ElementChange> = elements.iter().map(|change| (change.id.as_str(), change)).collect();
    let before: BTreeMap<&str, &Threat> = old.threats.iter().map(|threat| (threat.id.as_str(), threat)).collect();
    let after: BTreeMap<&str, &Threat> = new.threats.iter().map(|threat| (threat.id.as_str(), threat)).collect();
    let mut result = Diff { other_rules: old.rules.digest != new.rules.digest, ..Diff::default() };
    for threat in new.threats.iter().filter(|threat| is_open(threat)) {
        let was = before.get(threat.id.as_str()).copied().filter(|was| is_open(was));
        match was {
            None => result.new.push(change(threat, None, Some(threat.severity), because(&why, &[threat]))),
            Some(was) if (was.severity, was.status) != (threat.severity, threat.status) => {
                let reasons = because(&why, &[threat, was]);
                result.changed.push(change(threat, Some(was.severity), Some(threat.severity), reasons));
            }
            Some(_) => result.same += 1,
        }
    }
    for threat in old.threats.iter().filter(|threat| is_open(threat)) {
        let now = after.get(threat.id.as_str()).copied();
        if now.is_none_or(|now| !is_open(now)) {
            let mut reasons = because(&why, &[threat]);
            let mut gone = change(threat, Some(threat.severity), None, Vec::new());
            if let Some(now) = now {
                gone.status = now.status;
                if !now.status_because.is_empty() {
                    reasons.insert(0, now.status_because.clone());
                }
            }
            gone.because = reasons;
            result.gone.push(gone);
        }
    }
    drop(why);
    result.elements = elements;
    result
}

/// What somebody accepted is known; what a control stops is answered.
fn is_open(threat: &Threat) -> bool {
    threat.status.is_live()
}

fn change(threat: &Threat, before: Option<Severity>, after: Option<Severity>, because: Vec<String>) -> ThreatChange {
    ThreatChange { id: threat.id.clone(), title: threat.title.clone(), before, after, status: threat.status, because }
}

/// Changes of elements that a threat touches; where there are none, of elements elsewhere on its paths.
fn because(why: &BTreeMap<&str, &ElementChange>, threats: &[&Threat]) -> Vec<String> {
    let mut touched: BTreeSet<&str> = BTreeSet::new();
    for threat in threats {
        touched.extend(threat.components.iter().chain(&threat.flows).map(String::as_str));
        for hop in threat.paths.iter().flat_map(|path| &path.hops) {
            touched.insert(&hop.element);
        }
    }
    let mut reasons: Vec<String> = Vec::new();
    for change in touched.iter().filter_map(|id| why.get(id)) {
        reasons.extend(change.changes.iter().map(|what| format!("{} {}: {what}", change.sort, change.id)));
    }
    reasons
}

type Facts = BTreeMap<String, String>;

fn elements(old: &Analysis, new: &Analysis) -> Vec<ElementChange> {
    let (before, after) = (facts(old), facts(new));
    let ids: BTreeSet<&(String, &'static str)> = before.keys().chain(after.keys()).collect();
    let mut list = Vec::new();
    for key in ids {
        let changes = match (before.get(key), after.get(key)) {
            (None, Some(_)) => vec!["added".to_owned()],
            (Some(_), None) => vec!["removed".to_owned()],
            (Some(was), Some(now)) => differences(was, now),
            (None, None) => Vec::new(),
        };
        if !changes.is_empty() {
            list.push(ElementChange { id: key.0.clone(), sort: key.1.to_owned(), changes });
        }
    }
    list
}

fn differences(was: &Facts, now: &Facts) -> Vec<String> {
    let names: BTreeSet<&String> = was.keys().chain(now.keys()).collect();
    names
        .into_iter()
        .filter(|name| was.get(*name) != now.get(*name))
        .map(|name| match (was.get(name), now.get(name)) {
            (Some(was), Some(now)) => format!("{name}: {was}, now {now}"),
            (Some(was), None) => format!("{name}: {was}, now not stated"),
            (None, Some(now)) => format!("{name}: now {now}"),
            (None, None) => name.clone(),
        })
        .collect()
}

/// What is said of each element, by name of the fact. Names for people and captions change no threat.
fn facts(analysis: &Analysis) -> BTreeMap<(String, &'static str), Facts> {
    let mut all = BTreeMap::new();
    let list = |words: &[String]| words.join(", ");
    for component in &analysis.components {
        let mut facts: Facts = component.attributes.clone();
        facts.insert("kind".into(), list(&component.kinds));
        facts.insert("zone".into(), component.zone.clone());
        facts.insert("operator".into(), component.operator.clone());
        facts.insert("holds".into(), list(&component.holds));
        controls(&mut facts, &component.controls);
        all.insert((component.id.clone(), "component"), facts);
    }
    for flow in &analysis.flows {
        let facts = Facts::from([
            ("carries".into(), list(&flow.carries)),
            ("answers".into(), list(&flow.answers)),
            ("data".into(), list(&flow.data)),
        ]);
        all.insert((flow.id.clone(), "flow"), facts);
    }
    for zone in &analysis.zones {
        let mut facts = Facts::from([
            ("trust".into(), zone.trust.clone()),
            ("parent".into(), zone.parent.clone().unwrap_or_default()),
            ("operator".into(), zone.operator.clone()),
        ]);
        controls(&mut facts, &zone.controls);
        all.insert((zone.id.clone(), "zone"), facts);
    }
    for data in &analysis.data {
        let facts = Facts::from([
            ("classification".into(), data.classification.clone()),
            ("contains".into(), list(&data.contains)),
            ("held by".into(), list(&data.held_by)),
        ]);
        all.insert((data.id.clone(), "data"), facts);
    }
    for facts in all.values_mut() {
        facts.retain(|_, value| !value.is_empty());
    }
    all
}

fn controls(facts: &mut Facts, stated: &[StatedControl]) {
    for control in stated {
        facts.insert(format!("control {}", control.id), control.state.clone());
    }
}

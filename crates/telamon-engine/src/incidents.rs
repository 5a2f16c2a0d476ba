//! Incidents: case studies whose techniques a system allows.

use crate::analysis::{Incident, Status, Threat};
use std::collections::BTreeSet;
use telamon_catalog::{Catalog, EntryType};
use telamon_rules::Rule;

/// How many incidents a threat names.
const OF_THREAT: usize = 3;
/// How many incidents an analysis names.
const OF_SYSTEM: usize = 10;

/// Ids of case studies in which a technique of the rule was used, fewest other steps first.
pub(crate) fn of_rule(catalog: &Catalog, rule: &Rule) -> Vec<String> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for mapping in &rule.maps {
        let edition = (!mapping.edition.is_empty()).then_some(mapping.edition.as_str());
        let Some(framework) = catalog.get(&mapping.framework, edition) else {
            continue;
        };
        for entry in framework.entries.iter().filter(|entry| entry.kind == EntryType::CaseStudy) {
            let used = entry.steps.iter().any(|step| mapping.ids.contains(&step.technique));
            if used && !found.iter().any(|(_, id)| *id == entry.id) {
                found.push((entry.steps.len(), &entry.id));
            }
        }
    }
    found.sort_unstable();
    found.into_iter().take(OF_THREAT).map(|(_, id)| id.to_owned()).collect()
}

/// Incidents most of whose techniques apply to the system, the largest share first.
pub(crate) fn of_system(catalog: &Catalog, threats: &[Threat]) -> Vec<Incident> {
    let open: Vec<&Threat> = threats
        .iter()
        .filter(|threat| threat.status != Status::Mitigated && threat.status != Status::FalsePositive)
        .collect();
    let mut found = Vec::new();
    // Only a framework that a threat is mapped to can have a case study that shares its techniques.
    let named: BTreeSet<(&str, &str)> = open
        .iter()
        .flat_map(|threat| &threat.frameworks)
        .map(|of| (of.framework.as_str(), of.edition.as_str()))
        .collect();
    for (framework, edition) in named {
        let Some(framework) = catalog.get(framework, Some(edition)) else {
            continue;
        };
        for entry in framework.entries.iter().filter(|entry| entry.kind == EntryType::CaseStudy) {
            let techniques: BTreeSet<&str> = entry.steps.iter().map(|step| step.technique.as_str()).collect();
            let mut shared = BTreeSet::new();
            let mut ids = Vec::new();
            for threat in &open {
                let own: Vec<&str> = threat
                    .frameworks
                    .iter()
                    .filter(|of| of.framework == framework.framework && techniques.contains(of.id.as_str()))
                    .map(|of| of.id.as_str())
                    .collect();
                if !own.is_empty() {
                    shared.extend(own);
                    ids.push(threat.id.clone());
                }
            }
            if shared.len() >= 2 {
                ids.truncate(5);
                found.push(Incident {
                    id: entry.id.clone(),
                    name: entry.name.clone(),
                    date: entry.incident_date.clone().unwrap_or_default(),
                    shared: shared.into_iter().map(ToOwned::to_owned).collect(),
                    steps: techniques.len(),
                    threats: ids,
                });
            }
        }
    }
    found.sort_by(|a, b| {
        (b.shared.len() * a.steps.max(1), b.shared.len(), &a.id).cmp(&(
            a.shared.len() * b.steps.max(1),
            a.shared.len(),
            &b.id,
        ))
    });
    found.truncate(OF_SYSTEM);
    found
}

//! What the procedure of each published incident would meet in this system, step by step.

use crate::analysis::{Analysis, Coverage};
use serde::Serialize;
use std::collections::BTreeMap;
use telamon_catalog::{Catalog, EntryType};

/// A published incident against a system.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// Id of the case study.
    pub id: String,
    /// Framework id.
    pub framework: String,
    /// Edition.
    pub edition: String,
    /// Official name.
    pub name: String,
    /// When it happened, as precisely as the source says.
    pub date: String,
    /// `incident` or `exercise`.
    pub sort: String,
    /// Steps inside a system that this one allows.
    pub open: usize,
    /// Steps inside a system that a control of this one stops.
    pub stopped: usize,
    /// Steps inside a system, of whatever state: the others are the attacker's preparation.
    pub inside: usize,
    /// True when this system allows at least two of the steps, and at least two of three that are inside.
    pub like_yours: bool,
    /// All steps in the order of the procedure.
    pub steps: Vec<CaseStep>,
}

/// One step of a procedure.
#[derive(Debug, Clone, Serialize)]
pub struct CaseStep {
    /// Name of the tactic.
    pub tactic: String,
    /// Id of the technique.
    pub technique: String,
    /// Name of the technique.
    pub name: String,
    /// What it meets here.
    pub state: StepState,
    /// Why.
    pub because: String,
    /// Threats that are this step.
    pub threats: Vec<String>,
}

/// What a step of a procedure meets in a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// The architecture allows it.
    Open,
    /// A control stops it.
    Stopped,
    /// Nothing here allows it.
    NotHere,
    /// It hangs on what the model does not say.
    CannotTell,
    /// It happens on the attacker's side.
    Outside,
}

/// Every published incident of the frameworks, those first that this system allows most of.
pub fn cases(catalog: &Catalog, analysis: &Analysis) -> Vec<Case> {
    let coverage: BTreeMap<(&str, &str, &str), &Coverage> = analysis
        .coverage
        .iter()
        .map(|entry| ((entry.framework.as_str(), entry.edition.as_str(), entry.id.as_str()), entry))
        .collect();
    let mut list = Vec::new();
    // A case stands in several editions; the default one tells it.
    for (id, edition, _) in catalog.editions().filter(|(id, _, default)| *default && catalog.is_accounted(id)) {
        let Some(framework) = catalog.get(id, Some(edition)) else { continue };
        let name = |id: &str| framework.entries.iter().find(|entry| entry.id == id).map_or("", |entry| &entry.name);
        for entry in framework.entries.iter().filter(|entry| entry.kind == EntryType::CaseStudy) {
            let steps: Vec<CaseStep> = entry
                .steps
                .iter()
                .map(|step| {
                    let here = coverage.get(&(id, edition, step.technique.as_str())).copied();
                    let (state, because) = state(catalog, id, here);
                    CaseStep {
                        tactic: name(&step.tactic).to_owned(),
                        technique: step.technique.clone(),
                        name: here.map_or_else(|| name(&step.technique).to_owned(), |here| here.name.clone()),
                        state,
                        because,
                        threats: here.map(|here| here.threats.clone()).unwrap_or_default(),
                    }
                })
                .collect();
            let count = |state: StepState| steps.iter().filter(|step| step.state == state).count();
            let (open, stopped) = (count(StepState::Open), count(StepState::Stopped));
            let inside = steps.len() - count(StepState::Outside);
            list.push(Case {
                id: entry.id.clone(),
                framework: id.to_owned(),
                edition: edition.to_owned(),
                name: entry.name.clone(),
                date: entry.incident_date.clone().unwrap_or_default(),
                sort: entry.case_type.clone().unwrap_or_default(),
                open,
                stopped,
                inside,
                like_yours: open >= 2 && open * 3 >= inside * 2,
                steps,
            });
        }
    }
    list.sort_by(|a, b| {
        let share = |case: &Case, other: &Case| case.open * other.inside.max(1);
        (b.like_yours, share(b, a), b.open, &a.id).cmp(&(a.like_yours, share(a, b), a.open, &b.id))
    });
    list
}

fn state(catalog: &Catalog, framework: &str, here: Option<&Coverage>) -> (StepState, String) {
    let Some(here) = here else {
        return (StepState::CannotTell, "the edition does not hold this technique".to_owned());
    };
    let state = match here.state.as_str() {
        "applies" => StepState::Open,
        "mitigated" => StepState::Stopped,
        "cannot-tell" => StepState::CannotTell,
        _ if catalog.unseen(framework, &here.id).is_some() && here.threats.is_empty() => StepState::Outside,
        "ruled-out" => StepState::NotHere,
        _ => StepState::CannotTell,
    };
    (state, here.because.clone())
}

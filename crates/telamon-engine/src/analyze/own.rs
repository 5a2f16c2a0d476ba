//! Threats that people found by hand, as threats of the analysis.

use crate::analysis::{Confidence, Controls, Decision, FrameworkRef, Level, Persona, Remedy, Risk, Status, Threat};
use crate::locate::Locator;
use crate::threats::World;
use telamon_model::model::{OwnThreat, Target};

/// The threats of the `threats` section; decisions that name one apply.
pub(super) fn threats(
    world: &World<'_, '_>,
    locator: &Locator<'_>,
    as_of: &str,
    decisions: &mut [Decision],
) -> Vec<Threat> {
    world
        .graph
        .model
        .threats
        .iter()
        .map(|own| {
            let mut threat = plain(world, locator, own);
            for (number, def) in world.graph.model.decisions.iter().enumerate() {
                let Some(decision) = decisions.get_mut(number) else {
                    continue;
                };
                if !matches!(&def.target, Target::Threat(id) if *id == threat.id) {
                    continue;
                }
                threat.decision = Some(number);
                decision.threats.push(threat.id.clone());
                let over = !def.until.is_empty() && def.until.as_str() < as_of;
                if over { "expired" } else { "in-force" }.clone_into(&mut decision.state);
                decision.because.clear();
                threat.status = match def.response.as_str() {
                    _ if over => Status::Open,
                    "mitigate" => Status::Planned,
                    "accept" => Status::Accepted,
                    "transfer" => Status::Transferred,
                    "avoid" => Status::Avoided,
                    "false-positive" => Status::FalsePositive,
                    _ => Status::Open,
                };
            }
            threat
        })
        .collect()
}

fn plain(world: &World<'_, '_>, locator: &Locator<'_>, own: &OwnThreat) -> Threat {
    let level = Level {
        likelihood: own.likelihood,
        impact: own.impact,
        severity: world.weights.severity(own.likelihood, own.impact),
    };
    let components: Vec<String> = own.components.iter().map(|id| id.value.clone()).collect();
    let component = components.first().cloned().unwrap_or_default();
    Threat {
        id: format!("own:{}", own.key.value),
        rule: "own".into(),
        title: own.title.clone(),
        summary: own.summary.clone(),
        components,
        flows: Vec::new(),
        severity: level.severity,
        likelihood: level.likelihood,
        impact: level.impact,
        risk: Risk { inherent: level, current: level, target: level, rated: None, factors: Vec::new() },
        confidence: Confidence::High,
        persona: Persona::Regular,
        stride: own.stride.clone(),
        cia: Vec::new(),
        harm: Vec::new(),
        frameworks: own
            .frameworks
            .iter()
            .filter_map(|cited| {
                let entry = world.catalog.find(&cited.value, None, None)?;
                Some(FrameworkRef {
                    framework: entry.framework.framework.clone(),
                    edition: entry.framework.edition.clone(),
                    id: entry.entry.id.clone(),
                    name: entry.name().to_owned(),
                })
            })
            .collect(),
        paths: Vec::new(),
        more_paths: 0,
        controls: Controls::default(),
        remedies: own
            .remedies
            .iter()
            .map(|says| Remedy {
                control: String::new(),
                on: component.clone(),
                says: says.clone(),
                severity_after: None,
            })
            .collect(),
        verify: String::new(),
        benign: String::new(),
        evidence: Vec::new(),
        incidents: Vec::new(),
        status: Status::Open,
        status_because: String::new(),
        decision: None,
        location: locator.place(own.key.span),
        component,
    }
}

//! From a finding to a threat as it stands in the analysis.

use super::paths::{SHOWN, Way, path, ways};
use super::remedies::{Reruns, remedies};
use super::risk::{Case, assess};
use super::text::Names;
use super::{Found, World};
use crate::analysis::{Confidence, FrameworkRef, Location, Persona, Risk, Threat};
use crate::coverage::{Editions, entry as entry_of, reference, translations};
use crate::locate::Locator;
use crate::prove::{Costs, Place, Proof, once};
use telamon_catalog::Catalog;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_rules::Rule;
use telamon_rules::expr::Sort;

/// What the proof of a finding says.
pub(crate) fn proof(world: &World<'_, '_>, found: &Found, rule: &Rule) -> Proof {
    let mut proof = Proof::default();
    // A mitigated threat is proved as it would be without controls.
    let view = if found.fires { world.current } else { world.inherent };
    world.scene(view).prove(&rule.when, found.sort, found.at, &mut proof);
    for modifier in &rule.modifiers {
        let scene = world.scene(view);
        if scene.holds(&modifier.when, found.at) {
            let mut more = Proof::default();
            scene.prove(&modifier.when, found.sort, found.at, &mut more);
            proof.effects |= more.effects;
        }
    }
    proof.edges = once(std::mem::take(&mut proof.edges));
    proof.data = once(std::mem::take(&mut proof.data));
    proof
}

/// Builds the threat.
pub(crate) fn build(
    world: &World<'_, '_>,
    locator: &Locator<'_>,
    found: &Found,
    id: String,
    reruns: Option<&Reruns>,
) -> Option<Threat> {
    let rule = world.rule(found)?;
    let proof = proof(world, found, rule);
    let ways = ways(world, found, &proof);
    let names = Names::of(world, found, &proof, &ways);
    let (controls, remedies) = remedies(world, found, rule, &proof, &ways, &names, reruns);
    let mut factors = Vec::new();
    assess(world, world.current, &Case::new(world, rule, found, &Costs::default()), None, Some(&mut factors));
    let level = found.current;
    let mut harm = rule.harm.clone();
    let view = if found.fires { world.current } else { world.inherent };
    for modifier in &rule.modifiers {
        if world.scene(view).holds(&modifier.when, found.at) {
            harm.extend(modifier.harm.iter().cloned());
        }
    }
    let paths: Vec<_> = ways.iter().take(SHOWN).map(|way| path(world, locator, way)).collect();
    Some(Threat {
        title: names.fill(&rule.title),
        summary: names.fill(&rule.summary),
        component: world.graph.name(found.component).to_owned(),
        components: components(world, found, &proof, &ways),
        flows: flows(world, found, &proof, &ways),
        severity: level.severity(world.weights),
        likelihood: level.likelihood,
        impact: level.impact,
        risk: Risk {
            inherent: found.inherent.full(world.weights),
            current: found.current.full(world.weights),
            target: found.target.full(world.weights),
            rated: found.rated.map(|level| level.full(world.weights)),
            factors,
        },
        confidence: confidence(rule, &proof),
        persona: match rule.persona {
            0 => Persona::Regular,
            1 => Persona::Pedantic,
            _ => Persona::Auditor,
        },
        stride: rule.stride.clone(),
        cia: rule.cia.clone(),
        harm: once(harm),
        frameworks: frameworks(world.catalog, rule, Editions::Analysed),
        more_paths: ways.len().saturating_sub(paths.len()),
        paths,
        controls,
        remedies,
        verify: names.fill(&rule.verify),
        benign: names.fill(&rule.benign),
        evidence: Vec::new(),
        incidents: crate::incidents::of_rule(world.catalog, rule),
        status: found.status,
        status_because: found.status_because.clone(),
        decision: found.decision,
        location: location(world, locator, found),
        rule: rule.id.clone(),
        id,
    })
}

/// What stands on an attribute that nobody wrote is of low confidence.
fn confidence(rule: &Rule, proof: &Proof) -> Confidence {
    if !proof.unwritten.is_empty() {
        return Confidence::Low;
    }
    match rule.confidence {
        0 => Confidence::Low,
        1 => Confidence::Medium,
        _ => Confidence::High,
    }
}

fn components(world: &World<'_, '_>, found: &Found, proof: &Proof, ways: &[Way]) -> Vec<String> {
    let mut list: Vec<ComponentId> = vec![found.component];
    if found.sort == Sort::Flow
        && let Some(edge) = world.graph.edges.get(EdgeId::from_usize(found.at))
    {
        list.extend([edge.from, edge.to]);
    }
    if found.sort == Sort::Data {
        list.extend(world.graph.held_by.of(found.at));
    }
    if let Some(way) = ways.first() {
        // The end of the way is nearer to the harm than its beginning.
        list.extend(way.steps.iter().rev().map(|(at, _)| *at));
    }
    for edge in &proof.edges {
        if let Some(edge) = world.graph.edges.get(*edge) {
            list.extend([edge.from, edge.to]);
        }
    }
    once(list).into_iter().take(12).map(|component| world.graph.name(component).to_owned()).collect()
}

fn flows(world: &World<'_, '_>, found: &Found, proof: &Proof, ways: &[Way]) -> Vec<String> {
    let mut edges: Vec<EdgeId> = Vec::new();
    if found.sort == Sort::Flow {
        edges.push(EdgeId::from_usize(found.at));
    }
    if let Some(way) = ways.first() {
        edges.extend(way.steps.iter().filter_map(|(_, edge)| *edge));
    }
    edges.extend(&proof.edges);
    let flows = edges.into_iter().filter_map(|edge| world.graph.edges.get(edge)).map(|edge| edge.flow).collect();
    once(once(flows).into_iter().map(|flow| world.graph.flow_id(flow)).collect())
}

/// Entries of the rule in the editions in which they were written, then in the other editions.
pub(crate) fn frameworks(catalog: &Catalog, rule: &Rule, editions: Editions) -> Vec<FrameworkRef> {
    let mut list = Vec::new();
    for mapping in &rule.maps {
        // An edition that is only looked up is not even decoded for an analysis.
        if !mapping.edition.is_empty() && !editions.meant(catalog, &mapping.framework, &mapping.edition) {
            continue;
        }
        for id in &mapping.ids {
            let edition = (!mapping.edition.is_empty()).then_some(mapping.edition.as_str());
            let Some(entry) = entry_of(catalog, &mapping.framework, edition, id) else {
                continue;
            };
            list.push(reference(entry));
            list.extend(translations(catalog, entry, editions).into_iter().map(reference));
        }
    }
    once(list)
}

fn location(world: &World<'_, '_>, locator: &Locator<'_>, found: &Found) -> Option<Location> {
    let graph = world.graph;
    match found.sort {
        Sort::Flow => {
            let edge = graph.edges.get(EdgeId::from_usize(found.at))?;
            let flow = graph.flows.get(edge.flow)?;
            locator.place(flow.def.from.span.join(flow.def.to.span))
        }
        Sort::Data => locator.place(graph.data.as_slice().get(found.at)?.id.span),
        Sort::Component => locator.place(graph.components.get(found.component)?.id.span),
    }
}

/// Id of the element at a place, for questions.
pub(crate) fn element(world: &World<'_, '_>, place: Place) -> String {
    match place {
        Place::Component(component) => world.graph.name(component).to_owned(),
        Place::Edge(edge) => world.graph.edges.get(edge).map(|edge| world.graph.flow_id(edge.flow)).unwrap_or_default(),
        Place::Data(data) => world.graph.data.get(data).map(|data| data.id.value.clone()).unwrap_or_default(),
    }
}

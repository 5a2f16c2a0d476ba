//! The ways by which a threat becomes real.

use super::sinks::Sinks;
use super::{Found, World};
use crate::analysis::{Hop, Path};
use crate::eval::View;
use crate::labels::HOP;
use crate::locate::Locator;
use crate::prove::{Need, Proof};
use std::collections::BTreeSet;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::vocabulary::{LABELS, word_index};
use telamon_rules::expr::Sort;

/// How many ways are shown.
pub(crate) const SHOWN: usize = 5;

/// One way: components, and the edge by which each was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) cost: u32,
    pub(crate) label: u8,
    pub(crate) steps: Vec<(ComponentId, Option<EdgeId>)>,
    /// Label that arrives with each step.
    pub(crate) labels: Vec<u8>,
}

/// Ways by which one of the labels of a need arrives, one for each sender, cheapest first.
fn arrivals(world: &World<'_, '_>, view: &View, need: Need) -> Vec<Way> {
    let scene = world.scene(view);
    let graph = world.graph;
    let mut ways: Vec<Way> = Vec::new();
    for edge in graph.incoming.of(need.component.index()) {
        let Some(info) = graph.edges.get(*edge) else {
            continue;
        };
        if need.carries != 0 && info.carries & need.carries == 0 {
            continue;
        }
        let Some((cost, before, arrives)) = scene.arrivals(*edge, need.labels).min() else {
            continue;
        };
        let mut steps = Vec::new();
        let mut labels = Vec::new();
        for step in view.labels.witness(graph, info.from, before) {
            steps.push((step.component, step.edge));
            labels.push(step.label);
        }
        // A way that has passed the component already says nothing new.
        if steps.iter().any(|(at, _)| *at == need.component) {
            continue;
        }
        steps.push((need.component, Some(*edge)));
        labels.push(arrives);
        ways.push(Way { cost, label: arrives, steps, labels });
    }
    if need.carries == 0 {
        for label in (0..16u8).filter(|label| need.labels >> label & 1 == 1) {
            let begins = world.sources.get(need.component.index()).is_some_and(|own| own >> label & 1 == 1);
            if begins {
                ways.push(Way { cost: 0, label, steps: vec![(need.component, None)], labels: vec![label] });
            }
        }
    }
    ways.sort_by(|a, b| (a.cost, &a.steps).cmp(&(b.cost, &b.steps)));
    let mut senders = BTreeSet::new();
    ways.retain(|way| {
        let sender = way.steps.len().checked_sub(2).and_then(|at| way.steps.get(at));
        senders.insert(sender.map(|(at, _)| *at))
    });
    ways
}

/// All ways of a finding: by the first label of its proof, else by reach, else the flow itself.
pub(crate) fn ways(world: &World<'_, '_>, found: &Found, proof: &Proof) -> Vec<Way> {
    let need = proof.needs.first().copied().or_else(|| {
        let reach = word_index(&LABELS, "reach")?;
        Some(Need { component: found.component, labels: 1 << reach, carries: 0 })
    });
    let mut ways = Vec::new();
    if let Some(need) = need {
        ways = arrivals(world, world.current, need);
        if ways.is_empty() {
            ways = arrivals(world, world.inherent, need);
        }
    }
    let mut sinks = Sinks::of(world, found.component, proof.effects);
    if proof.effects != 0 && sinks.next().is_some() {
        let tail = sinks.way();
        for way in &mut ways {
            for (at, edge) in tail.iter().skip(1) {
                if way.steps.iter().any(|(seen, _)| seen == at) {
                    break;
                }
                way.steps.push((*at, *edge));
                way.labels.push(way.label);
            }
        }
    }
    if ways.is_empty() && found.sort == Sort::Flow {
        let edge = EdgeId::from_usize(found.at);
        if let Some(info) = world.graph.edges.get(edge) {
            ways.push(Way {
                cost: 0,
                label: u8::MAX,
                steps: vec![(info.from, None), (info.to, Some(edge))],
                labels: vec![u8::MAX, u8::MAX],
            });
        }
    }
    ways
}

/// A way as it stands in the analysis.
pub(crate) fn path(world: &World<'_, '_>, locator: &Locator<'_>, way: &Way) -> Path {
    let graph = world.graph;
    let mut hops: Vec<Hop> = Vec::with_capacity(way.steps.len());
    for (number, (component, edge)) in way.steps.iter().enumerate() {
        let flow = edge.and_then(|edge| graph.edges.get(edge)).map(|edge| edge.flow);
        let caption =
            flow.and_then(|flow| graph.flows.get(flow)).map(|flow| flow.def.caption.clone()).unwrap_or_default();
        if let Some(last) = hops.last_mut() {
            last.caption = caption;
        }
        let label = way.labels.get(number).copied().unwrap_or(u8::MAX);
        let unguarded = edge.is_some_and(|edge| {
            label != u8::MAX
                && world.current.hops.cost(graph, edge, label) == Some(HOP)
                && could_be_guarded(world, *component, label)
        });
        let location = match flow.and_then(|flow| graph.flows.get(flow)) {
            Some(flow) => locator.place(flow.def.span),
            None => graph.components.get(*component).and_then(|def| locator.place(def.id.span)),
        };
        hops.push(Hop {
            element: graph.name(*component).to_owned(),
            flow: flow.map(|flow| graph.flow_id(flow)),
            location,
            caption: String::new(),
            unguarded,
        });
    }
    let says = hops.iter().map(|hop| hop.element.as_str()).collect::<Vec<_>>().join(" → ");
    Path { label: LABELS.get(usize::from(way.label)).copied().unwrap_or("").to_owned(), hops, says }
}

/// True where a control exists that could stand on the component's intake and weigh on the label.
fn could_be_guarded(world: &World<'_, '_>, component: ComponentId, label: u8) -> bool {
    let kinds = &world.graph.components.at(component).kinds;
    world.graph.vocabulary.controls.iter().any(|control| {
        control.acts == telamon_model::vocabulary::Acts::Intake
            && control.strength.get(usize::from(label)).copied().flatten().is_some()
            && world.graph.vocabulary.can_stand(control, kinds)
    })
}

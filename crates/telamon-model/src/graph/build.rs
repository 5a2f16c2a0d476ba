//! From a model to its graph.

use super::carries::Inference;
use super::{Edge, Flow, Graph, Lists, Zone, first_word, key};
use crate::declaration::{COMPONENT, OPERATOR, TRUST, ZONE};
use crate::ids::{ComponentId, DataId, EdgeId, FlowId, Id, IdVec, ZoneId};
use crate::model::{ComponentDef, DataDef, Model};
use crate::vocabulary::{CarriesSet, Half, Vocabulary, word_index};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) fn build<'m>(model: &'m Model, vocabulary: &'m Vocabulary) -> Graph<'m> {
    let mut components: Vec<&ComponentDef> = model.components.iter().collect();
    components.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    components.dedup_by(|a, b| a.id.value == b.id.value);
    let components: IdVec<ComponentId, &ComponentDef> = IdVec::new(components);
    let index: HashMap<&str, ComponentId> = components
        .entries()
        .map(|(id, def)| (def.id.value.as_str(), id))
        .collect();
    let mut data: Vec<&DataDef> = model.data.iter().collect();
    data.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    data.dedup_by(|a, b| a.id.value == b.id.value);
    let data: IdVec<DataId, &DataDef> = IdVec::new(data);
    let data_index: HashMap<&str, DataId> = data
        .entries()
        .map(|(id, def)| (def.id.value.as_str(), id))
        .collect();
    let (zones, zone_of) = zones(model, vocabulary, &components);
    let flows = flows(model, vocabulary, &components, &index);
    let edges = edges(&flows);
    let outgoing = Lists::group(
        components.len(),
        edges.entries().map(|(id, edge)| (edge.from.index(), id)),
    );
    let incoming = Lists::group(
        components.len(),
        edges.entries().map(|(id, edge)| (edge.to.index(), id)),
    );
    let held: Vec<(usize, DataId)> = components
        .entries()
        .flat_map(|(id, def)| {
            let index = &data_index;
            def.holds
                .iter()
                .filter_map(move |held| Some((id.index(), *index.get(held.value.as_str())?)))
        })
        .collect();
    let holds = Lists::group(components.len(), held.iter().copied());
    let carried: Vec<(usize, DataId)> = flows
        .entries()
        .flat_map(|(id, flow)| {
            let index = &data_index;
            flow.def
                .detail
                .iter()
                .flat_map(|detail| &detail.data)
                .filter_map(move |held| Some((id.index(), *index.get(held.value.as_str())?)))
        })
        .collect();
    let flow_data = Lists::group(flows.len(), carried.iter().copied());
    let mut graph = Graph {
        model,
        vocabulary,
        zones,
        components,
        zone_of,
        data,
        flows,
        edges,
        outgoing,
        incoming,
        holds,
        flow_data,
        exposure: IdVec::default(),
        index,
        data_index,
    };
    graph.exposure = exposure(&graph);
    graph
}

fn zones<'m>(
    model: &'m Model,
    vocabulary: &'m Vocabulary,
    components: &IdVec<ComponentId, &'m ComponentDef>,
) -> (IdVec<ZoneId, Zone<'m>>, IdVec<ComponentId, ZoneId>) {
    let default = COMPONENT
        .key("zone")
        .map_or("app", |(_, key)| key.default);
    let mut used: BTreeSet<&str> = components
        .iter()
        .map(|def| def.zone.as_ref().map_or(default, |zone| &zone.value))
        .collect();
    let written: BTreeMap<&str, _> = model
        .zones
        .iter()
        .map(|def| (def.id.value.as_str(), def))
        .collect();
    used.extend(written.keys());
    used.extend(
        model
            .zones
            .iter()
            .filter_map(|zone| zone.parent.as_ref())
            .map(|parent| parent.value.as_str()),
    );
    let numbers: BTreeMap<&str, ZoneId> = used
        .iter()
        .enumerate()
        .map(|(at, id)| (*id, ZoneId::from_usize(at)))
        .collect();
    let zones = used
        .iter()
        .map(|id| {
            let def = written.get(id).copied();
            let implied = vocabulary.zones.iter().find(|zone| zone.id == *id);
            let word = |name: &str| {
                let at = key(&ZONE, name)?;
                def?.attributes
                    .iter()
                    .find(|attribute| attribute.key == at)
                    .map(first_word)
            };
            let trust = word("trust")
                .or_else(|| word_index(TRUST, &implied?.trust))
                // A zone of which nothing is known is not trusted.
                .unwrap_or(1);
            let operator = word("operator")
                .or_else(|| word_index(OPERATOR, &implied?.operator))
                .unwrap_or(0);
            Zone {
                id,
                def,
                trust,
                operator,
                parent: def
                    .and_then(|def| def.parent.as_ref())
                    .and_then(|parent| numbers.get(parent.value.as_str()).copied()),
            }
        })
        .collect();
    let zone_of = components
        .iter()
        .map(|def| {
            let id = def.zone.as_ref().map_or(default, |zone| &zone.value);
            numbers.get(id).copied().unwrap_or(ZoneId(0))
        })
        .collect();
    (zones, zone_of)
}

fn flows<'m>(
    model: &'m Model,
    vocabulary: &'m Vocabulary,
    components: &IdVec<ComponentId, &'m ComponentDef>,
    index: &HashMap<&str, ComponentId>,
) -> IdVec<FlowId, Flow<'m>> {
    let mut inference = Inference::new(vocabulary);
    let mut flows: Vec<Flow<'m>> = model
        .flows
        .iter()
        .filter_map(|def| {
            let from = *index.get(def.from.value.as_str())?;
            let to = *index.get(def.to.value.as_str())?;
            let carried = inference.of(def, components.get(from)?, components.get(to)?);
            Some(Flow {
                def,
                from,
                to,
                carries: carried.carries,
                ambiguous: carried.ambiguous,
                inferred: carried.inferred,
                half: carried.half,
                other: carried.other,
            })
        })
        .collect();
    flows.sort_by(|a, b| {
        (a.from, a.to, a.carries, &a.def.id, &a.def.caption).cmp(&(
            b.from,
            b.to,
            b.carries,
            &b.def.id,
            &b.def.caption,
        ))
    });
    // What another flow of the pair draws of the other half is not added a second time. Words that it does not
    // carry stay, so that one more flow never takes anything away.
    let mut drawn: Vec<(ComponentId, ComponentId, Half, CarriesSet)> =
        flows.iter().map(|f| (f.from, f.to, f.half, f.carries)).collect();
    drawn.sort_unstable();
    drawn.dedup_by(|next, kept| {
        let same = (next.0, next.1, next.2) == (kept.0, kept.1, kept.2);
        if same {
            kept.3 |= next.3;
        }
        same
    });
    for flow in &mut flows {
        let back = match flow.half {
            Half::Ask => Half::Answer,
            Half::Answer => Half::Ask,
        };
        if flow.other != 0
            && let Ok(at) = drawn.binary_search_by(|(from, to, half, _)| (*from, *to, *half).cmp(&(flow.to, flow.from, back)))
            && let Some((_, _, _, carries)) = drawn.get(at)
        {
            flow.other &= !carries;
        }
    }
    IdVec::new(flows)
}

fn edges(flows: &IdVec<FlowId, Flow<'_>>) -> IdVec<EdgeId, Edge> {
    let mut edges = Vec::with_capacity(flows.len() * 2);
    for (id, flow) in flows.entries() {
        edges.push(Edge {
            from: flow.from,
            to: flow.to,
            carries: flow.carries,
            half: flow.half,
            flow: id,
        });
        if flow.other != 0 {
            edges.push(Edge {
                from: flow.to,
                to: flow.from,
                carries: flow.other,
                half: match flow.half {
                    Half::Ask => Half::Answer,
                    Half::Answer => Half::Ask,
                },
                flow: id,
            });
        }
    }
    IdVec::new(edges)
}

/// Who can reach each component: what is written, else the least trusted neighbour that asks it.
fn exposure(graph: &Graph<'_>) -> IdVec<ComponentId, u8> {
    graph
        .components
        .ids()
        .map(|component| {
            if let Some(written) = graph.attribute(component, "exposure") {
                return first_word(written);
            }
            graph
                .incoming
                .of(component.index())
                .iter()
                .filter_map(|edge| graph.edges.get(*edge))
                .filter(|edge| edge.half == Half::Ask)
                .map(|edge| match graph.trust(edge.from) {
                    0 => 3,
                    1 => 2,
                    _ => 1,
                })
                .max()
                .unwrap_or(0)
        })
        .collect()
}

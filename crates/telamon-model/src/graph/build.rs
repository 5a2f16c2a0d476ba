//! From a model to its graph.

use super::carries::Inference;
use super::{Edge, Family, Flow, Graph, Lists, Zone, first_word, key};
use crate::declaration::{COMPONENT, OPERATOR, TRUST, ZONE};
use crate::hash::FastMap;
use crate::ids::{ComponentId, DataId, EdgeId, FlowId, Id, IdVec, ZoneId};
use crate::model::{ComponentDef, DataDef, FlowDef, Model};
use crate::threads;
use crate::vocabulary::{CarriesSet, Half, KindIx, Vocabulary, word_index};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn build<'m>(model: &'m Model, vocabulary: &'m Vocabulary) -> Graph<'m> {
    let components: IdVec<ComponentId, &ComponentDef> = IdVec::new(by_id(&model.components, |def| &def.id.value));
    let index: FastMap<&str, ComponentId> = components.entries().map(|(id, def)| (def.id.value.as_str(), id)).collect();
    let data: IdVec<DataId, &DataDef> = IdVec::new(by_id(&model.data, |def| &def.id.value));
    let data_index: FastMap<&str, DataId> = data.entries().map(|(id, def)| (def.id.value.as_str(), id)).collect();
    let (zones, zone_of) = zones(model, vocabulary, &components);
    let flows = flows(model, vocabulary, &components, &index);
    let edges = edges(&flows);
    let outgoing = Lists::group(components.len(), edges.entries().map(|(id, edge)| (edge.from.index(), id)));
    let incoming = Lists::group(components.len(), edges.entries().map(|(id, edge)| (edge.to.index(), id)));
    let held: Vec<(usize, DataId)> = components
        .entries()
        .flat_map(|(id, def)| {
            let index = &data_index;
            def.holds.iter().filter_map(move |held| Some((id.index(), *index.get(held.value.as_str())?)))
        })
        .collect();
    let holds = Lists::group(components.len(), held.iter().copied());
    let mut holders: Vec<(usize, ComponentId)> =
        held.iter().map(|(component, data)| (data.index(), ComponentId::from_usize(*component))).collect();
    holders.sort_unstable();
    holders.dedup();
    let held_by = Lists::group(data.len(), holders.iter().copied());
    let carried: Vec<(usize, DataId)> = flows
        .entries()
        .flat_map(|(id, flow)| {
            let index = &data_index;
            flow.detail
                .iter()
                .flat_map(|detail| &detail.data)
                .filter_map(move |held| Some((id.index(), *index.get(held.value.as_str())?)))
        })
        .collect();
    let flow_data = Lists::group(flows.len(), carried.iter().copied());
    let (families, family_of) = families(vocabulary, &components);
    let operators = components
        .entries()
        .map(|(id, def)| {
            let at = key(&COMPONENT, "operator").filter(|_| !def.attributes.is_empty());
            at.and_then(|at| def.attribute(at)).map_or(zones.at(*zone_of.at(id)).operator, first_word)
        })
        .collect();
    let mut graph = Graph {
        model,
        vocabulary,
        zones,
        components,
        zone_of,
        operators,
        families,
        family_of,
        data,
        flows,
        edges,
        outgoing,
        incoming,
        holds,
        held_by,
        flow_data,
        exposure: IdVec::default(),
        index,
        data_index,
    };
    graph.exposure = exposure(&graph);
    graph
}

/// Elements by id, each id once: the first that is written.
fn by_id<T>(items: &[T], id: impl Fn(&T) -> &String) -> Vec<&T> {
    // Most ids differ in their first bytes, which compare as one number without a look at the text.
    let mut keyed: Vec<(u64, &T)> = items.iter().map(|item| (first_bytes(id(item)), item)).collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
    keyed.dedup_by(|a, b| a.0 == b.0 && id(a.1) == id(b.1));
    keyed.into_iter().map(|(_, item)| item).collect()
}

/// The first eight bytes as a number that orders as they do.
fn first_bytes(text: &str) -> u64 {
    let mut first = [0; 8];
    for (slot, byte) in first.iter_mut().zip(text.bytes()) {
        *slot = byte;
    }
    u64::from_be_bytes(first)
}

fn families<'m>(
    vocabulary: &Vocabulary,
    components: &IdVec<ComponentId, &'m ComponentDef>,
) -> (Vec<Family<'m>>, IdVec<ComponentId, u32>) {
    let mut families: Vec<Family<'m>> = Vec::new();
    let mut known: FastMap<&[KindIx], u32> = FastMap::default();
    let of = components
        .iter()
        .map(|def| {
            *known.entry(&def.kinds).or_insert_with(|| {
                families.push(Family { kinds: &def.kinds, classes: vocabulary.classes_of(&def.kinds) });
                u32::try_from(families.len() - 1).unwrap_or(u32::MAX)
            })
        })
        .collect();
    (families, of)
}

fn zones<'m>(
    model: &'m Model,
    vocabulary: &'m Vocabulary,
    components: &IdVec<ComponentId, &'m ComponentDef>,
) -> (IdVec<ZoneId, Zone<'m>>, IdVec<ComponentId, ZoneId>) {
    let default = COMPONENT.key("zone").map_or("app", |(_, key)| key.default);
    let mut used: BTreeSet<&str> =
        components.iter().map(|def| def.zone.as_ref().map_or(default, |zone| &zone.value)).collect();
    let written: BTreeMap<&str, _> = model.zones.iter().map(|def| (def.id.value.as_str(), def)).collect();
    used.extend(written.keys());
    used.extend(model.zones.iter().filter_map(|zone| zone.parent.as_ref()).map(|parent| parent.value.as_str()));
    let numbers: FastMap<&str, ZoneId> =
        used.iter().enumerate().map(|(at, id)| (*id, ZoneId::from_usize(at))).collect();
    let zones = used
        .iter()
        .map(|id| {
            let def = written.get(id).copied();
            let implied = vocabulary.zones.iter().find(|zone| zone.id == *id);
            let word = |name: &str| {
                let at = key(&ZONE, name)?;
                def?.attributes.iter().find(|attribute| attribute.key == at).map(first_word)
            };
            let trust = word("trust")
                .or_else(|| word_index(TRUST, &implied?.trust))
                // A zone of which nothing is known is not trusted.
                .unwrap_or(1);
            let operator = word("operator").or_else(|| word_index(OPERATOR, &implied?.operator)).unwrap_or(0);
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
    index: &FastMap<&str, ComponentId>,
) -> IdVec<FlowId, Flow<'m>> {
    // Parts that are sorted are merged with a fraction of the work of sorting all.
    let size = model.flows.len().div_ceil(PARTS).max(1);
    let parts: Vec<&[FlowDef]> = model.flows.chunks(size).collect();
    let parts = threads::each(parts.len(), model.flows.len(), |part| {
        let mut inference = Inference::new(vocabulary);
        let defs = parts.get(part).copied().unwrap_or_default();
        let mut flows: Vec<Flow<'m>> = defs
            .iter()
            .filter_map(|def| {
                let from = *index.get(def.from.value.as_str())?;
                let to = *index.get(def.to.value.as_str())?;
                let carried = inference.of(def, components.get(from)?, components.get(to)?);
                Some(Flow {
                    def,
                    detail: def.detail.as_deref(),
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
        flows.sort_by(order);
        flows
    });
    let mut flows: Vec<Flow<'m>> = parts.into_iter().flatten().collect();
    flows.sort_by(order);
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
    let drawn = Lists::group(
        components.len(),
        drawn.iter().map(|(from, to, half, carries)| (from.index(), (*to, *half, *carries))),
    );
    for flow in &mut flows {
        let back = match flow.half {
            Half::Ask => Half::Answer,
            Half::Answer => Half::Ask,
        };
        let opposite = drawn.of(flow.to.index());
        if flow.other != 0
            && let Ok(at) = opposite.binary_search_by(|(to, half, _)| (*to, *half).cmp(&(flow.from, back)))
            && let Some((_, _, carries)) = opposite.get(at)
        {
            flow.other &= !carries;
        }
    }
    IdVec::new(flows)
}

/// The order of flows, whatever their order in the file.
fn order(a: &Flow<'_>, b: &Flow<'_>) -> Ordering {
    (a.from, a.to, a.carries, &a.def.id, &a.def.caption).cmp(&(b.from, b.to, b.carries, &b.def.id, &b.def.caption))
}

/// In how many parts flows are looked up.
const PARTS: usize = 8;

fn edges(flows: &IdVec<FlowId, Flow<'_>>) -> IdVec<EdgeId, Edge> {
    let mut edges = Vec::with_capacity(flows.len() * 2);
    for (id, flow) in flows.entries() {
        edges.push(Edge { from: flow.from, to: flow.to, carries: flow.carries, half: flow.half, flow: id });
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

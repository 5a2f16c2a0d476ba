//! The model as understood, for outputs.

use crate::analysis::{Component, DataAsset, Flow, StatedControl, Zone};
use crate::locate::Locator;
use crate::threats::World;
use std::collections::BTreeMap;
use telamon_model::declaration::{COMPONENT, Section};
use telamon_model::graph::{data_text, exposure_word, operator_word, trust_word, zone_text};
use telamon_model::ids::{ComponentId, FlowId, Id};
use telamon_model::model::{Attribute, ControlUse, TextValue};
use telamon_model::threads;
use telamon_model::vocabulary::{CARRIES, CarriesSet, EFFECT_REACH, EFFECTS, LABELS, set_words};

fn controls(world: &World<'_, '_>, used: &[ControlUse]) -> Vec<StatedControl> {
    used.iter()
        .map(|used| StatedControl {
            id: world.graph.vocabulary.control_id(used.control).to_owned(),
            state: used.state.word().to_owned(),
        })
        .collect()
}

fn words(set: CarriesSet) -> Vec<String> {
    set_words(&CARRIES, set).map(ToOwned::to_owned).collect()
}

pub(super) fn zones(world: &World<'_, '_>) -> Vec<Zone> {
    let graph = world.graph;
    graph
        .zones
        .iter()
        .map(|zone| {
            let name = zone_text(zone, "name");
            Zone {
                id: zone.id.to_owned(),
                name: if name.is_empty() { zone.id.to_owned() } else { name.to_owned() },
                trust: trust_word(zone.trust).to_owned(),
                parent: zone.parent.map(|parent| graph.zones.at(parent).id.to_owned()),
                operator: operator_word(zone.operator).to_owned(),
                controls: zone.def.map(|def| controls(world, &def.controls)).unwrap_or_default(),
            }
        })
        .collect()
}

/// Attributes as written: the words, or the text.
fn attributes(section: &Section, own: &[Attribute], texts: &[TextValue]) -> BTreeMap<String, String> {
    own.iter()
        .filter_map(|attribute| {
            let key = section.keys.get(usize::from(attribute.key))?;
            if matches!(key.name, "name" | "description" | "was" | "tags") {
                return None;
            }
            let text = texts.iter().find(|text| text.key == attribute.key);
            let value = match text {
                Some(text) => text.text.replace('\n', ", "),
                None => set_words(key.words(), attribute.words).collect::<Vec<_>>().join(", "),
            };
            Some((key.name.to_owned(), value))
        })
        .collect()
}

pub(super) fn components(world: &World<'_, '_>, locator: &Locator<'_>) -> Vec<Component> {
    let graph = world.graph;
    threads::list(graph.components.len(), |at| {
        let id = ComponentId::from_usize(at);
        let def = graph.components.get(id)?;
        let first = def.kinds.first().and_then(|kind| graph.vocabulary.kinds.get(usize::from(*kind)));
        let roles = world.facts.roles_of(id);
        let mut inferred = BTreeMap::new();
        if graph.attribute(id, "exposure").is_none() {
            inferred.insert("exposure".to_owned(), exposure_word(*graph.exposure.at(id)).to_owned());
        }
        if !roles.is_empty() {
            let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
            inferred.insert("roles".to_owned(), words.join(", "));
        }
        let mut written = attributes(&COMPONENT, &def.attributes, &def.texts);
        if !def.effects.is_empty() {
            let words: Vec<String> = def
                .effects
                .iter()
                .map(|effect| {
                    format!(
                        "{} ({})",
                        EFFECTS.get(usize::from(effect.effect)).copied().unwrap_or(""),
                        EFFECT_REACH.get(usize::from(effect.reach)).copied().unwrap_or("")
                    )
                })
                .collect();
            written.insert("effects".to_owned(), words.join(", "));
        }
        Some(Component {
            id: def.id.value.clone(),
            name: graph.title(id).to_owned(),
            kinds: def.kinds.iter().map(|kind| graph.vocabulary.kind_id(*kind).to_owned()).collect(),
            element: first.map_or(String::new(), |kind| kind.element.clone()),
            ai: first.is_some_and(|kind| kind.ai),
            zone: graph.zone(id).id.to_owned(),
            operator: operator_word(graph.operator(id)).to_owned(),
            holds: def.holds.iter().map(|held| held.value.clone()).collect(),
            attributes: written,
            inferred,
            controls: controls(world, &def.controls),
            labels: set_words(&LABELS, u32::from(world.current.labels.set(id))).map(ToOwned::to_owned).collect(),
            location: locator.place(def.id.span),
        })
    })
}

pub(super) fn flows(world: &World<'_, '_>, locator: &Locator<'_>) -> Vec<Flow> {
    let graph = world.graph;
    threads::list(graph.flows.len(), |at| {
        let id = FlowId::from_usize(at);
        let flow = graph.flows.get(id)?;
        Some(Flow {
            id: graph.flow_id(id),
            from: flow.def.from.value.clone(),
            to: flow.def.to.value.clone(),
            caption: flow.def.caption.clone(),
            carries: words(flow.carries),
            inferred: flow.inferred,
            answers: words(flow.other),
            data: graph
                .flow_data
                .of(id.index())
                .iter()
                .filter_map(|data| graph.data.get(*data))
                .map(|data| data.id.value.clone())
                .collect(),
            crosses: graph.crosses(flow.from, flow.to),
            location: locator.place(flow.def.span),
        })
    })
}

pub(super) fn data(world: &World<'_, '_>) -> Vec<DataAsset> {
    let graph = world.graph;
    graph
        .data
        .entries()
        .map(|(id, data)| {
            let name = data_text(data, "name");
            DataAsset {
                id: data.id.value.clone(),
                name: if name.is_empty() { data.id.value.clone() } else { name.to_owned() },
                classification: telamon_model::declaration::CLASSIFICATION
                    .get(usize::from(crate::labels::sources::classification(data)))
                    .copied()
                    .unwrap_or("")
                    .to_owned(),
                contains: set_words(
                    telamon_model::declaration::CONTAINS,
                    crate::labels::sources::words(data, "contains"),
                )
                .map(ToOwned::to_owned)
                .collect(),
                held_by: graph
                    .held_by
                    .of(id.index())
                    .iter()
                    .map(|component| graph.name(*component).to_owned())
                    .collect(),
            }
        })
        .collect()
}

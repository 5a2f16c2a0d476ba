//! Placeholders of titles, summaries and remedies, filled with the names of this system.

use super::paths::Way;
use super::sinks::Sinks;
use super::{Found, World};
use crate::labels::sources::classification;
use crate::prove::Proof;
use telamon_model::graph::data_text;
use telamon_model::ids::{ComponentId, DataId, EdgeId, Id};
use telamon_model::vocabulary::{CARRIES, Half, LABELS, word_bit, word_index};
use telamon_rules::expr::Sort;

/// The names that a rule's texts can use.
pub(crate) struct Names {
    values: Vec<(&'static str, String)>,
}

impl Names {
    pub(crate) fn of(world: &World<'_, '_>, found: &Found, proof: &Proof, ways: &[Way]) -> Self {
        let graph = world.graph;
        let title = |component: ComponentId| graph.title(component).to_owned();
        let kind = graph
            .components
            .get(found.component)
            .and_then(|def| def.kinds.first())
            .map_or("", |kind| graph.vocabulary.kind_id(*kind));
        let first = ways.first();
        let own = first.and_then(|way| way.steps.iter().position(|(at, _)| *at == found.component));
        let source =
            first.and_then(|way| way.steps.first()).map_or_else(|| "an attacker".to_owned(), |(at, _)| title(*at));
        let via = own
            .and_then(|own| own.checked_sub(1))
            .and_then(|at| first?.steps.get(at))
            .map_or_else(|| source.clone(), |(at, _)| title(*at));
        let (from, to) = ends(world, found);
        let neighbour = proof
            .edges
            .first()
            .and_then(|edge| graph.edges.get(*edge))
            .map(|edge| if edge.from == found.component { edge.to } else { edge.from });
        let sink = sink(world, found, proof).or(neighbour);
        Self {
            values: vec![
                ("component", title(found.component)),
                ("kind", kind.replace('-', " ")),
                ("source", source),
                ("via", via),
                ("sink", sink.map_or_else(|| "what it reaches".to_owned(), title)),
                ("data", data(world, found, proof)),
                ("from", from.map(title).unwrap_or_default()),
                ("to", to.map(title).unwrap_or_default()),
                ("neighbour", neighbour.map_or_else(|| "its neighbour".to_owned(), title)),
            ],
        }
    }

    /// The text with its placeholders filled; the first letter is made a capital.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (name, value) in &self.values {
            let place = format!("{{{name}}}");
            if filled.contains(&place) {
                filled = filled.replace(&place, value);
            }
        }
        capital(&filled)
    }
}

/// The text with a capital first letter, unless it begins with the name of an element.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn ends(world: &World<'_, '_>, found: &Found) -> (Option<ComponentId>, Option<ComponentId>) {
    if found.sort != Sort::Flow {
        return (None, None);
    }
    world.graph.edges.get(EdgeId::from_usize(found.at)).map_or((None, None), |edge| (Some(edge.from), Some(edge.to)))
}

/// What the threat reaches: the element with the effect, else the model that is prompted.
fn sink(world: &World<'_, '_>, found: &Found, proof: &Proof) -> Option<ComponentId> {
    if proof.effects != 0
        && let Some(sink) = Sinks::of(world, found.component, proof.effects).next()
    {
        return Some(sink);
    }
    let prompt = word_bit(&CARRIES, "prompt");
    world
        .graph
        .outgoing
        .of(found.component.index())
        .iter()
        .filter_map(|edge| world.graph.edges.get(*edge))
        .find(|edge| edge.half == Half::Ask && edge.carries & prompt != 0)
        .map(|edge| edge.to)
}

/// Ids of the data at stake: what the proof names, what the component holds, what comes to it.
pub(crate) fn data_at_stake(world: &World<'_, '_>, found: &Found, proof: &Proof) -> Vec<DataId> {
    if found.sort == Sort::Data {
        return vec![DataId::from_usize(found.at)];
    }
    if !proof.data.is_empty() {
        return proof.data.clone();
    }
    let own = world.graph.holds.of(found.component.index());
    if !own.is_empty() {
        return own.to_vec();
    }
    // Else what the cheapest way of private data begins at.
    let private = word_index(&LABELS, "private-data").unwrap_or(0);
    world
        .inherent
        .labels
        .witness(world.graph, found.component, private)
        .first()
        .map(|step| world.graph.holds.of(step.component.index()).to_vec())
        .unwrap_or_default()
}

fn data(world: &World<'_, '_>, found: &Found, proof: &Proof) -> String {
    let mut stake: Vec<_> =
        data_at_stake(world, found, proof).into_iter().filter_map(|data| world.graph.data.get(data).copied()).collect();
    // What hurts most is named first; beside it, what is less confidential is not named at all.
    let worst = stake.iter().map(|data| classification(data)).max().unwrap_or(0);
    stake.retain(|data| classification(data) + 1 >= worst.max(1) && (worst < 2 || classification(data) >= 2));
    stake.sort_by_key(|data| std::cmp::Reverse(classification(data)));
    let names: Vec<String> = stake
        .into_iter()
        .map(|data| {
            let name = data_text(data, "name");
            if name.is_empty() { data.id.value.clone() } else { name.to_owned() }
        })
        .take(3)
        .collect();
    match names.split_last() {
        None => "its data".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

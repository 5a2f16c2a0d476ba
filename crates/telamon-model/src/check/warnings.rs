//! What is probably a mistake.

use crate::graph::{Graph, data_attribute};
use crate::ids::{FlowId, Id, ZoneId};
use crate::model::{ControlState, ControlUse};
use crate::vocabulary::{CARRIES, Half, set_words};
use std::collections::{BTreeMap, BTreeSet};
use telamon_text::Diagnostic;

/// Reports what is probably wrong with a model that can be analysed.
pub fn warnings(graph: &Graph<'_>, out: &mut Vec<Diagnostic>) {
    lonely_components(graph, out);
    unused_data(graph, out);
    controls_without_effect(graph, out);
    ambiguous_flows(graph, out);
    bare_boundaries(graph, out);
}

fn lonely_components(graph: &Graph<'_>, out: &mut Vec<Diagnostic>) {
    for (id, def) in graph.components.entries() {
        if graph.outgoing.of(id.index()).is_empty() && graph.incoming.of(id.index()).is_empty() {
            out.push(
                Diagnostic::warning("lonely-component", format!("nothing flows to or from `{}`", def.id.value))
                    .at(def.id.span)
                    .label("add a flow, or take the component out"),
            );
        }
    }
}

fn unused_data(graph: &Graph<'_>, out: &mut Vec<Diagnostic>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for def in &graph.components {
        used.extend(def.holds.iter().map(|id| id.value.as_str()));
    }
    for flow in &graph.flows {
        if let Some(detail) = &flow.def.detail {
            used.extend(detail.data.iter().map(|id| id.value.as_str()));
        }
    }
    for def in &graph.data {
        if !used.contains(def.id.value.as_str()) {
            out.push(
                Diagnostic::warning(
                    "unused-data",
                    format!("no component holds `{}` and no flow carries it", def.id.value),
                )
                .at(def.id.span)
                .label("name it in `holds` of the component that keeps it"),
            );
        } else if data_attribute(def, "classification").is_none() {
            out.push(
                Diagnostic::warning(
                    "unclassified-data",
                    format!("the classification of `{}` is not written", def.id.value),
                )
                .at(def.id.span)
                .label("confidential is assumed; add `classification: ...`"),
            );
        }
    }
}

fn controls_without_effect(graph: &Graph<'_>, out: &mut Vec<Diagnostic>) {
    let words = graph.vocabulary;
    let mut check = |used: &ControlUse, place: &dyn Fn() -> String, stands: bool| {
        if stands || used.state == ControlState::NotApplicable {
            return;
        }
        let id = words.control_id(used.control);
        out.push(
            Diagnostic::warning("control-without-effect", format!("`{id}` has no effect on {}", place()))
                .at(used.span)
                .label(where_it_stands(graph, used.control)),
        );
    };
    for def in &graph.components {
        for used in &def.controls {
            let stands = words
                .controls
                .get(usize::from(used.control))
                .is_some_and(|control| words.can_stand(control, &def.kinds));
            let place = || {
                let kind = def.kinds.first().map_or("", |kind| words.kind_id(*kind));
                format!("a component of kind `{kind}`")
            };
            check(used, &place, stands);
        }
    }
    for flow in &graph.flows {
        for used in flow.detail.iter().flat_map(|detail| &detail.controls) {
            let stands = words.controls.get(usize::from(used.control)).is_some_and(|control| control.on_flow);
            check(used, &|| "a flow".to_owned(), stands);
        }
    }
    for zone in &graph.model.zones {
        for used in &zone.controls {
            let stands = words.controls.get(usize::from(used.control)).is_some_and(|control| control.on_zone);
            check(used, &|| "a zone".to_owned(), stands);
        }
    }
    for data in &graph.model.data {
        for used in &data.controls {
            let stands = words.controls.get(usize::from(used.control)).is_some_and(|control| control.on_data);
            check(used, &|| "a data asset".to_owned(), stands);
        }
    }
}

fn where_it_stands(graph: &Graph<'_>, control: u16) -> String {
    let words = graph.vocabulary;
    let Some(control) = words.controls.get(usize::from(control)) else {
        return String::new();
    };
    let mut places: Vec<String> = control
        .kinds
        .iter()
        .map(|kind| words.kind_id(*kind).to_owned())
        .chain(control.classes.iter().filter_map(|class| words.classes.get(usize::from(*class)).cloned()))
        .collect();
    if control.on_flow {
        places.push("a flow".into());
    }
    if control.on_zone {
        places.push("a zone".into());
    }
    if control.on_data {
        places.push("a data asset".into());
    }
    places.truncate(6);
    format!("it can stand on {}", places.join(", "))
}

fn ambiguous_flows(graph: &Graph<'_>, out: &mut Vec<Diagnostic>) {
    for flow in &graph.flows {
        if flow.ambiguous == 0 {
            continue;
        }
        let taken: Vec<&str> = set_words(&CARRIES, flow.carries).collect();
        let other: Vec<&str> = set_words(&CARRIES, flow.ambiguous).collect();
        let (from, to) = (graph.name(flow.from), graph.name(flow.to));
        out.push(
            Diagnostic::warning("ambiguous-carries", format!("`{from} -> {to}` can carry more than one thing"))
                .at(flow.def.from.span.join(flow.def.to.span))
                .label(format!("taken as `{}`", taken.join(", ")))
                .note(format!(
                    "say which: `{from} -> {to} [{}]: ...` or `{from} -> {to} [{}]: ...`",
                    taken.join(", "),
                    other.join(", ")
                )),
        );
    }
}

/// One warning for each pair of zones, only where neither an end, a zone nor a flow has a control.
fn bare_boundaries(graph: &Graph<'_>, out: &mut Vec<Diagnostic>) {
    let mut pairs: BTreeMap<(ZoneId, ZoneId), (Vec<FlowId>, bool)> = BTreeMap::new();
    for (id, flow) in graph.flows.entries() {
        let (from, to) = (*graph.zone_of.at(flow.from), *graph.zone_of.at(flow.to));
        if from == to {
            continue;
        }
        let asked = match flow.half {
            Half::Ask => flow.to,
            Half::Answer => flow.from,
        };
        let guarded = counts(&graph.components.at(flow.from).controls)
            || counts(&graph.components.at(flow.to).controls)
            || flow.detail.is_some_and(|detail| counts(&detail.controls))
            || [from, to].iter().any(|zone| graph.zones.at(*zone).def.is_some_and(|def| counts(&def.controls)));
        // What leaves for the outside is the other party's to guard.
        if graph.trust(asked) == 0 {
            continue;
        }
        let entry = pairs.entry((from.min(to), from.max(to))).or_insert((Vec::new(), false));
        entry.0.push(id);
        entry.1 |= guarded;
    }
    for ((a, b), (flows, guarded)) in pairs {
        let Some(flow) = flows.first().map(|id| graph.flows.at(*id)) else {
            continue;
        };
        if guarded {
            continue;
        }
        let (a, b) = (graph.zones.at(a).id, graph.zones.at(b).id);
        out.push(
            Diagnostic::warning(
                "bare-boundary",
                format!("nothing guards the boundary between the zones `{a}` and `{b}`"),
            )
            .at(flow.def.from.span.join(flow.def.to.span))
            .label(match flows.len() {
                1 => "this flow crosses it".to_owned(),
                more => format!("this flow and {} more cross it", more - 1),
            })
            .note("state the controls at one end, on the flow or on the zone; `absent` and `unknown` count as stated"),
        );
    }
}

fn counts(controls: &[ControlUse]) -> bool {
    !controls.is_empty()
}

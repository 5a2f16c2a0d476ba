//! The attack surface, and the data assets with what protects them.

use crate::analysis::{Asset, PresentControl, Status, Surface, Threat};
use crate::labels::Credit;
use crate::prove::once;
use crate::threats::World;
use telamon_model::graph::data_text;
use telamon_model::hash::{FastMap, FastSet};
use telamon_model::ids::{ComponentId, Id};
use telamon_model::vocabulary::{LABELS, word_index};

/// What can be touched, by class of component, and the label by which it is touched.
const SURFACES: [(&str, &[&str], &[&str]); 5] = [
    ("training-data", &["training-store", "trainer"], &["untrusted-record", "staff-text"]),
    ("knowledge", &["knowledge-store", "memory"], &["untrusted-text", "staff-text"]),
    (
        "model-parameters",
        &["model", "judge-model", "registry", "artifact-store"],
        &["untrusted-artifact", "untrusted-record"],
    ),
    (
        "inference-interface",
        &["model", "judge-model", "endpoint", "agent", "prompter"],
        &["attacker-prompt", "crafted-input", "untrusted-text"],
    ),
    ("tools", &["tool", "code-runner", "actuator"], &["steered-action", "reach"]),
];

/// How many ways of one part of the surface are named.
const WAYS: usize = 3;

/// Ids of the threats of each component that controls do not hold, in rank order.
struct ByComponent<'t>(FastMap<&'t str, Vec<&'t str>>);

impl<'t> ByComponent<'t> {
    fn of(threats: &'t [Threat]) -> Self {
        let mut map: FastMap<&str, Vec<&str>> = FastMap::default();
        for threat in threats.iter().filter(|threat| threat.status != Status::Mitigated) {
            map.entry(&threat.component).or_default().push(&threat.id);
        }
        Self(map)
    }

    fn ids(&self, name: &str) -> impl Iterator<Item = String> {
        self.0.get(name).into_iter().flatten().map(|id| (*id).to_owned())
    }
}

/// Who can touch training data, knowledge, model parameters, inference interfaces and tools.
pub(crate) fn surface(world: &World<'_, '_>, threats: &[Threat]) -> Vec<Surface> {
    let graph = world.graph;
    let by_component = ByComponent::of(threats);
    let mut list = Vec::new();
    for (what, classes, labels) in SURFACES {
        let classes = graph.vocabulary.class_set(classes);
        for component in graph.components.ids() {
            if graph.classes(component) & classes == 0 {
                continue;
            }
            let mut who = Vec::new();
            let mut ways = Vec::new();
            for label in labels {
                let Some(label) = word_index(&LABELS, label) else {
                    continue;
                };
                let steps = world.current.labels.witness(graph, component, label);
                let Some(first) = steps.first().filter(|_| steps.len() > 1) else {
                    continue;
                };
                who.push(graph.title(first.component).to_owned());
                ways.push(steps.iter().map(|step| graph.name(step.component)).collect::<Vec<_>>().join(" → "));
            }
            if what == "model-parameters" && ways.is_empty() && graph.operator(component) != 0 {
                who.push(format!("its operator ({})", telamon_model::graph::operator_word(graph.operator(component))));
            }
            let name = graph.name(component);
            let mut ways = once(ways);
            ways.truncate(WAYS);
            list.push(Surface {
                what: what.to_owned(),
                component: name.to_owned(),
                who: once(who),
                ways,
                threats: by_component.ids(name).collect(),
            });
        }
    }
    list
}

/// Data assets: where they lie, where they can come to, what protects them.
pub(crate) fn assets(world: &World<'_, '_>, threats: &[Threat]) -> Vec<Asset> {
    let graph = world.graph;
    let private = word_index(&LABELS, "private-data").unwrap_or(0);
    let by_component = ByComponent::of(threats);
    graph
        .data
        .entries()
        .map(|(id, data)| {
            let holders: &[ComponentId] = graph.held_by.of(id.index());
            let mut reaches: Vec<&str> = Vec::new();
            for holder in holders {
                for edge in graph.outgoing.of(holder.index()) {
                    let travels = world.table.edge(*edge).get(usize::from(private)).is_some_and(|labels| *labels != 0);
                    if travels && let Some(edge) = graph.edges.get(*edge) {
                        reaches.push(graph.name(edge.to));
                    }
                }
            }
            let held_by: Vec<String> = holders.iter().map(|holder| graph.name(*holder).to_owned()).collect();
            let mut protected_by = Vec::new();
            for holder in holders {
                for held in world.controls.of(*holder) {
                    if Credit::Current.quarters(held.used.state) > 0 {
                        protected_by.push(PresentControl {
                            id: graph.vocabulary.control_id(held.used.control).to_owned(),
                            on: graph.name(*holder).to_owned(),
                            state: held.used.state.word().to_owned(),
                        });
                    }
                }
            }
            let name = data_text(data, "name");
            let mut seen: FastSet<&str> = held_by.iter().map(String::as_str).collect();
            let reaches: Vec<String> =
                reaches.into_iter().filter(|at| seen.insert(*at)).map(ToOwned::to_owned).collect();
            let class = crate::labels::sources::classification(data);
            Asset {
                id: data.id.value.clone(),
                name: if name.is_empty() { data.id.value.clone() } else { name.to_owned() },
                classification: telamon_model::declaration::CLASSIFICATION
                    .get(usize::from(class))
                    .copied()
                    .unwrap_or("confidential")
                    .to_owned(),
                threats: held_by.iter().flat_map(|holder| by_component.ids(holder)).collect(),
                held_by,
                reaches,
                protected_by,
            }
        })
        .collect()
}

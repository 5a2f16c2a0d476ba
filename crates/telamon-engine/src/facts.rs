//! What the engine derives from the graph, apart from controls: roles, effects
//! and how sensitive the data is that comes together at a component.

mod roles;

use crate::eval::View;
use crate::labels::{Begun, Table, sources};
use telamon_model::Graph;
use telamon_model::bits::Bits;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::model::Effect;
use telamon_model::threads;
use telamon_model::vocabulary::{CARRIES, CarriesSet, Half, LABELS, word_bit, word_index};
use telamon_rules::expr::Role;

/// Derived facts, the same whatever controls there are.
#[derive(Debug)]
pub struct Facts {
    roles: Vec<(Role, Bits)>,
    /// Own effects of each component, written or implied by its kind.
    pub effects: Vec<Vec<Effect>>,
    /// Effects of each component and of what it can make act.
    pub reaches: Vec<u32>,
    /// Effects of each component itself, one bit for each.
    pub own: Vec<u32>,
    /// Edges by which a component makes another act.
    pub drives: Bits,
    /// Classification (0 to 3) of each data asset.
    pub classes: Vec<u8>,
    /// Highest classification (0 to 3) of data that is held by or comes to each component; none: 255.
    pub stake: Vec<u8>,
}

fn carry(words: &[&str]) -> CarriesSet {
    words.iter().fold(0, |set, word| set | word_bit(&CARRIES, word))
}

impl Facts {
    /// Derives the facts. `inherent` is the view without controls.
    pub fn derive(graph: &Graph<'_>, table: &Table, begun: &Begun, inherent: &View) -> Self {
        let effects = effects(graph);
        let own: Vec<u32> =
            effects.iter().map(|own| own.iter().fold(0, |set, effect| set | 1 << effect.effect)).collect();
        let drives = drives(graph);
        let reaches = reaches(graph, &own, &drives);
        let classes: Vec<u8> = graph.data.iter().map(|data| sources::classification(data)).collect();
        let stake = stake(graph, table, &classes);
        let of = roles::Roles { graph, begun, inherent, reaches: &reaches };
        let roles = threads::each(Role::ALL.len(), graph.components.len(), |at| {
            Role::ALL.get(at).map(|(role, _, _)| (*role, of.bits(*role)))
        });
        let roles = roles.into_iter().flatten().collect();
        Self { roles, effects, reaches, own, drives, classes, stake }
    }

    /// The components that have a role.
    pub fn role(&self, role: Role) -> Option<&Bits> {
        self.roles.iter().find(|(own, _)| *own == role).map(|(_, bits)| bits)
    }

    /// Roles of a component.
    pub fn roles_of(&self, component: ComponentId) -> Vec<Role> {
        self.roles.iter().filter(|(_, bits)| bits.contains(component.index())).map(|(role, _)| *role).collect()
    }
}

fn effects(graph: &Graph<'_>) -> Vec<Vec<Effect>> {
    let implied = graph.of_families(|family| -> Vec<Effect> {
        let rows = graph.vocabulary.effects.iter().filter(|row| graph.vocabulary.matches(&row.at, family.kinds));
        let set = rows.fold(0u32, |set, row| set | row.effects);
        (0..12u8).filter(|effect| set >> effect & 1 == 1).map(|effect| Effect { effect, reach: 3 }).collect()
    });
    graph
        .components
        .entries()
        .map(|(id, def)| {
            if def.effects.is_empty() {
                implied.get(graph.family(id)).cloned().unwrap_or_default()
            } else {
                def.effects.clone()
            }
        })
        .collect()
}

/// Edges from a component to what it makes act: calls, commands and what a model's output sets going.
fn drives(graph: &Graph<'_>) -> Bits {
    let calls = carry(&["tool-call", "command"]);
    let asks = carry(&["request", "query", "message", "prompt", "file"]);
    let says = carry(&["completion", "prediction"]);
    let acts = graph.vocabulary.class_set(&["agent", "prompter", "tool", "code-runner", "model", "judge-model"]);
    let person = graph.vocabulary.class_set(&["person"]);
    Bits::collect(graph.edges.len(), |at| {
        graph.edges.get(EdgeId::from_usize(at)).is_some_and(|edge| match edge.half {
            Half::Ask => {
                edge.carries & calls != 0 || (edge.carries & asks != 0 && graph.classes(edge.from) & acts != 0)
            }
            // What a model says sets the one going who asked it, unless that is a person.
            Half::Answer => edge.carries & says != 0 && graph.classes(edge.to) & person == 0,
        })
    })
}

fn reaches(graph: &Graph<'_>, own: &[u32], drives: &Bits) -> Vec<u32> {
    let mut reaches = own.to_vec();
    let mut waiting: Vec<usize> =
        (0..reaches.len()).filter(|at| reaches.get(*at).is_some_and(|set| *set != 0)).collect();
    while let Some(at) = waiting.pop() {
        let here = reaches.get(at).copied().unwrap_or(0);
        for edge in graph.incoming.of(at) {
            if !drives.contains(edge.index()) {
                continue;
            }
            let Some(from) = graph.edges.get(*edge).map(|edge| edge.from.index()) else {
                continue;
            };
            if let Some(set) = reaches.get_mut(from)
                && *set | here != *set
            {
                *set |= here;
                waiting.push(from);
            }
        }
    }
    reaches
}

/// The highest class of data that is held at or comes to each component.
fn stake(graph: &Graph<'_>, table: &Table, classes: &[u8]) -> Vec<u8> {
    const NONE: u8 = u8::MAX;
    let higher = |a: u8, b: u8| match (a, b) {
        (NONE, b) => b,
        (a, NONE) => a,
        (a, b) => a.max(b),
    };
    let mut stake: Vec<u8> = graph
        .components
        .ids()
        .map(|component| {
            graph
                .holds
                .of(component.index())
                .iter()
                .filter_map(|data| classes.get(data.index()).copied())
                .fold(NONE, higher)
        })
        .collect();
    for (id, flow) in graph.flows.entries() {
        for data in graph.flow_data.of(id.index()) {
            let class = classes.get(data.index()).copied().unwrap_or(NONE);
            for end in [flow.from, flow.to] {
                if let Some(slot) = stake.get_mut(end.index()) {
                    *slot = higher(*slot, class);
                }
            }
        }
    }
    let private = usize::from(word_index(&LABELS, "private-data").unwrap_or(0));
    let mut waiting: Vec<usize> =
        (0..stake.len()).filter(|at| stake.get(*at).is_some_and(|class| *class >= 2 && *class != NONE)).collect();
    while let Some(at) = waiting.pop() {
        let here = stake.get(at).copied().unwrap_or(NONE);
        for edge in graph.outgoing.of(at) {
            if table.edge(*edge).get(private).copied().unwrap_or(0) == 0 {
                continue;
            }
            let Some(to) = graph.edges.get(*edge).map(|edge| edge.to.index()) else {
                continue;
            };
            if let Some(slot) = stake.get_mut(to)
                && higher(*slot, here) != *slot
            {
                *slot = higher(*slot, here);
                waiting.push(to);
            }
        }
    }
    stake
}

//! What the engine derives from the graph, apart from controls: roles, effects
//! and how sensitive the data is that comes together at a component.

use crate::labels::{Labels, Table, sources};
use telamon_model::Graph;
use telamon_model::bits::Bits;
use telamon_model::graph::first_word;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::model::Effect;
use telamon_model::vocabulary::{
    Begins, CARRIES, CarriesSet, Half, LABELS, word_bit, word_index,
};
use telamon_rules::expr::Role;

/// Derived facts, the same whatever controls there are.
#[derive(Debug)]
pub struct Facts {
    roles: Vec<(Role, Bits)>,
    /// Own effects of each component, written or implied by its kind.
    pub effects: Vec<Vec<Effect>>,
    /// Effects of each component and of what it can make act.
    pub reaches: Vec<u32>,
    /// Highest classification (0 to 3) of data that is held by or comes to each component; none: 255.
    pub stake: Vec<u8>,
}

fn carry(words: &[&str]) -> CarriesSet {
    words.iter().fold(0, |set, word| set | word_bit(&CARRIES, word))
}

impl Facts {
    /// Derives the facts. `inherent` are the labels without controls.
    pub fn derive(graph: &Graph<'_>, table: &Table, inherent: &Labels) -> Self {
        let effects = effects(graph);
        let reaches = reaches(graph, &effects);
        let stake = stake(graph, table);
        let roles = Role::ALL
            .iter()
            .map(|(role, _, _)| (*role, role_bits(graph, *role, inherent, table, &reaches)))
            .collect();
        Self {
            roles,
            effects,
            reaches,
            stake,
        }
    }

    /// The components that have a role.
    pub fn role(&self, role: Role) -> Option<&Bits> {
        self.roles
            .iter()
            .find(|(own, _)| *own == role)
            .map(|(_, bits)| bits)
    }

    /// Roles of a component.
    pub fn roles_of(&self, component: ComponentId) -> Vec<Role> {
        self.roles
            .iter()
            .filter(|(_, bits)| bits.contains(component.index()))
            .map(|(role, _)| *role)
            .collect()
    }
}

fn effects(graph: &Graph<'_>) -> Vec<Vec<Effect>> {
    graph
        .components
        .iter()
        .map(|def| {
            if !def.effects.is_empty() {
                return def.effects.clone();
            }
            let mut set = 0u32;
            for row in &graph.vocabulary.effects {
                if graph.vocabulary.matches(&row.at, &def.kinds) {
                    set |= row.effects;
                }
            }
            (0..12u8)
                .filter(|effect| set >> effect & 1 == 1)
                .map(|effect| Effect { effect, reach: 3 })
                .collect()
        })
        .collect()
}

/// From a component to what it makes act: calls, commands and what a model's output sets going.
pub(crate) fn drives(graph: &Graph<'_>, edge: EdgeId) -> bool {
    let Some(edge) = graph.edges.get(edge) else {
        return false;
    };
    let calls = carry(&["tool-call", "command"]);
    let asks = carry(&["request", "query", "message", "prompt", "file"]);
    let says = carry(&["completion", "prediction"]);
    let acts = |component| {
        ["agent", "prompter", "tool", "code-runner", "model", "judge-model"]
            .iter()
            .any(|class| graph.is_class(component, class))
    };
    match edge.half {
        Half::Ask => edge.carries & calls != 0 || (edge.carries & asks != 0 && acts(edge.from)),
        // What a model says sets the one going who asked it, unless that is a person.
        Half::Answer => edge.carries & says != 0 && !graph.is_class(edge.to, "person"),
    }
}

fn reaches(graph: &Graph<'_>, effects: &[Vec<Effect>]) -> Vec<u32> {
    let mut reaches: Vec<u32> = effects
        .iter()
        .map(|own| own.iter().fold(0, |set, effect| set | 1 << effect.effect))
        .collect();
    let mut waiting: Vec<usize> = (0..reaches.len())
        .filter(|at| reaches.get(*at).is_some_and(|set| *set != 0))
        .collect();
    while let Some(at) = waiting.pop() {
        let here = reaches.get(at).copied().unwrap_or(0);
        for edge in graph.incoming.of(at) {
            if !drives(graph, *edge) {
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
fn stake(graph: &Graph<'_>, table: &Table) -> Vec<u8> {
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
                .filter_map(|data| graph.data.get(*data))
                .map(|data| sources::classification(data))
                .fold(NONE, higher)
        })
        .collect();
    for (id, flow) in graph.flows.entries() {
        for data in graph.flow_data.of(id.index()) {
            let class = sources::classification(graph.data[*data]);
            for end in [flow.from, flow.to] {
                if let Some(slot) = stake.get_mut(end.index()) {
                    *slot = higher(*slot, class);
                }
            }
        }
    }
    let private = usize::from(word_index(&LABELS, "private-data").unwrap_or(0));
    let mut waiting: Vec<usize> = (0..stake.len())
        .filter(|at| stake.get(*at).is_some_and(|class| *class >= 2 && *class != NONE))
        .collect();
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

fn role_bits(
    graph: &Graph<'_>,
    role: Role,
    inherent: &Labels,
    table: &Table,
    reaches: &[u32],
) -> Bits {
    let count = graph.components.len();
    let class = |component: ComponentId, classes: &[&str]| {
        classes.iter().any(|class| graph.is_class(component, class))
    };
    let out = |component: ComponentId, is: &dyn Fn(EdgeId) -> bool| {
        graph.outgoing.of(component.index()).iter().any(|edge| is(*edge))
    };
    let into = |component: ComponentId, is: &dyn Fn(EdgeId) -> bool| {
        graph.incoming.of(component.index()).iter().any(|edge| is(*edge))
    };
    let carries = |edge: EdgeId, set: CarriesSet| {
        graph.edges.get(edge).is_some_and(|edge| edge.carries & set != 0)
    };
    let of = |is: &dyn Fn(ComponentId) -> bool| {
        Bits::collect(count, |at| is(ComponentId::from_usize(at)))
    };
    match role {
        Role::Prompter => of(&|c| {
            class(c, &["prompter"])
                || !class(c, &["person", "gateway", "guardrail"])
                && out(c, &|edge| {
                    carries(edge, carry(&["prompt", "context"]))
                        && graph.edges.get(edge).is_some_and(|e| {
                            e.half == Half::Ask && class(e.to, &["model", "endpoint"])
                        })
                })
        }),
        Role::Actor => of(&|c| {
            !class(c, &["person", "model", "judge-model"])
                && (class(c, &["agent"])
                    || into(c, &|edge| carries(edge, carry(&["completion", "prediction"]))))
                && reaches.get(c.index()).is_some_and(|set| *set != 0)
        }),
        Role::Parser => {
            let file = word_index(&LABELS, "untrusted-file").unwrap_or(0);
            of(&|c| {
                class(c, &["app", "service", "pipeline", "agent", "prompter", "tool", "gateway", "trainer"])
                    && graph.operator(c) == 0
                    && into(c, &|edge| brings(graph, table, inherent, edge, 1 << file))
            })
        }
        Role::Checker => of(&|c| {
            class(c, &["guardrail", "human-check"]) || graph.is_kind(c, "policy-enforcement-point")
        }),
        Role::KeyHolder => of(&|c| {
            if class(c, &["person", "store", "knowledge-store", "outside-source", "log", "cache", "memory"]) {
                return false;
            }
            match graph.attribute(c, "credentials").map(first_word) {
                Some(word) => word == 3,
                None => {
                    graph.operator(c) == 0
                        && class(c, &["app", "service", "agent", "prompter", "pipeline", "tool", "gateway", "trainer"])
                        && out(c, &|edge| {
                            graph.edges.get(edge).is_some_and(|e| {
                                e.half == Half::Ask
                                    && graph.operator(e.to) != 0
                                    && class(
                                        e.to,
                                        &["model", "judge-model", "endpoint", "service", "gateway", "agent", "tool", "registry", "infra", "app"],
                                    )
                            })
                        })
                }
            }
        }),
        Role::FeedbackSink => of(&|c| {
            into(c, &|edge| carries(edge, carry(&["feedback", "annotation"])))
        }),
        Role::Trainer => of(&|c| {
            class(c, &["trainer"])
                || (class(c, &["model", "judge-model"])
                    && into(c, &|edge| carries(edge, carry(&["training-data", "model-update"]))))
        }),
        Role::Outsider => of(&|c| sources::is_outsider(graph, c)),
        Role::Insider => of(&|c| sources::is_insider(graph, c)),
        Role::OwnModel => of(&|c| {
            class(c, &["model", "judge-model"]) && sources::begins(graph, c, Begins::OwnModel)
        }),
        Role::Keeper => of(&|c| {
            class(
                c,
                &["store", "memory", "cache", "log", "training-store", "knowledge-store", "artifact-store", "registry"],
            )
        }),
        Role::Ai => of(&|c| {
            graph.components[c].kinds.iter().any(|kind| {
                graph
                    .vocabulary
                    .kinds
                    .get(usize::from(*kind))
                    .is_some_and(|kind| kind.ai)
            })
        }),
        Role::External => of(&|c| graph.operator(c) != 0),
        Role::Entry => of(&|c| {
            graph.operator(c) == 0
                && !class(c, &["person", "outside-source"])
                && into(c, &|edge| {
                    graph.edges.get(edge).is_some_and(|e| {
                        e.half == Half::Ask
                            && sources::is_outsider(graph, e.from)
                            && class(e.from, &["person", "outside-source"])
                    })
                })
        }),
    }
}

/// True when the edge brings one of the labels, controls left aside on this hop.
pub(crate) fn brings(
    graph: &Graph<'_>,
    table: &Table,
    labels: &Labels,
    edge: EdgeId,
    wanted: u16,
) -> bool {
    let Some(from) = graph.edges.get(edge).map(|edge| edge.from) else {
        return false;
    };
    (0u8..)
        .zip(table.edge(edge))
        .any(|(label, arriving)| arriving & wanted != 0 && labels.has(from, label))
}

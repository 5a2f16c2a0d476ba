//! Roles that components have by their kinds and flows.

use super::carry;
use crate::eval::View;
use crate::labels::Begun;
use crate::labels::sources::is_own_model;
use telamon_model::Graph;
use telamon_model::bits::Bits;
use telamon_model::graph::first_word;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::vocabulary::{CarriesSet, ClassSet, Half, LABELS, word_index};
use telamon_rules::expr::Role;

/// What roles are derived from.
pub(super) struct Roles<'r, 'm> {
    pub(super) graph: &'r Graph<'m>,
    pub(super) begun: &'r Begun,
    pub(super) inherent: &'r View,
    pub(super) reaches: &'r [u32],
}

impl Roles<'_, '_> {
    fn set(&self, classes: &[&str]) -> ClassSet {
        self.graph.vocabulary.class_set(classes)
    }

    fn is(&self, component: ComponentId, classes: ClassSet) -> bool {
        self.graph.classes(component) & classes != 0
    }

    fn all(&self, is: impl Fn(ComponentId) -> bool) -> Bits {
        Bits::collect(self.graph.components.len(), |at| is(ComponentId::from_usize(at)))
    }

    /// Components of these classes.
    fn of_classes(&self, classes: &[&str]) -> Bits {
        let set = self.set(classes);
        self.all(|component| self.is(component, set))
    }

    /// Components at which a flow arrives that carries one of these.
    fn receivers(&self, carries: CarriesSet) -> Bits {
        let mut bits = Bits::new(self.graph.components.len());
        for edge in self.graph.edges.iter().filter(|edge| edge.carries & carries != 0) {
            bits.insert(edge.to.index());
        }
        bits
    }

    /// The components that have a role.
    pub(super) fn bits(&self, role: Role) -> Bits {
        let graph = self.graph;
        match role {
            Role::Prompter => self.prompters(),
            Role::Actor => {
                let not = self.set(&["person", "model", "judge-model"]);
                let agent = self.set(&["agent"]);
                let told = self.receivers(carry(&["completion", "prediction"]));
                self.all(|c| {
                    !self.is(c, not)
                        && (self.is(c, agent) || told.contains(c.index()))
                        && self.reaches.get(c.index()).is_some_and(|set| *set != 0)
                })
            }
            Role::Parser => {
                let file = 1 << word_index(&LABELS, "untrusted-file").unwrap_or(0);
                let opens =
                    self.set(&["app", "service", "pipeline", "agent", "prompter", "tool", "gateway", "trainer"]);
                self.all(|c| {
                    self.is(c, opens)
                        && graph.operator(c) == 0
                        && graph.incoming.of(c.index()).iter().any(|edge| self.inherent.brings(*edge, file))
                })
            }
            Role::Checker => {
                let classes = self.set(&["guardrail", "human-check"]);
                let kind = graph.vocabulary.kind("policy-enforcement-point");
                let checks = graph.of_families(|family| {
                    family.classes & classes != 0
                        || kind.is_some_and(|kind| family.kinds.iter().any(|own| graph.vocabulary.is_a(*own, kind)))
                });
                self.all(|c| checks.get(graph.family(c)) == Some(&true))
            }
            Role::KeyHolder => self.key_holders(),
            Role::FeedbackSink => self.receivers(carry(&["feedback", "annotation"])),
            Role::Trainer => {
                let trainer = self.set(&["trainer"]);
                let model = self.set(&["model", "judge-model"]);
                let fed = self.receivers(carry(&["training-data", "model-update"]));
                self.all(|c| self.is(c, trainer) || (self.is(c, model) && fed.contains(c.index())))
            }
            Role::Outsider => self.begun.outsiders.clone(),
            Role::Insider => self.begun.insiders.clone(),
            Role::OwnModel => {
                let model = self.set(&["model", "judge-model"]);
                self.all(|c| self.is(c, model) && is_own_model(graph, c))
            }
            Role::Keeper => self.of_classes(&[
                "store",
                "memory",
                "cache",
                "log",
                "training-store",
                "knowledge-store",
                "artifact-store",
                "registry",
            ]),
            Role::Ai => {
                let ai = graph.of_families(|family| {
                    let kinds = family.kinds.iter().filter_map(|kind| graph.vocabulary.kinds.get(usize::from(*kind)));
                    kinds.into_iter().any(|kind| kind.ai)
                });
                self.all(|c| ai.get(graph.family(c)) == Some(&true))
            }
            Role::External => self.all(|c| graph.operator(c) != 0),
            Role::Entry => self.entries(),
        }
    }

    fn prompters(&self) -> Bits {
        let graph = self.graph;
        let always = self.set(&["prompter"]);
        let never = self.set(&["person", "gateway", "guardrail"]);
        let model = self.set(&["model", "endpoint"]);
        let prompt = carry(&["prompt", "context"]);
        let mut sends = Bits::new(graph.components.len());
        for edge in &graph.edges {
            if edge.half == Half::Ask && edge.carries & prompt != 0 && self.is(edge.to, model) {
                sends.insert(edge.from.index());
            }
        }
        self.all(|c| self.is(c, always) || (!self.is(c, never) && sends.contains(c.index())))
    }

    fn key_holders(&self) -> Bits {
        let graph = self.graph;
        let never = self.set(&["person", "store", "knowledge-store", "outside-source", "log", "cache", "memory"]);
        let caller = self.set(&["app", "service", "agent", "prompter", "pipeline", "tool", "gateway", "trainer"]);
        let answers = self.set(&[
            "model",
            "judge-model",
            "endpoint",
            "service",
            "gateway",
            "agent",
            "tool",
            "registry",
            "infra",
            "app",
        ]);
        let abroad = |edge: &EdgeId| {
            graph
                .edges
                .get(*edge)
                .is_some_and(|edge| edge.half == Half::Ask && graph.operator(edge.to) != 0 && self.is(edge.to, answers))
        };
        self.all(|c| {
            if self.is(c, never) {
                return false;
            }
            match graph.attribute(c, "credentials").map(first_word) {
                Some(word) => word == 3,
                None => graph.operator(c) == 0 && self.is(c, caller) && graph.outgoing.of(c.index()).iter().any(abroad),
            }
        })
    }

    fn entries(&self) -> Bits {
        let graph = self.graph;
        let outside = self.set(&["person", "outside-source"]);
        let asked = |edge: &EdgeId| {
            graph.edges.get(*edge).is_some_and(|edge| {
                edge.half == Half::Ask
                    && self.begun.outsiders.contains(edge.from.index())
                    && self.is(edge.from, outside)
            })
        };
        self.all(|c| graph.operator(c) == 0 && !self.is(c, outside) && graph.incoming.of(c.index()).iter().any(asked))
    }
}

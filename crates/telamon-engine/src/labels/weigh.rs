//! What the controls on a hop weigh.

use super::{HOP, LABEL_COUNT, STRONG, WEAK};
use std::collections::HashMap;
use telamon_model::Graph;
use telamon_model::ids::{ComponentId, EdgeId, FlowId, Id};
use telamon_model::model::{ControlState, ControlUse};
use telamon_model::vocabulary::{Acts, ControlIx, Inherited, Strength};

/// How controls count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credit {
    /// Not at all: the inherent risk.
    Inherent,
    /// As they are.
    Current,
    /// Planned ones as if they were in place.
    Target,
}

impl Credit {
    /// What a state is worth, in quarters.
    pub fn quarters(self, state: ControlState) -> u32 {
        match (self, state) {
            (Self::Inherent, _)
            | (_, ControlState::Absent | ControlState::Unknown | ControlState::NotApplicable) => 0,
            (Self::Current, ControlState::Planned) => 0,
            (Self::Target, ControlState::Planned) | (_, ControlState::Verified) => 4,
            (_, ControlState::Attested | ControlState::Partial) => 2,
            (_, ControlState::Implemented) => 3,
        }
    }

    /// Whether a state is enough for a control that stops.
    pub fn stops(self, state: ControlState) -> bool {
        self.quarters(state) >= 3
    }
}

/// A control that is in force at a component: its own, its zone's or its orchestrator's.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'m> {
    /// As written.
    pub used: &'m ControlUse,
    /// Where it is written: the component itself, or an element it is inherited from.
    pub from: Origin,
}

/// Where a control that is in force is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// On the component.
    Own,
    /// On a zone that encloses it.
    Zone(telamon_model::ids::ZoneId),
    /// On the agent or orchestrator that calls it.
    Orchestrator(ComponentId),
}

/// Controls in force at a component, its own first; each control once.
pub fn in_force<'m>(graph: &Graph<'m>, component: ComponentId) -> Vec<InForce<'m>> {
    let mut found: Vec<InForce<'m>> = graph
        .components
        .get(component)
        .map(|def| {
            def.controls
                .iter()
                .map(|used| InForce {
                    used,
                    from: Origin::Own,
                })
                .collect()
        })
        .unwrap_or_default();
    let known = |found: &[InForce<'m>], control: ControlIx| {
        found.iter().any(|own| own.used.control == control)
    };
    for zone in graph.zone_chain(graph.zone_of[component]) {
        for used in graph.zones[zone].def.iter().flat_map(|def| &def.controls) {
            let inherits = graph
                .vocabulary
                .controls
                .get(usize::from(used.control))
                .is_some_and(|control| control.inherited == Inherited::Zone);
            if inherits && !known(&found, used.control) {
                found.push(InForce {
                    used,
                    from: Origin::Zone(zone),
                });
            }
        }
    }
    // What a tool gets from its caller holds only when every caller has it.
    let callers = callers(graph, component);
    if let Some((first, rest)) = callers.split_first() {
        for used in &graph.components[*first].controls {
            let inherits = graph
                .vocabulary
                .controls
                .get(usize::from(used.control))
                .is_some_and(|control| control.inherited == Inherited::Orchestrator);
            if !inherits || known(&found, used.control) {
                continue;
            }
            let mut weakest = (used, *first);
            let all = rest.iter().all(|caller| {
                let theirs = graph.components[*caller]
                    .controls
                    .iter()
                    .find(|other| other.control == used.control);
                if let Some(theirs) = theirs
                    && worth(theirs.state) < worth(weakest.0.state)
                {
                    weakest = (theirs, *caller);
                }
                theirs.is_some()
            });
            if all {
                found.push(InForce {
                    used: weakest.0,
                    from: Origin::Orchestrator(weakest.1),
                });
            }
        }
    }
    found
}

/// States by what they are worth now, then in the target.
fn worth(state: ControlState) -> (u32, u32) {
    (
        Credit::Current.quarters(state),
        Credit::Target.quarters(state),
    )
}

/// Agents and orchestrators that call a component as a tool.
fn callers(graph: &Graph<'_>, component: ComponentId) -> Vec<ComponentId> {
    let call = telamon_model::vocabulary::word_bit(
        &telamon_model::vocabulary::CARRIES,
        "tool-call",
    );
    let mut found: Vec<ComponentId> = graph
        .incoming
        .of(component.index())
        .iter()
        .filter_map(|edge| graph.edges.get(*edge))
        .filter(|edge| edge.carries & call != 0)
        .map(|edge| edge.from)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

type Weights = [u32; LABEL_COUNT];

/// What one side of a hop weighs on each label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Side {
    add: Weights,
    stop: u16,
}

impl Side {
    fn count(&mut self, strength: &[Option<Strength>; LABEL_COUNT], state: ControlState, credit: Credit) {
        let quarters = credit.quarters(state);
        if quarters == 0 {
            return;
        }
        for ((at, strength), add) in strength.iter().enumerate().zip(&mut self.add) {
            match strength {
                None => {}
                Some(Strength::Weak) => *add += WEAK * quarters / 4,
                Some(Strength::Strong) => *add += STRONG * quarters / 4,
                Some(Strength::Stop) if credit.stops(state) => self.stop |= 1 << at,
                Some(Strength::Stop) => *add += STRONG * quarters / 4,
            }
        }
    }
}

/// What every hop costs, for one way of counting controls.
#[derive(Debug, Clone)]
pub struct Hops {
    credit: Credit,
    sides: Vec<Side>,
    intake: Vec<u32>,
    output: Vec<u32>,
    flow: HashMap<FlowId, Side>,
}

impl Hops {
    /// Weighs all controls of a graph. `extra` is a control that is counted as implemented at a component
    /// although it is not there; `without` are controls that are left out.
    pub fn weigh(
        graph: &Graph<'_>,
        credit: Credit,
        extra: Option<(ComponentId, ControlIx)>,
        without: &[ControlIx],
    ) -> Self {
        let mut hops = Self {
            credit,
            sides: vec![Side::default()],
            intake: vec![0; graph.components.len()],
            output: vec![0; graph.components.len()],
            flow: HashMap::new(),
        };
        if credit == Credit::Inherent {
            return hops;
        }
        let mut known: HashMap<Side, u32> = HashMap::new();
        known.insert(Side::default(), 0);
        let any_zone = graph.model.zones.iter().any(|zone| !zone.controls.is_empty());
        let any_inherited = graph.model.components.iter().any(|def| {
            def.controls.iter().any(|used| {
                graph
                    .vocabulary
                    .controls
                    .get(usize::from(used.control))
                    .is_some_and(|control| control.inherited == Inherited::Orchestrator)
            })
        });
        for component in graph.components.ids() {
            let mut intake = Side::default();
            let mut output = Side::default();
            let mut count = |control: ControlIx, state: ControlState| {
                if without.contains(&control) {
                    return;
                }
                let Some(word) = graph.vocabulary.controls.get(usize::from(control)) else {
                    return;
                };
                match word.acts {
                    Acts::Intake => intake.count(&word.strength, state, credit),
                    Acts::Output => output.count(&word.strength, state, credit),
                    Acts::Flow | Acts::Own => {}
                }
            };
            let own = &graph.components[component].controls;
            let replaced = extra.filter(|(at, _)| *at == component).map(|(_, control)| control);
            if any_zone || any_inherited {
                for held in in_force(graph, component) {
                    if Some(held.used.control) != replaced {
                        count(held.used.control, held.used.state);
                    }
                }
            } else {
                for used in own {
                    if Some(used.control) != replaced {
                        count(used.control, used.state);
                    }
                }
            }
            if let Some(control) = replaced {
                count(control, ControlState::Implemented);
            }
            for (side, to) in [(intake, &mut hops.intake), (output, &mut hops.output)] {
                let number = *known.entry(side).or_insert_with(|| {
                    hops.sides.push(side);
                    u32::try_from(hops.sides.len() - 1).unwrap_or(0)
                });
                if let Some(slot) = to.get_mut(component.index()) {
                    *slot = number;
                }
            }
        }
        for (id, flow) in graph.flows.entries() {
            let Some(detail) = &flow.def.detail else {
                continue;
            };
            let mut side = Side::default();
            for used in &detail.controls {
                if without.contains(&used.control) {
                    continue;
                }
                if let Some(word) = graph.vocabulary.controls.get(usize::from(used.control)) {
                    side.count(&word.strength, used.state, credit);
                }
            }
            if side != Side::default() {
                hops.flow.insert(id, side);
            }
        }
        hops
    }

    fn side(&self, sides: &[u32], component: ComponentId) -> &Side {
        const NONE: Side = Side {
            add: [0; LABEL_COUNT],
            stop: 0,
        };
        sides
            .get(component.index())
            .and_then(|number| self.sides.get(*number as usize))
            .unwrap_or(&NONE)
    }

    /// Cost of the hop for the label that arrives; none when a control stops it.
    pub fn cost(&self, graph: &Graph<'_>, edge: EdgeId, label: u8) -> Option<u32> {
        let at = usize::from(label);
        let edge = graph.edges.get(edge)?;
        if self.credit == Credit::Inherent {
            return Some(HOP);
        }
        let mut cost = HOP;
        let sides = [
            Some(self.side(&self.output, edge.from)),
            Some(self.side(&self.intake, edge.to)),
            self.flow.get(&edge.flow),
        ];
        for side in sides.into_iter().flatten() {
            if side.stop >> label & 1 == 1 {
                return None;
            }
            cost += side.add.get(at).copied().unwrap_or(0);
        }
        // The bucket queue turns within this bound; far beyond it nothing changes any more.
        Some(cost.min(super::pass::WIDEST))
    }
}

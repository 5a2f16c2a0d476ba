//! What the controls on a hop weigh.

use super::{HOP, LABEL_COUNT, STRONG, Standing, WEAK};
use telamon_model::Graph;
use telamon_model::hash::FastMap;
use telamon_model::ids::{ComponentId, EdgeId, FlowId, Id};
use telamon_model::model::ControlState;
use telamon_model::vocabulary::{Acts, ControlIx, LabelSet, Strength};

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
            | (_, ControlState::Absent | ControlState::Unknown | ControlState::NotApplicable)
            | (Self::Current, ControlState::Planned) => 0,
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

type Weights = [u32; LABEL_COUNT];

/// What one side of a hop weighs on each label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Side {
    add: Weights,
    stop: LabelSet,
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
                Some(Strength::Stop) if credit.stops(state) => self.stop |= 1 << at,
                Some(Strength::Strong | Strength::Stop) => *add += STRONG * quarters / 4,
            }
        }
    }
}

/// What every hop costs, for one way of counting controls.
#[derive(Debug, Clone)]
pub struct Hops {
    sides: Vec<Side>,
    intake: Vec<u32>,
    output: Vec<u32>,
    flow: FastMap<FlowId, Side>,
}

impl Hops {
    /// Weighs all controls of a graph. `extra` is a control that is counted as implemented at a component
    /// although it is not there; `without` are controls that are left out.
    pub fn weigh(
        graph: &Graph<'_>,
        standing: &Standing<'_>,
        credit: Credit,
        extra: Option<(ComponentId, ControlIx)>,
        without: &[ControlIx],
    ) -> Self {
        let mut hops = Self {
            sides: vec![Side::default()],
            intake: vec![0; graph.components.len()],
            output: vec![0; graph.components.len()],
            flow: FastMap::default(),
        };
        if credit == Credit::Inherent {
            return hops;
        }
        let mut known: FastMap<Side, u32> = FastMap::default();
        known.insert(Side::default(), 0);
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
            let replaced = extra.filter(|(at, _)| *at == component).map(|(_, control)| control);
            let held = standing.of(component);
            if held.is_empty() && replaced.is_none() {
                continue;
            }
            for held in held {
                if Some(held.used.control) != replaced {
                    count(held.used.control, held.used.state);
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
            let Some(detail) = flow.detail else {
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

    /// True when no control weighs on any hop.
    fn is_free(&self) -> bool {
        self.sides.len() < 2 && self.flow.is_empty()
    }

    fn side(&self, sides: &[u32], component: ComponentId) -> &Side {
        const NONE: Side = Side { add: [0; LABEL_COUNT], stop: 0 };
        sides.get(component.index()).and_then(|number| self.sides.get(*number as usize)).unwrap_or(&NONE)
    }

    /// The labels that a control on the hop stops.
    pub fn stopped(&self, graph: &Graph<'_>, edge: EdgeId) -> LabelSet {
        let Some(edge) = graph.edges.get(edge).filter(|_| !self.is_free()) else {
            return 0;
        };
        self.side(&self.output, edge.from).stop
            | self.side(&self.intake, edge.to).stop
            | self.flow.get(&edge.flow).map_or(0, |side| side.stop)
    }

    /// Cost of the hop for the label that arrives; none when a control stops it.
    pub fn cost(&self, graph: &Graph<'_>, edge: EdgeId, label: u8) -> Option<u32> {
        let at = usize::from(label);
        if self.is_free() {
            return Some(HOP);
        }
        let mut cost = HOP;
        let edge = graph.edges.get(edge)?;
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

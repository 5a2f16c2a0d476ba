//! Labels: which facts arrive where, how cheaply, and by which way.
//!
//! A hop costs [`HOP`] plus the strengths, for the arriving label, of the
//! controls on the sender's output, on the flow and on the receiver's intake.
//! The witness of a label at a component is the cheapest way from a source;
//! ties take the smaller last edge, then the smaller label there. Every hop
//! costs something, so there are no cycles and exactly one witness: a control
//! on one way does not hide the unguarded way beside it, and adding a control
//! can never make anything cheaper.

mod pass;
pub(crate) mod sources;
mod standing;
mod table;
mod weigh;

use telamon_model::Graph;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::vocabulary::LabelSet;

pub use sources::{Begun, begin};
pub(crate) use standing::uses;
pub use standing::{InForce, Origin, Standing};
pub use table::Table;
pub use weigh::{Credit, Hops};

/// Number of labels.
pub const LABEL_COUNT: usize = 16;
/// Cost of a hop without controls, in the units of the weights table.
pub const HOP: u32 = 2;
/// Full strength of a weak control.
pub const WEAK: u32 = 10;
/// Full strength of a strong control, and of one that stops but is not in place yet.
pub const STRONG: u32 = 20;

/// How a label came to a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Cost of the witness.
    pub cost: u32,
    /// The last edge, and the label with which it left; none at a source.
    pub by: Option<(EdgeId, u8)>,
}

/// Where labels arrive, for one way of counting controls.
#[derive(Debug, Clone)]
pub struct Labels {
    states: Vec<u64>,
    sets: Vec<LabelSet>,
}

/// One step of a witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The component.
    pub component: ComponentId,
    /// The label there.
    pub label: u8,
    /// The edge by which it came; none at the source.
    pub edge: Option<EdgeId>,
}

const ABSENT: u64 = u64::MAX;

fn encode(cost: u32, edge: Option<EdgeId>, label: u8) -> u64 {
    let edge = edge.map_or(0, |edge| u64::from(edge.0) + 1);
    u64::from(cost) << 40 | edge << 4 | u64::from(label)
}

impl Labels {
    /// Lets the labels travel.
    pub fn travel(graph: &Graph<'_>, table: &Table, sources: &[LabelSet], hops: &Hops) -> Self {
        pass::travel(graph, table, sources, hops)
    }

    fn state(&self, component: ComponentId, label: u8) -> u64 {
        self.states.get(component.index() * LABEL_COUNT + usize::from(label)).copied().unwrap_or(ABSENT)
    }

    /// How the label came to the component, if it did.
    pub fn arrival(&self, component: ComponentId, label: u8) -> Option<Arrival> {
        let state = self.state(component, label);
        if state == ABSENT {
            return None;
        }
        let edge = state >> 4 & 0xF_FFFF_FFFF;
        let by = (edge > 0).then(|| (EdgeId(u32::try_from(edge - 1).unwrap_or(u32::MAX)), (state & 0xF) as u8));
        Some(Arrival { cost: (state >> 40) as u32, by })
    }

    /// True when the label is there, arrived or begun.
    pub fn has(&self, component: ComponentId, label: u8) -> bool {
        self.set(component) >> label & 1 == 1
    }

    /// All labels at a component.
    pub fn set(&self, component: ComponentId) -> LabelSet {
        self.sets.get(component.index()).copied().unwrap_or(0)
    }

    /// The labels that each edge brings past the controls on its hop.
    pub fn brought(&self, graph: &Graph<'_>, table: &Table, hops: &Hops) -> Vec<LabelSet> {
        graph
            .edges
            .entries()
            .map(|(id, edge)| {
                let mut there = self.set(edge.from);
                let passes = table.edge(id);
                let mut brought = 0;
                while there != 0 {
                    let label = there.trailing_zeros() as usize;
                    brought |= passes.get(label).copied().unwrap_or(0);
                    there &= there - 1;
                }
                if brought == 0 { 0 } else { brought & !hops.stopped(graph, id) }
            })
            .collect()
    }

    /// The witness: from the source to the component.
    pub fn witness(&self, graph: &Graph<'_>, component: ComponentId, label: u8) -> Vec<Step> {
        let mut steps = Vec::new();
        let (mut component, mut label) = (component, label);
        // The cost falls with every step back, so this ends; the bound is for a damaged state.
        for _ in 0..=graph.components.len() * LABEL_COUNT {
            let Some(arrival) = self.arrival(component, label) else {
                break;
            };
            steps.push(Step { component, label, edge: arrival.by.map(|(edge, _)| edge) });
            match arrival.by {
                Some((edge, before)) => {
                    let Some(edge) = graph.edges.get(edge) else {
                        break;
                    };
                    component = edge.from;
                    label = before;
                }
                None => break,
            }
        }
        steps.reverse();
        steps
    }

    /// Share of the components at which each label is.
    pub fn shares(&self, graph: &Graph<'_>) -> [f64; LABEL_COUNT] {
        let mut counts = [0usize; LABEL_COUNT];
        for component in graph.components.ids() {
            for (label, count) in (0u8..).zip(&mut counts) {
                *count += usize::from(self.has(component, label));
            }
        }
        let all = graph.components.len().max(1);
        #[allow(clippy::cast_precision_loss)]
        counts.map(|count| count as f64 / all as f64)
    }
}

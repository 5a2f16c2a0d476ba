//! Controls in force at components: their own, their zone's and their orchestrator's.

use super::Credit;
use telamon_model::Graph;
use telamon_model::graph::Lists;
use telamon_model::ids::{ComponentId, Id, ZoneId};
use telamon_model::model::{ControlState, ControlUse};
use telamon_model::vocabulary::{CARRIES, CarriesSet, ControlIx, Inherited, word_bit};

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
    Zone(ZoneId),
    /// On the agent or orchestrator that calls it.
    Orchestrator(ComponentId),
}

/// The controls in force at every component. They do not depend on how controls count, so they are gathered
/// once for all views.
#[derive(Debug)]
pub struct Standing<'m> {
    lists: Lists<InForce<'m>>,
    /// By control: whether it is written anywhere in the model.
    written: Vec<bool>,
}

impl<'m> Standing<'m> {
    /// Gathers the controls of a graph.
    pub fn gather(graph: &Graph<'m>) -> Self {
        let gatherer = Gatherer::new(graph);
        let mut all: Vec<(usize, InForce<'m>)> = Vec::new();
        let mut here = Vec::new();
        for component in graph.components.ids() {
            gatherer.in_force(component, &mut here);
            all.extend(here.drain(..).map(|held| (component.index(), held)));
        }
        let mut written = vec![false; graph.vocabulary.controls.len()];
        for used in uses(graph) {
            if let Some(slot) = written.get_mut(usize::from(used.control)) {
                *slot = true;
            }
        }
        Self { lists: Lists::group(graph.components.len(), all.iter().copied()), written }
    }

    /// Controls in force at a component, its own first; each control once.
    pub fn of(&self, component: ComponentId) -> &[InForce<'m>] {
        self.lists.of(component.index())
    }

    /// State of a control at a component, where it is in force.
    pub fn state(&self, component: ComponentId, control: ControlIx) -> Option<ControlState> {
        self.of(component).iter().find(|held| held.used.control == control).map(|held| held.used.state)
    }

    /// True when the control is written anywhere in the model, in whatever state.
    pub fn is_written(&self, control: ControlIx) -> bool {
        self.written.get(usize::from(control)).copied().unwrap_or(false)
    }
}

/// All controls that are written in a model.
pub(crate) fn uses<'m>(graph: &Graph<'m>) -> impl Iterator<Item = &'m ControlUse> + use<'m> {
    let model = graph.model;
    let on_flows = model.flows.iter().filter_map(|flow| flow.detail.as_ref()).flat_map(|detail| &detail.controls);
    model
        .components
        .iter()
        .flat_map(|def| &def.controls)
        .chain(model.zones.iter().flat_map(|zone| &zone.controls))
        .chain(model.data.iter().flat_map(|data| &data.controls))
        .chain(on_flows)
}

struct Gatherer<'g, 'm> {
    graph: &'g Graph<'m>,
    /// A control that zones hand down is written on one.
    zones: bool,
    /// A control that callers hand down is written on a component.
    callers: bool,
    call: CarriesSet,
}

impl<'g, 'm> Gatherer<'g, 'm> {
    fn new(graph: &'g Graph<'m>) -> Self {
        let inherits = |used: &ControlUse, from: Inherited| {
            graph.vocabulary.controls.get(usize::from(used.control)).is_some_and(|control| control.inherited == from)
        };
        let model = graph.model;
        Self {
            graph,
            zones: model.zones.iter().flat_map(|zone| &zone.controls).any(|used| inherits(used, Inherited::Zone)),
            callers: model
                .components
                .iter()
                .flat_map(|def| &def.controls)
                .any(|used| inherits(used, Inherited::Orchestrator)),
            call: word_bit(&CARRIES, "tool-call"),
        }
    }

    fn inherits(&self, control: ControlIx, from: Inherited) -> bool {
        self.graph.vocabulary.controls.get(usize::from(control)).is_some_and(|control| control.inherited == from)
    }

    fn in_force(&self, component: ComponentId, found: &mut Vec<InForce<'m>>) {
        let graph = self.graph;
        if let Some(def) = graph.components.get(component) {
            found.extend(def.controls.iter().map(|used| InForce { used, from: Origin::Own }));
        }
        if self.zones {
            self.add_of_zones(component, found);
        }
        if self.callers {
            self.add_of_callers(component, found);
        }
    }

    fn add_of_zones(&self, component: ComponentId, found: &mut Vec<InForce<'m>>) {
        let graph = self.graph;
        for zone in graph.zone_chain(*graph.zone_of.at(component)) {
            for used in graph.zones.at(zone).def.iter().flat_map(|def| &def.controls) {
                if self.inherits(used.control, Inherited::Zone) && !known(found, used.control) {
                    found.push(InForce { used, from: Origin::Zone(zone) });
                }
            }
        }
    }

    /// What a tool gets from its caller holds only when every caller has it.
    fn add_of_callers(&self, component: ComponentId, found: &mut Vec<InForce<'m>>) {
        let graph = self.graph;
        let callers = self.callers_of(component);
        let Some((first, rest)) = callers.split_first() else {
            return;
        };
        for used in &graph.components.at(*first).controls {
            if !self.inherits(used.control, Inherited::Orchestrator) || known(found, used.control) {
                continue;
            }
            let mut weakest = (used, *first);
            let all = rest.iter().all(|caller| {
                let theirs = graph.components.at(*caller).controls.iter().find(|other| other.control == used.control);
                if let Some(theirs) = theirs
                    && worth(theirs.state) < worth(weakest.0.state)
                {
                    weakest = (theirs, *caller);
                }
                theirs.is_some()
            });
            if all {
                found.push(InForce { used: weakest.0, from: Origin::Orchestrator(weakest.1) });
            }
        }
    }

    /// Agents and orchestrators that call a component as a tool.
    fn callers_of(&self, component: ComponentId) -> Vec<ComponentId> {
        let mut found: Vec<ComponentId> = self
            .graph
            .incoming
            .of(component.index())
            .iter()
            .filter_map(|edge| self.graph.edges.get(*edge))
            .filter(|edge| edge.carries & self.call != 0)
            .map(|edge| edge.from)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn known(found: &[InForce<'_>], control: ControlIx) -> bool {
    found.iter().any(|own| own.used.control == control)
}

/// States by what they are worth now, then in the target.
fn worth(state: ControlState) -> (u32, u32) {
    (Credit::Current.quarters(state), Credit::Target.quarters(state))
}

//! What conditions read: a graph, what is derived from it, and a view of its controls.

mod columns;

use crate::facts::Facts;
use crate::labels::{Credit, Hops, Labels, Standing, Table};
use telamon_model::Graph;
use telamon_model::declaration::{COMPONENT, DATA, FLOW};
use telamon_model::graph::first_word;
use telamon_model::ids::{ComponentId, DataId, EdgeId, Id};
use telamon_model::model::{Attribute, ControlState, ControlUse};
use telamon_model::vocabulary::{ControlIx, Half, LabelSet};
use telamon_rules::expr::{Attr, Expr, Named, Sort};

pub use columns::{Evaluated, evaluate, families};

/// One way of looking at a model: how controls count, and what travels then.
#[derive(Debug)]
pub struct View {
    /// How controls count.
    pub credit: Credit,
    /// What hops cost.
    pub hops: Hops,
    /// What arrives.
    pub labels: Labels,
    /// What each edge brings past the controls on its hop.
    pub brought: Vec<LabelSet>,
}

impl View {
    /// Lets the labels travel over hops that are weighed so.
    pub fn new(graph: &Graph<'_>, table: &Table, sources: &[LabelSet], credit: Credit, hops: Hops) -> Self {
        let labels = Labels::travel(graph, table, sources, &hops);
        let brought = labels.brought(graph, table, &hops);
        Self { credit, hops, labels, brought }
    }

    /// True when the edge brings one of the labels past the controls on its hop.
    pub fn brings(&self, edge: EdgeId, wanted: LabelSet) -> bool {
        self.brought.get(edge.index()).is_some_and(|brought| brought & wanted != 0)
    }
}

/// What the evaluation reads.
#[derive(Clone, Copy)]
pub struct Scene<'s, 'm> {
    /// The graph.
    pub graph: &'s Graph<'m>,
    /// What travels on each edge.
    pub table: &'s Table,
    /// Controls in force.
    pub controls: &'s Standing<'m>,
    /// Derived facts.
    pub facts: &'s Facts,
    /// How controls count.
    pub view: &'s View,
}

impl Scene<'_, '_> {
    /// Data on a flow: what is written on it, else what its sender holds.
    pub(crate) fn data_on(&self, edge: EdgeId) -> &[DataId] {
        let Some(edge) = self.graph.edges.get(edge) else {
            return &[];
        };
        let written = self.graph.flow_data.of(edge.flow.index());
        if written.is_empty() { self.graph.holds.of(edge.from.index()) } else { written }
    }

    /// A condition without parts, on one element.
    pub fn leaf(&self, expr: &Expr, at: usize) -> bool {
        let component = ComponentId::from_usize(at);
        let edge = EdgeId::from_usize(at);
        match expr {
            Expr::True => true,
            Expr::Is(named) => named.iter().any(|named| self.is(component, *named)),
            Expr::Guarded(Sort::Component, controls) => controls.iter().any(|control| self.guards(component, *control)),
            Expr::Guarded(Sort::Flow, controls) => self.graph.edges.get(edge).is_some_and(|edge| {
                let own = self
                    .graph
                    .flows
                    .get(edge.flow)
                    .and_then(|flow| flow.detail)
                    .map_or(&[][..], |detail| &detail.controls);
                controls.iter().any(|control| self.in_place(own, *control))
            }),
            Expr::Guarded(Sort::Data, controls) => self
                .graph
                .data
                .as_slice()
                .get(at)
                .is_some_and(|data| controls.iter().any(|control| self.in_place(&data.controls, *control))),
            Expr::Sees(labels, 0) => self.view.labels.set(component) & labels != 0,
            Expr::Sees(labels, carries) => self.graph.incoming.of(at).iter().any(|edge| {
                self.graph.edges.get(*edge).is_some_and(|info| info.carries & carries != 0)
                    && self.view.brings(*edge, *labels)
            }),
            Expr::Reaches(effects) => self.facts.reaches.get(at).is_some_and(|own| own & effects != 0),
            Expr::Effects(effects, _) if self.facts.own.get(at).is_some_and(|own| own & effects == 0) => false,
            Expr::Effects(effects, reach) => self.facts.effects.get(at).is_some_and(|own| {
                own.iter().any(|effect| effects >> effect.effect & 1 == 1 && effect.reach >= *reach)
            }),
            Expr::Crosses => self.graph.edges.get(edge).is_some_and(|edge| self.graph.crosses(edge.from, edge.to)),
            Expr::Asks(asks) => self.graph.edges.get(edge).is_some_and(|edge| (edge.half == Half::Ask) == *asks),
            Expr::Carries(carries) => self.graph.edges.get(edge).is_some_and(|edge| edge.carries & carries != 0),
            Expr::Brings(labels) => self.view.brings(edge, *labels),
            Expr::Attribute { sort, attr, words, default } => {
                let (own, _) = self.words(*sort, *attr, at, *default);
                own & words != 0
            }
            _ => false,
        }
    }

    fn is(&self, component: ComponentId, named: Named) -> bool {
        match named {
            Named::Role(role) => self.facts.role(role).is_some_and(|bits| bits.contains(component.index())),
            Named::Kind(kind) => self
                .graph
                .families
                .get(self.graph.family(component))
                .is_some_and(|family| family.kinds.iter().any(|own| self.graph.vocabulary.is_a(*own, kind))),
        }
    }

    fn in_place(&self, controls: &[ControlUse], control: ControlIx) -> bool {
        controls.iter().any(|used| used.control == control && holds_off(self.view.credit, used.state))
    }

    /// True when the control is in place at the component, its own or inherited.
    pub fn guards(&self, component: ComponentId, control: ControlIx) -> bool {
        if self.view.credit == Credit::Inherent {
            return self.graph.components.get(component).is_some_and(|def| {
                def.controls.iter().any(|used| used.control == control && used.state == ControlState::NotApplicable)
            });
        }
        self.controls
            .of(component)
            .iter()
            .any(|held| held.used.control == control && holds_off(self.view.credit, held.used.state))
    }

    /// The words of an attribute of an element, and whether they are written.
    pub fn words(&self, sort: Sort, attr: Attr, at: usize, default: u32) -> (u32, bool) {
        let component = ComponentId::from_usize(at);
        let graph = self.graph;
        let find = |own: &[Attribute], key: u8| {
            own.iter().find(|attribute| attribute.key == key).map(|attribute| attribute.words)
        };
        let written = match (sort, attr) {
            (Sort::Component, Attr::Key(key)) => graph
                .components
                .get(component)
                .and_then(|def| find(&def.attributes, key))
                .or_else(|| self.implied(component, key)),
            (Sort::Flow, Attr::Key(key)) => graph
                .edges
                .get(EdgeId::from_usize(at))
                .and_then(|edge| graph.flows.get(edge.flow))
                .and_then(|flow| flow.detail)
                .and_then(|detail| find(&detail.attributes, key)),
            (Sort::Data, Attr::Key(key)) => graph.data.as_slice().get(at).and_then(|data| find(&data.attributes, key)),
            (_, Attr::Trust) => Some(1 << graph.trust(component)),
            (_, Attr::Operator) => Some(1 << graph.operator(component)),
            (_, Attr::Exposure) => graph.exposure.get(component).map(|word| 1 << word),
            (_, Attr::Criticality) => Some(1 << graph.model.business.criticality.unwrap_or(1)),
        };
        match written {
            Some(words) => (words, true),
            None => (default, false),
        }
    }

    /// What a zone says of an attribute that is not written: a model at a supplier comes from a vendor.
    fn implied(&self, component: ComponentId, key: u8) -> Option<u32> {
        let name = COMPONENT.keys.get(usize::from(key))?.name;
        if name == IMPLIED && self.graph.operator(component) == 1 {
            return Some(0b010);
        }
        None
    }
}

/// The attribute of which a zone says something.
const IMPLIED: &str = "source";

/// True for a state that counts as in place.
fn holds_off(credit: Credit, state: ControlState) -> bool {
    state == ControlState::NotApplicable || credit.stops(state)
}

/// Name of an attribute, for messages.
pub fn attribute_name(sort: Sort, attr: Attr) -> &'static str {
    match attr {
        Attr::Trust => "trust",
        Attr::Operator => "operator",
        Attr::Exposure => "exposure",
        Attr::Criticality => "criticality",
        Attr::Key(key) => {
            let section = match sort {
                Sort::Component => &COMPONENT,
                Sort::Flow => &FLOW,
                Sort::Data => &DATA,
            };
            section.keys.get(usize::from(key)).map_or("", |key| key.name)
        }
    }
}

/// The first word of an attribute of a component, as text; its default when not written.
pub fn component_word(graph: &Graph<'_>, component: ComponentId, name: &str) -> &'static str {
    let Some((_, key)) = COMPONENT.key(name) else {
        return "";
    };
    match graph.attribute(component, name) {
        Some(attribute) => key.words().get(usize::from(first_word(attribute))).copied().unwrap_or(""),
        None => key.default,
    }
}

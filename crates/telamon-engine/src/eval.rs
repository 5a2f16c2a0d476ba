//! Evaluates a plan: one bit set for each expression over the elements of its sort.

use crate::facts::Facts;
use crate::labels::{Credit, Hops, Labels, Table, in_force};
use telamon_model::Graph;
use telamon_model::bits::Bits;
use telamon_model::declaration::{COMPONENT, DATA, FLOW};
use telamon_model::graph::first_word;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::model::{Attribute, ControlState, ControlUse};
use telamon_model::vocabulary::{ControlIx, Half, LabelSet};
use telamon_rules::expr::{Attr, Expr, Named, Sort};
use telamon_rules::plan::{Plan, Relation, Step};

/// One way of looking at a model: how controls count, and what travels then.
#[derive(Debug)]
pub struct View {
    /// How controls count.
    pub credit: Credit,
    /// What hops cost.
    pub hops: Hops,
    /// What arrives.
    pub labels: Labels,
}

impl View {
    /// Weighs the controls and lets the labels travel.
    pub fn new(graph: &Graph<'_>, table: &Table, sources: &[LabelSet], credit: Credit) -> Self {
        let hops = Hops::weigh(graph, credit, None, &[]);
        let labels = Labels::travel(graph, table, sources, &hops);
        Self {
            credit,
            hops,
            labels,
        }
    }
}

/// What the evaluation reads.
#[derive(Clone, Copy)]
pub struct Scene<'s, 'm> {
    /// The graph.
    pub graph: &'s Graph<'m>,
    /// What travels on each edge.
    pub table: &'s Table,
    /// Derived facts.
    pub facts: &'s Facts,
    /// How controls count.
    pub view: &'s View,
}

/// Evaluates all expressions of the plan, in order.
pub fn evaluate(scene: &Scene<'_, '_>, plan: &Plan) -> Vec<Bits> {
    let mut done: Vec<Bits> = Vec::with_capacity(plan.steps.len());
    let empty = Bits::default();
    for (sort, step) in &plan.steps {
        let len = scene.len(*sort);
        let part = |at: &usize| done.get(*at).unwrap_or(&empty);
        let bits = match step {
            Step::And(parts) => {
                let mut bits = Bits::full(len);
                for at in parts {
                    bits.and(part(at));
                }
                bits
            }
            Step::Or(parts) => {
                let mut bits = Bits::new(len);
                for at in parts {
                    bits.or(part(at));
                }
                bits
            }
            Step::Not(inner) => {
                let mut bits = part(inner).clone();
                bits.not();
                bits
            }
            Step::Relation(relation, inner) => scene.relation(*relation, part(inner), len),
            Step::Leaf(expr) => Bits::collect(len, |at| scene.leaf(expr, at)),
        };
        done.push(bits);
    }
    done
}

impl Scene<'_, '_> {
    fn len(&self, sort: Sort) -> usize {
        match sort {
            Sort::Component => self.graph.components.len(),
            Sort::Flow => self.graph.edges.len(),
            Sort::Data => self.graph.data.len(),
        }
    }

    fn relation(&self, relation: Relation, inner: &Bits, len: usize) -> Bits {
        let graph = self.graph;
        let mut bits = Bits::new(len);
        match relation {
            Relation::Receives | Relation::Sends => {
                for at in inner.iter() {
                    if let Some(edge) = graph.edges.get(EdgeId::from_usize(at)) {
                        bits.insert(match relation {
                            Relation::Receives => edge.to.index(),
                            _ => edge.from.index(),
                        });
                    }
                }
            }
            Relation::From | Relation::To => {
                return Bits::collect(len, |at| {
                    graph.edges.get(EdgeId::from_usize(at)).is_some_and(|edge| {
                        inner.contains(match relation {
                            Relation::From => edge.from.index(),
                            _ => edge.to.index(),
                        })
                    })
                });
            }
            Relation::Holds => {
                return Bits::collect(len, |at| {
                    graph.holds.of(at).iter().any(|data| inner.contains(data.index()))
                });
            }
            Relation::With => {
                return Bits::collect(len, |at| self.with(at, inner));
            }
            Relation::HeldBy => {
                for component in inner.iter() {
                    for data in graph.holds.of(component) {
                        bits.insert(data.index());
                    }
                }
            }
        }
        bits
    }

    /// Data on a flow: what is written on it, else what its sender holds.
    fn with(&self, edge: usize, inner: &Bits) -> bool {
        let Some(edge) = self.graph.edges.get(EdgeId::from_usize(edge)) else {
            return false;
        };
        let written = self.graph.flow_data.of(edge.flow.index());
        let data = if written.is_empty() {
            self.graph.holds.of(edge.from.index())
        } else {
            written
        };
        data.iter().any(|data| inner.contains(data.index()))
    }

    /// A condition without parts, on one element.
    pub fn leaf(&self, expr: &Expr, at: usize) -> bool {
        let component = ComponentId::from_usize(at);
        let edge = EdgeId::from_usize(at);
        match expr {
            Expr::True => true,
            Expr::Is(named) => named.iter().any(|named| self.is(component, *named)),
            Expr::Guarded(Sort::Component, controls) => controls
                .iter()
                .any(|control| self.guards(component, *control)),
            Expr::Guarded(Sort::Flow, controls) => self.graph.edges.get(edge).is_some_and(|edge| {
                let own = self
                    .graph
                    .flows
                    .get(edge.flow)
                    .and_then(|flow| flow.def.detail.as_ref())
                    .map_or(&[][..], |detail| &detail.controls);
                controls.iter().any(|control| self.in_place(own, *control))
            }),
            Expr::Guarded(Sort::Data, controls) => {
                self.graph.data.as_slice().get(at).is_some_and(|data| {
                    controls
                        .iter()
                        .any(|control| self.in_place(&data.controls, *control))
                })
            }
            Expr::Sees(labels, 0) => self.view.labels.set(component) & labels != 0,
            Expr::Sees(labels, carries) => self.graph.incoming.of(at).iter().any(|edge| {
                self.graph
                    .edges
                    .get(*edge)
                    .is_some_and(|info| info.carries & carries != 0)
                    && self.brings(*edge, *labels)
            }),
            Expr::Reaches(effects) => self
                .facts
                .reaches
                .get(at)
                .is_some_and(|own| own & effects != 0),
            Expr::Effects(effects, reach) => self.facts.effects.get(at).is_some_and(|own| {
                own.iter()
                    .any(|effect| effects >> effect.effect & 1 == 1 && effect.reach >= *reach)
            }),
            Expr::Crosses => self
                .graph
                .edges
                .get(edge)
                .is_some_and(|edge| self.graph.crosses(edge.from, edge.to)),
            Expr::Asks(asks) => self
                .graph
                .edges
                .get(edge)
                .is_some_and(|edge| (edge.half == Half::Ask) == *asks),
            Expr::Carries(carries) => self
                .graph
                .edges
                .get(edge)
                .is_some_and(|edge| edge.carries & carries != 0),
            Expr::Brings(labels) => self.brings(edge, *labels),
            Expr::Attribute {
                sort,
                attr,
                words,
                default,
            } => {
                let (own, _) = self.words(*sort, *attr, at, *default);
                own & words != 0
            }
            _ => false,
        }
    }

    /// True when the edge brings one of the labels past the controls on its hop.
    pub fn brings(&self, edge: EdgeId, wanted: LabelSet) -> bool {
        let Some(from) = self.graph.edges.get(edge).map(|edge| edge.from) else {
            return false;
        };
        (0u8..).zip(self.table.edge(edge)).any(|(label, arriving)| {
            arriving & wanted != 0
                && self.view.labels.has(from, label)
                && (0u8..16).any(|arrives| {
                    arriving & wanted & 1 << arrives != 0
                        && self.view.hops.cost(self.graph, edge, arrives).is_some()
                })
        })
    }

    fn is(&self, component: ComponentId, named: Named) -> bool {
        match named {
            Named::Role(role) => self
                .facts
                .role(role)
                .is_some_and(|bits| bits.contains(component.index())),
            Named::Kind(kind) => self.graph.components.get(component).is_some_and(|def| {
                def.kinds
                    .iter()
                    .any(|own| self.graph.vocabulary.is_a(*own, kind))
            }),
        }
    }

    fn in_place(&self, controls: &[ControlUse], control: ControlIx) -> bool {
        controls.iter().any(|used| {
            used.control == control && holds_off(self.view.credit, used.state)
        })
    }

    /// True when the control is in place at the component, its own or inherited.
    pub fn guards(&self, component: ComponentId, control: ControlIx) -> bool {
        if self.view.credit == Credit::Inherent {
            return self
                .graph
                .components
                .get(component)
                .is_some_and(|def| {
                    def.controls.iter().any(|used| {
                        used.control == control && used.state == ControlState::NotApplicable
                    })
                });
        }
        in_force(self.graph, component).iter().any(|held| {
            held.used.control == control && holds_off(self.view.credit, held.used.state)
        })
    }

    /// The words of an attribute of an element, and whether they are written.
    pub fn words(&self, sort: Sort, attr: Attr, at: usize, default: u32) -> (u32, bool) {
        let component = ComponentId::from_usize(at);
        let graph = self.graph;
        let find = |own: &[Attribute], key: u8| {
            own.iter()
                .find(|attribute| attribute.key == key)
                .map(|attribute| attribute.words)
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
                .and_then(|flow| flow.def.detail.as_ref())
                .and_then(|detail| find(&detail.attributes, key)),
            (Sort::Data, Attr::Key(key)) => graph
                .data
                .as_slice()
                .get(at)
                .and_then(|data| find(&data.attributes, key)),
            (_, Attr::Trust) => Some(1 << graph.trust(component)),
            (_, Attr::Operator) => Some(1 << graph.operator(component)),
            (_, Attr::Exposure) => graph.exposure.get(component).map(|word| 1 << word),
            (_, Attr::Criticality) => {
                Some(1 << graph.model.business.criticality.unwrap_or(1))
            }
        };
        match written {
            Some(words) => (words, true),
            None => (default, false),
        }
    }

    /// What a zone says of an attribute that is not written: a model at a supplier comes from a vendor.
    fn implied(&self, component: ComponentId, key: u8) -> Option<u32> {
        let name = COMPONENT.keys.get(usize::from(key))?.name;
        if name == "source" && self.graph.operator(component) == 1 {
            return Some(0b010);
        }
        None
    }
}

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
            section
                .keys
                .get(usize::from(key))
                .map_or("", |key| key.name)
        }
    }
}

/// The first word of an attribute of a component, as text; its default when not written.
pub fn component_word(graph: &Graph<'_>, component: ComponentId, name: &str) -> &'static str {
    let Some((_, key)) = COMPONENT.key(name) else {
        return "";
    };
    match graph.attribute(component, name) {
        Some(attribute) => key
            .words()
            .get(usize::from(first_word(attribute)))
            .copied()
            .unwrap_or(""),
        None => key.default,
    }
}

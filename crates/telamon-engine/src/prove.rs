//! Why a condition holds on an element: the neighbours, labels, data, missing
//! controls and unwritten attributes on which it stands. Runs only for
//! reported threats.

use crate::eval::{Scene, View, attribute_name};
use std::cell::RefCell;
use std::collections::HashMap;
use telamon_model::ids::{ComponentId, DataId, EdgeId, Id};
use telamon_model::vocabulary::{CarriesSet, ControlIx, LabelSet};
use telamon_rules::expr::{Expr, Sort};

/// Where something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A component.
    Component(ComponentId),
    /// A flow, by one of its edges.
    Edge(EdgeId),
    /// A data asset.
    Data(DataId),
}

/// An attribute that is not written although the condition reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unwritten {
    /// Where.
    pub place: Place,
    /// Name of the attribute.
    pub name: &'static str,
    /// The words that were assumed, one bit each.
    pub assumed: u32,
}

/// A label on which the condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// At which component.
    pub component: ComponentId,
    /// Which labels would do.
    pub labels: LabelSet,
    /// By which flows; empty: any.
    pub carries: CarriesSet,
}

/// What a condition stands on.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// Labels.
    pub needs: Vec<Need>,
    /// Edges that satisfy a neighbour condition.
    pub edges: Vec<EdgeId>,
    /// Data that satisfies a condition.
    pub data: Vec<DataId>,
    /// Controls whose absence the condition reads.
    pub missing: Vec<(ControlIx, Place)>,
    /// Attributes that are not written.
    pub unwritten: Vec<Unwritten>,
    /// Effects that the component reaches.
    pub effects: u32,
}

/// Notes a neighbour that satisfies a condition.
type Keep = fn(usize, &mut Proof);

/// How many neighbours of one condition are named.
const NEIGHBOURS: usize = 8;

impl Scene<'_, '_> {
    /// True when the condition holds on the element.
    pub fn holds(&self, expr: &Expr, at: usize) -> bool {
        match expr {
            Expr::And(parts) => parts.iter().all(|part| self.holds(part, at)),
            Expr::Or(parts) => parts.iter().any(|part| self.holds(part, at)),
            Expr::Not(inner) => !self.holds(inner, at),
            _ => match self.neighbours(expr, at) {
                Some((inner, mut near)) => near.any(|near| self.holds(inner, near)),
                None => self.leaf(expr, at),
            },
        }
    }

    /// The inner condition of a relation and the elements on which it may hold.
    fn neighbours<'e>(&self, expr: &'e Expr, at: usize) -> Option<(&'e Expr, Near<'_>)> {
        let graph = self.graph;
        let edge = || graph.edges.get(EdgeId::from_usize(at));
        Some(match expr {
            Expr::Receives(inner) => (inner, Near::Edges(graph.incoming.of(at).iter())),
            Expr::Sends(inner) => (inner, Near::Edges(graph.outgoing.of(at).iter())),
            Expr::From(inner) => (inner, Near::End(edge().map(|edge| edge.from.index()))),
            Expr::To(inner) => (inner, Near::End(edge().map(|edge| edge.to.index()))),
            Expr::Holds(inner) => (inner, Near::Data(graph.holds.of(at).iter())),
            Expr::With(inner) => (inner, Near::Data(self.data_on(EdgeId::from_usize(at)).iter())),
            Expr::HeldBy(inner) => (inner, Near::Components(graph.held_by.of(at).iter())),
            _ => return None,
        })
    }

    /// Proves a condition that holds on the element.
    pub fn prove(&self, expr: &Expr, sort: Sort, at: usize, proof: &mut Proof) {
        let component = ComponentId::from_usize(at);
        match expr {
            Expr::And(parts) => parts.iter().for_each(|part| self.prove(part, sort, at, proof)),
            Expr::Or(parts) => {
                if let Some(part) = parts.iter().find(|part| self.holds(part, at)) {
                    self.prove(part, sort, at, proof);
                }
            }
            Expr::Not(inner) => self.refute(inner, sort, at, proof),
            Expr::Sees(labels, carries) => proof.needs.push(Need { component, labels: *labels, carries: *carries }),
            Expr::Brings(labels) => {
                if let Some(edge) = self.graph.edges.get(EdgeId::from_usize(at)) {
                    proof.needs.push(Need { component: edge.to, labels: *labels, carries: edge.carries });
                }
            }
            Expr::Reaches(effects) | Expr::Effects(effects, _) => proof.effects |= effects,
            Expr::Attribute { sort, attr, default, .. } => {
                let (_, written) = self.words(*sort, *attr, at, *default);
                if !written && *default != 0 {
                    let unwritten =
                        Unwritten { place: place(*sort, at), name: attribute_name(*sort, *attr), assumed: *default };
                    if !proof.unwritten.contains(&unwritten) {
                        proof.unwritten.push(unwritten);
                    }
                }
            }
            _ => self.prove_neighbour(expr, at, proof),
        }
    }

    fn prove_neighbour(&self, expr: &Expr, at: usize, proof: &mut Proof) {
        let Some((inner, near)) = self.neighbours(expr, at) else {
            return;
        };
        let mut found = near.filter(|near| self.holds(inner, *near)).take(NEIGHBOURS);
        let Some(first) = found.next() else { return };
        let (sort, keep): (Sort, Keep) = match expr {
            Expr::Receives(_) | Expr::Sends(_) => (Sort::Flow, |near, proof| {
                proof.edges.push(EdgeId::from_usize(near));
            }),
            Expr::Holds(_) | Expr::With(_) => (Sort::Data, |near, proof| {
                proof.data.push(DataId::from_usize(near));
            }),
            _ => (Sort::Component, |_, _| {}),
        };
        keep(first, proof);
        self.prove(inner, sort, first, proof);
        for near in found {
            keep(near, proof);
        }
    }

    /// What a condition that does not hold says: controls that are missing.
    fn refute(&self, expr: &Expr, sort: Sort, at: usize, proof: &mut Proof) {
        match expr {
            Expr::Guarded(sort, controls) => {
                for control in controls {
                    let missing = (*control, place(*sort, at));
                    if !proof.missing.contains(&missing) {
                        proof.missing.push(missing);
                    }
                }
            }
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| self.refute(part, sort, at, proof)),
            Expr::Not(inner) => self.prove(inner, sort, at, proof),
            Expr::Attribute { sort, attr, default, .. } => {
                let (_, written) = self.words(*sort, *attr, at, *default);
                if !written && *default != 0 {
                    proof.unwritten.push(Unwritten {
                        place: place(*sort, at),
                        name: attribute_name(*sort, *attr),
                        assumed: *default,
                    });
                }
            }
            _ => {
                if let Some((inner, near)) = self.neighbours(expr, at) {
                    let sort = match expr {
                        Expr::Receives(_) | Expr::Sends(_) => Sort::Flow,
                        Expr::Holds(_) | Expr::With(_) => Sort::Data,
                        _ => Sort::Component,
                    };
                    for near in near.take(NEIGHBOURS) {
                        self.refute(inner, sort, near, proof);
                    }
                }
            }
        }
    }

    /// Cost of the cheapest way by which the condition holds: `and` takes the dearest of its parts, `or` the
    /// cheapest of its branches, so that a control can only make it dearer. None where no label is used.
    pub fn cost(&self, expr: &Expr, at: usize) -> Option<u32> {
        self.cost_with(expr, at, &Costs::default())
    }

    /// [`Scene::cost`], with what is known of the elements near by from other elements.
    pub(crate) fn cost_with(&self, expr: &Expr, at: usize, known: &Costs) -> Option<u32> {
        match expr {
            Expr::And(parts) => parts.iter().filter_map(|part| self.cost_with(part, at, known)).max(),
            Expr::Or(parts) => {
                cheapest(parts.iter().filter(|part| self.holds(part, at)).map(|part| self.cost_with(part, at, known)))
            }
            Expr::Sees(labels, carries) => self.label_cost(ComponentId::from_usize(at), *labels, *carries),
            Expr::Brings(labels) => self.edge_cost(EdgeId::from_usize(at), *labels),
            Expr::Not(_) => None,
            Expr::From(inner) | Expr::To(inner) => {
                let near = self.neighbours(expr, at)?.1.next()?;
                known.of(self.view, inner, near, || {
                    self.holds(inner, near).then(|| self.cost_with(inner, near, known)).flatten()
                })
            }
            _ => {
                let (inner, near) = self.neighbours(expr, at)?;
                cheapest(near.filter(|near| self.holds(inner, *near)).map(|near| self.cost_with(inner, near, known)))
            }
        }
    }

    /// Cheapest arrival of one of the labels at a component.
    pub fn label_cost(&self, component: ComponentId, labels: LabelSet, carries: CarriesSet) -> Option<u32> {
        if carries == 0 {
            return (0..16u8)
                .filter(|label| labels >> label & 1 == 1)
                .filter_map(|label| self.view.labels.arrival(component, label))
                .map(|arrival| arrival.cost)
                .min();
        }
        self.graph
            .incoming
            .of(component.index())
            .iter()
            .filter(|edge| self.graph.edges.get(**edge).is_some_and(|info| info.carries & carries != 0))
            .filter_map(|edge| self.edge_cost(*edge, labels))
            .min()
    }

    /// Cost of one of the labels by this edge.
    pub fn edge_cost(&self, edge: EdgeId, labels: LabelSet) -> Option<u32> {
        self.arrivals(edge, labels).map(|(cost, _, _)| cost).min()
    }

    /// Ways by which an edge brings one of the labels: cost, label at the sender, label that arrives.
    pub fn arrivals(&self, edge: EdgeId, labels: LabelSet) -> impl Iterator<Item = (u32, u8, u8)> + '_ {
        let from = self.graph.edges.get(edge).map(|edge| edge.from);
        (0u8..).zip(self.table.edge(edge)).flat_map(move |(label, arriving)| {
            let arriving = arriving & labels;
            let before = from.and_then(|from| self.view.labels.arrival(from, label));
            (0..16u8).filter(move |arrives| arriving >> arrives & 1 == 1).filter_map(move |arrives| {
                let hop = self.view.hops.cost(self.graph, edge, arrives)?;
                Some((before?.cost + hop, label, arrives))
            })
        })
    }
}

/// The cheapest of several ways; a way that needs no label costs nothing to travel.
fn cheapest(costs: impl Iterator<Item = Option<u32>>) -> Option<u32> {
    let mut least = u32::MAX;
    let mut any = false;
    for cost in costs {
        least = least.min(cost?);
        any = true;
    }
    any.then_some(least)
}

/// Costs of conditions on the ends of flows. A component with many flows is asked once, not once for each of them.
#[derive(Default)]
pub(crate) struct Costs(RefCell<HashMap<(usize, usize, usize), Option<u32>>>);

impl Costs {
    fn of(&self, view: &View, inner: &Expr, at: usize, cost: impl FnOnce() -> Option<u32>) -> Option<u32> {
        // Views and conditions live longer than this table, so that their places name them.
        let key = (std::ptr::from_ref(view) as usize, std::ptr::from_ref(inner) as usize, at);
        if let Some(known) = self.0.borrow().get(&key) {
            return *known;
        }
        let cost = cost();
        self.0.borrow_mut().insert(key, cost);
        cost
    }
}

/// The elements near to one.
enum Near<'n> {
    Edges(std::slice::Iter<'n, EdgeId>),
    Data(std::slice::Iter<'n, DataId>),
    Components(std::slice::Iter<'n, ComponentId>),
    End(Option<usize>),
}

impl Iterator for Near<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        match self {
            Self::Edges(ids) => ids.next().map(|id| id.index()),
            Self::Data(ids) => ids.next().map(|id| id.index()),
            Self::Components(ids) => ids.next().map(|id| id.index()),
            Self::End(at) => at.take(),
        }
    }
}

fn place(sort: Sort, at: usize) -> Place {
    match sort {
        Sort::Component => Place::Component(ComponentId::from_usize(at)),
        Sort::Flow => Place::Edge(EdgeId::from_usize(at)),
        Sort::Data => Place::Data(DataId::from_usize(at)),
    }
}

/// Keeps the elements of a list once, in order.
pub fn once<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

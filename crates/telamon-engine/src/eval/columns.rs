//! Evaluates a plan: one bit set for each expression over the elements of its sort.

use super::{Scene, holds_off};
use crate::labels::{Credit, Origin};
use std::sync::Arc;
use telamon_model::bits::Bits;
use telamon_model::declaration::COMPONENT;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::model::ControlState;
use telamon_model::threads;
use telamon_model::vocabulary::Half;
use telamon_rules::expr::{Attr, Expr, Named, Sort};
use telamon_rules::plan::{ExprId, Plan, Relation, Step};

/// Where the expressions of a plan hold, as far as they are read afterwards.
#[derive(Debug, Clone)]
pub struct Evaluated {
    kept: Vec<Option<Arc<Bits>>>,
}

impl Evaluated {
    /// The elements on which an expression holds.
    pub fn get(&self, id: ExprId) -> Option<&Bits> {
        self.kept.get(id)?.as_deref()
    }

    /// True when the expression holds on the element.
    pub fn contains(&self, id: ExprId, at: usize) -> bool {
        self.get(id).is_some_and(|bits| bits.contains(at))
    }
}

/// Evaluates all expressions of the plan, in order. What does not depend on how controls count is taken from
/// `before`, an evaluation of another view.
pub fn evaluate(scene: &Scene<'_, '_>, plan: &Plan, before: Option<&Evaluated>) -> Evaluated {
    let mut done: Vec<Option<Arc<Bits>>> = Vec::with_capacity(plan.steps.len());
    let columns = Columns::new(scene);
    let empty = Bits::default();
    // Leaves need nothing of each other.
    let mut leaves = threads::each(plan.steps.len(), scene.graph.components.len(), |at| {
        let (sort, step) = plan.steps.get(at)?;
        let wanted = before.is_none() || plan.depends.get(at) == Some(&true);
        match step {
            Step::Leaf(expr) if wanted => Some(Arc::new(columns.leaf(expr, scene.len(*sort)))),
            _ => None,
        }
    });
    for (at, (sort, step)) in plan.steps.iter().enumerate() {
        let depends = plan.depends.get(at).copied().unwrap_or(true);
        if let Some(before) = before.filter(|_| !depends) {
            done.push(before.kept.get(at).cloned().flatten());
            continue;
        }
        let len = scene.len(*sort);
        let part = |at: &usize| done.get(*at).and_then(Option::as_deref).unwrap_or(&empty);
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
            Step::Leaf(_) => {
                done.push(leaves.get_mut(at).and_then(Option::take));
                continue;
            }
        };
        done.push(Some(Arc::new(bits)));
        // Of a large model, hundreds of sets are more than the rest together: each goes after its last reader.
        for part in step.parts() {
            if plan.last.get(*part) == Some(&at)
                && plan.kept.get(*part) == Some(&false)
                && let Some(slot) = done.get_mut(*part)
            {
                *slot = None;
            }
        }
    }
    Evaluated { kept: done }
}

/// Leaves over all elements at once.
struct Columns<'c, 's, 'm> {
    scene: &'c Scene<'s, 'm>,
    /// By control: the components at which it is in place.
    guarded: Vec<Bits>,
    /// Components that write an attribute.
    writing: Vec<ComponentId>,
}

impl<'c, 's, 'm> Columns<'c, 's, 'm> {
    fn new(scene: &'c Scene<'s, 'm>) -> Self {
        let graph = scene.graph;
        let mut guarded = vec![Bits::default(); graph.vocabulary.controls.len()];
        for component in graph.components.ids() {
            for held in scene.controls.of(component) {
                let in_place = match scene.view.credit {
                    Credit::Inherent => held.from == Origin::Own && held.used.state == ControlState::NotApplicable,
                    credit => holds_off(credit, held.used.state),
                };
                if in_place && let Some(bits) = guarded.get_mut(usize::from(held.used.control)) {
                    // `is_empty` would ask for members; here the set has no range yet.
                    let range = bits.len();
                    if range == 0 {
                        *bits = Bits::new(graph.components.len());
                    }
                    bits.insert(component.index());
                }
            }
        }
        let writes =
            |component: &ComponentId| graph.components.get(*component).is_some_and(|def| !def.attributes.is_empty());
        Self { scene, guarded, writing: graph.components.ids().filter(writes).collect() }
    }

    fn leaf(&self, expr: &Expr, len: usize) -> Bits {
        let graph = self.scene.graph;
        let edges = |is: &dyn Fn(EdgeId, &telamon_model::graph::Edge) -> bool| {
            Bits::collect(len, |at| {
                let id = EdgeId::from_usize(at);
                graph.edges.get(id).is_some_and(|edge| is(id, edge))
            })
        };
        match expr {
            Expr::True => Bits::full(len),
            Expr::Is(named) => self.is(named, len),
            Expr::Guarded(Sort::Component, controls) => {
                let mut bits = Bits::new(len);
                for control in controls {
                    if let Some(guarded) = self.guarded.get(usize::from(*control)) {
                        bits.or(guarded);
                    }
                }
                bits
            }
            Expr::Sees(labels, 0) => {
                Bits::collect(len, |at| self.scene.view.labels.set(ComponentId::from_usize(at)) & labels != 0)
            }
            Expr::Sees(labels, carries) => {
                let mut bits = Bits::new(len);
                for (id, edge) in graph.edges.entries() {
                    if edge.carries & carries != 0 && self.scene.view.brings(id, *labels) {
                        bits.insert(edge.to.index());
                    }
                }
                bits
            }
            Expr::Crosses => edges(&|_, edge| graph.crosses(edge.from, edge.to)),
            Expr::Asks(asks) => edges(&|_, edge| (edge.half == Half::Ask) == *asks),
            Expr::Carries(carries) => edges(&|_, edge| edge.carries & carries != 0),
            Expr::Brings(labels) => edges(&|id, _| self.scene.view.brings(id, *labels)),
            Expr::Attribute { sort: Sort::Component, attr: Attr::Key(key), words, default } => {
                self.component_key(*key, *words, *default, len)
            }
            _ => Bits::collect(len, |at| self.scene.leaf(expr, at)),
        }
    }

    fn is(&self, named: &[Named], len: usize) -> Bits {
        let graph = self.scene.graph;
        let family = families(self.scene, named);
        let mut bits = if family.contains(&true) {
            Bits::collect(len, |at| family.get(graph.family(ComponentId::from_usize(at))) == Some(&true))
        } else {
            Bits::new(len)
        };
        for role in named {
            if let Named::Role(role) = role
                && let Some(own) = self.scene.facts.role(*role)
            {
                bits.or(own);
            }
        }
        bits
    }

    /// An attribute of components that is a key of theirs. Few components write it.
    fn component_key(&self, key: u8, words: u32, default: u32, len: usize) -> Bits {
        let implies = COMPONENT.keys.get(usize::from(key)).is_some_and(|key| key.name == super::IMPLIED);
        if implies {
            let expr = |at| self.scene.words(Sort::Component, Attr::Key(key), at, default).0 & words != 0;
            return Bits::collect(len, expr);
        }
        let mut bits = if default & words == 0 { Bits::new(len) } else { Bits::full(len) };
        for component in &self.writing {
            let def = self.scene.graph.components.get(*component);
            let own = def.and_then(|def| def.attribute(key));
            if let Some(attribute) = own {
                bits.set(component.index(), attribute.words & words != 0);
            }
        }
        bits
    }
}

/// For each family, whether one of its kinds is named.
pub fn families(scene: &Scene<'_, '_>, named: &[Named]) -> Vec<bool> {
    let vocabulary = scene.graph.vocabulary;
    scene.graph.of_families(|family| {
        named.iter().any(|named| match named {
            Named::Kind(kind) => family.kinds.iter().any(|own| vocabulary.is_a(*own, *kind)),
            Named::Role(_) => false,
        })
    })
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
                return Bits::collect(len, |at| graph.holds.of(at).iter().any(|data| inner.contains(data.index())));
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
        self.data_on(EdgeId::from_usize(edge)).iter().any(|data| inner.contains(data.index()))
    }
}

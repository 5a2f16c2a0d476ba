//! All conditions of a rule set as one plan: equal sub-expressions once.

use crate::expr::{Expr, Sort};
use crate::rule::{At, RuleSet};
use std::collections::BTreeMap;

/// Number of an expression in a [`Plan`].
pub type ExprId = usize;

/// One expression of the plan; parts are numbers of earlier expressions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// All of these.
    And(Vec<ExprId>),
    /// One of these.
    Or(Vec<ExprId>),
    /// Not this.
    Not(ExprId),
    /// A neighbour of a component: `holds`, `receives`, `sends`; of a flow: `from`, `to`, `with`; of data: `held-by`.
    Relation(Relation, ExprId),
    /// Anything without parts.
    Leaf(Expr),
}

impl Step {
    /// The expressions that it is made of.
    pub fn parts(&self) -> &[ExprId] {
        match self {
            Self::And(parts) | Self::Or(parts) => parts,
            Self::Not(inner) | Self::Relation(_, inner) => std::slice::from_ref(inner),
            Self::Leaf(_) => &[],
        }
    }
}

/// From an element to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Component to data.
    Holds,
    /// Component to arriving edges.
    Receives,
    /// Component to leaving edges.
    Sends,
    /// Edge to sender.
    From,
    /// Edge to receiver.
    To,
    /// Edge to data.
    With,
    /// Data to components.
    HeldBy,
}

/// A compiled rule: numbers of its conditions.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// Condition.
    pub when: ExprId,
    /// Modifiers, in order.
    pub modifiers: Vec<ExprId>,
}

/// The plan.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Expressions with their sorts; parts come before what uses them.
    pub steps: Vec<(Sort, Step)>,
    /// Rules, in the order of the rule set.
    pub rules: Vec<Compiled>,
    /// For each expression, whether what holds depends on how controls count.
    pub depends: Vec<bool>,
    /// For each expression, whether it is read after the whole plan is evaluated: as a condition of a rule, or,
    /// when it does not depend on controls, by the next evaluation.
    pub kept: Vec<bool>,
    /// For each expression that is not kept, the last one that reads it.
    pub last: Vec<ExprId>,
    known: BTreeMap<(Sort, Step), ExprId>,
}

impl Plan {
    /// Compiles the conditions of all rules.
    pub fn compile(set: &RuleSet) -> Self {
        let mut plan = Self::default();
        for rule in &set.rules {
            let sort = match rule.at {
                At::Component(_) => Sort::Component,
                At::Flow => Sort::Flow,
                At::Data => Sort::Data,
            };
            let when = plan.add(sort, &rule.when);
            let modifiers = rule.modifiers.iter().map(|modifier| plan.add(sort, &modifier.when)).collect();
            plan.rules.push(Compiled { when, modifiers });
        }
        plan.known.clear();
        plan.lives();
        plan
    }

    fn add(&mut self, sort: Sort, expr: &Expr) -> ExprId {
        let step = match expr {
            Expr::And(parts) => Step::And(self.parts(sort, parts)),
            Expr::Or(parts) => Step::Or(self.parts(sort, parts)),
            Expr::Not(inner) => Step::Not(self.add(sort, inner)),
            Expr::Holds(inner) => Step::Relation(Relation::Holds, self.add(Sort::Data, inner)),
            Expr::Receives(inner) => Step::Relation(Relation::Receives, self.add(Sort::Flow, inner)),
            Expr::Sends(inner) => Step::Relation(Relation::Sends, self.add(Sort::Flow, inner)),
            Expr::From(inner) => Step::Relation(Relation::From, self.add(Sort::Component, inner)),
            Expr::To(inner) => Step::Relation(Relation::To, self.add(Sort::Component, inner)),
            Expr::With(inner) => Step::Relation(Relation::With, self.add(Sort::Data, inner)),
            Expr::HeldBy(inner) => Step::Relation(Relation::HeldBy, self.add(Sort::Component, inner)),
            leaf => Step::Leaf(leaf.clone()),
        };
        let key = (sort, step);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let id = self.steps.len();
        self.steps.push(key.clone());
        self.known.insert(key, id);
        id
    }

    /// Finds which expressions depend on controls and how long each is needed.
    fn lives(&mut self) {
        let mut depends: Vec<bool> = Vec::with_capacity(self.steps.len());
        let mut kept = vec![false; self.steps.len()];
        let mut last: Vec<ExprId> = (0..self.steps.len()).collect();
        for (at, (_, step)) in self.steps.iter().enumerate() {
            let parts = step.parts();
            let own = match step {
                Step::Leaf(leaf) => matches!(leaf, Expr::Guarded(..) | Expr::Sees(..) | Expr::Brings(_)),
                _ => parts.iter().any(|part| depends.get(*part) == Some(&true)),
            };
            depends.push(own);
            for part in parts {
                if let Some(last) = last.get_mut(*part) {
                    *last = at;
                }
                if let Some(kept) = kept.get_mut(*part) {
                    *kept |= own && depends.get(*part) == Some(&false);
                }
            }
        }
        for id in self.rules.iter().flat_map(|rule| std::iter::once(&rule.when).chain(&rule.modifiers)) {
            if let Some(kept) = kept.get_mut(*id) {
                *kept = true;
            }
        }
        (self.depends, self.kept, self.last) = (depends, kept, last);
    }

    fn parts(&mut self, sort: Sort, parts: &[Expr]) -> Vec<ExprId> {
        let mut ids: Vec<ExprId> = parts.iter().map(|part| self.add(sort, part)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

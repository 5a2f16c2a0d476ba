//! From conditions that hold to ranked threats.

pub(crate) mod build;
pub(crate) mod find;
pub(crate) mod paths;
pub(crate) mod prepared;
pub(crate) mod rank;
pub(crate) mod remedies;
pub(crate) mod risk;
pub(crate) mod sinks;
pub(crate) mod text;

use crate::analysis::{Severity, Status};
use crate::eval::{Scene, View};
use crate::facts::Facts;
use crate::labels::{Standing, Table};
use crate::weights::Weights;
use prepared::Preparation;
use std::collections::BTreeMap;
use telamon_catalog::Catalog;
use telamon_model::Graph;
use telamon_model::ids::ComponentId;
use telamon_model::vocabulary::LabelSet;
use telamon_rules::expr::Sort;
use telamon_rules::{Plan, Rule, RuleSet};

/// Everything that is known before the first threat is built.
pub(crate) struct World<'w, 'm> {
    pub(crate) graph: &'w Graph<'m>,
    pub(crate) table: &'w Table,
    pub(crate) sources: &'w [LabelSet],
    pub(crate) controls: &'w Standing<'m>,
    pub(crate) facts: &'w Facts,
    pub(crate) inherent: &'w View,
    pub(crate) current: &'w View,
    pub(crate) target: &'w View,
    pub(crate) rules: &'w RuleSet,
    pub(crate) plan: &'w Plan,
    pub(crate) weights: &'w Weights,
    pub(crate) catalog: &'w Catalog,
    pub(crate) prepared: Preparation<'w>,
}

impl<'w, 'm> World<'w, 'm> {
    pub(crate) fn scene<'s>(&'s self, view: &'s View) -> Scene<'s, 'm> {
        Scene { graph: self.graph, table: self.table, controls: self.controls, facts: self.facts, view }
    }

    pub(crate) fn rule(&self, found: &Found) -> Option<&'w Rule> {
        self.rules.rules.get(found.rule)
    }
}

/// Likelihood and impact, each 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Level {
    pub(crate) likelihood: u8,
    pub(crate) impact: u8,
}

impl Level {
    pub(crate) fn severity(self, weights: &Weights) -> Severity {
        weights.severity(self.likelihood, self.impact)
    }

    pub(crate) fn lower(self, other: Self) -> Self {
        Self { likelihood: self.likelihood.min(other.likelihood), impact: self.impact.min(other.impact) }
    }

    pub(crate) fn full(self, weights: &Weights) -> crate::analysis::Level {
        crate::analysis::Level { likelihood: self.likelihood, impact: self.impact, severity: self.severity(weights) }
    }
}

/// A condition of a rule that holds on an element without any control, and what it comes to.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Position of the rule.
    pub(crate) rule: usize,
    /// Sort of its subject.
    pub(crate) sort: Sort,
    /// Position of its subject.
    pub(crate) at: usize,
    /// Whose weakness it is.
    pub(crate) component: ComponentId,
    /// The condition still holds with the controls as they are, and no control stops it.
    pub(crate) fires: bool,
    /// The same with planned controls.
    pub(crate) fires_target: bool,
    pub(crate) inherent: Level,
    pub(crate) current: Level,
    pub(crate) target: Level,
    /// As people rated it.
    pub(crate) rated: Option<Level>,
    pub(crate) status: Status,
    pub(crate) status_because: String,
    pub(crate) decision: Option<usize>,
}

impl Found {
    /// The level by which it ranks and is counted: the rated one where people rated it.
    pub(crate) fn level(&self) -> Level {
        self.rated.unwrap_or(self.current)
    }

    pub(crate) fn is_counted(&self) -> bool {
        self.status.is_live()
    }
}

/// Findings by rule id and component, to look parents of successors up.
pub(crate) type ByPlace = BTreeMap<(usize, ComponentId), usize>;

//! Which rules hold where.

use super::risk::{Assessment, Case, Extra, assess, assess_with};
use super::{ByPlace, Found, Level, World};
use crate::analysis::{Severity, Status};
use crate::eval::{Evaluated, View, evaluate, families};
use crate::labels::{Credit, Hops};
use crate::prove::Costs;
use std::collections::{BTreeMap, BTreeSet};
use telamon_model::bits::Bits;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::threads;
use telamon_model::vocabulary::ControlIx;
use telamon_rules::expr::{Named, Sort};
use telamon_rules::rule::{At, End};
use telamon_rules::{Rule, RuleSet};

/// Beyond this many components a successor is capped by its parent's current level instead of by a pass
/// of its own.
const EXACT_SUCCESSORS: usize = 20_000;

/// The evaluations of the plan for the three ways of counting controls.
pub(crate) struct Sets {
    inherent: Evaluated,
    /// None where it is the same as without controls.
    current: Option<Evaluated>,
    /// None where it is the same as the current one.
    target: Option<Evaluated>,
}

impl Sets {
    /// Evaluates the plan of a world.
    pub(crate) fn of(world: &World<'_, '_>) -> Self {
        let inherent = evaluate(&world.scene(world.inherent), world.plan, None);
        let other = |view: &View, before: &View| {
            (!std::ptr::eq(view, before)).then(|| evaluate(&world.scene(view), world.plan, Some(&inherent)))
        };
        let (current, target) = threads::both(
            world.graph.components.len(),
            || other(world.current, world.inherent),
            || other(world.target, world.current),
        );
        Self { inherent, current, target }
    }

    fn current(&self) -> &Evaluated {
        self.current.as_ref().unwrap_or(&self.inherent)
    }

    fn target(&self) -> &Evaluated {
        self.target.as_ref().unwrap_or_else(|| self.current())
    }
}

/// All findings, in the order of rules and elements.
pub(crate) fn find(world: &World<'_, '_>, sets: &Sets) -> Vec<Found> {
    let rules = &world.rules.rules;
    let by_rule = threads::each(rules.len(), world.graph.components.len(), |number| {
        match rules.get(number).filter(|rule| rule.succeeds.is_none()) {
            Some(rule) => of_rule(world, sets, rule, number),
            None => Vec::new(),
        }
    });
    let mut found: Vec<Found> = by_rule.into_iter().flatten().collect();
    let successors = successors(world, sets, &found);
    found.extend(successors);
    found
}

fn of_rule(world: &World<'_, '_>, sets: &Sets, rule: &Rule, number: usize) -> Vec<Found> {
    let holds = world.plan.rules.get(number).and_then(|compiled| sets.inherent.get(compiled.when));
    let costs = Costs::default();
    holds
        .map(|holds| subjects(world, rule, holds))
        .unwrap_or_default()
        .into_iter()
        .map(|(at, component)| finding(world, sets, rule, number, (at, component), &costs))
        .collect()
}

/// Elements on which a rule holds, flows once, each with the component that carries the threat.
fn subjects(world: &World<'_, '_>, rule: &Rule, holds: &Bits) -> Vec<(usize, ComponentId)> {
    let graph = world.graph;
    match &rule.at {
        At::Component(names) => {
            let families = families(&world.scene(world.inherent), names);
            let roles: Vec<&Bits> = names
                .iter()
                .filter_map(|named| match named {
                    Named::Role(own) => world.facts.role(*own),
                    Named::Kind(_) => None,
                })
                .collect();
            holds
                .iter()
                .map(|at| (at, ComponentId::from_usize(at)))
                .filter(|(at, component)| {
                    families.get(graph.family(*component)) == Some(&true) || roles.iter().any(|role| role.contains(*at))
                })
                .collect()
        }
        At::Flow => {
            let mut seen: Vec<(ComponentId, ComponentId, Option<&str>, usize, ComponentId)> = holds
                .iter()
                .filter_map(|at| {
                    let edge = graph.edges.get(EdgeId::from_usize(at))?;
                    let flow = graph.flows.get(edge.flow)?;
                    let end = match rule.end {
                        End::From => edge.from,
                        End::To => edge.to,
                    };
                    Some((flow.from, flow.to, flow.def.id.as_deref(), at, end))
                })
                .collect();
            // Both directions of a flow, and flows that nothing tells apart, are one threat: at the first edge.
            seen.sort_unstable();
            seen.dedup_by(|next, kept| (next.0, next.1, next.2) == (kept.0, kept.1, kept.2));
            seen.into_iter().map(|(_, _, _, at, end)| (at, end)).collect()
        }
        At::Data => holds
            .iter()
            .filter_map(|at| {
                let holder = graph
                    .held_by
                    .of(at)
                    .iter()
                    .copied()
                    // The holder that outsiders come nearest to is where the asset is weakest.
                    .max_by_key(|component| (*graph.exposure.at(*component), std::cmp::Reverse(component.index())))?;
                Some((at, holder))
            })
            .collect(),
    }
}

fn finding(
    world: &World<'_, '_>,
    sets: &Sets,
    rule: &Rule,
    number: usize,
    (at, component): (usize, ComponentId),
    costs: &Costs,
) -> Found {
    let holds =
        |sets: &Evaluated| world.plan.rules.get(number).is_some_and(|compiled| sets.contains(compiled.when, at));
    let sort = match rule.at {
        At::Component(_) => Sort::Component,
        At::Flow => Sort::Flow,
        At::Data => Sort::Data,
    };
    let mut found = Found {
        rule: number,
        sort,
        at,
        component,
        fires: holds(sets.current()),
        fires_target: holds(sets.target()),
        inherent: Level { likelihood: 1, impact: 1 },
        current: Level { likelihood: 1, impact: 1 },
        target: Level { likelihood: 1, impact: 1 },
        rated: None,
        status: Status::Open,
        status_because: String::new(),
        decision: None,
    };
    let case = Case::new(world, rule, &found, costs);
    let inherent = assess(world, world.inherent, &case, Some(&sets.inherent), None);
    // Views that are the same need no second look.
    let other = |view: &View, before: &View, same: Assessment, sets| {
        if std::ptr::eq(view, before) { same } else { assess(world, view, &case, Some(sets), None) }
    };
    let now = other(world.current, world.inherent, inherent, sets.current());
    let then = other(world.target, world.current, now, sets.target());
    drop(case);
    found.inherent = inherent.level;
    found.fires &= !now.stopped;
    found.fires_target &= !then.stopped;
    found.current = held(now.level, found.fires).lower(inherent.level);
    found.target = held(then.level, found.fires_target).lower(found.current);
    settle(world, &mut found);
    found
}

/// A threat that controls make impossible is as unlikely as can be.
fn held(level: Level, fires: bool) -> Level {
    if fires { level } else { Level { likelihood: 1, impact: level.impact } }
}

fn settle(world: &World<'_, '_>, found: &mut Found) {
    let inherent = found.inherent.severity(world.weights);
    let current = found.current.severity(world.weights);
    if !found.fires {
        found.status = Status::Mitigated;
        found.status_because = "controls in place make it impossible".into();
    } else if inherent >= Severity::Medium && current == Severity::Low && found.current != found.inherent {
        found.status = Status::Mitigated;
        found.status_because = "controls in place bring it down to low".into();
    }
}

/// Threats that follow where a control holds their parent.
fn successors(world: &World<'_, '_>, sets: &Sets, found: &[Found]) -> Vec<Found> {
    let parents: BTreeSet<usize> = world
        .rules
        .rules
        .iter()
        .filter_map(|rule| position(world.rules, &rule.succeeds.as_ref()?.rule))
        .map(|(at, _)| at)
        .collect();
    let by_place: ByPlace = found
        .iter()
        .enumerate()
        .filter(|(_, found)| found.sort != Sort::Flow && parents.contains(&found.rule))
        .map(|(at, found)| ((found.rule, found.component), at))
        .collect();
    let mut views: BTreeMap<Vec<ControlIx>, View> = BTreeMap::new();
    let mut more = Vec::new();
    for (number, (rule, compiled)) in world.rules.rules.iter().zip(&world.plan.rules).enumerate() {
        let Some(succeeds) = &rule.succeeds else {
            continue;
        };
        let Some((parent, parent_rule)) = position(world.rules, &succeeds.rule) else {
            continue;
        };
        let Some(holds) = sets.inherent.get(compiled.when) else {
            continue;
        };
        let costs = Costs::default();
        for (at, component) in subjects(world, rule, holds) {
            let Some(parent) = by_place.get(&(parent, component)).and_then(|at| found.get(*at)) else {
                continue;
            };
            let scene = world.scene(world.current);
            let held = succeeds.by.iter().any(|control| scene.guards(component, *control));
            if !held {
                continue;
            }
            let mut follower = finding(world, sets, rule, number, (at, component), &costs);
            // What the parent would come to without the control that holds it, the others as they are.
            let cap = if world.graph.components.len() <= EXACT_SUCCESSORS {
                let view = views.entry(succeeds.by.clone()).or_insert_with(|| {
                    let credit = Credit::Current;
                    let hops = Hops::weigh(world.graph, world.controls, credit, None, &succeeds.by);
                    View::new(world.graph, world.table, world.sources, credit, hops)
                });
                let extra = Extra { without: &succeeds.by, ..Extra::default() };
                // The view may move when another one joins the table: nothing is kept of it.
                let apart = Costs::default();
                assess_with(world, view, &Case::new(world, parent_rule, parent, &apart), &extra, None)
                    .level
                    .lower(parent.inherent)
            } else {
                parent.current
            };
            follower.inherent = parent.inherent;
            follower.current = follower.current.lower(cap);
            follower.target = follower.target.lower(follower.current);
            follower.status = Status::Open;
            follower.status_because.clear();
            settle(world, &mut follower);
            // A successor is there because of the control: being lower than its parent does not mitigate it.
            if follower.fires {
                follower.status = Status::Open;
                follower.status_because =
                    format!("follows `{}`, which a control on `{}` holds", succeeds.rule, world.graph.name(component));
            }
            more.push(follower);
        }
    }
    more
}

fn position<'r>(rules: &'r RuleSet, id: &str) -> Option<(usize, &'r Rule)> {
    let at = rules.rules.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok()?;
    rules.rules.get(at).map(|rule| (at, rule))
}

/// Id of a finding: `rule@component`, `rule@from:to`.
pub(crate) fn id(world: &World<'_, '_>, found: &Found) -> String {
    let rule = world.rule(found).map_or("", |rule| rule.id.as_str());
    match found.sort {
        Sort::Flow => {
            let flow = world
                .graph
                .edges
                .get(EdgeId::from_usize(found.at))
                .map(|edge| world.graph.flow_id(edge.flow))
                .unwrap_or_default();
            [rule, "@", &flow].concat()
        }
        Sort::Data => {
            let data = world.graph.data.as_slice().get(found.at).map_or("", |data| data.id.value.as_str());
            [rule, "@", world.graph.name(found.component), ":", data].concat()
        }
        Sort::Component => [rule, "@", world.graph.name(found.component)].concat(),
    }
}

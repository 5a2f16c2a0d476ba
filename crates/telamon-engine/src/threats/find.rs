//! Which rules hold where.

use super::risk::assess;
use super::{ByPlace, Found, Level, World};
use crate::analysis::{Severity, Status};
use crate::eval::{View, evaluate};
use crate::labels::{Credit, Hops, Labels};
use std::collections::BTreeMap;
use telamon_model::bits::Bits;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::vocabulary::ControlIx;
use telamon_rules::expr::{Expr, Sort};
use telamon_rules::plan::Plan;
use telamon_rules::rule::{At, End};
use telamon_rules::{Rule, RuleSet};

/// Beyond this many components a successor is capped by its parent's current level instead of by a pass
/// of its own.
const EXACT_SUCCESSORS: usize = 20_000;

/// The three evaluations of a plan.
pub(crate) struct Sets {
    inherent: Vec<Bits>,
    current: Vec<Bits>,
    target: Vec<Bits>,
}

/// Evaluates the plan for the three ways of counting controls.
pub(crate) fn sets(world: &World<'_, '_>, plan: &Plan) -> Sets {
    Sets {
        inherent: evaluate(&world.scene(world.inherent), plan),
        current: evaluate(&world.scene(world.current), plan),
        target: evaluate(&world.scene(world.target), plan),
    }
}

/// All findings, in the order of rules and elements.
pub(crate) fn find(world: &World<'_, '_>, plan: &Plan, sets: &Sets) -> Vec<Found> {
    let mut found = Vec::new();
    for (number, (rule, compiled)) in world.rules.rules.iter().zip(&plan.rules).enumerate() {
        if rule.succeeds.is_some() {
            continue;
        }
        let Some(holds) = sets.inherent.get(compiled.when) else {
            continue;
        };
        for (at, component) in subjects(world, rule, holds) {
            let on = |sets: &[Bits]| sets.get(compiled.when).is_some_and(|bits| bits.contains(at));
            found.push(finding(world, rule, number, at, component, on(&sets.current), on(&sets.target)));
        }
    }
    let successors = successors(world, plan, sets, &found);
    found.extend(successors);
    found
}

/// Elements on which a rule holds, flows once, each with the component that carries the threat.
fn subjects(world: &World<'_, '_>, rule: &Rule, holds: &Bits) -> Vec<(usize, ComponentId)> {
    let graph = world.graph;
    let scene = world.scene(world.inherent);
    match &rule.at {
        At::Component(named) => {
            let is = Expr::Is(named.clone());
            holds
                .iter()
                .filter(|at| scene.leaf(&is, *at))
                .map(|at| (at, ComponentId::from_usize(at)))
                .collect()
        }
        At::Flow => {
            let mut seen: BTreeMap<(ComponentId, ComponentId, Option<&str>), usize> = BTreeMap::new();
            for at in holds.iter() {
                let Some(edge) = graph.edges.get(EdgeId::from_usize(at)) else {
                    continue;
                };
                let Some(flow) = graph.flows.get(edge.flow) else {
                    continue;
                };
                seen.entry((flow.from, flow.to, flow.def.id.as_deref())).or_insert(at);
            }
            seen.into_values()
                .filter_map(|at| {
                    let edge = graph.edges.get(EdgeId::from_usize(at))?;
                    Some((
                        at,
                        match rule.end {
                            End::From => edge.from,
                            End::To => edge.to,
                        },
                    ))
                })
                .collect()
        }
        At::Data => holds
            .iter()
            .filter_map(|at| {
                let holder = graph
                    .components
                    .ids()
                    .filter(|component| graph.holds.of(component.index()).iter().any(|data| data.index() == at))
                    // The holder that outsiders come nearest to is where the asset is weakest.
                    .max_by_key(|component| (graph.exposure[*component], std::cmp::Reverse(component.index())))?;
                Some((at, holder))
            })
            .collect(),
    }
}

fn finding(
    world: &World<'_, '_>,
    rule: &Rule,
    number: usize,
    at: usize,
    component: ComponentId,
    current: bool,
    target: bool,
) -> Found {
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
        fires: current,
        fires_target: target,
        inherent: Level { likelihood: 1, impact: 1 },
        current: Level { likelihood: 1, impact: 1 },
        target: Level { likelihood: 1, impact: 1 },
        rated: None,
        status: Status::Open,
        status_because: String::new(),
        decision: None,
    };
    let inherent = assess(world, world.inherent, rule, &found, &[], None);
    let now = assess(world, world.current, rule, &found, &[], None);
    let then = assess(world, world.target, rule, &found, &[], None);
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
    if fires {
        level
    } else {
        Level {
            likelihood: 1,
            impact: level.impact,
        }
    }
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
fn successors(world: &World<'_, '_>, plan: &Plan, sets: &Sets, found: &[Found]) -> Vec<Found> {
    let by_place: ByPlace = found
        .iter()
        .enumerate()
        .filter(|(_, found)| found.sort != Sort::Flow)
        .map(|(at, found)| ((found.rule, found.component), at))
        .collect();
    let mut views: BTreeMap<Vec<ControlIx>, View> = BTreeMap::new();
    let mut more = Vec::new();
    for (number, (rule, compiled)) in world.rules.rules.iter().zip(&plan.rules).enumerate() {
        let Some(succeeds) = &rule.succeeds else {
            continue;
        };
        let Some((parent, parent_rule)) = position(world.rules, &succeeds.rule) else {
            continue;
        };
        let Some(holds) = sets.inherent.get(compiled.when) else {
            continue;
        };
        for (at, component) in subjects(world, rule, holds) {
            let Some(parent) = by_place.get(&(parent, component)).and_then(|at| found.get(*at)) else {
                continue;
            };
            let scene = world.scene(world.current);
            let held = succeeds.by.iter().any(|control| scene.guards(component, *control));
            if !held {
                continue;
            }
            let on = |sets: &[Bits]| sets.get(compiled.when).is_some_and(|bits| bits.contains(at));
            let mut follower = finding(world, rule, number, at, component, on(&sets.current), on(&sets.target));
            // What the parent would come to without the control that holds it, the others as they are.
            let cap = if world.graph.components.len() <= EXACT_SUCCESSORS {
                let view = views.entry(succeeds.by.clone()).or_insert_with(|| {
                    let hops = Hops::weigh(world.graph, Credit::Current, None, &succeeds.by);
                    let labels = Labels::travel(world.graph, world.table, world.sources, &hops);
                    View {
                        credit: Credit::Current,
                        hops,
                        labels,
                    }
                });
                assess(world, view, parent_rule, parent, &succeeds.by, None)
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
                follower.status_because = format!(
                    "follows `{}`, which a control on `{}` holds",
                    succeeds.rule,
                    world.graph.name(component)
                );
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
            format!("{rule}@{flow}")
        }
        Sort::Data => {
            let data = world
                .graph
                .data
                .as_slice()
                .get(found.at)
                .map_or("", |data| data.id.value.as_str());
            format!("{rule}@{}:{data}", world.graph.name(found.component))
        }
        Sort::Component => format!("{rule}@{}", world.graph.name(found.component)),
    }
}

//! Likelihood and impact of a finding, from the weights table.
//!
//! Every term either does not depend on controls or can only fall when a
//! control is added, so adding a control never raises a risk.

use super::prepared::Main;
use super::sinks::Sinks;
use super::{Found, Level, World};
use crate::analysis::Factor;
use crate::eval::{Evaluated, View, component_word};
use crate::labels::{Credit, STRONG, WEAK};
use crate::prove::Costs;
use crate::weights::by_cost;
use std::cell::RefCell;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::model::ControlState;
use telamon_model::vocabulary::{ControlIx, LABELS, word_index};
use telamon_rules::Rule;
use telamon_rules::expr::Sort;
use telamon_rules::rule::Answer;

/// What a finding comes to in one view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Assessment {
    pub(crate) level: Level,
    /// A control that stops it is in place.
    pub(crate) stopped: bool,
}

/// A finding under assessment: what is the same in every view.
pub(crate) struct Case<'c, 'm> {
    pub(crate) rule: &'c Rule,
    pub(crate) found: &'c Found,
    /// Cost of the witness without controls; none where there is no way.
    first: Option<u32>,
    places: RefCell<Places<'c, 'm>>,
    costs: &'c Costs,
}

impl<'c, 'm> Case<'c, 'm> {
    pub(crate) fn new(world: &World<'c, 'm>, rule: &'c Rule, found: &'c Found, costs: &'c Costs) -> Self {
        Self {
            rule,
            found,
            first: witness(world, world.inherent, rule, found, costs),
            places: RefCell::new(Places::of(world, found)),
            costs,
        }
    }
}

/// Assesses a finding. `sets` are the sets in which the view was evaluated; `factors` collects what the figures
/// are made of.
pub(crate) fn assess(
    world: &World<'_, '_>,
    view: &View,
    case: &Case<'_, '_>,
    sets: Option<&Evaluated>,
    factors: Option<&mut Vec<Factor>>,
) -> Assessment {
    let extra = Extra { sets, ..Extra::default() };
    assess_with(world, view, case, &extra, factors)
}

/// Controls that are counted otherwise than written.
#[derive(Default)]
pub(crate) struct Extra<'e> {
    /// Controls that are left out.
    pub(crate) without: &'e [ControlIx],
    /// A control that is counted as implemented at a component although it is not there.
    pub(crate) added: Option<(ComponentId, ControlIx)>,
    /// The sets in which the view was evaluated, where it was.
    pub(crate) sets: Option<&'e Evaluated>,
}

/// [`assess`], with controls that are counted otherwise than written.
pub(crate) fn assess_with(
    world: &World<'_, '_>,
    view: &View,
    case: &Case<'_, '_>,
    extra: &Extra<'_>,
    factors: Option<&mut Vec<Factor>>,
) -> Assessment {
    let (rule, found) = (case.rule, case.found);
    let mut sum = Sum { likelihood: i32::from(rule.likelihood), impact: i32::from(rule.impact), factors };
    sum.note("inherent likelihood", 0, || {
        format!("the rule says {}", word(telamon_model::declaration::LIKELIHOOD, rule.likelihood))
    });
    path(world, view, case, &mut sum);
    let answers = answers(world, view.credit, case, extra);
    if let Some(row) = by_cost(&world.weights.answers, answers.cost)
        && answers.cost > 0
    {
        sum.likelihood("controls here", -i32::from(row.steps), || {
            format!("{}: {}", row.because, names(world, &answers.counted))
        });
    }
    if let Some(row) = world.prepared.rule(found.rule).and_then(|prepared| prepared.maturity) {
        sum.likelihood("maturity", i32::from(row.steps), || row.because.clone());
    }
    stake(world, found, &mut sum);
    let scene = world.scene(view);
    let compiled = world.plan.rules.get(found.rule);
    for (number, modifier) in rule.modifiers.iter().enumerate() {
        let known = extra.sets.zip(compiled.and_then(|compiled| compiled.modifiers.get(number)));
        let holds = match known {
            Some((sets, id)) => sets.contains(*id, found.at),
            None => scene.holds(&modifier.when, found.at),
        };
        if holds {
            sum.impact(&modifier.name, i32::from(modifier.impact), || modifier.text.clone());
            sum.likelihood(&modifier.name, i32::from(modifier.likelihood), || modifier.text.clone());
        }
    }
    if answers.limits {
        let row = &world.weights.limits;
        sum.impact("harm limited", i32::from(row.steps), || row.because.clone());
    }
    Assessment {
        level: Level { likelihood: clamp(sum.likelihood), impact: clamp(sum.impact) },
        stopped: answers.stopped,
    }
}

fn clamp(value: i32) -> u8 {
    u8::try_from(value.clamp(1, 5)).unwrap_or(1)
}

fn word(words: &[&'static str], level: u8) -> &'static str {
    words.get(usize::from(level).saturating_sub(1)).copied().unwrap_or("")
}

struct Sum<'f> {
    likelihood: i32,
    impact: i32,
    factors: Option<&'f mut Vec<Factor>>,
}

impl Sum<'_> {
    fn note(&mut self, name: &str, steps: i32, because: impl FnOnce() -> String) {
        self.push(name, steps, "", because);
    }

    fn likelihood(&mut self, name: &str, steps: i32, because: impl FnOnce() -> String) {
        self.likelihood += steps;
        if steps != 0 {
            self.push(name, steps, "likelihood", because);
        }
    }

    fn impact(&mut self, name: &str, steps: i32, because: impl FnOnce() -> String) {
        self.impact += steps;
        if steps != 0 {
            self.push(name, steps, "impact", because);
        }
    }

    fn push(&mut self, name: &str, steps: i32, of: &str, because: impl FnOnce() -> String) {
        if let Some(factors) = &mut self.factors {
            factors.push(Factor {
                name: name.to_owned(),
                effect: if of.is_empty() { "start".to_owned() } else { format!("{steps:+} {of}") },
                because: because(),
            });
        }
    }
}

/// Cost of the cheapest way by which the finding becomes real.
fn witness(world: &World<'_, '_>, view: &View, rule: &Rule, found: &Found, costs: &Costs) -> Option<u32> {
    if world.prepared.rule(found.rule).is_some_and(|prepared| prepared.uses_labels) {
        return world.scene(view).cost_with(&rule.when, found.at, costs);
    }
    let reach = word_index(&LABELS, "reach").unwrap_or(0);
    view.labels.arrival(found.component, reach).map(|arrival| arrival.cost)
}

/// Cost of the witness, in the view and without controls.
fn path(world: &World<'_, '_>, view: &View, case: &Case<'_, '_>, sum: &mut Sum<'_>) {
    let cost = case.first.map(|first| {
        if std::ptr::eq(view, world.inherent) {
            return first;
        }
        // Where a control stops the label altogether, nothing is dearer.
        witness(world, view, case.rule, case.found, case.costs).unwrap_or(u32::MAX)
    });
    let (cost, because) = match cost {
        Some(cost) => (cost, None),
        None => (world.weights.no_path.cost, Some(world.weights.no_path.because.as_str())),
    };
    if let Some(row) = by_cost(&world.weights.path, cost) {
        sum.likelihood("way in", -i32::from(row.steps), || because.unwrap_or(&row.because).to_owned());
    }
}

#[derive(Default)]
struct Answers {
    cost: u32,
    limits: bool,
    stopped: bool,
    counted: Vec<ControlIx>,
}

/// What the controls on the threat's component, or on all that it reaches, take away.
fn answers(world: &World<'_, '_>, credit: Credit, case: &Case<'_, '_>, extra: &Extra<'_>) -> Answers {
    let mut sum = Answers::default();
    let Some(prepared) = world.prepared.rule(case.found.rule).filter(|_| credit != Credit::Inherent) else {
        return sum;
    };
    let mut places = case.places.borrow_mut();
    for answering in &prepared.answers {
        let control = answering.control;
        let added = extra.added.is_some_and(|(_, added)| added == control);
        // Most controls that would answer are written nowhere in the model.
        if !(answering.written || added) || extra.without.contains(&control) {
            continue;
        }
        let Some(state) = state_at(world, case.found, &mut places, control, extra) else {
            continue;
        };
        let quarters = credit.quarters(state);
        if quarters == 0 {
            continue;
        }
        let full = match answering.answer {
            Answer::Stop | Answer::Strong => STRONG,
            Answer::Weak => WEAK,
            Answer::Limits => {
                sum.limits |= quarters >= 3;
                continue;
            }
            Answer::Detects => continue,
        };
        if answering.answer == Answer::Stop && credit.stops(state) {
            sum.stopped = true;
        }
        // What the hop into the component has counted already is not counted twice.
        let rest = full.saturating_sub(answering.counted) * quarters / 4;
        if rest > 0 {
            sum.cost += rest;
            sum.counted.push(control);
        }
    }
    sum
}

/// Components on which an answer can stand besides the threat's own: all that it reaches with the effects
/// that the rule reads. They are looked for only as far as they are asked for.
pub(crate) struct Places<'c, 'm> {
    known: Vec<ComponentId>,
    more: Option<Sinks<'c, 'm>>,
}

impl<'c, 'm> Places<'c, 'm> {
    pub(crate) fn of(world: &World<'c, 'm>, found: &Found) -> Self {
        let effects = world.prepared.rule(found.rule).map_or(0, |prepared| prepared.effects);
        Self { known: Vec::new(), more: (effects != 0).then(|| Sinks::of(world, found.component, effects)) }
    }

    /// All of them.
    pub(crate) fn all(&mut self) -> &[ComponentId] {
        if let Some(more) = self.more.take() {
            self.known.extend(more);
        }
        &self.known
    }

    fn get(&mut self, at: usize) -> Option<ComponentId> {
        if at >= self.known.len() {
            let next = self.more.as_mut().and_then(Iterator::next);
            match next {
                Some(next) => self.known.push(next),
                None => self.more = None,
            }
        }
        self.known.get(at).copied()
    }

    /// The weakest of the states on these; none as soon as one has no state.
    fn weakest(&mut self, state: impl Fn(ComponentId) -> Option<ControlState>) -> Option<ControlState> {
        let mut weakest: Option<ControlState> = None;
        let mut at = 0;
        while let Some(place) = self.get(at) {
            let here = state(place)?;
            if weakest.is_none_or(|weakest| worth(here) < worth(weakest)) {
                weakest = Some(here);
            }
            at += 1;
        }
        weakest
    }
}

/// State of an answer: on the component, on the flow, or on everything that is reached (the weakest).
pub(crate) fn state_at(
    world: &World<'_, '_>,
    found: &Found,
    places: &mut Places<'_, '_>,
    control: ControlIx,
    extra: &Extra<'_>,
) -> Option<ControlState> {
    let own = state_on(world, found.component, control, extra);
    let on_flow = (found.sort == Sort::Flow)
        .then(|| {
            let edge = world.graph.edges.get(EdgeId::from_usize(found.at))?;
            let flow = world.graph.flows.get(edge.flow)?;
            let written = flow
                .detail
                .iter()
                .flat_map(|detail| &detail.controls)
                .find(|used| used.control == control)
                .map(|used| used.state);
            let other = if edge.from == found.component { edge.to } else { edge.from };
            written.max(state_on(world, other, control, extra))
        })
        .flatten();
    let on_data = (found.sort == Sort::Data)
        .then(|| {
            let data = world.graph.data.as_slice().get(found.at)?;
            data.controls.iter().find(|used| used.control == control).map(|used| used.state)
        })
        .flatten();
    let reached = places.weakest(|place| state_on(world, place, control, extra));
    [own, on_flow, on_data, reached].into_iter().flatten().max_by_key(|state| worth(*state))
}

fn worth(state: ControlState) -> (u32, u32) {
    (Credit::Current.quarters(state) + 1, Credit::Target.quarters(state))
}

fn state_on(
    world: &World<'_, '_>,
    component: ComponentId,
    control: ControlIx,
    extra: &Extra<'_>,
) -> Option<ControlState> {
    if extra.added == Some((component, control)) {
        return Some(ControlState::Implemented);
    }
    world.controls.state(component, control)
}

/// What is at stake.
fn stake(world: &World<'_, '_>, found: &Found, sum: &mut Sum<'_>) {
    let main = world.prepared.rule(found.rule).map_or(Main::Other, |prepared| prepared.main);
    if main == Main::Confidentiality {
        let class = match found.sort {
            Sort::Data => world.facts.classes.get(found.at),
            _ => world.facts.stake.get(found.component.index()),
        };
        if let Some(row) = world.prepared.class(class.copied()) {
            sum.impact("data at stake", i32::from(row.steps), || row.because.clone());
        }
    }
    if main == Main::Integrity
        && world.graph.attribute(found.component, "decides").is_some()
        && component_word(world.graph, found.component, "oversight") != "before"
    {
        let row = &world.weights.decides;
        sum.impact("decides", i32::from(row.steps), || row.because.clone());
    }
    if let Some(row) = world.prepared.criticality {
        sum.impact("criticality", i32::from(row.steps), || row.because.clone());
    }
}

fn names(world: &World<'_, '_>, controls: &[ControlIx]) -> String {
    controls.iter().map(|control| world.graph.vocabulary.control_id(*control)).collect::<Vec<_>>().join(", ")
}

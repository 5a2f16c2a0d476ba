//! Likelihood and impact of a finding, from the weights table.
//!
//! Every term either does not depend on controls or can only fall when a
//! control is added, so adding a control never raises a risk.

use super::{Found, Level, World};
use crate::analysis::Factor;
use crate::eval::{View, component_word};
use crate::labels::{Credit, STRONG, WEAK, in_force};
use crate::weights::{by_cost, by_word};
use telamon_model::declaration::{CLASSIFICATION, CRITICALITY};
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::model::ControlState;
use telamon_model::vocabulary::{Acts, ControlIx, LABELS, Strength, word_index};
use telamon_rules::Rule;
use telamon_rules::expr::{Expr, Sort};
use telamon_rules::rule::Answer;

/// What a finding comes to in one view.
pub(crate) struct Assessment {
    pub(crate) level: Level,
    /// A control that stops it is in place.
    pub(crate) stopped: bool,
}

/// Assesses a finding. `without` are controls that are left out; `factors` collects what the figures are made of.
pub(crate) fn assess(
    world: &World<'_, '_>,
    view: &View,
    rule: &Rule,
    found: &Found,
    without: &[ControlIx],
    factors: Option<&mut Vec<Factor>>,
) -> Assessment {
    assess_with(world, view, rule, found, &Extra { without, added: None }, factors)
}

/// Controls that are counted otherwise than written.
pub(crate) struct Extra<'e> {
    pub(crate) without: &'e [ControlIx],
    /// A control that is counted as implemented at a component although it is not there.
    pub(crate) added: Option<(ComponentId, ControlIx)>,
}

/// [`assess`], with a control that is not there.
pub(crate) fn assess_with(
    world: &World<'_, '_>,
    view: &View,
    rule: &Rule,
    found: &Found,
    extra: &Extra<'_>,
    factors: Option<&mut Vec<Factor>>,
) -> Assessment {
    let mut sum = Sum {
        likelihood: i32::from(rule.likelihood),
        impact: i32::from(rule.impact),
        factors,
    };
    sum.note("inherent likelihood", 0, || {
        format!("the rule says {}", word(telamon_model::declaration::LIKELIHOOD, rule.likelihood))
    });
    path(world, view, rule, found, &mut sum);
    let answers = answers(world, view.credit, rule, found, extra);
    if let Some(row) = by_cost(&world.weights.answers, answers.cost)
        && answers.cost > 0
    {
        sum.likelihood(
            "controls here",
            -i32::from(row.steps),
            || format!("{}: {}", row.because, names(world, &answers.counted)),
        );
    }
    if let Some(maturity) = world.maturity.get(found.rule)
        && let Some(row) = by_word(&world.weights.maturity, maturity)
    {
        sum.likelihood("maturity", i32::from(row.steps), || row.because.clone());
    }
    stake(world, rule, found, &mut sum);
    let scene = world.scene(view);
    for modifier in &rule.modifiers {
        if scene.holds(&modifier.when, found.at) {
            sum.impact(&modifier.name, i32::from(modifier.impact), || modifier.text.clone());
            sum.likelihood(&modifier.name, i32::from(modifier.likelihood), || modifier.text.clone());
        }
    }
    if answers.limits {
        let row = &world.weights.limits;
        sum.impact("harm limited", i32::from(row.steps), || row.because.clone());
    }
    Assessment {
        level: Level {
            likelihood: clamp(sum.likelihood),
            impact: clamp(sum.impact),
        },
        stopped: answers.stopped,
    }
}

fn clamp(value: i32) -> u8 {
    u8::try_from(value.clamp(1, 5)).unwrap_or(1)
}

fn word(words: &[&'static str], level: u8) -> &'static str {
    words
        .get(usize::from(level).saturating_sub(1))
        .copied()
        .unwrap_or("")
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
                effect: if of.is_empty() {
                    "start".to_owned()
                } else {
                    format!("{steps:+} {of}")
                },
                because: because(),
            });
        }
    }
}

/// Cost of the witness, in the view and without controls.
fn path(world: &World<'_, '_>, view: &View, rule: &Rule, found: &Found, sum: &mut Sum<'_>) {
    let scene = world.scene(view);
    let cost = if uses_labels(rule) {
        // Where a control stops the label altogether, nothing is dearer.
        let first = world.scene(world.inherent).cost(&rule.when, found.at);
        first.map(|_| scene.cost(&rule.when, found.at).unwrap_or(u32::MAX))
    } else {
        let reach = word_index(&LABELS, "reach").unwrap_or(0);
        world
            .inherent
            .labels
            .arrival(found.component, reach)
            .map(|_| {
                view.labels
                    .arrival(found.component, reach)
                    .map_or(u32::MAX, |arrival| arrival.cost)
            })
    };
    let (cost, because) = match cost {
        Some(cost) => (cost, None),
        None => (world.weights.no_path.cost, Some(world.weights.no_path.because.as_str())),
    };
    if let Some(row) = by_cost(&world.weights.path, cost) {
        sum.likelihood("way in", -i32::from(row.steps), || {
            because.unwrap_or(&row.because).to_owned()
        });
    }
}

fn uses_labels(rule: &Rule) -> bool {
    let mut labels = Vec::new();
    rule.when.labels(&mut labels);
    !labels.is_empty()
}

#[derive(Default)]
struct Answers {
    cost: u32,
    limits: bool,
    stopped: bool,
    counted: Vec<ControlIx>,
}

/// What the controls on the threat's component, or on all that it reaches, take away.
fn answers(
    world: &World<'_, '_>,
    credit: Credit,
    rule: &Rule,
    found: &Found,
    extra: &Extra<'_>,
) -> Answers {
    let mut sum = Answers::default();
    if credit == Credit::Inherent || rule.answers.is_empty() {
        return sum;
    }
    let places = places(world, rule, found);
    for (control, answer) in &rule.answers {
        if extra.without.contains(control) {
            continue;
        }
        let Some(state) = state_at(world, found, &places, *control, extra) else {
            continue;
        };
        let quarters = credit.quarters(state);
        if quarters == 0 {
            continue;
        }
        let full = match answer {
            Answer::Stop | Answer::Strong => STRONG,
            Answer::Weak => WEAK,
            Answer::Limits => {
                sum.limits |= quarters >= 3;
                continue;
            }
            Answer::Detects => continue,
        };
        if *answer == Answer::Stop && credit.stops(state) {
            sum.stopped = true;
        }
        // What the hop into the component has counted already is not counted twice.
        let counted = hop_strength(world, rule, *control);
        let rest = full.saturating_sub(counted) * quarters / 4;
        if rest > 0 {
            sum.cost += rest;
            sum.counted.push(*control);
        }
    }
    sum
}

/// Full strength that the control has on the hop into the component, for the labels of the rule.
fn hop_strength(world: &World<'_, '_>, rule: &Rule, control: ControlIx) -> u32 {
    let Some(word) = world.graph.vocabulary.controls.get(usize::from(control)) else {
        return 0;
    };
    if word.acts != Acts::Intake {
        return 0;
    }
    let mut labels = Vec::new();
    rule.when.labels(&mut labels);
    labels
        .iter()
        .filter_map(|label| word.strength.get(usize::from(*label)).copied().flatten())
        .map(|strength| match strength {
            Strength::Weak => WEAK,
            Strength::Strong | Strength::Stop => STRONG,
        })
        .max()
        .unwrap_or(0)
}

/// Components on which an answer can stand besides the threat's own: all that it reaches with the effects
/// that the rule reads.
pub(crate) fn places(world: &World<'_, '_>, rule: &Rule, found: &Found) -> Vec<ComponentId> {
    let mut effects = 0;
    effects_of(&rule.when, &mut effects);
    if effects == 0 || found.sort != Sort::Component {
        return Vec::new();
    }
    super::paths::sinks(world, found.component, effects)
}

fn effects_of(expr: &Expr, out: &mut u32) {
    match expr {
        Expr::Reaches(effects) => *out |= effects,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| effects_of(part, out)),
        _ => {}
    }
}

/// State of an answer: on the component, on the flow, or on everything that is reached (the weakest).
pub(crate) fn state_at(
    world: &World<'_, '_>,
    found: &Found,
    places: &[ComponentId],
    control: ControlIx,
    extra: &Extra<'_>,
) -> Option<ControlState> {
    let own = state_on(world, found.component, control, extra);
    let on_flow = (found.sort == Sort::Flow)
        .then(|| {
            let edge = world.graph.edges.get(EdgeId::from_usize(found.at))?;
            let flow = world.graph.flows.get(edge.flow)?;
            let written = flow
                .def
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
            data.controls
                .iter()
                .find(|used| used.control == control)
                .map(|used| used.state)
        })
        .flatten();
    let reached = places
        .iter()
        .map(|place| state_on(world, *place, control, extra))
        .min_by_key(|state| state.map_or((0, 0), worth))
        .flatten();
    [own, on_flow, on_data, reached]
        .into_iter()
        .flatten()
        .max_by_key(|state| worth(*state))
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
    in_force(world.graph, component)
        .into_iter()
        .find(|held| held.used.control == control)
        .map(|held| held.used.state)
}

/// What is at stake.
fn stake(world: &World<'_, '_>, rule: &Rule, found: &Found, sum: &mut Sum<'_>) {
    let main = rule.cia.first().map_or("", String::as_str);
    if main == "confidentiality" {
        let class = if found.sort == Sort::Data {
            world
                .graph
                .data
                .as_slice()
                .get(found.at)
                .map(|data| crate::labels::sources::classification(data))
        } else {
            world
                .facts
                .stake
                .get(found.component.index())
                .copied()
                .filter(|class| *class < 4)
        };
        let name = class.map_or("none", |class| {
            CLASSIFICATION
                .get(usize::from(class))
                .copied()
                .unwrap_or("none")
        });
        if let Some(row) = by_word(&world.weights.data, name) {
            sum.impact("data at stake", i32::from(row.steps), || row.because.clone());
        }
    }
    if main == "integrity"
        && world.graph.attribute(found.component, "decides").is_some()
        && component_word(world.graph, found.component, "oversight") != "before"
    {
        let row = &world.weights.decides;
        sum.impact("decides", i32::from(row.steps), || row.because.clone());
    }
    let criticality = world.graph.model.business.criticality.unwrap_or(1);
    if let Some(word) = CRITICALITY.get(usize::from(criticality))
        && let Some(row) = by_word(&world.weights.criticality, word)
    {
        sum.impact("criticality", i32::from(row.steps), || row.because.clone());
    }
}

fn names(world: &World<'_, '_>, controls: &[ControlIx]) -> String {
    controls
        .iter()
        .map(|control| world.graph.vocabulary.control_id(*control))
        .collect::<Vec<_>>()
        .join(", ")
}

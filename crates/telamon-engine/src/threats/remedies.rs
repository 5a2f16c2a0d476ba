//! Controls that are missing or present for a threat, and what each would change.

use super::paths::Way;
use super::risk::{Case, Extra, Places, assess_with, state_at};
use super::text::Names;
use super::{Found, World};
use crate::analysis::{Controls, MissingControl, PresentControl, Remedy, Severity};
use crate::eval::View;
use crate::labels::{Credit, Hops};
use crate::prove::{Costs, Place, Proof};
use std::cell::RefCell;
use std::collections::BTreeMap;
use telamon_model::ids::{ComponentId, EdgeId, Id};
use telamon_model::model::ControlState;
use telamon_model::vocabulary::{Acts, ControlIx, Strength};
use telamon_rules::Rule;
use telamon_rules::expr::Sort;
use telamon_rules::rule::Answer;

/// Beyond this many components the effect of a remedy is not computed by a pass of its own.
const EXACT: usize = 400;
/// How many remedies a threat shows.
const SHOWN: usize = 5;

/// Views with one control more, kept while the threats of one analysis are built.
#[derive(Default)]
pub(crate) struct Reruns {
    views: RefCell<BTreeMap<(ComponentId, ControlIx), std::rc::Rc<View>>>,
}

impl Reruns {
    fn with(&self, world: &World<'_, '_>, at: ComponentId, control: ControlIx) -> std::rc::Rc<View> {
        let mut views = self.views.borrow_mut();
        views
            .entry((at, control))
            .or_insert_with(|| {
                let credit = Credit::Current;
                let hops = Hops::weigh(world.graph, world.controls, credit, Some((at, control)), &[]);
                std::rc::Rc::new(View::new(world.graph, world.table, world.sources, credit, hops))
            })
            .clone()
    }
}

/// A control that is missing somewhere.
struct Candidate {
    control: ControlIx,
    on: ComponentId,
    state: Option<ControlState>,
    /// The condition itself reads its absence, or it stops the threat.
    decisive: bool,
    weight: u32,
}

/// Missing and present controls, and remedies with their effect.
pub(crate) fn remedies(
    world: &World<'_, '_>,
    found: &Found,
    rule: &Rule,
    proof: &Proof,
    ways: &[Way],
    names: &Names,
    reruns: Option<&Reruns>,
) -> (Controls, Vec<Remedy>) {
    let mut places = Places::of(world, found);
    let reached = places.all().to_vec();
    let costs = Costs::default();
    let case = Case::new(world, rule, found, &costs);
    let candidates = candidates(world, found, rule, proof, ways, &mut places);
    let mut controls = Controls { missing: Vec::new(), present: present(world, found, rule, ways, &reached) };
    for candidate in &candidates {
        controls.missing.push(MissingControl {
            id: world.graph.vocabulary.control_id(candidate.control).to_owned(),
            on: world.graph.name(candidate.on).to_owned(),
            stated: stated(candidate.state).to_owned(),
        });
    }
    for (control, place) in &proof.missing {
        if let Place::Data(data) = place
            && let Some(data) = world.graph.data.get(*data)
        {
            let state = data.controls.iter().find(|used| used.control == *control).map(|used| used.state);
            controls.missing.push(MissingControl {
                id: world.graph.vocabulary.control_id(*control).to_owned(),
                on: data.id.value.clone(),
                stated: stated(state).to_owned(),
            });
        }
    }
    let mut list: Vec<(Option<Severity>, u32, Remedy)> = candidates
        .iter()
        .map(|candidate| {
            let after = reruns.and_then(|reruns| after(world, &case, candidate, reruns));
            let vocabulary = world.graph.vocabulary;
            let says = vocabulary
                .controls
                .get(usize::from(candidate.control))
                .map_or("", |control| control.says.as_str())
                .replace("{on}", world.graph.name(candidate.on));
            (
                after,
                candidate.weight,
                Remedy {
                    control: vocabulary.control_id(candidate.control).to_owned(),
                    on: world.graph.name(candidate.on).to_owned(),
                    says: super::text::capital(&says),
                    severity_after: after,
                },
            )
        })
        .collect();
    let rank = |after: Option<Severity>| after.map_or(9, |severity| severity as u8);
    list.sort_by(|a, b| {
        (rank(a.0), std::cmp::Reverse(a.1), &a.2.control).cmp(&(rank(b.0), std::cmp::Reverse(b.1), &b.2.control))
    });
    list.truncate(SHOWN);
    let mut remedies: Vec<Remedy> = list.into_iter().map(|(_, _, remedy)| remedy).collect();
    if !rule.remedy.is_empty() {
        remedies.push(Remedy {
            control: String::new(),
            on: world.graph.name(found.component).to_owned(),
            says: names.fill(&rule.remedy),
            severity_after: None,
        });
    }
    (controls, remedies)
}

/// The word for how a missing control is stated.
pub(crate) fn stated(state: Option<ControlState>) -> &'static str {
    match state {
        None => "not-stated",
        Some(state) => state.word(),
    }
}

fn candidates(
    world: &World<'_, '_>,
    found: &Found,
    rule: &Rule,
    proof: &Proof,
    ways: &[Way],
    places: &mut Places<'_, '_>,
) -> Vec<Candidate> {
    let reached = places.all().to_vec();
    let mut list: Vec<Candidate> = Vec::new();
    let mut add = |control: ControlIx, on: ComponentId, decisive: bool, weight: u32| {
        let state = world.controls.state(on, control);
        // What is in place, attested or does not apply is not missing.
        if state.is_some_and(|state| Credit::Current.quarters(state) > 0 || state == ControlState::NotApplicable) {
            return;
        }
        if !list.iter().any(|known| known.control == control && known.on == on) {
            list.push(Candidate { control, on, state, decisive, weight });
        }
    };
    for (control, place) in &proof.missing {
        let on = match place {
            Place::Component(component) => *component,
            Place::Edge(edge) => match world.graph.edges.get(*edge) {
                Some(edge) => edge.to,
                None => continue,
            },
            Place::Data(_) => continue,
        };
        add(*control, on, true, 40);
    }
    for (control, answer) in &rule.answers {
        let Some(on) = place_for(world, found, *control, &reached) else {
            continue;
        };
        if state_at(world, found, places, *control, &Extra::default())
            .is_some_and(|state| Credit::Current.quarters(state) > 0)
        {
            continue;
        }
        let weight = match answer {
            Answer::Stop => 40,
            Answer::Strong => 20,
            Answer::Limits => 15,
            Answer::Weak => 10,
            Answer::Detects => 1,
        };
        add(*control, on, *answer == Answer::Stop, weight);
    }
    // On the way: the strongest control that could stand at each hop.
    if let Some(way) = ways.first() {
        for (number, (component, edge)) in way.steps.iter().enumerate().skip(1) {
            if edge.is_none() || number + 1 > way.labels.len() || *component == found.component {
                continue;
            }
            let label = way.labels.get(number).copied().unwrap_or(u8::MAX);
            if let Some(control) = strongest(world, *component, label) {
                add(control, *component, false, 8);
            }
            if *component == found.component {
                break;
            }
        }
    }
    list
}

fn strongest(world: &World<'_, '_>, component: ComponentId, label: u8) -> Option<ControlIx> {
    let kinds = &world.graph.components.get(component)?.kinds;
    (0u16..)
        .zip(&world.graph.vocabulary.controls)
        .filter(|(_, control)| control.acts == Acts::Intake && world.graph.vocabulary.can_stand(control, kinds))
        .filter_map(|(at, control)| {
            let strength = control.strength.get(usize::from(label)).copied().flatten()?;
            Some((strength, at))
        })
        .max_by_key(|(strength, at)| {
            let rank = match strength {
                Strength::Weak => 1,
                Strength::Strong => 2,
                Strength::Stop => 3,
            };
            (rank, std::cmp::Reverse(*at))
        })
        .map(|(_, at)| at)
}

/// Where an answer would stand: on the component, on what it reaches, or at the other end of the flow.
fn place_for(world: &World<'_, '_>, found: &Found, control: ControlIx, reached: &[ComponentId]) -> Option<ComponentId> {
    let vocabulary = world.graph.vocabulary;
    let entry = vocabulary.controls.get(usize::from(control))?;
    let stands = |component: ComponentId| {
        world.graph.components.get(component).is_some_and(|def| vocabulary.can_stand(entry, &def.kinds))
    };
    let mut spots = vec![found.component];
    spots.extend(reached);
    if found.sort == Sort::Flow
        && let Some(edge) = world.graph.edges.get(EdgeId::from_usize(found.at))
    {
        spots.extend([edge.from, edge.to]);
    }
    spots.into_iter().find(|spot| stands(*spot)).or_else(|| {
        // A control of a flow or a data asset is named at the component.
        (entry.on_flow || entry.on_data).then_some(found.component)
    })
}

fn present(
    world: &World<'_, '_>,
    found: &Found,
    rule: &Rule,
    ways: &[Way],
    reached: &[ComponentId],
) -> Vec<PresentControl> {
    let mut list: Vec<PresentControl> = Vec::new();
    let mut add = |on: ComponentId, control: ControlIx, state: ControlState| {
        if Credit::Current.quarters(state) == 0 && state != ControlState::NotApplicable {
            return;
        }
        let present = PresentControl {
            id: world.graph.vocabulary.control_id(control).to_owned(),
            on: world.graph.name(on).to_owned(),
            state: state.word().to_owned(),
        };
        if !list.contains(&present) {
            list.push(present);
        }
    };
    let mut read = Vec::new();
    guards_of(&rule.when, &mut read);
    read.extend(rule.answers.iter().map(|(control, _)| *control));
    for place in std::iter::once(&found.component).chain(reached) {
        for held in world.controls.of(*place) {
            if read.contains(&held.used.control) {
                add(*place, held.used.control, held.used.state);
            }
        }
    }
    if let Some(way) = ways.first() {
        for ((component, edge), label) in way.steps.iter().zip(&way.labels) {
            for held in world.controls.of(*component) {
                let weighs =
                    world.graph.vocabulary.controls.get(usize::from(held.used.control)).is_some_and(|control| {
                        control.acts == Acts::Intake
                            && control.strength.get(usize::from(*label)).copied().flatten().is_some()
                    });
                if weighs && edge.is_some() {
                    add(*component, held.used.control, held.used.state);
                }
            }
        }
    }
    list
}

/// Controls that a condition reads.
pub(crate) fn guards_of(expr: &telamon_rules::expr::Expr, out: &mut Vec<ControlIx>) {
    use telamon_rules::expr::Expr;
    match expr {
        Expr::Guarded(_, controls) => out.extend(controls),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| guards_of(part, out)),
        Expr::Not(inner)
        | Expr::Holds(inner)
        | Expr::Receives(inner)
        | Expr::Sends(inner)
        | Expr::From(inner)
        | Expr::To(inner)
        | Expr::With(inner)
        | Expr::HeldBy(inner) => guards_of(inner, out),
        _ => {}
    }
}

/// Severity with the control in place; the other ways in count.
fn after(world: &World<'_, '_>, case: &Case<'_, '_>, candidate: &Candidate, reruns: &Reruns) -> Option<Severity> {
    if candidate.decisive {
        return Some(Severity::Low.min(case.found.current.severity(world.weights)));
    }
    let extra = Extra { added: Some((candidate.on, candidate.control)), ..Extra::default() };
    let weighs = world
        .graph
        .vocabulary
        .controls
        .get(usize::from(candidate.control))
        .is_some_and(|control| control.acts != Acts::Own && control.strength.iter().any(Option::is_some));
    let level = if weighs {
        if world.graph.components.len() > EXACT {
            return None;
        }
        let view = reruns.with(world, candidate.on, candidate.control);
        assess_with(world, &view, case, &extra, None).level
    } else {
        assess_with(world, world.current, case, &extra, None).level
    };
    Some(level.lower(case.found.current).severity(world.weights))
}

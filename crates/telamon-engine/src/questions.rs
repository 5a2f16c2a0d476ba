//! Questions whose answers would change the most risk.

use crate::analysis::{Question, Threat};
use crate::prove::Place;
use crate::threats::build::{element, proof};
use crate::threats::{Found, World};
use std::collections::BTreeMap;
use telamon_model::declaration::COMPONENT;
use telamon_model::vocabulary::set_words;

/// How many questions are asked.
const ASKED: usize = 20;

#[derive(Default)]
struct Open {
    ask: String,
    add: String,
    threats: Vec<String>,
    weight: u32,
}

/// Questions, most weighty first, and the number of the first question of each threat.
pub(crate) fn questions(
    world: &World<'_, '_>,
    built: &[(&Found, &Threat)],
) -> (Vec<Question>, BTreeMap<String, usize>) {
    let mut open: BTreeMap<(String, String), Open> = BTreeMap::new();
    for (found, threat) in built {
        if !found.is_counted() {
            continue;
        }
        let steps = u32::from(threat.likelihood) * u32::from(threat.impact);
        for missing in &threat.controls.missing {
            if missing.stated != "not-stated" && missing.stated != "unknown" {
                continue;
            }
            let Some(control) = world
                .graph
                .vocabulary
                .control(&missing.id)
                .and_then(|at| world.graph.vocabulary.controls.get(usize::from(at)))
            else {
                continue;
            };
            // What an answer would take away, where it was computed; else a part of the risk.
            let removed = threat
                .remedies
                .iter()
                .find(|remedy| remedy.control == missing.id && remedy.on == missing.on)
                .map_or(0, |remedy| match remedy.severity_after {
                    Some(after) if after < threat.severity => steps * (threat.severity as u32 - after as u32) / 3,
                    _ => 0,
                });
            if removed == 0 {
                continue;
            }
            let entry = open.entry((missing.on.clone(), missing.id.clone())).or_default();
            if entry.ask.is_empty() {
                entry.ask = control.ask.replace("{on}", &missing.on);
                entry.add = format!("controls: {{ {}: implemented }}   # on {}", missing.id, missing.on);
            }
            entry.weight += removed;
            entry.threats.push(threat.id.clone());
        }
        let Some(rule) = world.rule(found) else {
            continue;
        };
        for unwritten in proof(world, found, rule).unwritten {
            let about = element(world, unwritten.place);
            let (ask, add) = attribute_question(unwritten.place, unwritten.name, unwritten.assumed, &about);
            let entry = open.entry((about, unwritten.name.to_owned())).or_default();
            entry.ask = ask;
            entry.add = add;
            entry.weight += steps;
            entry.threats.push(threat.id.clone());
        }
    }
    let mut list: Vec<Question> = open
        .into_iter()
        .map(|((about, key), open)| Question {
            ask: open.ask,
            about,
            key,
            add: open.add,
            threats: crate::prove::once(open.threats),
            weight: open.weight,
        })
        .collect();
    list.sort_by(|a, b| (b.weight, &a.about, &a.key).cmp(&(a.weight, &b.about, &b.key)));
    list.truncate(ASKED);
    let mut numbers = BTreeMap::new();
    for (at, question) in list.iter().enumerate() {
        for threat in &question.threats {
            numbers.entry(threat.clone()).or_insert(at + 1);
        }
    }
    (list, numbers)
}

fn attribute_question(place: Place, name: &str, assumed: u32, about: &str) -> (String, String) {
    let section = match place {
        Place::Component(_) => &COMPONENT,
        Place::Edge(_) => &telamon_model::declaration::FLOW,
        Place::Data(_) => &telamon_model::declaration::DATA,
    };
    let Some((_, key)) = section.key(name) else {
        return (format!("What is `{name}` of {about}?"), String::new());
    };
    let words = key.words();
    let taken = set_words(words, assumed).next().unwrap_or("");
    let others: Vec<&str> = words.iter().copied().filter(|word| *word != taken).collect();
    (
        format!("What is the `{name}` of {about} ({})? `{taken}` is assumed until the model says it.", key.doc),
        format!("{name}: {}   # on {about}, or {taken}", others.join(" | ")),
    )
}

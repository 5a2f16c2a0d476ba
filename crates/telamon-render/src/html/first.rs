//! The threats to act on first, and what the first step against each leaves.

use serde::Serialize;
use telamon_engine::analysis::{MissingControl, Remedy, Severity, Status, Threat};

use super::names::Names;
use super::path::{self, Drawing};
use super::refs;
use super::rich::{self, Rich};
use super::{HtmlOptions, threats};
use crate::words;

/// How many threats stand at the head of the report.
const MOST: usize = 3;

/// One threat at the head of the report.
#[derive(Debug, Serialize)]
pub struct First {
    number: usize,
    anchor: String,
    title: String,
    note: Rich,
    drawing: Option<Drawing>,
    step: Rich,
    missing: Rich,
}

/// The threats to act on first: the highest ranked that are at least medium.
/// What somebody has already planned to mitigate comes after what nobody has.
pub fn choose<'a>(names: &Names<'a>) -> Vec<&'a Threat> {
    let urgent = |threat: &&Threat| words::effective(threat) > Severity::Low;
    let planned = |threat: &&Threat| threat.status == Status::Planned;
    let mut chosen: Vec<&Threat> = names.live().filter(urgent).filter(|threat| !planned(threat)).take(MOST).collect();
    let rest = MOST - chosen.len();
    chosen.extend(names.live().filter(urgent).filter(planned).take(rest));
    chosen
}

/// The first step against each of these threats, each once.
pub fn steps<'a>(firsts: &[&'a Threat]) -> Vec<&'a Remedy> {
    let mut steps: Vec<&Remedy> = Vec::new();
    for threat in firsts {
        if let Some(remedy) = threat.remedies.first()
            && !steps.iter().any(|step| is_same(step, remedy))
        {
            steps.push(remedy);
        }
    }
    steps
}

/// The severity that each open threat has at most once these steps are taken.
/// Each remedy was computed alone; another control never makes a threat worse.
pub fn after(names: &Names, steps: &[&Remedy]) -> Vec<Severity> {
    names
        .live()
        .map(|threat| {
            let now = words::effective(threat);
            threat
                .remedies
                .iter()
                .filter(|remedy| steps.iter().any(|step| is_same(step, remedy)))
                .filter_map(|remedy| remedy.severity_after)
                .fold(now, Severity::min)
        })
        .collect()
}

fn is_same(one: &Remedy, other: &Remedy) -> bool {
    one.control == other.control && one.on == other.on && (!one.control.is_empty() || one.says == other.says)
}

/// What the report says of these threats.
pub fn firsts(names: &Names, chosen: &[&Threat], options: &HtmlOptions) -> Vec<First> {
    chosen
        .iter()
        .enumerate()
        .map(|(index, threat)| First {
            number: index + 1,
            anchor: names.anchor(&threat.id),
            title: words::plain(&threat.title),
            note: note(threat, options),
            drawing: threat.paths.first().and_then(|path| path::draw(names, path, index + 1)),
            step: step(threat),
            missing: missing(names, threat),
        })
        .collect()
}

fn note(threat: &Threat, options: &HtmlOptions) -> Rich {
    let (likelihood, impact) = words::effective_cell(threat);
    let mut note = Rich::new().severity(words::effective(threat)).text(format!(
        " {}, impact {}",
        threats::likelihood(likelihood),
        threats::impact(impact)
    ));
    for line in refs::leading(&threat.frameworks, &options.same_entries, 2) {
        note = note.text(" · ").then(line);
    }
    note
}

/// The remedy with the most effect, as a sentence.
fn step(threat: &Threat) -> Rich {
    let Some(remedy) = threat.remedies.first() else {
        return Rich::new();
    };
    let says = remedy.says.trim_end_matches('.');
    let rich = rich::prose(says, &[&remedy.on]).capital();
    match remedy.severity_after {
        Some(after) => rich.text(": ").arrow(words::effective(threat), after).text("."),
        None => rich.text("."),
    }
}

/// What is missing, the stated before the unstated, and the question that may
/// settle it.
fn missing(names: &Names, threat: &Threat) -> Rich {
    let missing = &threat.controls.missing;
    if missing.is_empty() {
        return Rich::new();
    }
    let more = missing.len().saturating_sub(MISSING);
    let parts = missing.iter().take(MISSING).map(|control| {
        let rich = Rich::new().code(&control.id).text(" on ").code(&control.on);
        let asked = names.question(&control.id, &control.on);
        match asked {
            Some((number, _)) => rich
                .text(format!(" ({}, see ", stated(control)))
                .link(format!("Q{number}"), format!("q{number}"))
                .text(")"),
            None => rich.text(format!(" ({})", stated(control))),
        }
    });
    let rich = Rich::of(" Missing: ").list(parts);
    if more > 0 { rich.text(format!(", and {more} more.")) } else { rich.text(".") }
}

/// So many missing controls are named; the threat itself lists all.
const MISSING: usize = 4;

/// `stated absent`, `not stated`, `unknown`, `planned`.
pub fn stated(control: &MissingControl) -> String {
    match control.stated.as_str() {
        "absent" => "stated absent".to_owned(),
        other => words::spoken(other),
    }
}

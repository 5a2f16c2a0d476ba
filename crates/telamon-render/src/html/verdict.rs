//! The verdict: three sentences, each computed.
//!
//! What is worst and where it starts; what the first steps leave; what an
//! answer would change.

use serde::Serialize;
use telamon_engine::analysis::{Question, Severity, Status, Threat};

use super::first;
use super::names::Names;
use super::rich::Rich;
use crate::words;

/// The head of the report.
#[derive(Debug, Serialize)]
pub struct Verdict {
    sentences: Vec<Rich>,
    tally: Vec<Count>,
}

/// One part of the bar under the verdict.
#[derive(Debug, Serialize)]
struct Count {
    class: &'static str,
    word: String,
    number: usize,
}

/// Computes the verdict for the threats to act on first.
pub fn verdict(names: &Names, firsts: &[&Threat]) -> Verdict {
    let sentences = [Some(worst(names)), steps(names, firsts), answer(names)];
    Verdict { sentences: sentences.into_iter().flatten().collect(), tally: tally(names) }
}

fn tally(names: &Names) -> Vec<Count> {
    let live: Vec<&Threat> = names.live().collect();
    let counts = words::count_severities(&live);
    let mut tally = Vec::new();
    for severity in words::SEVERITIES {
        let number = counts.get(&severity).copied().unwrap_or(0);
        tally.push((words::severity(severity), words::severity(severity).to_owned(), number));
    }
    let settled = [
        (Status::Accepted, "accepted"),
        (Status::Transferred, "transferred"),
        (Status::Avoided, "avoided"),
        (Status::FalsePositive, "no problem"),
        (Status::Mitigated, "mitigated"),
    ];
    for (status, word) in settled {
        let all = &names.analysis.threats;
        let number = all.iter().filter(|threat| threat.status == status).count();
        tally.push(("done", word.to_owned(), number));
    }
    tally
        .into_iter()
        .filter(|(_, _, number)| *number > 0)
        .map(|(class, word, number)| Count { class, word, number })
        .collect()
}

fn worst(names: &Names) -> Rich {
    let live: Vec<&Threat> = names.live().collect();
    let Some(worst) = live.iter().max_by_key(|threat| words::effective(threat)) else {
        return nothing_open(names);
    };
    let severity = words::effective(worst);
    // The list is ranked: the first of the worst severity is the worst threat.
    let threat = live.iter().find(|threat| words::effective(threat) == severity).unwrap_or(worst);
    let number = live.iter().filter(|threat| words::effective(threat) == severity).count();
    let word = words::severity(severity);
    let opening = if number == 1 {
        format!("One {word} threat is open")
    } else {
        format!("{} {word} threats are open", super::rich::capital(&number_word(number)))
    };
    let source = threat.paths.first().and_then(|path| path.hops.first());
    let mut rich = Rich::of(opening);
    if let Some(source) = source {
        let glue = if number == 1 { " and starts at " } else { "; the first starts at " };
        rich = rich.text(glue).code(&source.element).text(whose(names, &source.element));
    }
    rich.text(": ").link(&threat.title, names.anchor(&threat.id)).text(".")
}

/// Where an element stands and how far that place is trusted.
fn whose(names: &Names, element: &str) -> String {
    let zone = names.component(element).and_then(|component| names.zone(&component.zone));
    zone.map_or_else(String::new, |zone| {
        let trust = if zone.trust == "none" { "no" } else { &zone.trust };
        format!(" ({}, {trust} trust)", zone.name)
    })
}

fn nothing_open(names: &Names) -> Rich {
    let analysis = names.analysis;
    let rules = words::count(analysis.rules.count, "rule");
    if analysis.threats.is_empty() {
        return Rich::of(format!("No threat was found with {rules}."));
    }
    let threats = words::count(analysis.threats.len(), "threat");
    Rich::of(format!(
        "No threat is open: what was found, {threats} with {rules}, is held by controls or settled by decisions."
    ))
}

fn steps(names: &Names, firsts: &[&Threat]) -> Option<Rich> {
    let steps = first::steps(firsts);
    let left = first::after(names, &steps);
    let before = names.live().map(words::effective).max()?;
    let worst = *left.iter().max()?;
    if steps.is_empty() {
        return None;
    }
    let with = match steps.len() {
        1 => "With the step below ".to_owned(),
        number => format!("With the {} steps below ", number_word(number)),
    };
    let count = |severity| left.iter().filter(|one| **one == severity).count();
    let (critical, high) = (count(Severity::Critical), count(Severity::High));
    if critical + high == 0 {
        let word = words::severity(worst);
        return Some(Rich::of(format!("{with}nothing above {word} remains.")));
    }
    let parts: Vec<String> = [(critical, "critical"), (high, "high")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", number_word(number)))
        .collect();
    let threats = if critical + high == 1 { "threat remains" } else { "threats remain" };
    let none_critical = if critical == 0 && before == Severity::Critical { ", and nothing critical" } else { "" };
    Some(Rich::of(format!("{with}at most {} {threats}{none_critical}.", parts.join(" and "))))
}

fn answer(names: &Names) -> Option<Rich> {
    let questions = &names.analysis.questions;
    let Some(question) = questions.first() else {
        return (!names.analysis.components.is_empty()).then(|| Rich::of("No question is open."));
    };
    let open = if questions.len() == 1 {
        "One question is open".to_owned()
    } else {
        format!("{} questions are open", super::rich::capital(&number_word(questions.len())))
    };
    let first = if questions.len() == 1 { "and its answer" } else { "and the answer to the first" };
    if let Some((before, after)) = drops(names, question).into_iter().next() {
        let (before, after) = (words::severity(before), words::severity(after));
        let sentence = Rich::of(format!("{open}, {first} alone ")).link("could turn", "q1");
        return Some(sentence.text(format!(" a {before} threat {after}.")));
    }
    let threats = names.live_of(&question.threats).len();
    if threats == 0 {
        return Some(Rich::of(format!("{open}.")));
    }
    let sentence = Rich::of(format!("{open}, {first} ")).link("bears on", "q1");
    Some(sentence.text(format!(" {}.", words::count(threats, "open threat"))))
}

/// What a yes would make of the threats it bears on, the worst first: severity
/// now and after, where that was computed and is better.
pub fn drops(names: &Names, question: &Question) -> Vec<(Severity, Severity)> {
    let mut drops: Vec<(Severity, Severity)> = names
        .live_of(&question.threats)
        .into_iter()
        .filter_map(|threat| {
            let before = words::effective(threat);
            let remedy =
                threat.remedies.iter().find(|remedy| remedy.control == question.key && remedy.on == question.about)?;
            let after = remedy.severity_after.filter(|after| *after < before)?;
            Some((before, after))
        })
        .collect();
    drops.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    drops
}

/// Small numbers as words.
pub fn number_word(number: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

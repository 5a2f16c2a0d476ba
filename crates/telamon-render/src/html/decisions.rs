//! Decisions, assumptions and questions.

use serde::Serialize;
use telamon_engine::analysis::Decision;

use super::names::Names;
use super::rich::{self, Rich};
use super::{scope, verdict};
use crate::words;

/// One decision.
#[derive(Debug, Serialize)]
pub struct Row {
    target: Rich,
    response: String,
    why: Rich,
    by: Rich,
    dates: Vec<Rich>,
    state: String,
    because: Rich,
}

/// The decisions in the order of the model.
pub fn rows(names: &Names) -> Vec<Row> {
    names
        .analysis
        .decisions
        .iter()
        .map(|decision| Row {
            target: scope::target(names, decision),
            response: words::spoken(&decision.response),
            why: rich::prose(&decision.why, &[]),
            by: by(decision),
            dates: dates(decision),
            state: words::spoken(&decision.state),
            because: rich::prose(&decision.because, &[]),
        })
        .collect()
}

fn by(decision: &Decision) -> Rich {
    let by = Rich::of(&decision.by);
    if decision.date.is_empty() {
        return by;
    }
    let glue = if by.is_empty() { "" } else { ", " };
    by.text(glue).date(&decision.date)
}

fn dates(decision: &Decision) -> Vec<Rich> {
    let mut lines = Vec::new();
    for (word, date) in [("until ", &decision.until), ("due ", &decision.due)] {
        if !date.is_empty() {
            lines.push(Rich::of(word).date(date));
        }
    }
    if !decision.owner.is_empty() {
        lines.push(Rich::of(&decision.owner));
    }
    if !decision.ticket.is_empty() {
        lines.push(Rich::new().code(&decision.ticket));
    }
    lines
}

/// One question.
#[derive(Debug, Serialize)]
pub struct Asked {
    number: usize,
    ask: Rich,
    effect: Rich,
    add: String,
}

/// The questions, most risk first.
pub fn questions(names: &Names) -> Vec<Asked> {
    names
        .analysis
        .questions
        .iter()
        .enumerate()
        .map(|(index, question)| {
            let number = index + 1;
            let effect = verdict::drops(names, question).into_iter().next();
            Asked {
                number,
                ask: rich::prose(&question.ask, &[&question.about]),
                effect: match effect {
                    Some((before, after)) => Rich::new().arrow(before, after),
                    None => touched(names, number, &question.threats),
                },
                add: question.add.clone(),
            }
        })
        .collect()
}

/// What a question bears on where no severity changes.
fn touched(names: &Names, number: usize, threats: &[String]) -> Rich {
    let entries = names.analysis.coverage.iter().filter(|entry| entry.question == Some(number)).count();
    let live = names.live_of(threats).len();
    if live > 0 {
        return Rich::of(words::count(live, "threat"));
    }
    match entries {
        0 => Rich::new(),
        1 => Rich::of("1 entry decided"),
        number => Rich::of(format!("{number} entries decided")),
    }
}

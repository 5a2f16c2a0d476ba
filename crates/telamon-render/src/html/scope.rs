//! Scope, what is left out, what changed, what falls due, own ratings and
//! the lines to sign on.

use serde::Serialize;
use telamon_engine::analysis::{Decision, Threat};

use super::dates;
use super::names::Names;
use super::rich::{self, Rich};
use super::threats::{Fact, fact};
use super::{HtmlOptions, LastApproval};
use crate::words;

/// How many decisions that fall due are named here; the rest stand further down.
const MOST_DUE: usize = 6;

/// The section.
#[derive(Debug, Serialize)]
pub struct Scope {
    facts: Vec<Fact>,
    digest: String,
    as_of: String,
}

/// Builds the section; none for a model without components.
pub fn scope(names: &Names, options: &HtmlOptions) -> Option<Scope> {
    let analysis = names.analysis;
    if analysis.components.is_empty() {
        return None;
    }
    let facts = [
        fact("In scope", vec![in_scope(names)]),
        fact("Left out", left_out(names)),
        fact("Rests on", rests_on(names)),
        fact("Since approval", since(options.last_approval.as_ref())),
        fact("Due", due(names)),
        fact("To decide again", again(names)),
        fact("Own ratings", own(names)),
    ];
    Some(Scope {
        facts: facts.into_iter().flatten().collect(),
        digest: analysis.model.digest.clone(),
        as_of: analysis.as_of.clone(),
    })
}

fn in_scope(names: &Names) -> Rich {
    let analysis = names.analysis;
    let mut parts = vec![
        words::count(analysis.components.len(), "component"),
        words::count(analysis.flows.len(), "flow"),
        words::count(analysis.zones.len(), "zone"),
    ];
    if !analysis.data.is_empty() {
        parts.push(words::count(analysis.data.len(), "data asset"));
    }
    let stage = match analysis.model.lifecycle.as_str() {
        "" => String::new(),
        "idea" => ", an idea".to_owned(),
        "retired" => ", retired".to_owned(),
        stage => format!(", in {stage}"),
    };
    Rich::of(format!("{}{stage}", parts.join(", ")))
}

/// Boxes that the model does not look into.
fn left_out(names: &Names) -> Vec<Rich> {
    let analysis = names.analysis;
    let opaque: Vec<&str> = analysis
        .components
        .iter()
        .filter(|component| component.attributes.get("opaque").is_some_and(|word| word == "true"))
        .map(|component| component.id.as_str())
        .collect();
    if opaque.is_empty() {
        return Vec::new();
    }
    vec![Rich::of("the inside of ").codes(opaque)]
}

/// What the model takes for granted.
fn rests_on(names: &Names) -> Vec<Rich> {
    let assumptions = &names.analysis.assumptions;
    if assumptions.is_empty() {
        return Vec::new();
    }
    let number = words::count(assumptions.len(), "assumption");
    vec![Rich::new().link(number, "assumptions")]
}

fn since(approval: Option<&LastApproval>) -> Vec<Rich> {
    let Some(approval) = approval else {
        return Vec::new();
    };
    let counts = format!(
        "{} new, {} worse, {} gone since ",
        words::count(approval.new, "threat"),
        approval.worse,
        approval.gone
    );
    let mut line = Rich::of(counts).date(&approval.date);
    if !approval.by.is_empty() {
        line = line.text(format!(", signed by {}", approval.by));
    }
    if !approval.digest.is_empty() {
        line = line.text(", ").code(digest(&approval.digest));
    }
    let mut lines = vec![line];
    lines.extend(approval.notes.iter().map(|note| rich::prose(note, &[])));
    lines
}

/// What was promised or accepted until a date, the nearest date first.
fn due(names: &Names) -> Vec<Rich> {
    let analysis = names.analysis;
    let mut dated: Vec<(&str, &Decision)> = analysis
        .decisions
        .iter()
        .filter(|decision| matches!(decision.state.as_str(), "in-force" | "overdue"))
        .filter_map(|decision| when(decision).map(|date| (date, decision)))
        .collect();
    dated.sort_by_key(|(date, _)| *date);
    let more = dated.len().saturating_sub(MOST_DUE);
    let mut lines: Vec<Rich> =
        dated.into_iter().take(MOST_DUE).map(|(date, decision)| due_line(names, date, decision)).collect();
    if more > 0 {
        lines.push(Rich::new().link(format!("{more} more"), "decisions"));
    }
    lines
}

/// The date that matters for a decision.
fn when(decision: &Decision) -> Option<&str> {
    [&decision.due, &decision.until].into_iter().map(String::as_str).find(|date| !date.is_empty())
}

fn due_line(names: &Names, date: &str, decision: &Decision) -> Rich {
    let mut line = target(names, decision).text(": ");
    let who = [&decision.owner, &decision.by].into_iter().find(|who| !who.is_empty());
    line = line.text(match decision.response.as_str() {
        "mitigate" => "to be mitigated",
        "accept" => "accepted",
        "transfer" => "transferred",
        "avoid" => "to be avoided",
        other => other,
    });
    if let Some(who) = who {
        line = line.text(format!(" by {who}"));
    }
    let until = if decision.due.is_empty() { ", until " } else { ", due " };
    line = line.text(until).date(date);
    if let Some(distance) = dates::distance(&names.analysis.as_of, date) {
        line = line.text(format!(", {distance}"));
    }
    if !decision.ticket.is_empty() {
        line = line.text(", ").code(&decision.ticket);
    }
    line
}

/// What a decision is about: the threat where it is one, otherwise its words.
pub fn target(names: &Names, decision: &Decision) -> Rich {
    match decision.threats.as_slice() {
        [one] => match names.threat(one) {
            Some(threat) => Rich::new().link(&threat.title, names.anchor(one)),
            None => Rich::new().code(one),
        },
        [] => Rich::new().code(&decision.target),
        many => Rich::new().code(&decision.target).text(format!(" ({})", words::count(many.len(), "threat"))),
    }
}

/// Decisions that no longer cover what is there, or are over.
fn again(names: &Names) -> Vec<Rich> {
    names
        .analysis
        .decisions
        .iter()
        .filter(|decision| matches!(decision.state.as_str(), "review" | "expired"))
        .map(|decision| {
            let line = target(names, decision);
            if decision.because.is_empty() {
                line.text(format!(": {}", words::spoken(&decision.state)))
            } else {
                line.text(": ").then(rich::prose(&decision.because, &[]))
            }
        })
        .collect()
}

fn own(names: &Names) -> Vec<Rich> {
    let analysis = names.analysis;
    let rated: Vec<&Threat> = analysis.threats.iter().filter(|threat| threat.risk.rated.is_some()).collect();
    let mut lines: Vec<Rich> = rated
        .iter()
        .map(|threat| {
            let derived = words::severity(threat.severity);
            Rich::new()
                .link(&threat.title, names.anchor(&threat.id))
                .text(format!(": {}, derived {derived}", words::severity(words::effective(threat))))
        })
        .collect();
    let rules = &analysis.rules;
    for (word, ids) in [("switched off: ", &rules.disabled), ("replaced: ", &rules.changed)] {
        if !ids.is_empty() {
            lines.push(Rich::of("rules ").text(word).codes(ids.iter().map(String::as_str)));
        }
    }
    if rated.is_empty() && lines.is_empty() {
        lines.push(Rich::of("none; no rule is switched off or replaced"));
    }
    lines
}

/// A digest with the name of its function.
pub fn digest(digest: &str) -> String {
    if digest.contains(':') || digest.len() != 64 { digest.to_owned() } else { format!("sha256:{digest}") }
}

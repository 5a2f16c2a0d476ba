//! The list of threats: one line each until opened.

use serde::Serialize;
use telamon_engine::analysis::{Level, Severity, Status, Threat};

use super::names::{Names, marked};
use super::rich::{self, Rich};
use super::{HtmlOptions, first, path, refs};
use crate::words;

/// From so many on, the list has a heading for each severity.
const GROUPED_FROM: usize = 31;

/// The list.
#[derive(Debug, Serialize)]
pub struct Threats {
    /// How many are open, planned or in review.
    open: usize,
    says: String,
    /// One group without a heading, or one for each severity.
    groups: Vec<Group>,
    /// What is settled or mitigated, folded.
    folded: Vec<Group>,
}

/// Threats under one heading.
#[derive(Debug, Serialize)]
struct Group {
    heading: String,
    folded: bool,
    threats: Vec<Row>,
}

/// One threat.
#[derive(Debug, Serialize)]
struct Row {
    anchor: String,
    /// Cell of the matrix, `impact-likelihood`; empty for what is not counted there.
    cell: String,
    class: &'static str,
    badge: String,
    title: String,
    tag: String,
    component: String,
    likelihood: u8,
    impact: u8,
    likelihood_word: &'static str,
    impact_word: &'static str,
    summary: Rich,
    facts: Vec<Fact>,
}

/// A term and what stands beside it.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The term.
    pub term: String,
    /// One or several lines.
    pub lines: Vec<Rich>,
}

/// Builds a fact; none where there is nothing to say.
pub fn fact(term: &str, lines: Vec<Rich>) -> Option<Fact> {
    let lines: Vec<Rich> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    (!lines.is_empty()).then(|| Fact { term: term.to_owned(), lines })
}

/// The list; none where there are no threats.
pub fn threats(names: &Names, options: &HtmlOptions) -> Option<Threats> {
    let all = &names.analysis.threats;
    if all.is_empty() {
        return None;
    }
    let live: Vec<&Threat> = names.live().collect();
    let settled = [
        (Status::Accepted, "accepted until a date"),
        (Status::Transferred, "transferred to another party"),
        (Status::Avoided, "avoided"),
        (Status::FalsePositive, "judged to be no problem"),
        (Status::Mitigated, "mitigated by controls in place"),
    ];
    let folded = settled
        .into_iter()
        .map(|(status, word)| {
            let of_it = all.iter().filter(|threat| threat.status == status);
            let threats: Vec<Row> = of_it.map(|threat| row(names, threat, options)).collect();
            Group { heading: format!("{} {word}", threats.len()), folded: true, threats }
        })
        .filter(|group| !group.threats.is_empty())
        .collect();
    Some(Threats { open: live.len(), says: says(&live), groups: groups(names, &live, options), folded })
}

fn says(live: &[&Threat]) -> String {
    let count = |status| live.iter().filter(|threat| threat.status == status).count();
    let mut parts = vec![format!("{} open, worst first", live.len())];
    for (number, word) in
        [(count(Status::Planned), "planned to be mitigated"), (count(Status::Review), "to be decided again")]
    {
        if number > 0 {
            parts.push(format!("{number} of them {word}"));
        }
    }
    format!("{}.", parts.join("; "))
}

fn groups(names: &Names, live: &[&Threat], options: &HtmlOptions) -> Vec<Group> {
    let rows = |severity: Option<Severity>| -> Vec<Row> {
        live.iter()
            .filter(|threat| severity.is_none_or(|word| words::effective(threat) == word))
            .map(|threat| row(names, threat, options))
            .collect()
    };
    let severities: Vec<Option<Severity>> =
        if live.len() < GROUPED_FROM { vec![None] } else { words::SEVERITIES.into_iter().map(Some).collect() };
    severities
        .into_iter()
        .map(|severity| {
            let threats = rows(severity);
            Group {
                heading: severity.map_or_else(String::new, |severity| {
                    let word = rich::capital(words::severity(severity));
                    format!("{word}, {}", threats.len())
                }),
                folded: severity == Some(Severity::Low),
                threats,
            }
        })
        .filter(|group| !group.threats.is_empty())
        .collect()
}

fn row(names: &Names, threat: &Threat, options: &HtmlOptions) -> Row {
    let live = words::is_live(threat.status);
    let severity = words::effective(threat);
    let (likelihood, impact) = words::effective_cell(threat);
    let (class, badge) = if live {
        let word = words::severity(severity);
        (word, rich::capital(word))
    } else {
        ("done", rich::capital(settled_word(threat.status)))
    };
    Row {
        anchor: names.anchor(&threat.id),
        cell: if live { format!("{impact}-{likelihood}") } else { String::new() },
        class,
        badge,
        title: words::plain(&threat.title),
        tag: tag(threat).to_owned(),
        component: words::plain(&threat.component),
        likelihood,
        impact,
        likelihood_word: self::likelihood(likelihood),
        impact_word: self::impact(impact),
        summary: rich::prose(&threat.summary, &marked(&threat.components)),
        facts: facts(names, threat, options),
    }
}

fn settled_word(status: Status) -> &'static str {
    match status {
        Status::FalsePositive => "no problem",
        other => words::status(other),
    }
}

/// The word after the title, where a threat is not simply open.
fn tag(threat: &Threat) -> &'static str {
    match threat.status {
        Status::Planned => "planned",
        Status::Review => "review",
        _ if threat.risk.rated.is_some() => "rated by people",
        _ => "",
    }
}

fn facts(names: &Names, threat: &Threat, options: &HtmlOptions) -> Vec<Fact> {
    [
        fact("Status", status(names, threat)),
        fact("Path", paths(threat)),
        fact("Missing", missing(names, threat)),
        fact(in_place(threat.status), present(threat)),
        fact("Remedy", remedies(threat)),
        fact("Risk", risk(threat)),
        fact("Ids", refs::lines(&threat.frameworks, &options.same_entries)),
        fact("Kind", vec![kind(threat)]),
        fact("Evidence", threat.evidence.iter().map(Rich::of).collect()),
        fact("Seen in", incidents(names, threat)),
        fact("Done when", vec![Rich::of(&threat.verify)]),
        fact("No problem if", vec![Rich::of(&threat.benign)]),
        fact("Confidence", vec![Rich::of(words::confidence(threat.confidence))]),
        fact("Id", vec![id(threat)]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn in_place(status: Status) -> &'static str {
    if status == Status::Mitigated { "Held by" } else { "In place" }
}

fn status(names: &Names, threat: &Threat) -> Vec<Rich> {
    words::decided(names.analysis, threat).map(|says| vec![Rich::of(rich::capital(&says))]).unwrap_or_default()
}

fn paths(threat: &Threat) -> Vec<Rich> {
    let mut lines: Vec<Rich> = threat.paths.iter().map(path::line).collect();
    if threat.more_paths > 0 {
        let more = words::count(threat.more_paths, "more way");
        lines.push(Rich::new().state(format!("and {more}")));
    }
    lines
}

fn missing(names: &Names, threat: &Threat) -> Vec<Rich> {
    threat
        .controls
        .missing
        .iter()
        .map(|control| {
            let line =
                Rich::new().code(&control.id).text(" on ").code(&control.on).text(", ").state(first::stated(control));
            match names.question(&control.id, &control.on) {
                Some((number, _)) => line.text(", ").link(format!("Q{number}"), format!("q{number}")),
                None => line,
            }
        })
        .collect()
}

fn present(threat: &Threat) -> Vec<Rich> {
    threat
        .controls
        .present
        .iter()
        .map(|control| {
            Rich::new().code(&control.id).text(" on ").code(&control.on).text(", ").state(words::spoken(&control.state))
        })
        .collect()
}

fn remedies(threat: &Threat) -> Vec<Rich> {
    threat
        .remedies
        .iter()
        .map(|remedy| {
            let says = rich::prose(remedy.says.trim_end_matches('.'), &[&remedy.on]);
            match remedy.severity_after {
                Some(after) => says.text(": ").arrow(words::effective(threat), after),
                None => says,
            }
        })
        .collect()
}

fn risk(threat: &Threat) -> Vec<Rich> {
    let risk = &threat.risk;
    let mut now = level(risk.current);
    for (word, other) in [("without controls", risk.inherent), ("with what is planned", risk.target)] {
        if other != risk.current {
            now = format!("{now}; {word} {}", level(other));
        }
    }
    let mut lines = vec![Rich::of(now)];
    if let Some(rated) = risk.rated {
        lines.push(Rich::of(format!("people rate it {}", level(rated))));
    }
    for factor in &risk.factors {
        lines.push(Rich::of(format!("{}, {}: ", factor.name, factor.effect)).then(rich::prose(&factor.because, &[])));
    }
    lines
}

fn level(level: Level) -> String {
    format!("{} (likelihood {}, impact {})", words::severity(level.severity), level.likelihood, level.impact)
}

fn kind(threat: &Threat) -> Rich {
    let mut parts = Vec::new();
    for (name, kinds) in [("STRIDE ", &threat.stride), ("CIA ", &threat.cia), ("harm: ", &threat.harm)] {
        if !kinds.is_empty() {
            let kinds: Vec<String> = kinds.iter().map(|kind| words::spoken(kind)).collect();
            parts.push(format!("{name}{}", kinds.join(", ")));
        }
    }
    Rich::of(parts.join("; "))
}

fn incidents(names: &Names, threat: &Threat) -> Vec<Rich> {
    threat
        .incidents
        .iter()
        .map(|id| {
            let known = names.analysis.incidents.iter().find(|incident| incident.id == *id);
            let rich = Rich::new().code(id);
            match known {
                Some(incident) => rich.text(format!(" {}", incident.name)),
                None => rich,
            }
        })
        .collect()
}

fn id(threat: &Threat) -> Rich {
    let rich = Rich::new().code(&threat.id);
    match &threat.location {
        Some(place) => rich.text(", ").code(format!("{}:{}", place.file, place.line)),
        None => rich,
    }
}

/// The word for a likelihood of 1 to 5.
pub fn likelihood(value: u8) -> &'static str {
    words::LIKELIHOODS.get(usize::from(value).wrapping_sub(1)).copied().unwrap_or("unknown")
}

/// The word for an impact of 1 to 5.
pub fn impact(value: u8) -> &'static str {
    words::IMPACTS.get(5_usize.wrapping_sub(usize::from(value))).copied().unwrap_or("unknown")
}

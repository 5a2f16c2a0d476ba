//! A framework with tactics: a column for each, the techniques under it.

use serde::Serialize;
use telamon_engine::analysis::Coverage;

use super::HtmlOptions;
use super::names::{Names, anchor};
use super::rich::{self, Rich};
use crate::words;

/// From so many on, the techniques that are ruled out are folded in a column.
const FOLDED_FROM: usize = 4;

/// The states in the order shown, and the words for them.
pub const STATES: [(&str, &str); 4] =
    [("applies", "applies"), ("cannot-tell", "cannot tell"), ("mitigated", "mitigated"), ("ruled-out", "ruled out")];

/// A framework by tactics.
#[derive(Debug, Serialize)]
pub struct Tactics {
    /// Anchor of the section.
    pub anchor: String,
    /// Short name for the contents.
    pub label: String,
    title: String,
    says: String,
    legend: Vec<State>,
    columns: Vec<Column>,
    /// Techniques that were not assessed, with the reason.
    left: Vec<Rich>,
}

#[derive(Debug, Serialize)]
struct State {
    class: &'static str,
    word: &'static str,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Column {
    name: String,
    techniques: Vec<Technique>,
    folded: Vec<Technique>,
}

#[derive(Debug, Clone, Serialize)]
struct Technique {
    class: &'static str,
    id: String,
    name: String,
    /// Anchor of the worst threat by which it applies.
    threat: String,
    /// State and reason; the state alone where nothing more is to be said.
    says: Rich,
    /// True where the shape says all there is to say.
    quiet: bool,
}

/// The frameworks whose techniques have tactics.
pub fn by_tactics(names: &Names, options: &HtmlOptions) -> Vec<Tactics> {
    frameworks(names)
        .into_iter()
        .filter(|(_, _, entries)| has_tactics(entries, options))
        .map(|(framework, edition, entries)| tactics(names, options, framework, edition, &entries))
        .collect()
}

/// True where some entry serves a known tactic.
pub fn has_tactics(entries: &[&Coverage], options: &HtmlOptions) -> bool {
    entries.iter().any(|entry| !options.tactics.of(&entry.id).is_empty())
}

/// Frameworks and editions in the order of the coverage, with their entries.
pub fn frameworks<'a>(names: &Names<'a>) -> Vec<(&'a str, &'a str, Vec<&'a Coverage>)> {
    let mut found: Vec<(&str, &str, Vec<&Coverage>)> = Vec::new();
    for entry in &names.analysis.coverage {
        // STRIDE has a table by component, CIA stands with each threat.
        if matches!(entry.framework.as_str(), "stride" | "cia") {
            continue;
        }
        let known =
            found.iter_mut().find(|(framework, edition, _)| *framework == entry.framework && *edition == entry.edition);
        match known {
            Some((_, _, entries)) => entries.push(entry),
            None => found.push((&entry.framework, &entry.edition, vec![entry])),
        }
    }
    found
}

/// The name of a framework for people.
pub fn framework_name(names: &Names, framework: &str, edition: &str) -> String {
    names
        .analysis
        .catalog
        .iter()
        .find(|entry| entry.framework == framework && entry.edition == edition)
        .map(|entry| words::plain(&entry.name))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| words::framework(framework))
}

fn tactics(names: &Names, options: &HtmlOptions, framework: &str, edition: &str, entries: &[&Coverage]) -> Tactics {
    let legend: Vec<State> = STATES
        .into_iter()
        .map(|(class, word)| State { class, word, count: entries.iter().filter(|entry| entry.state == class).count() })
        .filter(|state| state.count > 0)
        .collect();
    let mut columns: Vec<Column> = options
        .tactics
        .names()
        .map(|(id, name)| {
            let of_it = entries.iter().copied().filter(|entry| options.tactics.of(&entry.id).iter().any(|of| of == id));
            column(names, name, of_it)
        })
        .collect();
    let without = entries.iter().copied().filter(|entry| options.tactics.of(&entry.id).is_empty());
    columns.push(column(names, "No tactic", without));
    columns.retain(|column| !(column.techniques.is_empty() && column.folded.is_empty()));
    let left = not_assessed(entries);
    Tactics {
        anchor: format!("framework-{}", anchor(framework)),
        label: words::framework(framework),
        title: format!("{} {edition}", framework_name(names, framework, edition)),
        says: format!(
            "{}; under each, the techniques that were weighed for this model. A technique with several tactics stands under each.",
            words::count(columns.len(), "tactic")
        ),
        legend,
        columns,
        left,
    }
}

fn column<'a>(names: &Names, name: &str, entries: impl Iterator<Item = &'a Coverage>) -> Column {
    let mut all: Vec<Technique> = entries.filter_map(|entry| technique(names, entry)).collect();
    let rank = |technique: &Technique| STATES.iter().position(|(class, _)| *class == technique.class);
    all.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.id.cmp(&other.id)));
    let (out, shown): (Vec<_>, Vec<_>) = all.into_iter().partition(|technique| technique.class == "ruled-out");
    let (techniques, folded) =
        if out.len() < FOLDED_FROM { (shown.into_iter().chain(out).collect(), Vec::new()) } else { (shown, out) };
    Column { name: words::plain(name), techniques, folded }
}

fn technique(names: &Names, entry: &Coverage) -> Option<Technique> {
    let (class, word) = STATES.into_iter().find(|(class, _)| *class == entry.state)?;
    let quiet = class == "applies" || (class == "cannot-tell" && entry.question.is_none());
    let threat = names.live_of(&entry.threats).first().map(|threat| names.anchor(&threat.id));
    Some(Technique {
        class,
        id: words::plain(&entry.id),
        name: words::plain(&entry.name),
        threat: threat.filter(|_| class == "applies").unwrap_or_default(),
        says: if quiet { Rich::of(word) } else { reason(names, entry, word) },
        quiet,
    })
}

/// State and reason of an entry.
pub fn reason(names: &Names, entry: &Coverage, word: &str) -> Rich {
    let rich = Rich::of(word);
    let asked = names.analysis.questions.len();
    match entry.question.filter(|number| (1..=asked).contains(number)) {
        Some(number) => rich.text(": ").link(format!("Q{number}"), format!("q{number}")),
        None if entry.because.is_empty() => rich,
        None => rich.text(": ").then(rich::prose(&entry.because, &[])),
    }
}

fn not_assessed(entries: &[&Coverage]) -> Vec<Rich> {
    entries
        .iter()
        .filter(|entry| !STATES.iter().any(|(class, _)| *class == entry.state))
        .map(|entry| {
            let line = Rich::new().code(&entry.id).text(format!(" {}", entry.name));
            if entry.because.is_empty() { line } else { line.text(": ").then(rich::prose(&entry.because, &[])) }
        })
        .collect()
}

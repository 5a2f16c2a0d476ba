//! Look-up of elements and the anchors of threats.

use std::collections::{BTreeMap, BTreeSet};

use telamon_engine::analysis::{Analysis, Component, Question, Threat, Zone};

use crate::words;

/// The analysis with an index.
pub struct Names<'a> {
    /// What is indexed.
    pub analysis: &'a Analysis,
    components: BTreeMap<&'a str, &'a Component>,
    zones: BTreeMap<&'a str, &'a Zone>,
    threats: BTreeMap<&'a str, &'a Threat>,
    anchors: BTreeMap<&'a str, String>,
}

impl<'a> Names<'a> {
    /// Indexes an analysis.
    pub fn new(analysis: &'a Analysis) -> Self {
        Self {
            analysis,
            components: analysis.components.iter().map(|component| (component.id.as_str(), component)).collect(),
            zones: analysis.zones.iter().map(|zone| (zone.id.as_str(), zone)).collect(),
            threats: analysis.threats.iter().map(|threat| (threat.id.as_str(), threat)).collect(),
            anchors: anchors(analysis),
        }
    }

    /// A component by its id.
    pub fn component(&self, id: &str) -> Option<&'a Component> {
        self.components.get(id).copied()
    }

    /// A zone by its id.
    pub fn zone(&self, id: &str) -> Option<&'a Zone> {
        self.zones.get(id).copied()
    }

    /// A threat by its id.
    pub fn threat(&self, id: &str) -> Option<&'a Threat> {
        self.threats.get(id).copied()
    }

    /// Where a threat stands in the document.
    pub fn anchor(&self, threat: &str) -> String {
        self.anchors.get(threat).cloned().unwrap_or_default()
    }

    /// Threats that still ask for something, in order of rank.
    pub fn live(&self) -> impl Iterator<Item = &'a Threat> + use<'a> {
        self.analysis.threats.iter().filter(|threat| words::is_live(threat.status))
    }

    /// The threats of these ids that still ask for something.
    pub fn live_of(&self, ids: &[String]) -> Vec<&'a Threat> {
        ids.iter().filter_map(|id| self.threat(id)).filter(|threat| words::is_live(threat.status)).collect()
    }

    /// The question about a control on an element, with its number.
    pub fn question(&self, control: &str, on: &str) -> Option<(usize, &'a Question)> {
        self.analysis
            .questions
            .iter()
            .enumerate()
            .find(|(_, question)| question.key == control && question.about == on)
            .map(|(index, question)| (index + 1, question))
    }
}

/// Ids of components that cannot be mistaken for an English word, to be
/// shown as names where they stand in a sentence.
pub fn marked(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).filter(|id| id.contains(|c: char| !c.is_alphabetic())).collect()
}

/// Ids as anchors: letters, digits, `-` and `_` stay, `@` and `:` become
/// words. Two ids that would meet get a number.
fn anchors(analysis: &Analysis) -> BTreeMap<&str, String> {
    let mut taken = BTreeSet::new();
    let mut anchors = BTreeMap::new();
    for threat in &analysis.threats {
        let base = anchor(&threat.id);
        let mut name = base.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{base}-{number}");
            number += 1;
        }
        anchors.insert(threat.id.as_str(), name);
    }
    anchors
}

/// An id as an anchor.
pub fn anchor(id: &str) -> String {
    let mut name = String::with_capacity(id.len() + 4);
    for character in id.chars() {
        match character {
            '@' => name.push_str("-at-"),
            ':' => name.push_str("-to-"),
            plain if plain.is_alphanumeric() || matches!(plain, '-' | '_') => name.push(plain),
            _ => name.push('-'),
        }
    }
    name
}

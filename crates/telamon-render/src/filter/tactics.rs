//! Which tactics a technique serves; the catalog knows, an analysis does not.

use std::collections::BTreeMap;

use telamon_engine::analysis::Threat;

/// Tactics by id with their names, and the tactics of each technique.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tactics {
    names: Vec<(String, String)>,
    of: BTreeMap<String, Vec<String>>,
}

impl Tactics {
    /// Adds a tactic; they are shown in the order in which they are added.
    pub fn add_tactic(&mut self, id: impl Into<String>, name: impl Into<String>) {
        self.names.push((id.into(), name.into()));
    }

    /// Adds a technique and the ids of the tactics that it serves.
    pub fn add_technique(&mut self, id: impl Into<String>, tactics: impl IntoIterator<Item = String>) {
        self.of.insert(id.into(), tactics.into_iter().collect());
    }

    /// Ids and names in order.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// The name of a tactic.
    pub fn name(&self, tactic: &str) -> Option<&str> {
        self.names().find_map(|(id, name)| (id == tactic).then_some(name))
    }

    /// The tactics of a technique; a sub-technique without tactics of its own
    /// serves those of the technique above it.
    pub fn of(&self, technique: &str) -> &[String] {
        match self.of.get(technique) {
            Some(tactics) if !tactics.is_empty() => tactics,
            _ => technique.rsplit_once('.').and_then(|(parent, _)| self.of.get(parent)).map_or(&[], Vec::as_slice),
        }
    }

    /// True where a technique of the threat serves the tactic.
    pub fn serves(&self, threat: &Threat, tactic: &str) -> bool {
        threat.frameworks.iter().any(|entry| self.of(&entry.id).iter().any(|id| id == tactic))
    }
}

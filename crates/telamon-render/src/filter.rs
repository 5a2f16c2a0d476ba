//! Which threats a person asked for. Every output takes the same selection,
//! and what is left out is counted, so that nobody mistakes a part for the
//! whole.

mod read;
mod tactics;

use telamon_engine::analysis::{Analysis, Persona, Severity, Threat};

pub(crate) use read::persona_word;
pub use read::{min_severity, persona, stride};
pub use tactics::Tactics;

use crate::words;

/// The conditions that a shown threat meets; the default shows everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// STRIDE words; a threat has at least one of them. Empty: any.
    pub stride: Vec<String>,
    /// Framework in which the threat is known.
    pub framework: Option<FrameworkFilter>,
    /// Tactic that one of its techniques serves.
    pub tactic: Option<String>,
    /// Component whose weakness it is, or that it touches.
    pub component: Option<String>,
    /// Least severity, as rated where people rated it.
    pub min_severity: Option<Severity>,
    /// The pickiest reader: `regular` leaves out what only the others want.
    pub persona: Option<Persona>,
    /// How many are shown, the worst first.
    pub top: Option<usize>,
}

/// A framework, and one of its editions where the user named one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameworkFilter {
    /// Framework id such as `owasp-llm`.
    pub id: String,
    /// Edition such as `2025`.
    pub edition: Option<String>,
}

/// The threats of an analysis that are shown, in order of rank: first those
/// that ask for something, then the decided ones, then the mitigated ones.
#[derive(Debug, Clone)]
pub struct Selection<'a> {
    /// What meets all conditions; `top` does not shorten it.
    pub matched: Vec<&'a Threat>,
    /// The first `top` of them.
    pub shown: Vec<&'a Threat>,
    /// How many threats of the analysis fail a condition.
    pub unmatched: usize,
    /// The filter that was applied.
    pub filter: Filter,
}

impl Filter {
    /// Applies the conditions. `tactics` is asked only where one is named.
    pub fn select<'a>(&self, analysis: &'a Analysis, tactics: &Tactics) -> Selection<'a> {
        let mut matched: Vec<&Threat> = analysis.threats.iter().filter(|threat| self.admits(threat, tactics)).collect();
        // Stable: within each class the rank of the engine stays.
        matched.sort_by_key(|threat| class(threat));
        let top = self.top.unwrap_or(usize::MAX);
        Selection {
            shown: matched.iter().take(top).copied().collect(),
            unmatched: analysis.threats.len() - matched.len(),
            matched,
            filter: self.clone(),
        }
    }

    /// True for a threat that meets every condition but `top`.
    pub fn admits(&self, threat: &Threat, tactics: &Tactics) -> bool {
        (self.stride.is_empty() || threat.stride.iter().any(|word| self.stride.contains(word)))
            && self.framework.as_ref().is_none_or(|framework| framework.knows(threat))
            && self.tactic.as_ref().is_none_or(|tactic| tactics.serves(threat, tactic))
            && self
                .component
                .as_ref()
                .is_none_or(|component| threat.component == *component || threat.components.contains(component))
            && self.min_severity.is_none_or(|least| words::effective(threat) >= least)
            && self.persona.is_none_or(|reader| threat.persona <= reader)
    }

    /// The conditions as they are written on a command line, `top` left out.
    pub fn says(&self) -> Vec<String> {
        let mut says = Vec::new();
        if !self.stride.is_empty() {
            says.push(format!("--stride {}", self.stride.join(",")));
        }
        if let Some(framework) = &self.framework {
            says.push(format!("--framework {framework}"));
        }
        if let Some(tactic) = &self.tactic {
            says.push(format!("--tactic {tactic}"));
        }
        if let Some(component) = &self.component {
            says.push(format!("--component {component}"));
        }
        if let Some(least) = self.min_severity {
            says.push(format!("--min-severity {}", words::severity(least)));
        }
        if let Some(reader) = self.persona {
            says.push(format!("--persona {}", persona_word(reader)));
        }
        says
    }
}

impl FrameworkFilter {
    /// True where the threat is known in this framework (and edition).
    /// STRIDE and CIA are words on every threat, not ids.
    fn knows(&self, threat: &Threat) -> bool {
        match self.id.as_str() {
            "stride" => !threat.stride.is_empty(),
            "cia" => !threat.cia.is_empty(),
            id => threat.frameworks.iter().any(|entry| {
                entry.framework == id && self.edition.as_ref().is_none_or(|edition| *edition == entry.edition)
            }),
        }
    }
}

impl std::fmt::Display for FrameworkFilter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.edition {
            Some(edition) => write!(out, "{}@{edition}", self.id),
            None => out.write_str(&self.id),
        }
    }
}

impl<'a> Selection<'a> {
    /// Every threat of the analysis.
    pub fn all(analysis: &'a Analysis) -> Self {
        Filter::default().select(analysis, &Tactics::default())
    }

    /// How many threats of the analysis are not shown.
    pub fn hidden(&self) -> usize {
        self.unmatched + self.matched.len() - self.shown.len()
    }

    /// Why threats are not shown, one clause for each reason; empty when
    /// everything is shown.
    pub fn says(&self) -> Vec<String> {
        let mut says = Vec::new();
        if self.unmatched > 0 {
            says.push(format!("{} outside {}", words::count(self.unmatched, "threat"), self.filter.says().join(" ")));
        }
        let cut = self.matched.len() - self.shown.len();
        if cut > 0 {
            says.push(format!("{} beyond --top {}", words::count(cut, "threat"), self.shown.len()));
        }
        says
    }
}

/// 0 for what asks for something, 1 for what was decided, 2 for what holds.
fn class(threat: &Threat) -> u8 {
    use telamon_engine::analysis::Status;
    match threat.status {
        status if words::is_live(status) => 0,
        Status::Mitigated => 2,
        _ => 1,
    }
}

#[cfg(test)]
#[path = "filter/tests.rs"]
mod tests;

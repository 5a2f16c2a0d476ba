//! Threats that were there before: a baseline lets them pass and shows what came since.

use crate::commands::diff::written;
use crate::output::Failure;
use std::collections::BTreeMap;
use std::path::Path;
use telamon_engine::analysis::{Severity, Status, Threat};

/// Ids of known threats, with their severity then, and whether they waited for a decision.
#[derive(Default)]
pub struct Baseline(BTreeMap<String, (Severity, bool)>);

impl Baseline {
    /// Reads an analysis that was written as JSON.
    pub fn read(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::default()) };
        match written(path)? {
            Some(analysis) => {
                let there = analysis.threats.into_iter().filter(|threat| threat.status != Status::Mitigated);
                Ok(Self(
                    there
                        .map(|threat| {
                            let waits = undecided(&threat);
                            (threat.id, (threat.severity, waits))
                        })
                        .collect(),
                ))
            }
            None => Err(format!(
                "`{}` is no baseline; write one with `telamon analyze --format json -o baseline.json`",
                path.display()
            )
            .into()),
        }
    }

    /// True for a threat that was there before and is not worse today: neither more severe nor without the decision
    /// that it had.
    pub fn knows(&self, threat: &Threat) -> bool {
        self.0
            .get(&threat.id)
            .is_some_and(|(before, waited)| threat.severity <= *before && (*waited || !undecided(threat)))
    }
}

fn undecided(threat: &Threat) -> bool {
    matches!(threat.status, Status::Open | Status::Review)
}

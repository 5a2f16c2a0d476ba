//! Which threats change their severity word when one weight moves by one step.

use crate::analysis::Severity;
use crate::analyze::{Inputs, ranked, with_world};
use crate::locate::Locator;
use crate::weights::Weights;
use std::collections::BTreeMap;
use telamon_model::Reading;

/// A threat whose severity word hangs on one row of the weights table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SensitivityRow {
    /// Threat id.
    pub threat: String,
    /// The row, and how it was moved.
    pub row: String,
    /// Severity with the table as it is.
    pub from: Severity,
    /// Severity with the row moved.
    pub to: Severity,
}

fn severities(reading: &Reading, inputs: &Inputs<'_>) -> BTreeMap<String, Severity> {
    with_world(reading, inputs, |world| {
        let locator = Locator::new(&reading.sources);
        let (found, _) = ranked(world, &locator, inputs.as_of, &mut Vec::new());
        found
            .into_iter()
            .filter(|(found, _)| found.is_counted())
            .map(|(found, id)| (id, found.level().severity(world.weights)))
            .collect()
    })
}

/// Picks one table of words.
type Rows = fn(&mut Weights) -> &mut Vec<crate::weights::WordRow>;

/// Tables with one row moved by one step, each with the name of the row.
fn moved(weights: &Weights) -> Vec<(String, Weights)> {
    let mut list = Vec::new();
    let mut add = |name: String, change: &dyn Fn(&mut Weights)| {
        let mut other = weights.clone();
        change(&mut other);
        list.push((name, other));
    };
    for (at, row) in weights.path.iter().enumerate() {
        for up in [false, true] {
            let name = format!("path up to {}: one step {}", row.up_to, if up { "more" } else { "less" });
            add(name, &|weights| {
                if let Some(row) = weights.path.get_mut(at) {
                    row.steps = if up { row.steps.saturating_add(1) } else { row.steps.saturating_sub(1) };
                }
            });
        }
    }
    for (at, row) in weights.answers.iter().enumerate() {
        for up in [false, true] {
            let name = format!("answers up to {}: one step {}", row.up_to, if up { "more" } else { "less" });
            add(name, &|weights| {
                if let Some(row) = weights.answers.get_mut(at) {
                    row.steps = if up { row.steps.saturating_add(1) } else { row.steps.saturating_sub(1) };
                }
            });
        }
    }
    let tables: [(&str, &[crate::weights::WordRow], Rows); 3] = [
        ("maturity", &weights.maturity, |weights| &mut weights.maturity),
        ("data", &weights.data, |weights| &mut weights.data),
        ("criticality", &weights.criticality, |weights| &mut weights.criticality),
    ];
    for (table, rows, of) in tables {
        for (at, row) in rows.iter().enumerate() {
            for by in [-1i8, 1] {
                let name = format!("{table} {}: {by:+}", row.word);
                add(name, &|weights| {
                    if let Some(row) = of(weights).get_mut(at) {
                        row.steps += by;
                    }
                });
            }
        }
    }
    for by in [-1i8, 1] {
        add(format!("decides: {by:+}"), &|weights| weights.decides.steps += by);
        add(format!("limits: {by:+}"), &|weights| weights.limits.steps += by);
    }
    list
}

/// Threats whose severity word changes when one weight moves by one step.
pub fn sensitivity(reading: &Reading, inputs: &Inputs<'_>) -> Vec<SensitivityRow> {
    let as_is = severities(reading, inputs);
    let mut list = Vec::new();
    for (row, weights) in moved(inputs.weights) {
        let changed = severities(reading, &Inputs { weights: &weights, ..*inputs });
        for (threat, from) in &as_is {
            if let Some(to) = changed.get(threat)
                && to != from
            {
                list.push(SensitivityRow { threat: threat.clone(), row: row.clone(), from: *from, to: *to });
            }
        }
    }
    list.sort_by(|a, b| (&a.threat, &a.row).cmp(&(&b.threat, &b.row)));
    list
}

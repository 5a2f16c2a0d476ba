//! STRIDE by component.

use std::collections::BTreeMap;

use serde::Serialize;
use telamon_engine::analysis::{Severity, Status, Threat};

use super::names::Names;
use super::rich;
use crate::words;

/// The six letters in their order.
pub const LETTERS: [&str; 6] =
    ["spoofing", "tampering", "repudiation", "information-disclosure", "denial-of-service", "elevation-of-privilege"];

/// Beyond so many components only those with a threat are listed.
const ALL_UP_TO: usize = 30;

/// The table.
#[derive(Debug, Serialize)]
pub struct Stride {
    columns: Vec<String>,
    rows: Vec<Row>,
    /// How many components have no row because they have no threat.
    left: usize,
}

#[derive(Debug, Serialize)]
struct Row {
    component: String,
    name: String,
    cells: Vec<Cell>,
}

#[derive(Debug, Default, Clone, Serialize)]
struct Cell {
    open: usize,
    worst: &'static str,
    mitigated: usize,
}

/// The table; none where there are no threats.
pub fn table(names: &Names) -> Option<Stride> {
    let analysis = names.analysis;
    let words_used = columns(&analysis.threats);
    let mut found: BTreeMap<&str, Vec<&Threat>> = BTreeMap::new();
    for threat in &analysis.threats {
        found.entry(&threat.component).or_default().push(threat);
    }
    if found.is_empty() {
        return None;
    }
    let all = analysis.components.len() <= ALL_UP_TO;
    if all {
        for component in &analysis.components {
            found.entry(&component.id).or_default();
        }
    }
    let rows: Vec<Row> = found
        .into_iter()
        .map(|(component, threats)| Row {
            component: words::plain(component),
            name: names
                .component(component)
                .filter(|known| known.name != known.id)
                .map_or_else(String::new, |known| words::plain(&known.name)),
            cells: words_used.iter().map(|word| cell(&threats, word)).collect(),
        })
        .collect();
    Some(Stride {
        columns: words_used.iter().map(|word| rich::capital(&words::spoken(word))).collect(),
        left: if all { 0 } else { analysis.components.len().saturating_sub(rows.len()) },
        rows,
    })
}

/// The six letters, and whatever else the rules call a kind of threat.
fn columns(threats: &[Threat]) -> Vec<&str> {
    let mut columns: Vec<&str> = LETTERS.to_vec();
    for word in threats.iter().flat_map(|threat| &threat.stride) {
        if !columns.contains(&word.as_str()) {
            columns.push(word);
        }
    }
    columns
}

fn cell(threats: &[&Threat], word: &str) -> Cell {
    let mut cell = Cell::default();
    let mut worst: Option<Severity> = None;
    for threat in threats {
        if !threat.stride.iter().any(|one| one == word) {
            continue;
        }
        if words::is_live(threat.status) {
            cell.open += 1;
            worst = worst.max(Some(words::effective(threat)));
        } else if threat.status == Status::Mitigated {
            cell.mitigated += 1;
        }
    }
    cell.worst = worst.map_or("", words::severity);
    cell
}

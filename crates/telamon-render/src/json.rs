//! The analysis as JSON: what every other tool reads.

pub mod schema;

use serde::Serialize;
use telamon_engine::analysis::Analysis;

use crate::filter::Selection;

/// An analysis with some of its threats left out, and how many.
#[derive(Serialize)]
struct Part {
    #[serde(flatten)]
    analysis: Analysis,
    hidden: Hidden,
}

#[derive(Serialize)]
struct Hidden {
    threats: usize,
    because: Vec<String>,
}

/// The analysis, indented, ended by a line feed. Where the selection hides
/// threats, `threats` holds those that are shown and the key `hidden` says how
/// many are not and why; everything else stays as it was analysed.
pub fn render(analysis: &Analysis, selection: &Selection) -> String {
    let mut text = if selection.hidden() == 0 { pretty(analysis) } else { pretty(&part(analysis, selection)) };
    text.push('\n');
    text
}

fn part(analysis: &Analysis, selection: &Selection) -> Part {
    Part {
        analysis: Analysis { threats: selection.shown.iter().copied().cloned().collect(), ..analysis.clone() },
        hidden: Hidden { threats: selection.hidden(), because: selection.says() },
    }
}

fn pretty(value: &impl Serialize) -> String {
    // Writing to a string fails only for keys that are no strings, and an
    // analysis has none; the message would at least be visible.
    serde_json::to_string_pretty(value).unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}"))
}

#[cfg(test)]
#[path = "json/tests.rs"]
mod tests;

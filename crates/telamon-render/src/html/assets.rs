//! Data assets and what protects them; incidents at systems of this shape.

use serde::Serialize;
use telamon_engine::analysis::Asset;

use super::first;
use super::names::Names;
use super::rich::Rich;
use crate::words;

/// How many missing controls are named for an asset; the threats name all.
const MOST_MISSING: usize = 3;

/// One asset.
#[derive(Debug, Serialize)]
pub struct Row {
    name: String,
    class: String,
    place: Rich,
    protected: Vec<Rich>,
    missing: Vec<Rich>,
    open: usize,
}

/// The rows, in the order of the analysis.
pub fn rows(names: &Names) -> Vec<Row> {
    names
        .analysis
        .assets
        .iter()
        .map(|asset| Row {
            name: words::plain(&asset.name),
            class: class(names, asset),
            place: place(asset),
            protected: protected(asset),
            missing: missing(names, asset),
            open: names.live_of(&asset.threats).len(),
        })
        .collect()
}

fn class(names: &Names, asset: &Asset) -> String {
    let contains = names.analysis.data.iter().find(|data| data.id == asset.id).map_or(&[][..], |data| &data.contains);
    let all: Vec<String> = std::iter::once(&asset.classification)
        .chain(contains)
        .filter(|word| !word.is_empty())
        .map(|word| words::spoken(word))
        .collect();
    all.join(", ")
}

fn place(asset: &Asset) -> Rich {
    let held = Rich::new().codes(asset.held_by.iter().map(String::as_str));
    let reaches = asset.reaches.iter().map(String::as_str);
    match (asset.held_by.is_empty(), asset.reaches.is_empty()) {
        (_, true) => held,
        (true, false) => held.text("arrives at ").codes(reaches),
        (false, false) => held.text("; arrives at ").codes(reaches),
    }
}

fn protected(asset: &Asset) -> Vec<Rich> {
    asset
        .protected_by
        .iter()
        .map(|control| {
            Rich::new().code(&control.id).text(" on ").code(&control.on).text(", ").state(words::spoken(&control.state))
        })
        .collect()
}

/// The controls that its open threats miss, each once, worst threat first.
fn missing(names: &Names, asset: &Asset) -> Vec<Rich> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let mut lines = Vec::new();
    for threat in names.live_of(&asset.threats) {
        for control in &threat.controls.missing {
            let key = (control.id.as_str(), control.on.as_str());
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            lines.push(
                Rich::new().code(&control.id).text(" on ").code(&control.on).text(", ").state(first::stated(control)),
            );
        }
    }
    let more = lines.len().saturating_sub(MOST_MISSING);
    lines.truncate(MOST_MISSING);
    if more > 0 {
        lines.push(Rich::new().state(format!("and {more} more")));
    }
    lines
}

/// One incident.
#[derive(Debug, Serialize)]
pub struct Incident {
    id: String,
    name: String,
    date: String,
    shared: Rich,
    steps: usize,
    allowed: usize,
    open: usize,
}

/// Incidents of which the system allows some steps.
pub fn incidents(names: &Names) -> Vec<Incident> {
    names
        .analysis
        .incidents
        .iter()
        .map(|incident| Incident {
            id: words::plain(&incident.id),
            name: words::plain(&incident.name),
            date: words::plain(&incident.date),
            shared: Rich::new().codes(incident.shared.iter().map(String::as_str)),
            steps: incident.steps,
            allowed: incident.shared.len(),
            open: names.live_of(&incident.threats).len(),
        })
        .collect()
}

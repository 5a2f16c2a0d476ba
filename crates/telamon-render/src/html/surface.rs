//! The attack surface: who can touch what, and by which way.

use serde::Serialize;
use telamon_engine::analysis::Surface;

use super::names::Names;
use super::path;
use super::rich::{self, Rich};
use crate::words;

/// What an AI system can be touched at, in the order shown.
const PARTS: [&str; 5] = ["training-data", "knowledge", "model-parameters", "inference-interface", "tools"];

/// One row.
#[derive(Debug, Serialize)]
pub struct Row {
    what: String,
    component: String,
    who: String,
    ways: Vec<Rich>,
    /// Number of open threats; none where the model has no such part.
    open: Option<usize>,
}

/// The rows; empty where the model has none of the parts.
pub fn rows(names: &Names) -> Vec<Row> {
    let surfaces = &names.analysis.attack_surface;
    if surfaces.is_empty() {
        return Vec::new();
    }
    let others = surfaces.iter().map(|surface| surface.what.as_str()).filter(|what| !PARTS.contains(what));
    let mut order: Vec<&str> = PARTS.to_vec();
    for what in others {
        if !order.contains(&what) {
            order.push(what);
        }
    }
    order.into_iter().flat_map(|what| part(names, what)).collect()
}

fn part(names: &Names, what: &str) -> Vec<Row> {
    let word = rich::capital(&words::spoken(what));
    let rows: Vec<Row> = names
        .analysis
        .attack_surface
        .iter()
        .filter(|surface| surface.what == what)
        .map(|surface| row(names, word.clone(), surface))
        .collect();
    if rows.is_empty() {
        return vec![Row {
            what: word,
            component: String::new(),
            who: "nobody".to_owned(),
            ways: vec![Rich::of("the model has nothing of this kind")],
            open: None,
        }];
    }
    rows
}

fn row(names: &Names, what: String, surface: &Surface) -> Row {
    Row {
        what,
        component: words::plain(&surface.component),
        who: words::plain(&surface.who.join(", ")),
        ways: surface.ways.iter().map(|way| path::way(names, way)).collect(),
        open: Some(names.live_of(&surface.threats).len()),
    }
}

//! The path that is drawn heavy: of the threat asked for, or of the worst.

use std::collections::BTreeMap;

use telamon_engine::analysis::{Analysis, Threat};

use crate::words;

/// A flow on the path.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// Numbers of the steps along it, from one.
    pub numbers: Vec<usize>,
    /// True where a control is missing where a step ends.
    pub unguarded: bool,
    /// Where the first step comes from.
    start: String,
}

impl Walk {
    /// True where the first step goes against the arrow of the call: what comes back.
    pub fn against(&self, from: &str) -> bool {
        self.start != from
    }
}

/// The flows of a path by their ids.
#[derive(Debug, Clone, Default)]
pub struct Steps(BTreeMap<String, Walk>);

impl Steps {
    /// The steps of the cheapest path of a threat.
    pub fn of(threat: Option<&Threat>) -> Self {
        let mut steps = Self::default();
        let Some(path) = threat.and_then(|threat| threat.paths.first()) else { return steps };
        let hops = path.hops.iter().zip(path.hops.iter().skip(1)).enumerate();
        for (number, (before, hop)) in hops {
            let Some(flow) = &hop.flow else { continue };
            let walk = steps
                .0
                .entry(flow.clone())
                .or_insert_with(|| Walk { start: before.element.clone(), ..Walk::default() });
            walk.numbers.push(number + 1);
            walk.unguarded |= hop.unguarded;
        }
        steps
    }

    /// The walk along a flow.
    pub fn along(&self, flow: &str) -> Option<&Walk> {
        self.0.get(flow)
    }
}

/// The threat whose path is drawn.
pub fn highlighted<'a>(analysis: &'a Analysis, wanted: Option<&str>) -> Option<&'a Threat> {
    let has_path = |threat: &&Threat| threat.paths.first().is_some_and(|path| path.hops.len() > 1);
    match wanted {
        Some(id) => analysis.threats.iter().find(|threat| threat.id == id).filter(has_path),
        None => {
            let live = || analysis.threats.iter().filter(|threat| words::is_live(threat.status)).filter(has_path);
            let worst = live().map(words::effective).max()?;
            live().find(|threat| words::effective(threat) == worst)
        }
    }
}

//! What the three text forms of a diagram have in common.

use std::collections::BTreeMap;

use telamon_engine::analysis::{Analysis, Component, Flow, Zone};

use crate::words;

/// Zones within zones, with their components.
pub struct Tree<'a> {
    analysis: &'a Analysis,
    /// By zone id, the numbers of the zones within it; the empty id stands for the top.
    zones: BTreeMap<&'a str, Vec<usize>>,
    components: BTreeMap<&'a str, Vec<usize>>,
}

/// What is met on a walk through the zones.
pub enum Visit<'a> {
    /// A zone begins; its number makes its id.
    Open(usize, &'a Zone),
    /// A zone ends.
    Close,
    /// A component; its number makes its id.
    Component(usize, &'a Component),
}

impl<'a> Tree<'a> {
    /// The tree of an analysis, without zones in which nothing stands.
    pub fn new(analysis: &'a Analysis) -> Self {
        let known: BTreeMap<&str, usize> =
            analysis.zones.iter().enumerate().map(|(index, zone)| (zone.id.as_str(), index)).collect();
        let mut used = vec![false; analysis.zones.len()];
        let mut components: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, component) in analysis.components.iter().enumerate() {
            let zone = known.get(component.zone.as_str()).copied();
            components.entry(zone.map_or("", |_| component.zone.as_str())).or_default().push(index);
            let mut next = zone;
            while let Some(at) = next {
                match used.get_mut(at) {
                    Some(seen) if !*seen => *seen = true,
                    _ => break,
                }
                let parent = analysis.zones.get(at).and_then(|zone| zone.parent.as_deref());
                next = parent.and_then(|parent| known.get(parent).copied());
            }
        }
        let mut zones: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, zone) in analysis.zones.iter().enumerate().filter(|(index, _)| used.get(*index) == Some(&true)) {
            let parent = zone.parent.as_deref().filter(|parent| known.contains_key(parent)).unwrap_or("");
            zones.entry(parent).or_default().push(index);
        }
        Self { analysis, zones, components }
    }

    /// Walks from the outside in, components of a zone before the zones within it.
    pub fn walk(&self, mut visit: impl FnMut(Visit<'a>, usize)) {
        enum Step<'s> {
            Inside(&'s str),
            Open(usize),
            Close,
        }
        let mut stack = vec![Step::Inside("")];
        let mut depth = 0;
        while let Some(step) = stack.pop() {
            match step {
                Step::Inside(zone) => {
                    for index in self.components.get(zone).into_iter().flatten() {
                        if let Some(component) = self.analysis.components.get(*index) {
                            visit(Visit::Component(*index, component), depth);
                        }
                    }
                    stack.extend(self.zones.get(zone).into_iter().flatten().rev().map(|index| Step::Open(*index)));
                }
                Step::Open(index) => {
                    if let Some(zone) = self.analysis.zones.get(index) {
                        visit(Visit::Open(index, zone), depth);
                        depth += 1;
                        stack.push(Step::Close);
                        stack.push(Step::Inside(&zone.id));
                    }
                }
                Step::Close => {
                    depth -= 1;
                    visit(Visit::Close, depth);
                }
            }
        }
    }
}

/// The flows whose ends exist, with the numbers of the ends.
pub fn flows(analysis: &Analysis) -> Vec<(usize, usize, &Flow)> {
    let known: BTreeMap<&str, usize> =
        analysis.components.iter().enumerate().map(|(index, found)| (found.id.as_str(), index)).collect();
    analysis
        .flows
        .iter()
        .filter_map(|flow| Some((*known.get(flow.from.as_str())?, *known.get(flow.to.as_str())?, flow)))
        .collect()
}

/// Name of a zone with its trust.
pub fn zone_title(zone: &Zone) -> String {
    let name = words::plain(if zone.name.trim().is_empty() { &zone.id } else { &zone.name });
    match zone.trust.as_str() {
        "" => name,
        "none" => format!("{name} (no trust)"),
        trust => format!("{name} ({} trust)", words::plain(trust)),
    }
}

/// Name of a component.
pub fn name(component: &Component) -> String {
    words::plain(if component.name.trim().is_empty() { &component.id } else { &component.name })
}

/// The first kind of a component, in words.
pub fn kind(component: &Component) -> String {
    component.kinds.first().map(|kind| words::plain(kind).replace('-', " ")).unwrap_or_default()
}

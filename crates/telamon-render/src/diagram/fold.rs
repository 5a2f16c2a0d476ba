//! Zones folded into boxes, where there are too many components to be read.

use std::collections::{BTreeMap, BTreeSet};

use telamon_engine::analysis::{Analysis, Severity};

use super::scene::{Area, Form, MOST, Places, Shape, area, name_lines, open_threats};
use crate::words;

/// Name of the box for components whose zone does not exist, and for what is left over.
const NOWHERE: &str = "no zone";
const REST: &str = "(rest)";

/// Which box each zone is folded into.
#[derive(Debug)]
pub struct Folding<'a> {
    /// By zone, the zone whose box it is folded into; [`REST`] for the smallest ones.
    into: BTreeMap<&'a str, &'a str>,
    /// How many zones the rest holds.
    rest: usize,
}

/// How to fold; none where every component can have its own box.
pub fn folding(analysis: &Analysis) -> Option<Folding<'_>> {
    if analysis.components.len() <= MOST {
        return None;
    }
    let used: BTreeSet<&str> = analysis.components.iter().map(|component| component.zone.as_str()).collect();
    let known: BTreeMap<&str, Option<&str>> =
        analysis.zones.iter().map(|zone| (zone.id.as_str(), zone.parent.as_deref())).collect();
    let mut into: BTreeMap<&str, &str> = BTreeMap::new();
    for zone in used {
        into.insert(zone, if known.contains_key(zone) { zone } else { NOWHERE });
    }
    if into.len() > MOST {
        for target in into.values_mut() {
            *target = outermost(&known, target);
        }
    }
    let mut folding = Folding { into, rest: 0 };
    folding.drop_rest(analysis);
    Some(folding)
}

fn outermost<'a>(known: &BTreeMap<&'a str, Option<&'a str>>, zone: &'a str) -> &'a str {
    let mut at = zone;
    for _ in 0..known.len() {
        match known.get(at).copied().flatten().filter(|parent| known.contains_key(parent)) {
            Some(parent) => at = parent,
            None => break,
        }
    }
    at
}

/// What is counted of a box.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    components: usize,
    open: Option<(usize, Severity)>,
}

impl Count {
    fn add(&mut self, open: Option<(usize, Severity)>) {
        self.components += 1;
        self.open = match (self.open, open) {
            (Some((a, worst)), Some((b, other))) => Some((a + b, worst.max(other))),
            (one, other) => one.or(other),
        };
    }
}

impl<'a> Folding<'a> {
    fn target(&self, zone: &str) -> &'a str {
        self.into.get(zone).copied().unwrap_or(NOWHERE)
    }

    fn counts(&self, analysis: &Analysis) -> BTreeMap<&'a str, Count> {
        let open = open_threats(analysis);
        let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
        for component in &analysis.components {
            let count = counts.entry(self.target(&component.zone)).or_default();
            count.add(open.get(component.id.as_str()).copied());
        }
        counts
    }

    /// Still too many: the boxes with the least threats and components become one.
    fn drop_rest(&mut self, analysis: &Analysis) {
        let counts = self.counts(analysis);
        if counts.len() <= MOST {
            return;
        }
        let mut order: Vec<(&str, Count)> = counts.into_iter().collect();
        order.sort_by_key(|(id, count)| {
            let worst = count.open.map(|(number, severity)| (severity, number));
            (std::cmp::Reverse((worst, count.components)), *id)
        });
        let dropped: BTreeSet<&str> = order.iter().skip(MOST - 1).map(|(id, _)| *id).collect();
        self.rest = dropped.len();
        for target in self.into.values_mut() {
            if dropped.contains(target) {
                *target = REST;
            }
        }
    }

    /// The boxes, the zones that still stand around some, and where each component went.
    pub fn shapes<'b>(&self, analysis: &'b Analysis) -> (Vec<Shape>, Vec<Area>, Places<'b>) {
        let counts = self.counts(analysis);
        let frames: BTreeSet<&str> = analysis.zones.iter().filter_map(|zone| zone.parent.as_deref()).collect();
        let kept: BTreeMap<&str, usize> = analysis
            .zones
            .iter()
            .filter(|zone| frames.contains(zone.id.as_str()))
            .enumerate()
            .map(|(index, zone)| (zone.id.as_str(), index))
            .collect();
        let areas = analysis
            .zones
            .iter()
            .filter(|zone| kept.contains_key(zone.id.as_str()))
            .map(|zone| area(zone, |id| kept.get(id).copied()))
            .collect();
        let mut shapes = Vec::new();
        let mut place: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, count) in counts {
            place.insert(id, shapes.len());
            shapes.push(self.shape(analysis, id, count, &kept));
        }
        let target = |zone: &str| place.get(self.target(zone)).copied();
        let places = analysis
            .components
            .iter()
            .filter_map(|component| Some((component.id.as_str(), target(&component.zone)?)))
            .collect();
        (shapes, areas, places)
    }

    fn shape(&self, analysis: &Analysis, id: &str, count: Count, kept: &BTreeMap<&str, usize>) -> Shape {
        let zone = analysis.zones.iter().find(|zone| zone.id == id);
        let name = match zone {
            Some(zone) if !zone.name.trim().is_empty() => words::plain(&zone.name),
            Some(zone) => zone.id.clone(),
            None if id == REST => words::count(self.rest, "more zone"),
            None => NOWHERE.to_owned(),
        };
        // A zone that others stand in is still drawn; its own components are one box in it.
        let inside = kept.get(id).copied();
        let around = zone.and_then(|zone| zone.parent.as_deref()).and_then(|parent| kept.get(parent).copied());
        Shape {
            id: id.to_owned(),
            lines: name_lines(&name),
            name,
            kind: words::count(count.components, "component"),
            form: Form::Folded,
            glyph: None,
            zone: inside.or(around),
            open: count.open,
        }
    }
}

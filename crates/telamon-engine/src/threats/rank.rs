//! The order of threats.

use super::{Found, World};
use crate::analysis::Status;
use telamon_model::hash::FastMap;

/// Where a finding stands before its id is looked at: smaller is earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Open before mitigated, then severity, then risk.
    group: u32,
    /// Within a group: confidence, then likelihood without controls.
    within: u32,
}

/// Puts findings into the order in which they are read: open before mitigated, then severity, risk, and
/// among equals components and harms that were not seen yet, then id.
pub(crate) fn rank(world: &World<'_, '_>, found: Vec<(Found, String)>) -> Vec<(Found, String)> {
    let mut order: Vec<(Key, usize)> =
        found.iter().enumerate().map(|(at, (found, _))| (key(world, found), at)).collect();
    let id = |at: usize| found.get(at).map_or("", |(_, id)| id.as_str());
    order.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
    let mut seen = Seen { components: FastMap::default(), harms: vec![0; world.prepared.harms] };
    let mut ranked = Vec::with_capacity(order.len());
    for group in order.chunk_by(|a, b| a.0.group == b.0.group) {
        spread(world, &found, group, &mut seen, &mut ranked);
    }
    let mut found: Vec<Option<(Found, String)>> = found.into_iter().map(Some).collect();
    ranked.into_iter().filter_map(|at| found.get_mut(at)?.take()).collect()
}

fn key(world: &World<'_, '_>, found: &Found) -> Key {
    let level = found.level();
    let last = |value: u8| u32::from(u8::MAX - value);
    let confidence = world.rule(found).map_or(0, |rule| rule.confidence);
    Key {
        group: u32::from(found.status == Status::Mitigated) << 16
            | last(level.severity(world.weights) as u8) << 8
            | last(level.likelihood * level.impact),
        within: last(confidence) << 8 | last(found.inherent.likelihood),
    }
}

/// How often components and harms were seen.
struct Seen {
    components: FastMap<u32, usize>,
    harms: Vec<usize>,
}

/// Beyond this many equals breadth is not looked for: nobody reads that far.
const SPREAD: usize = 200;

fn spread(
    world: &World<'_, '_>,
    found: &[(Found, String)],
    group: &[(Key, usize)],
    seen: &mut Seen,
    ranked: &mut Vec<usize>,
) {
    let (first, rest) = group.split_at(group.len().min(SPREAD));
    // Component, harm and position of what is not placed yet.
    let mut waiting: Vec<(u32, Option<usize>, usize)> = first
        .iter()
        .filter_map(|(_, at)| {
            let (found, _) = found.get(*at)?;
            let harm = world.prepared.rule(found.rule).and_then(|rule| rule.harm);
            Some((found.component.0, harm, *at))
        })
        .collect();
    while !waiting.is_empty() {
        let best = waiting
            .iter()
            .enumerate()
            .min_by_key(|(at, (component, harm, _))| {
                let component = seen.components.get(component).copied().unwrap_or(0);
                let harm = harm.and_then(|harm| seen.harms.get(harm)).copied().unwrap_or(0);
                (component + harm, *at)
            })
            .map_or(0, |(at, _)| at);
        let (component, harm, at) = waiting.remove(best);
        *seen.components.entry(component).or_default() += 1;
        if let Some(harm) = harm.and_then(|harm| seen.harms.get_mut(harm)) {
            *harm += 1;
        }
        ranked.push(at);
    }
    ranked.extend(rest.iter().map(|(_, at)| *at));
}

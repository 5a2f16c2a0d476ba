//! The order of threats.

use super::{Found, World};
use crate::analysis::Status;
use telamon_model::hash::FastMap;

/// Where a finding stands before its id is looked at: smaller is earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Open before mitigated, then severity, then who wants to see it.
    group: u32,
    /// Within a group: risk, confidence, then likelihood without controls.
    within: u32,
}

/// Puts findings into the order in which they are read: open before mitigated, then severity. Among those of one
/// severity breadth is wanted: the next one is the riskiest after what its component, rule and technique lose for
/// each time that they were named before. A reader who stops early has then seen most of the system.
pub(crate) fn rank(world: &World<'_, '_>, found: Vec<(Found, String)>) -> Vec<(Found, String)> {
    let mut order: Vec<(Key, usize)> =
        found.iter().enumerate().map(|(at, (found, _))| (key(world, found), at)).collect();
    let id = |at: usize| found.get(at).map_or("", |(_, id)| id.as_str());
    order.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
    let mut seen = Seen {
        components: FastMap::default(),
        rules: vec![0; world.rules.rules.len()],
        entries: vec![0; world.prepared.entries],
    };
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
    let (confidence, persona) = world.rule(found).map_or((0, 0), |rule| (rule.confidence, rule.persona));
    Key {
        group: u32::from(found.status == Status::Mitigated) << 16
            | last(level.severity(world.weights) as u8) << 8
            | u32::from(persona),
        within: last(level.likelihood * level.impact) << 16 | last(confidence) << 8 | last(found.inherent.likelihood),
    }
}

/// How often components, rules and techniques were named.
struct Seen {
    components: FastMap<u32, u32>,
    rules: Vec<u32>,
    entries: Vec<u32>,
}

/// What a threat loses for each time that its component, rule or technique was named before, against the product
/// of likelihood and impact (1 to 25). Tuned on the systems of the benchmark.
const COMPONENT: u32 = 2;
const RULE: u32 = 4;
const ENTRY: u32 = 5;
/// More than so many times before do not count.
const MOST: u32 = 3;

/// Beyond this many of one severity breadth is not looked for: nobody reads that far.
const SPREAD: usize = 200;

fn spread(
    world: &World<'_, '_>,
    found: &[(Found, String)],
    group: &[(Key, usize)],
    seen: &mut Seen,
    ranked: &mut Vec<usize>,
) {
    let (first, rest) = group.split_at(group.len().min(SPREAD));
    let mut waiting: Vec<(&Found, Option<usize>, usize)> = first
        .iter()
        .filter_map(|(_, at)| {
            let (found, _) = found.get(*at)?;
            let entry = world.prepared.rule(found.rule).and_then(|rule| rule.entry);
            Some((found, entry, *at))
        })
        .collect();
    while !waiting.is_empty() {
        let best = waiting
            .iter()
            .enumerate()
            .min_by_key(|(at, (found, entry, _))| {
                let level = found.level();
                let component = seen.components.get(&found.component.0).copied().unwrap_or(0);
                let rule = seen.rules.get(found.rule).copied().unwrap_or(0);
                let entry = entry.and_then(|entry| seen.entries.get(entry)).copied().unwrap_or(0);
                let loss = COMPONENT * component.min(MOST) + RULE * rule.min(MOST) + ENTRY * entry.min(MOST);
                // The order of the group decides among equals.
                (loss + 25 - u32::from(level.likelihood * level.impact), *at)
            })
            .map_or(0, |(at, _)| at);
        let (found, entry, at) = waiting.remove(best);
        *seen.components.entry(found.component.0).or_default() += 1;
        if let Some(rule) = seen.rules.get_mut(found.rule) {
            *rule += 1;
        }
        if let Some(entry) = entry.and_then(|entry| seen.entries.get_mut(entry)) {
            *entry += 1;
        }
        ranked.push(at);
    }
    ranked.extend(rest.iter().map(|(_, at)| *at));
}

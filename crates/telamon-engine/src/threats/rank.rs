//! The order of threats.

use super::{Found, World};
use crate::analysis::{Severity, Status};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Puts findings into the order in which they are read: open before mitigated, then severity, risk, and
/// among equals components and harms that were not seen yet, then id.
pub(crate) fn rank(world: &World<'_, '_>, found: Vec<(Found, String)>) -> Vec<(Found, String)> {
    let mut groups: BTreeMap<(bool, Reverse<Severity>, Reverse<u8>), Vec<(Found, String)>> = BTreeMap::new();
    for (found, id) in found {
        let level = found.level();
        let key = (
            found.status == Status::Mitigated,
            Reverse(level.severity(world.weights)),
            Reverse(level.likelihood * level.impact),
        );
        groups.entry(key).or_default().push((found, id));
    }
    let mut ranked = Vec::new();
    let mut seen = Seen::default();
    for (_, mut group) in groups {
        group.sort_by(|(a, id_a), (b, id_b)| {
            (Reverse(confidence(world, a)), Reverse(a.inherent.likelihood), id_a).cmp(&(
                Reverse(confidence(world, b)),
                Reverse(b.inherent.likelihood),
                id_b,
            ))
        });
        spread(world, group, &mut seen, &mut ranked);
    }
    ranked
}

fn confidence(world: &World<'_, '_>, found: &Found) -> u8 {
    world.rule(found).map_or(0, |rule| rule.confidence)
}

/// How often components and harms were seen.
#[derive(Default)]
struct Seen<'w> {
    components: BTreeMap<u32, usize>,
    harms: BTreeMap<&'w str, usize>,
}

/// Beyond this many equals breadth is not looked for: nobody reads that far.
const SPREAD: usize = 200;

fn spread<'w>(
    world: &World<'w, '_>,
    mut group: Vec<(Found, String)>,
    seen: &mut Seen<'w>,
    ranked: &mut Vec<(Found, String)>,
) {
    let rest = if group.len() > SPREAD { group.split_off(SPREAD) } else { Vec::new() };
    while !group.is_empty() {
        let best = group
            .iter()
            .enumerate()
            .min_by_key(|(at, (found, _))| {
                let component = seen.components.get(&found.component.0).copied().unwrap_or(0);
                let harm = world
                    .rule(found)
                    .and_then(|rule| rule.harm.first())
                    .and_then(|harm| seen.harms.get(harm.as_str()))
                    .copied()
                    .unwrap_or(0);
                (component + harm, *at)
            })
            .map_or(0, |(at, _)| at);
        let (found, id) = group.remove(best);
        *seen.components.entry(found.component.0).or_default() += 1;
        if let Some(harm) = world.rule(&found).and_then(|rule| rule.harm.first()) {
            *seen.harms.entry(harm).or_default() += 1;
        }
        ranked.push((found, id));
    }
    ranked.extend(rest);
}

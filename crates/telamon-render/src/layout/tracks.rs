//! A track for each stretch on its line, so that no two lie on each other and
//! few cross: the order that saves crossings, then from the left edge on.

use super::dense::{Dense, coordinate};
use super::follow::parting;
use super::ways::{End, Ways};

/// Rounds of moving stretches within the order.
const ROUNDS: usize = 4;

/// Longest line whose order is improved; a longer one keeps the first order.
const LONG: usize = 300;

/// Tracks of upright stretches. Where they end in a row is not known yet, so
/// stretches that end in the same row count as overlapping.
pub fn vertical(ways: &mut Ways) {
    for line in ways.by_line(true) {
        let extent = |ways: &Ways, index: usize| {
            // The sides of boxes are known; corners may lie anywhere in a row.
            let of = |end: End| match ways.turn(index, end) {
                0 => ways.exact(index, end),
                _ => coarse(ways, index, end),
            };
            (of(End::Low), of(End::High))
        };
        let extents: Vec<(i32, i32)> = line.iter().map(|index| extent(ways, *index)).collect();
        let through_boxes = line.first().is_some_and(|index| ways.stretches[*index].line % 2 == 1);
        let order = if through_boxes { by_start(&extents) } else { sorted(ways, &line, &extents, true) };
        assign(ways, &line, &extents, &order, through_boxes);
    }
}

/// Tracks of stretches that run across, once the upright ones have theirs.
pub fn horizontal(ways: &mut Ways) {
    for line in ways.by_line(false) {
        let extents: Vec<(i32, i32)> =
            line.iter().map(|index| (ways.exact(*index, End::Low), ways.exact(*index, End::High))).collect();
        let order = sorted(ways, &line, &extents, false);
        assign(ways, &line, &extents, &order, false);
    }
}

fn coarse(ways: &Ways, index: usize, end: End) -> i32 {
    let (low, high) = ways.stretches[index].range();
    4_096 * if end == End::Low { low } else { high }
}

fn overlap(a: (i32, i32), b: (i32, i32)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

fn by_start(extents: &[(i32, i32)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..extents.len()).collect();
    order.sort_by_key(|at| extents.get(*at).copied());
    order
}

/// The order from the first track to the last that saves most crossings.
fn sorted(ways: &Ways, line: &[usize], extents: &[(i32, i32)], coarse: bool) -> Vec<usize> {
    let stretches: Dense<usize> = line.iter().copied().collect();
    let extents: Dense<(i32, i32)> = extents.iter().copied().collect();
    let lean = |at: usize| ways.turn(stretches[at], End::Low) + ways.turn(stretches[at], End::High);
    let mut order: Vec<usize> = stretches.indices().collect();
    order.sort_by_key(|at| (lean(*at), extents[*at], *at));
    if order.len() > LONG {
        return order;
    }
    let prefers: Dense<Dense<i32>> = stretches
        .indices()
        .map(|a| {
            let vote = |b: usize| {
                if a == b || !overlap(extents[a], extents[b]) {
                    return 0;
                }
                votes(ways, (stretches[a], extents[a]), (stretches[b], extents[b]), coarse)
            };
            stretches.indices().map(vote).collect()
        })
        .collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for at in stretches.indices() {
            moved |= reinsert(&mut order, at, &prefers);
        }
        if !moved {
            break;
        }
    }
    order
}

/// Takes one stretch out of the order and puts it where it disturbs least.
fn reinsert(order: &mut Vec<usize>, at: usize, prefers: &Dense<Dense<i32>>) -> bool {
    let Some(old) = order.iter().position(|other| *other == at) else { return false };
    order.remove(old);
    // Price of standing before everything, then one step further at a time.
    let mut price: i32 = order.iter().map(|other| prefers[at][*other].max(0)).sum();
    let mut best = (price, 0);
    let mut at_old = price;
    for (place, other) in order.iter().enumerate() {
        let vote = prefers[at][*other];
        price += (-vote).max(0) - vote.max(0);
        if price < best.0 {
            best = (price, place + 1);
        }
        if place + 1 == old {
            at_old = price;
        }
    }
    let place = if best.0 < at_old { best.1 } else { old };
    order.insert(place, at);
    place != old
}

/// Crossings saved by the one lying before the other: below zero it should.
fn votes(ways: &Ways, one: (usize, (i32, i32)), other: (usize, (i32, i32)), coarse: bool) -> i32 {
    let mut votes = 0;
    for end in [End::Low, End::High] {
        votes += ends_within(ways, one, other, end) - ends_within(ways, other, one, end);
        let at = |extent: (i32, i32), end: End| if end == End::Low { extent.0 } else { extent.1 };
        if !coarse {
            continue;
        }
        if at(one.1, end) == at(other.1, end) {
            votes += parting(ways, one.0, other.0, end);
        }
        let opposite = if end == End::Low { End::High } else { End::Low };
        if at(one.1, end) == at(other.1, opposite) {
            votes += (ways.turn(one.0, end) - ways.turn(other.0, opposite)).signum();
        }
    }
    votes
}

/// Where one ends beside the other and turns, it should lie on that side.
fn ends_within(ways: &Ways, one: (usize, (i32, i32)), other: (usize, (i32, i32)), end: End) -> i32 {
    let at = if end == End::Low { one.1.0 } else { one.1.1 };
    if other.1.0 < at && at < other.1.1 { ways.turn(one.0, end) } else { 0 }
}

/// Gives tracks in the order: each stretch the first track behind those it
/// overlaps, or with `anywhere` the first that is free.
fn assign(ways: &mut Ways, line: &[usize], extents: &[(i32, i32)], order: &[usize], anywhere: bool) {
    let mut placed: Vec<((i32, i32), i32)> = Vec::new();
    for at in order {
        let (Some(index), Some(extent)) = (line.get(*at), extents.get(*at)) else { continue };
        let taken: Vec<i32> =
            placed.iter().filter(|(other, _)| overlap(*other, *extent)).map(|(_, track)| *track).collect();
        let behind = taken.iter().copied().max().map_or(0, |last| last + 1);
        let free = || (0..coordinate(taken.len()) + 1).find(|track| !taken.contains(track)).unwrap_or(behind);
        let track = if anywhere { free() } else { behind };
        ways.stretches[*index].track = track;
        placed.push((*extent, track));
    }
}

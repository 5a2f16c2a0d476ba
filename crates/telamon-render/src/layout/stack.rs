//! Lines that run across, one above the other: how far apart they are, with
//! room for the captions and marks on them.

use std::collections::BTreeMap;

use super::clean::Graph;
use super::dense::Dense;
use super::spots::{Spot, Spots, room};
use super::ways::{End, Ways};

/// Least distance of two lines, and of a line from the corner of its box.
const APART: i32 = 14;
pub const PORT: i32 = 14;
/// From a line up to the caption on it; more with a mark.
pub const LIFT: i32 = 5;
pub const LIFT_MARK: i32 = 12;
/// Half of a mark, and of a bar.
const MARK: i32 = 10;
/// Between a caption and the line above it.
const FREE: i32 = 5;
/// Around the lines in a channel between rows.
const BORDER: i32 = 8;

/// Offsets of all lines that run across.
#[derive(Debug)]
pub struct Stack {
    /// Of each stretch that runs across: from the middle of its row, or from the
    /// top of the tracks of its channel.
    pub offset: Dense<i32>,
    /// Of each fine line: how far captions and lines reach up and down.
    extents: BTreeMap<i32, (i32, i32)>,
}

impl Stack {
    /// Height of the tracks in a channel between rows.
    pub fn height(&self, line: i32) -> i32 {
        self.extents.get(&line).map_or(0, |(up, down)| up + down)
    }

    /// How far a row's lines reach up and down from its middle.
    pub fn extent(&self, line: i32) -> (i32, i32) {
        self.extents.get(&line).copied().unwrap_or_default()
    }

    /// The highest and the lowest line that touch a box in a row, from the row's middle.
    pub fn ports(&self, graph: &Graph, ways: &Ways, node: usize, line: i32) -> (i32, i32) {
        let mut range = (0, 0);
        for edge in &graph.touching[node] {
            for (index, at_box) in ends(graph, ways, *edge, node) {
                let stretch = &ways.stretches[index];
                if at_box && !stretch.upright && stretch.line == line {
                    range = (range.0.min(self.offset[index]), range.1.max(self.offset[index]));
                }
            }
        }
        range
    }
}

/// The first and the last stretch of a way, and whether they touch a box.
fn ends(graph: &Graph, ways: &Ways, edge: usize, node: usize) -> [(usize, bool); 2] {
    let stretches = &ways.of[edge];
    let first = stretches.first().copied().unwrap_or(0);
    let last = stretches.last().copied().unwrap_or(0);
    let edge = &graph.edges[edge];
    [(first, edge.from == node && !stretches.is_empty()), (last, edge.to == node && !stretches.is_empty())]
}

/// Stacks the lines.
pub fn stack(graph: &Graph, ways: &Ways, spots: &Spots) -> Stack {
    let mut stack = Stack { offset: Dense::filled(0, ways.stretches.len()), extents: BTreeMap::new() };
    let needs: Dense<(i32, i32)> = ways.stretches.indices().map(|index| needs(graph, ways, spots, index)).collect();
    for line in ways.by_line(false) {
        for group in groups(ways, &line) {
            stack_group(ways, &needs, &group, &mut stack);
        }
    }
    stack
}

/// What a stretch needs above and below its line.
fn needs(graph: &Graph, ways: &Ways, spots: &Spots, index: usize) -> (i32, i32) {
    let edge = ways.stretches[index].edge;
    let here = match spots.of[edge] {
        Some(Spot::Channel { stretch, .. } | Spot::Cell { stretch, .. }) => stretch == index,
        _ => false,
    };
    let last = ways.of[edge].last() == Some(&index);
    let bar = if graph.edges[edge].gate && last { MARK } else { 0 };
    if !here {
        return (bar, bar);
    }
    let mark = graph.edges[edge].mark;
    let lift = if mark { LIFT_MARK } else { LIFT };
    let caption = room(graph, edge).map_or(0, |room| if room.height > 0 { room.height + lift } else { 0 });
    let below = if mark { MARK } else { 0 };
    (caption.max(below).max(bar), below.max(bar))
}

/// Stretches of a line in groups that lie apart from each other.
fn groups(ways: &Ways, line: &[usize]) -> Vec<Vec<usize>> {
    let mut sorted: Vec<(i32, i32, usize)> =
        line.iter().map(|index| (ways.exact(*index, End::Low), ways.exact(*index, End::High), *index)).collect();
    sorted.sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut reached = i32::MIN;
    for (low, high, index) in sorted {
        match groups.last_mut() {
            Some(group) if low <= reached => group.push(index),
            _ => groups.push(vec![index]),
        }
        reached = reached.max(high);
    }
    groups
}

fn stack_group(ways: &Ways, needs: &Dense<(i32, i32)>, group: &[usize], stack: &mut Stack) {
    let mut tracks: BTreeMap<i32, (i32, i32)> = BTreeMap::new();
    for index in group {
        let need = needs[*index];
        let track = tracks.entry(ways.stretches[*index].track).or_default();
        *track = (track.0.max(need.0), track.1.max(need.1));
    }
    let mut at: BTreeMap<i32, i32> = BTreeMap::new();
    let mut last: Option<(i32, i32)> = None;
    for (track, (up, down)) in &tracks {
        let y = match last {
            None => 0,
            Some((y, below)) => y + (below + up + FREE).max(APART),
        };
        at.insert(*track, y);
        last = Some((y, *down));
    }
    let line = group.first().map_or(0, |index| ways.stretches[*index].line);
    let (end, below) = last.unwrap_or_default();
    let above = tracks.values().next().map_or(0, |need| need.0);
    let in_row = line % 2 == 1;
    // In a row the lines lie around its middle, in a channel below its border.
    let start = if in_row { -end / 2 } else { above + BORDER };
    for index in group {
        stack.offset[*index] = start + at.get(&ways.stretches[*index].track).copied().unwrap_or(0);
    }
    let reach = if in_row { (above - start, start + end + below) } else { (0, start + end + below + BORDER) };
    let extent = stack.extents.entry(line).or_default();
    *extent = (extent.0.max(reach.0), extent.1.max(reach.1));
}

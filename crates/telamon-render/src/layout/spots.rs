//! Where each caption goes: beside the boxes in a channel, over an empty cell,
//! or beside a line that runs upright all the way.

use super::boxes::Size;
use super::clean::Graph;
use super::dense::{Dense, size};
use super::sheet::Sheet;
use super::ways::Ways;

/// A numbered mark takes up this much of its line.
pub const MARK: i32 = 22;

/// Room for a bar across the line before its end.
pub const GATE: i32 = 28;

/// Over an empty cell there is room, but the eye looks beside the boxes first.
const OVER_CELL: i32 = 14;

/// Farther from the sender by one channel.
const FARTHER: i32 = 5;

/// A part of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Before the tracks.
    Left,
    /// Behind the tracks.
    Right,
    /// All of a channel without tracks.
    Whole,
}

/// The spot of a caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Above a stretch, in a channel between columns.
    Channel { stretch: usize, channel: i32, part: Part },
    /// Above a stretch, over an empty cell of a column.
    Cell { stretch: usize, column: i32 },
    /// Beside an upright stretch, in a channel between rows.
    Beside { stretch: usize, channel: i32 },
}

/// All spots, and the widths that they ask for.
#[derive(Debug)]
pub struct Spots {
    /// The spot of each edge that has a caption or a mark.
    pub of: Dense<Option<Spot>>,
    /// Widths asked of each channel: left part, right part, whole.
    pub widths: Dense<[i32; 3]>,
}

/// Chooses the spots, the widest captions first.
pub fn choose(graph: &Graph, sheet: &Sheet, ways: &Ways) -> Spots {
    let mut chooser = Chooser {
        graph,
        sheet,
        ways,
        busy: busy_channels(sheet, ways),
        spots: Spots {
            of: Dense::filled(None, graph.edges.len()),
            widths: Dense::filled([0; 3], size(sheet.columns) + 1),
        },
    };
    let mut order: Vec<usize> = graph.edges.indices().filter(|edge| room(graph, *edge).is_some()).collect();
    order.sort_by_key(|edge| (-room(graph, *edge).unwrap_or_default().width, *edge));
    for edge in order {
        chooser.choose(edge);
    }
    chooser.spots
}

/// The room that an edge asks for: its caption, and never less than its mark.
pub fn room(graph: &Graph, edge: usize) -> Option<Size> {
    let edge = &graph.edges[edge];
    let label = edge.label.filter(|label| label.width > 0);
    match (label, edge.mark) {
        (Some(label), true) => Some(Size { width: label.width.max(MARK), height: label.height }),
        (label, false) => label,
        (None, true) => Some(Size { width: MARK, height: 0 }),
    }
}

fn busy_channels(sheet: &Sheet, ways: &Ways) -> Dense<bool> {
    let mut busy = Dense::filled(false, size(sheet.columns) + 1);
    for stretch in ways.stretches.iter().filter(|stretch| stretch.upright && stretch.line % 2 == 0) {
        busy[size(stretch.line / 2)] = true;
    }
    busy
}

struct Chooser<'a> {
    graph: &'a Graph,
    sheet: &'a Sheet,
    ways: &'a Ways,
    busy: Dense<bool>,
    spots: Spots,
}

impl Chooser<'_> {
    fn choose(&mut self, edge: usize) {
        let Some(room) = room(self.graph, edge) else { return };
        let mut best: Option<(i32, Spot)> = None;
        let mut distance = 0;
        for stretch in &self.ways.of[edge] {
            for (price, spot) in self.over(edge, *stretch, room.width) {
                let price = price + FARTHER * distance;
                if best.is_none_or(|(lowest, _)| price < lowest) {
                    best = Some((price, spot));
                }
                distance += 1;
            }
        }
        let spot = best.map(|(_, spot)| spot).or_else(|| self.beside(edge));
        if let Some(Spot::Channel { channel, part, .. }) = spot {
            let width = self.asks(edge, channel, room.width);
            let asked = &mut self.spots.widths[size(channel)];
            let [left, right, whole] = asked;
            let part = match part {
                Part::Left => left,
                Part::Right => right,
                Part::Whole => whole,
            };
            *part = width.max(*part);
        }
        self.spots.of[edge] = spot;
    }

    /// Spots over a stretch that runs across, from the sender on, with their prices.
    fn over(&self, edge: usize, index: usize, width: i32) -> Vec<(i32, Spot)> {
        let stretch = &self.ways.stretches[index];
        if stretch.upright {
            return Vec::new();
        }
        let (low, high) = stretch.range();
        let mut places: Vec<i32> = (low..=high).collect();
        if stretch.to < stretch.from {
            places.reverse();
        }
        let mut found = Vec::new();
        for x in places {
            if x % 2 == 1 {
                let column = x / 2;
                if low < x && x < high && self.fits_cell(column, stretch.line, width) {
                    found.push((OVER_CELL, Spot::Cell { stretch: index, column }));
                }
                continue;
            }
            let channel = x / 2;
            let [left, right, whole] = self.spots.widths[size(channel)];
            let asks = self.asks(edge, channel, width);
            let mut offer = |part: Part, now: i32| {
                found.push(((asks - now).max(0), Spot::Channel { stretch: index, channel, part }));
            };
            let parts = (low < x, x < high, self.busy[size(channel)]);
            match parts {
                (true, true, false) => offer(Part::Whole, whole),
                (left_side, right_side, _) => {
                    if left_side {
                        offer(Part::Left, left);
                    }
                    if right_side {
                        offer(Part::Right, right);
                    }
                }
            }
        }
        found
    }

    /// The width that a caption asks for, with the bar if it stands in this channel.
    fn asks(&self, edge: usize, channel: i32, width: i32) -> i32 {
        width + if gate_in(self.graph, self.sheet, edge, channel) { GATE } else { 0 }
    }

    /// True where the caption is no wider than the column and no line runs through the cell.
    fn fits_cell(&self, column: i32, line: i32, width: i32) -> bool {
        let crossed = self.ways.stretches.iter().any(|other| {
            let (low, high) = other.range();
            other.upright && other.line == 2 * column + 1 && (low..=high).contains(&line)
        });
        !crossed && width <= column_width(self.graph, self.sheet, column)
    }

    fn beside(&self, edge: usize) -> Option<Spot> {
        let stretch = self.ways.of[edge].first().copied()?;
        let (low, high) = self.ways.stretches[stretch].range();
        let taken = |line: i32| {
            self.spots.of.iter().flatten().any(|spot| match spot {
                Spot::Beside { stretch: other, channel } => {
                    *channel == line / 2 && self.ways.stretches[*other].line == self.ways.stretches[stretch].line
                }
                _ => false,
            })
        };
        let mut lines = (low..=high).filter(|line| line % 2 == 0);
        let line = lines.clone().find(|line| !taken(*line)).or_else(|| lines.next())?;
        Some(Spot::Beside { stretch, channel: line / 2 })
    }
}

/// True where the bar of an edge stands in this channel: in the one before its receiver.
pub fn gate_in(graph: &Graph, sheet: &Sheet, edge: usize, channel: i32) -> bool {
    let edge = &graph.edges[edge];
    let column = sheet.nodes[edge.to].left;
    edge.gate && (channel == column || channel == column + 1)
}

/// The width of the widest box of a column.
pub fn column_width(graph: &Graph, sheet: &Sheet, column: i32) -> i32 {
    let inside = graph.nodes.indices().filter(|node| sheet.nodes[*node].left == column);
    inside.map(|node| graph.nodes[node].size.width).max().unwrap_or(0)
}

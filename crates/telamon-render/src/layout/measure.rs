//! From cells and tracks to pixels: how wide every column and channel is, how
//! high every row, and where each line runs.

use super::clean::Graph;
use super::dense::{Dense, coordinate, size};
use super::levels::Levels;
use super::pins::Pinned;
use super::sheet::{Sheet, fine};
use super::spots::{Spot, Spots, column_width, room};
use super::stack::{self, Stack};
use super::ways::Ways;

/// Free border of the picture.
pub const MARGIN: i32 = 8;
/// Between a box and the side of its zone, and its lower side.
pub const SIDE: i32 = 16;
pub const BOTTOM: i32 = 14;
/// Above the boxes of a zone, for its title.
pub const TITLE: i32 = 40;
/// Between two zones.
const ZONE_GAP: i32 = 18;
/// Between upright lines side by side, in a channel and through a column.
const TRACK: i32 = 12;
pub const PAIR: i32 = 14;
/// Least length of a line before it bends, and before an arrow head.
const STUB: i32 = 26;
const HEAD: i32 = 32;
/// Least channel between columns, between rows, and where lines run upright between rows.
const CHANNEL: i32 = 40;
const ROW_GAP: i32 = 26;
const UPRIGHT_GAP: i32 = 44;
/// Between the lines in a channel and a box that one of them enters upright.
const UPRIGHT_HEAD: i32 = 34;
/// Free space around a caption.
pub const AROUND: i32 = 8;
/// From an upright line to the caption beside it, and with a mark on the line.
pub const BESIDE: i32 = 8;
pub const BESIDE_MARK: i32 = 14;

/// A part of a line: where it begins and how long it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Run {
    pub start: i32,
    pub length: i32,
}

impl Run {
    /// Where it ends.
    pub fn end(&self) -> i32 {
        self.start + self.length
    }
}

/// A channel between columns.
#[derive(Debug, Clone, Copy, Default)]
pub struct Channel {
    /// For captions before the tracks, and behind them.
    pub left: Run,
    pub right: Run,
    /// Where the first track runs.
    pub tracks: i32,
    /// What lies between the sides of zones.
    pub whole: Run,
}

/// A channel between rows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gap {
    /// For captions beside upright lines.
    pub captions: Run,
    /// Where the lines that run across begin.
    pub tracks: i32,
}

/// All lengths of a picture.
#[derive(Debug)]
pub struct Measures {
    /// The columns, and how wide the boxes in them are.
    pub columns: Dense<Run>,
    pub box_widths: Dense<i32>,
    /// The channels before each column and behind the last.
    pub channels: Dense<Channel>,
    /// The rows with everything that belongs to them, and the line in their middle.
    pub rows: Dense<Run>,
    pub middles: Dense<i32>,
    /// The channels above each row and below the last.
    pub gaps: Dense<Gap>,
    /// Offsets of the lines that run across.
    pub stack: Stack,
    /// Zones that begin or end together.
    pub levels: Levels,
    /// Size of the picture.
    pub width: i32,
    pub height: i32,
    /// Where upright lines run through a column, from its middle.
    pub through: Dense<[i32; 2]>,
}

impl Measures {
    /// Adds everything up.
    pub fn new(graph: &Graph, sheet: &Sheet, ways: &Ways, spots: &Spots, pinned: &Pinned) -> Self {
        let (columns, rows) = (size(sheet.columns), size(sheet.rows));
        let mut measures = Self {
            columns: Dense::filled(Run::default(), columns),
            box_widths: (0..sheet.columns).map(|column| column_width(graph, sheet, column)).collect(),
            channels: Dense::filled(Channel::default(), columns + 1),
            rows: Dense::filled(Run::default(), rows),
            middles: Dense::filled(0, rows),
            gaps: Dense::filled(Gap::default(), rows + 1),
            stack: stack::stack(graph, ways, spots),
            levels: Levels::new(graph, sheet),
            width: 0,
            height: 0,
            through: Dense::filled([0, 0], columns),
        };
        measures.set_columns(graph, ways, spots);
        measures.widen_for_titles(graph, sheet, ways, spots, pinned);
        measures.set_rows(graph, sheet, ways, spots, pinned);
        measures
    }

    /// Widths of the columns, with room for captions beside upright lines.
    fn set_columns(&mut self, graph: &Graph, ways: &Ways, spots: &Spots) {
        for column in self.columns.indices() {
            let line = fine(coordinate(column));
            let on_line = || ways.stretches.iter().filter(move |stretch| stretch.upright && stretch.line == line);
            let pair = on_line().any(|stretch| stretch.track > 0);
            let mut beside = 0;
            for (edge, spot) in spots.of.iter().enumerate() {
                if let Some(Spot::Beside { stretch, .. }) = spot
                    && ways.stretches[*stretch].line == line
                {
                    let room = room(graph, edge).unwrap_or_default();
                    beside = beside.max(room.width + beside_gap(graph, edge));
                }
            }
            let own = self.box_widths[column];
            let (asked, shift) =
                if pair { (2 * (PAIR + beside), PAIR) } else { (beside, ((beside - 20) / 2).clamp(0, own / 2 - 24)) };
            self.through[column] = if pair { [-PAIR, PAIR] } else { [-shift, -shift] };
            // A single line stands left of the middle, so that line and caption are in the middle together.
            let asked = if pair { asked } else { (asked - shift) * 2 };
            self.columns[column].length = own.max(if beside > 0 { asked + 4 } else { 0 });
        }
    }

    /// Places columns from the left; gives the width of the picture.
    fn set_lefts(&mut self, ways: &Ways, spots: &Spots, pinned: &Pinned, kept_pins: bool) {
        let mut x = MARGIN;
        for index in self.channels.indices() {
            let (end, start) = (self.levels.right_of(index) * SIDE, self.levels.left_of(index) * SIDE);
            let line = 2 * coordinate(index);
            let tracks = ways
                .stretches
                .iter()
                .filter(|stretch| stretch.upright && stretch.line == line)
                .map(|stretch| stretch.track + 1)
                .max()
                .unwrap_or(0);
            let [left, right, whole] = spots.widths[index].map(|width| if width > 0 { width + 2 * AROUND } else { 0 });
            let outer = index == 0 || index + 1 == self.channels.len();
            let (mut left, mut right) = (left, right.max(whole));
            if tracks > 0 {
                left = left.max(if index == 0 { 0 } else { STUB - end });
                right = right.max(if index + 1 == self.channels.len() { AROUND } else { HEAD - start });
            }
            let run = if tracks > 0 { (tracks - 1) * TRACK } else { 0 };
            let least = match (outer, end > 0 && start > 0) {
                (true, _) => 0,
                (_, true) => ZONE_GAP,
                _ => CHANNEL - end - start,
            };
            right += (least - left - run - right).max(0);
            let channel = &mut self.channels[index];
            channel.left = Run { start: x + end, length: left };
            channel.tracks = channel.left.end();
            channel.right = Run { start: channel.tracks + run, length: right };
            channel.whole = Run { start: x + end, length: left + run + right };
            x = channel.whole.end() + start;
            if index < self.columns.len() {
                if kept_pins && let Some(pin) = pinned.lefts.get(index) {
                    let more = (pin - x).max(0);
                    let channel = &mut self.channels[index];
                    channel.right.length += more;
                    channel.whole.length += more;
                    x += more;
                }
                let column = &mut self.columns[index];
                column.start = x;
                x += column.length;
            }
        }
        self.width = x + MARGIN;
    }

    /// A zone is at least as wide as its title.
    fn widen_for_titles(&mut self, graph: &Graph, sheet: &Sheet, ways: &Ways, spots: &Spots, pinned: &Pinned) {
        self.set_lefts(ways, spots, pinned, sheet.kept_pins);
        for zone in self.levels.innermost_first(graph) {
            let Some(cells) = sheet.zones[zone] else { continue };
            let (left, right) = self.zone_sides(zone, sheet);
            let lacking = graph.zones[zone].title + 28 - (right - left);
            if lacking > 0 {
                self.columns[size(cells.right)].length += lacking;
                self.set_lefts(ways, spots, pinned, sheet.kept_pins);
            }
        }
    }

    /// Left and right side of a zone.
    pub fn zone_sides(&self, zone: usize, sheet: &Sheet) -> (i32, i32) {
        let Some(cells) = sheet.zones[zone] else { return (0, 0) };
        let level = self.levels.of(zone);
        let left = self.columns[size(cells.left)].start - SIDE * level.left;
        let right = self.columns[size(cells.right)].end() + SIDE * level.right;
        (left, right)
    }

    /// Places rows from the top.
    fn set_rows(&mut self, graph: &Graph, sheet: &Sheet, ways: &Ways, spots: &Spots, pinned: &Pinned) {
        let mut y = MARGIN;
        for index in self.gaps.indices() {
            let (end, start) = (self.levels.bottom_of(index) * BOTTOM, self.levels.top_of(index) * TITLE);
            let line = 2 * coordinate(index);
            let captions = caption_height(graph, spots, coordinate(index));
            let tracks = self.stack.height(line);
            let upright = ways
                .stretches
                .iter()
                .any(|stretch| stretch.upright && stretch.line % 2 == 1 && within(stretch.range(), line));
            let outer = index == 0 || index + 1 == self.gaps.len();
            let least = match (outer, upright) {
                (true, _) => 0,
                (_, true) => UPRIGHT_GAP - end - start,
                _ => ROW_GAP - end - start,
            };
            let zones = if end > 0 && start > 0 { ZONE_GAP } else { 0 };
            let (above, below) = heads(ways, line);
            let above = if tracks > 0 && above { (UPRIGHT_HEAD - end - captions).max(0) } else { 0 };
            let below = if tracks > 0 && below { (UPRIGHT_HEAD - start).max(0) } else { 0 };
            let needed = captions + above + tracks + below;
            let inner = needed.max(least).max(zones);
            let gap = &mut self.gaps[index];
            gap.captions = Run { start: y + end, length: captions };
            gap.tracks = gap.captions.end() + above + (inner - needed) / 2;
            y += end + inner + start;
            if index < self.rows.len() {
                let (up, down) = self.row_extent(graph, sheet, ways, coordinate(index));
                if sheet.kept_pins
                    && let Some(pin) = pinned.middles.get(index)
                {
                    y = y.max(pin - up);
                }
                self.rows[index] = Run { start: y, length: up + down };
                self.middles[index] = y + up;
                y += up + down;
            }
        }
        self.height = y + MARGIN;
    }

    /// How far a row reaches up and down from its middle.
    fn row_extent(&self, graph: &Graph, sheet: &Sheet, ways: &Ways, row: i32) -> (i32, i32) {
        let (mut up, mut down) = self.stack.extent(fine(row));
        for node in graph.nodes.indices() {
            let (top, bottom) = self.box_extent(graph, sheet, ways, node, row);
            up = up.max(-top);
            down = down.max(bottom);
        }
        (up, down)
    }

    /// How far a box reaches up and down from the middle of a row; nothing where it does not stand there.
    pub fn box_extent(&self, graph: &Graph, sheet: &Sheet, ways: &Ways, node: usize, row: i32) -> (i32, i32) {
        let cells = sheet.nodes[node];
        if !(cells.top..=cells.bottom).contains(&row) {
            return (0, 0);
        }
        let half = graph.nodes[node].size.height / 2;
        let (low, high) = self.stack.ports(graph, ways, node, fine(row));
        ((-half).min(low - stack::PORT), half.max(high + stack::PORT))
    }
}

/// From an upright line to the caption beside it.
pub fn beside_gap(graph: &Graph, edge: usize) -> i32 {
    if graph.edges[edge].mark { BESIDE_MARK } else { BESIDE }
}

/// True where a flow enters a box upright out of this channel: one above, one below.
fn heads(ways: &Ways, line: i32) -> (bool, bool) {
    let mut found = (false, false);
    for index in ways.of.iter().filter_map(|stretches| stretches.last()) {
        let stretch = &ways.stretches[*index];
        if stretch.upright {
            found.0 |= stretch.to == line - 1 && stretch.from > stretch.to;
            found.1 |= stretch.to == line + 1 && stretch.from < stretch.to;
        }
    }
    found
}

fn within(range: (i32, i32), line: i32) -> bool {
    range.0 < line && line < range.1
}

/// Height of the captions beside upright lines in a channel between rows.
fn caption_height(graph: &Graph, spots: &Spots, channel: i32) -> i32 {
    let heights = spots.of.iter().enumerate().filter_map(|(edge, spot)| match spot {
        Some(Spot::Beside { channel: other, .. }) if *other == channel => {
            let bar = if graph.edges[edge].gate { super::spots::GATE } else { 0 };
            room(graph, edge).map(|room| room.height.max(super::spots::MARK) + bar)
        }
        _ => None,
    });
    heights.max().map_or(0, |height| height + 2 * AROUND)
}

//! The finished picture: every box, zone, line and caption at its place.

use super::boxes::{Placed, PlacedEdge, PlacedZone, Point, Rect, Size};
use super::clean::Graph;
use super::dense::size;
use super::measure::{BOTTOM, Measures, PAIR, Run, TITLE, beside_gap};
use super::sheet::Sheet;
use super::spots::{GATE, Part, Spot, Spots, gate_in, room};
use super::stack::{LIFT, LIFT_MARK};
use super::ways::Ways;

/// From the corner of a zone to its title.
const TITLE_LEFT: i32 = 14;
const TITLE_BASE: i32 = 22;
/// Height of the letters of a title above their line, and free space beside a line.
const TITLE_HEIGHT: i32 = 14;
const TITLE_FREE: i32 = 8;

/// Between upright tracks, as in [`Measures`].
const TRACK: i32 = 12;

/// Puts everything in its place.
pub fn place(graph: &Graph, sheet: &Sheet, ways: &Ways, spots: &Spots, measures: &Measures) -> Placed {
    let placer = Placer { graph, sheet, ways, spots, measures };
    let nodes: Vec<Rect> = graph.nodes.indices().map(|node| placer.node(node)).collect();
    let mut edges = vec![None; graph.given];
    for edge in graph.edges.indices() {
        if let Some(slot) = edges.get_mut(graph.origin[edge]) {
            *slot = Some(placer.edge(edge, &nodes));
        }
    }
    let zones = graph.zones.indices().map(|zone| placer.zone(zone, &edges)).collect();
    let anchors = graph.nodes.indices().map(|node| {
        let column = size(sheet.nodes[node].left);
        Point { x: measures.columns[column].start, y: measures.middles[size(sheet.home[node])] }
    });
    Placed {
        size: Size { width: measures.width, height: measures.height },
        anchors: anchors.collect(),
        ids: graph.nodes.iter().map(|node| node.id.clone()).collect(),
        nodes,
        zones,
        edges,
    }
}

struct Placer<'a> {
    graph: &'a Graph,
    sheet: &'a Sheet,
    ways: &'a Ways,
    spots: &'a Spots,
    measures: &'a Measures,
}

impl Placer<'_> {
    fn node(&self, node: usize) -> Rect {
        let cells = self.sheet.nodes[node];
        let column = self.measures.columns[size(cells.left)];
        let width = self.measures.box_widths[size(cells.left)];
        let extent = |row: i32| self.measures.box_extent(self.graph, self.sheet, self.ways, node, row);
        let top = self.measures.middles[size(cells.top)] + extent(cells.top).0;
        let bottom = self.measures.middles[size(cells.bottom)] + extent(cells.bottom).1;
        Rect { x: column.start + (column.length - width) / 2, y: top, width, height: bottom - top }
    }

    /// Where an upright line runs.
    fn x(&self, index: usize) -> i32 {
        let stretch = &self.ways.stretches[index];
        let column = size(stretch.line / 2);
        if stretch.line % 2 == 0 {
            return self.measures.channels[column].tracks + TRACK * stretch.track;
        }
        let [first, second] = self.measures.through[column];
        let run = self.measures.columns[column];
        run.start + run.length / 2 + if stretch.track == 0 { first } else { second }
    }

    /// Where a line that runs across lies.
    fn y(&self, index: usize) -> i32 {
        let stretch = &self.ways.stretches[index];
        let row = size(stretch.line / 2);
        let base = if stretch.line % 2 == 0 { self.measures.gaps[row].tracks } else { self.measures.middles[row] };
        base + self.measures.stack.offset[index]
    }

    fn edge(&self, edge: usize, nodes: &[Rect]) -> PlacedEdge {
        let stretches = &self.ways.of[edge];
        let mut points = Vec::new();
        let own = &self.graph.edges[edge];
        if let Some(first) = stretches.first() {
            points.push(self.port(*first, true, nodes.get(own.from)));
        }
        for (one, next) in stretches.iter().zip(stretches.iter().skip(1)) {
            let (upright, across) = if self.ways.stretches[*one].upright { (*one, *next) } else { (*next, *one) };
            points.push(Point { x: self.x(upright), y: self.y(across) });
        }
        if let Some(last) = stretches.last() {
            points.push(self.port(*last, false, nodes.get(own.to)));
        }
        let (label, mark) = self.caption(edge);
        let beside = matches!(self.spots.of[edge], Some(Spot::Beside { .. }));
        PlacedEdge { points, label, beside, mark }
    }

    /// Where a way leaves its first box or enters its last.
    fn port(&self, index: usize, leaves: bool, node: Option<&Rect>) -> Point {
        let node = node.copied().unwrap_or_default();
        let stretch = &self.ways.stretches[index];
        let ahead = if leaves { stretch.to > stretch.from } else { stretch.to < stretch.from };
        if stretch.upright {
            Point { x: self.x(index), y: if ahead { node.bottom() } else { node.y } }
        } else {
            Point { x: if ahead { node.right() } else { node.x }, y: self.y(index) }
        }
    }

    /// Where the caption of an edge goes, and its mark.
    fn caption(&self, edge: usize) -> (Option<Rect>, Option<Point>) {
        let (Some(spot), Some(room)) = (self.spots.of[edge], room(self.graph, edge)) else { return (None, None) };
        let label = self.graph.edges[edge].label.unwrap_or_default();
        let marked = self.graph.edges[edge].mark;
        let (middle, line, top) = match spot {
            Spot::Channel { stretch, channel, part } => {
                let line = self.y(stretch);
                (self.channel_middle(edge, stretch, channel, part, room.width), line, self.above(edge, line))
            }
            Spot::Cell { stretch, column } => {
                let line = self.y(stretch);
                let column = self.measures.columns[size(column)];
                (column.start + column.length / 2, line, self.above(edge, line))
            }
            Spot::Beside { stretch, channel } => return self.beside(edge, stretch, channel),
        };
        let rect = Rect { x: middle - label.width / 2, y: top, width: label.width, height: label.height };
        ((label.width > 0).then_some(rect), marked.then_some(Point { x: middle, y: line }))
    }

    /// Top of a caption above a line.
    fn above(&self, edge: usize, line: i32) -> i32 {
        let lift = if self.graph.edges[edge].mark { LIFT_MARK } else { LIFT };
        line - lift - self.graph.edges[edge].label.unwrap_or_default().height
    }

    /// The middle of a caption in a channel, clear of a bar.
    fn channel_middle(&self, edge: usize, stretch: usize, channel: i32, part: Part, width: i32) -> i32 {
        let measures = self.measures.channels[size(channel)];
        let Run { mut start, mut length } = match part {
            Part::Left => measures.left,
            Part::Right => measures.right,
            Part::Whole => measures.whole,
        };
        let last = self.ways.of[edge].last() == Some(&stretch);
        if last && gate_in(self.graph, self.sheet, edge, channel) {
            let rightwards = self.ways.stretches[stretch].to > self.ways.stretches[stretch].from;
            let taken = (length - width).clamp(0, GATE);
            length -= taken;
            start += if rightwards { 0 } else { taken };
        }
        start + length / 2
    }

    fn beside(&self, edge: usize, stretch: usize, channel: i32) -> (Option<Rect>, Option<Point>) {
        let label = self.graph.edges[edge].label.unwrap_or_default();
        let mut band = self.measures.gaps[size(channel)].captions;
        if self.graph.edges[edge].gate {
            // The bar stands before the end, so the caption keeps to the beginning.
            let downwards = self.ways.stretches[stretch].to > self.ways.stretches[stretch].from;
            let bar = GATE.min(band.length);
            band = Run { start: band.start + if downwards { 0 } else { bar }, length: band.length - bar };
        }
        let x = self.x(stretch);
        let gap = beside_gap(self.graph, edge);
        let column = size(self.ways.stretches[stretch].line / 2);
        let pair = self.measures.through[column] == [-PAIR, PAIR];
        let left = pair && self.ways.stretches[stretch].track == 0;
        let rect = Rect {
            x: if left { x - gap - label.width } else { x + gap },
            y: band.start + (band.length - label.height) / 2,
            width: label.width,
            height: label.height,
        };
        let mark = Point { x, y: band.start + band.length / 2 };
        ((label.width > 0).then_some(rect), self.graph.edges[edge].mark.then_some(mark))
    }

    fn zone(&self, zone: usize, edges: &[Option<PlacedEdge>]) -> Option<PlacedZone> {
        let cells = self.sheet.zones[zone]?;
        let level = self.measures.levels.of(zone);
        let (left, right) = self.measures.zone_sides(zone, self.sheet);
        let top = self.measures.rows[size(cells.top)].start - TITLE * level.top;
        let bottom = self.measures.rows[size(cells.bottom)].end() + BOTTOM * level.bottom;
        let frame = Rect { x: left, y: top, width: right - left, height: bottom - top };
        let title = self.title(frame, self.graph.zones[zone].title, edges);
        Some(PlacedZone { frame, title, depth: self.graph.depth[zone] })
    }

    /// The leftmost place for a title that no upright line crosses.
    fn title(&self, frame: Rect, width: i32, edges: &[Option<PlacedEdge>]) -> Point {
        let y = frame.y + TITLE_BASE;
        let band = (y - TITLE_HEIGHT, y + 4);
        let mut lines: Vec<i32> = Vec::new();
        for edge in edges.iter().flatten() {
            for (a, b) in edge.points.iter().zip(edge.points.iter().skip(1)) {
                if a.x == b.x && a.y.min(b.y) < band.1 && a.y.max(b.y) > band.0 {
                    lines.push(a.x);
                }
            }
        }
        lines.sort_unstable();
        let first = frame.x + TITLE_LEFT;
        let mut x = first;
        for line in lines {
            if line > x - TITLE_FREE && line < x + width + TITLE_FREE {
                x = line + TITLE_FREE;
            }
        }
        if x + width + TITLE_FREE > frame.right() {
            x = first;
        }
        Point { x, y }
    }
}

//! A sheet of cells while its rows are still being chosen: what it costs, and
//! whether zones keep out of each other.

use super::clean::Graph;
use super::dense::{Dense, coordinate};

/// What a row of the picture costs, and one row of a zone.
const ROW: i32 = 24;
const ZONE_ROW: i32 = 6;

/// What it costs that two flows cross.
const CROSSING: i32 = 16;

/// Rows and columns that a zone or a box takes up, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
}

impl Cells {
    /// True where the two share a cell.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left <= other.right && other.left <= self.right && self.top <= other.bottom && other.top <= self.bottom
    }
}

/// A box or a zone within a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Node(usize),
    Zone(usize),
}

/// Boxes in their cells.
#[derive(Debug, Clone)]
pub struct Arrangement<'a> {
    pub graph: &'a Graph,
    pub column: &'a Dense<i32>,
    pub row: Dense<i32>,
    pub members: Dense<Vec<usize>>,
    cells: Dense<Cells>,
    in_column: Dense<Vec<usize>>,
}

impl<'a> Arrangement<'a> {
    /// An arrangement with these rows.
    pub fn new(graph: &'a Graph, column: &'a Dense<i32>, row: Dense<i32>) -> Self {
        let count = column.iter().copied().max().unwrap_or(-1) + 1;
        let mut in_column = Dense::filled(Vec::new(), super::dense::size(count));
        for node in graph.nodes.indices() {
            in_column[super::dense::size(column[node])].push(node);
        }
        let members: Dense<Vec<usize>> = graph.zones.indices().map(|zone| graph.members(zone)).collect();
        let empty = Cells { left: 0, right: -1, top: 0, bottom: -1 };
        let mut arrangement =
            Self { graph, column, row, cells: Dense::filled(empty, members.len()), members, in_column };
        for zone in arrangement.cells.indices() {
            arrangement.refresh(zone);
        }
        arrangement
    }

    /// What an item takes up.
    pub fn cells(&self, item: Item) -> Cells {
        match item {
            Item::Zone(zone) => self.cells[zone],
            Item::Node(node) => {
                let (column, row) = (self.column[node], self.row[node]);
                Cells { left: column, right: column, top: row, bottom: row }
            }
        }
    }

    /// Gives boxes other rows.
    pub fn set(&mut self, changes: &[(usize, i32)]) {
        let mut zones = Vec::new();
        for (node, row) in changes {
            self.row[*node] = *row;
            zones.extend(self.graph.around(self.graph.nodes[*node].zone));
        }
        zones.sort_unstable();
        zones.dedup();
        for zone in zones {
            self.refresh(zone);
        }
    }

    /// The rows that boxes have now, to go back to.
    pub fn keep(&self, nodes: impl IntoIterator<Item = usize>) -> Vec<(usize, i32)> {
        nodes.into_iter().map(|node| (node, self.row[node])).collect()
    }

    fn refresh(&mut self, zone: usize) {
        let of = |pick: &Dense<i32>| {
            let values = || self.members[zone].iter().map(|node| pick[*node]);
            (values().min().unwrap_or(0), values().max().unwrap_or(-1))
        };
        let ((left, right), (top, bottom)) = (of(self.column), of(&self.row));
        self.cells[zone] = Cells { left, right, top, bottom };
    }

    /// True where none of these boxes, nor a zone around one, lies on anything else.
    pub fn is_sound(&self, nodes: impl IntoIterator<Item = usize>) -> bool {
        nodes.into_iter().all(|node| {
            let mut item = Item::Node(node);
            let mut parent = self.graph.nodes[node].zone;
            loop {
                if self.collides(item, parent) {
                    return false;
                }
                let Some(zone) = parent else { return true };
                item = Item::Zone(zone);
                parent = self.graph.zones[zone].parent;
            }
        })
    }

    fn collides(&self, item: Item, parent: Option<usize>) -> bool {
        let own = self.cells(item);
        let inner = self.graph.inside(parent);
        let nodes = inner.nodes.iter().map(|node| Item::Node(*node));
        let zones = inner.zones.iter().map(|zone| Item::Zone(*zone));
        nodes.chain(zones).any(|other| other != item && self.cells(other).overlaps(&own))
    }

    /// What the arrangement costs, with the crossings of these boxes' flows alone.
    pub fn cost(&self, focus: &[usize]) -> i32 {
        let mut touched: Vec<usize> =
            focus.iter().flat_map(|node| self.graph.touching[*node].iter().copied()).collect();
        touched.sort_unstable();
        touched.dedup();
        let edges: i32 = self.graph.edges.indices().map(|edge| self.edge_cost(edge)).sum();
        let crossings = touched.iter().map(|edge| self.crossings(*edge)).sum::<i32>();
        edges + CROSSING * crossings + self.area_cost()
    }

    fn area_cost(&self) -> i32 {
        let mut rows: Vec<i32> = self.row.iter().copied().collect();
        rows.sort_unstable();
        rows.dedup();
        let zones: i32 = self.cells.iter().map(|cells| cells.bottom + 1 - cells.top).sum();
        ROW * coordinate(rows.len()) + ZONE_ROW * zones
    }

    fn edge_cost(&self, index: usize) -> i32 {
        let edge = &self.graph.edges[index];
        if edge.from == edge.to {
            return 0;
        }
        let (from, to) = (edge.from, edge.to);
        let down = (self.row[from] - self.row[to]).abs();
        let across = (self.column[from] - self.column[to]).abs();
        let cost = match (across, down) {
            (0, 1) => 0,
            (0, _) if self.blocked_down(from, to) => 40 + 6 * down,
            (0, _) => 5 * (down - 1),
            (_, 0) if across > 1 => {
                let blocked = self.blocked_across(from, to);
                if blocked > 0 { 26 + 6 * blocked } else { 0 }
            }
            (_, 0) => 0,
            _ => 12 + 8 * down,
        };
        if edge.heavy { 2 * cost } else { cost }
    }

    fn blocked_down(&self, from: usize, to: usize) -> bool {
        let (top, bottom) = minmax(self.row[from], self.row[to]);
        let column = super::dense::size(self.column[from]);
        self.in_column[column].iter().any(|node| (top + 1..bottom).contains(&self.row[*node]))
    }

    fn blocked_across(&self, from: usize, to: usize) -> i32 {
        let (left, right) = minmax(self.column[from], self.column[to]);
        let row = self.row[from];
        let blocked = (left + 1..right)
            .filter(|column| self.in_column[super::dense::size(*column)].iter().any(|node| self.row[*node] == row));
        coordinate(blocked.count())
    }

    /// How many flows cross this one, taken as straight lines between cells.
    fn crossings(&self, index: usize) -> i32 {
        let ends = |edge: usize| {
            let edge = &self.graph.edges[edge];
            (edge.from, edge.to)
        };
        let at = |node: usize| (self.column[node], self.row[node]);
        let (a, b) = ends(index);
        let weight = if self.graph.edges[index].heavy { 2 } else { 1 };
        let crossed = self.graph.edges.indices().filter(|other| {
            let (c, d) = ends(*other);
            let apart = a != c && a != d && b != c && b != d;
            apart && cross(at(a), at(b), at(c), at(d))
        });
        weight * coordinate(crossed.count())
    }
}

fn minmax(a: i32, b: i32) -> (i32, i32) {
    (a.min(b), a.max(b))
}

/// True where the open segments a–b and c–d cut each other.
fn cross(a: (i32, i32), b: (i32, i32), c: (i32, i32), d: (i32, i32)) -> bool {
    let side =
        |p: (i32, i32), q: (i32, i32), r: (i32, i32)| ((q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0)).signum();
    side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

//! The finished sheet of cells, and the finer one of lines on which flows run.
//!
//! The fine sheet has a line for every column and row (odd numbers) and for
//! every channel between, before and behind them (even numbers).

use super::arrange::{Arrangement, Cells, Item};
use super::clean::Graph;
use super::dense::{Dense, Table};
use super::rows::Rows;

/// Boxes in cells, zones in rectangles of cells.
#[derive(Debug)]
pub struct Sheet {
    /// How many columns and rows.
    pub columns: i32,
    pub rows: i32,
    /// What each box takes up: one column, one or more rows.
    pub nodes: Dense<Cells>,
    /// What each zone takes up; none for an empty one.
    pub zones: Dense<Option<Cells>>,
    /// The row that each box stood in before it was stretched.
    pub home: Dense<i32>,
    /// False where pins gave no more than an order.
    pub kept_pins: bool,
    owner: Table<Option<usize>>,
}

/// The fine line of a column or row.
pub fn fine(index: i32) -> i32 {
    2 * index + 1
}

impl Sheet {
    /// A sheet of boxes with their columns and rows.
    pub fn new(graph: &Graph, column: Dense<i32>, rows: Rows) -> Self {
        let Rows { row, kept_pins } = rows;
        let count = |values: &Dense<i32>| values.iter().copied().max().unwrap_or(-1) + 1;
        let (columns, height) = (count(&column), count(&row));
        let arrangement = Arrangement::new(graph, &column, row);
        let nodes: Dense<Cells> = graph.nodes.indices().map(|node| arrangement.cells(Item::Node(node))).collect();
        let home = nodes.iter().map(|cells| cells.top).collect();
        let zones = graph
            .zones
            .indices()
            .map(|zone| Some(arrangement.cells(Item::Zone(zone))).filter(|cells| cells.right >= cells.left))
            .collect();
        let mut owner = Table::filled(&None, columns, height);
        for (node, cells) in nodes.iter().enumerate() {
            owner.set(cells.left, cells.top, Some(node));
        }
        Self { columns, rows: height, nodes, zones, home, kept_pins, owner }
    }

    /// The box in a cell.
    pub fn owner(&self, column: i32, row: i32) -> Option<usize> {
        *self.owner.get(column, row)
    }

    /// Lets a box take up more rows of its column.
    pub fn stretch(&mut self, node: usize, top: i32, bottom: i32) {
        let cells = &mut self.nodes[node];
        cells.top = top;
        cells.bottom = bottom;
        for row in top..=bottom {
            self.owner.set(cells.left, row, Some(node));
        }
    }

    /// The box that covers a place of the fine sheet.
    pub fn fine_owner(&self, x: i32, y: i32) -> Option<usize> {
        if x % 2 == 0 {
            return None;
        }
        let column = x / 2;
        if y % 2 == 1 {
            return self.owner(column, y / 2);
        }
        let (above, below) = (self.owner(column, y / 2 - 1), self.owner(column, y / 2));
        above.filter(|_| above == below)
    }

    /// True where every cell of a row strictly between two columns is free.
    pub fn free_between(&self, row: i32, one: i32, other: i32) -> bool {
        (one.min(other) + 1..one.max(other)).all(|column| self.owner(column, row).is_none())
    }
}

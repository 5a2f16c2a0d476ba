//! Which row each box stands in.
//!
//! The best of the barycentre orders is packed into rows, then boxes, pairs and
//! whole zones move as long as the picture gets better.

use super::arrange::{Arrangement, Item};
use super::clean::{Graph, Inner};
use super::dense::{Dense, coordinate, size};
use super::order;
use super::pins::Pinned;

/// Rounds over all boxes and zones.
const ROUNDS: usize = 6;

/// Upper limit on the work, in pairs of flows looked at; ordinary pictures of sixty boxes stay below it.
const WORK: i64 = 2_500_000;

/// Rows as found.
pub struct Rows {
    /// The row of each node, from zero and without empty ones.
    pub row: Dense<i32>,
    /// False where pins contradict each other, so that they gave no more than the order.
    pub kept_pins: bool,
}

/// Chooses the rows.
pub fn assign(graph: &Graph, column: &Dense<i32>, pinned: &Pinned) -> Rows {
    if let Some(row) = around_pins(graph, column, pinned) {
        return Rows { row, kept_pins: true };
    }
    let start = if pinned.any() { vec![by_pins(graph, pinned)] } else { order::orders(graph, column) };
    let everything: Vec<usize> = graph.nodes.indices().collect();
    let best = start
        .iter()
        .map(|order| Arrangement::new(graph, column, pack(graph, column, order)))
        .map(|arrangement| (arrangement.cost(&everything), arrangement))
        .min_by_key(|(cost, _)| *cost);
    let Some((_, arrangement)) = best else { return Rows { row: Dense::default(), kept_pins: false } };
    let mut search = Search { arrangement, locked: Dense::filled(false, graph.nodes.len()), work: WORK };
    search.run();
    Rows { row: closed_up(&search.arrangement.row), kept_pins: false }
}

/// Boxes in the order of their pins; those without come last.
fn by_pins(graph: &Graph, pinned: &Pinned) -> Vec<usize> {
    let mut order = graph.by_id.clone();
    order.sort_by_key(|node| pinned.cell(*node).map_or(i32::MAX, |(_, row)| row));
    order
}

/// Pinned boxes where they stood and the others in free cells, where that is possible.
fn around_pins(graph: &Graph, column: &Dense<i32>, pinned: &Pinned) -> Option<Dense<i32>> {
    if !pinned.any() {
        return None;
    }
    let mut row = Dense::filled(0, graph.nodes.len());
    let mut locked = Dense::filled(false, graph.nodes.len());
    // A box without a pin waits in the row of a member of its zone, to be moved below.
    let home = |node: usize| {
        let zones = graph.around(graph.nodes[node].zone);
        let member = |zone: usize| graph.members(zone).into_iter().find_map(|other| pinned.cell(other));
        zones.into_iter().find_map(member).map(|(_, row)| row)
    };
    let mut last = coordinate(pinned.middles.len());
    for node in graph.by_id.iter().copied() {
        let cell = pinned.cell(node);
        locked[node] = cell.is_some();
        row[node] = cell.map(|(_, row)| row).or_else(|| home(node)).unwrap_or_else(|| {
            last += 1;
            last
        });
    }
    let mut search = Search { arrangement: Arrangement::new(graph, column, row), locked, work: WORK };
    let loose: Vec<usize> = graph.by_id.iter().copied().filter(|node| !search.locked[*node]).collect();
    for node in loose {
        search.find_cell(node)?;
    }
    if !search.arrangement.is_sound(graph.nodes.indices()) {
        return None;
    }
    search.run();
    let rows = closed_up(&search.arrangement.row);
    let same = graph.nodes.indices().all(|node| pinned.cell(node).is_none_or(|(_, row)| row == rows[node]));
    same.then_some(rows)
}

/// Numbers the rows in use from zero.
fn closed_up(row: &Dense<i32>) -> Dense<i32> {
    let mut used: Vec<i32> = row.iter().copied().collect();
    used.sort_unstable();
    used.dedup();
    row.iter().map(|row| coordinate(used.partition_point(|used| used < row))).collect()
}

/// Puts boxes into rows in an order, each as far up as it can stand.
fn pack(graph: &Graph, column: &Dense<i32>, order: &[usize]) -> Dense<i32> {
    let mut rank = Dense::filled(0, graph.nodes.len());
    for (place, node) in order.iter().enumerate() {
        rank[*node] = place;
    }
    let mut row = Dense::filled(0, graph.nodes.len());
    pack_zone(graph, column, &rank, &graph.top, &mut row);
    row
}

/// Packs a zone from row zero; gives its height.
fn pack_zone(graph: &Graph, column: &Dense<i32>, rank: &Dense<usize>, inner: &Inner, row: &mut Dense<i32>) -> i32 {
    let width = column.iter().copied().max().unwrap_or(0) + 1;
    let mut filled = Dense::filled(0, size(width));
    let mut items: Vec<(usize, Item)> = inner.nodes.iter().map(|node| (rank[*node], Item::Node(*node))).collect();
    for zone in &inner.zones {
        let first = graph.members(*zone).into_iter().map(|node| rank[node]).min().unwrap_or(0);
        items.push((first, Item::Zone(*zone)));
    }
    items.sort_by_key(|(rank, _)| *rank);
    for (_, item) in items {
        let (nodes, height) = match item {
            Item::Node(node) => (vec![node], 1),
            Item::Zone(zone) => {
                let height = pack_zone(graph, column, rank, &graph.inner[zone], row);
                (graph.members(zone), height)
            }
        };
        let left = nodes.iter().map(|node| column[*node]).min().unwrap_or(0);
        let right = nodes.iter().map(|node| column[*node]).max().unwrap_or(0);
        let top = (left..=right).map(|column| filled[size(column)]).max().unwrap_or(0);
        for node in nodes {
            row[node] += top;
        }
        for column in left..=right {
            filled[size(column)] = top + height;
        }
    }
    filled.iter().copied().max().unwrap_or(0)
}

/// A search for better rows.
struct Search<'a> {
    arrangement: Arrangement<'a>,
    locked: Dense<bool>,
    work: i64,
}

impl Search<'_> {
    fn run(&mut self) {
        for _ in 0..ROUNDS {
            let mut moved = false;
            for node in self.arrangement.graph.by_id.clone() {
                moved |= self.move_node(node);
                moved |= self.insert_row(node);
            }
            for zone in self.arrangement.graph.zones.indices() {
                moved |= self.move_zone(zone);
            }
            moved |= self.swap_items(None);
            for zone in self.arrangement.graph.zones.indices() {
                moved |= self.swap_items(Some(zone));
            }
            if !moved || self.work <= 0 {
                break;
            }
        }
    }

    /// Puts a box into the nearest cell where it stands on nothing.
    fn find_cell(&mut self, node: usize) -> Option<()> {
        let start = self.arrangement.row[node];
        let last = self.last_row() + 2;
        let mut rows: Vec<i32> = (0..=last).collect();
        rows.sort_by_key(|row| ((row - start).abs(), -row));
        for row in rows {
            self.arrangement.set(&[(node, row)]);
            if self.arrangement.is_sound([node]) {
                return Some(());
            }
        }
        None
    }

    fn last_row(&self) -> i32 {
        self.arrangement.row.iter().copied().max().unwrap_or(0)
    }

    /// Makes the change if it is sound and costs less than the best so far.
    fn attempt(&mut self, changes: &[(usize, i32)], focus: &[usize], best: &mut i32) -> bool {
        if changes.iter().any(|(node, row)| *row < 0 || self.locked[*node]) {
            return false;
        }
        let before = self.arrangement.keep(changes.iter().map(|(node, _)| *node));
        self.arrangement.set(changes);
        if self.arrangement.is_sound(changes.iter().map(|(node, _)| *node)) {
            let cost = self.price(focus);
            if cost < *best {
                *best = cost;
                return true;
            }
        }
        self.arrangement.set(&before);
        false
    }

    fn price(&mut self, focus: &[usize]) -> i32 {
        let graph = self.arrangement.graph;
        let touched: usize = focus.iter().map(|node| graph.touching[*node].len() + 1).sum();
        self.work -= i64::from(coordinate(touched * graph.edges.len()));
        if self.work <= 0 { i32::MAX } else { self.arrangement.cost(focus) }
    }

    /// To any other row, changing places with whoever stands there.
    fn move_node(&mut self, node: usize) -> bool {
        if self.locked[node] {
            return false;
        }
        let graph = self.arrangement.graph;
        let column = self.arrangement.column[node];
        let mut moved = false;
        for row in 0..=self.last_row() + 1 {
            let own = self.arrangement.row[node];
            if row == own {
                continue;
            }
            let mut changes = vec![(node, row)];
            let there = graph
                .nodes
                .indices()
                .find(|other| self.arrangement.column[*other] == column && self.arrangement.row[*other] == row);
            changes.extend(there.map(|other| (other, own)));
            let focus: Vec<usize> = changes.iter().map(|(node, _)| *node).collect();
            let mut best = self.price(&focus);
            moved |= self.attempt(&changes, &focus, &mut best);
        }
        moved
    }

    /// Into a new row of its own beside a neighbour.
    fn insert_row(&mut self, node: usize) -> bool {
        let graph = self.arrangement.graph;
        let mut best = self.price(&[node]);
        let mut moved = false;
        let mut rows: Vec<i32> = graph.touching[node]
            .iter()
            .map(|edge| self.arrangement.row[graph.other(*edge, node)])
            .flat_map(|row| [row, row + 1])
            .collect();
        rows.sort_unstable();
        rows.dedup();
        for row in rows {
            let lowered = |other: usize| {
                let at = self.arrangement.row[other];
                if at >= row { at + 1 } else { at }
            };
            let changes: Vec<(usize, i32)> =
                graph.nodes.indices().map(|other| (other, if other == node { row } else { lowered(other) })).collect();
            moved |= self.attempt(&changes, &[node], &mut best);
        }
        moved
    }

    /// A zone as a whole.
    fn move_zone(&mut self, zone: usize) -> bool {
        let members = self.arrangement.members[zone].clone();
        if members.is_empty() {
            return false;
        }
        let mut best = self.price(&members);
        let mut moved = false;
        let reach = self.last_row() + 1;
        for step in (1..=reach).flat_map(|step| [-step, step]) {
            let changes = self.shifted(&members, step);
            moved |= self.attempt(&changes, &members, &mut best);
        }
        moved
    }

    fn shifted(&self, nodes: &[usize], step: i32) -> Vec<(usize, i32)> {
        nodes.iter().map(|node| (*node, self.arrangement.row[*node] + step)).collect()
    }

    /// Two neighbours within a zone change places.
    fn swap_items(&mut self, parent: Option<usize>) -> bool {
        let inner = self.arrangement.graph.inside(parent);
        let items: Vec<Item> = inner
            .nodes
            .iter()
            .map(|node| Item::Node(*node))
            .chain(inner.zones.iter().map(|zone| Item::Zone(*zone)))
            .collect();
        let mut moved = false;
        for one in &items {
            for other in &items {
                let (above, below) = (self.arrangement.cells(*one), self.arrangement.cells(*other));
                let shared = above.left <= below.right && below.left <= above.right;
                // Two boxes change places in `move_node`.
                let boxes = matches!((one, other), (Item::Node(_), Item::Node(_)));
                if above.bottom >= below.top || !shared || boxes {
                    continue;
                }
                let (upper, lower) = (self.nodes_of(*one), self.nodes_of(*other));
                let mut changes = self.shifted(&upper, below.bottom - above.bottom);
                changes.extend(self.shifted(&lower, above.top - below.top));
                let focus: Vec<usize> = upper.into_iter().chain(lower).collect();
                let mut best = self.price(&focus);
                moved |= self.attempt(&changes, &focus, &mut best);
            }
        }
        moved
    }

    fn nodes_of(&self, item: Item) -> Vec<usize> {
        match item {
            Item::Node(node) => vec![node],
            Item::Zone(zone) => self.arrangement.members[zone].clone(),
        }
    }
}

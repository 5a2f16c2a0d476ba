//! Which column each box stands in.
//!
//! Longest path from where flows begin, after the rings have been cut in the
//! order of ids; then boxes move a column or two where that shortens flows,
//! closes holes in zones, or saves a column.

use super::boxes::Role;
use super::clean::Graph;
use super::dense::{Dense, coordinate, size};
use super::pins::Pinned;

/// Rounds of improvement; more change nothing in practice.
const ROUNDS: usize = 5;

/// A hole in a zone costs about as much as a flow that is one column longer.
const HOLE: i32 = 9;

/// A column that two zones share: they must lie one above the other.
const SHARED: i32 = 12;
const STACKED: i32 = 3;

/// Each column beyond the fourth, more and more beyond the fifth and the seventh: the picture grows wider than a page.
const COLUMN: i32 = 7;

/// The column of each node, from zero and without empty ones.
pub fn assign(graph: &Graph, pinned: &Pinned) -> Dense<i32> {
    let back = cut_rings(graph);
    let members = graph.zones.indices().map(|zone| graph.members(zone)).collect();
    let mut columns = Columns { graph, pinned, column: longest_path(graph, &back), back, members };
    columns.keep_pinned();
    for _ in 0..ROUNDS {
        if !columns.improve() {
            break;
        }
    }
    columns.settle_lonely();
    columns.close_up();
    columns.column
}

/// True for each edge that would close a ring: it is drawn against the stream.
fn cut_rings(graph: &Graph) -> Dense<bool> {
    let mut back = Dense::filled(false, graph.edges.len());
    let mut state = Dense::filled(0_u8, graph.nodes.len());
    for root in roots(graph) {
        if state[root] != 0 {
            continue;
        }
        let mut stack = vec![(root, outgoing(graph, root))];
        state[root] = 1;
        while let Some((node, rest)) = stack.last_mut() {
            let Some(edge) = rest.pop() else {
                state[*node] = 2;
                stack.pop();
                continue;
            };
            let to = graph.edges[edge].to;
            match state[to] {
                0 => {
                    state[to] = 1;
                    stack.push((to, outgoing(graph, to)));
                }
                1 => back[edge] = true,
                _ => {}
            }
        }
    }
    back
}

/// Where to begin: outside with something to say, then what nothing flows into, then the rest.
fn roots(graph: &Graph) -> Vec<usize> {
    let class = |node: usize| {
        let sends = graph.touching[node].iter().any(|edge| graph.edges[*edge].from == node);
        let receives = graph.touching[node].iter().any(|edge| graph.edges[*edge].to == node);
        match (graph.nodes[node].role, sends, receives) {
            (Role::Outside, true, _) => 0,
            (_, true, false) => 1,
            _ => 2,
        }
    };
    let mut roots = graph.by_id.clone();
    roots.sort_by_key(|node| class(*node));
    roots
}

/// Edges that leave a node, so that the one to the first id is taken from the end.
fn outgoing(graph: &Graph, node: usize) -> Vec<usize> {
    let mut edges: Vec<usize> =
        graph.touching[node].iter().copied().filter(|edge| graph.edges[*edge].from == node).collect();
    edges.sort_by(|a, b| {
        let id = |edge: usize| &graph.nodes[graph.edges[edge].to].id;
        id(*b).cmp(id(*a)).then(b.cmp(a))
    });
    edges
}

fn longest_path(graph: &Graph, back: &Dense<bool>) -> Dense<i32> {
    let mut column = Dense::filled(0, graph.nodes.len());
    let mut waits = Dense::filled(0_usize, graph.nodes.len());
    let forward = |edge: usize| !back[edge] && graph.edges[edge].from != graph.edges[edge].to;
    for edge in graph.edges.indices().filter(|edge| forward(*edge)) {
        waits[graph.edges[edge].to] += 1;
    }
    let mut ready: Vec<usize> = graph.by_id.iter().copied().filter(|node| waits[*node] == 0).collect();
    while let Some(node) = ready.pop() {
        for edge in graph.touching[node].iter().copied().filter(|edge| forward(*edge)) {
            let to = graph.edges[edge].to;
            if graph.edges[edge].from != node {
                continue;
            }
            column[to] = column[to].max(column[node] + 1);
            waits[to] -= 1;
            if waits[to] == 0 {
                ready.push(to);
            }
        }
    }
    column
}

struct Columns<'a> {
    graph: &'a Graph,
    pinned: &'a Pinned,
    column: Dense<i32>,
    back: Dense<bool>,
    members: Dense<Vec<usize>>,
}

impl Columns<'_> {
    /// Pinned boxes stand where they stood; a new one begins beside a pinned neighbour.
    fn keep_pinned(&mut self) {
        for node in self.graph.nodes.indices() {
            if let Some((column, _)) = self.pinned.cell(node) {
                self.column[node] = column;
            } else if self.pinned.any() {
                let near = self.graph.touching[node].iter().find_map(|edge| {
                    let cell = self.pinned.cell(self.graph.other(*edge, node))?;
                    let step = if self.graph.edges[*edge].from == node { -1 } else { 1 };
                    Some((cell.0 + step).max(0))
                });
                self.column[node] = near.unwrap_or(0);
            }
        }
    }

    /// One round over all boxes and groups; true where something moved.
    fn improve(&mut self) -> bool {
        let mut moved = false;
        for node in self.graph.by_id.clone() {
            if self.graph.touching[node].is_empty() {
                continue;
            }
            moved |= self.try_group(&[node]);
            moved |= self.try_group(&self.stream(node, true));
            moved |= self.try_group(&self.stream(node, false));
        }
        for zone in self.graph.zones.indices() {
            moved |= self.try_group(&self.members[zone].clone());
        }
        moved
    }

    /// A box and everything down (or up) the stream from it.
    fn stream(&self, start: usize, down: bool) -> Vec<usize> {
        let mut found = vec![start];
        let mut at = 0;
        while let Some(node) = found.get(at).copied() {
            at += 1;
            for edge in self.graph.touching[node].iter().copied().filter(|edge| !self.back[*edge]) {
                let (near, far) = (self.graph.edges[edge].from, self.graph.edges[edge].to);
                let (near, far) = if down { (near, far) } else { (far, near) };
                if near == node && !found.contains(&far) {
                    found.push(far);
                }
            }
        }
        found
    }

    /// Moves a group by up to three columns if that is better.
    fn try_group(&mut self, group: &[usize]) -> bool {
        if group.is_empty() || group.iter().any(|node| self.pinned.cell(*node).is_some()) {
            return false;
        }
        let lowest = group.iter().map(|node| self.column[*node]).min().unwrap_or(0);
        let before = self.cost(group);
        let mut best = (before, 0);
        for step in [-1, 1, -2, 2, -3, 3] {
            if lowest + step < 0 {
                continue;
            }
            self.shift(group, step);
            let cost = self.cost(group);
            self.shift(group, -step);
            if cost < best.0 {
                best = (cost, step);
            }
        }
        self.shift(group, best.1);
        best.1 != 0
    }

    fn shift(&mut self, group: &[usize], step: i32) {
        for node in group {
            self.column[*node] += step;
        }
    }

    /// What the picture costs as far as this group is concerned.
    fn cost(&self, group: &[usize]) -> i32 {
        let mut edges: Vec<usize> = group.iter().flat_map(|node| self.graph.touching[*node].iter().copied()).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut zones: Vec<usize> =
            group.iter().flat_map(|node| self.graph.around(self.graph.nodes[*node].zone)).collect();
        zones.sort_unstable();
        zones.dedup();
        edges.iter().map(|edge| self.edge_cost(*edge)).sum::<i32>()
            + zones.iter().map(|zone| self.hole_cost(*zone)).sum::<i32>()
            + self.shared_cost()
            + self.column_cost()
    }

    /// Columns that zones side by side in the tree have in common.
    fn shared_cost(&self) -> i32 {
        let ranges: Vec<(i32, i32)> = self
            .graph
            .top
            .zones
            .iter()
            .map(|zone| {
                let columns = || self.members[*zone].iter().map(|node| self.column[*node]);
                (columns().min().unwrap_or(0), columns().max().unwrap_or(-1))
            })
            .collect();
        let mut cost = 0;
        for (at, one) in ranges.iter().enumerate() {
            for other in ranges.iter().skip(at + 1) {
                let shared = (one.1.min(other.1) - one.0.max(other.0) + 1).max(0);
                // Zones of equal width stack well; a wide one bars its rows for a narrow one.
                let even = one.1 - one.0 == other.1 - other.0;
                cost += shared * if even { STACKED } else { SHARED };
            }
        }
        cost
    }

    fn edge_cost(&self, index: usize) -> i32 {
        let edge = &self.graph.edges[index];
        if edge.from == edge.to {
            return 0;
        }
        let distance = self.column[edge.to] - self.column[edge.from];
        if self.back[index] {
            return 4 * distance.abs();
        }
        match distance {
            1 => 0,
            0 => self.hanging_cost(edge.from, edge.to),
            2.. => 10 * (distance - 1),
            _ => 40 - 14 * distance,
        }
    }

    /// A store may stand below or above what uses it; two in a row are one too many.
    fn hanging_cost(&self, from: usize, to: usize) -> i32 {
        let roles = (self.graph.nodes[from].role, self.graph.nodes[to].role);
        let zones = (self.graph.nodes[from].zone, self.graph.nodes[to].zone);
        let near = zones.0 == zones.1 || {
            let parent = |zone: Option<usize>| zone.and_then(|zone| self.graph.zones[zone].parent);
            parent(zones.0) == zones.1 || parent(zones.1) == zones.0
        };
        let hangs = near && (roles.0 == Role::Store) != (roles.1 == Role::Store);
        let crowded = [from, to].into_iter().any(|node| {
            let neighbours = self.graph.touching[node]
                .iter()
                .map(|edge| self.graph.other(*edge, node))
                .filter(|other| *other != node && self.column[*other] == self.column[node]);
            neighbours.count() > 2
        });
        match (hangs, crowded) {
            (true, false) => 4,
            (true, true) => 14,
            _ => 20,
        }
    }

    /// Columns within a zone that hold none of its boxes.
    fn hole_cost(&self, zone: usize) -> i32 {
        let mut columns: Vec<i32> = self.members[zone].iter().map(|node| self.column[*node]).collect();
        columns.sort_unstable();
        columns.dedup();
        match (columns.first(), columns.last()) {
            (Some(first), Some(last)) => HOLE * (last - first + 1 - coordinate(columns.len())),
            _ => 0,
        }
    }

    /// Many columns make the picture wide, many boxes in one make it tall.
    fn column_cost(&self) -> i32 {
        let mut counts: Vec<i32> = Vec::new();
        for column in self.column.iter() {
            let column = size(*column);
            if counts.len() <= column {
                counts.resize(column + 1, 0);
            }
            if let Some(count) = counts.get_mut(column) {
                *count += 1;
            }
        }
        let used = coordinate(counts.iter().filter(|count| **count > 0).count());
        let tall: i32 = counts.iter().map(|count| (count - 6).max(0).pow(2)).sum();
        COLUMN * ((used - 4).max(0) + 2 * (used - 5).max(0) + 6 * (used - 7).max(0)) + tall
    }

    /// Boxes without flows fill up the emptiest column of their zone.
    fn settle_lonely(&mut self) {
        for node in self.graph.by_id.clone() {
            if !self.graph.touching[node].is_empty() || self.pinned.cell(node).is_some() {
                continue;
            }
            let range = self.connected_range(node);
            let load = |column: i32| self.column.iter().filter(|other| **other == column).count();
            self.column[node] = range.min_by_key(|column| load(*column)).unwrap_or(0);
        }
    }

    /// Columns of the smallest zone around a box that has connected boxes, or all columns.
    fn connected_range(&self, node: usize) -> std::ops::RangeInclusive<i32> {
        let mut groups: Vec<Vec<usize>> =
            self.graph.around(self.graph.nodes[node].zone).into_iter().map(|zone| self.graph.members(zone)).collect();
        groups.push(self.graph.nodes.indices().collect());
        for group in groups {
            let columns = || {
                group.iter().filter(|other| !self.graph.touching[**other].is_empty()).map(|other| self.column[*other])
            };
            if let (Some(first), Some(last)) = (columns().min(), columns().max()) {
                return first..=last;
            }
        }
        // Nothing flows at all: a block about as wide as it is high.
        let mut width = 1;
        while width * width < coordinate(self.graph.nodes.len()) {
            width += 1;
        }
        0..=(width - 1).min(7)
    }

    /// Numbers the columns in use from zero.
    fn close_up(&mut self) {
        let mut used: Vec<i32> = self.column.iter().copied().collect();
        used.sort_unstable();
        used.dedup();
        for node in self.column.indices() {
            self.column[node] = coordinate(used.partition_point(|column| *column < self.column[node]));
        }
    }
}

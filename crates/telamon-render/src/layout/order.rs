//! The order of boxes from top to bottom: barycentre sweeps that keep the
//! members of a zone together.

use super::clean::{Graph, Inner};
use super::dense::{Dense, coordinate};

/// Sweeps from side to side; the order settles after fewer.
const SWEEPS: usize = 12;

/// One step between neighbours, so that a mean keeps some digits.
const STEP: i64 = 1_000;

/// Orders to try: after each sweep the boxes, from the topmost.
pub fn orders(graph: &Graph, column: &Dense<i32>) -> Vec<Vec<usize>> {
    let mut place: Dense<i64> = Dense::filled(0, graph.nodes.len());
    for (rank, node) in (0_i64..).zip(&graph.by_id) {
        place[*node] = rank * STEP;
    }
    let mut found = Vec::new();
    for sweep in 0..SWEEPS {
        let order = flatten(graph, &place);
        for (rank, node) in (0_i64..).zip(&order) {
            place[*node] = rank * STEP;
        }
        if !found.contains(&order) {
            found.push(order);
        }
        pull(graph, column, &mut place, sweep % 2 == 0);
    }
    found
}

/// Moves each box to the mean of its neighbours on one side, column by column.
fn pull(graph: &Graph, column: &Dense<i32>, place: &mut Dense<i64>, rightwards: bool) {
    let mut nodes = graph.by_id.clone();
    nodes.sort_by_key(|node| if rightwards { column[*node] } else { -column[*node] });
    for node in nodes {
        let mut sum = 0;
        let mut count = 0;
        for edge in &graph.touching[node] {
            let other = graph.other(*edge, node);
            let behind = if rightwards { column[other] <= column[node] } else { column[other] >= column[node] };
            if other != node && behind {
                let weight = if graph.edges[*edge].heavy { 2 } else { 1 };
                sum += weight * place[other];
                count += weight;
            }
        }
        if count > 0 {
            place[node] = sum / count;
        }
    }
}

/// All boxes from the topmost, each zone in one piece at the mean of its members.
fn flatten(graph: &Graph, place: &Dense<i64>) -> Vec<usize> {
    let mut order = Vec::with_capacity(graph.nodes.len());
    append(graph, place, &graph.top, &mut order);
    order
}

fn append(graph: &Graph, place: &Dense<i64>, inner: &Inner, order: &mut Vec<usize>) {
    let mut items: Vec<(i64, bool, usize)> = inner.nodes.iter().map(|node| (place[*node], false, *node)).collect();
    for zone in &inner.zones {
        let members = graph.members(*zone);
        let sum: i64 = members.iter().map(|node| place[*node]).sum();
        items.push((sum / i64::from(coordinate(members.len()).max(1)), true, *zone));
    }
    items.sort_by_key(|(place, is_zone, _)| (*place, *is_zone));
    for (_, is_zone, item) in items {
        if is_zone {
            append(graph, place, &graph.inner[item], order);
        } else {
            order.push(item);
        }
    }
}

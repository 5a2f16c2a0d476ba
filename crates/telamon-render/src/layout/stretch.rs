//! A box with many neighbours grows over free cells above and below it, so that
//! flows to boxes in those rows run straight.

use super::clean::Graph;
use super::sheet::Sheet;

/// Most rows that a box may span.
const SPAN: i32 = 4;

/// Boxes with fewer flows stay small.
const FLOWS: usize = 3;

/// Stretches boxes, those with most flows first.
pub fn stretch(graph: &Graph, sheet: &mut Sheet) {
    let mut hubs: Vec<usize> =
        graph.by_id.iter().copied().filter(|node| graph.touching[*node].len() >= FLOWS).collect();
    hubs.sort_by_key(|node| std::cmp::Reverse(graph.touching[*node].len()));
    for node in hubs {
        let (up, down) = (reach(graph, sheet, node, -1), reach(graph, sheet, node, 1));
        let row = sheet.nodes[node].top;
        let (top, bottom) = fit(row, up, down);
        sheet.stretch(node, top, bottom);
    }
}

/// Keeps a span short enough, giving up the longer arm first.
fn fit(row: i32, up: i32, down: i32) -> (i32, i32) {
    let (mut up, mut down) = (up, down);
    while up + down + 1 > SPAN {
        if up > down { up -= 1 } else { down -= 1 }
    }
    (row - up, row + down)
}

/// How many rows up or down lie free up to the last one that makes a flow straight.
fn reach(graph: &Graph, sheet: &Sheet, node: usize, step: i32) -> i32 {
    let cells = sheet.nodes[node];
    let mut useful = 0;
    for distance in 1..SPAN {
        let row = cells.top + step * distance;
        if !is_free(graph, sheet, node, row) {
            break;
        }
        if straightens(graph, sheet, node, row) {
            useful = distance;
        }
    }
    useful
}

/// True where a cell is empty and lies in the box's own zone, and in no other.
fn is_free(graph: &Graph, sheet: &Sheet, node: usize, row: i32) -> bool {
    let column = sheet.nodes[node].left;
    let around = graph.around(graph.nodes[node].zone);
    let covers = |zone: usize| {
        sheet.zones[zone].is_some_and(|cells| {
            (cells.left..=cells.right).contains(&column) && (cells.top..=cells.bottom).contains(&row)
        })
    };
    (0..sheet.rows).contains(&row)
        && sheet.owner(column, row).is_none()
        && graph.zones.indices().all(|zone| covers(zone) == around.contains(&zone))
}

fn straightens(graph: &Graph, sheet: &Sheet, node: usize, row: i32) -> bool {
    let column = sheet.nodes[node].left;
    graph.touching[node].iter().any(|edge| {
        let other = &sheet.nodes[graph.other(*edge, node)];
        other.left != column && (other.top..=other.bottom).contains(&row) && sheet.free_between(row, column, other.left)
    })
}

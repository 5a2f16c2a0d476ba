//! Input made safe: what points nowhere is dropped, zones form a tree, and
//! everything has a rank by its id so that the order in a file does not matter.

use super::boxes::{Boxes, Edge, Node, Size, Zone};
use super::dense::Dense;

/// Longest side of a box or a caption. A layout of letters never needs more,
/// and sums of it stay far from the end of the numbers.
const LONGEST: i32 = 2_000;

/// How many zones may be around a zone.
const DEEPEST: usize = 8;

/// Boxes whose indices can be trusted.
#[derive(Debug)]
pub struct Graph {
    pub nodes: Dense<Node>,
    pub zones: Dense<Zone>,
    pub edges: Dense<Edge>,
    /// For each edge its index in the input.
    pub origin: Dense<usize>,
    /// How many edges the input had.
    pub given: usize,
    /// For each node the edges that touch it; one that runs in a circle is named once.
    pub touching: Dense<Vec<usize>>,
    /// Nodes in the order of their ids.
    pub by_id: Vec<usize>,
    /// For each zone the zones within it, in the order of their ids, and its own boxes.
    pub inner: Dense<Inner>,
    /// What stands in no zone.
    pub top: Inner,
    /// How many zones are around each zone.
    pub depth: Dense<usize>,
}

/// What stands directly in a zone.
#[derive(Debug, Clone, Default)]
pub struct Inner {
    pub zones: Vec<usize>,
    pub nodes: Vec<usize>,
}

impl Graph {
    /// What stands directly in a zone, or in none.
    pub fn inside(&self, zone: Option<usize>) -> &Inner {
        zone.map_or(&self.top, |zone| &self.inner[zone])
    }

    /// All boxes of a zone and of the zones within it.
    pub fn members(&self, zone: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut rest = vec![zone];
        while let Some(zone) = rest.pop() {
            found.extend(&self.inner[zone].nodes);
            rest.extend(&self.inner[zone].zones);
        }
        found
    }

    /// A zone and those around it, the innermost first.
    pub fn around(&self, zone: Option<usize>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut next = zone;
        while let Some(zone) = next {
            found.push(zone);
            next = self.zones[zone].parent;
        }
        found
    }

    /// The other end of an edge.
    pub fn other(&self, edge: usize, node: usize) -> usize {
        let edge = &self.edges[edge];
        if edge.from == node { edge.to } else { edge.from }
    }
}

/// Makes a graph of the boxes.
pub fn clean(boxes: &Boxes) -> Graph {
    let zones = zones(boxes);
    let nodes: Dense<Node> = boxes
        .nodes
        .iter()
        .map(|node| Node {
            size: bounded(node.size),
            zone: node.zone.filter(|zone| *zone < zones.len()),
            ..node.clone()
        })
        .collect();
    let kept: Vec<(usize, &Edge)> =
        boxes.edges.iter().enumerate().filter(|(_, edge)| edge.from < nodes.len() && edge.to < nodes.len()).collect();
    let edges: Dense<Edge> =
        kept.iter().map(|(_, edge)| Edge { label: edge.label.map(bounded), ..(*edge).clone() }).collect();
    let mut touching = Dense::filled(Vec::new(), nodes.len());
    for (index, edge) in edges.iter().enumerate() {
        touching[edge.from].push(index);
        if edge.to != edge.from {
            touching[edge.to].push(index);
        }
    }
    let mut by_id: Vec<usize> = nodes.indices().collect();
    by_id.sort_by(|a, b| nodes[*a].id.cmp(&nodes[*b].id).then(a.cmp(b)));
    let mut zones_by_id: Vec<usize> = zones.indices().collect();
    zones_by_id.sort_by(|a, b| zones[*a].id.cmp(&zones[*b].id).then(a.cmp(b)));
    let (inner, top) = tree(&nodes, &zones, &by_id, &zones_by_id);
    let mut graph = Graph {
        depth: Dense::filled(0, zones.len()),
        origin: kept.iter().map(|(index, _)| *index).collect(),
        given: boxes.edges.len(),
        nodes,
        zones,
        edges,
        touching,
        by_id,
        inner,
        top,
    };
    for zone in graph.zones.indices() {
        graph.depth[zone] = graph.around(Some(zone)).len() - 1;
    }
    graph
}

fn bounded(size: Size) -> Size {
    Size { width: size.width.clamp(0, LONGEST), height: size.height.clamp(0, LONGEST) }
}

/// Zones without dangling parents and without rings of parents.
fn zones(boxes: &Boxes) -> Dense<Zone> {
    let count = boxes.zones.len();
    let mut zones: Dense<Zone> = boxes
        .zones
        .iter()
        .map(|zone| Zone {
            parent: zone.parent.filter(|parent| *parent < count),
            title: zone.title.clamp(0, LONGEST),
            ..zone.clone()
        })
        .collect();
    for start in zones.indices() {
        let mut at = start;
        for _ in 0..count {
            match zones[at].parent {
                Some(parent) if parent == start => zones[start].parent = None,
                Some(parent) => at = parent,
                None => break,
            }
        }
    }
    flatten(&mut zones);
    zones
}

/// Lifts zones that lie too deep: more frames within frames cannot be told apart.
fn flatten(zones: &mut Dense<Zone>) {
    for zone in zones.indices() {
        let mut around = Vec::new();
        let mut next = zones[zone].parent;
        while let Some(parent) = next {
            around.push(parent);
            next = zones[parent].parent;
        }
        if around.len() > DEEPEST {
            zones[zone].parent = around.get(around.len() - DEEPEST).copied();
        }
    }
}

/// What stands in what, leaving out zones without a box.
fn tree(nodes: &Dense<Node>, zones: &Dense<Zone>, by_id: &[usize], zones_by_id: &[usize]) -> (Dense<Inner>, Inner) {
    let mut inner = Dense::filled(Inner::default(), zones.len());
    let mut top = Inner::default();
    let mut used = Dense::filled(false, zones.len());
    for node in by_id.iter().copied() {
        match nodes[node].zone {
            Some(zone) => inner[zone].nodes.push(node),
            None => top.nodes.push(node),
        }
        let mut next = nodes[node].zone;
        while let Some(zone) = next.filter(|zone| !used[*zone]) {
            used[zone] = true;
            next = zones[zone].parent;
        }
    }
    for zone in zones_by_id.iter().copied().filter(|zone| used[*zone]) {
        match zones[zone].parent {
            Some(parent) => inner[parent].zones.push(zone),
            None => top.zones.push(zone),
        }
    }
    (inner, top)
}

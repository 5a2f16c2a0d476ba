//! Where boxes and zones stand.

use super::Pins;
use std::collections::{BTreeMap, BTreeSet};
use telamon_engine::analysis::{Analysis, Component, Severity, Status};

/// Height of a box.
pub(super) const HEIGHT: i32 = 52;
/// Between columns: captions and tracks stand here.
pub(super) const GAP: i32 = 156;
/// Between rows: long lines run here.
const ROW_GAP: i32 = 44;
/// Around the members of a zone.
const PAD: i32 = 18;
/// For the name of a zone.
const HEAD: i32 = 26;
/// Room above everything, for the legend.
pub(super) const TOP: i32 = 44;

/// A component, or a folded zone.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) element: String,
    pub(super) ai: bool,
    pub(super) zone: usize,
    pub(super) column: usize,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) open: usize,
    pub(super) worst: Option<Severity>,
}

/// A zone with its rectangle.
#[derive(Debug, Clone)]
pub(super) struct Area {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) trust: String,
    pub(super) parent: Option<usize>,
    pub(super) depth: usize,
    pub(super) rect: Option<(i32, i32, i32, i32)>,
}

/// A line between two nodes; flows of a pair share one.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) captions: Vec<String>,
    pub(super) both: bool,
}

/// Everything that is drawn.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) boxes: Vec<Node>,
    pub(super) areas: Vec<Area>,
    pub(super) links: Vec<Link>,
    pub(super) width: i32,
    pub(super) height: i32,
}

pub(super) fn scene(analysis: &Analysis, fold: usize, pins: &Pins) -> Scene {
    let mut areas: Vec<Area> = analysis
        .zones
        .iter()
        .map(|zone| Area {
            id: zone.id.clone(),
            name: zone.name.clone(),
            trust: zone.trust.clone(),
            parent: None,
            depth: 0,
            rect: None,
        })
        .collect();
    let number: BTreeMap<&str, usize> =
        analysis.zones.iter().enumerate().map(|(at, zone)| (zone.id.as_str(), at)).collect();
    for (at, zone) in analysis.zones.iter().enumerate() {
        let parent = zone.parent.as_deref().and_then(|id| number.get(id).copied());
        if let Some(area) = areas.get_mut(at) {
            area.parent = parent;
        }
    }
    for at in 0..areas.len() {
        let depth = chain(&areas, at).len() - 1;
        if let Some(area) = areas.get_mut(at) {
            area.depth = depth;
        }
    }
    let folded = analysis.components.len() > fold;
    let counts = threats(analysis);
    let mut boxes: Vec<Node> = if folded {
        folded_nodes(analysis, &number, &counts)
    } else {
        analysis.components.iter().map(|component| node(component, &number, &counts)).collect()
    };
    let links = links(analysis, &boxes, folded);
    columns(&mut boxes, &links);
    rows(&mut boxes, &areas, &links);
    for node in &mut boxes {
        if let Some((x, y)) = pins.0.get(&node.id) {
            (node.x, node.y) = ((*x).clamp(0, 20_000), (*y).clamp(TOP, 20_000));
        }
    }
    frame(&boxes, &mut areas);
    let right = boxes
        .iter()
        .map(|node| node.x + node.width)
        .chain(areas.iter().filter_map(|area| area.rect.map(|(_, _, x, _)| x)));
    let bottom =
        boxes.iter().map(|node| node.y + HEIGHT).chain(areas.iter().filter_map(|area| area.rect.map(|(_, _, _, y)| y)));
    let (width, height) = (right.max().unwrap_or(300) + 10 + GAP / 2, bottom.max().unwrap_or(100) + 24);
    Scene { boxes, areas, links, width, height }
}

/// A zone and those that enclose it.
pub(super) fn chain(areas: &[Area], at: usize) -> Vec<usize> {
    let mut chain = vec![at];
    let mut here = at;
    while let Some(parent) = areas.get(here).and_then(|area| area.parent) {
        if chain.contains(&parent) {
            break;
        }
        chain.push(parent);
        here = parent;
    }
    chain
}

type Counts<'a> = BTreeMap<&'a str, (usize, Severity)>;

/// Open threats and the worst severity, by component.
fn threats(analysis: &Analysis) -> Counts<'_> {
    let mut counts: Counts<'_> = BTreeMap::new();
    for threat in &analysis.threats {
        if !matches!(threat.status, Status::Open | Status::Planned | Status::Review) {
            continue;
        }
        let severity = threat.risk.rated.map_or(threat.severity, |rated| rated.severity);
        let entry = counts.entry(&threat.component).or_insert((0, severity));
        entry.0 += 1;
        entry.1 = entry.1.max(severity);
    }
    counts
}

fn wide(text: &str) -> i32 {
    i32::try_from(text.chars().count().min(26)).unwrap_or(26) * 8 + 30
}

fn node(component: &Component, zones: &BTreeMap<&str, usize>, counts: &Counts<'_>) -> Node {
    let kind = component.kinds.first().map_or(String::new(), |kind| kind.replace('-', " "));
    let count = counts.get(component.id.as_str());
    Node {
        width: wide(&component.name).max(wide(&kind)).max(112),
        id: component.id.clone(),
        name: component.name.clone(),
        kind,
        element: component.element.clone(),
        ai: component.ai,
        zone: zones.get(component.zone.as_str()).copied().unwrap_or(0),
        column: 0,
        x: 0,
        y: 0,
        open: count.map_or(0, |count| count.0),
        worst: count.map(|count| count.1),
    }
}

fn folded_nodes(analysis: &Analysis, zones: &BTreeMap<&str, usize>, counts: &Counts<'_>) -> Vec<Node> {
    let mut nodes = Vec::new();
    for zone in &analysis.zones {
        let members: Vec<&Component> =
            analysis.components.iter().filter(|component| component.zone == zone.id).collect();
        if members.is_empty() {
            continue;
        }
        let open = members.iter().filter_map(|member| counts.get(member.id.as_str())).map(|count| count.0).sum();
        let worst = members.iter().filter_map(|member| counts.get(member.id.as_str())).map(|count| count.1).max();
        let kind = format!("{} components", members.len());
        nodes.push(Node {
            width: wide(&zone.name).max(wide(&kind)),
            id: zone.id.clone(),
            name: zone.name.clone(),
            kind,
            element: "process".into(),
            ai: members.iter().any(|member| member.ai),
            zone: zones.get(zone.id.as_str()).copied().unwrap_or(0),
            column: 0,
            x: 0,
            y: 0,
            open,
            worst,
        });
    }
    nodes
}

fn links(analysis: &Analysis, boxes: &[Node], folded: bool) -> Vec<Link> {
    let at: BTreeMap<&str, usize> = boxes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
    let zone_of: BTreeMap<&str, &str> =
        analysis.components.iter().map(|component| (component.id.as_str(), component.zone.as_str())).collect();
    let find = |id: &str| {
        let id = if folded { zone_of.get(id).copied().unwrap_or("") } else { id };
        at.get(id).copied()
    };
    let mut links: Vec<Link> = Vec::new();
    for flow in &analysis.flows {
        let (Some(from), Some(to)) = (find(&flow.from), find(&flow.to)) else { continue };
        if from == to {
            continue;
        }
        let known =
            links.iter_mut().find(|link| (link.from, link.to) == (from, to) || (link.to, link.from) == (from, to));
        match known {
            Some(link) => {
                link.both |= link.from == to;
                if !flow.caption.is_empty() {
                    link.captions.push(flow.caption.clone());
                }
            }
            None => links.push(Link {
                from,
                to,
                captions: Some(flow.caption.clone()).filter(|caption| !caption.is_empty()).into_iter().collect(),
                both: false,
            }),
        }
    }
    links
}

/// The column of a node is the longest way to it; a link back to a node on the way is left aside.
fn columns(boxes: &mut [Node], links: &[Link]) {
    let count = boxes.len();
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    for link in links {
        if let Some(list) = next.get_mut(link.from) {
            list.push(link.to);
        }
    }
    // External entities begin the walk, so that what they call comes to their right.
    let mut starts: Vec<usize> = (0..count).collect();
    starts.sort_by_key(|at| (boxes.get(*at).is_none_or(|node| node.element != "external-entity"), *at));
    let mut state = vec![0u8; count];
    let mut forward: Vec<(usize, usize)> = Vec::new();
    let mut order: Vec<usize> = Vec::new();
    for start in starts {
        let mut stack = vec![(start, 0usize)];
        if state.get(start).copied() != Some(0) {
            continue;
        }
        if let Some(slot) = state.get_mut(start) {
            *slot = 1;
        }
        while let Some((at, done)) = stack.pop() {
            let target = next.get(at).and_then(|list| list.get(done)).copied();
            match target {
                Some(target) => {
                    stack.push((at, done + 1));
                    match state.get(target).copied() {
                        Some(0) => {
                            forward.push((at, target));
                            if let Some(slot) = state.get_mut(target) {
                                *slot = 1;
                            }
                            stack.push((target, 0));
                        }
                        Some(2) => forward.push((at, target)),
                        _ => {}
                    }
                }
                None => {
                    if let Some(slot) = state.get_mut(at) {
                        *slot = 2;
                    }
                    order.push(at);
                }
            }
        }
    }
    order.reverse();
    for at in order {
        let here = boxes.get(at).map_or(0, |node| node.column);
        for (from, to) in &forward {
            if *from == at
                && let Some(node) = boxes.get_mut(*to)
            {
                node.column = node.column.max(here + 1);
            }
        }
    }
    // What only receives from the left edge may move right up to its first reader; what nothing flows to moves near its reader.
    for at in 0..count {
        let incoming = forward.iter().any(|(_, to)| *to == at);
        let nearest = forward
            .iter()
            .filter(|(from, _)| *from == at)
            .filter_map(|(_, to)| boxes.get(*to))
            .map(|node| node.column)
            .min();
        if let (false, Some(nearest)) = (incoming, nearest)
            && let Some(node) = boxes.get_mut(at)
        {
            node.column = nearest.saturating_sub(1);
        }
    }
}

/// Rows within zones, and zones packed so that their column ranges do not overlap.
fn rows(boxes: &mut [Node], areas: &[Area], links: &[Link]) {
    let last = boxes.iter().map(|node| node.column).max().unwrap_or(0);
    // Lines that come back to the first column need a channel on its left.
    let column = |at: usize| boxes.get(at).map_or(0, |node| node.column);
    let back = links.iter().any(|link| column(link.to) == 0 && column(link.from) > 0);
    let margin = if back { 124 } else { 0 };
    let mut left = vec![0i32; last + 2];
    for column in 0..=last {
        let widest = boxes.iter().filter(|node| node.column == column).map(|node| node.width).max().unwrap_or(112);
        let start = left.get(column).copied().unwrap_or(0);
        let start = if column == 0 { PAD + 10 + margin } else { start };
        if let Some(slot) = left.get_mut(column) {
            *slot = start;
        }
        if let Some(slot) = left.get_mut(column + 1) {
            *slot = start + widest + GAP;
        }
    }
    let root = |zone: usize| chain(areas, zone).last().copied().unwrap_or(zone);
    let mut roots: Vec<usize> = boxes.iter().map(|node| root(node.zone)).collect::<BTreeSet<_>>().into_iter().collect();
    let mean = |zone: usize| {
        let own: Vec<usize> = boxes.iter().filter(|node| root(node.zone) == zone).map(|node| node.column).collect();
        own.iter().sum::<usize>() * 100 / own.len().max(1)
    };
    let size = |zone: usize| boxes.iter().filter(|node| root(node.zone) == zone).count();
    roots.sort_by_key(|zone| (std::cmp::Reverse(size(*zone)), mean(*zone), *zone));
    // The largest zone first; the others find the highest free place beside or below it.
    let mut taken: Vec<(usize, usize, i32, i32)> = Vec::new();
    for zone in roots {
        let members: Vec<usize> =
            (0..boxes.len()).filter(|at| boxes.get(*at).is_some_and(|node| root(node.zone) == zone)).collect();
        let columns: Vec<usize> = members.iter().filter_map(|at| boxes.get(*at)).map(|node| node.column).collect();
        let (first, end) = (columns.iter().min().copied().unwrap_or(0), columns.iter().max().copied().unwrap_or(0));
        // Nested zones stand below each other, each with its own rows.
        let mut inner: Vec<usize> = members.iter().filter_map(|at| boxes.get(*at)).map(|node| node.zone).collect();
        inner.sort_unstable();
        inner.dedup();
        let mut offset = HEAD + PAD;
        let mut heights: Vec<(usize, i32)> = Vec::new();
        for zone in &inner {
            let deep = areas.get(*zone).map_or(0, |area| i32::try_from(area.depth).unwrap_or(0));
            let mut used: BTreeMap<usize, i32> = BTreeMap::new();
            let mut own: Vec<usize> =
                members.iter().copied().filter(|at| boxes.get(*at).is_some_and(|node| node.zone == *zone)).collect();
            own.sort_by_key(|at| (neighbours(*at, boxes, links), *at));
            let start = offset + deep * (HEAD + PAD);
            let mut rows = 0;
            for at in own {
                let column = boxes.get(at).map_or(0, |node| node.column);
                let row = used.entry(column).or_insert(0);
                heights.push((at, start + *row * (HEIGHT + ROW_GAP)));
                *row += 1;
                rows = rows.max(*row);
            }
            offset = start + rows * (HEIGHT + ROW_GAP) + deep * PAD + PAD;
        }
        let height = offset + PAD / 2;
        let mut top = TOP;
        for _ in 0..=taken.len() {
            let clash =
                taken.iter().find(|(a, b, from, to)| *a <= end && *b >= first && *from < top + height && *to > top);
            match clash {
                Some((_, _, _, to)) => top = *to,
                None => break,
            }
        }
        taken.push((first, end, top, top + height));
        for (at, y) in heights {
            if let Some(node) = boxes.get_mut(at) {
                node.y = top + y;
                node.x = left.get(node.column).copied().unwrap_or(0);
            }
        }
    }
}

/// Mean column-row of what a node is linked to, so that neighbours stand level.
fn neighbours(at: usize, boxes: &[Node], links: &[Link]) -> i32 {
    let ys: Vec<i32> = links
        .iter()
        .filter_map(|link| match (link.from == at, link.to == at) {
            (true, _) => boxes.get(link.to),
            (_, true) => boxes.get(link.from),
            _ => None,
        })
        .map(|node| node.y)
        .filter(|y| *y > 0)
        .collect();
    if ys.is_empty() { i32::MAX / 2 } else { ys.iter().sum::<i32>() / i32::try_from(ys.len()).unwrap_or(1) }
}

/// Rectangles of zones: around their members and the zones within.
fn frame(boxes: &[Node], areas: &mut [Area]) {
    for at in 0..areas.len() {
        let mut rect: Option<(i32, i32, i32, i32)> = None;
        for node in boxes {
            let chain = chain(areas, node.zone);
            let Some(level) = chain.iter().position(|zone| *zone == at) else { continue };
            let pad = PAD * (1 + i32::try_from(level).unwrap_or(0));
            let head = HEAD * (1 + i32::try_from(level).unwrap_or(0));
            let own = (node.x - pad, node.y - pad - head + 8, node.x + node.width + pad, node.y + HEIGHT + pad);
            rect = Some(match rect {
                None => own,
                Some((x, y, to_x, to_y)) => (x.min(own.0), y.min(own.1), to_x.max(own.2), to_y.max(own.3)),
            });
        }
        if let Some(area) = areas.get_mut(at) {
            area.rect = rect;
        }
    }
}

//! Orthogonal lines between boxes: they run in the channels between columns and never through a box.

use super::place::{HEIGHT, Node, Scene};
use std::collections::BTreeMap;

/// A line as corner points, from the source's side to the target's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) points: Vec<(i32, i32)>,
}

/// One route for each link of the scene, in their order.
pub(super) fn routes(scene: &Scene) -> Vec<Route> {
    let ports = Ports::of(scene);
    let mut tracks: BTreeMap<i32, i32> = BTreeMap::new();
    let mut lanes: Vec<(i32, i32, i32)> = Vec::new();
    scene
        .links
        .iter()
        .enumerate()
        .map(|(number, link)| {
            let (Some(from), Some(to)) = (scene.boxes.get(link.from), scene.boxes.get(link.to)) else {
                return Route { points: Vec::new() };
            };
            let start = (from.x + from.width, ports.leaves(number, from));
            let forward = to.x > from.x + from.width;
            // A target in the same column is entered from the right as well.
            let same = (to.x - from.x).abs() < 60 && !forward;
            let end_y = ports.enters(number, to);
            let end = if same { (to.x + to.width, end_y) } else { (to.x, end_y) };
            let mut track = |x: i32| {
                let used = tracks.entry(x).or_insert(0);
                *used += 1;
                x + (*used - 1) % 9 * 9
            };
            let out = track(channel(scene, from) + 30);
            if same {
                return Route { points: vec![start, (out, start.1), (out, end.1), end] };
            }
            let near = forward && !blocked(scene, out, end.0, start.1.max(end.1), end.1, link.from, link.to);
            if near {
                return Route { points: vec![start, (out, start.1), (out, end.1), end] };
            }
            let enter = track(before(scene, to) - 110);
            let lane = lane(scene, out.min(enter), out.max(enter), start.1, &mut lanes);
            Route { points: vec![start, (out, start.1), (out, lane), (enter, lane), (enter, end.1), end] }
        })
        .collect()
}

/// Right edge of the column of a node.
fn channel(scene: &Scene, node: &Node) -> i32 {
    scene
        .boxes
        .iter()
        .filter(|other| other.column == node.column)
        .map(|other| other.x + other.width)
        .max()
        .unwrap_or(node.x)
}

/// Left edge of the column of a node.
fn before(scene: &Scene, node: &Node) -> i32 {
    scene.boxes.iter().filter(|other| other.column == node.column).map(|other| other.x).min().unwrap_or(node.x)
}

/// True where a horizontal line at `y` from `x` to `end` would meet a box.
fn blocked(scene: &Scene, x: i32, end: i32, _from: i32, y: i32, source: usize, target: usize) -> bool {
    scene.boxes.iter().enumerate().any(|(at, node)| {
        at != source
            && at != target
            && node.x < end
            && node.x + node.width > x
            && node.y - 6 < y
            && node.y + HEIGHT + 6 > y
    })
}

/// A free height near `wanted` for a long horizontal line: between the rows, apart from other long lines.
fn lane(scene: &Scene, left: i32, right: i32, wanted: i32, lanes: &mut Vec<(i32, i32, i32)>) -> i32 {
    let free = |y: i32, lanes: &[(i32, i32, i32)]| {
        let clear = !scene.boxes.iter().any(|node| {
            node.x - 8 < right && node.x + node.width + 8 > left && node.y - 8 < y && node.y + HEIGHT + 8 > y
        });
        clear && !lanes.iter().any(|(from, to, at)| *from < right && *to > left && (at - y).abs() < 8)
    };
    let mut best = scene.height - 8;
    for step in 0..400 {
        let offset = step * 4;
        let found = [wanted + offset, wanted - offset].into_iter().find(|y| *y > 40 && free(*y, lanes));
        if let Some(y) = found {
            best = y;
            break;
        }
    }
    lanes.push((left, right, best));
    best
}

/// Heights at which lines leave and enter, spread over the side of a box.
struct Ports {
    out: BTreeMap<usize, i32>,
    into: BTreeMap<usize, i32>,
}

impl Ports {
    fn of(scene: &Scene) -> Self {
        let mut ports = Self { out: BTreeMap::new(), into: BTreeMap::new() };
        for at in 0..scene.boxes.len() {
            let mut right: Vec<(i32, usize, bool)> = Vec::new();
            let mut left: Vec<(i32, usize)> = Vec::new();
            for (number, link) in scene.links.iter().enumerate() {
                let y = |at: usize| scene.boxes.get(at).map_or(0, |node| node.y);
                let (from, to) = (scene.boxes.get(link.from), scene.boxes.get(link.to));
                let same = matches!((from, to), (Some(from), Some(to)) if (to.x - from.x).abs() < 60);
                if link.from == at {
                    right.push((y(link.to), number, true));
                }
                if link.to == at {
                    if same {
                        right.push((y(link.from), number, false));
                    } else {
                        left.push((y(link.from), number));
                    }
                }
            }
            right.sort_unstable();
            left.sort_unstable();
            let Some(node) = scene.boxes.get(at) else { continue };
            for (place, (_, number, leaves)) in right.iter().enumerate() {
                let y = spread(node.y, place, right.len());
                if *leaves {
                    ports.out.insert(*number, y)
                } else {
                    ports.into.insert(*number, y)
                };
            }
            for (place, (_, number)) in left.iter().enumerate() {
                ports.into.insert(*number, spread(node.y, place, left.len()));
            }
        }
        ports
    }

    fn leaves(&self, link: usize, node: &Node) -> i32 {
        self.out.get(&link).copied().unwrap_or(node.y + HEIGHT / 2)
    }

    fn enters(&self, link: usize, node: &Node) -> i32 {
        self.into.get(&link).copied().unwrap_or(node.y + HEIGHT / 2)
    }
}

fn spread(top: i32, place: usize, count: usize) -> i32 {
    let (place, count) = (i32::try_from(place).unwrap_or(0), i32::try_from(count).unwrap_or(1));
    top + HEIGHT * (place + 1) / (count + 1)
}

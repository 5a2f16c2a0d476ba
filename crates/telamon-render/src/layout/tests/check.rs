//! The promises of the layout, checked on a picture.

use crate::layout::{Boxes, Placed, Point, Rect};

/// Panics where the picture breaks a promise.
pub fn sound(boxes: &Boxes, placed: &Placed) {
    let picture = Rect { x: 0, y: 0, width: placed.size.width, height: placed.size.height };
    boxes_stand_alone(boxes, placed, picture);
    zones_hold_their_boxes(boxes, placed, picture);
    flows_keep_clear(boxes, placed, picture);
    flows_do_not_lie_on_each_other(placed);
    captions_are_free(boxes, placed, picture);
}

fn pairs<T>(items: &[T]) -> impl Iterator<Item = (usize, &T, usize, &T)> {
    items
        .iter()
        .enumerate()
        .flat_map(move |(a, one)| items.iter().enumerate().skip(a + 1).map(move |(b, other)| (a, one, b, other)))
}

fn boxes_stand_alone(boxes: &Boxes, placed: &Placed, picture: Rect) {
    assert_eq!(placed.nodes.len(), boxes.nodes.len());
    for (node, place) in boxes.nodes.iter().zip(&placed.nodes) {
        assert!(picture.contains(place), "{} leaves the picture", node.id);
        assert!(place.width >= node.size.width && place.height >= node.size.height, "{} is too small", node.id);
    }
    for (a, one, b, other) in pairs(&placed.nodes) {
        assert!(!one.overlaps(other), "box {a} {one:?} lies on box {b} {other:?}");
    }
}

/// The zone of an index and all around it.
fn around(boxes: &Boxes, zone: Option<usize>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut next = zone.filter(|zone| *zone < boxes.zones.len());
    while let Some(zone) = next {
        if found.contains(&zone) {
            break;
        }
        found.push(zone);
        next = boxes.zones[zone].parent.filter(|parent| *parent < boxes.zones.len());
    }
    found
}

fn zones_hold_their_boxes(boxes: &Boxes, placed: &Placed, picture: Rect) {
    let tied = |zone: usize| {
        boxes.zones[zone].parent.is_some_and(|p| p < boxes.zones.len() && around(boxes, Some(p)).contains(&zone))
    };
    if boxes.zones.iter().enumerate().any(|(zone, _)| tied(zone)) {
        return;
    }
    for (zone, drawn) in placed.zones.iter().enumerate() {
        let Some(drawn) = drawn else { continue };
        assert!(picture.contains(&drawn.frame), "zone {zone} leaves the picture");
        assert!(drawn.frame.width >= boxes.zones[zone].title, "zone {zone} is narrower than its title");
        for (node, place) in placed.nodes.iter().enumerate() {
            if around(boxes, boxes.nodes[node].zone).contains(&zone) {
                assert!(drawn.frame.contains(place), "box {node} leaves zone {zone}");
            } else {
                assert!(!drawn.frame.overlaps(place), "box {node} {place:?} lies in foreign zone {zone} {drawn:?}");
            }
        }
    }
    for (a, one, b, other) in pairs(&placed.zones) {
        let (Some(one), Some(other)) = (one, other) else { continue };
        if around(boxes, Some(a)).contains(&b) {
            assert!(other.frame.contains(&one.frame), "zone {a} leaves zone {b}");
        } else if around(boxes, Some(b)).contains(&a) {
            assert!(one.frame.contains(&other.frame), "zone {b} leaves zone {a}");
        } else {
            assert!(!one.frame.overlaps(&other.frame), "zones {a} and {b} overlap");
        }
    }
}

/// The pieces of a way as rectangles without width or height.
fn pieces(points: &[Point]) -> Vec<Rect> {
    points
        .iter()
        .zip(points.iter().skip(1))
        .map(|(a, b)| {
            assert!(a.x == b.x || a.y == b.y, "a flow runs aslant: {points:?}");
            Rect { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }
        })
        .collect()
}

/// True where a piece runs through the inside of a rectangle.
fn through(piece: &Rect, place: &Rect) -> bool {
    piece.x < place.right() && piece.right() > place.x && piece.y < place.bottom() && piece.bottom() > place.y
}

fn on_border(point: Point, place: &Rect) -> bool {
    let across = (place.x..=place.right()).contains(&point.x);
    let down = (place.y..=place.bottom()).contains(&point.y);
    across
        && down
        && (point.x == place.x || point.x == place.right() || point.y == place.y || point.y == place.bottom())
}

fn flows_keep_clear(boxes: &Boxes, placed: &Placed, picture: Rect) {
    for (index, edge) in placed.edges.iter().enumerate() {
        let Some(edge) = edge else { continue };
        let given = &boxes.edges[index];
        assert!(on_border(edge.points[0], &placed.nodes[given.from]), "flow {index} begins beside its box");
        let last = *edge.points.last().unwrap();
        assert!(on_border(last, &placed.nodes[given.to]), "flow {index} ends beside its box");
        for piece in pieces(&edge.points) {
            assert!(picture.contains(&piece), "flow {index} leaves the picture");
            for (node, place) in placed.nodes.iter().enumerate() {
                assert!(!through(&piece, place), "flow {index} runs through box {node}: {:?}", edge.points);
            }
        }
    }
}

fn flows_do_not_lie_on_each_other(placed: &Placed) {
    let all: Vec<Vec<Rect>> =
        placed.edges.iter().map(|edge| edge.as_ref().map_or(Vec::new(), |edge| pieces(&edge.points))).collect();
    for (a, one, b, other) in pairs(&all) {
        for piece in one {
            for second in other {
                let along = |start: i32, length: i32, from: i32, other: i32| {
                    (start + length).min(from + other) - start.max(from) > 0
                };
                let level = piece.height == 0 && second.height == 0 && piece.y == second.y;
                let upright = piece.width == 0 && second.width == 0 && piece.x == second.x;
                let on = (level && along(piece.x, piece.width, second.x, second.width))
                    || (upright && along(piece.y, piece.height, second.y, second.height));
                assert!(!on, "flows {a} and {b} lie on each other at {piece:?} and {second:?}");
            }
        }
    }
}

fn captions_are_free(boxes: &Boxes, placed: &Placed, picture: Rect) {
    let captions: Vec<(usize, Rect)> =
        placed.edges.iter().enumerate().filter_map(|(index, edge)| Some((index, edge.as_ref()?.label?))).collect();
    for (index, edge) in placed.edges.iter().enumerate() {
        let wanted = boxes.edges[index].label.is_some_and(|label| label.width > 0);
        assert!(edge.as_ref().is_none_or(|edge| edge.label.is_some() == wanted), "flow {index} lost its caption");
    }
    for (index, caption) in &captions {
        assert!(picture.contains(caption), "the caption of {index} leaves the picture: {caption:?}");
        for (node, place) in placed.nodes.iter().enumerate() {
            assert!(!caption.overlaps(place), "the caption of {index} lies on box {node}");
        }
        for (other, edge) in placed.edges.iter().enumerate() {
            let Some(edge) = edge else { continue };
            for piece in pieces(&edge.points) {
                assert!(
                    !through(&piece, caption),
                    "flow {other} runs through the caption of {index}: {caption:?} {piece:?}"
                );
            }
        }
    }
    for (_, (a, one), _, (b, other)) in pairs(&captions) {
        assert!(!one.overlaps(other), "the captions of {a} and {b} overlap");
    }
}

//! What must hold for every picture.

mod check;
mod random;

use super::{Boxes, Edge, Node, Pins, Placed, Role, Size, Zone, layout};

/// Boxes from a short notation: `id@zone` or `id`, and `from>to`.
fn boxes(nodes: &[&str], zones: &[(&str, Option<usize>)], edges: &[(usize, usize)]) -> Boxes {
    let node = |text: &&str| {
        let (id, zone) = text.split_once('@').unwrap_or((text, ""));
        Node {
            id: id.to_owned(),
            size: Size { width: 120, height: 52 },
            zone: zones.iter().position(|(name, _)| *name == zone),
            role: Role::Process,
        }
    };
    let edge = |(from, to): &(usize, usize)| Edge {
        from: *from,
        to: *to,
        label: Some(Size { width: 60, height: 14 }),
        mark: false,
        gate: false,
        heavy: false,
    };
    let zone = |(id, parent): &(&str, Option<usize>)| Zone { id: (*id).to_owned(), parent: *parent, title: 90 };
    Boxes {
        nodes: nodes.iter().map(node).collect(),
        zones: zones.iter().map(zone).collect(),
        edges: edges.iter().map(edge).collect(),
    }
}

fn drawn(boxes: &Boxes) -> Placed {
    let placed = layout(boxes, &Pins::default());
    check::sound(boxes, &placed);
    placed
}

#[test]
fn nothing_gives_an_empty_picture() {
    assert!(drawn(&Boxes::default()).nodes.is_empty());
}

#[test]
fn a_chain_runs_straight_from_left_to_right() {
    let placed = drawn(&boxes(&["a", "b", "c"], &[], &[(0, 1), (1, 2)]));
    let [a, b, c] = placed.nodes.as_slice() else { panic!("three boxes") };
    assert!(a.right() < b.x && b.right() < c.x);
    assert!(placed.edges.iter().flatten().all(|edge| edge.points.len() == 2), "{:?}", placed.edges);
}

#[test]
fn a_ring_is_cut_and_drawn() {
    let placed = drawn(&boxes(&["a", "b", "c"], &[], &[(0, 1), (1, 2), (2, 0)]));
    assert_eq!(placed.edges.iter().flatten().count(), 3);
}

#[test]
fn a_flow_may_return_to_its_own_box() {
    let placed = drawn(&boxes(&["a", "b"], &[], &[(0, 0), (0, 0), (0, 1)]));
    let loop_ = placed.edges[0].as_ref().unwrap();
    assert_eq!(loop_.points.len(), 4);
    assert_eq!(loop_.points[0].x, placed.nodes[0].right());
}

#[test]
fn boxes_without_flows_are_drawn_in_their_zone() {
    drawn(&boxes(&["a@z", "b@z", "c@z", "d@y", "e"], &[("z", None), ("y", None)], &[(0, 1)]));
}

#[test]
fn an_empty_zone_is_left_out_and_nested_ones_have_a_depth() {
    let placed = drawn(&boxes(&["a@in", "b@out"], &[("out", None), ("in", Some(0)), ("empty", None)], &[(0, 1)]));
    assert!(placed.zones[2].is_none());
    assert_eq!(placed.zones[1].unwrap().depth, 1);
    assert!(placed.zones[0].unwrap().frame.contains(&placed.zones[1].unwrap().frame));
}

#[test]
fn what_points_nowhere_is_dropped() {
    let mut wrong = boxes(&["a@z", "b"], &[("z", Some(7))], &[(0, 1), (0, 9)]);
    wrong.nodes[1].zone = Some(40);
    let placed = drawn(&wrong);
    assert!(placed.edges[0].is_some() && placed.edges[1].is_none());
}

#[test]
fn zones_that_stand_in_each_other_are_untied() {
    drawn(&boxes(&["a@x", "b@y"], &[("x", Some(1)), ("y", Some(0))], &[(0, 1)]));
    drawn(&boxes(&["a@x"], &[("x", Some(0))], &[]));
}

#[test]
fn a_thousand_zones_within_each_other_do_no_harm() {
    let mut deep = boxes(&["a"], &[], &[]);
    for index in 0..1_000_usize {
        deep.zones.push(Zone { id: format!("z{index:04}"), parent: index.checked_sub(1), title: 40 });
    }
    deep.nodes[0].zone = Some(999);
    assert!(layout(&deep, &Pins::default()).zones.iter().flatten().count() <= 1_000);
}

#[test]
fn flows_of_one_pair_run_side_by_side() {
    let placed = drawn(&boxes(&["a", "b"], &[], &[(0, 1), (1, 0), (0, 1)]));
    let mut heights: Vec<i32> = placed.edges.iter().flatten().map(|edge| edge.points[0].y).collect();
    heights.sort_unstable();
    heights.dedup();
    assert_eq!(heights.len(), 3);
}

#[test]
fn a_title_widens_its_zone() {
    let mut wide = boxes(&["a@z"], &[("z", None)], &[]);
    wide.zones[0].title = 400;
    assert!(drawn(&wide).zones[0].unwrap().frame.width >= 420);
}

#[test]
fn random_pictures_are_sound() {
    for seed in 0..120 {
        let boxes = random::boxes(seed);
        let placed = drawn(&boxes);
        assert_eq!(placed, layout(&boxes, &Pins::default()), "seed {seed} gives two pictures");
    }
}

#[test]
fn pins_keep_every_box() {
    for seed in 0..40 {
        let boxes = random::boxes(seed);
        let placed = layout(&boxes, &Pins::default());
        let again = layout(&boxes, &placed.pins());
        check::sound(&boxes, &again);
        assert_eq!(placed.nodes, again.nodes, "seed {seed}");
    }
}

#[test]
fn one_more_box_moves_no_pinned_one_to_another_column() {
    for seed in 0..40 {
        let mut boxes = random::boxes(seed);
        let pins = layout(&boxes, &Pins::default()).pins();
        let zone = boxes.nodes.first().and_then(|node| node.zone);
        boxes.nodes.push(Node {
            id: "new".to_owned(),
            size: Size { width: 120, height: 52 },
            zone,
            role: Role::Process,
        });
        let last = boxes.nodes.len() - 1;
        boxes.edges.push(Edge { from: 0, to: last, label: None, mark: false, gate: false, heavy: false });
        let placed = layout(&boxes, &pins);
        check::sound(&boxes, &placed);
        let columns = |x: &dyn Fn(usize) -> i32| {
            let mut order: Vec<usize> = (0..last).collect();
            order.sort_by_key(|node| (x(*node), *node));
            order
        };
        let before = columns(&|node| pins.places[&boxes.nodes[node].id].x);
        let now = placed.pins();
        assert_eq!(before, columns(&|node| now.places[&boxes.nodes[node].id].x), "seed {seed}");
    }
}

#[test]
fn pins_that_contradict_each_other_still_give_a_picture() {
    let boxes = random::boxes(3);
    let same: Pins = boxes.nodes.iter().map(|node| (node.id.clone(), super::Point { x: 10, y: 10 })).collect();
    check::sound(&boxes, &layout(&boxes, &same));
    let far: Pins = boxes
        .nodes
        .iter()
        .enumerate()
        .map(|(at, node)| {
            let x = if at % 2 == 0 { i32::MAX } else { i32::MIN };
            (node.id.clone(), super::Point { x, y: x })
        })
        .collect();
    check::sound(&boxes, &layout(&boxes, &far));
}

#[test]
fn pins_survive_being_written() {
    let pins: Pins = [("chat", 3, 4), ("o: #\"dd", -5, 6), ("yes", 0, 0)]
        .into_iter()
        .map(|(id, x, y)| (id.to_owned(), super::Point { x, y }))
        .collect();
    assert_eq!(Pins::parse(&pins.to_yaml()), Ok(pins));
    assert_eq!(Pins::parse(""), Ok(Pins::default()));
    let error = Pins::parse("a: [1, 2]\nb: [1]\n").unwrap_err();
    assert_eq!(error, "line 2: `[1]` is no position; write `id: [x, y]`");
}

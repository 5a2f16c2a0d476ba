//! Pictures from a number: zones within zones, rings, loops, pairs, loose parts.

use crate::layout::{Boxes, Edge, Node, Role, Size, Zone};

/// A small generator of numbers, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    fn length(&mut self, least: i32, spread: usize) -> i32 {
        least + 2 * i32::try_from(self.roll(spread / 2 + 1)).unwrap()
    }
}

/// Up to sixty boxes, eight zones and twice as many flows as boxes.
pub fn boxes(seed: u64) -> Boxes {
    let mut dice = Dice(seed.wrapping_mul(7_919) + 17);
    dice.roll(2);
    let zone_count = dice.roll(9);
    let node_count = 1 + dice.roll(60);
    let edge_count = dice.roll(2 * node_count + 1);
    let zones = (0..zone_count)
        .map(|index| Zone {
            id: format!("zone{index}"),
            parent: if index > 0 && dice.roll(3) == 0 { Some(dice.roll(index)) } else { None },
            title: dice.length(60, 160),
        })
        .collect();
    let nodes = (0..node_count)
        .map(|index| Node {
            id: format!("node{index:02}"),
            size: Size { width: dice.length(120, 60), height: 52 + 16 * i32::try_from(dice.roll(2)).unwrap() },
            zone: if zone_count > 0 && dice.roll(8) > 0 { Some(dice.roll(zone_count)) } else { None },
            role: [Role::Outside, Role::Process, Role::Process, Role::Store][dice.roll(4)],
        })
        .collect();
    let edges = (0..edge_count)
        .map(|_| {
            let heavy = dice.roll(6) == 0;
            let label = Size { width: dice.length(20, 90), height: 14 * i32::try_from(1 + dice.roll(2)).unwrap() };
            Edge {
                from: dice.roll(node_count),
                to: dice.roll(node_count),
                label: if dice.roll(5) == 0 { None } else { Some(label) },
                mark: heavy,
                gate: heavy && dice.roll(2) == 0,
                heavy,
            }
        })
        .collect();
    Boxes { nodes, zones, edges }
}

//! How many frames of zones lie between a box and a channel, on each side.

use super::clean::Graph;
use super::dense::{Dense, size};
use super::sheet::Sheet;

/// Frames that a zone and the zones within it have on one line, itself included.
#[derive(Debug, Clone, Copy, Default)]
pub struct Level {
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
}

/// The levels of all zones, and the greatest on each line.
#[derive(Debug)]
pub struct Levels {
    of: Dense<Level>,
    left: Dense<i32>,
    right: Dense<i32>,
    top: Dense<i32>,
    bottom: Dense<i32>,
}

impl Levels {
    /// Counts the frames.
    pub fn new(graph: &Graph, sheet: &Sheet) -> Self {
        let mut levels = Self {
            of: Dense::filled(Level::default(), graph.zones.len()),
            left: Dense::filled(0, size(sheet.columns) + 1),
            right: Dense::filled(0, size(sheet.columns) + 1),
            top: Dense::filled(0, size(sheet.rows) + 1),
            bottom: Dense::filled(0, size(sheet.rows) + 1),
        };
        for zone in levels.innermost_first(graph) {
            let Some(cells) = sheet.zones[zone] else { continue };
            let inner =
                graph.inner[zone].zones.iter().filter_map(|inner| Some((sheet.zones[*inner]?, levels.of[*inner])));
            let mut level = Level { left: 1, right: 1, top: 1, bottom: 1 };
            for (other, frames) in inner {
                let raise = |own: &mut i32, together: bool, inner: i32| {
                    if together {
                        *own = (*own).max(inner + 1);
                    }
                };
                raise(&mut level.left, other.left == cells.left, frames.left);
                raise(&mut level.right, other.right == cells.right, frames.right);
                raise(&mut level.top, other.top == cells.top, frames.top);
                raise(&mut level.bottom, other.bottom == cells.bottom, frames.bottom);
            }
            levels.of[zone] = level;
            let raise = |list: &mut Dense<i32>, line: i32, level: i32| {
                list[size(line)] = list[size(line)].max(level);
            };
            raise(&mut levels.left, cells.left, level.left);
            raise(&mut levels.right, cells.right + 1, level.right);
            raise(&mut levels.top, cells.top, level.top);
            raise(&mut levels.bottom, cells.bottom + 1, level.bottom);
        }
        levels
    }

    /// Zones in an order in which each comes before the one around it.
    pub fn innermost_first(&self, graph: &Graph) -> Vec<usize> {
        let mut zones: Vec<usize> = graph.zones.indices().collect();
        zones.sort_by_key(|zone| std::cmp::Reverse(graph.depth[*zone]));
        zones
    }

    /// The levels of a zone.
    pub fn of(&self, zone: usize) -> Level {
        self.of[zone]
    }

    /// Frames that begin behind a channel between columns.
    pub fn left_of(&self, channel: usize) -> i32 {
        self.left[channel]
    }

    /// Frames that end before a channel between columns.
    pub fn right_of(&self, channel: usize) -> i32 {
        self.right[channel]
    }

    /// Frames that begin below a channel between rows.
    pub fn top_of(&self, channel: usize) -> i32 {
        self.top[channel]
    }

    /// Frames that end above a channel between rows.
    pub fn bottom_of(&self, channel: usize) -> i32 {
        self.bottom[channel]
    }
}

//! The stretches of all ways, and where they end along their lines.

use super::clean::Graph;
use super::dense::{Dense, coordinate};
use super::route::Route;

/// Finer places within a fine place, for tracks and sides of boxes.
const WITHIN: i32 = 4_096;
const SIDE: i32 = 1_500;

/// A straight stretch of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The edge it belongs to, and its number from the sender on.
    pub edge: usize,
    pub number: usize,
    /// True for a stretch that runs up or down.
    pub upright: bool,
    /// The fine line on which it runs, and the fine places where it begins and ends.
    pub line: i32,
    pub from: i32,
    pub to: i32,
    /// Its track on the line, counted from the left or the top.
    pub track: i32,
}

impl Stretch {
    /// The lower and the higher of its two fine places.
    pub fn range(&self) -> (i32, i32) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

/// One of the two ends of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The end with the smaller coordinate.
    Low,
    /// The end with the greater one.
    High,
}

/// All stretches.
#[derive(Debug)]
pub struct Ways {
    /// The stretches.
    pub stretches: Dense<Stretch>,
    /// The stretches of each edge, from the sender on.
    pub of: Dense<Vec<usize>>,
}

impl Ways {
    /// Cuts ways into stretches.
    pub fn new(graph: &Graph, routes: Dense<Route>) -> Self {
        let mut stretches = Dense::default();
        let mut of = Dense::filled(Vec::new(), graph.edges.len());
        for (edge, route) in routes.into_vec().into_iter().enumerate() {
            let mut upright = route.upright_first;
            for (number, (from, to)) in route.corners.iter().zip(route.corners.iter().skip(1)).enumerate() {
                of[edge].push(stretches.len());
                let (line, from, to) = if upright { (from.0, from.1, to.1) } else { (from.1, from.0, to.0) };
                stretches.push(Stretch { edge, number, upright, line, from, to, track: 0 });
                upright = !upright;
            }
        }
        Self { stretches, of }
    }

    /// The indices of the stretches on a line, if there are any, line by line.
    pub fn by_line(&self, upright: bool) -> Vec<Vec<usize>> {
        let mut indices: Vec<usize> =
            self.stretches.indices().filter(|index| self.stretches[*index].upright == upright).collect();
        indices.sort_by_key(|index| self.stretches[*index].line);
        indices.chunk_by(|a, b| self.stretches[*a].line == self.stretches[*b].line).map(<[usize]>::to_vec).collect()
    }

    /// The stretch before or behind another, on the same way.
    pub fn neighbour(&self, index: usize, forward: bool) -> Option<usize> {
        let stretch = &self.stretches[index];
        let number = if forward { stretch.number.checked_add(1) } else { stretch.number.checked_sub(1) }?;
        self.of[stretch.edge].get(number).copied()
    }

    /// True where the end of a stretch is the one behind, in the direction of the flow.
    pub fn is_forward(&self, index: usize, end: End) -> bool {
        let stretch = &self.stretches[index];
        // A stretch without length lies between the two halves of a loop; its low end comes first.
        (stretch.to >= stretch.from) == (end == End::High)
    }

    /// Where the way turns at an end: -1 to smaller coordinates, 1 to greater ones, 0 into a box.
    pub fn turn(&self, index: usize, end: End) -> i32 {
        let forward = self.is_forward(index, end);
        let Some(next) = self.neighbour(index, forward) else { return 0 };
        let next = &self.stretches[next];
        match (next.to - next.from).signum() {
            // A loop comes back below where it left.
            0 => {
                if forward {
                    1
                } else {
                    -1
                }
            }
            along => {
                if forward {
                    along
                } else {
                    -along
                }
            }
        }
    }

    /// Where an end lies, with the track of the line that it meets or the side of the box.
    pub fn exact(&self, index: usize, end: End) -> i32 {
        let stretch = &self.stretches[index];
        let (low, high) = stretch.range();
        let place = if end == End::Low { low } else { high };
        let within = match self.neighbour(index, self.is_forward(index, end)) {
            Some(next) => self.stretches[next].track.min(coordinate(1_000)),
            None if end == End::Low => SIDE,
            None => -SIDE,
        };
        place * WITHIN + within
    }
}

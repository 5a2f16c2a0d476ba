//! The way of each flow over the fine sheet: the cheapest one by length, bends,
//! crossings and company.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::clean::Graph;
use super::dense::{Dense, Table, size};
use super::sheet::{Sheet, fine};

/// What a way costs. Lengths are about four pixels.
const BEND: i32 = 14;
const CROSSING: i32 = 7;
const COMPANY: i32 = 1;
/// Leaving by the top or the bottom, by the side against the stream.
const UPRIGHT: i32 = 8;
const AGAINST: i32 = 30;
/// Upright through a column of boxes.
const THROUGH: i32 = 4;

/// Through the title of a zone.
const TITLE: i32 = 16;

/// Flows that run upright side by side through a column.
const UPRIGHT_LIMIT: i32 = 2;

/// Flows beyond this number are routed once instead of twice.
const SECOND_LOOK: usize = 400;

/// A place on the fine sheet.
pub type Place = (i32, i32);

/// The corners of a way, its ends within the boxes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Corners; two in one place where a flow returns to its own box.
    pub corners: Vec<Place>,
    /// True where the first stretch runs upright.
    pub upright_first: bool,
}

/// Finds a way for every edge.
pub fn route(graph: &Graph, sheet: &Sheet) -> Dense<Route> {
    let mut router = Router::new(graph, sheet);
    let mut order: Vec<usize> = graph.edges.indices().collect();
    order.sort_by_key(|edge| (!graph.edges[*edge].heavy, router.distance(*edge), *edge));
    let mut routes: Dense<Option<Route>> = Dense::filled(None, graph.edges.len());
    let looks = if graph.edges.len() > SECOND_LOOK { 1 } else { 2 };
    for _ in 0..looks {
        for edge in order.iter().copied() {
            if let Some(old) = routes[edge].take() {
                router.walk(&old, -1);
            }
            let found = router.find(edge);
            router.walk(&found, 1);
            routes[edge] = Some(found);
        }
    }
    routes.into_vec().into_iter().flatten().collect()
}

struct Router<'a> {
    graph: &'a Graph,
    sheet: &'a Sheet,
    width: i32,
    height: i32,
    /// How many flows run across and upright at each place.
    used: [Table<i32>; 2],
    owner: Table<Option<usize>>,
}

impl<'a> Router<'a> {
    fn new(graph: &'a Graph, sheet: &'a Sheet) -> Self {
        let (width, height) = (2 * sheet.columns + 1, 2 * sheet.rows + 1);
        let used = Table::filled(&0, width, height);
        let mut owner = Table::filled(&None, width, height);
        for y in 0..height {
            for x in 0..width {
                owner.set(x, y, sheet.fine_owner(x, y));
            }
        }
        Self { graph, sheet, width, height, used: [used.clone(), used], owner }
    }

    fn distance(&self, edge: usize) -> i32 {
        let edge = &self.graph.edges[edge];
        let (from, to) = (self.sheet.nodes[edge.from], self.sheet.nodes[edge.to]);
        let down = (from.top - to.bottom).max(to.top - from.bottom).max(0);
        2 * (from.left - to.left).abs() + 3 * down
    }

    /// Counts a way in or out.
    fn walk(&mut self, route: &Route, step: i32) {
        let mut upright = route.upright_first;
        for (from, to) in route.corners.iter().zip(route.corners.iter().skip(1)) {
            let [across, up] = &mut self.used;
            let table = if upright { up } else { across };
            for x in from.0.min(to.0)..=from.0.max(to.0) {
                for y in from.1.min(to.1)..=from.1.max(to.1) {
                    if let Some(count) = table.get_mut(x, y) {
                        *count += step;
                    }
                }
            }
            upright = !upright;
        }
    }

    fn used(&self, upright: bool, place: Place) -> i32 {
        let [across, up] = &self.used;
        *(if upright { up } else { across }).get(place.0, place.1)
    }

    fn find(&self, index: usize) -> Route {
        let edge = &self.graph.edges[index];
        let from = self.sheet.nodes[edge.from];
        if edge.from == edge.to {
            let (x, y) = (fine(from.left), fine(from.top));
            return Route { corners: vec![(x, y), (x + 1, y), (x + 1, y), (x, y)], upright_first: false };
        }
        Search::new(self, edge.from, edge.to).run()
    }
}

/// A step's state: place and whether the last step was upright.
type State = (i32, i32, bool);

/// One search for the cheapest way between two boxes.
struct Search<'a> {
    router: &'a Router<'a>,
    from: usize,
    to: usize,
    /// Price so far, and the state before.
    best: Dense<(i32, Option<State>)>,
    queue: BinaryHeap<Reverse<(i32, State)>>,
}

impl<'a> Search<'a> {
    fn new(router: &'a Router<'a>, from: usize, to: usize) -> Self {
        let count = 2 * size(router.width) * size(router.height);
        Self { router, from, to, best: Dense::filled((i32::MAX, None), count), queue: BinaryHeap::new() }
    }

    fn index(&self, state: State) -> usize {
        2 * (size(state.1) * size(self.router.width) + size(state.0)) + usize::from(state.2)
    }

    fn run(mut self) -> Route {
        let cells = self.router.sheet.nodes[self.from];
        for row in cells.top..=cells.bottom {
            for upright in [false, true] {
                let start = (fine(cells.left), fine(row), upright);
                let index = self.index(start);
                self.best[index] = (0, None);
                self.queue.push(Reverse((0, start)));
            }
        }
        while let Some(Reverse((price, state))) = self.queue.pop() {
            if price > self.best[self.index(state)].0 {
                continue;
            }
            if *self.router.owner.get(state.0, state.1) == Some(self.to) {
                return self.trace(state);
            }
            self.expand(price, state);
        }
        // Cannot be: the channels around all cells connect every box with every other.
        self.direct()
    }

    fn expand(&mut self, price: i32, state: State) {
        let (x, y, upright) = state;
        let here = *self.router.owner.get(x, y);
        for (dx, dy) in [(1, 0), (0, 1), (0, -1), (-1, 0)] {
            let turns = (dy != 0) != upright;
            let next = (x + dx, y + dy, dy != 0);
            let inside = (0..self.router.width).contains(&next.0) && (0..self.router.height).contains(&next.1);
            let owner = *self.router.owner.get(next.0, next.1);
            // Within its own box a flow does not move, so it leaves straight from a cell.
            let barred = owner.is_some_and(|owner| owner != self.to) || (here.is_some() && turns);
            // A corner takes up its place on the upright line too.
            let full = turns && dy != 0 && x % 2 == 1 && self.router.used(true, (x, y)) >= UPRIGHT_LIMIT;
            if !inside || barred || full {
                continue;
            }
            let Some(step) = self.step(here, owner, next, (dx, dy)) else { continue };
            let bend = if turns { self.bend((x, y)) } else { 0 };
            let total = price + step + bend;
            let index = self.index(next);
            if total < self.best[index].0 {
                self.best[index] = (total, Some(state));
                self.queue.push(Reverse((total, next)));
            }
        }
    }

    fn bend(&self, at: Place) -> i32 {
        // A bend meets both kinds of lines there.
        let company = self.router.used(true, at) + self.router.used(false, at);
        let in_cell = if at.0 % 2 == 1 && at.1 % 2 == 1 { 6 } else { 0 };
        BEND + COMPANY * company.min(2) + in_cell
    }

    /// The price of one step; none where it cannot be made.
    fn step(&self, here: Option<usize>, owner: Option<usize>, next: State, way: (i32, i32)) -> Option<i32> {
        let place = (next.0, next.1);
        let upright = next.2;
        let mut price = match (upright, next.0 % 2 == 1, next.1 % 2 == 1) {
            (false, true, _) => 12,
            (false, false, _) => 10,
            (true, _, true) => 7,
            (true, _, false) => 6,
        };
        if owner.is_none() {
            price += CROSSING * self.router.used(!upright, place) + COMPANY * self.router.used(upright, place).min(1);
            if upright && next.0 % 2 == 1 {
                if self.router.used(true, place) >= UPRIGHT_LIMIT {
                    return None;
                }
                price += THROUGH + if self.crosses_title(place) { TITLE } else { 0 };
            }
        }
        if here.is_some() {
            price += self.leaving(way);
        }
        if owner.is_some() {
            if upright && self.enters_from_side(place, way) {
                return None;
            }
            price += self.leaving(way);
        }
        Some(price)
    }

    /// True in the channel above the first cell of a zone, where its title stands.
    fn crosses_title(&self, place: Place) -> bool {
        let zones = self.router.sheet.zones.iter().flatten();
        place.1 % 2 == 0 && zones.into_iter().any(|zone| fine(zone.left) == place.0 && 2 * zone.top == place.1)
    }

    /// Entering a box upright means through its top or bottom, never between its rows.
    fn enters_from_side(&self, place: Place, way: (i32, i32)) -> bool {
        let cells = self.router.sheet.nodes[self.to];
        let end = if way.1 > 0 { fine(cells.top) } else { fine(cells.bottom) };
        place.1 != end
    }

    /// The stream runs to the right; upright ends and ends against it cost more.
    fn leaving(&self, way: (i32, i32)) -> i32 {
        let sheet = self.router.sheet;
        let ahead = sheet.nodes[self.to].left - sheet.nodes[self.from].left;
        match way {
            (_, dy) if dy != 0 => {
                if ahead == 0 {
                    0
                } else {
                    UPRIGHT
                }
            }
            (1, _) if ahead < 0 => AGAINST,
            (-1, _) if ahead > 0 => AGAINST,
            _ => 0,
        }
    }

    fn trace(&self, end: State) -> Route {
        let mut states = vec![end];
        let mut at = end;
        while let Some(before) = self.best[self.index(at)].1 {
            states.push(before);
            at = before;
        }
        states.reverse();
        let mut corners: Vec<Place> = Vec::new();
        let upright_first = states.get(1).is_some_and(|state| state.2);
        let mut upright = upright_first;
        for (state, next) in states.iter().zip(states.iter().skip(1)) {
            if corners.is_empty() || next.2 != upright {
                corners.push((state.0, state.1));
            }
            upright = next.2;
        }
        corners.push((end.0, end.1));
        Route { corners, upright_first }
    }

    /// Straight from box to box by way of one corner.
    fn direct(&self) -> Route {
        let place = |node: usize| {
            let cells = self.router.sheet.nodes[node];
            (fine(cells.left), fine(cells.top))
        };
        let (from, to) = (place(self.from), place(self.to));
        Route { corners: vec![from, (to.0, from.1), to], upright_first: false }
    }
}

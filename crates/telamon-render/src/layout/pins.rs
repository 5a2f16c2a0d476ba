//! Places that are kept from one drawing to the next.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use telamon_text::{Level, Sources, yaml};

use super::boxes::Point;
use super::clean::Graph;
use super::dense::{Dense, coordinate};

/// How far apart two pins may be and still stand in one column or row.
const SAME_COLUMN: i32 = 60;
const SAME_ROW: i32 = 24;

/// Farthest place that is taken seriously.
const FARTHEST: i32 = 1_000_000;

/// Where boxes stood: by id, the left side and the middle of the row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pins {
    /// Place by id.
    pub places: BTreeMap<String, Point>,
}

impl FromIterator<(String, Point)> for Pins {
    fn from_iter<I: IntoIterator<Item = (String, Point)>>(places: I) -> Self {
        Self { places: places.into_iter().collect() }
    }
}

impl Pins {
    /// True where nothing is pinned.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The text of the file in which pins are kept.
    pub fn to_yaml(&self) -> String {
        let mut text = String::from("# Where the boxes of the diagram stand: column and middle of the row, by id.\n");
        for (id, place) in &self.places {
            // A quoted string of JSON is one of YAML too.
            let key = serde_json::Value::from(id.as_str());
            let _ = writeln!(text, "{key}: [{}, {}]", place.x, place.y);
        }
        text
    }

    /// Reads pins from the text of such a file.
    ///
    /// # Errors
    /// A sentence that names the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let says_nothing = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
        if text.lines().all(says_nothing) {
            return Ok(Self::default());
        }
        let sources = Sources::new();
        let source = sources.add("layout", text.to_owned());
        let mut problems = Vec::new();
        let node = yaml::read(source, text, &yaml::Limits::default(), &mut problems);
        if let Some(problem) = problems.iter().find(|problem| problem.level == Level::Error) {
            let line = problem.span.map(|span| format!("line {}: ", sources.position(source, span.start).line));
            return Err(format!("{}{}", line.unwrap_or_default(), problem.message));
        }
        let Some(node) = node.filter(|node| !node.is_plain_null()) else { return Ok(Self::default()) };
        let mut pins = Self::default();
        let wrong = |node: &yaml::Node| {
            let line = sources.position(source, node.span.start).line;
            let found = sources.slice(node.span);
            format!("line {line}: `{found}` is no position; write `id: [x, y]`")
        };
        let yaml::Value::Map(entries) = &node.value else { return Err(wrong(&node)) };
        for (key, place) in entries {
            let read = || {
                let yaml::Value::Seq(items) = &place.value else { return None };
                let [x, y] = items.as_slice() else { return None };
                let number = |node: &yaml::Node| node.as_str()?.trim().parse().ok();
                Some((key.as_str()?.to_owned(), Point { x: number(x)?, y: number(y)? }))
            };
            let (id, point) = read().ok_or_else(|| wrong(place))?;
            pins.places.insert(id, point);
        }
        Ok(pins)
    }
}

/// The columns and rows that pins come to.
#[derive(Debug)]
pub struct Pinned {
    cells: Dense<Option<(i32, i32)>>,
    /// Least left side of each pinned column.
    pub lefts: Vec<i32>,
    /// Least middle of each pinned row.
    pub middles: Vec<i32>,
}

impl Pinned {
    /// Column and row of a pinned box.
    pub fn cell(&self, node: usize) -> Option<(i32, i32)> {
        self.cells[node]
    }

    /// True where anything is pinned.
    pub fn any(&self) -> bool {
        !self.lefts.is_empty()
    }
}

/// Reads columns and rows off the pins of boxes that still exist.
pub fn cells(graph: &Graph, pins: &Pins) -> Pinned {
    let place = |node: usize| pins.places.get(&graph.nodes[node].id).map(|place| (near(place.x), near(place.y)));
    let lefts = clusters(graph.nodes.indices().filter_map(|node| Some(place(node)?.0)).collect(), SAME_COLUMN);
    let middles = clusters(graph.nodes.indices().filter_map(|node| Some(place(node)?.1)).collect(), SAME_ROW);
    let index = |starts: &[i32], at: i32| coordinate(starts.partition_point(|start| *start <= at)) - 1;
    let cells =
        graph.nodes.indices().map(|node| place(node).map(|(x, y)| (index(&lefts, x), index(&middles, y)))).collect();
    Pinned { cells, lefts, middles }
}

fn near(value: i32) -> i32 {
    value.clamp(-FARTHEST, FARTHEST)
}

/// The first value of each run of values that lie close together.
fn clusters(mut values: Vec<i32>, width: i32) -> Vec<i32> {
    values.sort_unstable();
    let mut starts: Vec<i32> = Vec::new();
    for value in values {
        if starts.last().is_none_or(|start| value - start > width) {
            starts.push(value);
        }
    }
    starts
}

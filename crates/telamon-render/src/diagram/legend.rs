//! What the signs mean, and the picture in words.

use std::fmt::Write as _;

use telamon_engine::analysis::{Analysis, Severity};

use super::badge::badge;
use super::scene::{NAME, Scene};
use super::text::{self, Weight};
use crate::layout::Point;
use crate::words;

/// Height of a line of the legend, space below it, and between two entries.
const LINE: i32 = 26;
const BELOW: i32 = 10;
const BETWEEN: i32 = 28;
const LEFT: i32 = 10;

/// Entries that are needed, each at its place.
pub struct Legend {
    entries: Vec<(Sign, String, Point)>,
    lines: i32,
}

/// What an entry explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Path,
    Gate,
    Badge(usize, Severity),
}

impl Sign {
    /// Room for the sign before its text.
    fn width(self) -> i32 {
        match self {
            Self::Path => 40,
            Self::Gate => 12,
            Self::Badge(..) => 34,
        }
    }
}

impl Legend {
    /// The entries that this scene needs, in lines no longer than the picture.
    pub fn new(scene: &Scene, width: i32) -> Self {
        let mut signs = Vec::new();
        let walked = scene.lines.iter().any(|line| !line.steps.is_empty());
        if let Some(threat) = scene.threat.filter(|_| walked) {
            let severity = words::severity(words::effective(threat));
            let article = if words::is_live(threat.status) { "the" } else { "a held" };
            signs.push((Sign::Path, format!("path of {article} {severity} threat")));
        }
        if scene.lines.iter().any(|line| line.gate) {
            signs.push((Sign::Gate, "a control is missing".to_owned()));
        }
        let worst = scene.shapes.iter().filter_map(|shape| shape.open).max_by_key(|(number, worst)| (*worst, *number));
        if let Some((number, worst)) = worst {
            signs.push((Sign::Badge(number, worst), "open threats, in the colour of the worst".to_owned()));
        }
        let mut entries = Vec::new();
        let (mut x, mut line) = (LEFT, 0);
        for (sign, says) in signs {
            let wide = sign.width() + text::width(&says, NAME, Weight::Regular);
            if x > LEFT && x + wide + LEFT > width {
                (x, line) = (LEFT, line + 1);
            }
            entries.push((sign, says, Point { x, y: 22 + LINE * line }));
            x += wide + BETWEEN;
        }
        let lines = if entries.is_empty() { 0 } else { line + 1 };
        Self { entries, lines }
    }

    /// How far the picture is moved down.
    pub fn height(&self) -> i32 {
        if self.lines == 0 { 0 } else { LINE * self.lines + BELOW }
    }

    /// Draws it at the top.
    pub fn draw(&self, out: &mut String, prefix: &str) {
        for (sign, says, at) in &self.entries {
            match *sign {
                Sign::Path => {
                    let _ = writeln!(
                        out,
                        "<g class=\"flow on-path\"><path d=\"M{} {}h30\" marker-end=\"url(#{prefix}-head-path)\"/></g>",
                        at.x, at.y
                    );
                }
                Sign::Gate => {
                    let _ = writeln!(
                        out,
                        "<g class=\"flow on-path\"><path class=\"gate\" d=\"M{} {}v20\"/></g>",
                        at.x + 2,
                        at.y - 10
                    );
                }
                Sign::Badge(number, worst) => {
                    badge(out, Point { x: at.x + 22, y: at.y }, number, worst, None);
                }
            }
            let _ = writeln!(out, "<text x=\"{}\" y=\"{}\">{says}</text>", at.x + sign.width(), at.y + 4);
        }
    }
}

/// Most names that are listed one by one.
const NAMED: usize = 24;

/// The picture in words, for those who do not see it.
pub fn describe(analysis: &Analysis, scene: &Scene) -> String {
    let zones = scene.areas.len();
    let mut says = format!(
        "{}, {}, {}, left to right.",
        words::count(zones, "zone"),
        words::count(analysis.components.len(), "component"),
        words::count(analysis.flows.len(), "flow")
    );
    if scene.folded {
        says.push_str(" There are too many components for one picture: each zone is folded into one box.");
    }
    for (index, area) in scene.areas.iter().enumerate() {
        let members: Vec<&str> =
            scene.shapes.iter().filter(|shape| shape.zone == Some(index)).map(|shape| shape.name.as_str()).collect();
        if members.is_empty() {
            continue;
        }
        let trust = if area.trust.is_empty() { String::new() } else { format!(", {}", area.trust) };
        let _ = write!(says, " In {}{trust}: {}.", area.name, list(&members));
    }
    describe_path(scene, &mut says);
    says
}

fn list(names: &[&str]) -> String {
    let shown: Vec<&str> = names.iter().copied().take(NAMED).collect();
    let more = names.len() - shown.len();
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

fn describe_path(scene: &Scene, says: &mut String) {
    let mut steps = Vec::new();
    for line in &scene.lines {
        for number in &line.steps {
            steps.push((*number, line));
        }
    }
    steps.sort_by_key(|(number, _)| *number);
    let (Some(threat), false) = (scene.threat, steps.is_empty()) else { return };
    let name = |index: usize| scene.shapes.get(index).map_or("", |shape| shape.name.as_str());
    let severity = words::severity(words::effective(threat));
    let _ = write!(says, " The path of {} ({severity}) is drawn heavy, in numbered steps:", words::plain(&threat.id));
    for (number, line) in &steps {
        let (from, to) = if line.against { (line.to, line.from) } else { (line.from, line.to) };
        let gate = if line.gate { ", where a control is missing" } else { "" };
        let end = if *number == steps.last().map_or(0, |(number, _)| *number) { "." } else { ";" };
        let _ = write!(says, " {number}, {} to {}{gate}{end}", name(from), name(to));
    }
}

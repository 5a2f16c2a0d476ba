//! Zones, flows, boxes and badges as SVG elements.

use std::fmt::Write as _;

use super::badge::badge;
use super::glyphs;
use super::scene::{Area, CAPTION_LINE, Form, Line, NAME_LINE, Scene, Shape};
use super::write::escape;
use crate::layout::{Placed, PlacedEdge, PlacedZone, Point, Rect};

/// Radius of a bend.
const BEND: i32 = 6;

/// The bar of a missing control: this far before the box, and half as long.
const GATE: i32 = 22;
const GATE_HALF: i32 = 10;

/// Everything that a drawing needs.
pub struct Drawing<'a> {
    pub scene: &'a Scene<'a>,
    pub placed: &'a Placed,
    /// Begins all ids.
    pub prefix: &'a str,
    /// How far everything is moved down, below the legend.
    pub down: i32,
}

impl Drawing<'_> {
    /// Draws zones, flows, the path, boxes and badges, in this order.
    pub fn draw(&self, out: &mut String) {
        let mut zones: Vec<(&Area, &PlacedZone)> = self
            .scene
            .areas
            .iter()
            .zip(&self.placed.zones)
            .filter_map(|(area, placed)| Some((area, placed.as_ref()?)))
            .collect();
        zones.sort_by_key(|(_, placed)| placed.depth);
        for (area, placed) in &zones {
            self.zone(out, area, placed);
        }
        let flows: Vec<(&Line, &PlacedEdge)> = self
            .scene
            .lines
            .iter()
            .zip(&self.placed.edges)
            .filter_map(|(line, placed)| Some((line, placed.as_ref()?)))
            .collect();
        let (path, others): (Vec<_>, Vec<_>) = flows.into_iter().partition(|(line, _)| !line.steps.is_empty());
        for (line, placed) in others.into_iter().chain(path) {
            self.flow(out, line, placed);
        }
        for (area, placed) in zones {
            self.zone_title(out, area, placed);
        }
        let walked = self.walked();
        for (index, (shape, place)) in self.scene.shapes.iter().zip(&self.placed.nodes).enumerate() {
            self.shape(out, shape, *place, walked.contains(&index));
        }
        for (shape, place) in self.scene.shapes.iter().zip(&self.placed.nodes) {
            if let Some((number, worst)) = shape.open {
                let corner = Point { x: place.right(), y: place.y + self.down };
                badge(out, corner, number, worst, Some(&shape.name));
            }
        }
    }

    /// Boxes on the path.
    fn walked(&self) -> Vec<usize> {
        let steps = self.scene.lines.iter().filter(|line| !line.steps.is_empty());
        steps.flat_map(|line| [line.from, line.to]).collect()
    }

    fn zone(&self, out: &mut String, area: &Area, placed: &PlacedZone) {
        let frame = placed.frame;
        let _ = writeln!(
            out,
            "<g class=\"zone trust-{}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"10\"/></g>",
            area.tint,
            frame.x,
            frame.y + self.down,
            frame.width,
            frame.height,
        );
    }

    /// Titles lie over the flows: where a line cannot but pass, the title stays readable.
    fn zone_title(&self, out: &mut String, area: &Area, placed: &PlacedZone) {
        let trust =
            if area.trust.is_empty() { String::new() } else { format!(" <tspan>{}</tspan>", escape(&area.trust)) };
        let _ = writeln!(
            out,
            "<g class=\"zone trust-{}\"><text x=\"{}\" y=\"{}\">{}{trust}</text></g>",
            area.tint,
            placed.title.x,
            placed.title.y + self.down,
            escape(&area.name),
        );
    }

    fn flow(&self, out: &mut String, line: &Line, placed: &PlacedEdge) {
        let walked = !line.steps.is_empty();
        let head = format!("url(#{}-head{})", self.prefix, if walked { "-path" } else { "" });
        let at_end = !line.against || line.both;
        let at_start = line.against || line.both;
        let mut heads = String::new();
        if at_start {
            let _ = write!(heads, " marker-start=\"{head}\"");
        }
        if at_end {
            let _ = write!(heads, " marker-end=\"{head}\"");
        }
        let class = if walked { "flow on-path" } else { "flow" };
        let points: Vec<Point> =
            placed.points.iter().map(|point| Point { x: point.x, y: point.y + self.down }).collect();
        let _ = write!(out, "<g class=\"{class}\">{}<path{heads} d=\"{}\"/>", self.flow_title(line), path(&points));
        if line.gate {
            gate(out, &points, line.against);
        }
        if let Some(label) = placed.label {
            self.caption(out, line, label, placed);
        }
        if let Some(mark) = placed.mark.filter(|_| walked) {
            self.mark(out, line, mark);
        }
        out.push_str("</g>\n");
    }

    /// The caption in full, where the drawn one is cut or stands for several.
    fn flow_title(&self, line: &Line) -> String {
        if line.lines.join(" ") == line.caption {
            return String::new();
        }
        let name = |index: usize| self.scene.shapes.get(index).map_or("", |shape| shape.name.as_str());
        let text = format!("{} → {}: {}", name(line.from), name(line.to), line.caption);
        format!("<title>{}</title>", escape(&text))
    }

    fn caption(&self, out: &mut String, line: &Line, label: Rect, placed: &PlacedEdge) {
        // Beside an upright line the text begins at the line, above one it is centred.
        let on_left = placed.points.first().is_some_and(|point| point.x > label.x);
        let (x, class) = match (placed.beside, on_left) {
            (true, false) => (label.x, " class=\"start\""),
            (true, true) => (label.right(), " class=\"end\""),
            _ => (label.x + label.width / 2, ""),
        };
        for (row, text) in (0_i32..).zip(&line.lines) {
            let y = label.y + self.down + CAPTION_LINE * (row + 1) - 3;
            let _ = write!(out, "<text{class} x=\"{x}\" y=\"{y}\">{}</text>", escape(text));
        }
    }

    fn mark(&self, out: &mut String, line: &Line, at: Point) {
        let numbers: Vec<String> = line.steps.iter().map(ToString::to_string).collect();
        let text = match numbers.as_slice() {
            [first, .., last] if numbers.len() > 2 => format!("{first}…{last}"),
            _ => numbers.join("·"),
        };
        let half = 9 + 3 * i32::try_from(text.chars().count().saturating_sub(1)).unwrap_or(0);
        let y = at.y + self.down;
        let _ = write!(
            out,
            "<rect class=\"mark\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"18\" rx=\"9\"/>\
             <text class=\"step\" x=\"{}\" y=\"{}\">{text}</text>",
            at.x - half,
            y - 9,
            2 * half,
            at.x,
            y + 4
        );
    }

    fn shape(&self, out: &mut String, shape: &Shape, place: Rect, walked: bool) {
        let place = Rect { y: place.y + self.down, ..place };
        let mut class = String::from("node");
        if walked {
            class.push_str(" on");
        }
        if shape.form == Form::Folded {
            class.push_str(" fold");
        }
        let _ = write!(out, "<g class=\"{class}\">");
        if shape.lines.join(" ") != shape.name {
            let _ = write!(out, "<title>{}</title>", escape(&shape.name));
        }
        outline(out, shape.form, place);
        self.shape_text(out, shape, place);
        out.push_str("</g>\n");
    }

    fn shape_text(&self, out: &mut String, shape: &Shape, place: Rect) {
        let x = place.x + place.width / 2;
        let count = i32::try_from(shape.lines.len()).unwrap_or(1);
        // The kind stands 17 below the last line of the name.
        let mut y = place.y + place.height / 2 - 3 - NAME_LINE * (count - 1) / 2;
        for line in &shape.lines {
            let _ = write!(out, "<text x=\"{x}\" y=\"{y}\">{}</text>", escape(line));
            y += NAME_LINE;
        }
        y += 1;
        let middle = if let Some(glyph) = shape.glyph {
            let left = x - shape.kind_width() / 2;
            let _ = write!(out, "<path class=\"glyph\" transform=\"translate({left} {})\" d=\"{glyph}\"/>", y - 11);
            x + glyphs::WIDTH / 2
        } else {
            x
        };
        let _ = write!(out, "<text class=\"kind\" x=\"{middle}\" y=\"{y}\">{}</text>", escape(&shape.kind));
    }
}

fn outline(out: &mut String, form: Form, place: Rect) {
    let Rect { x, y, width, height } = place;
    let (right, bottom) = (place.right(), place.bottom());
    let _ = match form {
        Form::Outside => {
            write!(out, "<rect class=\"shape\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
        }
        Form::Process => {
            write!(out, "<rect class=\"shape\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"16\"/>")
        }
        Form::Store => write!(
            out,
            "<rect class=\"bare\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>\
             <path class=\"shape\" d=\"M{x} {y}H{right}M{x} {bottom}H{right}\"/>"
        ),
        Form::Folded => write!(
            out,
            "<rect class=\"shape\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>\
             <rect class=\"inner\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>",
            x + 4,
            y + 4,
            width - 8,
            height - 8
        ),
    };
}

/// A line with round bends.
fn path(points: &[Point]) -> String {
    let mut out = String::new();
    let Some(first) = points.first() else { return out };
    let _ = write!(out, "M{} {}", first.x, first.y);
    let mut before = *first;
    let corners = points.iter().skip(1).zip(points.iter().skip(2));
    for (corner, next) in corners {
        let radius = BEND.min(length(before, *corner) / 2).min(length(*corner, *next) / 2);
        let start = towards(*corner, before, radius);
        let end = towards(*corner, *next, radius);
        stroke(&mut out, before, start);
        if radius > 0 {
            let _ = write!(out, "Q{} {} {} {}", corner.x, corner.y, end.x, end.y);
        }
        before = end;
    }
    if let Some(last) = points.last().filter(|_| points.len() > 1) {
        stroke(&mut out, before, *last);
    }
    out
}

fn stroke(out: &mut String, from: Point, to: Point) {
    let _ = if from.y == to.y { write!(out, "H{}", to.x) } else { write!(out, "V{}", to.y) };
}

fn length(a: Point, b: Point) -> i32 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

/// The point on the way from one to another, so far along.
fn towards(from: Point, to: Point, along: i32) -> Point {
    Point { x: from.x + (to.x - from.x).signum() * along, y: from.y + (to.y - from.y).signum() * along }
}

/// A bar across a line before its end, or behind its beginning.
fn gate(out: &mut String, points: &[Point], at_start: bool) {
    let mut ends = points.iter().copied();
    let pair = if at_start { (ends.next(), ends.next()) } else { (ends.next_back(), ends.next_back()) };
    let (Some(end), Some(before)) = pair else { return };
    let at = towards(end, before, GATE.min(length(end, before) - 2));
    let _ = if end.y == before.y {
        write!(out, "<path class=\"gate\" d=\"M{} {}v{}\"/>", at.x, at.y - GATE_HALF, 2 * GATE_HALF)
    } else {
        write!(out, "<path class=\"gate\" d=\"M{} {}h{}\"/>", at.x - GATE_HALF, at.y, 2 * GATE_HALF)
    };
}

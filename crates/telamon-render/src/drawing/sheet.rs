//! The scene as SVG.

use super::SvgOptions;
use super::place::{HEIGHT, Node, Scene, chain};
use super::route::Route;
use std::fmt::Write as _;
use telamon_engine::analysis::{Analysis, Severity, Status, Threat};

const STYLE: &str = include_str!("diagram.css");

fn escape(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.truncate(cut.trim_end().len());
    format!("{cut}…")
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

/// The threat whose path is drawn heavy: the one asked for, else the worst open one with a path.
fn highlighted<'a>(analysis: &'a Analysis, options: &SvgOptions) -> Option<&'a Threat> {
    match &options.highlight {
        Some(id) => analysis.threats.iter().find(|threat| threat.id == *id),
        None => analysis
            .threats
            .iter()
            .filter(|threat| matches!(threat.status, Status::Open | Status::Review | Status::Planned))
            .find(|threat| threat.paths.first().is_some_and(|path| path.hops.len() > 1)),
    }
}

/// Rectangles that captions must keep clear of.
#[derive(Default)]
struct Taken(Vec<(i32, i32, i32, i32)>);

impl Taken {
    fn free(&self, rect: (i32, i32, i32, i32)) -> bool {
        !self.0.iter().any(|other| other.0 < rect.2 && other.2 > rect.0 && other.1 < rect.3 && other.3 > rect.1)
    }
}

pub(super) fn draw(analysis: &Analysis, scene: &Scene, routes: &[Route], options: &SvgOptions) -> String {
    let threat = highlighted(analysis, options);
    let steps = threat.map(|threat| path_links(scene, threat)).unwrap_or_default();
    let on = |at: usize| {
        steps.iter().any(|(link, _, _)| scene.links.get(*link).is_some_and(|link| link.from == at || link.to == at))
    };
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg class=\"dfd\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" role=\"img\" aria-labelledby=\"dfd-title dfd-desc\">\n<title id=\"dfd-title\">Data flows of {}</title>\n<desc id=\"dfd-desc\">{}</desc>\n<style>\n{STYLE}</style>\n",
        escape(&analysis.model.system),
        escape(&describe(analysis, scene, threat)),
        w = scene.width,
        h = scene.height,
    );
    out.push_str("<defs><marker id=\"dfd-head\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path class=\"head\" d=\"M0 0 8 4 0 8z\"/></marker><marker id=\"dfd-head-path\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"12\" markerHeight=\"12\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path class=\"head-path\" d=\"M0 0 8 4 0 8z\"/></marker></defs>\n");
    let _ = writeln!(out, "<rect class=\"bg\" width=\"{}\" height=\"{}\"/>", scene.width, scene.height);
    zones(&mut out, scene);
    let mut taken = Taken(
        scene.boxes.iter().map(|node| (node.x - 2, node.y - 2, node.x + node.width + 2, node.y + HEIGHT + 2)).collect(),
    );
    for area in scene.areas.iter().filter_map(|area| area.rect.map(|rect| (area, rect))) {
        let (area, (x, y, _, _)) = area;
        taken.0.push((x, y, x + 14 + i32::try_from(area.name.chars().count()).unwrap_or(20) * 8 + 90, y + 26));
    }
    // Lines are obstacles for captions too, but for their own first stretch.
    let mut heavy = String::new();
    for (number, route) in routes.iter().enumerate() {
        let step = steps.iter().find(|(link, _, _)| *link == number);
        let text = line(scene, number, route, step, &mut taken);
        if step.is_some() { heavy.push_str(&text) } else { out.push_str(&text) }
    }
    out.push_str(&heavy);
    for (at, node) in scene.boxes.iter().enumerate() {
        shape(&mut out, node, on(at));
    }
    for node in &scene.boxes {
        badge(&mut out, node);
    }
    legend(&mut out, threat);
    out.push_str("</svg>\n");
    out
}

/// Links on the path of a threat, with their number on it and whether a control is missing there.
fn path_links(scene: &Scene, threat: &Threat) -> Vec<(usize, usize, bool)> {
    let at = |id: &str| scene.boxes.iter().position(|node| node.id == id);
    let Some(path) = threat.paths.first() else { return Vec::new() };
    path.hops
        .windows(2)
        .enumerate()
        .filter_map(|(step, pair)| {
            let [from, to] = pair else { return None };
            let (a, b) = (at(&from.element)?, at(&to.element)?);
            let link =
                scene.links.iter().position(|link| (link.from, link.to) == (a, b) || (link.from, link.to) == (b, a))?;
            Some((link, step + 1, to.unguarded))
        })
        .collect()
}

fn describe(analysis: &Analysis, scene: &Scene, threat: Option<&Threat>) -> String {
    let mut text = format!("{} components, {} flows, left to right.", analysis.components.len(), analysis.flows.len());
    for (at, area) in scene.areas.iter().enumerate() {
        let names: Vec<&str> =
            scene.boxes.iter().filter(|node| node.zone == at).map(|node| node.name.as_str()).collect();
        if !names.is_empty() {
            let _ = write!(text, " In the zone {}: {}.", area.name, names.join(", "));
        }
    }
    if let Some(path) = threat.and_then(|threat| threat.paths.first()) {
        let names: Vec<&str> = path.hops.iter().map(|hop| hop.element.as_str()).collect();
        let _ = write!(text, " Drawn heavy, the path {}.", names.join(" to "));
    }
    text
}

fn zones(out: &mut String, scene: &Scene) {
    let mut order: Vec<usize> = (0..scene.areas.len()).collect();
    order.sort_by_key(|at| (chain(&scene.areas, *at).len(), *at));
    for at in order {
        let Some(area) = scene.areas.get(at) else { continue };
        let Some((x, y, right, bottom)) = area.rect else { continue };
        let class = match area.trust.as_str() {
            "none" | "low" => "trust-none",
            "high" => "trust-high",
            _ => "trust-some",
        };
        let trust = if area.trust == "none" { "no".to_owned() } else { area.trust.clone() };
        let _ = writeln!(
            out,
            "<g class=\"zone {class}\"><title>Zone {}</title><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\"/><text x=\"{}\" y=\"{}\">{} <tspan>{} trust</tspan></text></g>",
            escape(&area.id),
            right - x,
            bottom - y,
            x + 14,
            y + 20,
            escape(&short(&area.name, 28)),
            escape(&trust)
        );
    }
}

fn line(scene: &Scene, number: usize, route: &Route, step: Option<&(usize, usize, bool)>, taken: &mut Taken) -> String {
    let Some(link) = scene.links.get(number) else { return String::new() };
    let mut path = String::new();
    for (at, (x, y)) in route.points.iter().enumerate() {
        let _ = write!(path, "{}{x} {y}", if at == 0 { "M" } else { "L" });
    }
    let head = if step.is_some() { "dfd-head-path" } else { "dfd-head" };
    let start = if link.both { format!(" marker-start=\"url(#{head})\"") } else { String::new() };
    let caption = link.captions.join("; ");
    let class = if step.is_some() { "flow on-path" } else { "flow" };
    let mut text = format!(
        "<g class=\"{class}\"><title>{}</title><path marker-end=\"url(#{head})\"{start} d=\"{path}\"/>",
        escape(&caption)
    );
    if let Some((x, y)) = caption_place(route, &short(&caption, 20), taken) {
        let _ = write!(text, "<text class=\"start\" x=\"{x}\" y=\"{y}\">{}</text>", escape(&short(&caption, 20)));
    }
    if let Some((_, step, missing)) = step
        && let (Some(last), Some(before)) = (route.points.last(), route.points.iter().rev().nth(1))
    {
        let way = (last.0 - before.0).signum();
        if *missing {
            let x = last.0 - way * 22;
            let _ = write!(text, "<path class=\"gate\" d=\"M{x} {}V{}\"/>", last.1 - 10, last.1 + 10);
        }
        let first = route.points.first().copied().unwrap_or(*last);
        let _ = write!(
            text,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"9\"/><text class=\"step\" x=\"{x}\" y=\"{}\">{step}</text>",
            first.1 + 4,
            x = first.0 + 14,
            y = first.1
        );
    }
    text.push_str("</g>\n");
    text
}

/// A free place for the caption beside one of the horizontal stretches.
fn caption_place(route: &Route, caption: &str, taken: &mut Taken) -> Option<(i32, i32)> {
    if caption.is_empty() {
        return None;
    }
    let width = i32::try_from(caption.chars().count()).unwrap_or(20) * 6 + 8;
    let mut stretches: Vec<((i32, i32), (i32, i32))> = route
        .points
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if a.1 == b.1 => Some((*a, *b)),
            _ => None,
        })
        .collect();
    stretches.sort_by_key(|(a, b)| std::cmp::Reverse((a.0 - b.0).abs()));
    for (a, b) in stretches {
        let left = a.0.min(b.0);
        for dx in [26, 6, 44] {
            for dy in [-5, 14] {
                let (x, y) = (left + dx, a.1 + dy);
                let rect = (x, y - 11, x + width, y + 4);
                if taken.free(rect) {
                    taken.0.push(rect);
                    return Some((x, y));
                }
            }
        }
    }
    None
}

fn shape(out: &mut String, node: &Node, on: bool) {
    let class = if on { "node on" } else { "node" };
    let (x, y, w) = (node.x, node.y, node.width);
    let _ = write!(out, "<g class=\"{class}\"><title>{}: {}</title>", escape(&node.id), escape(&node.name));
    match node.element.as_str() {
        "external-entity" => {
            let _ = write!(out, "<rect class=\"shape\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{HEIGHT}\"/>");
        }
        "data-store" => {
            let _ = write!(
                out,
                "<rect class=\"bare\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{HEIGHT}\"/><path class=\"shape\" d=\"M{x} {y}H{r}M{x} {b}H{r}\"/>",
                r = x + w,
                b = y + HEIGHT
            );
        }
        _ => {
            let _ =
                write!(out, "<rect class=\"shape\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{HEIGHT}\" rx=\"16\"/>");
        }
    }
    if node.ai {
        let (gx, gy) = (x + 8, y + 7);
        let _ = write!(out, "<path class=\"glyph\" d=\"M{gx} {gy}h10v8h-10zM{} {gy}v-3\"/>", gx + 5);
    }
    let middle = x + w / 2;
    let _ = writeln!(
        out,
        "<text x=\"{middle}\" y=\"{}\">{}</text><text class=\"kind\" x=\"{middle}\" y=\"{}\">{}</text></g>",
        y + 23,
        escape(&short(&node.name, 26)),
        y + 40,
        escape(&short(&node.kind, 26))
    );
}

fn badge(out: &mut String, node: &Node) {
    let Some(worst) = node.worst else { return };
    let (x, y) = (node.x + node.width - 20, node.y - 10);
    let many = if node.open == 1 {
        format!("1 open threat, {}", word(worst))
    } else {
        format!("{} open threats, the worst {}", node.open, word(worst))
    };
    let _ = writeln!(
        out,
        "<g class=\"badge {}\"><title>{}: {many}</title><rect x=\"{x}\" y=\"{y}\" width=\"26\" height=\"20\"/><text x=\"{}\" y=\"{}\">{}</text></g>",
        word(worst),
        escape(&node.name),
        x + 13,
        y + 14,
        node.open
    );
}

fn legend(out: &mut String, threat: Option<&Threat>) {
    if let Some(threat) = threat {
        let severity = threat.risk.rated.map_or(threat.severity, |rated| rated.severity);
        let _ = writeln!(
            out,
            "<g class=\"flow on-path\"><path d=\"M10 20H40\" marker-end=\"url(#dfd-head-path)\"/></g><text x=\"50\" y=\"24\">path of a {} threat</text><g class=\"flow on-path\"><path class=\"gate\" d=\"M206 10V30\"/></g><text x=\"216\" y=\"24\">a control is missing</text>",
            word(severity)
        );
    }
    out.push_str("<g class=\"badge medium\"><rect x=\"352\" y=\"10\" width=\"26\" height=\"20\"/><text x=\"365\" y=\"24\">6</text></g><text x=\"386\" y=\"24\">open threats, in the colour of the worst</text>\n");
}

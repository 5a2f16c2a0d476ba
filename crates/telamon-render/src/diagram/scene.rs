//! What is drawn: boxes, zones and flows of an analysis with their texts.

use std::collections::{BTreeMap, BTreeSet};

use telamon_engine::analysis::{Analysis, Component, Flow, Severity, Threat};

use super::fold;
use super::path::{Steps, highlighted};
use super::text::{self, Weight, wrap};
use crate::layout::{Boxes, Edge, Node, Role, Size, Zone};
use crate::words;

/// More boxes than this cannot be read: zones are folded.
pub const MOST: usize = 60;

/// More flows than this between two boxes are drawn as one.
const PARALLEL: usize = 3;

/// Type sizes, in tenths of a pixel, and heights of lines.
pub const NAME: usize = 130;
pub const KIND: usize = 115;
pub const CAPTION: usize = 120;
pub const CAPTION_LINE: i32 = 14;
pub const NAME_LINE: i32 = 16;

/// Least size of a box, and the space beside its text.
const BOX: Size = Size { width: 120, height: 52 };
const BESIDE_TEXT: i32 = 14;

/// Longest line of a name and of a caption, in characters; a single word may be longer.
const NAME_LONG: usize = 20;
const NAME_WORD: usize = 26;
const CAPTION_LONG: usize = 16;
const CAPTION_WORD: usize = 22;

/// A box.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Id of the component, or of the zone that is folded into it.
    pub id: String,
    /// Name in full.
    pub name: String,
    /// Name as drawn.
    pub lines: Vec<String>,
    /// What it is, in words.
    pub kind: String,
    /// How it is drawn.
    pub form: Form,
    /// The glyph before the kind.
    pub glyph: Option<&'static str>,
    /// Index of the zone.
    pub zone: Option<usize>,
    /// Number of open threats and the worst of them.
    pub open: Option<(usize, Severity)>,
}

/// How a box is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A rectangle.
    Outside,
    /// A rounded rectangle.
    Process,
    /// Two lines.
    Store,
    /// A double frame: a zone that is folded.
    Folded,
}

/// A zone.
#[derive(Debug, Clone)]
pub struct Area {
    /// Id.
    pub id: String,
    /// Name as drawn.
    pub name: String,
    /// `no trust`, `low trust`...; empty where the model says nothing.
    pub trust: String,
    /// Class of the tint: none, some, high.
    pub tint: &'static str,
    /// Index of the zone around it.
    pub parent: Option<usize>,
}

/// A flow, or several that are drawn as one.
#[derive(Debug, Clone)]
pub struct Line {
    /// Index of the sender and of the receiver.
    pub from: usize,
    pub to: usize,
    /// What it says, in full.
    pub caption: String,
    /// What it says, as drawn.
    pub lines: Vec<String>,
    /// True where it goes both ways.
    pub both: bool,
    /// Steps of the path that go along it.
    pub steps: Vec<usize>,
    /// True where the path runs against the arrow of the call.
    pub against: bool,
    /// True where a control is missing at the end of the step.
    pub gate: bool,
}

/// Everything that is drawn.
#[derive(Debug, Clone)]
pub struct Scene<'a> {
    pub shapes: Vec<Shape>,
    pub areas: Vec<Area>,
    pub lines: Vec<Line>,
    /// The threat whose path is drawn.
    pub threat: Option<&'a Threat>,
    /// True where zones are folded.
    pub folded: bool,
}

impl<'a> Scene<'a> {
    /// Takes from an analysis what is drawn. `highlight` is the id of the
    /// threat whose path is wanted; without it, the worst one that has a path.
    pub fn new(analysis: &'a Analysis, highlight: Option<&str>) -> Self {
        let folding = fold::folding(analysis);
        let threat = highlighted(analysis, highlight);
        let steps = Steps::of(threat);
        let (shapes, areas, place) = match &folding {
            Some(folding) => folding.shapes(analysis),
            None => plain(analysis),
        };
        let lines = lines(analysis, &place, &steps, folding.is_some());
        Self { shapes, areas, lines, threat, folded: folding.is_some() }
    }

    /// The boxes to lay out.
    pub fn boxes(&self) -> Boxes {
        Boxes {
            nodes: self.shapes.iter().map(Shape::node).collect(),
            zones: self.areas.iter().map(Area::zone).collect(),
            edges: self.lines.iter().map(Line::edge).collect(),
        }
    }
}

impl Shape {
    fn node(&self) -> Node {
        let names = self.lines.iter().map(|line| text::width(line, NAME, Weight::Bold)).max().unwrap_or(0);
        let wide = names.max(self.kind_width()) + 2 * BESIDE_TEXT;
        let more = i32::try_from(self.lines.len()).unwrap_or(1).saturating_sub(1) * NAME_LINE;
        Node {
            id: self.id.clone(),
            size: Size { width: even(wide.max(BOX.width)), height: BOX.height + more },
            zone: self.zone,
            role: match self.form {
                Form::Outside => Role::Outside,
                Form::Process | Form::Folded => Role::Process,
                Form::Store => Role::Store,
            },
        }
    }

    /// Width of the kind with its glyph.
    pub fn kind_width(&self) -> i32 {
        let glyph = if self.glyph.is_some() { super::glyphs::WIDTH } else { 0 };
        text::width(&self.kind, KIND, Weight::Regular) + glyph
    }
}

impl Area {
    fn zone(&self) -> Zone {
        Zone { id: self.id.clone(), parent: self.parent, title: self.title_width() }
    }

    /// Width of name and trust.
    pub fn title_width(&self) -> i32 {
        let name = text::width(&self.name, CAPTION, Weight::Bold);
        let trust = text::width(&self.trust, CAPTION, Weight::Regular);
        name + if trust > 0 { trust + 4 } else { 0 }
    }
}

impl Line {
    fn edge(&self) -> Edge {
        let heavy = !self.steps.is_empty();
        let weight = if heavy { Weight::Bold } else { Weight::Regular };
        let wide = self.lines.iter().map(|line| text::width(line, CAPTION, weight)).max();
        let high = CAPTION_LINE * i32::try_from(self.lines.len()).unwrap_or(1);
        Edge {
            from: self.from,
            to: self.to,
            label: wide.map(|width| Size { width: even(width), height: high }),
            mark: heavy,
            gate: self.gate,
            heavy,
        }
    }
}

/// Rounded up to an even number, so that a middle is a whole pixel.
fn even(length: i32) -> i32 {
    length + length % 2
}

/// Where a component stands among the shapes.
pub type Places<'a> = BTreeMap<&'a str, usize>;

/// Every component as its own box.
fn plain(analysis: &Analysis) -> (Vec<Shape>, Vec<Area>, Places<'_>) {
    let indices: BTreeMap<&str, usize> =
        analysis.zones.iter().enumerate().map(|(index, zone)| (zone.id.as_str(), index)).collect();
    let areas = analysis.zones.iter().map(|zone| area(zone, |id| indices.get(id).copied())).collect();
    let open = open_threats(analysis);
    let shapes = analysis
        .components
        .iter()
        .map(|component| shape(component, indices.get(component.zone.as_str()).copied(), &open))
        .collect();
    let places = analysis.components.iter().enumerate().map(|(index, found)| (found.id.as_str(), index)).collect();
    (shapes, areas, places)
}

/// A zone as it is drawn.
pub fn area(zone: &telamon_engine::analysis::Zone, index: impl Fn(&str) -> Option<usize>) -> Area {
    let trust = match zone.trust.as_str() {
        "" => String::new(),
        "none" => "no trust".to_owned(),
        word => format!("{} trust", words::plain(word)),
    };
    let tint = match zone.trust.as_str() {
        "high" => "high",
        "medium" => "some",
        _ => "none",
    };
    let name = if zone.name.trim().is_empty() { &zone.id } else { &zone.name };
    Area {
        id: zone.id.clone(),
        name: text::shorten(&words::plain(name), 32),
        trust: text::shorten(&trust, 24),
        tint,
        parent: zone.parent.as_deref().and_then(index),
    }
}

fn shape(component: &Component, zone: Option<usize>, open: &BTreeMap<&str, (usize, Severity)>) -> Shape {
    let name = words::plain(if component.name.trim().is_empty() { &component.id } else { &component.name });
    let kind = component.kinds.first().map(|kind| words::plain(kind).replace('-', " ")).unwrap_or_default();
    Shape {
        id: component.id.clone(),
        lines: name_lines(&name),
        name,
        kind: text::shorten(&kind, NAME_LONG),
        form: match component.element.as_str() {
            "external-entity" => Form::Outside,
            "data-store" => Form::Store,
            _ => Form::Process,
        },
        glyph: super::glyphs::glyph(component),
        zone,
        open: open.get(component.id.as_str()).copied(),
    }
}

/// A name in one or two lines.
pub fn name_lines(name: &str) -> Vec<String> {
    wrap(name, NAME_LONG, NAME_WORD)
}

/// How many threats ask for something at each component, and the worst.
pub fn open_threats(analysis: &Analysis) -> BTreeMap<&str, (usize, Severity)> {
    let mut found: BTreeMap<&str, (usize, Severity)> = BTreeMap::new();
    for threat in analysis.threats.iter().filter(|threat| words::is_live(threat.status)) {
        let severity = words::effective(threat);
        let entry = found.entry(threat.component.as_str()).or_insert((0, severity));
        *entry = (entry.0 + 1, entry.1.max(severity));
    }
    found
}

/// The flows as lines: those of one pair side by side, many of them as one.
fn lines(analysis: &Analysis, places: &Places, steps: &Steps, folded: bool) -> Vec<Line> {
    let mut pairs: BTreeMap<(usize, usize), Vec<&Flow>> = BTreeMap::new();
    let mut order = Vec::new();
    for flow in &analysis.flows {
        let (Some(from), Some(to)) = (places.get(flow.from.as_str()), places.get(flow.to.as_str())) else { continue };
        if folded && from == to {
            continue;
        }
        let pair = ((*from).min(*to), (*from).max(*to));
        let flows = pairs.entry(pair).or_default();
        if flows.is_empty() {
            order.push(pair);
        }
        flows.push(flow);
    }
    let mut found = Vec::new();
    for pair in order {
        let flows = pairs.remove(&pair).unwrap_or_default();
        found.extend(lines_of_pair(&flows, places, steps, folded));
    }
    found
}

fn lines_of_pair(flows: &[&Flow], places: &Places, steps: &Steps, folded: bool) -> Vec<Line> {
    let ends = |flow: &Flow| {
        let place = |id: &str| places.get(id).copied().unwrap_or(0);
        (place(&flow.from), place(&flow.to))
    };
    let (walked, rest): (Vec<&Flow>, Vec<&Flow>) =
        flows.iter().copied().partition(|flow| steps.along(&flow.id).is_some());
    let mut found: Vec<Line> = Vec::new();
    for flow in walked {
        let mut line = Line::new(ends(flow), words::plain(&flow.caption));
        if let Some(walk) = steps.along(&flow.id) {
            line.steps.clone_from(&walk.numbers);
            line.gate = walk.unguarded;
            line.against = walk.against(&flow.from);
        }
        match found.iter_mut().find(|other| folded && (other.from, other.to) == (line.from, line.to)) {
            Some(other) => other.join(&line),
            None => found.push(line),
        }
    }
    let directions: BTreeSet<(usize, usize)> = rest.iter().map(|flow| ends(flow)).collect();
    let merged = folded || rest.len() > PARALLEL;
    for direction in directions {
        let captions: Vec<String> =
            rest.iter().filter(|flow| ends(flow) == direction).map(|flow| words::plain(&flow.caption)).collect();
        if merged && captions.len() > 1 {
            let mut line = Line::new(direction, captions.join("; "));
            line.lines = vec![words::count(captions.len(), "flow")];
            found.push(line);
            continue;
        }
        let mut seen = BTreeSet::new();
        for caption in captions.into_iter().filter(|caption| seen.insert(caption.clone())) {
            found.push(Line::new(direction, caption));
        }
    }
    both_ways(found)
}

/// Two lines that say the same in both directions become one with two heads.
fn both_ways(lines: Vec<Line>) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for line in lines {
        let back = found.iter_mut().find(|other| {
            other.from == line.to
                && other.to == line.from
                && other.from != other.to
                && !other.both
                && other.steps.is_empty()
                && line.steps.is_empty()
                && (other.lines == line.lines || other.caption.is_empty() || line.caption.is_empty())
        });
        match back {
            Some(other) => {
                other.both = true;
                if other.caption.is_empty() {
                    other.caption = line.caption;
                    other.lines = line.lines;
                }
            }
            None => found.push(line),
        }
    }
    found
}

impl Line {
    fn new((from, to): (usize, usize), caption: String) -> Self {
        let lines = wrap(&caption, CAPTION_LONG, CAPTION_WORD);
        Self { from, to, caption, lines, both: false, steps: Vec::new(), against: false, gate: false }
    }

    /// Takes in another step of the path between the same boxes.
    fn join(&mut self, other: &Self) {
        self.steps.extend(&other.steps);
        self.gate |= other.gate;
        self.caption = format!("{}; {}", self.caption, other.caption);
        self.lines = vec![words::count(self.steps.len(), "step")];
    }
}

//! The diagram as SVG: a file of its own that may also stand within a page.

use std::fmt::Write as _;

use telamon_engine::analysis::Analysis;

use super::colours;
use super::draw::Drawing;
use super::legend::{self, Legend};
use super::scene::Scene;
use super::write::escape;
pub use crate::layout::Pins;
use crate::layout::layout;
use crate::words;

/// Least width, so that the legend has room.
const NARROWEST: i32 = 320;

/// How the diagram is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SvgOptions {
    /// Id of the threat whose path is drawn heavy; without it, the worst one that has a path.
    pub highlight: Option<String>,
    /// Where boxes stood before.
    pub pins: Pins,
    /// Colours.
    pub theme: Theme,
    /// Begins all ids in the file, so that several diagrams can stand in one page; `dfd` when empty.
    pub prefix: String,
}

/// Colours of the diagram.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// Light or dark as the reader's system is.
    #[default]
    Auto,
    /// Light, in colours that old programs understand.
    Light,
    /// Dark, in colours that old programs understand.
    Dark,
}

impl SvgOptions {
    /// The prefix of ids, made safe.
    fn prefix(&self) -> String {
        let safe: String =
            self.prefix.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
        let begins = safe.chars().next().is_some_and(|letter| letter.is_ascii_alphabetic());
        match (safe.is_empty(), begins) {
            (true, _) => "dfd".to_owned(),
            (_, true) => safe,
            _ => format!("dfd-{safe}"),
        }
    }
}

/// Where everything stands, to be kept for the next drawing. A zone that is
/// folded into a box is kept by its own id.
pub fn positions(analysis: &Analysis, options: &SvgOptions) -> Pins {
    let scene = Scene::new(analysis, options.highlight.as_deref());
    layout(&scene.boxes(), &options.pins).pins()
}

/// Draws the diagram.
pub fn svg(analysis: &Analysis, options: &SvgOptions) -> String {
    let scene = Scene::new(analysis, options.highlight.as_deref());
    let placed = layout(&scene.boxes(), &options.pins);
    let prefix = options.prefix();
    let wanted = placed.size.width.max(NARROWEST);
    let legend = Legend::new(&scene, wanted);
    let (width, height) = (wanted, placed.size.height + legend.height());
    let drawing = Drawing { scene: &scene, placed: &placed, prefix: &prefix, down: legend.height() };

    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg id=\"{prefix}\" class=\"dfd\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\">"
    );
    let system = escape(&words::plain(&analysis.model.system));
    let _ = writeln!(out, "<title id=\"{prefix}-title\">Data flows: {system}</title>");
    let _ = writeln!(out, "<desc id=\"{prefix}-desc\">{}</desc>", escape(&legend::describe(analysis, &scene)));
    let _ = writeln!(out, "<style>\n{}</style>", colours::sheet(options.theme, &prefix, width));
    markers(&mut out, &prefix);
    let _ = writeln!(out, "<rect class=\"bg\" width=\"{width}\" height=\"{height}\"/>");
    drawing.draw(&mut out);
    legend.draw(&mut out, &prefix);
    out.push_str("</svg>\n");
    out
}

fn markers(out: &mut String, prefix: &str) {
    let mut marker = |id: &str, tip: &str, size: i32, class: &str| {
        let _ = writeln!(
            out,
            "<marker id=\"{prefix}-{id}\" viewBox=\"0 0 8 8\" refX=\"{tip}\" refY=\"4\" markerWidth=\"{size}\" \
             markerHeight=\"{size}\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\">\
             <path class=\"{class}\" d=\"M0 0 8 4 0 8z\"/></marker>"
        );
    };
    marker("head", "7.5", 8, "head");
    marker("head-path", "7", 12, "head-path");
}

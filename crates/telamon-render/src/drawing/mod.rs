//! The data-flow diagram of an analysis: SVG, Mermaid, D2 and DOT.
//!
//! The layout is layered from left to right: a component's column is the
//! longest way to it over the flows, cycles broken in the order of ids. A zone
//! is a box around its members; zones that share no column may share a height.

mod pins;
mod place;
mod route;
mod sheet;
mod texts;

pub use pins::Pins;
pub use texts::{d2, dot, mermaid};

use telamon_engine::analysis::Analysis;

/// How the SVG is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SvgOptions {
    /// Threat whose path is drawn heavy; the worst open one when none is named.
    pub highlight: Option<String>,
    /// Positions that stay.
    pub pins: Pins,
}

/// Beyond this many components each zone is one box.
const FOLD: usize = 60;

/// The diagram as SVG: a file of its own, and fit to stand in a page.
pub fn svg(analysis: &Analysis, options: &SvgOptions) -> String {
    let scene = place::scene(analysis, FOLD, &options.pins);
    let routes = route::routes(&scene);
    sheet::draw(analysis, &scene, &routes, options)
}

/// Where each component stands.
pub fn positions(analysis: &Analysis, options: &SvgOptions) -> Pins {
    let scene = place::scene(analysis, FOLD, &options.pins);
    Pins(scene.boxes.iter().map(|node| (node.id.clone(), (node.x, node.y))).collect())
}

#[cfg(test)]
mod tests;

//! The data-flow diagram of a model: as SVG with threats on it, and as source
//! for Mermaid, D2 and Graphviz.

mod badge;
mod colours;
mod d2;
mod dot;
mod draw;
mod fold;
mod glyphs;
mod legend;
mod mermaid;
mod path;
mod scene;
mod source;
mod svg;
mod text;
mod write;

#[cfg(test)]
mod tests;

pub use d2::d2;
pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::{Pins, SvgOptions, Theme, positions, svg};

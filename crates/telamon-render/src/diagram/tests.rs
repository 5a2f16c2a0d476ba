//! The diagram: what is drawn, and that it is sound SVG.

mod build;
mod fold;
mod sources;
mod svg;
mod text;

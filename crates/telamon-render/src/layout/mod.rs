//! A layered drawing of boxes, zones and flows, on plain data.
//!
//! The picture is a sheet of columns and rows. Every box owns a cell, every
//! zone a rectangle of cells. Between columns and rows lie channels for the
//! flows; each flow that shares a stretch of a channel with another has its own
//! track there. Only then are widths added up. So a flow cannot run through a
//! foreign box, and a caption cannot lie on one, whatever the sizes are.
//!
//! The rooms, in the order in which they are passed: `clean` (input made
//! safe), `columns`, `order` and `rows` (cells), `stretch` (hubs span rows),
//! `route` (ways), `spots` (where captions go), `tracks`, `measure` (pixels).

mod arrange;
mod boxes;
mod clean;
mod columns;
mod dense;
mod follow;
mod levels;
mod measure;
mod order;
mod pins;
mod place;
mod route;
mod rows;
mod sheet;
mod spots;
mod stack;
mod stretch;
mod tracks;
mod ways;

#[cfg(test)]
mod tests;

pub use boxes::{Boxes, Edge, Node, Placed, PlacedEdge, PlacedZone, Point, Rect, Role, Size, Zone};
pub use pins::Pins;

/// Lays boxes out. The same boxes and pins give the same picture; boxes that
/// are pinned keep their column and row, and their place where nothing grew.
pub fn layout(boxes: &Boxes, pins: &Pins) -> Placed {
    let graph = clean::clean(boxes);
    let pinned = pins::cells(&graph, pins);
    let columns = columns::assign(&graph, &pinned);
    let rows = rows::assign(&graph, &columns, &pinned);
    let mut sheet = sheet::Sheet::new(&graph, columns, rows);
    stretch::stretch(&graph, &mut sheet);
    let routes = route::route(&graph, &sheet);
    let mut lines = ways::Ways::new(&graph, routes);
    tracks::vertical(&mut lines);
    let spots = spots::choose(&graph, &sheet, &lines);
    tracks::horizontal(&mut lines);
    let measures = measure::Measures::new(&graph, &sheet, &lines, &spots, &pinned);
    place::place(&graph, &sheet, &lines, &spots, &measures)
}

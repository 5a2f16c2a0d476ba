//! The number of open threats, in the colour of the worst.

use std::fmt::Write as _;

use telamon_engine::analysis::Severity;

use super::write::escape;
use crate::layout::Point;
use crate::words;

/// Draws a badge over the right upper corner of a box; with the name of the
/// box its meaning is said in words too.
pub fn badge(out: &mut String, corner: Point, number: usize, worst: Severity, name: Option<&str>) {
    let text = if number > 999 { "999+".to_owned() } else { number.to_string() };
    let wide = 26 + 8 * i32::try_from(text.len().saturating_sub(2)).unwrap_or(0);
    let word = words::severity(worst);
    let _ = write!(out, "<g class=\"badge {word}\">");
    if let Some(name) = name {
        let threats = words::count(number, "open threat");
        let worst = if number == 1 { word.to_owned() } else { format!("the worst {word}") };
        let _ = write!(out, "<title>{}: {threats}, {worst}</title>", escape(name));
    }
    let (x, y) = (corner.x + 4 - wide, corner.y - 10);
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"20\" rx=\"10\"/><text x=\"{}\" y=\"{}\">{text}</text></g>",
        x + wide / 2,
        y + 14
    );
}

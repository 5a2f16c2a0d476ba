//! Positions that a user keeps beside the model.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Left and top of components, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pins(pub BTreeMap<String, (i32, i32)>);

impl Pins {
    /// The text of the sidecar file.
    pub fn to_yaml(&self) -> String {
        let mut text =
            String::from("# Positions of the diagram, left and top of each box; written by `telamon diagram --pin`.\n");
        for (id, (x, y)) in &self.0 {
            let _ = writeln!(text, "{id}: [{x}, {y}]");
        }
        text
    }

    /// Reads the sidecar file.
    ///
    /// # Errors
    /// A sentence that names the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pins = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = || {
                let (id, rest) = line.split_once(':')?;
                let (x, y) = rest.trim().strip_prefix('[')?.strip_suffix(']')?.split_once(',')?;
                Some((id.trim().to_owned(), (x.trim().parse().ok()?, y.trim().parse().ok()?)))
            };
            let (id, place) =
                read().ok_or_else(|| format!("line {}: `{line}` is no position; write `id: [x, y]`", number + 1))?;
            pins.insert(id, place);
        }
        Ok(Self(pins))
    }
}

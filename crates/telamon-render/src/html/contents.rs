//! The table of contents: what is there, with counts.

use serde::Serialize;

/// One line of the contents.
#[derive(Debug, Serialize)]
pub struct Entry {
    anchor: String,
    label: String,
    count: Option<usize>,
    /// True for the first line of a group.
    gap: bool,
}

/// Collects the lines; what is not there is never listed.
#[derive(Debug, Default)]
pub struct Contents {
    entries: Vec<Entry>,
    gap: bool,
}

impl Contents {
    /// Begins a group.
    pub fn group(&mut self) {
        self.gap = !self.entries.is_empty();
    }

    /// Adds a line where the section is there.
    pub fn add(&mut self, there: bool, anchor: &str, label: &str, count: Option<usize>) {
        if there {
            self.entries.push(Entry {
                anchor: anchor.to_owned(),
                label: label.to_owned(),
                count,
                gap: std::mem::take(&mut self.gap),
            });
        }
    }

    /// The lines.
    pub fn done(self) -> Vec<Entry> {
        self.entries
    }
}
